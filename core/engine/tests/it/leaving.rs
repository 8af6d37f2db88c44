//! Whoever asks may go away at any time: what counts messages goes on, and counts right.

use std::pin::pin;
use std::sync::{Arc, mpsc};

use convolog_domain::conversation::MessageRequested;
use convolog_domain::workspace::Limit;
use convolog_domain::{Content, Decision, MessageId, Personal, StreamKind, SubjectId};
use convolog_engine::{Caller, Engine, EngineError, Plan, Step, Stream};
use convolog_log::{
    Ack, AppendError, ClaimHash, Commit, Committed, EventLog, Filter, HeadWatch, Holder, LogError,
    LogId, Position, Record, StreamKey, Timestamp,
};
use futures::future::join_all;
use futures::poll;
use parking_lot::Mutex;
use tokio::sync::{mpsc as waiting, oneshot};
use uuid::Uuid;

use crate::plans::{conversation, count, four_a_month, restarted_on, send, used};
use crate::world::{NOW, World};

/// A log that does only what it is let do.
struct Steered {
    log: Arc<dyn EventLog>,
    /// Hears of every pass over the log as it begins.
    begun: waiting::UnboundedSender<()>,
    /// Whether the next one succeeds.
    may_read: Mutex<mpsc::Receiver<bool>>,
    /// Is given the other end of every commit.
    taken: waiting::UnboundedSender<oneshot::Sender<Result<Committed, AppendError>>>,
}

/// The other end of it.
struct Steering {
    begun: waiting::UnboundedReceiver<()>,
    may_read: mpsc::Sender<bool>,
    taken: waiting::UnboundedReceiver<oneshot::Sender<Result<Committed, AppendError>>>,
}

