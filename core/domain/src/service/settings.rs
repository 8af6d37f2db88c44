//! What a service is set to, and which times that offers.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Day;
use crate::agent::OpenHours;
use crate::ids::PersonId;
use crate::limits::{
    BUFFER_MINUTES_MAX, EXCEPTION_HOURS_MAX, HORIZON_DAYS, NOTICE_MINUTES_MAX, REMINDER_MINUTES,
    SERVICE_EXCEPTIONS_MAX, SERVICE_HOURS_MAX, SERVICE_MINUTES, TIME_ZONE_CHARS_MAX,
};
use crate::refusal::Refusal;
use crate::validate;

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// What a service is set to. Codes and numbers only, and its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServiceSettings {
    /// What people call it.
    pub name: String,
    /// Who does it: nobody is in two places, whatever the service.
    pub staff: Option<PersonId>,
    /// How long it takes.
    pub duration_minutes: u16,
    /// How long nothing else is booked before it.
    pub buffer_before_minutes: u16,
    /// How long nothing else is booked after it.
    pub buffer_after_minutes: u16,
    /// How far apart the times are that are offered, counted from each opening.
    pub step_minutes: u16,
    /// The time zone of its hours (IANA).
    pub time_zone: String,
    /// When it is open, each week.
    pub weekly: Vec<OpenHours>,
    /// Days that are not like those of every week.
    pub exceptions: Vec<DayException>,
    /// How long before it begins it has to be booked.
    pub notice_minutes: u32,
    /// How many days ahead it can be booked.
    pub horizon_days: u16,
    /// How long before it begins somebody is reminded of it; none if nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_minutes: Option<u32>,
    /// It can be booked.
    pub active: bool,
}

/// A day that is not like those of every week.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DayException {
    /// Which day.
    pub day: Day,
    /// When it is open then; empty = closed.
    pub hours: Vec<DayHours>,
}

/// A stretch of a day.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct DayHours {
    /// Minutes after midnight.
    pub opens: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    pub closes: u16,
}

/// A stretch of time in which a service is open, in seconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Open {
    /// Its first second.
    pub from: i64,
    /// The second after its last one.
    pub until: i64,
}

