//! Lanes: one line of work for each conversation, many lines side by side.
//!
//! What is slow in one conversation holds up no other, and no conversation is worked on twice at the
//! same time. Whoever owns the work says when a lane is to be looked at again; what happened while a
//! lane was busy makes it look again at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ConversationId, Event, WorkspaceId};
use convolog_engine::{Engine, EngineError, Recorded};
use convolog_log::{Filter, Position, Timestamp};
use convolog_projections::transcripts::{Queued, Transcripts};
use convolog_projections::{QueryError, Table};
use tokio::task::JoinSet;

use crate::acting::Acting;

/// Events read at a time.
const BATCH: usize = 1_000;
/// Messages read at a time when a worker starts.
const PAGE: usize = 500;
/// How long a worker waits for the transcripts before it says so and waits on.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a lane rests when it cannot go on for now, in microseconds.
const REST: i64 = 1_000_000;
/// How often that doubles while something of ours fails again and again: about a minute.
const DOUBLED_MAX: u32 = 6;

/// A conversation that may have something to do.
pub(crate) type Lane = (WorkspaceId, ConversationId);

/// What is left when a lane has done what it could.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum After {
    /// Nothing.
    Nothing,
    /// Something, at that time.
    At(Timestamp),
    /// Something, once whatever stands in the way of many lanes is gone.
    Stalled,
    /// The same, and something else at that time.
    StalledUntil(Timestamp),
    /// Something of ours failed: it is tried again, later each time in a row.
    Hindered,
}

/// One step of a lane.
pub(crate) enum Step {
    /// Look at the conversation again.
    Again,
    /// Nothing more for now.
    Rest(After),
}

/// Whoever works in lanes, in all of them.
pub(crate) trait Worker: Send + Sync + 'static {
    /// The names of the types of events that it hears of.
    const HEARD: &'static [&'static str];

    /// Its hands.
    fn acting(&self) -> &Acting;

    /// Does what can be done in a lane at this moment.
    fn work(&self, lane: Lane) -> impl Future<Output = After> + Send;

    /// Wakes the lanes that an event concerns.
    fn hear(&self, lanes: &mut Lanes, event: &Recorded);
}

/// Lets somebody work from a position of the log on, in these lanes and in those of which it hears,
/// until told to stop.
pub(crate) async fn run<W: Worker>(worker: W, mut lanes: Lanes, mut after: Position) {
    let (worker, heard) = (Arc::new(worker), types(W::HEARD));
    let acting = worker.acting().clone();
    let mut pulse = acting.pulse();
    while pulse.next().await {
        lanes.collect(acting.now());
        after = follow(acting.engine(), after, &heard, |event| worker.hear(&mut lanes, event));
        if acting.may_act() {
            lanes.start_due(acting.now(), |lane| {
                let worker = Arc::clone(&worker);
                async move { worker.work(lane).await }
            });
        }
    }
    lanes.finish().await;
}

/// Takes step after step in a lane until it rests.
pub(crate) async fn in_steps<F>(acting: &Acting, lane: Lane, step: impl Fn(Lane) -> F) -> After
where
    F: Future<Output = Result<Step, EngineError>>,
{
    let rest = || After::At(Timestamp(acting.now().0.saturating_add(REST)));
    loop {
        if !acting.may_act() {
            return rest();
        }
        match step(lane).await {
            Ok(Step::Again) => {}
            Ok(Step::Rest(after)) => return after,
            // Somebody was faster: what the log says now decides.
            Err(EngineError::Refused(_)) => return rest(),
            Err(error) => {
                tracing::error!(conversation = %lane.1, %error, "a lane rests for a while");
                return After::Hindered;
            }
        }
    }
}

/// Finds the lanes in which something waits from before, and from where on the log is to be followed;
/// nothing if the server stops meanwhile.
pub(crate) async fn begun(
    acting: &Acting,
    waiting: impl Fn(&Table<Transcripts>, Option<&[u8]>, usize) -> Result<Queued, QueryError>,
) -> Option<(Lanes, Position)> {
    let head = acting.engine().log().head();
    loop {
        let shown = tokio::select! {
            shown = acting.models().at_least(head, PATIENCE) => shown,
            () = acting.stopping().cancelled() => return None,
        };
        match shown.and_then(|()| all(acting, &waiting)) {
            Ok(lanes) => return Some((lanes, head)),
            Err(error) => tracing::warn!(%error, "what waits from before is not known yet"),
        }
    }
}

fn all(
    acting: &Acting,
    waiting: impl Fn(&Table<Transcripts>, Option<&[u8]>, usize) -> Result<Queued, QueryError>,
) -> Result<Lanes, QueryError> {
    let (table, mut after, mut lanes) = (acting.models().transcripts()?, None, Lanes::default());
    loop {
        let page = waiting(&table, after.as_deref(), PAGE)?;
        for (workspace, conversation, _) in &page.messages {
            lanes.wake((*workspace, *conversation));
        }
        after = page.next;
        if after.is_none() {
            return Ok(lanes);
        }
    }
}

/// Every lane, and when it is to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    due: HashMap<Lane, Timestamp>,
    stalled: HashSet<Lane>,
    busy: HashSet<Lane>,
    /// Lanes of which something was heard while they were busy.
    again: HashSet<Lane>,
    /// Lanes in which something of ours failed, and how often in a row.
    hindered: HashMap<Lane, u32>,
    running: JoinSet<(Lane, After)>,
}

impl Lanes {
    /// Whether a lane waits or is busy.
    pub(crate) fn knows(&self, lane: Lane) -> bool {
        self.busy.contains(&lane) || self.due.contains_key(&lane)
    }

