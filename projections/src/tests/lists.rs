//! Lists: orders, filters, page tokens, stale index entries.

use std::sync::Arc;

use convolog_domain::contact::{ContactAbsorbed, ContactMerged};
use convolog_domain::conversation::{ConversationOpened, MessageReceived};
use convolog_domain::{ChannelId, ConversationId, StreamKind, WorkspaceId};
use convolog_log::Origin;
use uuid::Uuid;

use super::world::{NOW, WORKSPACE, World, contact, conversation, facts, hash, message, token};
use crate::contacts::ContactQuery;
use crate::conversations::{ConversationOrder, ConversationQuery, ConversationRow, Conversations};
use crate::fold::ReadModel;
use crate::store::{MemoryStore, Store};
use crate::transcripts::{MessageQuery, Transcripts};
use crate::{People, QueryError, Table};

fn table<M: ReadModel>(world: &World) -> (Table<M>, Arc<dyn Store>) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let mut feed = super::crash::feed::<M>(&store, world);
    super::crash::drain(&mut *feed, world);
    (Table::new(Arc::clone(&store)), store)
}

/// All pages of a list, one after another.
fn walk<T>(mut page: impl FnMut(Option<String>) -> crate::page::Page<T>, limit: usize) -> Vec<T> {
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let found = page(token);
        assert!(found.items.len() <= limit);
        all.extend(found.items);
        token = found.next;
        if token.is_none() {
            return all;
        }
    }
}

fn conversations(world: &World, query: &ConversationQuery) -> Vec<ConversationId> {
    let (table, _) = table::<Conversations>(world);
    let page = |page| table.conversations(&ConversationQuery { page, ..query.clone() }).unwrap();
    walk(page, query.limit).into_iter().map(|stored| stored.row.id).collect()
}

#[test]
fn conversations_are_listed_by_activity_and_by_creation() {
    let world = World::new();
    for n in 1..6 {
        world.open(n);
    }
    for (n, second) in [(2, NOW - 10), (4, NOW - 5), (1, NOW - 7), (2, NOW - 100)] {
        world.hear(n, u128::try_from(second).unwrap() * 10 + n, second, "hello");
    }
    for limit in [1, 2, 5, 50] {
        let mut query = ConversationQuery { limit, ..ConversationQuery::of(WORKSPACE) };
        assert_eq!(conversations(&world, &query), [5, 3, 4, 1, 2].map(conversation));
        query.order = ConversationOrder::Oldest;
        assert_eq!(conversations(&world, &query), [1, 2, 3, 4, 5].map(conversation));
        query.order = ConversationOrder::Newest;
        assert_eq!(conversations(&world, &query), [5, 4, 3, 2, 1].map(conversation));
        query.workspace = WorkspaceId(Uuid::from_u128(0xBB));
        assert!(conversations(&world, &query).is_empty(), "another workspace sees nothing");
    }
}

#[test]
fn conversations_are_filtered_by_channel_and_contact() {
    let world = World::new();
    let other = ChannelId(Uuid::from_u128(0xC2));
    for n in 1..4 {
        world.open(n);
        let opened = ConversationOpened { channel: other, contact: contact(n), agent: None };
        world.say(10 + n, opened, None);
        world.hear(10 + n, 50 + n, NOW - i64::try_from(n).unwrap(), "hello");
    }
    for limit in [1, 50] {
        let all = ConversationQuery { limit, ..ConversationQuery::of(WORKSPACE) };
        let query = ConversationQuery { channel: Some(other), ..all.clone() };
        assert_eq!(conversations(&world, &query), [11, 12, 13].map(conversation));
        let query = ConversationQuery { contacts: vec![contact(2)], ..all.clone() };
        assert_eq!(conversations(&world, &query), [2, 12].map(conversation));
        let query = ConversationQuery { channel: Some(other), ..query };
        assert_eq!(conversations(&world, &query), [12].map(conversation));
        let query = ConversationQuery { contacts: vec![contact(3), contact(1)], ..all };
        assert_eq!(conversations(&world, &query), [3, 1, 11, 13].map(conversation));
    }
}

#[test]
fn a_token_of_another_list_is_refused() {
    let world = World::new();
    for n in 1..4 {
        world.open(n);
    }
    let (table, _) = table::<Conversations>(&world);
    let query = ConversationQuery { limit: 1, ..ConversationQuery::of(WORKSPACE) };
    let token = table.conversations(&query).unwrap().next.unwrap();
    let wrong = [
        ConversationQuery { order: ConversationOrder::Oldest, ..query.clone() },
        ConversationQuery { channel: Some(super::world::CHANNEL), ..query.clone() },
        ConversationQuery { workspace: WorkspaceId(Uuid::from_u128(0xBB)), ..query.clone() },
    ];
    for query in wrong {
        let query = ConversationQuery { page: Some(token.clone()), ..query };
        let refused = table.conversations(&query);
        assert!(matches!(refused, Err(QueryError::WrongPage(_))), "{query:?}");
    }
}

