//! The one writer: gathers what waits, judges it, writes blocks, syncs once, answers all.
//!
//! Every answer, refusals and drops included, is given after the sync of the batch it was judged
//! in, so that nobody acts on something that a power cut takes back. The first failed write or
//! sync ends writing for good.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use tokio::sync::oneshot;

use crate::append::{Commit, Committed};
use crate::batch::build_blocks;
use crate::block::{Chain, StoredBlock};
use crate::cache::Decoded;
use crate::error::{AppendError, LogError};
use crate::ids::{Position, Timestamp};
use crate::judge::{Refusal, Staged, StagedEvent, weight};
use crate::live::LiveVolume;
use crate::lookup::{Informed, Lookup};
use crate::manifest::Junction;
use crate::shared::Shared;
use crate::tree::Frontier;

pub(crate) type Answer = oneshot::Sender<Result<Committed, AppendError>>;

/// Offsets in a volume's files are 32 bits wide; with room for a batch.
const MAX_VOLUME_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Events after which a new volume is tried again that could not be made.
const ROLL_AGAIN_EVENTS: u64 = 1_000;

/// A commit and who waits for it.
pub(crate) struct Waiting {
    pub(crate) commit: Commit,
    /// What the closed volumes said of it when it was handed over.
    pub(crate) lookup: Lookup,
    pub(crate) answer: Answer,
}

/// What the writer is asked to do.
pub(crate) enum Request {
    /// Append a commit.
    Append(Waiting),
    /// Start a new volume now, if the active one holds anything.
    Roll(Sender<Result<(), LogError>>),
}

/// The writer's own state; everything up to here is synced between two batches.
pub(crate) struct Writer {
    shared: Arc<Shared>,
    waiting: Receiver<Request>,
    active: Arc<LiveVolume>,
    chain: Chain,
    frontier: Frontier,
    last: Position,
    last_time: Timestamp,
    /// No new volume before this, because the last attempt failed.
    next_roll: Position,
    #[cfg(feature = "seeded-bugs")]
    bug: crate::seeded::Bug,
}

/// Answers that wait for the sync.
pub(crate) type Answers = Vec<(Answer, Result<Committed, AppendError>)>;

impl Writer {
    pub(crate) fn new(
        shared: Arc<Shared>,
        waiting: Receiver<Request>,
        active: Arc<LiveVolume>,
        end: Junction,
    ) -> Self {
        let chain = Chain { log: shared.id, partition: 0, previous: end.previous };
        let Junction { position, recorded_at, frontier, .. } = end;
        #[cfg(feature = "seeded-bugs")]
        let bug = crate::seeded::Bug::new(shared.options.seeded_bug);
        Self {
            shared,
            waiting,
            active,
            chain,
            frontier,
            last: position,
            last_time: recorded_at,
            next_roll: Position::START,
            #[cfg(feature = "seeded-bugs")]
            bug,
        }
    }

    /// Runs until nobody can append any more.
    pub(crate) fn run(mut self) {
        while let Ok(first) = self.waiting.recv() {
            let (batch, roll) = self.gather(first);
            let work = AssertUnwindSafe(|| {
                self.commit(batch);
                self.roll_if_due();
            });
            if catch_unwind(work).is_err() {
                self.shared.poison(&LogError::corrupt("a batch at which the writer panicked"));
            }
            if let Some(done) = roll {
                // Whoever asked may have gone away.
                drop(done.send(self.roll()));
            }
        }
    }

    fn gather(&self, first: Request) -> (Vec<Waiting>, Option<Sender<Result<(), LogError>>>) {
        let options = &self.shared.options;
        let (mut batch, mut bytes) = (Vec::new(), 0);
        let mut next = Ok(first);
        loop {
            match next {
                Ok(Request::Append(waiting)) => {
                    bytes += weight(&waiting.commit);
                    batch.push(waiting);
                }
                Ok(Request::Roll(done)) => return (batch, Some(done)),
                Err(_) => return (batch, None),
            }
            if bytes >= options.batch_bytes || batch.len() >= options.batch_commits {
                return (batch, None);
            }
            next = self.waiting.try_recv();
        }
    }

    fn commit(&mut self, batch: Vec<Waiting>) {
        if batch.is_empty() {
            return;
        }
        let bytes = batch.iter().map(|waiting| weight(&waiting.commit)).sum();
        let refused = self.shared.healthy().and_then(|()| self.shared.space.admit(bytes));
        if let Err(error) = refused {
            return refuse_all(batch, &error);
        }
        let now = self.last_time.max(self.shared.options.clock.now());
        let mut answers = Answers::with_capacity(batch.len());
        let mut accepted = Vec::with_capacity(batch.len());
        if let Err(error) = self.judge(batch, now, &mut answers, &mut accepted) {
            self.shared.poison(&error);
            return self.answer_poisoned(answers);
        }
        #[cfg(feature = "seeded-bugs")]
        self.answer_too_early(&mut answers);
        if !accepted.is_empty()
            && let Err(error) = self.write(&accepted, now)
        {
            self.shared.poison(&error);
            return self.answer_poisoned(answers);
        }
        answer_all(answers);
    }

