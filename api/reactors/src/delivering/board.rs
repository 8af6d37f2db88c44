//! What one endpoint has begun with and not ended, in memory: the durable state and what is ahead of
//! it. Pure: no clock, no log, nothing is sent here.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::delivery::{JobPlace, Made, State, Taken};
use convolog_log::StreamKey;
use uuid::Uuid;

/// In which order an endpoint hears of events.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    /// Strictly one after the other.
    Strict,
    /// Strictly within a stream: a stream that waits holds up only itself.
    Streams,
    /// As fast as possible.
    None,
}

impl Order {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "ordered" => Self::Strict,
            "unordered" => Self::None,
            _ => Self::Streams,
        }
    }
}

/// Where an event stands in its stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Lane {
    pub(super) stream: StreamKey,
    pub(super) version: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// It may be tried from this time on.
    Ready(i64),
    /// It is on its way.
    InFlight,
    /// It is done, or not: the record will tell.
    Ended,
}

#[derive(Clone, Debug)]
struct Entry {
    taken: Taken,
    tries: u16,
    lane: Option<Lane>,
    stage: Stage,
    durable: bool,
}

/// The entries, and what is to be recorded of them.
#[derive(Debug, Default)]
pub(super) struct Board {
    entries: BTreeMap<u64, Entry>,
    settled: Vec<Made>,
    places: BTreeMap<Uuid, u64>,
}

/// What is recorded next.
#[derive(Debug)]
pub(super) struct Harvest {
    pub(super) made: Vec<Made>,
    pub(super) begun: Vec<Taken>,
    pub(super) jobs: Vec<JobPlace>,
}

impl Board {
    /// Events that were begun with and are not recorded as done.
    pub(super) fn unfinished(&self) -> usize {
        self.entries.len() + self.settled.len()
    }

    /// Events that were begun with and stand in no record yet: each record lists those that are left.
    pub(super) fn unrecorded(&self) -> usize {
        self.entries.values().filter(|entry| !entry.durable).count()
    }

    /// How many are on their way: of the endpoint's own, and of redeliveries.
    pub(super) fn in_flight(&self) -> (usize, usize) {
        let flying = || self.entries.values().filter(|entry| entry.stage == Stage::InFlight);
        let jobs = flying().filter(|entry| entry.taken.job.is_some()).count();
        (flying().count() - jobs, jobs)
    }

    /// The oldest event that was begun with and is not done.
    pub(super) fn oldest(&self) -> Option<u64> {
        self.entries.keys().next().copied()
    }

    /// Whether an event is already on its way or waits.
    pub(super) fn has(&self, position: u64) -> bool {
        self.entries.contains_key(&position)
    }

    /// Whether anything of the endpoint's own was begun with and is not done.
    pub(super) fn has_own(&self) -> bool {
        self.entries.values().any(|entry| entry.taken.job.is_none())
    }

    /// Whether anything of a redelivery was begun with and is not done.
    pub(super) fn has_of(&self, job: Uuid) -> bool {
        self.entries.values().any(|entry| entry.taken.job == Some(job))
    }

    /// Whether something holds back a stream.
    pub(super) fn holds(&self, stream: &StreamKey) -> bool {
        self.entries
            .values()
            .any(|entry| entry.taken.holds && entry.lane.is_some_and(|lane| lane.stream == *stream))
    }

    /// An event is begun with; it may be tried at once.
    pub(super) fn begin(&mut self, taken: Taken, lane: Option<Lane>) {
        let entry = Entry { taken, tries: 0, lane, stage: Stage::Ready(0), durable: false };
        self.entries.entry(taken.position).or_insert(entry);
    }

    /// The next one that may be tried at this time. Where order is strict, that is the oldest or
    /// nothing; a redelivery has an order of its own.
    pub(super) fn next_ready(&self, now: i64, order: Order, of_jobs: bool) -> Option<Taken> {
        let mut own = self.entries.values().filter(|entry| entry.taken.job.is_some() == of_jobs);
        let due = |entry: &&Entry| matches!(entry.stage, Stage::Ready(at) if at <= now);
        let found = match order {
            Order::Strict => own.next().filter(due),
            Order::Streams | Order::None => own.find(due),
        };
        found.map(|entry| entry.taken)
    }

    /// It is on its way.
    pub(super) fn start(&mut self, position: u64) {
        if let Some(entry) = self.entries.get_mut(&position) {
            entry.stage = Stage::InFlight;
        }
    }

    /// If nothing follows an attempt that ended so, and it held back a stream: which, and where it
    /// stood. What comes next there must be known before the attempt may end.
    pub(super) fn freed_by(&self, made: &Made) -> Option<Lane> {
        let entry = self.entries.get(&made.what.position)?;
        let over = made.outcome.ends(entry.tries.saturating_add(1));
        entry.lane.filter(|_| over && entry.taken.holds)
    }

