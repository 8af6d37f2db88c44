//! History as it stood: the same as a rebuild that stops there.

use convolog_domain::conversation::Direction;
use convolog_domain::conversation::{MessageEdited, MessageEnriched};
use convolog_domain::{StreamKind, contact::PersonalDataErased};
use convolog_log::{EventLog, Position};

use super::world::{
    NOW, PATIENCE, WORKSPACE, World, contact, conversation, facts, hash, message, run, status,
};
use crate::contacts::{ContactQuery, Contacts};
use crate::conversations::{ConversationOrder, ConversationQuery, Conversations};
use crate::fold::ReadModel;
use crate::transcripts::{MessageQuery, Transcripts};
use crate::verify::dump_all;
use crate::{People, QueryError, Rows};

fn history() -> World {
    let world = World::new();
    for n in 1..4 {
        world.meet(n, "Ana");
        world.open(n);
        world.hear(n, 10 * n, NOW - 9, "one");
    }
    for n in (1..4).rev() {
        world.hear(n, 10 * n + 1, NOW - 20, "two");
        world.say(n, status(10 * n, "read", NOW), None);
        world.name(n, "Ana Maria", NOW + 5);
        let edit = MessageEdited {
            id: message(500 + n),
            target: message(10 * n),
            at: Some(NOW),
            direction: Direction::Inbound,
            fragment: hash(8),
        };
        world.say(n, edit, Some("one, edited"));
        let mut earlier = facts(10 * n + 1, NOW - 400);
        earlier.rank = 7;
        world.say(n, MessageEnriched { facts: earlier }, Some("two, with more"));
    }
    let erased = PersonalDataErased { by: None, reason: "asked".into(), stops: vec![] };
    world.put(StreamKind::Contact, contact(2).0, erased, None);
    world
}

/// What a question at a position says of everything, printed like the rows of a dump.
fn told(rows: &Rows) -> Vec<String> {
    let mut lines = Vec::new();
    let query =
        ConversationQuery { order: ConversationOrder::Oldest, ..ConversationQuery::of(WORKSPACE) };
    for stored in rows.conversations(&query).unwrap().items {
        lines.push(format!("{} changed at {}", Conversations::dump(&stored.row), stored.position));
        let query = MessageQuery::of(WORKSPACE, stored.row.id);
        for stored in rows.messages(&query).unwrap().items {
            let line = Transcripts::dump(&stored.row);
            lines.push(format!("{line} changed at {}", stored.position));
        }
        let one = rows.conversation(WORKSPACE, stored.row.id).unwrap();
        assert_eq!(one, Some(stored));
    }
    let query = ContactQuery { newest_first: false, ..ContactQuery::of(WORKSPACE) };
    for stored in rows.contacts(&query).unwrap().items {
        lines.push(format!("{} changed at {}", Contacts::dump(&stored.row), stored.position));
        assert_eq!(rows.contact(WORKSPACE, stored.row.id).unwrap(), Some(stored));
    }
    lines.sort();
    lines
}

#[test]
fn at_every_position_it_equals_a_rebuild_that_stops_there() {
    let (world, dir) = (history(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    for position in 0..=world.log.head().0 {
        let cut = Position(position);
        let rows = run(models.as_of(cut, PATIENCE)).unwrap();
        let mut rebuilt = dump_all(&*world.log, cut).unwrap();
        rebuilt.retain(|line| {
            let shown = !line.contains("created None") && !line.contains("opened []");
            // What is counted is recounted by the tests of its own model.
            let counted = ["entry", "analytics", "hour"];
            let asked_for = !counted.iter().any(|kind| line.starts_with(kind));
            shown && asked_for && !line.contains(" None edit")
        });
        rebuilt.sort();
        assert_eq!(told(&rows), rebuilt, "as of {position}");
    }
    assert_eq!(told(&models.now()), told(&run(models.as_of(world.log.head(), PATIENCE)).unwrap()));
}

#[test]
fn pages_of_the_past_fit_together() {
    let (world, dir) = (history(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    // Behind the opening of the second conversation, in the middle of everything.
    let cut = Position(11);
    let rows = run(models.as_of(cut, PATIENCE)).unwrap();
    for order in [ConversationOrder::Oldest, ConversationOrder::Newest] {
        let mut query = ConversationQuery { order, limit: 1, ..ConversationQuery::of(WORKSPACE) };
        let mut ids = Vec::new();
        loop {
            let page = rows.conversations(&query).unwrap();
            ids.extend(page.items.iter().map(|stored| stored.row.id));
            query.page = page.next;
            if query.page.is_none() {
                break;
            }
        }
        let mut expected = [1, 2].map(conversation);
        if order == ConversationOrder::Newest {
            expected.reverse();
        }
        assert_eq!(ids, expected);
    }
}

#[test]
fn a_list_by_activity_has_no_past() {
    let (world, dir) = (history(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    let rows = run(models.as_of(Position(5), PATIENCE)).unwrap();
    let refused = rows.conversations(&ConversationQuery::of(WORKSPACE));
    assert!(matches!(refused, Err(QueryError::NotAsOf { .. })), "{refused:?}");
    let beyond = run(models.as_of(Position(9_999), PATIENCE));
    assert!(matches!(beyond, Err(QueryError::BeyondHead { .. })), "{beyond:?}");
}
