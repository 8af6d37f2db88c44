//! The day that somebody names.

use super::said::Said;
use crate::packs::{LEARN_DAYS, LEARN_MONTHS, LEARN_WEEKDAYS, Pack};

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day {
    /// Days since 1970-01-01.
    number: i64,
}

impl Day {
    /// The day so many days after 1970-01-01.
    pub const fn numbered(number: i64) -> Self {
        Self { number }
    }

    /// A day of the calendar; none if there is no such day.
    fn of(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1900..=2999).contains(&year)
        {
            return None;
        }
        let (from_march, shifted) =
            if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
        let days = 365 * shifted + shifted.div_euclid(4) - shifted.div_euclid(100)
            + shifted.div_euclid(400);
        let number = days + (153 * from_march + 2) / 5 + day - 1 - 719_468;
        let found = Self { number };
        // The 31st of a month of 30 days is none.
        (found.parts() == (year, month, day)).then_some(found)
    }

    /// Year, month and day of the month.
    fn parts(self) -> (i64, i64, i64) {
        let days = self.number + 719_468;
        let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_cycle = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
        (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
    }

    /// 0 is Monday.
    const fn weekday(self) -> i64 {
        // The first of 1970 was a Thursday.
        (self.number + 3).rem_euclid(7)
    }

    const fn plus(self, days: i64) -> Self {
        Self { number: self.number.saturating_add(days) }
    }

    /// A day of this year, or of the next one if it is over.
    fn next(self, month: i64, day: i64) -> Option<Self> {
        let (year, ..) = self.parts();
        let soon = Self::of(year, month, day).filter(|found| *found >= self);
        soon.or_else(|| Self::of(year + 1, month, day))
    }
}

impl std::fmt::Display for Day {
    /// As ISO 8601 writes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The first day that is named, as ISO 8601 writes it. A day of the week counts only where nothing is
/// asked: "are you open on Friday?" is no wish.
pub(super) fn date(said: &Said<'_>, packs: &[&Pack], today: Day) -> Option<String> {
    let numeric = (0..said.words.len()).find_map(|at| numbers(said, at, today));
    let named = || packs.iter().find_map(|pack| of_month(said, pack, today));
    let soon = || packs.iter().find_map(|pack| near(said, pack, today));
    numeric.or_else(named).or_else(soon).map(|day| day.to_string())
}

fn value(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || "ºª".contains(c));
    let tail = text.len() - digits.len();
    (digits.len() <= 4 && tail <= 3).then(|| digits.parse().ok()).flatten()
}

/// `2026-12-24`, `24/12/2026`, `24.12.26`, `24/12`. Day and month that could be either way round are
/// not told apart.
fn numbers(said: &Said<'_>, at: usize, today: Day) -> Option<Day> {
    let (from, before) = (said.words.get(at)?.from, at.checked_sub(1).map(|at| said.gap(at)));
    if before.is_some_and(|gap| ["/", "-", ".", ","].contains(&gap)) {
        return None;
    }
    let rest = said.text.get(from..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "/-.".contains(c)));
    let written = rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(['.', '-', '/']);
    let sign = written.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = written.split(sign).collect();
    let number = |part: &&str| value(part).filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && sign == '-' => {
            Day::of(number(year)?, number(month)?, number(day)?)
        }
        [one, other, year] if sign != '-' && [2, 4].contains(&year.len()) => {
            let (day, month) = told_apart(number(one)?, number(other)?)?;
            let year = number(year)?;
            Day::of(if year < 100 { 2_000 + year } else { year }, month, day)
        }
        [one, other] if sign == '/' => {
            let (day, month) = told_apart(number(one)?, number(other)?)?;
            today.next(month, day)
        }
        _ => None,
    }
}

/// The day and the month, where only one of them can be the month, or both are the same.
fn told_apart(one: i64, other: i64) -> Option<(i64, i64)> {
    match (one > 12, other > 12) {
        (true, false) => Some((one, other)),
        (false, true) => Some((other, one)),
        (false, false) if one == other => Some((one, other)),
        _ => None,
    }
}

/// `24 December`, `December 24th, 2026`, `24 de dezembro`.
fn of_month(said: &Said<'_>, pack: &Pack, today: Day) -> Option<Day> {
    let months = pack.learns(LEARN_MONTHS);
    (0..said.words.len()).find_map(|at| {
        let word = said.words.get(at)?;
        let found = months.iter().position(|month| month == std::slice::from_ref(&word.folded))?;
        let month = i64::try_from(found % 12).ok()? + 1;
        let number = |at: Option<usize>| value(said.written(at?)).filter(|v| (1..=31).contains(v));
        // A small word may stand between the two.
        let before = number(at.checked_sub(1)).or_else(|| {
            let between = said.words.get(at.checked_sub(1)?)?;
            pack.idle.contains(&between.folded).then(|| number(at.checked_sub(2))).flatten()
        });
        let day = before.or_else(|| number(Some(at + 1)))?;
        let year = (at + 1..=at + 3)
            .find_map(|at| value(said.written(at)).filter(|year| (2_000..3_000).contains(year)));
        match year {
            Some(year) => Day::of(year, month, day),
            None => today.next(month, day),
        }
    })
}

/// Tomorrow, or a day of the week.
fn near(said: &Said<'_>, pack: &Pack, today: Day) -> Option<Day> {
    let days = (0..said.words.len()).find_map(|at| {
        let named = pack.pairs(LEARN_DAYS).find(|(name, _)| {
            let words: Vec<&str> = name.split(' ').collect();
            let here = said.words.get(at..at + words.len()).unwrap_or_default();
            !here.is_empty() && here.iter().zip(&words).all(|(word, name)| word.folded == **name)
        });
        named.filter(|_| !said.is_asked(at)).and_then(|(_, days)| days.parse::<i64>().ok())
    });
    if let Some(days) = days {
        return Some(today.plus(days));
    }
    let names = pack.learns(LEARN_WEEKDAYS);
    (0..said.words.len()).find_map(|at| {
        let word = said.words.get(at)?;
        let found = names.iter().position(|name| name == std::slice::from_ref(&word.folded))?;
        let weekday = i64::try_from(found % 7).ok()?;
        let ahead = (weekday - today.weekday()).rem_euclid(7);
        (!said.is_asked(at)).then(|| today.plus(if ahead == 0 { 7 } else { ahead }))
    })
}