    /// An attempt ended.
    pub(super) fn end(&mut self, made: Made) {
        let (position, outcome) = (made.what.position, made.outcome);
        self.settled.push(made);
        let Some(entry) = self.entries.get_mut(&position) else { return };
        entry.stage = Stage::Ended;
        if outcome.ends(entry.tries.saturating_add(1)) {
            self.entries.remove(&position);
        }
    }

    /// An attempt was given up without an outcome: it will be made again, from this time on.
    pub(super) fn give_back(&mut self, position: u64, at: i64) {
        if let Some(entry) = self.entries.get_mut(&position) {
            entry.stage = Stage::Ready(at);
        }
    }

    /// A redelivery has begun with everything up to here.
    pub(super) fn reach(&mut self, job: Uuid, place: u64) {
        self.places.insert(job, place);
    }

    /// How far a redelivery has come in memory.
    pub(super) fn place(&self, job: Uuid) -> Option<u64> {
        self.places.get(&job).copied()
    }

    /// Outcomes that wait to be recorded.
    pub(super) fn settled(&self) -> &[Made] {
        &self.settled
    }

    /// Whether a redelivery came further than is recorded, with nothing under way that will record it.
    pub(super) fn has_news(&self, state: &State) -> bool {
        !self.settled.is_empty() || self.places(state).next().is_some()
    }

    fn places<'a>(&'a self, state: &'a State) -> impl Iterator<Item = JobPlace> + 'a {
        self.places.iter().filter_map(|(job, place)| {
            let known = state.job(*job).filter(|job| job.end.is_none())?;
            (known.place < *place).then_some(JobPlace { job: *job, place: *place })
        })
    }

    /// What is to be recorded now, at most so many outcomes. They stay here until they are.
    pub(super) fn harvest(&mut self, most: usize, state: &State) -> Harvest {
        let made: Vec<Made> = self.settled.drain(..most.min(self.settled.len())).collect();
        let recorded: BTreeSet<u64> = made.iter().map(|made| made.what.position).collect();
        let news = self.entries.values().filter(|entry| !entry.durable);
        let begun = news.filter(|entry| !recorded.contains(&entry.taken.position));
        let begun = begun.map(|entry| entry.taken).collect();
        Harvest { made, begun, jobs: self.places(state).collect() }
    }

    /// It could not be recorded: once more.
    pub(super) fn put_back(&mut self, harvest: Harvest) {
        self.settled.splice(0..0, harvest.made);
    }

    /// It was recorded.
    pub(super) fn recorded(&mut self, harvest: &Harvest, state: &State) {
        for begun in &harvest.begun {
            if let Some(entry) = self.entries.get_mut(&begun.position) {
                entry.durable = true;
            }
        }
        for made in &harvest.made {
            let position = made.what.position;
            let Some(entry) = self.entries.get_mut(&position) else { continue };
            if entry.stage != Stage::Ended {
                continue;
            }
            match state.waiting.get(&position) {
                Some(waiting) => {
                    entry.tries = waiting.tries;
                    entry.stage = Stage::Ready(waiting.next_at);
                    entry.durable = true;
                }
                None => drop(self.entries.remove(&position)),
            }
        }
    }

    /// Takes over what the durable state says and this board does not know: at the start, and after
    /// somebody else wrote. Gives the positions whose place in their streams must be looked up, those
    /// that could not be looked up before among them.
    pub(super) fn sync(&mut self, state: &State) -> Vec<u64> {
        self.entries.retain(|position, entry| {
            let gone = entry.durable && !state.waiting.contains_key(position);
            !(gone && matches!(entry.stage, Stage::Ready(_)))
        });
        for (position, waiting) in &state.waiting {
            if self.entries.contains_key(position)
                || self.settled.iter().any(|made| made.what.position == *position)
            {
                continue;
            }
            let taken = Taken {
                position: *position,
                event: waiting.event,
                code: waiting.code,
                job: waiting.job,
                holds: waiting.holds,
            };
            let entry = Entry {
                taken,
                tries: waiting.tries,
                lane: None,
                stage: Stage::Ready(waiting.next_at),
                durable: true,
            };
            self.entries.insert(*position, entry);
        }
        let lost = |entry: &Entry| entry.taken.holds && entry.lane.is_none();
        let unknown = self.entries.iter().filter(|(_, entry)| lost(entry));
        unknown.map(|(position, _)| *position).collect()
    }

    /// The place of an event in its stream.
    pub(super) fn locate(&mut self, position: u64, lane: Lane) {
        if let Some(entry) = self.entries.get_mut(&position) {
            entry.lane = Some(lane);
        }
    }

    /// When the next one becomes due; none if nothing waits for the clock.
    pub(super) fn next_due(&self, now: i64) -> Option<i64> {
        let times = self.entries.values().filter_map(|entry| match entry.stage {
            Stage::Ready(at) if at > now => Some(at),
            _ => None,
        });
        times.min()
    }
}

