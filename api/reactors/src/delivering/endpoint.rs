//! One endpoint at work: begins with what has its turn (`turns.rs`), waits, takes in what comes back and
//! has it recorded (`recording.rs`). Waits for nobody but itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use convolog_domain::delivery::{
    AttemptOutcome, Delivery, EndpointProbed, Made, RecordProbe, State, Taken,
};
use convolog_domain::subscription::{self, Subscription};
use convolog_domain::{SubscriptionId, WorkspaceId};
use convolog_engine::{Caller, EngineError};
use convolog_log::Position;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::attempt::{Flight, Landed};
use super::board::{Board, Harvest, Lane};
use super::bucket::Bucket;
use super::jobs::Jobs;
use super::recording::Recording;
use super::road::Road;
use super::source::{Source, locate};
use super::turns::taken;
use crate::acting::Acting;
use crate::figures;

/// How long to wait after something could not be read or recorded.
pub(super) const REST: Duration = Duration::from_secs(1);

/// What the supervisor and an endpoint share.
#[derive(Debug)]
pub(super) struct Bell {
    /// Rung when something may have changed.
    pub(super) rings: Notify,
    /// When the endpoint wants to be woken (microseconds since 1970).
    pub(super) due: AtomicI64,
    /// Everything up to here was delivered or given up; somebody who paused it waits for nothing.
    pub(super) reached: AtomicU64,
}

