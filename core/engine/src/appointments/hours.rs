//! Where the hours of a service lie in time.
//!
//! Hours are what the clocks of the service's time zone show. Where those are put forward, a time that
//! they never show stands for the moment of the change: whoever opens at half past two of a night
//! without that hour opens at three. Where they are put back, a time that they show twice opens with
//! the first and closes with the second: nobody closes in between.

use convolog_domain::service::{Day, Open, ServiceSettings};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// The time zone of that name (IANA); none if there is no such one.
pub(super) fn time_zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// When a service is open on the days that a stretch of time touches, in order. Times are seconds
/// since 1970; an unknown time zone is UTC.
pub(super) fn opens(settings: &ServiceSettings, from: i64, until: i64) -> Vec<Open> {
    let zone = time_zone(&settings.time_zone).unwrap_or(TimeZone::UTC);
    let date =
        |second: i64| Timestamp::from_second(second).ok().map(|at| zone.to_datetime(at).date());
    let (Some(first), Some(last)) = (date(from), date(until)) else { return Vec::new() };
    let mut opens = Vec::new();
    for date in first.series(1.day()).take_while(|date| *date <= last) {
        let Some(day) = day_of(date) else { continue };
        for hours in settings.hours_on(day) {
            let opens_at = moment(&zone, date, hours.opens, Side::First);
            let closes_at = moment(&zone, date, hours.closes, Side::Last);
            if let (Some(from), Some(until)) = (opens_at, closes_at)
                && from < until
            {
                opens.push(Open { from, until });
            }
        }
    }
    opens.sort_unstable();
    opens
}

fn day_of(date: Date) -> Option<Day> {
    Day::new(date.year().into(), date.month().into(), date.day().into())
}

/// Which moment is meant where clocks show a time twice.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

