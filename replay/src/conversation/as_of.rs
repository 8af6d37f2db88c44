//! A moment of history: a position, or the last position recorded by a time.

use std::fmt;
use std::str::FromStr;

use convolog_log::{EventLog, LogError, Position, Timestamp};

/// A moment of history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AsOf {
    /// When everything up to this position had been recorded.
    Position(Position),
    /// What had been recorded by this time.
    Time(Timestamp),
}

/// A moment that there is not.
#[derive(Debug, thiserror::Error)]
pub enum WrongAsOf {
    /// It cannot be read.
    #[error(
        "`{0}` is no moment; give a position (a whole number) or a time in RFC 3339 such as 2026-11-20T10:00:00Z"
    )]
    Unreadable(String),
    /// The log has not come that far.
    #[error("position {asked} does not exist yet; the log ends at {head}")]
    BeyondHead {
        /// What was asked for.
        asked: Position,
        /// The newest there is.
        head: Position,
    },
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
}

impl FromStr for AsOf {
    type Err = WrongAsOf;

    fn from_str(text: &str) -> Result<Self, WrongAsOf> {
        if let Ok(position) = text.parse() {
            return Ok(Self::Position(Position(position)));
        }
        let time: jiff::Timestamp =
            text.parse().map_err(|_| WrongAsOf::Unreadable(text.to_owned()))?;
        Ok(Self::Time(Timestamp(time.as_microsecond())))
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Position(position) => position.fmt(f),
            Self::Time(time) => f.write_str(&shown(*time)),
        }
    }
}

impl AsOf {
    /// The position at which history is cut.
    ///
    /// # Errors
    /// [`WrongAsOf::BeyondHead`] for a position that does not exist yet; a time in the future is
    /// now.
    pub fn resolve(self, log: &dyn EventLog) -> Result<Position, WrongAsOf> {
        let head = log.head();
        match self {
            Self::Position(asked) if asked > head => Err(WrongAsOf::BeyondHead { asked, head }),
            Self::Position(position) => Ok(position),
            Self::Time(time) => Ok(log.position_at(time)?),
        }
    }
}

/// A time as the API shows it.
pub(crate) fn shown(at: Timestamp) -> String {
    let (least, most) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let inside = at.0.clamp(least.as_microsecond(), most.as_microsecond());
    jiff::Timestamp::from_microsecond(inside).unwrap_or(least).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_position_or_a_time() {
        assert_eq!("42".parse::<AsOf>().unwrap(), AsOf::Position(Position(42)));
        let time = "2026-11-20T10:00:00.5Z".parse::<AsOf>().unwrap();
        assert_eq!(time, AsOf::Time(Timestamp(1_795_168_800_500_000)));
        assert_eq!(time.to_string(), "2026-11-20T10:00:00.5Z");
        for wrong in ["", "-1", "yesterday", "2026-11-20", "1e3"] {
            let error = wrong.parse::<AsOf>().unwrap_err().to_string();
            assert!(error.contains("RFC 3339"), "{error}");
        }
    }
}