impl Default for Bell {
    fn default() -> Self {
        let (due, reached) = (AtomicI64::new(i64::MAX), AtomicU64::new(u64::MAX));
        Self { rings: Notify::new(), due, reached }
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

/// An endpoint at work.
pub(super) struct Work {
    pub(super) endpoint: Endpoint,
    pub(super) state: Arc<State>,
    pub(super) subscription: Arc<subscription::State>,
    pub(super) board: Board,
    pub(super) source: Source,
    pub(super) jobs: Jobs,
    pub(super) bucket: Bucket,
    pub(super) flights: JoinSet<Landed>,
    pub(super) recording: Option<Recording>,
    /// What was recorded and could not be read back yet.
    pub(super) unread: Vec<Harvest>,
    probing: bool,
    /// Attempts that ended, of which it could not be read what comes next in their streams: they are
    /// taken for under way until it can, so that no cursor passes over what they hold back.
    owed: Vec<Made>,
    /// What is being recorded may mean that nothing more is to be sent.
    pub(super) held: bool,
    /// When the oldest and the newest outcome came that are not recorded.
    pub(super) settled: Option<(Instant, Instant)>,
    pub(super) rest_until: Option<Instant>,
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
            let begun = work.now();
            if let Err(error) = work.step().await {
                tracing::error!(webhook = %self.id, %error, "a delivery could not be begun with");
                work.rest_until = Some(Instant::now() + REST);
            }
            work.tell_due(begun);
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
            subscription::SubscriptionSettings::default()
        });
        let source = Source::new(engine.clone(), (workspace, id), settings, place);
        let jobs = Jobs::default();
        let mut work = Self {
            endpoint,
            state,
            subscription,
            board: Board::default(),
            source,
            jobs,
            bucket: Bucket::default(),
            flights: JoinSet::new(),
            recording: None,
            unread: Vec::new(),
            probing: false,
            owed: Vec::new(),
            held: false,
            settled: None,
            rest_until: None,
        };
        work.sync().await?;
        Ok(work)
    }

    pub(super) fn now(&self) -> i64 {
        self.endpoint.acting.now().0
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
        self.read_back()?;
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
        self.settle_owed().await;
        self.sync().await?;
        self.record();
        if self.subscription.deleted || !self.endpoint.acting.may_act() {
            return Ok(());
        }
        self.probe();
        while self.is_open() && self.has_turn() {
            let Some(taken) = self.next().await? else { return Ok(()) };
            self.take_turn();
            self.board.start(taken.position);
            self.fly(taken);
        }
        Ok(())
    }

    fn fly(&mut self, taken: Taken) {
        let flight = Flight::new(&self.endpoint, Arc::clone(&self.subscription));
        self.flights.spawn(flight.deliver_safely(taken));
    }

    fn probe(&mut self) {
        let waits = self.state.probe.as_ref().filter(|probe| probe.result.is_none());
        if let Some(id) = waits.map(|probe| probe.id).filter(|_| !self.probing) {
            self.probing = true;
            let flight = Flight::new(&self.endpoint, Arc::clone(&self.subscription));
            self.flights.spawn(flight.probe_safely(id));
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

    pub(super) async fn land(&mut self, landed: Result<Landed, tokio::task::JoinError>) {
        match landed {
            Ok(Landed::Attempt(made)) => self.settle(made).await,
            Ok(Landed::Abandoned(position)) => self.board.give_back(position, 0),
            Ok(Landed::Hindered(position)) => {
                let rest = i64::try_from(REST.as_micros()).unwrap_or(i64::MAX);
                self.board.give_back(position, self.now().saturating_add(rest));
            }
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
            // Attempts and probes outlive their panics.
            Err(error) => tracing::error!(webhook = %self.endpoint.id, %error, "an attempt failed"),
        }
    }

    /// Takes in an outcome, with what it held back. The two belong together: the cursor stands beyond
    /// what was held back, and once the outcome is recorded nothing else leads there.
    async fn settle(&mut self, made: Made) {
        let mut next = None;
        if let Some(lane) = self.board.freed_by(&made) {
            match self.source.follower(lane).await {
                Ok(event) => next = event.map(|event| (lane.stream, event)),
                Err(error) => {
                    tracing::error!(webhook = %self.endpoint.id, %error, "a stream cannot be read");
                    self.owed.push(made);
                    self.rest_until = Some(Instant::now() + REST);
                    return;
                }
            }
        }
        figures::delivered(made.outcome);
        let now = Instant::now();
        self.settled = Some((self.settled.map_or(now, |(oldest, _)| oldest), now));
        self.board.end(made);
        if let Some((stream, event)) = next {
            let lane = Lane { stream, version: event.version };
            self.board.begin(taken(&event, true), Some(lane));
        }
    }

    /// Once more, what could not be taken in.
    async fn settle_owed(&mut self) {
        for made in std::mem::take(&mut self.owed) {
            self.settle(made).await;
        }
    }

    /// Says when to be woken by the clock. What became due since the step began that did not see it
    /// is still to come.
    fn tell_due(&self, now: i64) {
        let health = self.state.health.next_at.filter(|at| *at > now);
        let slowed = Some(self.state.slowed_until).filter(|at| *at > now);
        let turn = self.next_turn();
        let due = self.board.next_due(now).into_iter().chain(health).chain(slowed).chain(turn);
        self.endpoint.bell.due.store(due.min().unwrap_or(i64::MAX), Ordering::Release);
        let oldest = self.board.oldest().map(|position| position.saturating_sub(1));
        let reached = oldest.unwrap_or(u64::MAX).min(self.source.place().0);
        let reached = if self.subscription.paused { u64::MAX } else { reached };
        self.endpoint.bell.reached.store(reached, Ordering::Release);
    }
}

/// Whether an outcome may mean that nothing more is to be sent for now.
pub(super) const fn may_stop(made: &Made) -> bool {
    matches!(made.outcome, AttemptOutcome::Slowed | AttemptOutcome::Gone)
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering as Atomically;

    use convolog_domain::conversation::{ConversationClosed, ConversationReopened};
    use convolog_domain::subscription::SubscriptionSettings;
    use convolog_domain::{Decision, StreamKind};
    use uuid::Uuid;

    use super::*;
    use crate::delivering::board::Order;
    use crate::testing::{Fixture, WORKSPACE};

    const ENDPOINT: SubscriptionId = SubscriptionId(Uuid::from_u128(5));
    const TALK: Uuid = Uuid::from_u128(9);

    /// An endpoint that is told in order what happens in conversations, after three things happened
    /// in one.
    async fn with_three_events(fixture: &Fixture) -> Work {
        let settings = SubscriptionSettings {
            events: vec!["conversation.*".into()],
            order: "ordered_by_conversation".into(),
            ..SubscriptionSettings::default()
        };
        let host = "crm.example.com".to_owned();
        let state = subscription::State {
            settings: Some(settings),
            host,
            ..subscription::State::default()
        };
        fixture.engine().remember::<Subscription>(WORKSPACE, ENDPOINT.0, 1, state);
        let created = fixture.engine().log().head();
        for _ in 0..2 {
            let closed = Decision::new(ConversationClosed { assignee: None });
            fixture.tell(StreamKind::Conversation, TALK, closed).await;
            let reopened = Decision::new(ConversationReopened { assignee: None, message: None });
            fixture.tell(StreamKind::Conversation, TALK, reopened).await;
        }
        let (road, bell) = (Arc::new(Road::new()), Arc::new(Bell::default()));
        let (acting, workspace, id) = (fixture.acting(), WORKSPACE, ENDPOINT);
        Work::begin(Endpoint { acting, road, bell, workspace, id, created }).await.unwrap()
    }

    fn delivered(what: Taken) -> Landed {
        Landed::Attempt(unsent(what, 0, AttemptOutcome::Delivered))
    }

    #[tokio::test]
    async fn what_a_stream_holds_back_is_not_lost_when_it_cannot_be_read_for_a_while() {
        let fixture = Fixture::connected().await;
        let mut work = with_three_events(&fixture).await;
        let first = work.next().await.unwrap().unwrap();
        work.board.start(first.position);
        assert_eq!(work.next().await.unwrap(), None, "the rest of the stream waits for it");
        assert!(work.source.place().0 > first.position, "and the cursor stands beyond it");
        fixture.faults().streams.store(true, Atomically::SeqCst);
        work.land(Ok(delivered(first))).await;
        // Nothing is to be recorded by which a restart would take the stream for done.
        assert!(work.board.settled().is_empty() && work.board.has(first.position));
        let harvest = work.board.harvest(100, &work.state);
        assert_eq!((harvest.made.len(), harvest.begun), (0, vec![first]));
        assert!(work.rest_until.is_some());
        work.settle_owed().await;
        assert!(work.board.settled().is_empty(), "still not");
        fixture.faults().streams.store(false, Atomically::SeqCst);
        work.settle_owed().await;
        assert_eq!(work.board.settled().len(), 1);
        let second = work.board.next_ready(0, Order::Streams, false).unwrap();
        assert!(second.position > first.position && second.holds);
    }

    #[tokio::test]
    async fn an_attempt_that_the_disk_stood_in_the_way_of_is_made_again_after_a_rest() {
        let fixture = Fixture::connected().await;
        let mut work = with_three_events(&fixture).await;
        let first = work.next().await.unwrap().unwrap();
        work.board.start(first.position);
        assert!(fixture.acting().may_act(), "which is known from here on");
        fixture.faults().streams.store(true, Atomically::SeqCst);
        let flight = Flight::new(&work.endpoint, Arc::clone(&work.subscription));
        let landed = flight.deliver_safely(first).await;
        assert!(matches!(&landed, Landed::Hindered(at) if *at == first.position), "{landed:?}");
        work.land(Ok(landed)).await;
        assert!(work.board.settled().is_empty());
        let now = work.now();
        assert_eq!(work.board.next_ready(now, Order::Streams, false), None, "not at once");
        let later = now + i64::try_from(REST.as_micros()).unwrap();
        assert_eq!(work.board.next_ready(later, Order::Streams, false), Some(first));
        fixture.faults().streams.store(false, Atomically::SeqCst);
        // What will never be readable is not tried for ever: it has no address.
        let flight = Flight::new(&work.endpoint, Arc::clone(&work.subscription));
        let Landed::Attempt(made) = flight.deliver_safely(first).await else { unreachable!() };
        assert_eq!(made.outcome, AttemptOutcome::Refused);
    }

    #[tokio::test]
    async fn what_becomes_due_while_a_step_is_made_rings_for_the_next_one() {
        let fixture = Fixture::connected().await;
        let mut work = with_three_events(&fixture).await;
        let first = work.next().await.unwrap().unwrap();
        let due = work.now() + 5_000_000;
        work.board.start(first.position);
        work.board.give_back(first.position, due);
        let begun = work.now();
        assert_eq!(work.board.next_ready(begun, Order::Streams, false), None, "it is not yet due");
        // The clock moves on after that was looked at, before it is said when to ring.
        fixture.clock.advance_micros(60_000_000);
        work.tell_due(begun);
        assert_eq!(work.endpoint.bell.due.load(Ordering::Acquire), due);
        // And then it rings no more for what is due and waits for something else.
        work.tell_due(work.now());
        assert_eq!(work.endpoint.bell.due.load(Ordering::Acquire), i64::MAX);
    }
}
