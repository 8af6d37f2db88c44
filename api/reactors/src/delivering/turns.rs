//! Whose turn it is at one endpoint: what is begun with next, and whether one more may be at all.

use convolog_domain::delivery::Taken;
use convolog_domain::limits::DELIVERIES_WAITING_MAX;
use convolog_engine::{EngineError, Recorded};
use convolog_log::Position;

use super::board::{Lane, Order};
use super::endpoint::{Work, may_stop};
use super::jobs::Jobs;
use super::road::name_of_host;

/// Own events on their way at a time, where order allows.
const AT_A_TIME: usize = 8;
/// Events of redeliveries on their way at a time, beside them, where order allows.
const JOBS_AT_A_TIME: usize = 4;

/// Events that may be begun with before they are recorded: with a hundred outcomes they fit into one
/// event, however fast a receiver fails.
const UNRECORDED_MAX: usize = 64;

impl Work {
    fn order(&self) -> Order {
        let settings = self.subscription.settings.as_ref();
        settings.map_or(Order::Streams, |settings| Order::named(&settings.order))
    }

    /// Whether one more may be begun with.
    pub(super) fn is_open(&self) -> bool {
        let now = self.now();
        let on_trial = self.state.is_on_trial(now);
        let quiet = self.board.in_flight() == (0, 0)
            && self.board.settled().is_empty()
            && self.recording.is_none();
        !self.subscription.paused
            && self.state.slowed_until <= now
            && self.state.is_open(now)
            && (!on_trial || quiet)
            // What they mean for the endpoint is known once they are recorded.
            && !self.held
            && self.board.unrecorded() < UNRECORDED_MAX
            && !self.board.settled().iter().any(may_stop)
    }

    /// How many may be begun with within a second, if that is limited.
    fn rate(&self) -> Option<u16> {
        self.subscription.settings.as_ref().and_then(|settings| settings.rate_per_second)
    }

    /// The name of the host, which others may call as well.
    fn host(&self) -> &str {
        name_of_host(&self.subscription.host)
    }

    /// Whether the rate that the subscriber set, and that of the host, allow one more.
    pub(super) fn has_turn(&mut self) -> bool {
        let now = self.now();
        let own = self.rate().is_none_or(|rate| self.bucket.has_one(now, rate));
        own && self.endpoint.road.has_one(self.host(), now)
    }

    /// When they allow one more, if they do not now. Whoever may not send anyway waits for no turn.
    pub(super) fn next_turn(&self) -> Option<i64> {
        let own = self.rate().and_then(|rate| self.bucket.next_at(rate));
        own.max(self.endpoint.road.next_at(self.host())).filter(|_| self.is_open())
    }

    /// One is begun with.
    pub(super) fn take_turn(&mut self) {
        if self.rate().is_some() {
            self.bucket.take();
        }
        self.endpoint.road.take(self.host());
    }

    /// The next event: one that waits, a new one, one of a redelivery.
    pub(super) async fn next(&mut self) -> Result<Option<Taken>, EngineError> {
        let (order, now) = (self.order(), self.now());
        let (own, of_jobs) = self.board.in_flight();
        let (own_most, jobs_most) = match order {
            Order::Strict => (1, 1),
            Order::Streams => (AT_A_TIME, 1),
            Order::None => (AT_A_TIME, JOBS_AT_A_TIME),
        };
        if own < own_most {
            if let Some(ready) = self.board.next_ready(now, order, false) {
                return Ok(Some(ready));
            }
            if let Some(new) = self.next_new(order).await? {
                return Ok(Some(new));
            }
        }
        if of_jobs < jobs_most {
            let strict = if order == Order::None { Order::None } else { Order::Strict };
            if let Some(ready) = self.board.next_ready(now, strict, true) {
                return Ok(Some(ready));
            }
            let room = self.board.unfinished() < DELIVERIES_WAITING_MAX;
            if room && (order == Order::None || !Jobs::are_busy(&self.state, &self.board)) {
                let endpoint = &self.endpoint;
                return self
                    .jobs
                    .next(endpoint, &self.subscription, &self.state, &mut self.board)
                    .await;
            }
        }
        Ok(None)
    }

    /// The next event that nobody has begun with.
    async fn next_new(&mut self, order: Order) -> Result<Option<Taken>, EngineError> {
        if order == Order::Strict && self.board.has_own() {
            return Ok(None);
        }
        while self.board.unfinished() < DELIVERIES_WAITING_MAX {
            let Some(event) = self.source.next(Position(u64::MAX)).await? else { return Ok(None) };
            let lane = Lane { stream: event.stream.key(), version: event.version };
            // What a stream holds back is found again when it moves on.
            let held = order == Order::Streams && self.board.holds(&lane.stream);
            if held || self.board.has(event.position.0) {
                continue;
            }
            let taken = taken(&event, order == Order::Streams);
            self.board.begin(taken, Some(lane));
            return Ok(Some(taken));
        }
        Ok(None)
    }
}

/// An event as it is begun with.
pub(super) fn taken(event: &Recorded, holds: bool) -> Taken {
    let (position, code) = (event.position.0, event.event.event_type().code);
    Taken { position, event: event.event_id, code, job: None, holds }
}
