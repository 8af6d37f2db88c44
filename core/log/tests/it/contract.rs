//! What every [`EventLog`] promises, tried on each backend.

use convolog_log::{
    AppendError, Clash, Commit, Condition, EventLog, Filter, Frontier, Holder, Position, Timestamp,
};
use uuid::Uuid;

use crate::support::{Opened, WORKSPACE, all, claim, commit, commit_if, event, positions, stream};

macro_rules! on_every_backend {
    ($($name:ident),* $(,)?) => {
        mod on_memory {
            $(#[test] fn $name() { super::$name(&super::Opened::memory()); })*
        }
        mod on_sled {
            $(#[test] fn $name() { super::$name(&super::Opened::sled()); })*
        }
        /// Volumes close all the time, so that most of what is asked lies in closed ones.
        mod on_small_volumes {
            $(#[test] fn $name() {
                super::$name(&super::Opened::sled_with(|o| o.volume_bytes = 1_500));
            })*
        }
        mod on_sled_with_raw_blocks {
            $(#[test] fn $name() {
                super::$name(&super::Opened::sled_with(|o| o.codec = convolog_log::Codec::Raw));
            })*
        }
    };
}

on_every_backend!(
    an_empty_log_has_nothing,
    positions_are_dense_and_versions_count_per_stream,
    times_never_go_back,
    a_condition_on_a_stream_is_judged,
    a_refused_commit_leaves_nothing_behind,
    a_claim_is_held_and_names_its_holder,
    a_claim_that_is_given_back_can_be_taken_again,
    a_clash_drops_only_its_event,
    an_event_that_is_dropped_does_not_want_its_other_claims,
    claims_clash_within_a_commit,
    a_commit_of_dropped_events_only_is_fine,
    a_commit_of_conditions_only_is_judged,
    two_racing_commits_have_one_winner,
    a_huge_commit_is_one_commit,
    large_records_come_back_whole,
    a_commit_over_the_limit_is_refused,
    filters_select,
    reading_goes_on_where_it_stopped,
    a_stream_is_read_from_a_version,
    the_position_at_a_time_is_found,
    the_root_is_that_of_all_leaves,
    the_root_at_a_position_is_the_one_of_then,
    the_head_can_be_watched,
);

fn an_empty_log_has_nothing(it: &Opened) {
    let log = &*it.log;
    assert_eq!(log.head(), Position::START);
    assert_eq!(all(log), []);
    assert_eq!(log.get(Position(0)).unwrap(), None);
    assert_eq!(log.get(Position(1)).unwrap(), None);
    assert_eq!(log.stream_version(&stream(1)).unwrap(), 0);
    assert_eq!(log.holder(&claim(1)).unwrap(), None);
    assert_eq!(log.position_at(Timestamp(i64::MAX)).unwrap(), Position::START);
    assert_eq!(log.root(), (0, Frontier::default().root()));
    let (records, next) = log.read(Position::START, 10, &Filter::default()).unwrap();
    assert_eq!((records, next), (Vec::new(), Position::START));
}

