//! Times in stories: `@10:00:05` is that time on the story's day, `@2026-11-20T10:00:05Z` that
//! moment.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::Value;

/// The story's day, in UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day(Date);

impl Day {
    pub(super) fn of(clock: Timestamp) -> Self {
        Self(clock.to_zoned(TimeZone::UTC).date())
    }

    /// The moment that `@…` names; none for any other text.
    pub(super) fn moment(self, text: &str) -> Option<Timestamp> {
        let text = text.strip_prefix('@')?;
        if let Ok(moment) = text.parse() {
            return Some(moment);
        }
        let time: Time = text.parse().ok()?;
        Some(self.0.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp())
    }

    /// As the platform writes times: seconds since 1970, in a string.
    pub(super) fn for_platform(self, value: &mut Value) {
        self.replace(value, &|moment| moment.as_second().to_string());
    }

    /// As the API shows times.
    pub(super) fn for_api(self, value: &mut Value) {
        self.replace(value, &|moment| moment.to_string());
    }

    fn replace(self, value: &mut Value, shown: &impl Fn(Timestamp) -> String) {
        match value {
            Value::String(text) => {
                if let Some(moment) = self.moment(text) {
                    *text = shown(moment);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace(item, shown)),
            Value::Object(members) => {
                members.iter_mut().for_each(|(_, member)| self.replace(member, shown));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Microseconds of `90 s`, `10 min`, `2 h`, `30 d`.
pub(super) fn span(text: &str) -> Result<i64, String> {
    let wrong = || format!("`{text}` is no span of time; write `90 s`, `10 min`, `2 h` or `30 d`");
    let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let number: i64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit.trim() {
        "s" => 1,
        "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    number.checked_mul(seconds * 1_000_000).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_of_the_storys_day() {
        let day = Day::of("2026-11-20T10:00:00Z".parse().unwrap());
        let mut value =
            json!({"timestamp": "@10:00:05", "text": "@home", "list": ["@2026-11-21T00:00:00Z"]});
        day.for_platform(&mut value);
        assert_eq!(value["timestamp"], "1795168805");
        assert_eq!(value["text"], "@home");
        assert_eq!(value["list"][0], "1795219200");
    }

    #[test]
    fn spans_have_a_unit() {
        assert_eq!(span("90 s"), Ok(90_000_000));
        assert_eq!(span("2 h"), Ok(7_200_000_000));
        assert!(span("90").is_err());
        assert!(span("x d").is_err());
    }
}
