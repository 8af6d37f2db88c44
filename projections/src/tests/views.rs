//! Views: what people read.

use convolog_domain::contact::{IdentityChanged, IdentityKind};
use convolog_domain::conversation::{
    Direction, MessageEdited, MessageRequested, MessageRevoked, ReactionChanged,
};
use convolog_domain::{
    Content, IdentityContent, MediaContent, MessageContent, StatusContent, StreamKind,
};

use convolog_log::EventLog;

use super::world::{
    NOW, PATIENCE, WORKSPACE, World, contact, conversation, facts, hash, message, run, status,
    token,
};
use crate::contacts::ContactQuery;
use crate::conversations::ConversationQuery;
use crate::transcripts::{MessageQuery, MessageStatus};
use crate::view::{DirectionView, MessageView, Viewer};

fn viewer(world: &World, dir: &std::path::Path) -> Viewer {
    Viewer::new(world.models(dir), world.keys.clone())
}

fn messages(viewer: &Viewer) -> Vec<MessageView> {
    let query = MessageQuery::of(WORKSPACE, conversation(1));
    viewer.now().messages(&query).unwrap().items
}

fn reaction(own: u128, target: u128, at: i64, removed: bool) -> ReactionChanged {
    ReactionChanged {
        id: message(own),
        target: message(target),
        direction: Direction::Inbound,
        at: Some(at),
        removed,
        fragment: hash(7),
    }
}

#[test]
fn a_message_is_shown_with_its_edit_reactions_and_attachment() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.open(1);
    let mut told = facts(1, NOW - 5);
    told.reply_to = Some(message(9));
    let media = MediaContent {
        mime_type: Some("image/jpeg".into()),
        filename: Some("house.jpg".into()),
        ..MediaContent::default()
    };
    let content = MessageContent {
        text: Some("our house".into()),
        media: Some(media),
        ..MessageContent::default()
    };
    let sealed = Some((contact(1), Content::Message(Box::new(content))));
    let event = convolog_domain::conversation::MessageReceived { facts: told };
    world.put(StreamKind::Conversation, conversation(1).0, event, sealed);
    world.say(1, reaction(101, 1, NOW - 3, false), Some("👍"));
    world.say(1, reaction(102, 1, NOW - 2, false), Some("❤️"));
    let edit = MessageEdited {
        id: message(103),
        target: message(1),
        at: Some(NOW - 1),
        direction: Direction::Inbound,
        fragment: hash(3),
    };
    world.say(1, edit, Some("our new house"));
    let viewer = viewer(&world, dir.path());
    let shown = &messages(&viewer)[0];
    assert_eq!(shown.text.as_deref(), Some("our new house"));
    assert_eq!((shown.status, shown.direction), (MessageStatus::Received, DirectionView::Inbound));
    assert_eq!(shown.reply_to, Some(message(9).0));
    assert!(shown.edited && !shown.revoked && !shown.erased);
    assert_eq!(shown.media.as_ref().unwrap().filename.as_deref(), Some("house.jpg"));
    let emojis: Vec<_> = shown.reactions.iter().map(|r| r.emoji.as_deref()).collect();
    assert_eq!(emojis, [Some("❤️")], "the newest of each side");
    let json = serde_json::to_value(shown).unwrap();
    assert_eq!(json["type"], "text");
    assert_eq!(json["sent_at"], "2027-01-15T07:59:55Z");
    world.say(1, reaction(104, 1, NOW, true), None);
    let revocation = MessageRevoked {
        id: message(105),
        target: message(1),
        at: None,
        direction: Direction::Inbound,
        fragment: hash(4),
    };
    world.say(1, revocation, None);
    world.catch_up(viewer.models());
    let shown = &messages(&viewer)[0];
    assert!(shown.reactions.is_empty() && shown.revoked);
    assert_eq!(shown.text.as_deref(), Some("our new house"), "what was said stays in history");
}

