//! What operators did: lists by status, assignee and tag, the timeline, the past.

use convolog_domain::conversation::{
    ConversationAssigned, ConversationClaimed, ConversationClosed, ConversationDeleted,
    ConversationReleased, ConversationReopened, ConversationRestored, ConversationTagged,
    ConversationTitled, ConversationUntagged, NoteAdded,
};
use convolog_domain::{
    Content, ConversationId, NoteContent, PersonId, StreamKind, contact::PersonalDataErased,
};
use convolog_log::{EventLog, Position};
use uuid::Uuid;

use super::world::{
    NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, run,
};
use crate::conversations::{Assignee, ConversationOrder, ConversationQuery, ConversationStatus};
use crate::transcripts::MessageQuery;
use crate::view::{Reader, TimelineEntry, Viewer};

const MAYA: PersonId = PersonId(Uuid::from_u128(0x51));
const NOA: PersonId = PersonId(Uuid::from_u128(0x52));

fn list(tags: &[&str]) -> Vec<String> {
    tags.iter().map(ToString::to_string).collect()
}

impl World {
    fn note(&self, n: u128, text: &str) -> Position {
        let note = Content::Note(NoteContent { text: text.into() });
        let added = NoteAdded { note: Uuid::from_u128(n) };
        let sealed = Some((contact(n), note));
        self.put(StreamKind::Conversation, conversation(n).0, added, sealed)
    }
}

/// Four conversations: the second is Maya's and tagged, the third closed, the fourth deleted.
fn office() -> World {
    let world = World::new();
    for n in 1..5 {
        world.meet(n, "Ana");
        world.open(n);
        world.hear(n, 10 * n, NOW - i64::try_from(n).unwrap(), "hello");
    }
    world.say(2, ConversationClaimed { assignee: NOA }, None);
    world.say(2, ConversationReleased { old_assignee: NOA }, None);
    world.say(2, ConversationAssigned { old_assignee: None, assignee: MAYA }, None);
    world.say(2, ConversationTagged { old_tags: vec![], tags: list(&["late", "vip"]) }, None);
    let untagged = ConversationUntagged { old_tags: list(&["late", "vip"]), tags: list(&["vip"]) };
    world.say(2, untagged, None);
    world.say(3, ConversationTagged { old_tags: vec![], tags: list(&["vi"]) }, None);
    world.say(3, ConversationClosed { assignee: None }, None);
    world.say(4, ConversationAssigned { old_assignee: None, assignee: MAYA }, None);
    world.say(4, ConversationDeleted { closed: false }, None);
    world
}

fn ids(reader: &Reader, query: &ConversationQuery) -> Vec<ConversationId> {
    let (mut all, mut page) = (Vec::new(), None);
    loop {
        let asked = ConversationQuery { page, limit: 1, ..query.clone() };
        let found = reader.rows().conversations(&asked).unwrap();
        all.extend(found.items.iter().map(|stored| stored.row.id));
        page = found.next;
        if page.is_none() {
            return all;
        }
    }
}

#[test]
fn lists_are_narrowed_by_what_operators_did() {
    let world = office();
    let dir = tempfile::tempdir().unwrap();
    let models = world.models(dir.path());
    let viewer = Viewer::new(models.clone(), world.keys.clone());
    let all = ConversationQuery::of(WORKSPACE);
    let (open, closed) = (Some(ConversationStatus::Open), Some(ConversationStatus::Closed));
    let maya = Some(Assignee::Person(MAYA));
    let cases = [
        (all.clone(), vec![1, 2, 3]),
        (ConversationQuery { status: open, ..all.clone() }, vec![1, 2]),
        (ConversationQuery { status: closed, ..all.clone() }, vec![3]),
        (ConversationQuery { assignee: maya, ..all.clone() }, vec![2]),
        (ConversationQuery { assignee: maya, status: closed, ..all.clone() }, vec![]),
        (ConversationQuery { assignee: Some(Assignee::Nobody), ..all.clone() }, vec![1, 3]),
        (ConversationQuery { tag: Some("vip".into()), ..all.clone() }, vec![2]),
        (ConversationQuery { tag: Some("vi".into()), ..all.clone() }, vec![3]),
        (ConversationQuery { tag: Some("late".into()), ..all.clone() }, vec![]),
        (ConversationQuery { deleted: Some(true), ..all.clone() }, vec![4]),
        (ConversationQuery { deleted: Some(true), assignee: maya, ..all.clone() }, vec![4]),
        (ConversationQuery { deleted: None, contacts: vec![contact(4)], ..all.clone() }, vec![4]),
    ];
    let now = viewer.now();
    for (query, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(conversation).collect();
        assert_eq!(ids(&now, &query), expected, "{query:?}");
        let query = ConversationQuery { order: ConversationOrder::Oldest, ..query };
        assert_eq!(ids(&now, &query), expected, "{query:?}");
    }
    assert_rebuilds_the_same(&models);
}

