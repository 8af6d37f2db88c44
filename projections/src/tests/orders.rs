//! Facts about messages in any order, any number of times: the same canonical view.

use std::sync::Arc;

use convolog_domain::conversation::{
    Direction, MessageEdited, MessageEnriched, MessageReceived, MessageRequested, MessageRevoked,
    Pricing, ReactionChanged,
};
use convolog_domain::{Event, StreamKind};
use proptest::prelude::*;

use super::world::{NOW, World, conversation, facts, hash, message, status};
use crate::fold::ReadModel;
use crate::store::{MemoryStore, Store};
use crate::transcripts::{MessageRow, Transcripts};
use crate::verify::dump_all;
use crate::{Batch, Table};

/// Anything that can be told of one of three messages.
fn telling() -> impl Strategy<Value = Event> {
    let (which, second, fragment) = (0..3_u128, prop::option::of(NOW - 5..NOW), 0..4_u8);
    let own = 100..104_u128;
    let direction = prop_oneof![Just(Direction::Inbound), Just(Direction::Outbound)];
    (which, second, fragment, own, direction, any::<bool>(), 0..9_u8).prop_map(
        |(which, second, fragment, own, direction, removed, kind)| {
            let (id, target, at) = (message(own), message(which), second);
            // Equal fragments mean equal content, and differ between kinds of events.
            let own_fragment = hash(fragment + 10 * kind);
            let mut told = facts(which, NOW - 3 - i64::from(fragment));
            told.rank = fragment % 2;
            told.fragment = own_fragment;
            told.direction = if which == 0 { Direction::Inbound } else { Direction::Outbound };
            told.errors = vec![i64::from(fragment)];
            told.history_status = (fragment == 3).then(|| "DELIVERED".to_owned());
            match kind {
                0 => MessageReceived { facts: told }.into(),
                1 => MessageEnriched { facts: told }.into(),
                2 => MessageEdited { id, target, at, direction, fragment: own_fragment }.into(),
                3 => MessageRevoked { id, target, at, direction, fragment: own_fragment }.into(),
                4 => ReactionChanged { id, target, direction, at, removed, fragment: own_fragment }
                    .into(),
                5 => MessageRequested {
                    message: target,
                    kind: "text".into(),
                    requested_at: NOW - 4,
                    ..MessageRequested::default()
                }
                .into(),
                _ => {
                    let names = ["sent", "delivered", "read", "failed", "warning"];
                    let name = names[usize::from(fragment + kind - 6) % names.len()];
                    let mut told = status(which, name, NOW);
                    (told.at, told.fragment) = (at, own_fragment);
                    told.errors = if name == "failed" { vec![131_000] } else { vec![] };
                    told.pricing = (fragment > 1).then(|| Pricing {
                        model: Some("PMP".into()),
                        category: (fragment > 2).then(|| "service".into()),
                        kind: None,
                        billable: Some(removed),
                    });
                    told.into()
                }
            }
        },
    )
}

/// What is shown of a message, without positions: those say where facts were recorded.
fn canonical(row: &MessageRow) -> String {
    let row = row.clone();
    let spoken = row.spoken.as_ref().map(|spoken| {
        let told = &spoken.told;
        (spoken.shown, spoken.requested, spoken.live, told.rank, told.fragment, &told.said)
    });
    let edit = row.edit.as_ref().map(|e| (e.at, e.id, e.fragment));
    let revoked = row.revoked.as_ref().map(|r| (r.at, r.id, r.fragment));
    let reactions: Vec<_> = [&row.reaction_inbound, &row.reaction_outbound]
        .map(|r| r.as_ref().map(|r| (r.at, r.id, r.fragment, r.removed)))
        .into();
    let statuses: Vec<_> = row.statuses.iter().map(|(s, f)| (s, f.at, f.best)).collect();
    format!(
        "{spoken:?} {edit:?} {revoked:?} {reactions:?} {statuses:?} {:?} {:?} {:?}",
        row.errors,
        row.pricing,
        row.status()
    )
}

fn fold(events: &[Event]) -> (World, Vec<Option<String>>) {
    let world = World::new();
    world.open(1);
    for event in events {
        world.put(StreamKind::Conversation, conversation(1).0, event.clone(), None);
    }
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let mut feed = crate::tests::crash::feed::<Transcripts>(&store, &world);
    crate::tests::crash::drain(&mut *feed, &world);
    let table = Table::<Transcripts>::new(store);
    let rows = (0..3).map(|n| {
        let key = MessageRow::key(super::world::WORKSPACE, message(n));
        table.row(&key).unwrap().map(|stored| canonical(&stored.row))
    });
    let rows = rows.collect();
    (world, rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_order_and_repetition_gives_the_same_view(
        (events, shuffled) in prop::collection::vec(telling(), 1..14).prop_flat_map(|events| {
            let twice: Vec<Event> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(twice).prop_shuffle())
        })
    ) {
        let (_, in_order) = fold(&events);
        let (_, any_order) = fold(&shuffled);
        prop_assert_eq!(in_order, any_order);
    }

    #[test]
    fn applying_any_suffix_again_changes_nothing(
        events in prop::collection::vec(telling(), 1..20),
        from in any::<prop::sample::Index>(),
        size in 1..7_usize,
    ) {
        let (world, _) = fold(&events);
        let log: &dyn convolog_log::EventLog = &*world.log;
        let once = dump_all(log, log.head()).unwrap();
        let store = MemoryStore::default();
        let mut overlay = crate::overlay::Overlay::<Transcripts>::default();
        let mut parked = crate::parked::ParkedStreams::default();
        let from = u64::try_from(from.index(events.len() + 1)).unwrap();
        for start in [0, from] {
            let mut after = convolog_log::Position(start);
            while let Some(batch) = Batch::read(log, after, size, |_| true).unwrap() {
                overlay.apply(&batch, &store, &mut parked).unwrap();
                after = batch.upto;
            }
        }
        let twice: Vec<_> = crate::dump::lines::<Transcripts>(&store).map(Result::unwrap).collect();
        let once: Vec<_> = once.into_iter().filter(|line| twice.contains(line)).collect();
        prop_assert_eq!(once.len(), twice.len());
    }
}

#[test]
fn a_fact_before_its_message_is_not_shown_until_the_message_is_there() {
    let world = World::new();
    world.open(1);
    let reaction = ReactionChanged {
        id: message(100),
        target: message(1),
        direction: Direction::Inbound,
        at: Some(NOW),
        removed: false,
        fragment: hash(9),
    };
    world.say(1, reaction, Some("👍"));
    world.say(1, status(1, "read", NOW), None);
    let dir = tempfile::tempdir().unwrap();
    let models = world.models(dir.path());
    let query = crate::transcripts::MessageQuery::of(super::world::WORKSPACE, conversation(1));
    assert!(models.transcripts().unwrap().messages(&query).unwrap().items.is_empty());
    let mut told = facts(1, NOW);
    told.direction = Direction::Outbound;
    world.say(1, MessageReceived { facts: told }, Some("hello"));
    world.catch_up(&models);
    let page = models.transcripts().unwrap().messages(&query).unwrap();
    assert_eq!(page.items.len(), 1);
    let row = &page.items[0].row;
    assert_eq!(row.status(), Some(crate::transcripts::MessageStatus::Read));
    assert!(row.reaction_inbound.is_some());
    assert_eq!(Transcripts::NAME, "transcripts");
}
