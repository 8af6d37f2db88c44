//! One endpoint: what is begun with, when, and how many at a time. Waits for nobody but itself.
//!
//! Outcomes are recorded together: a hundred of them, those of a second, or what there is when it
//! gets quiet. What is on its way when the server stops is recorded if it ends soon, and otherwise
//! tried again under the same id.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use convolog_domain::delivery::{
    AttemptOutcome, Delivery, EndpointProbed, Made, RecordAttempts, RecordProbe, State, Taken,
};
use convolog_domain::limits::{ATTEMPTS_PER_EVENT_MAX, DELIVERIES_WAITING_MAX};
use convolog_domain::subscription::{self, Subscription};
use convolog_domain::{SubscriptionId, WorkspaceId};
use convolog_engine::{Caller, EngineError, Recorded};
use convolog_log::Position;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::attempt::{Flight, Landed};
use super::board::{Board, Harvest, Lane, Order};
use super::jobs::Jobs;
use super::road::Road;
use super::source::{Source, locate};
use crate::acting::Acting;

/// Own events on their way at a time, where order allows.
const AT_A_TIME: usize = 8;
/// Events of redeliveries on their way at a time, beside them, where order allows.
const JOBS_AT_A_TIME: usize = 4;

/// Events that may be begun with before they are recorded: with a hundred outcomes they fit into one
/// event, however fast a receiver fails.
const UNRECORDED_MAX: usize = 64;

/// Outcomes are recorded when nothing more came for so long …
const QUIET: Duration = Duration::from_millis(100);
/// … and after so long whatever comes.
const SECOND: Duration = Duration::from_secs(1);
/// How far a cursor must have moved over what nobody asked for to be recorded by itself.
const WORTH_RECORDING: u64 = 1_000;
/// How long to wait after something could not be read or recorded.
const REST: Duration = Duration::from_secs(1);
/// How long attempts may still take when the server stops.
const GRACE: Duration = Duration::from_secs(2);

/// What the supervisor and an endpoint share.
#[derive(Debug)]
pub(super) struct Bell {
    /// Rung when something may have changed.
    pub(super) rings: Notify,
    /// When the endpoint wants to be woken (microseconds since 1970).
    pub(super) due: AtomicI64,
}

impl Default for Bell {
    fn default() -> Self {
        Self { rings: Notify::new(), due: AtomicI64::new(i64::MAX) }
    }
}

/// Which one, and what it needs.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) acting: Acting,
    pub(super) road: Arc<Road>,
    pub(super) bell: Arc<Bell>,
    pub(super) workspace: WorkspaceId,
    pub(super) id: SubscriptionId,
    /// Where the subscription was created.
    pub(super) created: Position,
}

type Recording = tokio::task::JoinHandle<(Harvest, Result<(), EngineError>)>;

/// An endpoint at work.
struct Work {
    endpoint: Endpoint,
    state: Arc<State>,
    subscription: Arc<subscription::State>,
    board: Board,
    source: Source,
    jobs: Jobs,
    flights: JoinSet<Landed>,
    recording: Option<Recording>,
    probing: bool,
    /// What is being recorded may mean that nothing more is to be sent.
    held: bool,
    /// When the oldest and the newest outcome came that are not recorded.
    settled: Option<(Instant, Instant)>,
    rest_until: Option<Instant>,
}

impl Endpoint {
    /// Delivers until the subscription is deleted or the server stops.
    pub(super) async fn run(self) {
        let mut work = loop {
            match Work::begin(self.clone()).await {
                Ok(work) => break work,
                Err(error) => {
                    tracing::error!(webhook = %self.id, %error, "its deliveries cannot be read");
                    tokio::select! {
                        () = tokio::time::sleep(REST) => {}
                        () = self.acting.stopping().cancelled() => return,
                    }
                }
            }
        };
        let stopping = self.acting.stopping().clone();
        while !stopping.is_cancelled() && !work.subscription.deleted {
            if let Err(error) = work.step().await {
                tracing::error!(webhook = %self.id, %error, "a delivery could not be begun with");
                work.rest_until = Some(Instant::now() + REST);
            }
            work.tell_due();
            work.wait().await;
        }
        work.finish().await;
    }
}

impl Work {
    async fn begin(endpoint: Endpoint) -> Result<Self, EngineError> {
        let (engine, workspace, id) = (endpoint.acting.engine(), endpoint.workspace, endpoint.id);
        let state = engine.load::<Delivery>(workspace, id.0)?.state;
        let subscription = engine.load::<Subscription>(workspace, id.0)?.state;
        let place = state.cursor.map_or(endpoint.created, Position);
        let settings = subscription.settings.clone().unwrap_or_else(|| {
            // It was never created: nothing is asked for.
            subscription::SubscriptionSettings {
                name: String::new(),
                events: Vec::new(),
                order: String::new(),
                signature: None,
            }
        });
        let log = Arc::clone(engine.log());
        let source = Source::new(log, workspace, settings, place);
        let jobs = Jobs::default();
        let mut work = Self {
            endpoint,
            state,
            subscription,
            board: Board::default(),
            source,
            jobs,
            flights: JoinSet::new(),
            recording: None,
            probing: false,
            held: false,
            settled: None,
            rest_until: None,
        };
        work.sync().await?;
        Ok(work)
    }

