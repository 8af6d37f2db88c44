//! How an endpoint is doing, and what follows from it.
//!
//! Judged on its last attempts, whichever events they were for: a share of failures with a least
//! number of samples, and another share to get well again, so that it does not flutter. An endpoint
//! that fails altogether is paused by itself: nothing is lost, and a single attempt an hour finds
//! out when it is back. One that answers 410 is disabled until somebody resumes or probes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AttemptOutcome, State};

/// Attempts that are looked at, at most.
const WINDOW: u32 = 64;
/// Fewest attempts of which anything is said.
const SAMPLES_MIN: u32 = 10;
/// Percent of failures from which an endpoint is degraded.
const DEGRADED_PERCENT: u32 = 50;
/// Percent of failures up to which it is healthy again.
const HEALTHY_PERCENT: u32 = 10;
/// How many attempts must have failed in a row before an endpoint is paused by itself.
const DOWN_SAMPLES: u32 = 20;
/// How long it must have failed by then (microseconds): an hour.
const DOWN_FOR: i64 = 3_600_000_000;
/// After how long it is tried again (microseconds): an hour.
const COOLDOWN: i64 = 3_600_000_000;

/// How an endpoint is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// Nothing is known against it.
    #[default]
    Healthy,
    /// It often fails. Delivery goes on.
    Degraded,
    /// It fails altogether: paused by itself, tried again now and then.
    Paused,
    /// It said that nothing is to be sent there any more.
    Disabled,
}

impl HealthStatus {
    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Paused => "paused",
            Self::Disabled => "disabled",
        }
    }
}

/// Why it is said to do so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthReason {
    /// Half of its last attempts failed, or more.
    OftenFails,
    /// All of its last attempts failed, for an hour or longer.
    AlwaysFails,
    /// It answered 410.
    Gone,
    /// It takes nearly everything again.
    Recovered,
    /// It answered a probe.
    Probed,
    /// Somebody resumed it.
    Resumed,
}

impl HealthReason {
    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OftenFails => "often_fails",
            Self::AlwaysFails => "always_fails",
            Self::Gone => "gone",
            Self::Recovered => "recovered",
            Self::Probed => "probed",
            Self::Resumed => "resumed",
        }
    }
}

/// The endpoint does better or worse from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndpointHealthChanged {
    /// How it did before.
    pub old_status: HealthStatus,
    /// How it does now.
    pub status: HealthStatus,
    /// Why.
    pub reason: HealthReason,
    /// Since when (microseconds since 1970).
    pub at: i64,
    /// When it is tried again, if it was paused by itself (microseconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<i64>,
    /// The event whose delivery showed it, if one did: its `webhook-id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Uuid>,
    /// What that event is called in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

impl EndpointHealthChanged {
    /// From one status to another, with no event that showed it.
    pub(super) const fn new(
        old_status: HealthStatus,
        (status, reason, next_at): (HealthStatus, HealthReason, Option<i64>),
        at: i64,
    ) -> Self {
        Self { old_status, status, reason, at, next_at, event: None, topic: None }
    }

    /// What others are told of it; nothing if it does as it did.
    pub fn news(&self) -> Option<&'static str> {
        let news = match self.status {
            HealthStatus::Healthy => "recovered",
            HealthStatus::Degraded | HealthStatus::Paused | HealthStatus::Disabled => {
                self.status.name()
            }
        };
        (self.status != self.old_status).then_some(news)
    }
}

/// How an endpoint is doing, why, and since when.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Health {
    /// How.
    pub status: HealthStatus,
    /// Why; none if nothing ever happened.
    pub reason: Option<HealthReason>,
    /// Since when.
    pub since: i64,
    /// When it is tried again, if it was paused by itself.
    pub next_at: Option<i64>,
}

/// The last attempts at an endpoint, as far as they say something of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Window {
    /// One bit an attempt, the newest lowest: 1 = it failed.
    failures: u64,
    /// How many there are.
    samples: u32,
    /// Since when nothing but failures came.
    failing_since: Option<i64>,
}

