//! A time that a service offers.

use super::{Times, What};
use crate::ids::ServiceId;
use crate::refusal::Refusal;
use crate::service::{Open, ServiceSettings};

/// A time that somebody wants of a service, and what is needed to tell whether it is offered.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Of which service.
    pub service: ServiceId,
    /// What that is set to.
    pub settings: ServiceSettings,
    /// When it is open around that time.
    pub opens: Vec<Open>,
    /// When it is to begin (seconds since 1970).
    pub starts_at: i64,
}

/// A time that is offered.
pub(super) struct Offered {
    pub(super) what: What,
    pub(super) times: Times,
    pub(super) remind_at: Option<i64>,
}

impl Slot {
    /// What would be booked.
    pub const fn what(&self) -> What {
        What { service: self.service, staff: self.settings.staff }
    }

    /// When it would be, buffers included.
    pub fn times(&self) -> Times {
        let (starts_at, settings) = (self.starts_at, &self.settings);
        let ends_at = starts_at.saturating_add(settings.seconds());
        let (before, after) = (settings.buffer_before_minutes, settings.buffer_after_minutes);
        Times {
            starts_at,
            ends_at,
            blocked_from: starts_at.saturating_sub(i64::from(before) * 60),
            blocked_until: ends_at.saturating_add(i64::from(after) * 60),
        }
    }

    /// The unique keys that booking it takes.
    pub fn keys(&self) -> impl Iterator<Item = crate::ClaimKey> {
        super::keys(self.what(), self.times())
    }

    /// The time, if it is one that the service offers at `now` (seconds since 1970).
    pub(super) fn offered(&self, now: i64) -> Result<Offered, Refusal> {
        let refused = |detail: String| Err(Refusal::field("starts_at", detail));
        let (first, last) = self.settings.bookable(now);
        if !self.settings.active {
            return refused("names a time of a service that cannot be booked any more".into());
        }
        if self.starts_at < first {
            let notice = self.settings.notice_minutes;
            let detail = if notice == 0 {
                "is over; name a time to come".to_owned()
            } else {
                format!("is too soon: this service is booked at least {notice} minutes ahead")
            };
            return refused(detail);
        }
        if self.starts_at > last {
            let days = self.settings.horizon_days;
            return refused(format!(
                "is too far ahead: this service is booked at most {days} days ahead"
            ));
        }
        if !self.settings.starts(&self.opens, now).contains(&self.starts_at) {
            let service = self.service;
            return refused(format!(
                "is no time that this service offers; GET /v1/services/{service}/slots lists those"
            ));
        }
        let times = self.times();
        let remind_at = self
            .settings
            .remind_minutes
            .map(|minutes| times.starts_at.saturating_sub(i64::from(minutes) * 60));
        // Whoever books later than that needs no reminder.
        Ok(Offered { what: self.what(), times, remind_at: remind_at.filter(|at| *at > now) })
    }
}