    fn now(&self) -> i64 {
        self.endpoint.acting.now().0
    }

    fn order(&self) -> Order {
        let settings = self.subscription.settings.as_ref();
        settings.map_or(Order::Streams, |settings| Order::named(&settings.order))
    }

    /// Takes over what others wrote.
    async fn sync(&mut self) -> Result<(), EngineError> {
        let (workspace, id) = (self.endpoint.workspace, self.endpoint.id.0);
        let engine = self.endpoint.acting.engine();
        self.subscription = engine.load::<Subscription>(workspace, id)?.state;
        if let Some(settings) = &self.subscription.settings {
            self.source.ask_for(settings);
        }
        if self.recording.is_some() {
            // Half of what the state says by then would be news of our own.
            return Ok(());
        }
        self.state = engine.load::<Delivery>(workspace, id)?.state;
        for position in self.board.sync(&self.state) {
            let log = Arc::clone(self.endpoint.acting.engine().log());
            if let Some(lane) = locate(&log, position).await? {
                self.board.locate(position, lane);
            }
        }
        Ok(())
    }

    /// Begins with everything that may be begun with.
    async fn step(&mut self) -> Result<(), EngineError> {
        if self.rest_until.is_some_and(|until| Instant::now() < until) {
            return Ok(());
        }
        self.rest_until = None;
        self.sync().await?;
        self.record();
        if self.subscription.deleted || !self.endpoint.acting.may_act() {
            return Ok(());
        }
        self.probe();
        while self.is_open() {
            let Some(taken) = self.next().await? else { return Ok(()) };
            self.board.start(taken.position);
            self.fly(taken);
        }
        Ok(())
    }