impl Window {
    pub(super) fn take(&mut self, outcome: AttemptOutcome, at: i64) {
        let Some(well) = outcome.speaks_well() else { return };
        self.failures = (self.failures << 1) | u64::from(!well);
        self.samples = self.samples.saturating_add(1).min(WINDOW);
        if well {
            self.failing_since = None;
        } else {
            self.failing_since.get_or_insert(at);
        }
    }

    const fn failed_percent(&self) -> u32 {
        match self.samples {
            0 => 0,
            samples => self.failures.count_ones() * 100 / samples,
        }
    }

    fn is_down(&self, at: i64) -> bool {
        self.samples >= DOWN_SAMPLES
            && self.failures.trailing_ones() >= DOWN_SAMPLES
            && self.failing_since.is_some_and(|since| at.saturating_sub(since) >= DOWN_FOR)
    }
}

impl State {
    /// Whether something may be sent at this moment as far as the endpoint's health goes; one that
    /// was paused by itself gets a single attempt when its time has come.
    pub fn is_open(&self, now: i64) -> bool {
        match self.health.status {
            HealthStatus::Healthy | HealthStatus::Degraded => true,
            HealthStatus::Paused => self.is_on_trial(now),
            HealthStatus::Disabled => false,
        }
    }

    /// Whether it is paused by itself and it is time for a single attempt.
    pub fn is_on_trial(&self, now: i64) -> bool {
        self.health.status == HealthStatus::Paused
            && self.health.next_at.is_none_or(|next_at| next_at <= now)
    }

    /// When something that is due at `next_at` may be sent at the earliest, as far as the endpoint goes;
    /// none while it is disabled.
    pub fn earliest(&self, next_at: i64) -> Option<i64> {
        let awake = match self.health.status {
            HealthStatus::Healthy | HealthStatus::Degraded => 0,
            HealthStatus::Paused => self.health.next_at.unwrap_or(0),
            HealthStatus::Disabled => return None,
        };
        Some(next_at.max(self.slowed_until).max(awake))
    }

    /// What the newest attempt says of its health, if that is something new: how it does now, why,
    /// and when it is tried again.
    pub(super) fn judge(
        &self,
        outcome: AttemptOutcome,
        at: i64,
    ) -> Option<(HealthStatus, HealthReason, Option<i64>)> {
        use HealthStatus::{Degraded, Disabled, Healthy, Paused};
        let old = self.health.status;
        let change = |status, reason, next_at| Some((status, reason, next_at));
        let well = outcome.speaks_well()?;
        match old {
            _ if outcome == AttemptOutcome::Gone && old != Disabled => {
                change(Disabled, HealthReason::Gone, None)
            }
            Paused if well => change(Healthy, HealthReason::Recovered, None),
            Paused => change(Paused, HealthReason::AlwaysFails, Some(at.saturating_add(COOLDOWN))),
            Healthy | Degraded if self.window.is_down(at) => {
                change(Paused, HealthReason::AlwaysFails, Some(at.saturating_add(COOLDOWN)))
            }
            Healthy if !well && self.window.samples >= SAMPLES_MIN => {
                let often = self.window.failed_percent() >= DEGRADED_PERCENT;
                if often { change(Degraded, HealthReason::OftenFails, None) } else { None }
            }
            Degraded if well && self.window.failed_percent() <= HEALTHY_PERCENT => {
                change(Healthy, HealthReason::Recovered, None)
            }
            // What was under way when it was disabled says nothing new.
            Healthy | Degraded | Disabled => None,
        }
    }