fn positions_are_dense_and_versions_count_per_stream(it: &Opened) {
    for round in 0..20_u64 {
        let done = it.append(commit([event(1), event(2).kind(9), event(1)]));
        let headers: Vec<_> = done.outcomes.into_iter().map(Result::unwrap).collect();
        let first = round * 3 + 1;
        assert_eq!(
            headers.iter().map(|h| h.position.0).collect::<Vec<_>>(),
            [first, first + 1, first + 2]
        );
        assert_eq!(headers.iter().map(|h| h.index).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(
            headers.iter().map(|h| h.version).collect::<Vec<_>>(),
            [round * 2 + 1, round + 1, round * 2 + 2]
        );
        assert_eq!(done.position, Position(first + 2));
        assert_eq!(it.log.head(), Position(first + 2));
    }
    let records = all(&*it.log);
    assert_eq!(positions(&records), (1..=60).collect::<Vec<_>>());
    assert_eq!(it.log.stream_version(&stream(1)).unwrap(), 40);
    for record in &records {
        assert_eq!(it.log.get(record.header.position).unwrap().as_ref(), Some(record));
        let body = record.decode().unwrap();
        assert_eq!(body.payload.as_ref(), b"payload");
        assert_eq!(body.stream, record.stream().unwrap());
    }
}

fn times_never_go_back(it: &Opened) {
    it.clock.set(Timestamp(5_000));
    assert_eq!(it.append(commit([event(1)])).recorded_at, Timestamp(5_000));
    it.clock.set(Timestamp(4_000));
    assert_eq!(it.append(commit([event(1)])).recorded_at, Timestamp(5_000));
    it.clock.set(Timestamp(6_000));
    assert_eq!(it.append(commit([event(1)])).recorded_at, Timestamp(6_000));
    let times: Vec<i64> = all(&*it.log).iter().map(|r| r.header.recorded_at.0).collect();
    assert_eq!(times, [5_000, 5_000, 6_000]);
}

fn a_condition_on_a_stream_is_judged(it: &Opened) {
    let at = |version| Condition::StreamAt(stream(1), version);
    it.append(commit_if([at(0)], [event(1)]));
    let error = it.log.append(commit_if([at(0)], [event(1)])).wait().unwrap_err();
    assert!(
        matches!(error, AppendError::WrongVersion { expected: 0, actual: 1, stream: s } if s == stream(1)),
        "{error}"
    );
    it.append(commit_if([at(1), Condition::StreamAt(stream(2), 0)], [event(1)]));
    assert_eq!(it.log.stream_version(&stream(1)).unwrap(), 2);
}

fn a_refused_commit_leaves_nothing_behind(it: &Opened) {
    it.append(commit([event(1).holds(1)]));
    let fails = commit([event(2).holds(2), event(3).releases(1), event(4).holds(2)]);
    assert!(it.log.append(fails).wait().is_err());
    assert_eq!(it.log.head(), Position(1));
    assert_eq!(it.log.holder(&claim(2)).unwrap(), None);
    assert_eq!(it.log.stream_version(&stream(2)).unwrap(), 0);
    // The release was part of what was refused.
    assert!(it.log.append(commit([event(5).holds(1)])).wait().is_err());
    let done = it.append(commit([event(2).holds(2)]));
    assert_eq!(done.outcomes[0].unwrap().version, 1);
    assert_eq!(done.position, Position(2));
}

fn holder(stream_id: u128, position: u64) -> Holder {
    Holder { stream: stream(stream_id), position: Position(position), synced: true }
}

fn a_claim_is_held_and_names_its_holder(it: &Opened) {
    it.append(commit([event(1), event(2).holds(1)]));
    assert_eq!(it.log.holder(&claim(1)).unwrap(), Some(holder(2, 2)));
    assert_eq!(it.log.holder(&claim(2)).unwrap(), None);
    let expected = Clash { claim: claim(1), holder: holder(2, 2) };
    for refused in [commit([event(3).holds(1)]), commit_if([Condition::Free(claim(1))], [event(3)])]
    {
        let error = it.log.append(refused).wait().unwrap_err();
        assert!(matches!(error, AppendError::Clash(clash) if clash == expected), "{error}");
    }
    it.append(commit_if([Condition::Free(claim(2))], [event(3)]));
}

fn a_claim_that_is_given_back_can_be_taken_again(it: &Opened) {
    it.append(commit([event(1).holds(1)]));
    it.append(commit([event(1).releases(1)]));
    assert_eq!(it.log.holder(&claim(1)).unwrap(), None);
    it.append(commit([event(2).holds(1)]));
    assert_eq!(it.log.holder(&claim(1)).unwrap(), Some(holder(2, 3)));
    // Within one commit, and nobody minds a release of what nobody holds.
    it.append(commit([event(3).releases(1).releases(99), event(4).holds(1)]));
    assert_eq!(it.log.holder(&claim(1)).unwrap(), Some(holder(4, 5)));
}

fn a_clash_drops_only_its_event(it: &Opened) {
    it.append(commit([event(1).holds(1)]));
    let done = it.append(commit([event(2), event(3).holds(1).or_drops(), event(4)]));
    let [first, dropped, last] = done.outcomes.as_slice() else { panic!("three outcomes") };
    assert_eq!(first.unwrap().position, Position(2));
    assert_eq!(dropped.unwrap_err().holder, holder(1, 1));
    assert_eq!(last.unwrap().position, Position(3));
    assert_eq!(last.unwrap().index, 1, "indexes are dense over what was written");
    assert_eq!(it.log.stream_version(&stream(3)).unwrap(), 0);
}

fn an_event_that_is_dropped_does_not_want_its_other_claims(it: &Opened) {
    it.append(commit([event(1).holds(1).holds(2)]));
    let draft = |hashes: [u64; 3]| {
        let body = event(2).holds(hashes[0]).holds(hashes[1]).holds(hashes[2]).body;
        let on_clash = |hash: &convolog_log::ClaimHash| {
            if *hash == claim(2) {
                convolog_log::OnClash::Drop
            } else {
                convolog_log::OnClash::Fail
            }
        };
        convolog_log::Draft::new(&body, on_clash).unwrap()
    };
    // Claim 1 alone would fail the commit; claim 2 drops the event, whatever the order.
    for order in [[1, 2, 3], [2, 1, 3], [3, 2, 1]] {
        let done = it.append(Commit { conditions: Vec::new(), drafts: vec![draft(order)] });
        assert_eq!(done.outcomes[0].unwrap_err().claim, claim(2));
        assert_eq!(it.log.holder(&claim(3)).unwrap(), None);
    }
    assert_eq!(it.log.head(), Position(1));
}

fn claims_clash_within_a_commit(it: &Opened) {
    let error = it.log.append(commit([event(1).holds(1), event(2).holds(1)])).wait().unwrap_err();
    let AppendError::Clash(clash) = error else { panic!("{error}") };
    assert!(!clash.holder.synced);
    assert_eq!(clash.holder.stream, stream(1));
    let done = it.append(commit([event(1).holds(1), event(2).holds(1).or_drops()]));
    assert_eq!(done.outcomes[1].unwrap_err().holder.position, Position(1));
    assert_eq!(it.log.head(), Position(1));
}

fn a_commit_of_dropped_events_only_is_fine(it: &Opened) {
    it.append(commit([event(1).holds(1)]));
    it.append(commit([event(1)]));
    let done = it.append(commit([event(2).holds(1).or_drops()]));
    assert!(done.outcomes[0].is_err());
    assert_eq!(done.position, Position(1), "it relies on the holder");
    assert_eq!(it.log.head(), Position(2));
}

fn a_commit_of_conditions_only_is_judged(it: &Opened) {
    it.append(commit([event(1)]));
    let done = it.append(commit_if([Condition::StreamAt(stream(1), 1)], []));
    assert_eq!((done.outcomes.len(), done.position), (0, Position(1)));
    let refused = commit_if([Condition::StreamAt(stream(1), 0)], []);
    assert!(it.log.append(refused).wait().is_err());
    assert_eq!(it.append(Commit::default()).position, Position::START);
}

fn two_racing_commits_have_one_winner(it: &Opened) {
    for round in 0..20_u64 {
        let acks: Vec<_> = (0..8)
            .map(|n| {
                let held = event(n + 1).holds(round);
                it.log
                    .append(commit_if([Condition::StreamAt(stream(50), round)], [held, event(50)]))
            })
            .collect();
        let won = acks.into_iter().flat_map(convolog_log::Ack::wait).count();
        assert_eq!(won, 1, "round {round}");
        assert_eq!(it.log.head(), Position((round + 1) * 2));
    }
}

fn a_huge_commit_is_one_commit(it: &Opened) {
    it.append(commit([event(1)]));
    let huge = (0..1_500_u128).map(|n| event(n % 7).payload(vec![9; 300]));
    let done = it.append(commit(huge));
    assert_eq!(done.position, Position(1_501));
    it.append(commit([event(1)]));
    let records = all(&*it.log);
    assert_eq!(positions(&records), (1..=1_502).collect::<Vec<_>>());
    let indexes: Vec<u32> = records[1..=1_500].iter().map(|r| r.header.index).collect();
    assert_eq!(indexes, (0..1_500).collect::<Vec<_>>());
    assert_eq!(records[1_501].header.index, 0);
}

fn large_records_come_back_whole(it: &Opened) {
    let payload =
        |n: u8, len: usize| (0..=250_u8).cycle().map(|at| at ^ n).take(len).collect::<Vec<u8>>();
    it.append(commit((0..9).map(|n| event(1).payload(payload(n, 20_000)))));
    it.append(commit([event(1).payload(payload(77, 23_000))]));
    let records = all(&*it.log);
    assert_eq!(records.len(), 10);
    for (n, record) in (0..).zip(&records[..9]) {
        assert_eq!(record.decode().unwrap().payload, payload(n, 20_000));
    }
    assert_eq!(records[9].decode().unwrap().payload, payload(77, 23_000));
}

fn a_commit_over_the_limit_is_refused(it: &Opened) {
    let draft = event(1).payload(vec![1; 23_000]).draft();
    let drafts = vec![draft; convolog_log::MAX_COMMIT_BYTES / 23_000 + 1];
    let error = it.log.append(Commit { conditions: Vec::new(), drafts }).wait().unwrap_err();
    assert!(matches!(error, AppendError::Invalid(_)), "{error}");
    assert_eq!(it.append(commit([event(1)])).position, Position(1));
}

fn filters_select(it: &Opened) {
    it.append(commit([event(1).kind(1), event(2).kind(2), event(1).kind(3)]));
    it.append(commit([event(1).workspace(9).kind(1), event(2).kind(1), event(1).kind(1)]));
    let read = |filter: &Filter| {
        let (records, next) = it.log.read(Position::START, 100, filter).unwrap();
        assert_eq!(next, Position(6));
        positions(&records)
    };
    let filter = Filter::default();
    assert_eq!(read(&filter), [1, 2, 3, 4, 5, 6]);
    assert_eq!(read(&Filter { types: vec![1], ..filter.clone() }), [1, 4, 5, 6]);
    assert_eq!(read(&Filter { types: vec![2, 3], ..filter.clone() }), [2, 3]);
    assert_eq!(read(&Filter { workspace: Some(WORKSPACE), ..filter.clone() }), [1, 2, 3, 5, 6]);
    assert_eq!(read(&Filter { workspace: Some(Uuid::from_u128(9)), ..filter.clone() }), [4]);
    let of_stream = Filter { stream: Some(stream(1)), ..filter.clone() };
    assert_eq!(read(&of_stream), [1, 3, 6]);
    assert_eq!(read(&Filter { types: vec![1], ..of_stream.clone() }), [1, 6]);
    assert_eq!(
        read(&Filter { workspace: Some(Uuid::from_u128(9)), ..of_stream }),
        Vec::<u64>::new()
    );
}

fn reading_goes_on_where_it_stopped(it: &Opened) {
    it.append(commit((0..30_u16).map(|n| event(u128::from(n) % 3).kind(n % 2))));
    for filter in [
        Filter::default(),
        Filter { types: vec![1], ..Filter::default() },
        Filter { stream: Some(stream(2)), ..Filter::default() },
        Filter { stream: Some(stream(2)), types: vec![0], ..Filter::default() },
    ] {
        let (whole, _) = it.log.read(Position::START, 100, &filter).unwrap();
        let mut pieces = Vec::new();
        let mut after = Position::START;
        while after < it.log.head() {
            let (some, next) = it.log.read(after, 4, &filter).unwrap();
            assert!(some.len() <= 4 && next > after);
            pieces.extend(some);
            after = next;
        }
        assert_eq!(positions(&pieces), positions(&whole), "{filter:?}");
    }
    assert_eq!(it.log.read(Position(30), 4, &Filter::default()).unwrap(), (vec![], Position(30)));
}

fn a_stream_is_read_from_a_version(it: &Opened) {
    for _ in 0..10 {
        it.append(commit([event(1), event(2)]));
    }
    let versions = |after, limit| -> Vec<u64> {
        let records = it.log.read_stream(&stream(2), after, limit).unwrap();
        assert!(records.iter().all(|record| record.stream().unwrap() == stream(2)));
        records.iter().map(|record| record.header.version).collect()
    };
    assert_eq!(versions(0, 100), (1..=10).collect::<Vec<_>>());
    assert_eq!(versions(4, 3), [5, 6, 7]);
    assert_eq!(versions(9, 3), [10]);
    assert_eq!(versions(10, 3), Vec::<u64>::new());
    assert_eq!(versions(0, 0), Vec::<u64>::new());
    assert_eq!(it.log.read_stream(&stream(3), 0, 9).unwrap(), []);
}

fn the_position_at_a_time_is_found(it: &Opened) {
    for second in 1..=20 {
        it.clock.set(Timestamp(second * 1_000_000));
        it.append(commit([event(1), event(2)]));
    }
    let at = |micros| it.log.position_at(Timestamp(micros)).unwrap();
    assert_eq!(at(999_999), Position::START);
    assert_eq!(at(1_000_000), Position(2));
    assert_eq!(at(1_999_999), Position(2));
    assert_eq!(at(7_500_000), Position(14));
    assert_eq!(at(20_000_000), Position(40));
    assert_eq!(at(i64::MAX), Position(40));
}

fn the_root_is_that_of_all_leaves(it: &Opened) {
    let mut frontier = Frontier::default();
    for round in 0..5 {
        it.append(commit((0..round * 40).map(event)));
        for record in all(&*it.log).iter().skip(usize::try_from(frontier.size()).unwrap()) {
            frontier.push(record.leaf());
        }
        assert_eq!(it.log.root(), (frontier.size(), frontier.root()));
        assert_eq!(it.log.head().0, frontier.size());
    }
}

fn the_root_at_a_position_is_the_one_of_then(it: &Opened) {
    for _ in 0..15 {
        it.append(commit((0..40).map(event)));
    }
    let mut frontier = Frontier::default();
    assert_eq!(it.log.root_at(Position::START).unwrap(), Some(frontier.root()));
    for record in all(&*it.log) {
        frontier.push(record.leaf());
        let then = it.log.root_at(record.header.position).unwrap();
        assert_eq!(then, Some(frontier.root()), "at {}", record.header.position);
    }
    assert_eq!(it.log.root_at(Position(601)).unwrap(), None);
}

fn the_head_can_be_watched(it: &Opened) {
    let mut watch = it.log.watch();
    assert_eq!(*watch.borrow_and_update(), Position::START);
    it.append(commit([event(1), event(2)]));
    assert!(watch.has_changed().unwrap());
    assert_eq!(*watch.borrow_and_update(), Position(2));
    let log: &dyn EventLog = &*it.log;
    assert_eq!(log.head(), Position(2));
}
