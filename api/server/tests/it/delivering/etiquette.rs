//! What a receiver may ask for, and what becomes of it.

use serde_json::{Value, json};

use super::receiver::Answer;
use super::{Receiver, Scene};
use crate::support::text;

#[tokio::test]
async fn gone_disables_at_once_loses_nothing_and_can_be_undone() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers_next([Answer::status(410)]);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    assert_eq!(receiver.words(1).await, ["one"]);
    let disabled = |shown: &Value| shown["health"]["status"] == "disabled";
    let shown = scene.until(&webhook, disabled).await;
    assert_eq!(shown["health"]["reason"], "gone");
    // Whoever looks sees the same everywhere: it waits for somebody, not for a time.
    assert_eq!(
        (&shown["status"], &shown["health"]["next_attempt_at"]),
        (&json!("disabled"), &Value::Null)
    );
    let renamed = scene.workspace.client.patch(&webhook).json(&json!({ "name": "CRM" }));
    assert_eq!(renamed.await.ok(200)["status"], "disabled");
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert_eq!(pending[0]["next_attempt_at"], Value::Null);
    scene.say(1, "two").await;
    scene.pass(100_000);
    // A probe is sent whatever the health, and a good answer brings the endpoint back.
    let probed = scene.workspace.client.post(&format!("{webhook}/probe")).await.ok(200);
    assert_eq!((&probed["outcome"], &probed["http_status"]), (&json!("delivered"), &json!(204)));
    assert_eq!(
        (&probed["health"]["status"], &probed["health"]["reason"]),
        (&json!("healthy"), &json!("probed"))
    );
    let probe = receiver.next().await;
    assert_eq!(probe.json()["type"], "webhook.probe");
    assert_eq!(receiver.words(2).await, ["one", "two"]);
    scene.deliveries(&webhook, "delivered", 2).await;
}

#[tokio::test]
async fn resuming_brings_a_disabled_endpoint_back() {
    let (mut scene, mut receiver) = (Scene::patient().await, Receiver::start().await);
    receiver.answers_next([Answer::status(410), Answer::Hang]);
    let webhook = scene.subscribe(&receiver, "ordered_by_conversation").await;
    scene.say(1, "one").await;
    receiver.next().await;
    scene.until(&webhook, |shown| shown["health"]["status"] == "disabled").await;
    let resumed = scene.workspace.client.post(&format!("{webhook}/resume")).await.ok(200);
    assert_eq!(resumed["status"], "active");
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert!(pending[0]["next_attempt_at"].is_string(), "it is tried again now: {pending:?}");
    scene.pass_a_retry();
    assert_eq!(receiver.words(1).await, ["one"]);
    receiver.let_go();
    scene.deliveries(&webhook, "delivered", 1).await;
}

#[tokio::test]
async fn what_waits_for_an_endpoint_says_until_when() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let busy = Answer::Status(429, vec![("retry-after", "120".to_owned())]);
    receiver.answers_next([Answer::status(500), busy]);
    let webhook = scene.subscribe(&receiver, "unordered").await;
    for words in ["one", "two"] {
        scene.say(1, words).await;
        assert_eq!(receiver.words(1).await, [words]);
    }
    // The first one alone would be due in five seconds; the endpoint is not.
    let slowed = |shown: &Value| shown["health"]["next_attempt_at"].is_string();
    let shown = scene.until(&webhook, slowed).await;
    let until = shown["health"]["next_attempt_at"].as_str().unwrap();
    assert!(until.starts_with("2026-11-21T09:02:0"), "{until}");
    // Without the letter at its end, which stands behind a fraction in the order of letters.
    let until = until.trim_end_matches('Z');
    for one in scene.deliveries(&webhook, "pending", 2).await {
        assert!(one["next_attempt_at"].as_str().unwrap() >= until, "{one}");
    }
    scene.pass(200);
    receiver.words(2).await;
    scene.deliveries(&webhook, "delivered", 2).await;
    assert_eq!(scene.get(&webhook).await["health"]["next_attempt_at"], Value::Null);
}

