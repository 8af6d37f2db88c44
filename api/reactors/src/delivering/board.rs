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

    /// How many are on their way: of the endpoint's own, and of redeliveries.
    pub(super) fn in_flight(&self) -> (usize, usize) {
        let flying = || self.entries.values().filter(|entry| entry.stage == Stage::InFlight);
        let jobs = flying().filter(|entry| entry.taken.job.is_some()).count();
        (flying().count() - jobs, jobs)
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

    /// An attempt ended. If nothing follows it and it held back a stream, says which, and where it
    /// stood.
    pub(super) fn end(&mut self, made: Made) -> Option<Lane> {
        let position = made.what.position;
        let outcome = made.outcome;
        self.settled.push(made);
        let entry = self.entries.get_mut(&position)?;
        entry.stage = Stage::Ended;
        if !outcome.ends(entry.tries.saturating_add(1)) {
            return None;
        }
        self.entries.remove(&position).filter(|entry| entry.taken.holds)?.lane
    }

    /// An attempt was given up without an outcome: it will be made again.
    pub(super) fn give_back(&mut self, position: u64) {
        if let Some(entry) = self.entries.get_mut(&position) {
            entry.stage = Stage::Ready(0);
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
    /// somebody else wrote. Gives the positions whose place in their streams must be looked up.
    pub(super) fn sync(&mut self, state: &State) -> Vec<u64> {
        self.entries.retain(|position, entry| {
            let gone = entry.durable && !state.waiting.contains_key(position);
            !(gone && matches!(entry.stage, Stage::Ready(_)))
        });
        let mut unknown = Vec::new();
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
            if waiting.holds {
                unknown.push(*position);
            }
        }
        unknown
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