impl ServiceSettings {
    /// A service of that name, half an hour long, at no time yet.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            staff: None,
            duration_minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            step_minutes: 30,
            time_zone: "UTC".into(),
            weekly: Vec::new(),
            exceptions: Vec::new(),
            notice_minutes: 0,
            horizon_days: 60,
            remind_minutes: None,
            active: true,
        }
    }

    /// Seconds that an appointment lasts.
    pub fn seconds(&self) -> i64 {
        i64::from(self.duration_minutes) * 60
    }

    /// When it is open on a day, as the clocks of its time zone show it.
    pub fn hours_on(&self, day: Day) -> Vec<DayHours> {
        if let Some(exception) = self.exceptions.iter().find(|exception| exception.day == day) {
            return exception.hours.clone();
        }
        let weekday = day.weekday();
        let of_day = self.weekly.iter().filter(|hours| hours.day == weekday);
        of_day.map(|&OpenHours { day: _, opens, closes }| DayHours { opens, closes }).collect()
    }

    /// When an appointment can begin within these stretches, booked at `now` (seconds since 1970):
    /// each time once, in order.
    pub fn starts(&self, opens: &[Open], now: i64) -> Vec<i64> {
        if !self.active {
            return Vec::new();
        }
        let (first, last) = self.bookable(now);
        let mut starts = BTreeSet::new();
        let step = i64::from(self.step_minutes.max(1)) * 60;
        for open in opens {
            let mut start = open.from;
            while start.saturating_add(self.seconds()) <= open.until && start <= last {
                if start >= first {
                    starts.insert(start);
                }
                start += step;
            }
        }
        starts.into_iter().collect()
    }

    /// The first and the last second at which something booked at `now` can begin.
    pub fn bookable(&self, now: i64) -> (i64, i64) {
        let first = now.saturating_add(i64::from(self.notice_minutes) * 60);
        (first, now.saturating_add(i64::from(self.horizon_days) * 86_400))
    }

    /// The settings as they will be recorded.
    pub(super) fn checked(mut self) -> Result<Self, Refusal> {
        self.name = validate::name("name", &self.name)?;
        within("duration_minutes", self.duration_minutes, SERVICE_MINUTES)?;
        within("step_minutes", self.step_minutes, SERVICE_MINUTES)?;
        within("buffer_before_minutes", self.buffer_before_minutes, 0..=BUFFER_MINUTES_MAX)?;
        within("buffer_after_minutes", self.buffer_after_minutes, 0..=BUFFER_MINUTES_MAX)?;
        within("notice_minutes", self.notice_minutes, 0..=NOTICE_MINUTES_MAX)?;
        within("horizon_days", self.horizon_days, HORIZON_DAYS)?;
        if let Some(minutes) = self.remind_minutes {
            within("remind_minutes", minutes, REMINDER_MINUTES)?;
        }
        validate::code("time_zone", Some(&self.time_zone), TIME_ZONE_CHARS_MAX)?;
        self.check_hours()?;
        self.weekly.sort_by_key(|hours| (hours.day, hours.opens, hours.closes));
        self.exceptions.sort_by_key(|exception| exception.day);
        Ok(self)
    }

    fn check_hours(&self) -> Result<(), Refusal> {
        let right = |opens: u16, closes: u16| opens < closes && closes <= DAY_MINUTES;
        let detail = "needs minutes after midnight, opening before closing, at most 1440";
        if self.weekly.len() > SERVICE_HOURS_MAX {
            return Err(Refusal::field("weekly", format!("takes at most {SERVICE_HOURS_MAX}")));
        }
        let of_a_week = |hours: &OpenHours| (1..=7).contains(&hours.day);
        if !self.weekly.iter().all(|one| of_a_week(one) && right(one.opens, one.closes)) {
            let detail = format!("{detail}, and days 1 (Monday) to 7");
            return Err(Refusal::field("weekly", detail));
        }
        let days: BTreeSet<_> = self.exceptions.iter().map(|exception| exception.day).collect();
        let hours = || self.exceptions.iter().flat_map(|exception| &exception.hours);
        if days.len() != self.exceptions.len() {
            return Err(Refusal::field("exceptions", "names a day twice"));
        }
        if days.len() > SERVICE_EXCEPTIONS_MAX || hours().count() > EXCEPTION_HOURS_MAX {
            let detail = format!(
                "takes at most {SERVICE_EXCEPTIONS_MAX} days with {EXCEPTION_HOURS_MAX} stretches \
                 of hours; leave out those that are over"
            );
            return Err(Refusal::field("exceptions", detail));
        }
        if !hours().all(|one| right(one.opens, one.closes)) {
            return Err(Refusal::field("exceptions", detail));
        }
        Ok(())
    }
}

fn within<T: PartialOrd + std::fmt::Display + Copy>(
    field: &'static str,
    value: T,
    allowed: std::ops::RangeInclusive<T>,
) -> Result<(), Refusal> {
    if allowed.contains(&value) {
        return Ok(());
    }
    let (least, most) = (allowed.start(), allowed.end());
    Err(Refusal::field(field, format!("must be {least} to {most}")))
}

/// What is to be changed of a service. What is left out stays as it is; none inside takes a value
/// away.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each is the setting of its name")]
pub struct ServiceChanges {
    pub name: Option<String>,
    pub staff: Option<Option<PersonId>>,
    pub duration_minutes: Option<u16>,
    pub buffer_before_minutes: Option<u16>,
    pub buffer_after_minutes: Option<u16>,
    pub step_minutes: Option<u16>,
    pub time_zone: Option<String>,
    pub weekly: Option<Vec<OpenHours>>,
    pub exceptions: Option<Vec<DayException>>,
    pub notice_minutes: Option<u32>,
    pub horizon_days: Option<u16>,
    pub remind_minutes: Option<Option<u32>>,
    pub active: Option<bool>,
}