#[cfg(test)]
mod tests {
    use convolog_domain::Aggregate;
    use convolog_domain::delivery::{AttemptOutcome, Delivery, RecordAttempts};
    use convolog_domain::{Command, Ctx, Event, WorkspaceId};

    use super::*;

    fn taken(position: u64, holds: bool) -> Taken {
        Taken { position, event: Uuid::from_u128(position.into()), code: 1, job: None, holds }
    }

    fn lane(stream: u128, version: u64) -> Lane {
        let id = Uuid::from_u128(stream);
        Lane { stream: StreamKey { workspace: Uuid::nil(), kind: 8, id }, version }
    }

    fn made(position: u64, holds: bool, outcome: AttemptOutcome) -> Made {
        let what = taken(position, holds);
        crate::delivering::endpoint::unsent(what, 0, outcome)
    }

    /// Records what is to be recorded, as the engine does.
    fn record(board: &mut Board, state: &mut State, cursor: u64) {
        let harvest = board.harvest(100, state);
        let command = RecordAttempts {
            workspace: WorkspaceId::default(),
            cursor,
            made: harvest.made.clone(),
            begun: harvest.begun.clone(),
            jobs: harvest.jobs.clone(),
        };
        for decision in command.decide(state, &mut Ctx::new(0, [7; 32])).unwrap() {
            if let Event::Delivery(event) = decision.event {
                Delivery::evolve(state, &event);
            }
        }
        board.recorded(&harvest, state);
    }

    #[test]
    fn what_holds_back_a_stream_names_it_once_it_is_done() {
        let (mut board, mut state) = (Board::default(), State::default());
        board.begin(taken(5, true), Some(lane(1, 3)));
        assert!(board.holds(&lane(1, 0).stream) && !board.holds(&lane(2, 0).stream));
        board.start(5);
        let rejected = made(5, true, AttemptOutcome::Rejected);
        assert_eq!(board.freed_by(&rejected), None, "it is tried again");
        board.end(rejected);
        record(&mut board, &mut state, 9);
        let due = board.next_due(0).unwrap();
        assert!(
            board.holds(&lane(1, 0).stream)
                && board.next_ready(due - 1, Order::None, false).is_none()
        );
        board.start(board.next_ready(due, Order::None, false).unwrap().position);
        let delivered = made(5, true, AttemptOutcome::Delivered);
        assert_eq!(board.freed_by(&delivered), Some(lane(1, 3)));
        assert!(board.holds(&lane(1, 0).stream), "until it is known what comes next");
        board.end(delivered);
        assert!(!board.holds(&lane(1, 0).stream));
        record(&mut board, &mut state, 9);
        assert_eq!((board.unfinished(), state.waiting.len(), state.cursor), (0, 0, Some(9)));
    }

    #[test]
    fn what_is_under_way_is_recorded_as_begun_and_found_again_by_another_board() {
        let (mut board, mut state) = (Board::default(), State::default());
        for position in [5, 6] {
            board.begin(taken(position, false), None);
            board.start(position);
        }
        board.end(made(6, false, AttemptOutcome::Delivered));
        assert_eq!(board.unrecorded(), 1);
        record(&mut board, &mut state, 6);
        assert_eq!(board.unrecorded(), 0);
        let mut after_a_crash = Board::default();
        after_a_crash.sync(&state);
        assert_eq!(after_a_crash.next_ready(0, Order::Strict, false), Some(taken(5, false)));
        assert!(after_a_crash.has_own() && !after_a_crash.has(6));
    }

    #[test]
    fn strict_order_gives_the_oldest_or_nothing() {
        let mut board = Board::default();
        for position in [5, 6] {
            board.begin(taken(position, false), None);
        }
        board.start(5);
        assert_eq!(board.next_ready(0, Order::Strict, false), None);
        assert_eq!(board.next_ready(0, Order::None, false), Some(taken(6, false)));
        board.give_back(5, 3);
        assert_eq!(board.next_ready(2, Order::Strict, false), None, "it rests");
        assert_eq!(board.next_ready(3, Order::Strict, false), Some(taken(5, false)));
    }

    #[test]
    fn where_an_event_stands_is_asked_for_until_it_is_known() {
        let (mut board, mut state) = (Board::default(), State::default());
        board.begin(taken(5, true), Some(lane(1, 3)));
        board.start(5);
        board.end(made(5, true, AttemptOutcome::Rejected));
        record(&mut board, &mut state, 9);
        let mut after_a_crash = Board::default();
        assert_eq!(after_a_crash.sync(&state), [5]);
        // It could not be read: without it nobody would know what it holds back.
        assert_eq!(after_a_crash.sync(&state), [5]);
        after_a_crash.locate(5, lane(1, 3));
        assert_eq!(after_a_crash.sync(&state), [0; 0]);
    }
}
