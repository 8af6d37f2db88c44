//! A stretch of the calendar that a target is for: a year, a quarter or a month, in UTC.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The first and the last year that a period may be in.
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2999;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A year (`2026`), a quarter (`2026-Q4`) or a month (`2026-11`).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period {
    year: i64,
    /// 1 to 12.
    month: i64,
    /// 12, 3 or 1.
    months: i64,
}

/// A text that is no period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("must be a year, a quarter or a month, such as 2026, 2026-Q4 or 2026-11")]
pub struct NoPeriod;

impl Period {
    /// When it begins, in seconds since 1970.
    pub const fn start(self) -> i64 {
        days_before(self.year, self.month) * DAY
    }

    /// When the next one begins, in seconds since 1970.
    pub const fn end(self) -> i64 {
        let next = self.month + self.months;
        if next > 12 {
            days_before(self.year + 1, next - 12) * DAY
        } else {
            days_before(self.year, next) * DAY
        }
    }
}

/// The days from 1970 to the first of a month. Years are counted from March, so that the day a leap
/// year adds is its last.
pub(crate) const fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days_of_months = (153 * month + 2) / 5;
    365 * year + year / 4 - year / 100 + year / 400 + days_of_months - 719_468
}

impl std::str::FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let number = |digits: &str, count: usize| {
            let plain = digits.len() == count && digits.bytes().all(|c| c.is_ascii_digit());
            plain.then(|| digits.parse::<i64>().ok()).flatten().ok_or(NoPeriod)
        };
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year = number(year, 4)?;
        let (month, months) = match rest.map(|rest| (rest, rest.strip_prefix('Q'))) {
            None => (1, 12),
            Some((_, Some(quarter))) => (number(quarter, 1)? * 3 - 2, 3),
            Some((month, None)) => (number(month, 2)?, 1),
        };
        if YEARS.contains(&year) && (1..=12).contains(&month) {
            return Ok(Self { year, month, months });
        }
        Err(NoPeriod)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { year, month, months } = self;
        match months {
            12 => write!(f, "{year:04}"),
            3 => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            _ => write!(f, "{year:04}-{month:02}"),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_as_it_is_read() {
        for text in ["2026", "2026-Q1", "2026-Q4", "2026-01", "2026-12", "2000", "2999-12"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for bad in [
            "", "26", "1999", "3000", "2026-", "2026-Q0", "2026-Q5", "2026-00", "2026-13",
            "2026-1", "+026",
        ] {
            assert_eq!(bad.parse::<Period>(), Err(NoPeriod), "{bad}");
        }
    }

    #[test]
    fn one_ends_where_the_next_begins() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        // 2026-01-01, 2026-11-01, 2028-02-01 and 2028-03-01, 00:00:00 UTC.
        assert_eq!(period("2026").start(), 1_767_225_600);
        assert_eq!(period("2026-11").start(), 1_793_491_200);
        assert_eq!(period("2028-02").start(), 1_832_976_000);
        assert_eq!(period("2028-02").end(), 1_832_976_000 + 29 * DAY);
        assert_eq!(period("2026-11").end(), period("2026-12").start());
        assert_eq!(period("2026-Q4").end(), period("2027").start());
        assert_eq!(period("2026").end(), period("2027-Q1").start());
        assert_eq!(period("2100-02").end() - period("2100-02").start(), 28 * DAY);
    }
}