#[test]
fn an_entry_that_its_row_does_not_have_is_not_shown() {
    let world = World::new();
    world.open(1);
    world.hear(1, 1, NOW - 9, "hello");
    let (table, store) = table::<Conversations>(&world);
    let key = ConversationRow::key(WORKSPACE, conversation(1));
    let mut entries = Vec::new();
    let mut row = table.row(&key).unwrap().unwrap().row;
    row.last_message_at = Some(NOW + 5);
    Conversations::index(&key, &row, &mut entries);
    for entry in entries {
        store.put(&entry, &key);
    }
    // And one that leads nowhere.
    row.id = conversation(99);
    let (mut entries, nowhere) = (Vec::new(), ConversationRow::key(WORKSPACE, conversation(99)));
    Conversations::index(&nowhere, &row, &mut entries);
    store.put(&entries[0], &nowhere);
    let page = table.conversations(&ConversationQuery::of(WORKSPACE)).unwrap();
    assert_eq!(page.items.len(), 1);
}

#[test]
fn messages_are_shown_by_platform_second_then_position() {
    let mut world = World::new();
    world.open(1);
    for (id, second) in [(1, NOW - 5), (2, NOW - 9), (3, NOW - 5), (4, NOW + 10_000), (5, 0)] {
        world.hear(1, id, second, "hello");
    }
    world.origin = Origin::HistoryImport;
    world.hear(1, 6, 1_000, "long ago");
    let (table, _) = table::<Transcripts>(&world);
    for limit in [1, 2, 50] {
        let mut query = MessageQuery { limit, ..MessageQuery::of(WORKSPACE, conversation(1)) };
        let list = |query: &MessageQuery| {
            let page = |page| table.messages(&MessageQuery { page, ..query.clone() }).unwrap();
            walk(page, limit).into_iter().map(|stored| stored.row.id).collect::<Vec<_>>()
        };
        // The two that cannot be right count from when they were recorded.
        let order = [6, 2, 1, 3, 4, 5].map(message);
        assert_eq!(list(&query), order);
        query.newest_first = true;
        assert_eq!(list(&query), order.into_iter().rev().collect::<Vec<_>>());
    }
    let row = table.message(WORKSPACE, conversation(1), message(4)).unwrap().unwrap().row;
    assert_eq!(row.spoken.unwrap().told.said.sent_at, Some(NOW + 10_000), "kept as given");
    assert!(table.message(WORKSPACE, conversation(2), message(4)).unwrap().is_none());
}

#[test]
fn the_fullest_telling_of_a_message_is_shown() {
    let world = World::new();
    world.open(1);
    world.hear(1, 1, NOW, "first");
    let mut fuller = facts(1, NOW);
    (fuller.rank, fuller.fragment, fuller.kind) = (5, hash(0), "image".into());
    world.say(1, MessageReceived { facts: fuller }, Some("fuller"));
    let (table, _) = table::<Transcripts>(&world);
    let row = table.message(WORKSPACE, conversation(1), message(1)).unwrap().unwrap().row;
    assert_eq!(row.spoken.unwrap().told.said.kind, "image");
}

#[test]
fn contacts_are_listed_by_creation_and_found_by_token() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    for n in 1..5 {
        world.meet(n, "Ana");
    }
    let absorbed = ContactAbsorbed { other: contact(2) };
    world.put(StreamKind::Contact, contact(1).0, absorbed, None);
    let merged = ContactMerged { into: contact(1) };
    world.put(StreamKind::Contact, contact(2).0, merged, None);
    let models = world.models(dir.path());
    let table = models.contacts().unwrap();
    for limit in [1, 3, 50] {
        let list = |newest_first| {
            let query = ContactQuery { newest_first, limit, ..ContactQuery::of(WORKSPACE) };
            let page = |page| table.contacts(&ContactQuery { page, ..query.clone() }).unwrap();
            walk(page, limit).into_iter().map(|stored| stored.row.id).collect::<Vec<_>>()
        };
        assert_eq!(list(false), [1, 2, 3, 4].map(contact));
        assert_eq!(list(true), [4, 3, 2, 1].map(contact));
    }
    let found = table.by_token(WORKSPACE, token(2)).unwrap();
    assert_eq!(found[0].row.id, contact(2));
    assert_eq!(table.standing(WORKSPACE, contact(2)).unwrap().unwrap().row.id, contact(1));
    assert_eq!(table.one_person(WORKSPACE, contact(1)).unwrap(), [1, 2].map(contact));
    assert!(table.by_token(WorkspaceId(Uuid::from_u128(0xBB)), token(2)).unwrap().is_empty());
}
