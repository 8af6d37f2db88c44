//! Lanes: one line of work for each conversation, many lines side by side.
//!
//! What is slow in one conversation holds up no other, and no conversation is worked on twice at the
//! same time. Whoever owns the work says when a lane is to be looked at again; what happened while a
//! lane was busy makes it look again at once.

use std::collections::{HashMap, HashSet};

use convolog_domain::{ConversationId, Event, WorkspaceId};
use convolog_engine::{Engine, Recorded};
use convolog_log::{Filter, Position, Timestamp};
use tokio::task::JoinSet;

/// Events read at a time.
const BATCH: usize = 1_000;

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
}

/// Every lane, and when it is to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    due: HashMap<Lane, Timestamp>,
    stalled: HashSet<Lane>,
    busy: HashSet<Lane>,
    /// Lanes of which something was heard while they were busy.
    again: HashSet<Lane>,
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
    pub(crate) fn collect(&mut self) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok((lane, after)) => self.ended(lane, after),
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

    fn ended(&mut self, lane: Lane, after: After) {
        self.busy.remove(&lane);
        if self.again.remove(&lane) {
            return self.wake(lane);
        }
        match after {
            After::Nothing => {}
            After::At(at) => self.wake_at(lane, at),
            After::Stalled => drop(self.stalled.insert(lane)),
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