#[test]
fn the_past_has_its_own_assignees_and_deleted_ones() {
    let world = office();
    let before = world.log.head();
    world.say(4, ConversationRestored { closed: false, message: None }, None);
    world.say(3, ConversationReopened { assignee: None, message: None }, None);
    world.say(2, ConversationReleased { old_assignee: MAYA }, None);
    let dir = tempfile::tempdir().unwrap();
    let models = world.models(dir.path());
    let viewer = Viewer::new(models, world.keys.clone());
    let all =
        ConversationQuery { order: ConversationOrder::Oldest, ..ConversationQuery::of(WORKSPACE) };
    let maya = ConversationQuery { assignee: Some(Assignee::Person(MAYA)), ..all.clone() };
    let closed = ConversationQuery { status: Some(ConversationStatus::Closed), ..all.clone() };
    let deleted = ConversationQuery { deleted: Some(true), ..all.clone() };
    let now = viewer.now();
    assert_eq!(ids(&now, &all), [1, 2, 3, 4].map(conversation));
    assert_eq!(ids(&now, &maya), [conversation(4)]);
    assert!(ids(&now, &closed).is_empty() && ids(&now, &deleted).is_empty());
    let then = run(viewer.as_of(before, PATIENCE)).unwrap();
    assert_eq!(ids(&then, &all), [1, 2, 3].map(conversation));
    assert_eq!(ids(&then, &maya), [conversation(2)]);
    assert_eq!(ids(&then, &closed), [conversation(3)]);
    assert_eq!(ids(&then, &deleted), [conversation(4)]);
}

/// The timeline of the first conversation, page by page, as short lines.
fn timeline(reader: &Reader, newest_first: bool, limit: usize) -> Vec<String> {
    let (mut lines, mut page) = (Vec::new(), None);
    loop {
        let query = MessageQuery {
            newest_first,
            page,
            limit,
            ..MessageQuery::of(WORKSPACE, conversation(1))
        };
        let found = reader.timeline(&query).unwrap();
        assert!(found.items.len() <= limit);
        lines.extend(found.items.iter().map(|entry| match entry {
            TimelineEntry::Message(message) => message.text.clone().unwrap_or_default(),
            TimelineEntry::Preference(preference) => preference.kind.to_owned(),
            TimelineEntry::Act(act) => match (&act.text, act.erased) {
                (Some(text), _) => format!("{}: {text}", act.kind),
                (None, true) => format!("{} (erased)", act.kind),
                (None, false) => act.kind.to_owned(),
            },
        }));
        page = found.next;
        if page.is_none() {
            return lines;
        }
    }
}

#[test]
fn a_timeline_merges_what_was_said_with_what_was_done() {
    let world = World::new();
    world.meet(1, "Ana");
    world.open(1);
    world.hear(1, 1, NOW - 5, "first");
    world.say(1, ConversationClaimed { assignee: MAYA }, None);
    world.note(1, "calls back at six");
    world.hear(1, 2, NOW, "second");
    let title = Content::Title(NoteContent { text: "Cake".into() });
    let titled = ConversationTitled { cleared: false };
    let sealed = Some((contact(1), title));
    world.put(StreamKind::Conversation, conversation(1).0, titled, sealed);
    let before = world.log.head();
    world.say(1, ConversationClosed { assignee: Some(MAYA) }, None);
    let dir = tempfile::tempdir().unwrap();
    let models = world.models(dir.path());
    let viewer = Viewer::new(models, world.keys.clone());
    let mut lines = vec![
        "first",
        "conversation_claimed",
        "note_added: calls back at six",
        "second",
        "conversation_titled: Cake",
        "conversation_closed",
    ];
    for limit in [1, 2, 3, 50] {
        assert_eq!(timeline(&viewer.now(), false, limit), lines, "limit {limit}");
    }
    let then = run(viewer.as_of(before, PATIENCE)).unwrap();
    assert_eq!(timeline(&then, false, 2), lines[..5]);
    lines.reverse();
    assert_eq!(timeline(&viewer.now(), true, 2), lines);
    let shown = viewer.now().conversation(WORKSPACE, conversation(1)).unwrap().unwrap();
    assert_eq!((shown.title.as_deref(), shown.notes), (Some("Cake"), 1));
    assert!(!format!("{shown:?}").contains("Cake"));

    world.put(
        StreamKind::Contact,
        contact(1).0,
        PersonalDataErased { by: None, reason: "asked".into(), stops: vec![] },
        None,
    );
    world.keys.erase(contact(1).into());
    let erased = timeline(&viewer.now(), false, 50);
    assert!(erased.contains(&"note_added (erased)".to_owned()), "{erased:?}");
}
