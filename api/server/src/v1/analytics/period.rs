//! Which time is asked for, and the points of its series.
//!
//! Buckets are hours of UTC. Where a timezone is no whole number of hours away, an hour counts to
//! the day in which it begins.

use convolog_projections::analytics::HOUR;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::{Outcome, Problem};

/// The most points of a series.
pub(super) const POINTS_MAX: usize = 1_000;

/// The seconds before `to` at which an answer begins if `from` is not given: seven days.
const USUAL_SECONDS: i64 = 7 * 24 * HOUR;

/// Which figures.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// From when on: a time, or a day (`2026-11-21`) of the timezone; seven days before `to` if not given. Rounded down to a whole point.
    from: Option<String>,
    /// Until when, not counted itself: a time, or a day of the timezone; now if not given, or the time of `as_of`. Rounded up to a whole point.
    to: Option<String>,
    /// How long a point of the series is; an hour if not given.
    granularity: Option<Granularity>,
    /// Only this channel: of a conversation the one it is on, of a lead the one they wrote to. Contacts belong to none, so none are counted.
    pub(super) channel_id: Option<Uuid>,
    /// Only conversations that began where this agent was published.
    pub(super) agent_id: Option<Uuid>,
    /// Only what this member of the staff did.
    pub(super) operator_id: Option<Uuid>,
    /// Whose days: a name of the IANA database such as `Europe/Berlin`; `UTC` if not given.
    timezone: Option<String>,
    /// Which traffic; what is live if not given. They are never added up.
    pub(super) traffic: Option<Traffic>,
}

/// How long a point of a series is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Granularity {
    /// An hour.
    #[default]
    Hour,
    /// A day of the timezone.
    Day,
}

/// Where what is counted came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Traffic {
    /// The real thing.
    #[default]
    Live,
    /// What test keys did.
    Test,
    /// What was imported, in the hour of the import.
    Imported,
}

/// A time as it was asked for, checked.
pub(super) struct Period {
    pub(super) granularity: Granularity,
    pub(super) timezone: String,
    /// The second in which each point begins; after them, the second in which the last one ends.
    pub(super) bounds: Vec<i64>,
}

impl Period {
    /// The period that is wanted; `now` is what `to` is if not given.
    pub(super) fn of(wanted: &Wanted, now: Timestamp) -> Outcome<Self> {
        let timezone = wanted.timezone.clone().unwrap_or_else(|| "UTC".to_owned());
        let zone = TimeZone::get(&timezone).map_err(|_| {
            let detail = "timezone must be a name of the IANA database such as Europe/Berlin.";
            Problem::field("timezone", detail)
        })?;
        let granularity = wanted.granularity.unwrap_or_default();
        let given = |name, text: &Option<String>| {
            text.as_deref().map(|text| moment(name, text, &zone)).transpose()
        };
        let to = given("to", &wanted.to)?.unwrap_or_else(|| now.as_second());
        let from = given("from", &wanted.from)?.unwrap_or(to.saturating_sub(USUAL_SECONDS));
        if from >= to {
            return Err(Problem::field("from", "from must be before to."));
        }
        let bounds = match granularity {
            Granularity::Hour => hours(from, to),
            Granularity::Day => days(from, to, &zone),
        };
        let bounds = bounds.ok_or_else(too_many)?;
        Ok(Self { granularity, timezone, bounds })
    }

    /// The hour since 1970 with which the buckets of a second's point begin.
    pub(super) const fn hour(second: i64) -> i64 {
        second.saturating_add(HOUR - 1).div_euclid(HOUR)
    }

    /// The hours since 1970 that are counted.
    pub(super) fn hours(&self) -> (i64, i64) {
        let hour = |bound: Option<&i64>| bound.copied().map_or(0, Self::hour);
        (hour(self.bounds.first()), hour(self.bounds.last()))
    }
}

fn too_many() -> Problem {
    let detail = format!(
        "from and to are too far apart: a series has at most {POINTS_MAX} points; choose a shorter time, or granularity=day."
    );
    Problem::field("from", detail)
}

