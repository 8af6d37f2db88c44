//! Buckets equal a naive recount, now and as of any position, however often events are applied.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::contact::ContactCreated;
use convolog_domain::conversation::{
    ConversationClosed, ConversationOpened, ConversationReopened, Direction, MessageEnriched,
    MessageReceived, MessageRequested,
};
use convolog_domain::{ChannelId, Event, StreamKind};
use convolog_log::{EventLog, Mode, Origin, Position};
use proptest::prelude::*;
use uuid::Uuid;

use super::world::{
    NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, facts,
    message, run, status,
};
use crate::analytics::{Analytics, AnalyticsQuery, HOUR, Hourly, Traffic, Volumes};
use crate::store::MemoryStore;
use crate::{Batch, QueryError, ReadModels};

const TRAFFICS: [Traffic; 3] = [Traffic::Live, Traffic::Test, Traffic::Imported];

/// What can happen.
#[derive(Clone, Copy, PartialEq, Debug)]
enum What {
    Opened,
    Created,
    Asked(i64),
    Echoed(i64),
    Requested,
    Became(&'static str),
    Enriched,
    Called,
    Closed,
    Reopened,
}

/// Something that happened, as the recount remembers it.
#[derive(Clone, Copy, Debug)]
struct Told {
    position: Position,
    at: i64,
    who: u128,
    traffic: Traffic,
    what: What,
}

fn channel(who: u128) -> ChannelId {
    ChannelId(Uuid::from_u128(0xC0 + who % 2))
}

fn what() -> impl Strategy<Value = What> {
    let early = -9_000..=0_i64;
    prop_oneof![
        3 => early.clone().prop_map(What::Asked),
        1 => early.prop_map(What::Echoed),
        2 => Just(What::Requested),
        2 => prop::sample::select(vec!["sent", "delivered", "read", "failed", "warning"])
            .prop_map(What::Became),
        1 => Just(What::Enriched),
        1 => Just(What::Called),
        1 => Just(What::Created),
        1 => Just(What::Closed),
        1 => Just(What::Reopened),
    ]
}

/// Steps: seconds that pass, with whom, what.
fn steps() -> impl Strategy<Value = Vec<(i64, u128, Traffic, What)>> {
    let passes = prop::sample::select(vec![0, 0, 7, 600, 3_500, 90_000, 500_000]);
    let traffic = prop_oneof![6 => Just(Traffic::Live), 1 => Just(Traffic::Test), 1 => Just(Traffic::Imported)];
    prop::collection::vec((passes, 0..4_u128, traffic, what()), 1..60)
}

/// Tells the steps to a world. Whoever is met for the first time opens a conversation.
fn tell(world: &mut World, steps: &[(i64, u128, Traffic, What)], told: &mut Vec<Told>) {
    for (passes, who, traffic, what) in steps.iter().copied() {
        world.clock.advance_micros(passes * 1_000_000);
        world.origin = Origin::Live;
        world.mode = Mode::Live;
        if !told.iter().any(|known| known.who == who && known.what == What::Opened) {
            record(world, who, Traffic::Live, What::Opened, told);
        }
        match traffic {
            Traffic::Live => {}
            Traffic::Test => world.mode = Mode::Test,
            Traffic::Imported => world.origin = Origin::HistoryImport,
        }
        record(world, who, traffic, what, told);
    }
}

fn record(world: &World, who: u128, traffic: Traffic, what: What, told: &mut Vec<Told>) {
    let at = convolog_log::Clock::now(&*world.clock).0.div_euclid(1_000_000);
    let said = |direction, early: i64| {
        let mut facts = facts(who, at + early);
        facts.direction = direction;
        MessageReceived { facts }
    };
    let event: Event = match what {
        What::Created => {
            let id = Uuid::from_u128(0xA_0000 + u128::from(world.log.head().0));
            let position = world.put(StreamKind::Contact, id, ContactCreated {}, None);
            return told.push(Told { position, at, who, traffic, what });
        }
        What::Opened => {
            ConversationOpened { channel: channel(who), contact: contact(who), agent: None }.into()
        }
        What::Asked(early) => said(Direction::Inbound, early).into(),
        What::Echoed(early) => said(Direction::Outbound, early).into(),
        What::Requested => {
            MessageRequested { message: message(who), kind: "text".into(), requested_at: at }.into()
        }
        What::Closed => ConversationClosed { assignee: None }.into(),
        What::Reopened => ConversationReopened { assignee: None, message: None }.into(),
        What::Enriched => MessageEnriched { facts: facts(who, at) }.into(),
        What::Became(name) => {
            let mut became = status(who, name, at);
            became.channel = channel(who);
            became.into()
        }
        What::Called => {
            let mut became = status(who, "sent", at);
            (became.channel, became.call) = (channel(who), true);
            became.into()
        }
    };
    let position = world.put(StreamKind::Conversation, conversation(who).0, event, None);
    told.push(Told { position, at, who, traffic, what });
}

/// Counted by hand: volumes, answers and seconds waited, by hour and channel.
type Recount = BTreeMap<(i64, Option<ChannelId>), (Volumes, u64, u64)>;

fn recount(told: &[Told], traffic: Traffic, hours: std::ops::Range<i64>) -> Recount {
    let mut counts = Recount::new();
    let mut waiting: BTreeMap<u128, Vec<(i64, i64)>> = BTreeMap::new();
    let week = |second: i64| second.div_euclid(7 * 24 * HOUR);
    for told in told.iter().filter(|told| told.traffic == traffic) {
        let place = (told.what != What::Created).then(|| channel(told.who));
        let mut count = (Volumes::default(), 0, 0);
        let mut answered = None;
        match told.what {
            What::Created => count.0.contacts_created = 1,
            What::Opened => count.0.conversations_opened = 1,
            What::Closed => count.0.conversations_closed = 1,
            What::Reopened => count.0.conversations_reopened = 1,
            What::Asked(early) => {
                count.0.inbound = 1;
                waiting.entry(told.who).or_default().push((told.at, told.at + early));
            }
            What::Echoed(early) => {
                count.0.outbound = 1;
                answered = Some(told.at + early);
            }
            What::Requested => {
                (count.0.outbound, count.0.requested) = (1, 1);
                answered = Some(told.at);
            }
            What::Became("sent") => count.0.sent = 1,
            What::Became("delivered") => count.0.delivered = 1,
            What::Became("read") => count.0.read = 1,
            What::Became("failed") => count.0.failed = 1,
            What::Became(_) | What::Enriched | What::Called => continue,
        }
        if let Some(said) = answered {
            let open = waiting.remove(&told.who).unwrap_or_default();
            let recent = open.iter().filter(|(at, _)| week(*at) >= week(told.at) - 1);
            if let Some(asked) = recent.map(|(_, asked)| *asked).min() {
                (count.1, count.2) = (1, u64::try_from(said - asked).unwrap_or(0));
            }
        }
        let hour = told.at.div_euclid(HOUR);
        if hours.contains(&hour) {
            let sum = counts.entry((hour, place)).or_default();
            sum.0 += count.0;
            (sum.1, sum.2) = (sum.1 + count.1, sum.2 + count.2);
        }
    }
    counts
}

fn summed(hourly: &Hourly) -> Recount {
    let of = |bucket: &crate::analytics::Bucket| {
        assert_eq!(bucket.waits.lengths.values().sum::<u64>(), bucket.waits.answers);
        (bucket.volumes, bucket.waits.answers, bucket.waits.seconds)
    };
    hourly.iter().map(|(place, bucket)| (*place, of(bucket))).collect()
}

fn all(traffic: Traffic) -> AnalyticsQuery {
    let (from, to) = (NOW / HOUR - 9, NOW / HOUR + 24 * 400);
    AnalyticsQuery { workspace: WORKSPACE, from, to, traffic, channel: None }
}

/// The answers are the recount's, now and as of each of some positions.
fn assert_counts(models: &ReadModels, told: &[Told], cuts: &BTreeSet<usize>) {
    let head = models.log().head();
    for traffic in TRAFFICS {
        let query = all(traffic);
        let now = models.now().hourly(&query).unwrap();
        assert_eq!(summed(&now), recount(told, traffic, query.from..query.to));
        let then = run(models.as_of(head, PATIENCE)).unwrap().hourly(&query).unwrap();
        assert_eq!(then, now, "as of the head is now");
        for cut in cuts {
            let (known, _) = told.split_at(*cut);
            let position = known.last().map_or(Position::START, |told| told.position);
            let then = run(models.as_of(position, PATIENCE)).unwrap().hourly(&query).unwrap();
            assert_eq!(
                summed(&then),
                recount(known, traffic, query.from..query.to),
                "at {position}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn buckets_equal_a_recount_now_and_as_of_any_position(
        (early, late) in (steps(), steps()),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 4),
        window in (0..24 * 60_i64, 1..24 * 20_i64),
    ) {
        let (mut world, dir) = (World::new(), tempfile::tempdir().unwrap());
        let mut told = Vec::new();
        tell(&mut world, &early, &mut told);
        let models = world.models(dir.path());
        tell(&mut world, &late, &mut told);
        world.catch_up(&models);
        assert_rebuilds_the_same(&models);
        let cuts = cuts.iter().map(|cut| cut.index(told.len() + 1)).collect();
        assert_counts(&models, &told, &cuts);
        // A part of the time, of one channel.
        let from = NOW / HOUR + window.0;
        let query = AnalyticsQuery {
            from, to: from + window.1, channel: Some(channel(1)), ..all(Traffic::Live)
        };
        let mut expected = recount(&told, Traffic::Live, from..query.to);
        expected.retain(|(_, place), _| *place == query.channel);
        prop_assert_eq!(summed(&models.now().hourly(&query).unwrap()), expected);
    }

    #[test]
    fn applying_events_again_counts_nothing_twice(
        steps in steps(),
        from in any::<prop::sample::Index>(),
        size in 1..9_usize,
    ) {
        let (mut world, mut told) = (World::new(), Vec::new());
        tell(&mut world, &steps, &mut told);
        let apply = |starts: &[u64]| {
            let store = MemoryStore::default();
            let mut overlay = crate::overlay::Overlay::<Analytics>::default();
            let mut parked = crate::parked::ParkedStreams::default();
            for start in starts {
                let mut after = Position(*start);
                while let Some(batch) = Batch::read(&*world.log, after, size, |_| true).unwrap() {
                    overlay.apply(&batch, &store, &mut parked).unwrap();
                    after = batch.upto;
                }
            }
            let lines = crate::dump::lines::<Analytics>(&store);
            lines.collect::<Result<Vec<_>, _>>().unwrap()
        };
        let again = u64::try_from(from.index(told.len() + 1)).unwrap();
        prop_assert_eq!(apply(&[0]), apply(&[0, again]));
    }
}

#[test]
fn nothing_was_counted_before_the_first_event_or_in_another_workspace() {
    let (mut world, dir) = (World::new(), tempfile::tempdir().unwrap());
    tell(&mut world, &[(0, 1, Traffic::Live, What::Asked(0))], &mut Vec::new());
    let models = world.models(dir.path());
    let start = run(models.as_of(Position::START, PATIENCE)).unwrap();
    assert_eq!(start.hourly(&all(Traffic::Live)).unwrap(), Hourly::new());
    let other = convolog_domain::WorkspaceId(Uuid::from_u128(0xBB));
    let query = AnalyticsQuery { workspace: other, ..all(Traffic::Live) };
    assert_eq!(models.now().hourly(&query).unwrap(), Hourly::new());
}

#[test]
fn a_moment_in_an_hour_with_too_many_conversations_is_refused() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let contacts = u128::try_from(crate::analytics::REFOLDED_MAX).unwrap() + 1;
    for n in 0..contacts {
        world.put(StreamKind::Contact, contact(n).0, ContactCreated {}, None);
    }
    let moment = world.log.head();
    for n in 0..contacts {
        // The same again: each row is newer than the moment.
        world.put(StreamKind::Contact, contact(n).0, ContactCreated {}, None);
    }
    let models = world.models(dir.path());
    let then = run(models.as_of(moment, PATIENCE)).unwrap();
    let refused = then.hourly(&all(Traffic::Live)).unwrap_err();
    assert!(matches!(refused, QueryError::TooMuch { limit: 1_000, .. }), "{refused}");
}
