//! The runtime over real stores: following, restarting, rebuilding, parking.

use convolog_domain::StreamKind;
use convolog_domain::conversation::ConversationOpened;
use convolog_engine::Stream;
use convolog_log::{EventLog, Position};
use std::path::Path;

use super::world::{
    CHANNEL, NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, run,
};
use crate::conversations::ConversationQuery;
use crate::cursor::Cursor;
use crate::store::{Disk, DiskStore, Store};
use crate::{ModelState, QueryError};

pub(super) fn some_history(world: &World) {
    for n in 1..6 {
        world.meet(n, "Ana");
        world.open(n);
        for k in 0..5 {
            let second = NOW - 50 + i64::try_from(k).unwrap();
            world.hear(n, 100 * n + k, second, "hello");
        }
    }
}

pub(super) fn generations(dir: &Path, name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(dir.join(name)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.parse::<u64>().is_ok()).collect();
    names.sort();
    names
}

#[test]
fn what_is_appended_is_visible_once_it_is_waited_for() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    some_history(&world);
    world.catch_up(&models);
    let page =
        models.conversations().unwrap().conversations(&ConversationQuery::of(WORKSPACE)).unwrap();
    assert_eq!(page.items.len(), 5);
    assert_rebuilds_the_same(&models);
    for status in models.status() {
        assert_eq!((status.state, status.lag), (ModelState::Live, 0), "{status:?}");
        assert!(status.lag_seconds.abs() < f64::EPSILON);
    }
}

#[test]
fn a_position_that_does_not_exist_yet_is_refused_at_once() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    let refused = run(models.at_least(Position(1), PATIENCE));
    assert!(matches!(refused, Err(QueryError::BeyondHead { .. })), "{refused:?}");
}

#[test]
fn a_restart_goes_on_where_it_stopped() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    some_history(&world);
    world.catch_up(&models);
    let before = models.dump().unwrap();
    models.shutdown();
    drop(models);
    world.hear(1, 900, NOW, "while it was down");
    let models = world.models(dir.path());
    assert_ne!(models.dump().unwrap(), before);
    assert_rebuilds_the_same(&models);
    assert_eq!(generations(dir.path(), "conversations"), ["1"], "nothing was rebuilt");
}

#[test]
fn a_model_that_is_missing_is_rebuilt_before_it_serves() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    let models = world.models(dir.path());
    assert_rebuilds_the_same(&models);
    assert_eq!(models.status()[0].rebuild, None);
}

#[test]
fn a_model_of_another_log_is_set_aside_and_rebuilt() {
    let (one, other, dir) = (World::new(), World::new(), tempfile::tempdir().unwrap());
    some_history(&one);
    one.models(dir.path()).shutdown();
    other.meet(9, "Zoe");
    other.open(9);
    let models = other.models(dir.path());
    assert_rebuilds_the_same(&models);
    let query = ConversationQuery::of(WORKSPACE);
    let page = models.conversations().unwrap().conversations(&query).unwrap();
    assert_eq!(page.items.iter().map(|c| c.row.id).collect::<Vec<_>>(), [conversation(9)]);
}

#[test]
fn a_store_that_does_not_open_or_has_no_cursor_is_set_aside_and_rebuilt() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    world.models(dir.path()).shutdown();
    std::fs::write(dir.path().join("contacts/1/current"), b"nonsense").unwrap();
    {
        let store = DiskStore::open(&dir.path().join("transcripts/1"), &Disk::default()).unwrap();
        store.remove(&[crate::store::keys::META]);
        store.sync().unwrap();
    }
    let models = world.models(dir.path());
    assert_rebuilds_the_same(&models);
}

#[test]
fn a_cursor_with_another_leaf_or_beyond_the_head_does_not_match() {
    let world = World::new();
    some_history(&world);
    let leaf = world.log.get(Position(3)).unwrap().unwrap().leaf();
    let good = Cursor { position: Position(3), leaf, ..Cursor::start(world.log.id(), 1, 1) };
    assert_eq!(good.check(&*world.log).unwrap(), None);
    let other = Cursor { leaf: [7; 32], ..good };
    assert_eq!(other.check(&*world.log).unwrap(), Some(crate::Mismatch::OtherHistory));
    let beyond = Cursor { position: Position(10_000), ..good };
    assert_eq!(beyond.check(&*world.log).unwrap(), Some(crate::Mismatch::BeyondHead));
}

#[test]
fn a_failing_event_parks_its_stream_and_nothing_else() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    some_history(&world);
    // Neither can follow what is there: a conversation with somebody else, a payload that is none.
    let elsewhere = ConversationOpened { channel: CHANNEL, contact: contact(77), agent: None };
    let failing = world.say(1, elsewhere, None);
    let opened_code = StreamKind::Conversation.code() * 256 + 1;
    let broken = conversation(2).0;
    world.put_bytes(StreamKind::Conversation, broken, opened_code, b"\xc1".to_vec(), None);
    for n in 1..4 {
        world.hear(n, 5_000 + n, NOW, "after");
    }
    world.catch_up(&models);
    let parked = models.parked("conversations").unwrap();
    let stream = |n| Stream::new(WORKSPACE, StreamKind::Conversation, conversation(n).0).key();
    let found: Vec<_> = parked.iter().map(|p| (p.stream, p.skipped)).collect();
    assert_eq!(found, [(stream(1), 1), (stream(2), 1)]);
    assert_eq!(parked[0].position, failing);
    assert!(parked[0].reason.contains("somebody else"), "{}", parked[0].reason);
    // The transcripts can follow the first one, and the third conversation goes on everywhere.
    assert_eq!(models.parked("transcripts").unwrap().len(), 1);
    let of = |n| models.conversations().unwrap().conversation(WORKSPACE, conversation(n)).unwrap();
    assert_eq!(of(1).unwrap().row.inbound, 5);
    assert_eq!(of(3).unwrap().row.inbound, 6);
    assert_eq!(models.status()[0].parked_streams, 2);
    assert_rebuilds_the_same(&models);
    models.shutdown();
    drop(models);
    let models = world.models(dir.path());
    assert_eq!(models.parked("conversations").unwrap(), parked, "parked streams survive a restart");
}

