//! Random histories against a model so simple that it can be seen to be right.

use std::collections::BTreeMap;

use convolog_log::{Condition, EventLog, Filter, Position, SledLog};
use proptest::prelude::*;

use crate::support::{Disk, Event, all, claim, commit_if, event, positions, stream};

#[derive(Clone, Debug)]
enum Change {
    Hold(u64),
    Release(u64),
}

#[derive(Clone, Debug)]
struct Draft {
    stream: u128,
    changes: Vec<Change>,
    drops: bool,
    size: usize,
}

#[derive(Clone, Debug)]
enum Op {
    Append { at: Option<(u128, u64)>, free: Option<u64>, drafts: Vec<Draft> },
    CloseVolume,
    Reopen,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![3 => (0..8_u64).prop_map(Change::Hold), 1 => (0..8_u64).prop_map(Change::Release)]
}

fn draft() -> impl Strategy<Value = Draft> {
    let size = prop_oneof![4 => 0..200_usize, 1 => 8_000..20_000_usize];
    (0..4_u128, prop::collection::vec(change(), 0..3), any::<bool>(), size)
        .prop_map(|(stream, changes, drops, size)| Draft { stream, changes, drops, size })
}

fn op() -> impl Strategy<Value = Op> {
    let at = prop::option::weighted(0.3, (0..4_u128, 0..6_u64));
    let append = (at, prop::option::weighted(0.1, 0..8_u64), prop::collection::vec(draft(), 0..6))
        .prop_map(|(at, free, drafts)| Op::Append { at, free, drafts });
    prop_oneof![20 => append, 2 => Just(Op::CloseVolume), 1 => Just(Op::Reopen)]
}

/// What should be: streams by position, and who holds what.
#[derive(Clone, Default, PartialEq, Debug)]
struct Model {
    streams: Vec<u128>,
    claims: BTreeMap<u64, u64>,
}

impl Model {
    fn version(&self, stream: u128) -> u64 {
        u64::try_from(self.streams.iter().filter(|of| **of == stream).count()).unwrap()
    }

    /// The position of each draft, or `None` where it is dropped; `None` if all is refused.
    fn append(
        &mut self,
        at: Option<(u128, u64)>,
        free: Option<u64>,
        drafts: &[Draft],
    ) -> Option<Vec<Option<u64>>> {
        let before = self.clone();
        let refused = at.is_some_and(|(stream, version)| self.version(stream) != version)
            || free.is_some_and(|claim| self.claims.contains_key(&claim));
        let outcomes = (!refused).then(|| drafts.iter().map(|draft| self.draft(draft)).collect());
        let outcomes: Option<Result<Vec<_>, ()>> = outcomes;
        let outcomes = outcomes.and_then(Result::ok);
        if outcomes.is_none() {
            *self = before;
        }
        outcomes
    }

    fn draft(&mut self, draft: &Draft) -> Result<Option<u64>, ()> {
        let position = u64::try_from(self.streams.len()).unwrap() + 1;
        let mut claims = self.claims.clone();
        for change in &draft.changes {
            match change {
                Change::Release(id) => drop(claims.remove(id)),
                Change::Hold(id) => {
                    if claims.insert(*id, position).is_some() {
                        return if draft.drops { Ok(None) } else { Err(()) };
                    }
                }
            }
        }
        self.claims = claims;
        self.streams.push(draft.stream);
        Ok(Some(position))
    }
}

fn event_of(draft: &Draft) -> Event {
    let mut made = event(draft.stream).payload(vec![0xA5; draft.size]);
    for change in &draft.changes {
        made = match change {
            Change::Hold(id) => made.holds(*id),
            Change::Release(id) => made.releases(*id),
        };
    }
    if draft.drops { made.or_drops() } else { made }
}

fn compare(log: &SledLog, model: &Model) {
    let records = all(log);
    let streams: Vec<_> = records.iter().map(|record| record.stream().unwrap()).collect();
    assert_eq!(streams, model.streams.iter().map(|id| stream(*id)).collect::<Vec<_>>());
    assert_eq!(positions(&records), (1..).take(streams.len()).collect::<Vec<_>>());
    for id in 0..8 {
        let holder = log.holder(&claim(id)).unwrap().map(|holder| holder.position.0);
        assert_eq!(holder, model.claims.get(&id).copied(), "claim {id}");
    }
    for id in 0..4 {
        let expected: Vec<_> =
            records.iter().filter(|r| r.stream().unwrap() == stream(id)).cloned().collect();
        assert_eq!(log.read_stream(&stream(id), 0, 10_000).unwrap(), expected);
        assert_eq!(log.stream_version(&stream(id)).unwrap(), model.version(id));
        let filter = Filter { stream: Some(stream(id)), ..Filter::default() };
        assert_eq!(log.read(Position::START, 10_000, &filter).unwrap().0, expected);
    }
    let report = log.verify(&mut |_, _| ());
    assert_eq!(report.problem, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_log_does_what_the_model_does(ops in prop::collection::vec(op(), 1..40)) {
        let disk = Disk::new();
        let mut log = disk.open();
        let mut model = Model::default();
        for op in ops {
            match op {
                Op::Append { at, free, drafts } => {
                    let conditions = [
                        at.map(|(id, version)| Condition::StreamAt(stream(id), version)),
                        free.map(|id| Condition::Free(claim(id))),
                    ];
                    let commit = commit_if(conditions.into_iter().flatten(), drafts.iter().map(event_of));
                    let answer = log.append(commit).wait().ok();
                    let outcomes = answer.map(|committed| {
                        let outcomes = committed.outcomes.into_iter();
                        outcomes.map(|one| one.ok().map(|header| header.position.0)).collect()
                    });
                    prop_assert_eq!(outcomes, model.append(at, free, &drafts));
                }
                Op::CloseVolume => log.close_volume().unwrap(),
                Op::Reopen => {
                    drop(log);
                    log = disk.open();
                }
            }
        }
        compare(&log, &model);
        drop(log);
        compare(&disk.open(), &model);
    }
}