#[test]
fn a_request_is_queued_and_never_goes_backwards() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.open(1);
    let requested = MessageRequested {
        message: message(1),
        kind: "text".into(),
        requested_at: NOW,
        ..MessageRequested::default()
    };
    world.say(1, requested, Some("hello"));
    let viewer = viewer(&world, dir.path());
    let shown = |name: Option<&str>| {
        if let Some(name) = name {
            world.say(1, status(1, name, NOW), None);
            world.catch_up(viewer.models());
        }
        messages(&viewer)[0].status
    };
    assert_eq!(shown(None), MessageStatus::Queued);
    assert_eq!(shown(Some("read")), MessageStatus::Read);
    assert_eq!(shown(Some("sent")), MessageStatus::Read);
    assert_eq!(shown(Some("failed")), MessageStatus::Read);
    assert_eq!(shown(Some("warning")), MessageStatus::Read);
    let told: Vec<_> = messages(&viewer)[0].statuses.iter().map(|s| s.status.clone()).collect();
    let order = ["warning", "sent", "failed", "read"];
    assert_eq!(
        told, order,
        "unknown ones are listed, and of one second each follows the one before"
    );
}

#[test]
fn a_failure_is_shown_with_the_platforms_words() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.open(1);
    let requested = MessageRequested {
        message: message(1),
        kind: "text".into(),
        requested_at: NOW,
        ..MessageRequested::default()
    };
    world.say(1, requested, Some("hello"));
    let mut failed = status(1, "failed", NOW);
    failed.errors = vec![131_026];
    let words =
        StatusContent { error_details: Some("not on WhatsApp".into()), ..StatusContent::default() };
    let sealed = Some((contact(1), Content::Status(Box::new(words))));
    world.put(StreamKind::Conversation, conversation(1).0, failed, sealed);
    let viewer = viewer(&world, dir.path());
    let shown = &messages(&viewer)[0];
    assert_eq!(shown.status, MessageStatus::Failed);
    assert_eq!(shown.errors[0].code, 131_026);
    assert_eq!(shown.errors[0].detail.as_deref(), Some("not on WhatsApp"));
}

#[test]
fn what_was_erased_is_marked_and_is_no_error_now_or_in_the_past() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.open(1);
    let heard = world.hear(1, 1, NOW, "secret");
    let viewer = viewer(&world, dir.path());
    let list = ConversationQuery::of(WORKSPACE);
    let shown = viewer.now().conversations(&list).unwrap().items;
    assert_eq!(shown[0].contact.name.as_deref(), Some("Ana"));
    assert_eq!(shown[0].contact.phone.as_deref(), Some("+15550000001"));
    world.keys.erase(contact(1).into());
    let erased = convolog_domain::contact::PersonalDataErased {
        by: None,
        reason: "asked".into(),
        stops: vec![],
    };
    let at = world.put(StreamKind::Contact, contact(1).0, erased, None);
    world.catch_up(viewer.models());
    let then = run(viewer.as_of(heard, PATIENCE)).unwrap();
    for reader in [viewer.now(), then] {
        let page = reader.messages(&MessageQuery::of(WORKSPACE, conversation(1))).unwrap();
        assert!(page.items[0].erased && page.items[0].text.is_none());
        let shown = reader.conversation(WORKSPACE, conversation(1)).unwrap().unwrap();
        assert_eq!((shown.contact.name, shown.contact.phone), (None, None));
    }
    let contacts = viewer.now().contacts(&ContactQuery::of(WORKSPACE)).unwrap().items;
    assert_eq!(contacts[0].erased.as_ref().unwrap().position, at.0);
    assert_eq!((&contacts[0].name, &contacts[0].phone), (&None, &None));
    assert!(!contacts[0].unreadable);
}

#[test]
fn nothing_personal_is_in_debug_output() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.open(1);
    world.hear(1, 1, NOW, "secret");
    let viewer = viewer(&world, dir.path());
    let reader = viewer.now();
    let conversations = reader.conversations(&ConversationQuery::of(WORKSPACE)).unwrap();
    let contacts = reader.contacts(&ContactQuery::of(WORKSPACE)).unwrap();
    let printed = format!("{:?} {conversations:?} {contacts:?}", messages(&viewer));
    for secret in ["secret", "Ana", "+1555"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    let dumped = viewer.models().dump().unwrap().join("\n");
    for secret in ["secret", "Ana", "+1555"] {
        assert!(!dumped.contains(secret), "read models hold no text");
    }
}