impl ServiceChanges {
    /// The settings that come of it. A service whose step is not given offers times as far apart as
    /// an appointment is long.
    pub fn onto(self, old: ServiceSettings) -> ServiceSettings {
        let stepped_by_duration = old.step_minutes == old.duration_minutes;
        let duration_minutes = self.duration_minutes.unwrap_or(old.duration_minutes);
        let step = if stepped_by_duration { duration_minutes } else { old.step_minutes };
        ServiceSettings {
            name: self.name.unwrap_or(old.name),
            staff: self.staff.unwrap_or(old.staff),
            duration_minutes,
            buffer_before_minutes: self.buffer_before_minutes.unwrap_or(old.buffer_before_minutes),
            buffer_after_minutes: self.buffer_after_minutes.unwrap_or(old.buffer_after_minutes),
            step_minutes: self.step_minutes.unwrap_or(step),
            time_zone: self.time_zone.unwrap_or(old.time_zone),
            weekly: self.weekly.unwrap_or(old.weekly),
            exceptions: self.exceptions.unwrap_or(old.exceptions),
            notice_minutes: self.notice_minutes.unwrap_or(old.notice_minutes),
            horizon_days: self.horizon_days.unwrap_or(old.horizon_days),
            remind_minutes: self.remind_minutes.unwrap_or(old.remind_minutes),
            active: self.active.unwrap_or(old.active),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::fixtures::settings;

    #[test]
    fn times_begin_within_the_hours_and_end_within_them() {
        let of = |settings: &ServiceSettings, opens: &[Open]| settings.starts(opens, 0);
        let hours = ServiceSettings { horizon_days: 2, ..settings() };
        let open = |from, until| Open { from, until };
        assert_eq!(of(&hours, &[open(3_600, 9_000)]), [3_600, 5_400, 7_200]);
        assert_eq!(of(&hours, &[open(3_600, 8_999)]), [3_600, 5_400]);
        assert!(of(&hours, &[open(0, 1_799)]).is_empty());
        // Hours that overlap offer each time once.
        assert_eq!(of(&hours, &[open(3_600, 7_200), open(3_600, 5_400)]), [3_600, 5_400]);
        let dense = ServiceSettings { step_minutes: 10, ..hours.clone() };
        assert_eq!(of(&dense, &[open(0, 3_000)]), [0, 600, 1_200]);
        let inactive = ServiceSettings { active: false, ..hours };
        assert!(of(&inactive, &[open(0, 9_000)]).is_empty());
    }

    #[test]
    fn not_too_soon_and_not_too_far_ahead() {
        let early = ServiceSettings { notice_minutes: 60, horizon_days: 1, ..settings() };
        let day = Open { from: 0, until: 3 * 86_400 };
        let starts = early.starts(&[day], 1);
        assert_eq!((starts.first(), starts.last()), (Some(&5_400), Some(&86_400)));
    }

    #[test]
    fn an_exception_stands_for_the_hours_of_its_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let closed = DayException { day: day("2026-12-28"), hours: vec![] };
        let settings = ServiceSettings { exceptions: vec![closed], ..settings() };
        assert_eq!(settings.hours_on(day("2026-12-28")), []);
        assert_eq!(settings.hours_on(day("2026-12-21")), [DayHours { opens: 540, closes: 1_020 }]);
        assert_eq!(settings.hours_on(day("2026-12-22")), []);
    }

    #[test]
    fn settings_that_cannot_be_are_refused_by_their_field() {
        let open = |day, opens, closes| vec![OpenHours { day, opens, closes }];
        let closed = |text: &str| DayException { day: text.parse().unwrap(), hours: vec![] };
        for (field, bad) in [
            ("name", ServiceSettings { name: " ".into(), ..settings() }),
            ("duration_minutes", ServiceSettings { duration_minutes: 4, ..settings() }),
            ("duration_minutes", ServiceSettings { duration_minutes: 481, ..settings() }),
            ("step_minutes", ServiceSettings { step_minutes: 0, ..settings() }),
            ("buffer_after_minutes", ServiceSettings { buffer_after_minutes: 121, ..settings() }),
            ("horizon_days", ServiceSettings { horizon_days: 0, ..settings() }),
            ("remind_minutes", ServiceSettings { remind_minutes: Some(0), ..settings() }),
            ("time_zone", ServiceSettings { time_zone: "not a zone".into(), ..settings() }),
            ("weekly", ServiceSettings { weekly: open(8, 0, 60), ..settings() }),
            ("weekly", ServiceSettings { weekly: open(1, 60, 60), ..settings() }),
            ("weekly", ServiceSettings { weekly: open(1, 0, 1_441), ..settings() }),
            (
                "exceptions",
                ServiceSettings {
                    exceptions: vec![closed("2026-12-24"), closed("2026-12-24")],
                    ..settings()
                },
            ),
        ] {
            assert_eq!(bad.checked().unwrap_err().field, Some(field));
        }
    }

    #[test]
    fn times_stay_as_far_apart_as_an_appointment_is_long() {
        let longer = ServiceChanges { duration_minutes: Some(45), ..ServiceChanges::default() };
        assert_eq!(longer.clone().onto(settings()).step_minutes, 45);
        let dense = ServiceSettings { step_minutes: 10, ..settings() };
        assert_eq!(longer.onto(dense).step_minutes, 10);
    }
}