#[tokio::test]
async fn patience_without_bounds_is_bounded() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    for (n, endless) in [(1, "99999999999999999999"), (2, "Fri, 31 Dec 9999 23:59:59 GMT")] {
        receiver.answers_next([Answer::Status(503, vec![("retry-after", endless.to_owned())])]);
        let webhook = scene.subscribe(&receiver, "ordered").await;
        scene.say(n, "one").await;
        receiver.next().await;
        let slowed = |shown: &Value| shown["health"]["next_attempt_at"].is_string();
        let until = text(&scene.until(&webhook, slowed).await["health"], "next_attempt_at");
        assert!(until.starts_with("2026-11-21T10:00:0"), "an hour at most: {until}");
        scene.workspace.client.delete(&webhook).await.ok(204);
    }
}

#[tokio::test]
async fn patience_that_is_asked_for_slows_the_whole_endpoint() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers_next([Answer::Status(429, vec![("retry-after", "120".to_owned())])]);
    let webhook = scene.subscribe(&receiver, "unordered").await;
    scene.say(1, "one").await;
    assert_eq!(receiver.words(1).await, ["one"]);
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert_eq!(pending[0]["last_attempt"]["outcome"], "slowed");
    assert!(pending[0]["next_attempt_at"].as_str().unwrap() >= "2026-11-21T09:02:00");
    scene.say(2, "two").await;
    scene.pass(119);
    let quiet = tokio::time::timeout(std::time::Duration::from_millis(150), receiver.next()).await;
    assert!(quiet.is_err(), "nothing is sent before it asked for more");
    scene.pass(20);
    let mut came = receiver.words(2).await;
    came.sort_unstable();
    assert_eq!(came, ["one", "two"]);
}

#[tokio::test]
async fn an_aborted_message_is_not_tried_again() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let abort = vec![("webhook-delivery", "abort-message".to_owned())];
    receiver.answers_next([Answer::Status(400, abort)]);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    scene.say(1, "two").await;
    assert_eq!(receiver.words(2).await, ["one", "two"]);
    let failed = scene.deliveries(&webhook, "failed", 1).await;
    assert_eq!(failed[0]["last_attempt"]["outcome"], "aborted");
}

#[tokio::test]
async fn redirects_are_failures_and_not_followed() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let mut elsewhere = Receiver::start().await;
    receiver.answers_next([Answer::Status(307, vec![("location", elsewhere.url())])]);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    receiver.next().await;
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert_eq!(pending[0]["last_attempt"]["http_status"], 307);
    assert!(elsewhere.is_quiet());
}

#[tokio::test]
async fn an_endpoint_that_always_fails_is_paused_and_tried_once_an_hour() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers(Answer::status(500));
    let webhook = scene.subscribe(&receiver, "unordered").await;
    for n in 0..12 {
        scene.say(n, "hello").await;
        receiver.next().await;
    }
    let degraded = scene.until(&webhook, |shown| shown["health"]["status"] == "degraded").await;
    assert_eq!(degraded["health"]["reason"], "often_fails");
    scene.deliveries(&webhook, "pending", 12).await;
    scene.pass(3_700);
    let shown = scene.until(&webhook, |shown| shown["health"]["status"] == "paused").await;
    assert_eq!(shown["health"]["reason"], "always_fails");
    // Nothing is lost, and the first good answer an hour later opens it again.
    while !receiver.is_quiet() {}
    receiver.answers(Answer::status(200));
    scene.pass(3_601);
    scene.until(&webhook, |shown| shown["health"]["status"] == "healthy").await;
    scene.pass(86_400);
    scene.deliveries(&webhook, "delivered", 12).await;
}

#[tokio::test]
async fn a_receiver_that_never_ends_is_cut_short() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let endless: &'static str = Box::leak("x".repeat(1 << 20).into_boxed_str());
    receiver.answers_next([Answer::Words(200, endless)]);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    receiver.next().await;
    let delivered = scene.deliveries(&webhook, "delivered", 1).await;
    let path = format!("{webhook}/deliveries/{}/attempts", delivered[0]["position"]);
    let whole = scene.get(&path).await;
    assert_eq!(whole["attempts"][0]["answer"].as_str().unwrap().len(), 16 * 1024);
}