/// The second that a text names: a time, or the beginning of a day.
fn moment(name: &str, text: &str, zone: &TimeZone) -> Outcome<i64> {
    let day = || {
        let day: jiff::civil::Date = text.parse().ok()?;
        // A date with a time but no offset would lose its time.
        let plain = day.to_string() == text;
        day.to_zoned(zone.clone()).ok().filter(|_| plain).map(|day| day.timestamp())
    };
    let found = text.parse::<Timestamp>().ok().or_else(day);
    found.map(Timestamp::as_second).ok_or_else(|| {
        let detail = format!(
            "{name} must be a time such as 2026-11-21T09:00:00Z or a day such as 2026-11-21."
        );
        Problem::field(name, detail)
    })
}

/// The bounds of the hours that hold a time; none if there are too many.
fn hours(from: i64, to: i64) -> Option<Vec<i64>> {
    let (first, last) = (from.div_euclid(HOUR), Period::hour(to));
    let points = usize::try_from(last.saturating_sub(first)).ok()?;
    (points <= POINTS_MAX).then(|| (first..=last).map(|hour| hour * HOUR).collect())
}

/// The bounds of the days that hold a time; none if there are too many, or they cannot be told.
fn days(from: i64, to: i64, zone: &TimeZone) -> Option<Vec<i64>> {
    let mut day = Timestamp::from_second(from).ok()?.to_zoned(zone.clone()).start_of_day().ok()?;
    let mut bounds = vec![day.timestamp().as_second()];
    while bounds.last().is_some_and(|last| *last < to) {
        if bounds.len() > POINTS_MAX {
            return None;
        }
        day = day.checked_add(1.day()).ok()?.start_of_day().ok()?;
        bounds.push(day.timestamp().as_second());
    }
    Some(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str, granularity: Granularity, zone: &str) -> Outcome<Period> {
        let wanted = Wanted {
            from: Some(from.into()),
            to: Some(to.into()),
            granularity: Some(granularity),
            timezone: Some(zone.into()),
            ..Wanted::default()
        };
        Period::of(&wanted, Timestamp::UNIX_EPOCH)
    }

    fn shown(period: &Period) -> Vec<String> {
        let show = |second: &i64| Timestamp::from_second(*second).unwrap().to_string();
        period.bounds.iter().map(show).collect()
    }

    #[test]
    fn a_time_is_rounded_outwards_to_whole_points() {
        let hours =
            period("2026-11-21T09:30:00Z", "2026-11-21T11:00:01Z", Granularity::Hour, "UTC");
        let bounds = shown(&hours.unwrap());
        assert_eq!((bounds.len(), bounds[0].as_str()), (4, "2026-11-21T09:00:00Z"));
        assert_eq!(bounds[3], "2026-11-21T12:00:00Z");
    }

    #[test]
    fn days_are_those_of_the_timezone_also_when_clocks_change() {
        let days = period("2026-03-28", "2026-03-31", Granularity::Day, "Europe/Berlin").unwrap();
        let bounds = shown(&days);
        assert_eq!(
            bounds,
            [
                "2026-03-27T23:00:00Z",
                "2026-03-28T23:00:00Z",
                "2026-03-29T22:00:00Z",
                "2026-03-30T22:00:00Z",
            ]
        );
    }

    #[test]
    fn an_hour_counts_to_the_day_in_which_it_begins() {
        let days = period("2026-11-21", "2026-11-22", Granularity::Day, "Asia/Kolkata").unwrap();
        assert_eq!(shown(&days), ["2026-11-20T18:30:00Z", "2026-11-21T18:30:00Z"]);
        let (first, last) = days.hours();
        assert_eq!((first * HOUR - days.bounds[0], last - first), (30 * 60, 24));
    }

    #[test]
    fn what_cannot_be_answered_names_the_parameter() {
        for (from, to, granularity, zone, field, said) in [
            ("2026-01-01", "2026-03-01", Granularity::Hour, "UTC", "from", "1000"),
            ("1970-01-01", "2026-03-01", Granularity::Day, "UTC", "from", "1000"),
            ("2026-01-02", "2026-01-02", Granularity::Day, "UTC", "from", "before"),
            ("2026-01-01", "2026-01-02T09:00", Granularity::Hour, "UTC", "to", "2026-11-21"),
            ("yesterday", "2026-01-02", Granularity::Hour, "UTC", "from", "2026-11-21"),
            ("2026-01-01", "2026-01-02", Granularity::Hour, "Mars/Base", "timezone", "IANA"),
        ] {
            let Err(problem) = period(from, to, granularity, zone) else { panic!("{from} {to}") };
            let problem = format!("{problem:?}");
            assert!(problem.contains(field) && problem.contains(said), "{problem}");
        }
    }
}
