//! What is armed acts, what stops goes on, and nothing is missing.

use serde_json::json;

use super::receiver::Answer;
use super::{Receiver, Scene};

#[tokio::test]
async fn nothing_is_delivered_unless_this_instance_is_armed() {
    let (mut scene, mut receiver) = (Scene::disarmed().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    let probe = scene.workspace.client.post(&format!("{webhook}/probe")).await.ok(200);
    assert_eq!(probe["outcome"], "pending");
    let quiet = tokio::time::timeout(std::time::Duration::from_millis(200), receiver.next()).await;
    assert!(quiet.is_err());
    scene.arm().await;
    let came = [receiver.next().await, receiver.next().await];
    let kinds: Vec<_> = came.iter().map(|came| came.json()["type"].clone()).collect();
    assert!(kinds.contains(&json!("webhook.probe")) && kinds.contains(&json!("message.received")));
    scene.deliveries(&webhook, "delivered", 1).await;
    scene.disarm().await;
    scene.say(1, "two").await;
    let quiet = tokio::time::timeout(std::time::Duration::from_millis(200), receiver.next()).await;
    assert!(quiet.is_err());
    scene.arm().await;
    assert_eq!(receiver.words(1).await, ["two"]);
}

#[tokio::test]
async fn a_stop_in_the_middle_loses_nothing_and_repeats_under_the_same_id() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    assert_eq!(receiver.words(1).await, ["one"]);
    scene.deliveries(&webhook, "delivered", 1).await;
    receiver.answers_next([Answer::Hang]);
    scene.say(1, "two").await;
    let hanging = receiver.next().await;
    scene.say(1, "three").await;
    let mut scene = scene.restart().await;
    // It was given up when the server stopped, or timed out just before.
    scene.pass_a_retry();
    let again = receiver.next().await;
    assert_eq!(
        (again.words(), again.header("webhook-id")),
        ("two".to_owned(), hanging.header("webhook-id"))
    );
    assert_eq!(receiver.words(1).await, ["three"]);
    scene.say(1, "four").await;
    assert_eq!(receiver.words(1).await, ["four"]);
    scene.deliveries(&webhook, "delivered", 4).await;
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn what_happens_while_it_is_paused_is_delivered_later() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.workspace.client.post(&format!("{webhook}/pause")).await.ok(200);
    scene.say(1, "one").await;
    scene.say(2, "two").await;
    scene.workspace.client.post(&format!("{webhook}/resume")).await.ok(200);
    assert_eq!(receiver.words(2).await, ["one", "two"]);
    scene.deliveries(&webhook, "delivered", 2).await;
    scene.workspace.client.delete(&webhook).await.ok(204);
    scene.say(1, "three").await;
    let quiet = tokio::time::timeout(std::time::Duration::from_millis(200), receiver.next()).await;
    assert!(quiet.is_err(), "nothing is delivered to what was deleted");
}

#[tokio::test]
async fn deliveries_are_never_delivered() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted = json!({ "url": receiver.url(), "events": ["*"], "order": "ordered" });
    let (webhook, _) = scene.subscribe_to(&wanted).await;
    scene.say(1, "one").await;
    let list = format!("{webhook}/deliveries?limit=200");
    let all = |list: &serde_json::Value| {
        let list = list["data"].as_array().unwrap();
        list.iter().filter(|one| one["status"] == "delivered").count() >= 2
            && list.iter().any(|one| one["type"] == "message_received")
    };
    let list = scene.until(&list, all).await;
    for delivery in list["data"].as_array().unwrap() {
        assert!(!delivery["type"].as_str().unwrap().contains("deliver"), "{delivery}");
        receiver.next().await;
    }
    let head = scene.head();
    scene.pass(1_000);
    assert!(receiver.is_quiet());
    assert_eq!(scene.head(), head, "it comes to rest");
}
