//! Whether an agent answers at this time of its week.

use convolog_domain::agent::AgentSettings;
use convolog_log::Timestamp;
use jiff::tz::TimeZone;

/// Whether the agent's hours hold at this moment. No hours are all hours; an unknown time zone is
/// UTC.
pub(super) fn is_open(settings: &AgentSettings, now: Timestamp) -> bool {
    if settings.business_hours.is_empty() {
        return true;
    }
    let zone = settings.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let Ok(now) = jiff::Timestamp::from_microsecond(now.0) else { return true };
    let local = now.to_zoned(zone.unwrap_or(TimeZone::UTC));
    let day = i16::from(local.weekday().to_monday_one_offset());
    let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
    settings.business_hours.iter().any(|hours| {
        let (opens, closes) = (i32::from(hours.opens), i32::from(hours.closes));
        i16::from(hours.day) == day && (opens..closes).contains(&i32::from(minute))
    })
}

#[cfg(test)]
mod tests {
    use convolog_domain::agent::OpenHours;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn hours_are_those_of_the_agents_own_place() {
        let mut settings = AgentSettings::named("Ava");
        assert!(is_open(&settings, at("2026-11-22T03:00:00Z")));
        // Monday, nine to five.
        settings.business_hours = vec![OpenHours { day: 1, opens: 540, closes: 1_020 }];
        assert!(is_open(&settings, at("2026-11-23T09:00:00Z")));
        assert!(!is_open(&settings, at("2026-11-23T17:00:00Z")));
        assert!(!is_open(&settings, at("2026-11-24T09:00:00Z")));
        settings.time_zone = Some("America/Recife".into());
        assert!(!is_open(&settings, at("2026-11-23T09:00:00Z")));
        assert!(is_open(&settings, at("2026-11-23T12:00:00Z")));
    }
}