impl EventLog for Steered {
    fn read(
        &self,
        after: Position,
        limit: usize,
        filter: &Filter,
    ) -> Result<(Vec<Record>, Position), LogError> {
        self.begun.send(()).unwrap();
        match self.may_read.lock().recv() {
            Ok(true) => self.log.read(after, limit, filter),
            _ => Err(LogError::TooLarge { bytes: 0 }),
        }
    }
    fn append(&self, commit: Commit) -> Ack {
        let (answer, ack) = Ack::channel();
        match self.taken.send(answer) {
            Ok(()) => ack,
            Err(_) => self.log.append(commit),
        }
    }
    fn id(&self) -> LogId {
        self.log.id()
    }
    fn head(&self) -> Position {
        self.log.head()
    }
    fn watch(&self) -> HeadWatch {
        self.log.watch()
    }
    fn get(&self, position: Position) -> Result<Option<Record>, LogError> {
        self.log.get(position)
    }
    fn read_stream(
        &self,
        stream: &StreamKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Record>, LogError> {
        self.log.read_stream(stream, after, limit)
    }
    fn stream_version(&self, stream: &StreamKey) -> Result<u64, LogError> {
        self.log.stream_version(stream)
    }
    fn holder(&self, claim: &ClaimHash) -> Result<Option<Holder>, LogError> {
        self.log.holder(claim)
    }
    fn position_at(&self, time: Timestamp) -> Result<Position, LogError> {
        self.log.position_at(time)
    }
    fn root(&self) -> (u64, [u8; 32]) {
        self.log.root()
    }
    fn root_at(&self, position: Position) -> Result<Option<[u8; 32]>, LogError> {
        self.log.root_at(position)
    }
}

/// The world after a start, on a log that is steered.
fn steered(world: &World) -> (Engine, Steering) {
    let (tell_begun, begun) = waiting::unbounded_channel();
    let (may_read, leave) = mpsc::channel();
    let (take, taken) = waiting::unbounded_channel();
    let log = Steered {
        log: Arc::clone(world.engine.log()),
        begun: tell_begun,
        may_read: Mutex::new(leave),
        taken: take,
    };
    let engine = restarted_on(world, Arc::new(log), four_a_month());
    (engine, Steering { begun, may_read, taken })
}

/// One of the first tenant's workspace, where four messages a month are allowed.
async fn world() -> (World, Caller) {
    let world = World::with_plans(four_a_month()).await;
    let caller = Caller::administrator(world.tenants[0].workspace);
    (world, caller)
}

/// A plan that asks for a message of somebody who has no key yet.
fn plan(caller: &Caller) -> Plan {
    let stream = Stream::new(caller.workspace, StreamKind::Conversation, Uuid::from_u128(7));
    let message = MessageId(Uuid::from_u128(9));
    let asked = MessageRequested {
        message,
        kind: "text".into(),
        requested_at: NOW,
        ..MessageRequested::default()
    };
    let content = Content::Message(Box::default());
    let personal = Personal { subject: SubjectId(Uuid::from_u128(8)), content };
    let step = Step { stream, decision: Decision::new(asked).sealing(personal) };
    Plan { steps: vec![step], ..Plan::default() }
}

#[tokio::test]
async fn one_pass_over_the_log_counts_for_all_even_when_who_asked_has_gone() {
    let (world, caller) = world().await;
    let to = conversation(&world).await;
    for _ in 0..3 {
        send(&world.engine, &caller, to).await.unwrap();
    }
    let (engine, mut steering) = steered(&world);
    for _ in 0..3 {
        let sending = pin!(send(&engine, &caller, to));
        assert!(poll!(sending).is_pending());
    }
    // All three have gone; another workspace asks while the pass of the first one goes on.
    steering.begun.recv().await.unwrap();
    let other = world.tenants[1].workspace;
    let mut asking = pin!(used(&engine, other, Limit::Messages));
    assert!(poll!(asking.as_mut()).is_pending());
    drop(steering.taken);
    steering.may_read.send(true).unwrap();
    assert_eq!(asking.await, (Some(0), Some(4)));
    let tried = join_all((0..3).map(|_| send(&engine, &caller, to))).await;
    assert_eq!(count(&tried), (1, 2));
    assert!(steering.begun.try_recv().is_err(), "one pass was enough");
}

#[tokio::test]
async fn a_pass_that_fails_is_told_to_all_who_wait_and_made_again_for_the_next() {
    let (world, caller) = world().await;
    let to = conversation(&world).await;
    send(&world.engine, &caller, to).await.unwrap();
    let (engine, mut steering) = steered(&world);
    drop(steering.taken);
    steering.may_read.send(false).unwrap();
    for tried in join_all((0..2).map(|_| send(&engine, &caller, to))).await {
        assert!(matches!(tried, Err(EngineError::Counting(_))), "{tried:?}");
    }
    steering.may_read.send(true).unwrap();
    assert_eq!(used(&engine, caller.workspace, Limit::Messages).await, (Some(1), Some(4)));
    steering.begun.recv().await.unwrap();
    steering.begun.recv().await.unwrap();
    assert!(steering.begun.try_recv().is_err());
}

#[tokio::test]
async fn what_is_called_off_before_the_log_has_it_counts_nothing() {
    let (world, caller) = world().await;
    let (engine, plan) = (&world.engine, plan(&caller));
    let used = async || used(engine, caller.workspace, Limit::Messages).await.0;
    assert_eq!(used().await, Some(0));
    let mut committing = Box::pin(engine.commit(&caller, &plan));
    // The key of whom it is about is not on the disk yet.
    assert!(poll!(&mut committing).is_pending());
    assert_eq!(used().await, Some(1));
    drop(committing);
    assert_eq!(used().await, Some(0));
    assert_eq!(world.names(caller.workspace, &["conversation"]), Vec::<&str>::new());
}

#[tokio::test]
async fn what_the_log_has_counts_as_the_log_decides_whoever_waits_for_it() {
    let (world, caller) = world().await;
    let plan = plan(&caller);
    world.engine.vault().ensure_subject(caller.workspace.0, Uuid::from_u128(8)).unwrap();
    world.engine.vault().synced().await.unwrap();
    let (engine, mut steering) = steered(&world);
    let used = async || used(&engine, caller.workspace, Limit::Messages).await.0;
    steering.may_read.send(true).unwrap();
    assert_eq!(used().await, Some(0));
    let written = Committed {
        outcomes: Vec::new(),
        position: Position(1),
        recorded_at: Timestamp(NOW * 1_000_000),
    };
    for (answer, counted) in [(Err(AppendError::Closed), 0), (Ok(written), 1)] {
        let mut committing = Box::pin(engine.commit(&caller, &plan));
        assert!(poll!(&mut committing).is_pending());
        let log = steering.taken.try_recv().unwrap();
        drop(committing);
        assert_eq!(used().await, Some(1), "it may still be written");
        log.send(answer).unwrap();
        // Whoever waits for the log goes first.
        tokio::task::yield_now().await;
        assert_eq!(used().await, Some(counted));
    }
}
