//! A day of the calendar, in no time zone.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lead::days_before;

/// The years that a day may be in.
const YEARS: std::ops::RangeInclusive<i64> = 1970..=2999;

/// A day, such as `2026-12-24`.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day {
    year: i64,
    month: i64,
    of_month: i64,
}

/// A text that is no day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("must be a day such as 2026-12-24")]
pub struct NoDay;

impl Day {
    /// A day of the years 1970 to 2999; none if there is no such day.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let known = YEARS.contains(&year) && (1..=12).contains(&month) && day >= 1;
        let next =
            if month == 12 { days_before(year + 1, 1) } else { days_before(year, month + 1) };
        (known && days_before(year, month) + day <= next).then_some(Self {
            year,
            month,
            of_month: day,
        })
    }

    /// Year, month (1 to 12) and day of the month.
    pub const fn parts(self) -> (i64, i64, i64) {
        (self.year, self.month, self.of_month)
    }

    /// The day of the week: 1 = Monday … 7 = Sunday.
    pub fn weekday(self) -> u8 {
        // The first day of 1970 was a Thursday.
        let days = days_before(self.year, self.month) + self.of_month - 1;
        u8::try_from((days + 3).rem_euclid(7) + 1).unwrap_or(1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let number = |digits: Option<&str>, count: usize| {
            let digits = digits.filter(|digits| digits.len() == count)?;
            let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
            plain.then(|| digits.parse::<i64>().ok()).flatten()
        };
        let mut parts = text.splitn(3, '-');
        let year = number(parts.next(), 4).ok_or(NoDay)?;
        let month = number(parts.next(), 2).ok_or(NoDay)?;
        let day = number(parts.next(), 2).ok_or(NoDay)?;
        Self::new(year, month, day).ok_or(NoDay)
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_there_are_and_their_weekdays() {
        for (text, weekday) in [
            ("1970-01-01", 4),
            ("2024-02-29", 4),
            ("2026-11-22", 7),
            ("2026-11-23", 1),
            ("2000-02-29", 2),
        ] {
            let day: Day = text.parse().unwrap();
            assert_eq!((day.to_string().as_str(), day.weekday()), (text, weekday));
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-11-31",
            "2026-02-29",
            "2100-02-29",
            "2026-1-1",
            "26-11-22",
            "2026-11-00",
            "2026-11-22T00",
            "1969-12-31",
            "+026-11-22",
        ] {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }
}
