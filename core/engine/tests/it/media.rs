//! Files that customers send, told more than once.

use convolog_domain::conversation::{Conversation, DelayMedia, NextMedia, StoreMedia};
use convolog_domain::{Blob, ConversationId, Event, Hash32, MediaContent, MessageId, conversation};
use convolog_engine::Caller;
use serde_json::json;
use uuid::Uuid;

use crate::world::{NOW, World, messages};

/// Ana sends a picture, or it is told again that she did: the platform names its file so.
async fn pictured(world: &World, file: &str) {
    let [clinic, _] = &world.tenants;
    let told = json!({
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": "16505551234"}],
        "messages": [{"from": "16505551234", "id": "wamid.A", "timestamp": NOW.to_string(),
                      "type": "image", "image": {"id": file, "mime_type": "image/jpeg"}}],
    });
    assert_eq!(world.post(clinic, &messages(clinic, &told)).await.accepted, 1);
}

/// Until when the file can be fetched, by the newest telling; and of which message.
fn told(world: &World) -> (ConversationId, MessageId, Option<i64>) {
    let [clinic, _] = &world.tenants;
    let events = world.events(clinic.workspace).into_iter().rev();
    let mut tellings = events.filter_map(|event| {
        let facts = match event.event {
            Event::Conversation(conversation::Event::MessageReceived(told)) => told.facts,
            Event::Conversation(conversation::Event::MessageEnriched(told)) => told.facts,
            _ => return None,
        };
        Some((ConversationId(event.stream.id), facts.message, facts.media_until))
    });
    tellings.next().unwrap()
}

fn next(world: &World, conversation: ConversationId) -> NextMedia {
    let [clinic, _] = &world.tenants;
    let loaded = world.engine.load::<Conversation>(clinic.workspace, conversation.0).unwrap();
    loaded.state.attachments.next(NOW)
}

#[tokio::test]
async fn what_is_kept_is_not_fetched_again_however_often_it_is_told() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    pictured(&world, "901").await;
    let (conversation, message, until) = told(&world);
    assert!(until.is_some());
    assert_eq!(next(&world, conversation), NextMedia::Fetch(message));
    let command = StoreMedia {
        message,
        blob: Blob { hash: Hash32([1; 32]), bytes: 2_100 },
        sealed_as: Uuid::from_u128(3),
        size: 2_000,
        mime_type: "image/jpeg".to_owned(),
        content: MediaContent::default(),
    };
    let caller = Caller::reactor(clinic.workspace);
    assert!(world.engine.store_media(&caller, conversation, command).await.unwrap());
    pictured(&world, "902").await;
    assert_eq!(told(&world), (conversation, message, None));
    assert_eq!(next(&world, conversation), NextMedia::Nothing);
}

#[tokio::test]
async fn what_is_lost_stays_lost() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    pictured(&world, "901").await;
    let (conversation, message, _) = told(&world);
    let delay = DelayMedia { message, reason: "too_large".to_owned() };
    world
        .engine
        .delay_media(&Caller::reactor(clinic.workspace), conversation, delay)
        .await
        .unwrap();
    pictured(&world, "902").await;
    assert_eq!(next(&world, conversation), NextMedia::Nothing);
}

#[tokio::test]
async fn what_is_told_anew_is_fetched_by_its_newest_name() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    pictured(&world, "901").await;
    pictured(&world, "902").await;
    let (_, message, until) = told(&world);
    assert!(until.is_some(), "it is still to be fetched");
    let media = world.engine.media_of(clinic.workspace, message).unwrap().unwrap();
    assert_eq!(media.id, Some("902".into()));
}
