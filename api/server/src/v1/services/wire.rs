//! What a service is set to, as the API takes and shows it.

use convolog_domain::PersonId;
use convolog_domain::agent::OpenHours;
use convolog_domain::service::{Day, DayException, DayHours, ServiceChanges, ServiceSettings};
use convolog_log::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::{Outcome, Problem};
use crate::v1::wire::{given, time};

/// A service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Service")]
pub(crate) struct ServiceView {
    /// Which one.
    id: Uuid,
    /// What people call it.
    name: String,
    /// Who does it.
    staff_id: Option<Uuid>,
    /// How long it takes.
    duration_minutes: u16,
    /// How long nothing else is booked before it.
    buffer_before_minutes: u16,
    /// How long nothing else is booked after it.
    buffer_after_minutes: u16,
    /// How far apart the times are that are offered, counted from each opening.
    step_minutes: u16,
    /// The time zone of its hours.
    time_zone: String,
    /// When it is open, each week.
    weekly: Vec<Weekly>,
    /// Days that are not like those of every week.
    exceptions: Vec<Exception>,
    /// How long before it begins it has to be booked.
    notice_minutes: u32,
    /// How many days ahead it can be booked.
    horizon_days: u16,
    /// How long before it begins somebody is reminded of it; null if nobody is.
    remind_minutes: Option<u32>,
    /// It can be booked.
    active: bool,
    /// When it was made; missing in the answer to a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

/// A stretch of one day of the week.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ServiceHours")]
pub(crate) struct Weekly {
    /// 1 = Monday … 7 = Sunday.
    #[schemars(range(min = 1, max = 7))]
    day: u8,
    /// Minutes after midnight.
    #[schemars(range(min = 0, max = 1439))]
    opens: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    #[schemars(range(min = 1, max = 1440))]
    closes: u16,
}

/// A day that is not like those of every week.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ServiceException")]
pub(crate) struct Exception {
    /// Which day, such as `2026-12-24`.
    date: String,
    /// When it is open then; empty = closed.
    #[serde(default)]
    #[schemars(length(max = 50))]
    hours: Vec<Stretch>,
}

/// A stretch of a day.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ServiceDayHours")]
pub(crate) struct Stretch {
    /// Minutes after midnight.
    #[schemars(range(min = 0, max = 1439))]
    opens: u16,
    /// Minutes after midnight; 1440 is the end of the day.
    #[schemars(range(min = 1, max = 1440))]
    closes: u16,
}

/// What is to be set; what is left out stays as it is, or as is usual.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ServiceSettings")]
#[expect(clippy::option_option, reason = "left out, null and a value are three things")]
pub(crate) struct Changes {
    /// What people call it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: Option<String>,
    /// Who does it: one of the staff. Nobody is in two places, whatever the service.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Uuid>")]
    staff_id: Option<Option<Uuid>>,
    /// How long it takes; half an hour if not given.
    #[serde(default)]
    #[schemars(range(min = 5, max = 480))]
    duration_minutes: Option<u16>,
    /// How long nothing else is booked before it.
    #[serde(default)]
    #[schemars(range(min = 0, max = 120))]
    buffer_before_minutes: Option<u16>,
    /// How long nothing else is booked after it.
    #[serde(default)]
    #[schemars(range(min = 0, max = 120))]
    buffer_after_minutes: Option<u16>,
    /// How far apart the times are that are offered, counted from each opening; as far as an
    /// appointment is long if not given.
    #[serde(default)]
    #[schemars(range(min = 5, max = 480))]
    step_minutes: Option<u16>,
    /// The time zone of its hours (IANA).
    #[serde(default)]
    #[schemars(length(min = 1, max = 64))]
    time_zone: Option<String>,
    /// When it is open, each week.
    #[serde(default)]
    #[schemars(length(max = 50))]
    weekly: Option<Vec<Weekly>>,
    /// Days that are not like those of every week: all of them, those that are not listed are over.
    #[serde(default)]
    #[schemars(length(max = 150))]
    exceptions: Option<Vec<Exception>>,
    /// How long before it begins it has to be booked.
    #[serde(default)]
    #[schemars(range(min = 0, max = 86_400))]
    notice_minutes: Option<u32>,
    /// How many days ahead it can be booked; 60 if not given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 730))]
    horizon_days: Option<u16>,
    /// How long before it begins somebody is reminded of it; null if nobody is.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<u32>", range(min = 5, max = 20_160))]
    remind_minutes: Option<Option<u32>>,
    /// It can be booked. What is booked stays booked.
    #[serde(default)]
    active: Option<bool>,
}

impl Changes {
    /// As the domain takes them.
    pub(super) fn settings(&self) -> Outcome<ServiceChanges> {
        let weekly = |&Weekly { day, opens, closes }: &Weekly| OpenHours { day, opens, closes };
        let exceptions = match &self.exceptions {
            Some(list) => Some(list.iter().map(exception).collect::<Outcome<Vec<_>>>()?),
            None => None,
        };
        Ok(ServiceChanges {
            name: self.name.clone(),
            staff: self.staff_id.map(|staff| staff.map(PersonId)),
            duration_minutes: self.duration_minutes,
            buffer_before_minutes: self.buffer_before_minutes,
            buffer_after_minutes: self.buffer_after_minutes,
            step_minutes: self.step_minutes,
            time_zone: self.time_zone.clone(),
            weekly: self.weekly.as_ref().map(|list| list.iter().map(weekly).collect()),
            exceptions,
            notice_minutes: self.notice_minutes,
            horizon_days: self.horizon_days,
            remind_minutes: self.remind_minutes,
            active: self.active,
        })
    }
}

fn exception(exception: &Exception) -> Outcome<DayException> {
    let day: Day = exception
        .date
        .parse()
        .map_err(|error| Problem::field("exceptions", format!("{} {error}.", exception.date)))?;
    let hours = |&Stretch { opens, closes }: &Stretch| DayHours { opens, closes };
    Ok(DayException { day, hours: exception.hours.iter().map(hours).collect() })
}

impl ServiceView {
    pub(super) fn of(id: Uuid, settings: &ServiceSettings, created: Option<Timestamp>) -> Self {
        let weekly = |&OpenHours { day, opens, closes }: &OpenHours| Weekly { day, opens, closes };
        let stretch = |&DayHours { opens, closes }: &DayHours| Stretch { opens, closes };
        let exception = |exception: &DayException| Exception {
            date: exception.day.to_string(),
            hours: exception.hours.iter().map(stretch).collect(),
        };
        Self {
            id,
            name: settings.name.clone(),
            staff_id: settings.staff.map(|person| person.0),
            duration_minutes: settings.duration_minutes,
            buffer_before_minutes: settings.buffer_before_minutes,
            buffer_after_minutes: settings.buffer_after_minutes,
            step_minutes: settings.step_minutes,
            time_zone: settings.time_zone.clone(),
            weekly: settings.weekly.iter().map(weekly).collect(),
            exceptions: settings.exceptions.iter().map(exception).collect(),
            notice_minutes: settings.notice_minutes,
            horizon_days: settings.horizon_days,
            remind_minutes: settings.remind_minutes,
            active: settings.active,
            created_at: created.map(time),
        }
    }
}