    /// Looks at a lane as soon as it can be done.
    pub(crate) fn wake(&mut self, lane: Lane) {
        self.wake_at(lane, Timestamp(0));
    }

    fn wake_at(&mut self, lane: Lane, at: Timestamp) {
        if self.busy.contains(&lane) {
            self.again.insert(lane);
            return;
        }
        let due = self.due.entry(lane).or_insert(at);
        *due = at.min(*due);
    }

    /// Whatever stood in the way may be gone.
    pub(crate) fn wake_stalled(&mut self) {
        // A lane that is busy may be about to find out that it cannot go on.
        self.again.extend(&self.busy);
        for lane in std::mem::take(&mut self.stalled) {
            self.wake(lane);
        }
    }

    /// Begins the work of every lane that is due.
    pub(crate) fn start_due<F>(&mut self, now: Timestamp, work: impl Fn(Lane) -> F)
    where
        F: Future<Output = After> + Send + 'static,
    {
        let due: Vec<Lane> =
            self.due.iter().filter(|(_, at)| **at <= now).map(|(lane, _)| *lane).collect();
        for lane in due {
            self.due.remove(&lane);
            self.busy.insert(lane);
            let working = work(lane);
            self.running.spawn(async move { (lane, working.await) });
        }
    }

    /// Takes note of lanes that are done for now. A lane whose work panicked is looked at again when
    /// something happens in it.
    pub(crate) fn collect(&mut self, now: Timestamp) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok((lane, after)) => self.ended(lane, after, now),
                Err(error) => {
                    tracing::error!(%error, "the work of a conversation ended early");
                    self.forget_the_lost();
                }
            }
        }
    }

    /// Who panicked cannot be told: once nothing runs, nobody is busy.
    fn forget_the_lost(&mut self) {
        if self.running.is_empty() {
            for lane in std::mem::take(&mut self.busy) {
                self.again.remove(&lane);
            }
        }
    }

    fn ended(&mut self, lane: Lane, after: After, now: Timestamp) {
        self.busy.remove(&lane);
        if after != After::Hindered {
            self.hindered.remove(&lane);
        }
        if self.again.remove(&lane) {
            return self.wake(lane);
        }
        match after {
            After::Nothing => {}
            After::At(at) => self.wake_at(lane, at),
            After::Stalled => drop(self.stalled.insert(lane)),
            After::StalledUntil(at) => {
                self.stalled.insert(lane);
                self.wake_at(lane, at);
            }
            After::Hindered => {
                let times = self.hindered.entry(lane).or_default();
                let rest = REST << (*times).min(DOUBLED_MAX);
                *times = times.saturating_add(1);
                self.wake_at(lane, Timestamp(now.0.saturating_add(rest)));
            }
        }
    }

    /// What was begun is finished before the reactor ends.
    pub(crate) async fn finish(mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// The numbers of the types with these names.
pub(crate) fn types(names: &[&str]) -> Vec<u16> {
    let catalogue = Event::catalogue();
    catalogue.iter().filter(|row| names.contains(&row.name)).map(|row| row.code).collect()
}

/// Hears of every event of these types after a position; answers how far it got.
pub(crate) fn follow(
    engine: &Engine,
    mut after: Position,
    types: &[u16],
    mut hear: impl FnMut(&Recorded),
) -> Position {
    let log = engine.log();
    let filter = Filter { types: types.to_vec(), ..Filter::default() };
    while after < log.head() {
        let (records, upto) = match log.read(after, BATCH, &filter) {
            Ok(read) => read,
            Err(error) => {
                tracing::error!(%error, "the log could not be read; it is tried again");
                return after;
            }
        };
        for record in &records {
            match Recorded::read(record) {
                Ok(recorded) => hear(&recorded),
                Err(error) => tracing::error!(%error, "an event is passed over"),
            }
        }
        after = upto;
    }
    after
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LANE: Lane = (WorkspaceId(Uuid::nil()), ConversationId(Uuid::nil()));

    /// Lets the lane work once at this time, which ends so; whether it was due.
    async fn worked(lanes: &mut Lanes, now: i64, after: After) -> bool {
        lanes.start_due(Timestamp(now), move |_| async move { after });
        let due = lanes.busy.contains(&LANE);
        while lanes.busy.contains(&LANE) {
            tokio::task::yield_now().await;
            lanes.collect(Timestamp(now));
        }
        due
    }

    #[tokio::test]
    async fn what_fails_again_and_again_is_tried_ever_more_seldom_until_it_succeeds() {
        let (mut lanes, mut now) = (Lanes::default(), 5 * REST);
        lanes.wake(LANE);
        for rest in [1, 2, 4, 8, 16, 32, 64, 64] {
            assert!(worked(&mut lanes, now, After::Hindered).await);
            assert!(!worked(&mut lanes, now + rest * REST - 1, After::Nothing).await, "{rest}");
            now += rest * REST;
        }
        assert!(worked(&mut lanes, now, After::At(Timestamp(now))).await);
        assert!(worked(&mut lanes, now, After::Hindered).await);
        assert!(worked(&mut lanes, now + REST, After::Nothing).await, "it begins anew");
    }

    #[tokio::test]
    async fn what_happens_meanwhile_is_looked_at_at_once() {
        let mut lanes = Lanes::default();
        lanes.wake(LANE);
        lanes.start_due(Timestamp(7), |_| async { After::Nothing });
        lanes.wake(LANE);
        assert!(lanes.busy.contains(&LANE));
        while lanes.busy.contains(&LANE) {
            tokio::task::yield_now().await;
            lanes.collect(Timestamp(7));
        }
        assert!(worked(&mut lanes, 7, After::Nothing).await);
        assert!(!worked(&mut lanes, 7, After::Nothing).await);
    }
}
