//! What a workspace used within a month: messages, changes of documents, answers of agents, and the
//! tokens of models with what they cost.
//!
//! Counted from the events: one pass over the log for everybody when a month is first asked about,
//! then beside the commits. Where a plan limits it, a place is taken before a commit is handed to the
//! log and given back unless the log took it, so that however many are asked for at once, no more are
//! recorded than the plan allows. Where the plan sets no limit nobody waits for a count: what the log took is counted
//! afterwards, so that it is there when the workspace gets another plan. Neither the pass nor what
//! the log answers is lost when whoever asked goes away.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Weak};

use convolog_domain::workspace::{Account, Limit, Month};
use convolog_domain::{Event, EventType, ModelConnectionId, Refusal, WorkspaceId};
use convolog_log::{Ack, Committed, Filter, Mode, Origin, Position, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::engine::{Caller, Engine, Inner};
use crate::error::EngineError;
use crate::plan::Plan;
use crate::recorded::Recorded;

/// Events read at a time.
const BATCH: usize = 1_000;

/// What is said of a pass over the log that did not come to its end.
const COUNTING: EngineError = EngineError::Interrupted("counting what was used in a month");

/// The months that were asked about; only the newest two are kept.
#[derive(Default)]
pub(crate) struct Monthly(Mutex<HashMap<Month, Arc<Tally>>>);

/// Something of a workspace that is counted.
type Key = (WorkspaceId, Account);

/// What every workspace used within a month.
pub(crate) struct Tally {
    counts: Mutex<Counts>,
    /// What became of the pass over the log; none while it goes on.
    counted: watch::Sender<Option<Result<(), Arc<EngineError>>>>,
}

#[derive(Default)]
struct Counts {
    used: HashMap<Key, u64>,
    /// How far the pass over the log came; none while it goes on.
    counted_to: Option<Position>,
    /// What the log took meanwhile of those who do not wait for the pass, and where.
    meanwhile: Vec<(Key, u64, Position)>,
}

impl Counts {
    fn add(&mut self, key: Key, count: u64) {
        let counted = self.used.entry(key).or_default();
        *counted = counted.saturating_add(count);
    }
}

/// What is on its way to the log.
#[must_use = "what is dropped counts nothing"]
#[derive(Default)]
pub(crate) struct Reserved(Vec<Reservation>);

/// So much of one thing.
enum Reservation {
    /// Counted before the log has its commit; no longer counted when dropped.
    Counted(Place),
    /// Not limited by the plan: counted when the log took its commit.
    CountedLater { engine: Weak<Inner>, month: Month, key: Key, count: u64 },
}

/// What was counted for a commit that the log may not take.
struct Place(Option<(Arc<Tally>, Key, u64)>);

impl Reserved {
    /// Waits for the log, and counts for ever what it took. Goes on to the end when nobody waits any
    /// more: the commit is on its way.
    pub(crate) async fn settle(self, ack: Ack) -> Result<Committed, EngineError> {
        if self.0.is_empty() {
            return Ok(ack.await?);
        }
        let settled = tokio::spawn(async move {
            let committed = ack.await?;
            for reservation in self.0 {
                reservation.keep(committed.position);
            }
            Ok(committed)
        });
        settled.await.map_err(|_| EngineError::Interrupted("waiting for the log"))?
    }
}

impl Reservation {
    fn keep(self, position: Position) {
        match self {
            Self::Counted(mut place) => drop(place.0.take()),
            Self::CountedLater { engine, month, key, count } => {
                let Some(engine) = engine.upgrade() else { return };
                // A pass that is begun from here on finds them in the log.
                let tally = engine.monthly.0.lock().get(&month).map(Arc::clone);
                if let Some(tally) = tally {
                    tally.took(key, count, position);
                }
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((tally, key, count)) = self.0.take() else { return };
        if let Some(counted) = tally.counts.lock().used.get_mut(&key) {
            *counted = counted.saturating_sub(count);
        }
    }
}

impl Tally {
    fn used(&self, key: Key) -> u64 {
        self.counts.lock().used.get(&key).copied().unwrap_or(0)
    }

    /// # Errors
    /// How many there are, if these would be more than `most`.
    fn reserve(self: &Arc<Self>, key: Key, count: u64, most: u64) -> Result<Reservation, u64> {
        let mut counts = self.counts.lock();
        let used = counts.used.get(&key).copied().unwrap_or(0);
        if used.saturating_add(count) > most {
            return Err(used);
        }
        counts.add(key, count);
        drop(counts);
        Ok(Reservation::Counted(Place(Some((Arc::clone(self), key, count)))))
    }

    /// The log took what nobody had counted.
    fn took(&self, key: Key, count: u64, position: Position) {
        let mut counts = self.counts.lock();
        match counts.counted_to {
            None => counts.meanwhile.push((key, count, position)),
            Some(counted_to) if position <= counted_to => {}
            Some(_) => counts.add(key, count),
        }
    }

    /// What was counted in the log, told to all who wait for it.
    fn settle(&self, counted: Result<Counts, EngineError>) {
        let outcome = counted.map(|counted| {
            let mut counts = self.counts.lock();
            let meanwhile = std::mem::replace(&mut *counts, counted).meanwhile;
            let counted_to = counts.counted_to;
            for (key, count, position) in meanwhile {
                if Some(position) > counted_to {
                    counts.add(key, count);
                }
            }
        });
        drop(self.counted.send_replace(Some(outcome.map_err(Arc::new))));
    }

    fn has_failed(&self) -> bool {
        matches!(&*self.counted.borrow(), Some(Err(_)))
    }
}

impl Engine {
    /// Counts what a plan uses of a month.
    ///
    /// # Errors
    /// A refusal that says how many there were and when there may be more.
    pub(crate) async fn reserve(
        &self,
        caller: &Caller,
        plan: &Plan,
    ) -> Result<Reserved, EngineError> {
        let mut reserved = Reserved::default();
        if caller.mode != Mode::Live {
            return Ok(reserved);
        }
        let now = self.seconds();
        let mut wanted: BTreeMap<(Account, Month), (u64, i64)> = BTreeMap::new();
        for (at, step) in plan.steps.iter().enumerate() {
            if plan.origins.get(at).copied().unwrap_or_default() != Origin::Live {
                continue;
            }
            let (at, charged) = Account::charged_by(&step.decision.event, now);
            for (account, count) in charged {
                let sum = wanted.entry((account, Month::of(at))).or_insert((0, at));
                sum.0 = sum.0.saturating_add(count);
            }
        }
        let workspace = caller.workspace;
        for ((account, month), (count, at)) in wanted {
            let key = (workspace, account);
            let name = self.plan_of(workspace)?.unwrap_or_default();
            let limited = match account {
                Account::Plan(limit) => self.plans().most(&name, limit).map(|most| (limit, most)),
                Account::ModelTokens(_) | Account::ModelCost(_) => None,
            };
            reserved.0.push(match limited {
                None => {
                    let engine = Arc::downgrade(&self.0);
                    Reservation::CountedLater { engine, month, key, count }
                }
                Some((limit, most)) => {
                    let place = self.tally(month).await?.reserve(key, count, most);
                    place.map_err(|used| limit.refusal(&name, used, most, Some(at)))?
                }
            });
        }
        Ok(reserved)
    }

    /// How much of something was used in this month.
    pub(crate) async fn used_this_month(
        &self,
        workspace: WorkspaceId,
        account: Account,
    ) -> Result<u64, EngineError> {
        Ok(self.tally(Month::of(self.seconds())).await?.used((workspace, account)))
    }

    /// The tokens that the model of a connection read and wrote in this month, and what they cost, in
    /// millionths of the smallest unit of its currency. What is under way is not among them.
    ///
    /// # Errors
    /// [`EngineError::Counting`] if the log could not be counted.
    pub async fn used_of_model(
        &self,
        workspace: WorkspaceId,
        connection: ModelConnectionId,
    ) -> Result<(u64, u64), EngineError> {
        let tokens = self.used_this_month(workspace, Account::ModelTokens(connection)).await?;
        let cost = self.used_this_month(workspace, Account::ModelCost(connection)).await?;
        Ok((tokens, cost))
    }

    /// The refusal that one more of something would meet in this month; none while there is room.
    ///
    /// # Errors
    /// [`EngineError::Counting`] if the log could not be counted.
    pub async fn room_for(
        &self,
        workspace: WorkspaceId,
        limit: Limit,
    ) -> Result<Option<Refusal>, EngineError> {
        let plan = self.plan_of(workspace)?.unwrap_or_default();
        let Some(most) = self.plans().most(&plan, limit) else { return Ok(None) };
        let used = self.used_this_month(workspace, Account::Plan(limit)).await?;
        Ok((used >= most).then(|| limit.refusal(&plan, used, most, Some(self.seconds()))))
    }

    /// The clock's time in whole seconds since 1970.
    fn seconds(&self) -> i64 {
        self.clock().now().0.div_euclid(1_000_000)
    }

    /// The counts of a month, as soon as the log was counted. Until then nothing of a plan with a
    /// limit is on its way to the log: whoever sends waits here.
    async fn tally(&self, month: Month) -> Result<Arc<Tally>, EngineError> {
        let tally = self.begun(month);
        let mut counted = tally.counted.subscribe();
        let outcome = counted.wait_for(Option::is_some).await.map_err(|_| COUNTING)?.clone();
        match outcome {
            Some(Err(cause)) => Err(EngineError::Counting(cause)),
            _ => Ok(tally),
        }
    }

    /// The counts of a month that is being counted or was. One task counts, for all who wait and
    /// whether or not anybody still does; after a failure the next one who asks begins again.
    fn begun(&self, month: Month) -> Arc<Tally> {
        let mut months = self.0.monthly.0.lock();
        if let Some(tally) = months.get(&month).filter(|tally| !tally.has_failed()) {
            return Arc::clone(tally);
        }
        months.retain(|known, _| known.next() >= month);
        let tally = Arc::new(Tally { counts: Mutex::default(), counted: watch::Sender::new(None) });
        months.insert(month, Arc::clone(&tally));
        drop(months);
        let (engine, begun) = (Arc::downgrade(&self.0), Arc::clone(&tally));
        tokio::spawn(async move {
            let counting = tokio::task::spawn_blocking(move || count_in_log(&engine, month));
            begun.settle(counting.await.unwrap_or(Err(COUNTING)));
        });
        tally
    }
}

/// What every workspace used within a month, in one pass. Has the engine only for a stretch of the log
/// at a time, so that it keeps none open that others are done with.
fn count_in_log(engine: &Weak<Inner>, month: Month) -> Result<Counts, EngineError> {
    let engine = || engine.upgrade().map(Engine).ok_or(COUNTING);
    let charging = |row: &EventType| Account::CHARGING.contains(&row.name);
    let types = Event::catalogue().iter().filter(|row| charging(row)).map(|row| row.code).collect();
    let filter = Filter { types, ..Filter::default() };
    let before = Timestamp(month.start().saturating_mul(1_000_000).saturating_sub(1));
    let (head, mut after) = (engine()?.log().head(), engine()?.log().position_at(before)?);
    let mut counts = Counts::default();
    while after < head {
        let (records, upto) = engine()?.log().read(after, BATCH, &filter)?;
        for record in &records {
            let event = Recorded::read(record)?;
            if event.mode != Mode::Live || event.origin != Origin::Live {
                continue;
            }
            let (at, charged) = Account::charged_by(&event.event, event.at.0.div_euclid(1_000_000));
            if Month::of(at) == month {
                for (account, count) in charged {
                    counts.add((event.stream.workspace, account), count);
                }
            }
        }
        after = upto.max(Position(after.0.saturating_add(1)));
    }
    counts.counted_to = Some(after);
    Ok(counts)
}