#[test]
fn one_person_is_shown_with_the_newest_name_of_all_their_contacts() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.meet(2, "Zoë B.");
    world.open(2);
    world.name(2, "Ana Maria", NOW + 9);
    let viewer = viewer(&world, dir.path());
    let shown = || viewer.now().conversation(WORKSPACE, conversation(2)).unwrap().unwrap().contact;
    assert_eq!(shown().id, contact(2).0);
    let before = world.log.head();
    let absorbed = convolog_domain::contact::ContactAbsorbed { other: contact(2) };
    world.put(StreamKind::Contact, contact(1).0, absorbed, None);
    let merged = convolog_domain::contact::ContactMerged { into: contact(1) };
    world.put(StreamKind::Contact, contact(2).0, merged, None);
    world.catch_up(viewer.models());
    assert_eq!((shown().id, shown().name.as_deref()), (contact(1).0, Some("Ana Maria")));
    let whole = viewer.now().contact(WORKSPACE, contact(1)).unwrap().unwrap();
    assert_eq!((whole.name.as_deref(), whole.identities.len()), (Some("Ana Maria"), 2));
    let part = viewer.now().contact(WORKSPACE, contact(2)).unwrap().unwrap();
    assert_eq!((part.merged_into, part.identities.len()), (Some(contact(1).0), 1));
    let then = run(viewer.as_of(before, PATIENCE)).unwrap();
    let unmerged = then.conversation(WORKSPACE, conversation(2)).unwrap().unwrap();
    assert_eq!(unmerged.contact.id, contact(2).0, "as of before the merge");
}

#[test]
fn a_reaction_that_came_in_through_another_conversation_is_shown_with_its_message() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    world.meet(2, "Ana");
    world.open(1);
    world.open(2);
    world.hear(1, 1, NOW, "hello");
    let absorbed = convolog_domain::contact::ContactAbsorbed { other: contact(2) };
    world.put(StreamKind::Contact, contact(1).0, absorbed, None);
    let merged = convolog_domain::contact::ContactMerged { into: contact(1) };
    world.put(StreamKind::Contact, contact(2).0, merged, None);
    let at = world.say(2, reaction(101, 1, NOW, false), Some("👍"));
    let viewer = viewer(&world, dir.path());
    assert_eq!(messages(&viewer)[0].reactions.len(), 1);
    for (cut, reactions) in [(at, 1), (convolog_log::Position(at.0 - 1), 0)] {
        let then = run(viewer.as_of(cut, PATIENCE)).unwrap();
        let page = then.messages(&MessageQuery::of(WORKSPACE, conversation(1))).unwrap();
        assert_eq!(page.items[0].reactions.len(), reactions);
    }
}

#[test]
fn a_changed_number_is_shown_and_the_old_one_is_no_longer_current() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    world.meet(1, "Ana");
    let changed = |old: u128, new: u128, at| IdentityChanged {
        kind: IdentityKind::Phone,
        old: Some(token(old)),
        new: token(new),
        at,
    };
    let value = Content::Identity(IdentityContent { value: "+1777".into() });
    let sealed = Some((contact(1), value));
    world.put(StreamKind::Contact, contact(1).0, changed(1, 2, NOW), sealed);
    let viewer = viewer(&world, dir.path());
    let shown = || {
        world.catch_up(viewer.models());
        viewer.now().contact(WORKSPACE, contact(1)).unwrap().unwrap()
    };
    assert_eq!(shown().phone.as_deref(), Some("+1777"));
    let current: Vec<_> = shown().identities.iter().map(|identity| identity.current).collect();
    assert_eq!(current, [false, true]);
    // Back to the old one, told late and out of order.
    world.put(StreamKind::Contact, contact(1).0, changed(2, 1, NOW + 9), None);
    world.put(StreamKind::Contact, contact(1).0, changed(1, 2, NOW), None);
    assert_eq!(shown().phone.as_deref(), Some("+15550000001"));
}