/// The moment at which the clocks show this many minutes after midnight of a day.
fn moment(zone: &TimeZone, date: Date, minutes: u16, side: Side) -> Option<i64> {
    let wall = if minutes >= DAY_MINUTES {
        DateTime::from_parts(date.tomorrow().ok()?, Time::midnight())
    } else {
        let (hour, minute) = (i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?);
        DateTime::from_parts(date, Time::new(hour, minute, 0, 0).ok()?)
    };
    let at = match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).ok()?,
        // The clocks jump over it: the moment of the jump, which both offsets tell alike.
        AmbiguousOffset::Gap { before, .. } => {
            let beyond = before.to_timestamp(wall).ok()?.checked_add(1.second()).ok()?;
            zone.preceding(beyond).next()?.timestamp()
        }
        AmbiguousOffset::Fold { before, after } => match side {
            Side::First => before.to_timestamp(wall).ok()?,
            Side::Last => after.to_timestamp(wall).ok()?,
        },
    };
    Some(at.as_second())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use convolog_domain::agent::OpenHours;
    use convolog_domain::service::{DayException, DayHours};
    use proptest::prelude::*;

    use super::*;

    fn second(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_second()
    }

    fn every_day(zone: &str, opens: u16, closes: u16) -> ServiceSettings {
        let weekly = (1..=7).map(|day| OpenHours { day, opens, closes }).collect();
        ServiceSettings {
            time_zone: zone.into(),
            weekly,
            horizon_days: 730,
            ..ServiceSettings::named("Check-up")
        }
    }

    fn of_day(settings: &ServiceSettings, day: &str) -> Vec<(String, String)> {
        let noon = second(&format!("{day}T12:00:00Z"));
        let text = |at| Timestamp::from_second(at).unwrap().to_string();
        let opens = opens(settings, noon, noon).into_iter();
        opens.map(|open| (text(open.from), text(open.until))).collect()
    }

    #[test]
    fn hours_are_those_of_the_services_own_place() {
        let berlin = every_day("Europe/Berlin", 540, 1_020);
        let pair = |from: &str, until: &str| vec![(from.to_owned(), until.to_owned())];
        let winter = pair("2026-11-23T08:00:00Z", "2026-11-23T16:00:00Z");
        assert_eq!(of_day(&berlin, "2026-11-23"), winter);
        let summer = pair("2026-07-20T07:00:00Z", "2026-07-20T15:00:00Z");
        assert_eq!(of_day(&berlin, "2026-07-20"), summer);
    }

    #[test]
    fn a_time_that_clocks_never_show_is_the_moment_they_are_put_forward() {
        // In Berlin two o'clock is three on 2026-03-29.
        let night = every_day("Europe/Berlin", 150, 300);
        let opens = vec![("2026-03-29T01:00:00Z".to_owned(), "2026-03-29T03:00:00Z".to_owned())];
        assert_eq!(of_day(&night, "2026-03-29"), opens);
        let closes = every_day("Europe/Berlin", 60, 150);
        let until = vec![("2026-03-29T00:00:00Z".to_owned(), "2026-03-29T01:00:00Z".to_owned())];
        assert_eq!(of_day(&closes, "2026-03-29"), until);
        // Nothing is open within the hour that is missing.
        assert!(of_day(&every_day("Europe/Berlin", 130, 170), "2026-03-29").is_empty());
    }

    #[test]
    fn an_hour_that_clocks_show_twice_is_open_twice() {
        // In Berlin three o'clock is two on 2026-10-25.
        let night = every_day("Europe/Berlin", 120, 180);
        let opens = vec![("2026-10-25T00:00:00Z".to_owned(), "2026-10-25T02:00:00Z".to_owned())];
        assert_eq!(of_day(&night, "2026-10-25"), opens);
        let settings = ServiceSettings { step_minutes: 30, ..night };
        let noon = second("2026-10-25T12:00:00Z");
        let starts = settings.starts(&super::opens(&settings, noon, noon), noon - 86_400);
        assert_eq!(starts.len(), 4, "half past two twice");
    }

    #[test]
    fn a_day_that_begins_at_one_o_clock_is_open_from_then_on() {
        // In Beirut midnight is one o'clock on 2026-03-29.
        let whole = every_day("Asia/Beirut", 0, 1_440);
        let opens = vec![("2026-03-28T22:00:00Z".to_owned(), "2026-03-29T21:00:00Z".to_owned())];
        assert_eq!(of_day(&whole, "2026-03-29"), opens);
    }

    #[test]
    fn an_exception_is_a_day_of_that_place() {
        let day = "2026-12-24".parse().unwrap();
        let short = DayException { day, hours: vec![DayHours { opens: 540, closes: 720 }] };
        let berlin = every_day("Europe/Berlin", 540, 1_020);
        let berlin = ServiceSettings { exceptions: vec![short], ..berlin };
        let until = vec![("2026-12-24T08:00:00Z".to_owned(), "2026-12-24T11:00:00Z".to_owned())];
        assert_eq!(of_day(&berlin, "2026-12-24"), until);
    }

    const ZONES: [&str; 9] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Pacific/Chatham",
        "Asia/Beirut",
    ];

    proptest! {
        /// Whatever the zone, the day and the hours: stretches are in order, none is empty, clocks
        /// never show a time outside of the hours during one, and every moment at which they show a
        /// time within the hours lies in one.
        #[test]
        fn what_is_open_is_what_the_clocks_show(
            zone in prop::sample::select(&ZONES[..]),
            day in 0_i64..1_500,
            opens_at in 0_u16..1_439,
            length in 1_u16..1_440,
        ) {
            let closes_at = (opens_at + length).min(1_440);
            let settings = every_day(zone, opens_at, closes_at);
            let zone = time_zone(zone).unwrap();
            let start = second("2024-01-01T00:00:00Z") + day * 86_400;
            let found = opens(&settings, start, start + 86_400);
            prop_assert!(found.iter().all(|open| open.from < open.until));
            prop_assert!(found.is_sorted());
            for minute in 0..1_440 {
                let at = start + minute * 60;
                let wall = zone.to_datetime(Timestamp::from_second(at).unwrap());
                let shown = u16::try_from(wall.hour()).unwrap() * 60
                    + u16::try_from(wall.minute()).unwrap();
                let open = found.iter().any(|open| (open.from..open.until).contains(&at));
                if (opens_at..closes_at).contains(&shown) {
                    prop_assert!(open, "{wall} is closed");
                } else {
                    // Within an hour that is shown twice nobody closes in between.
                    let twice = |minutes: i64| {
                        let near = Timestamp::from_second(at + minutes * 60).unwrap();
                        zone.to_ambiguous_timestamp(zone.to_datetime(near)).is_ambiguous()
                    };
                    let near_fold = || (-120..=120).step_by(10).any(twice);
                    prop_assert!(!open || near_fold(), "{wall} is open");
                }
            }
        }

        /// The times that are offered are moments of their own, end within the hours, and are as far
        /// apart as it says, also on a day that has 23 or 25 hours.
        #[test]
        fn what_is_offered_is_within_the_hours(
            zone in prop::sample::select(&ZONES[..]),
            day in 0_i64..700,
            opens_at in 0_u16..1_400,
            duration in 5_u16..120,
            step in 5_u16..120,
        ) {
            let settings = ServiceSettings {
                duration_minutes: duration,
                step_minutes: step,
                ..every_day(zone, opens_at, 1_440)
            };
            let now = second("2024-01-01T00:00:00Z");
            let start = now + day * 86_400;
            let found = opens(&settings, start, start + 86_400);
            let starts = settings.starts(&found, now);
            let distinct: BTreeSet<_> = starts.iter().collect();
            prop_assert_eq!(distinct.len(), starts.len());
            for at in &starts {
                let end = at + i64::from(duration) * 60;
                let within = |open: &Open| {
                    open.from <= *at && end <= open.until
                        && (at - open.from) % (i64::from(step) * 60) == 0
                };
                prop_assert!(found.iter().any(within));
            }
        }
    }
}
