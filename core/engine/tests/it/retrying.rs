//! Whatever a post holds for whatever numbers: once they are connected, all of it can be taken, once.

use convolog_domain::{
    Event, QuarantineId, SecretId,
    quarantine::{self, Reason},
    receipt::{self, PostReceived},
};
use convolog_engine::{Caller, print_post};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::quarantine::told;
use crate::world::{NOW, Tenant, World, messages, text};

/// Numbers of the clinic; only the first is connected from the start.
const NUMBERS: [&str; 4] = ["106540352242922", "777777777771", "777777777772", "777777777773"];

/// A change: its number, and whether its message has an id and a time.
type Change = (usize, bool);

/// A post of these changes, each of one message that says which it is.
fn post(clinic: &Tenant, n: usize, changes: &[Change]) -> Value {
    let mut post = messages(clinic, &json!({}));
    let list = changes.iter().enumerate().map(|(i, (number, named))| {
        let said = text(&format!("1650555{n:02}{i:02}"), &format!("{n}-{i}"), NOW, &words(n, i));
        let mut change = messages(clinic, &said)["entry"][0]["changes"][0].clone();
        change["value"]["metadata"]["phone_number_id"] = json!(NUMBERS[*number]);
        if !named {
            let message = change["value"]["messages"][0].as_object_mut().unwrap();
            message.remove("id");
            message.remove("timestamp");
        }
        change
    });
    post["entry"][0]["changes"] = list.collect();
    post
}

fn words(n: usize, i: usize) -> String {
    format!("<message {i} of post {n}>")
}

/// The changes that wait.
fn waiting(world: &World) -> Vec<QuarantineId> {
    let mut waiting = Vec::new();
    for event in world.events(world.tenants[0].workspace) {
        let id = QuarantineId(event.stream.id);
        match event.event {
            Event::Quarantine(quarantine::Event::ChangeQuarantined(_)) => waiting.push(id),
            Event::Quarantine(quarantine::Event::ChangeAccepted(_)) => {
                waiting.retain(|other| *other != id);
            }
            _ => {}
        }
    }
    waiting
}

/// Every message that was recorded.
fn recorded(world: &World) -> usize {
    let names = world.names(world.tenants[0].workspace, &["conversation"]);
    names.iter().filter(|name| **name == "message_received").count()
}

async fn all_is_taken_once(posts: &[Vec<Change>], redelivered: bool) {
    let world = World::new().await;
    let clinic = &world.tenants[0];
    let posts: Vec<_> = posts
        .iter()
        .enumerate()
        .map(|(n, changes)| (n, changes.len(), post(clinic, n, changes)))
        .collect();
    for (_, _, post) in &posts {
        world.post(clinic, post).await;
    }
    for number in &NUMBERS[1..] {
        world.connect_number(clinic, number).await;
    }
    if redelivered {
        for (_, _, post) in &posts {
            world.post(clinic, post).await;
        }
    }
    let caller = Caller::administrator(clinic.workspace);
    for id in waiting(&world) {
        let answer = world.inbound.retry(&caller, id, None, told).await.unwrap();
        assert!(answer.body["accepted"].is_u64(), "{answer:?}");
    }
    assert_eq!(waiting(&world), []);
    let total: usize = posts.iter().map(|post| post.1).sum();
    let said = world.disclosed(clinic.workspace);
    for (n, i) in posts.iter().flat_map(|(n, count, _)| (0..*count).map(move |i| (*n, i))) {
        assert!(said.contains(&words(n, i)), "{} was lost", words(n, i));
    }
    assert_eq!(recorded(&world), total, "each of them once");
    for (_, _, post) in &posts {
        let again = world.post(clinic, post).await;
        assert_eq!((again.accepted, again.quarantined), (0, 0));
    }
    assert_eq!(recorded(&world), total);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn posts_of_several_changes_for_several_numbers_are_taken_once_all_are_connected(
        posts in prop::collection::vec(
            prop::collection::vec((0..NUMBERS.len(), prop::bool::weighted(0.8)), 1..5), 1..4),
        redelivered: bool,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(all_is_taken_once(&posts, redelivered));
    }
}

#[tokio::test]
async fn one_body_for_a_connected_number_and_two_unknown_ones() {
    all_is_taken_once(&[vec![(0, true), (1, true), (2, true)], vec![(1, true), (2, true)]], false)
        .await;
}

/// The receipts of the clinic, in order.
fn receipts(world: &World) -> Vec<(convolog_log::Position, PostReceived)> {
    let events = world.events(world.tenants[0].workspace).into_iter();
    let receipt = |event: convolog_engine::Recorded| match event.event {
        Event::Receipt(receipt::Event::PostReceived(receipt)) => Some((event.position, receipt)),
        _ => None,
    };
    events.filter_map(receipt).collect()
}

#[tokio::test]
async fn what_was_set_aside_keeps_the_evidence_of_its_post_and_the_retry_repeats_it() {
    let world = World::new().await;
    let clinic = &world.tenants[0];
    let body = post(clinic, 0, &[(1, true), (2, true)]).to_string();
    world.post_text(clinic, &body).await;
    let signature = convolog_whatsapp::sign(clinic.secret.as_bytes(), body.as_bytes());
    let bytes = u64::try_from(body.len()).unwrap();
    let mut secret = SecretId::default();
    for event in world.events(clinic.workspace) {
        if let Event::Quarantine(quarantine::Event::ChangeQuarantined(change)) = event.event {
            let evidence = change.evidence.unwrap();
            assert_eq!((&evidence.signature, evidence.body_bytes), (&signature, bytes));
            secret = evidence.secret;
        }
    }
    assert_ne!(secret, SecretId::default());
    let caller = Caller::administrator(clinic.workspace);
    world.connect_number(clinic, NUMBERS[1]).await;
    let id = waiting(&world)[0];
    world.inbound.retry(&caller, id, None, told).await.unwrap();
    let (position, receipt) = receipts(&world).pop().unwrap();
    assert_eq!((receipt.signature, receipt.body_bytes, receipt.secret), (signature, bytes, secret));
    assert_eq!(receipt.quarantined, Some(id));
    let printed = print_post(&world.engine, position).unwrap();
    assert!(printed.contains(&words(0, 0)) && !printed.contains(&words(0, 1)), "{printed}");
}

#[tokio::test]
async fn each_part_of_a_body_that_was_kept_whole_is_judged() {
    let world = World::new().await;
    let [clinic, florist] = &world.tenants;
    // The clinic's own change is too large to be read, the other one is somebody else's.
    let mut body = post(clinic, 0, &[(0, true)]);
    let many = vec![json!({}); convolog_whatsapp::limits::MAX_UPDATES];
    body["entry"][0]["changes"][0]["value"]["statuses"] = json!(many);
    let other = messages(florist, &text("16505550000", "1", NOW, "Forged"));
    body["entry"].as_array_mut().unwrap().insert(0, other["entry"][0].clone());
    world.post(clinic, &body).await;
    let caller = Caller::administrator(clinic.workspace);
    let mut reasons = Vec::new();
    for id in waiting(&world) {
        let answer = world.inbound.retry(&caller, id, None, told).await.unwrap();
        reasons.push(answer.body);
    }
    let refused = |reason: Reason| json!({ "refused": reason });
    // Not what its first part is refused for: the whole still cannot be read.
    assert_eq!(reasons, [refused(Reason::NotMetaShape), refused(Reason::NumberNotOfApp)]);
}
