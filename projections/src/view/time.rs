//! Times as the API shows them.

use std::borrow::Cow;

use convolog_log::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A moment, shown in RFC 3339 and UTC. What lies outside the years −9999 to 9999 is shown as the
/// nearest moment inside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Time(jiff::Timestamp);

impl Time {
    /// From whole seconds since 1970, as platforms give them.
    pub fn of_seconds(seconds: i64) -> Self {
        let (least, most) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
        let inside = seconds.clamp(least.as_second(), most.as_second());
        Self(jiff::Timestamp::from_second(inside).unwrap_or(least))
    }
}

impl Time {
    /// As the log writes it.
    pub fn timestamp(self) -> Timestamp {
        Timestamp(self.0.as_microsecond())
    }
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        let (least, most) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
        let inside = at.0.clamp(least.as_microsecond(), most.as_microsecond());
        Self(jiff::Timestamp::from_microsecond(inside).unwrap_or(least))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Time {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_a_platform_sends_can_be_shown() {
        assert_eq!(Time::of_seconds(1_700_000_000).to_string(), "2023-11-14T22:13:20Z");
        assert_eq!(Time::from(Timestamp(1_500_000)).to_string(), "1970-01-01T00:00:01.5Z");
        for extreme in [i64::MIN, i64::MAX] {
            assert!(!Time::of_seconds(extreme).to_string().is_empty());
            assert!(!Time::from(Timestamp(extreme)).to_string().is_empty());
        }
    }
}