/// Copies a folder file by file, as a crash would leave it.
pub(super) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

#[test]
fn what_a_crash_leaves_on_the_disk_converges() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(&dir.path().join("live"));
    for round in 0..3 {
        some_history(&world);
        world.catch_up(&models);
        if round == 1 {
            // One store is ahead of its cursor.
            models.store("contacts").unwrap().sync().unwrap();
        }
        let crashed = dir.path().join(round.to_string());
        copy(&dir.path().join("live"), &crashed);
        let again = world.models(&crashed);
        assert_rebuilds_the_same(&again);
        assert_eq!(again.dump().unwrap(), models.dump().unwrap());
        again.shutdown();
    }
}

#[test]
fn a_dump_shows_every_field_of_every_row() {
    let world = World::new();
    world.meet(1, "Ana");
    world.open(1);
    world.hear(1, 1, NOW, "hello");
    let lines = crate::dump_all(&*world.log, world.log.head()).unwrap();
    let rows: Vec<_> = lines.iter().filter(|line| !line.starts_with("entry")).collect();
    let workspace = "00000000-0000-0000-0000-0000000000aa";
    let expected = [
        format!(
            "conversation {workspace}/00000000-0000-0000-0000-000000002001 Open opened [channel \
             00000000-0000-0000-0000-0000000000c1 contact 00000000-0000-0000-0000-000000001001 \
             agent None at 4 (1800000000000000) test false] last_message_at Some(1800000000) inbound 1 \
             outbound 0 assignee None handoff None tags {{}} title None notes 0 closed_at None deleted_at None \
             changed at 5"
        ),
        format!(
            "message {workspace}/00000000-0000-0000-0000-000000003001 Some(Spoken {{ \
             conversation: ConversationId(00000000-0000-0000-0000-000000002001), \
             shown: Platform(1800000000), first: Position(5), recorded_at: 1800000000, \
             requested: false, live: true, real: true, told: Told {{ rank: Some(3), fragment: {}, \
             position: Position(5), said: Said {{ direction: Inbound, kind: \"text\", \
             sent_at: Some(1800000000), reply_to: None, errors: [], referral: false, \
             group: false }} }} }}) edit None revoked None reactions None None statuses {{}} \
             errors {{}} pricing None changed at 5",
            "01".repeat(32)
        ),
        format!(
            "contact {workspace}/00000000-0000-0000-0000-000000001001 created Some((Position(1), \
             Timestamp(1800000000000000))) identities [Phone 00000000-0000-0000-0000-000000004001 \
             at Some(Position(2)) since None until None] profile [1800000000 0000000000000003 at 3] \
             merged_into None absorbed {{}} erased [] hold [] changed at 3"
        ),
        counted("1001 Contact None", 0, 1, "None", 1),
        counted(
            "2001 Conversation Some(Place { channel: \
             Some(ChannelId(00000000-0000-0000-0000-0000000000c1)), agent: None })",
            1,
            0,
            "Some(1800000000)",
            5,
        ),
        format!(
            "hour {workspace}/500000 {{Live: Done {{ all: {}, people: {{}} }}}} changed at 5",
            bucket(1, 1)
        ),
    ];
    assert_eq!(rows, expected.iter().collect::<Vec<_>>());
}

/// A row of `analytics` in which a message was received and a conversation opened, or a contact
/// created.
fn counted(whose: &str, said: u64, created: u64, waiting: &str, at: u64) -> String {
    let bucket = bucket(said, created);
    format!(
        "analytics 00000000-0000-0000-0000-0000000000aa/00000000-0000-0000-0000-00000000{whose} \
         {{Live: Part {{ hours: {{500000: {bucket}}}, people: {{}}, first: None, waiting: {waiting} \
         }}}} changed at {at}"
    )
}

/// So many messages received in as many conversations that were opened, and contacts created.
fn bucket(said: u64, created: u64) -> String {
    format!(
        "Bucket {{ volumes: Volumes {{ inbound: {said}, outbound: 0, requested: 0, \
         conversations_opened: {said}, conversations_closed: 0, conversations_reopened: 0, \
         contacts_created: {created}, sent: 0, delivered: 0, read: 0, failed: 0 }}, waits: \
         Durations {{ count: 0, seconds: 0, lengths: {{}} }}, leads: Moves {{ tally: Tally {{ \
         stages: {{}}, moves: {{}}, merged: 0 }}, stays: {{}} }} }}"
    )
}