    /// Judges the batch in order. Fails only if the log cannot be read.
    fn judge(
        &self,
        batch: Vec<Waiting>,
        now: Timestamp,
        answers: &mut Answers,
        accepted: &mut Vec<Vec<StagedEvent>>,
    ) -> Result<(), LogError> {
        let volumes = self.shared.volumes();
        let mut staged = Staged::new(self.last, now);
        let mut broken = None;
        for Waiting { commit, lookup, answer } in batch {
            if broken.is_some() {
                answers.push((answer, Err(AppendError::Closed)));
                continue;
            }
            let informed = Informed { volumes: &volumes, lookup: &lookup };
            match staged.judge(&informed, commit) {
                Ok(judged) => {
                    let committed = Committed {
                        outcomes: judged.outcomes,
                        position: judged.position,
                        recorded_at: now,
                    };
                    if !judged.events.is_empty() {
                        accepted.push(judged.events);
                    }
                    answers.push((answer, Ok(committed)));
                }
                Err(Refusal::Refused(error)) => answers.push((answer, Err(error))),
                Err(Refusal::Broken(error)) => {
                    broken = Some(error);
                    answers.push((answer, Err(AppendError::Closed)));
                }
            }
        }
        broken.map_or(Ok(()), Err)
    }

    fn write(&mut self, commits: &[Vec<StagedEvent>], now: Timestamp) -> Result<(), LogError> {
        let codec = self.shared.options.codec;
        let blocks = build_blocks(commits.iter().map(Vec::as_slice), &mut self.chain, codec);
        for block in &blocks {
            self.active.sled.insert(block.block.header.first, self.last, &block.bytes)?;
        }
        #[cfg(feature = "seeded-bugs")]
        let honest = !self.bug.skips_sync();
        #[cfg(not(feature = "seeded-bugs"))]
        let honest = true;
        if honest {
            self.active.sled.sync()?;
        }
        self.publish(commits, &blocks, now)
    }

    /// Shows what is synced now to readers.
    fn publish(
        &mut self,
        commits: &[Vec<StagedEvent>],
        blocks: &[StoredBlock],
        now: Timestamp,
    ) -> Result<(), LogError> {
        for event in commits.iter().flatten() {
            self.frontier.push(event.record.leaf());
            self.last = event.record.header.position;
        }
        self.last_time = now;
        let volumes = self.shared.volumes();
        {
            let mut index = self.active.index.write();
            for stored in blocks {
                index.add_block(&stored.block, now);
            }
            for event in commits.iter().flatten() {
                index.add(&event.record, event.stream, &event.claims);
            }
        }
        for stored in blocks {
            volumes.cache.put(Decoded::new(&stored.block)?);
        }
        self.shared.frontier.lock().clone_from(&self.frontier);
        self.shared.keeper.moved(&self.frontier);
        self.shared.head.send_replace(self.last);
        Ok(())
    }

    /// Starts a new volume if the active one is large or old enough.
    fn roll_if_due(&mut self) {
        let (bytes, oldest) = {
            let index = self.active.index.read();
            (index.record_bytes(), index.blocks().first().map(|block| block.recorded_at))
        };
        let options = &self.shared.options;
        let Some(oldest) = oldest else { return };
        let age = self.last_time.0.saturating_sub(oldest.0);
        let most = options.volume_bytes.min(MAX_VOLUME_BYTES);
        let full = bytes >= most;
        if bytes >= most / 2 {
            self.shared.next.prepare(self.active.number + 1);
        }
        if !(full || age >= options.volume_age_micros) || self.last < self.next_roll {
            return;
        }
        if let Err(error) = self.roll() {
            tracing::error!(%error, "could not start a new volume; going on in the old one");
            self.next_roll = Position(self.last.0 + ROLL_AGAIN_EVENTS);
        }
    }

    /// Makes a new volume active and leaves the old one to the closing thread. HEAD is brought up
    /// first, so that it never names a position in a closed volume.
    fn roll(&mut self) -> Result<(), LogError> {
        if let Some(reason) = self.shared.poisoned() {
            return Err(LogError::Unclosed { reason: reason.to_owned() });
        }
        if self.active.start.position == self.last {
            // Nothing to close in this one; an older one may have failed to.
            self.shared.closing.wake();
            return Ok(());
        }
        if let Err(error) = self.shared.keeper.sync() {
            self.shared.poison(&error);
            return Err(error);
        }
        let number = self.active.number + 1;
        let sled = self.shared.next.take(&self.shared, number)?;
        let start = Junction {
            position: self.last,
            previous: self.chain.previous,
            recorded_at: self.last_time,
            frontier: self.frontier.clone(),
        };
        self.active = Arc::new(LiveVolume::new(number, start, sled));
        self.shared.change_volumes(|volumes| volumes.live.push(Arc::clone(&self.active)));
        self.shared.closing.wake();
        Ok(())
    }

    #[cfg(feature = "seeded-bugs")]
    fn answer_too_early(&mut self, answers: &mut Answers) {
        let leaked = self.bug.leaked(answers);
        if !leaked.is_empty() {
            answer_all(leaked);
            self.bug.dawdle();
        }
    }

    fn answer_poisoned(&self, answers: Answers) {
        let reason = self.shared.poisoned().unwrap_or_default();
        for (answer, _) in answers {
            drop(answer.send(Err(AppendError::Poisoned(reason.to_owned()))));
        }
    }
}

/// Whoever stopped waiting is not missed.
fn answer_all(answers: Answers) {
    for (answer, result) in answers {
        drop(answer.send(result));
    }
}

fn refuse_all(batch: Vec<Waiting>, error: &AppendError) {
    for Waiting { answer, .. } in batch {
        let error = match error {
            AppendError::NoSpace { free, floor } => {
                AppendError::NoSpace { free: *free, floor: *floor }
            }
            AppendError::Poisoned(reason) => AppendError::Poisoned(reason.clone()),
            _ => AppendError::Closed,
        };
        drop(answer.send(Err(error)));
    }
}