    pub(super) fn change_health(&mut self, changed: &EndpointHealthChanged) {
        let EndpointHealthChanged { old_status, status, reason, at, next_at, .. } = changed;
        let since = if old_status == status { self.health.since } else { *at };
        self.health = Health { status: *status, reason: Some(*reason), since, next_at: *next_at };
        if *status == HealthStatus::Healthy {
            // It begins anew: what was held against it is over.
            self.window = Window::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Aggregate;
    use crate::delivery::Delivery;

    const HOUR: i64 = 3_600_000_000;

    /// An endpoint that went through these attempts, one a minute.
    fn after(outcomes: impl IntoIterator<Item = AttemptOutcome>) -> (State, Vec<HealthStatus>) {
        let (mut state, mut seen) = (State::default(), Vec::new());
        for (at, outcome) in (0..).zip(outcomes) {
            let at = at * 60_000_000;
            state.window.take(outcome, at);
            if let Some((status, reason, next_at)) = state.judge(outcome, at) {
                seen.push(status);
                let old_status = state.health.status;
                let verdict = (status, reason, next_at);
                let changed = EndpointHealthChanged::new(old_status, verdict, at);
                Delivery::evolve(&mut state, &changed.into());
            }
        }
        (state, seen)
    }

    fn times(n: usize, outcome: AttemptOutcome) -> impl Iterator<Item = AttemptOutcome> + Clone {
        std::iter::repeat_n(outcome, n)
    }

    #[test]
    fn a_few_failures_say_nothing_and_many_degrade_until_nearly_all_is_well() {
        use AttemptOutcome::{Delivered, TimedOut};
        assert_eq!(after(times(9, TimedOut)).1, []);
        assert_eq!(after(times(10, TimedOut)).1, [HealthStatus::Degraded]);
        let mixed = times(20, Delivered).chain(times(19, TimedOut));
        assert_eq!(after(mixed.clone()).1, []);
        let worse = mixed.chain(times(1, TimedOut));
        assert_eq!(after(worse.clone()).1, [HealthStatus::Degraded]);
        let better = worse.clone().chain(times(50, Delivered));
        assert_eq!(after(better).1, [HealthStatus::Degraded]);
        let well = worse.chain(times(60, Delivered));
        assert_eq!(after(well).1, [HealthStatus::Degraded, HealthStatus::Healthy]);
    }

    #[test]
    fn what_always_fails_is_paused_after_an_hour_and_tried_once_an_hour() {
        let (state, seen) = after(times(61, AttemptOutcome::Unreachable));
        assert_eq!(seen, [HealthStatus::Degraded, HealthStatus::Paused]);
        let paused_at = 60 * 60_000_000;
        assert!(!state.is_open(paused_at + HOUR - 1));
        assert!(state.is_on_trial(paused_at + HOUR) && state.is_open(paused_at + HOUR));
        let again = state.judge(AttemptOutcome::Unreachable, paused_at + HOUR).unwrap();
        assert_eq!(again.2, Some(paused_at + 2 * HOUR));
        let back = state.judge(AttemptOutcome::Delivered, paused_at + HOUR).unwrap();
        assert_eq!(back.0, HealthStatus::Healthy);
    }

    #[test]
    fn twenty_failures_within_a_minute_do_not_pause() {
        let mut state = State::default();
        for _ in 0..30 {
            state.window.take(AttemptOutcome::Unreachable, 5);
            if let Some((status, ..)) = state.judge(AttemptOutcome::Unreachable, 5) {
                assert_eq!(status, HealthStatus::Degraded);
            }
        }
    }

    #[test]
    fn nothing_is_due_before_the_endpoint_takes_something() {
        let slowed = State { slowed_until: 9, ..State::default() };
        assert_eq!((slowed.earliest(5), slowed.earliest(12)), (Some(9), Some(12)));
        let (paused, _) = after(times(61, AttemptOutcome::Unreachable));
        assert_eq!(paused.earliest(5), paused.health.next_at);
        let (gone, _) = after([AttemptOutcome::Gone]);
        assert_eq!(gone.earliest(5), None);
    }

    #[test]
    fn gone_disables_at_once_and_for_good() {
        let (state, seen) =
            after([AttemptOutcome::Gone, AttemptOutcome::Gone, AttemptOutcome::Delivered]);
        assert_eq!(seen, [HealthStatus::Disabled]);
        assert!(!state.is_open(i64::MAX));
    }
}