    /// Whether one more may be begun with.
    fn is_open(&self) -> bool {
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

    /// The next event: one that waits, a new one, one of a redelivery.
    async fn next(&mut self) -> Result<Option<Taken>, EngineError> {
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

    fn fly(&mut self, taken: Taken) {
        let flight = Flight::new(&self.endpoint, Arc::clone(&self.subscription));
        self.flights.spawn(flight.deliver(taken));
    }

    fn probe(&mut self) {
        let waits = self.state.probe.as_ref().filter(|probe| probe.result.is_none());
        if let Some(id) = waits.map(|probe| probe.id).filter(|_| !self.probing) {
            self.probing = true;
            let flight = Flight::new(&self.endpoint, Arc::clone(&self.subscription));
            self.flights.spawn(flight.probe(id));
        }
    }

    /// Waits until something happened.
    async fn wait(&mut self) {
        let record_at = self.record_at();
        let recording = async {
            match &mut self.recording {
                Some(recording) => recording.await.ok(),
                None => std::future::pending().await,
            }
        };
        let until = match (record_at, self.rest_until) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
        let sleep = async {
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.endpoint.acting.stopping().cancelled() => {}
            () = self.endpoint.bell.rings.notified() => {}
            Some(landed) = self.flights.join_next() => self.land(landed).await,
            done = recording => self.after_recording(done),
            () = sleep => {}
        }
    }

    async fn land(&mut self, landed: Result<Landed, tokio::task::JoinError>) {
        match landed {
            Ok(Landed::Attempt(made)) => self.settle(made).await,
            Ok(Landed::Abandoned(position)) => self.board.give_back(position),
            Ok(Landed::Probe(probed, answer)) => {
                self.probing = false;
                let (workspace, id) = (self.endpoint.workspace, self.endpoint.id.0);
                let engine = self.endpoint.acting.engine();
                let EndpointProbed { probe, at, outcome, status, milliseconds } = probed;
                let command =
                    RecordProbe { workspace, probe, at, outcome, status, milliseconds, answer };
                let done = engine.execute(&Caller::reactor(workspace), id, command).await;
                if let Err(error) = done {
                    tracing::error!(webhook = %id, %error, "a probe could not be recorded");
                }
            }
            Err(error) if error.is_cancelled() => {}
            // Its entry stays on its way, so that a message that cannot be handled is not handled over and
            // over; after the next start it is tried again.
            Err(error) => tracing::error!(webhook = %self.endpoint.id, %error, "an attempt failed"),
        }
    }

    async fn settle(&mut self, made: Made) {
        let now = Instant::now();
        self.settled = Some((self.settled.map_or(now, |(oldest, _)| oldest), now));
        if let Some(lane) = self.board.end(made) {
            match self.source.follower(lane).await {
                Ok(Some(event)) => {
                    let lane = Lane { stream: lane.stream, version: event.version };
                    self.board.begin(taken(&event, true), Some(lane));
                }
                Ok(None) => {}
                Err(error) => {
                    // Without it the stream would stand still until the next start.
                    tracing::error!(webhook = %self.endpoint.id, %error, "a stream cannot be read");
                }
            }
        }
    }

    /// When what is settled must be recorded.
    fn record_at(&self) -> Option<Instant> {
        if self.recording.is_some() {
            return None;
        }
        let urgent = self.board.settled().len() >= ATTEMPTS_PER_EVENT_MAX
            || self.board.settled().iter().any(may_stop);
        match self.settled {
            Some(_) if urgent => Some(Instant::now()),
            Some((oldest, newest)) => Some((oldest + SECOND).min(newest + QUIET)),
            None => self.board.has_news(&self.state).then(Instant::now),
        }
    }

    /// Records what is settled, if it is time, beside whatever else is done.
    fn record(&mut self) {
        if self.record_at().is_some_and(|at| at <= Instant::now()) {
            self.recording = Some(self.harvest());
        }
    }

    fn harvest(&mut self) -> Recording {
        let harvest = self.board.harvest(ATTEMPTS_PER_EVENT_MAX, &self.state);
        self.held = harvest.made.iter().any(may_stop);
        self.settled = (!self.board.settled().is_empty()).then(|| {
            let now = Instant::now();
            (now, now)
        });
        let (workspace, id) = (self.endpoint.workspace, self.endpoint.id.0);
        let engine = self.endpoint.acting.engine().clone();
        let command = RecordAttempts {
            workspace,
            cursor: self.source.place().0,
            made: harvest.made.clone(),
            begun: harvest.begun.clone(),
            jobs: harvest.jobs.clone(),
        };
        tokio::spawn(async move {
            let done = engine.execute(&Caller::reactor(workspace), id, command).await;
            (harvest, done.map(drop))
        })
    }

    fn after_recording(&mut self, done: Option<(Harvest, Result<(), EngineError>)>) {
        (self.recording, self.held) = (None, false);
        match done {
            Some((harvest, Ok(()))) => {
                let engine = self.endpoint.acting.engine();
                match engine.load::<Delivery>(self.endpoint.workspace, self.endpoint.id.0) {
                    Ok(loaded) => {
                        self.state = loaded.state;
                        self.board.recorded(&harvest, &self.state);
                    }
                    Err(error) => {
                        tracing::error!(webhook = %self.endpoint.id, %error, "cannot be read back");
                    }
                }
            }
            Some((harvest, Err(error))) => {
                tracing::error!(webhook = %self.endpoint.id, %error, "attempts were not recorded");
                let now = Instant::now();
                self.settled = Some((now, now + REST));
                self.rest_until = Some(now + REST);
                self.board.put_back(harvest);
            }
            None => tracing::error!(webhook = %self.endpoint.id, "recording attempts ended early"),
        }
    }

    /// Says when to be woken by the clock.
    fn tell_due(&self) {
        let now = self.now();
        let health = self.state.health.next_at.filter(|at| *at > now);
        let slowed = Some(self.state.slowed_until).filter(|at| *at > now);
        let due = self.board.next_due(now).into_iter().chain(health).chain(slowed).min();
        self.endpoint.bell.due.store(due.unwrap_or(i64::MAX), Ordering::Release);
    }

    /// What ends soon is recorded; the rest is tried again after the next start.
    async fn finish(mut self) {
        let end = tokio::time::timeout(GRACE, async {
            while let Some(landed) = self.flights.join_next().await {
                self.land(landed).await;
            }
        });
        if end.await.is_err() {
            self.flights.abort_all();
        }
        if let Some(recording) = self.recording.take() {
            self.after_recording(recording.await.ok());
        }
        let recorded = self.state.cursor.unwrap_or(self.endpoint.created.0);
        let moved = self.source.place().0.saturating_sub(recorded) > WORTH_RECORDING;
        while self.board.has_news(&self.state) || (moved && !self.subscription.deleted) {
            let recording = self.harvest();
            let last = self.board.settled().is_empty();
            self.after_recording(recording.await.ok());
            if last || self.rest_until.is_some() {
                return;
            }
        }
    }
}

/// Whether an outcome may mean that nothing more is to be sent for now.
const fn may_stop(made: &Made) -> bool {
    matches!(made.outcome, AttemptOutcome::Slowed | AttemptOutcome::Gone)
}

/// An event as it is begun with.
fn taken(event: &Recorded, holds: bool) -> Taken {
    let (position, code) = (event.position.0, event.event.event_type().code);
    Taken { position, event: event.event_id, code, job: None, holds }
}

/// For attempts that never began.
pub(super) fn unsent(what: Taken, at: i64, outcome: AttemptOutcome) -> Made {
    Made { what, at, outcome, status: None, milliseconds: 0, retry_after: None, answer: None }
}

/// What a probe amounts to.
pub(super) fn probed(probe: uuid::Uuid, at: i64, posted: &super::post::Posted) -> EndpointProbed {
    let (outcome, status, milliseconds) = (posted.outcome, posted.status, posted.milliseconds);
    EndpointProbed { probe, at, outcome, status, milliseconds }
}
