//! Trying again, for days, and giving up where everybody can see it.

use serde_json::json;

use super::receiver::Answer;
use super::{Receiver, Scene};

/// Seconds between attempts.
const DELAYS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

#[tokio::test]
async fn a_delivery_is_tried_ten_times_over_days_and_then_given_up() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers(Answer::Words(500, "no such user"));
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    let first = receiver.next().await;
    for (tries, delay) in (1..).zip(DELAYS) {
        let list = format!("{webhook}/deliveries");
        scene.until(&list, |list| list["data"][0]["tries"] == tries).await;
        scene.pass(delay - 1);
        // Not a second early: what the clock says is looked at twenty times a second.
        let again = receiver.next();
        let early = tokio::time::timeout(std::time::Duration::from_millis(120), again).await;
        assert!(early.is_err(), "attempt {tries} came early");
        // A tenth of jitter, and what the attempt itself may have taken on a busy machine.
        scene.pass(30 + delay / 10);
        let again = receiver.next().await;
        assert_eq!(again.header("webhook-id"), first.header("webhook-id"));
        assert_eq!(again.body, first.body);
    }
    let failed = scene.deliveries(&webhook, "failed", 1).await;
    assert_eq!((&failed[0]["tries"], &failed[0]["next_attempt_at"]), (&json!(10), &json!(null)));
    let whole =
        scene.get(&format!("{webhook}/deliveries/{}/attempts", failed[0]["position"])).await;
    let attempts = whole["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 10);
    for (number, attempt) in (1..).zip(attempts) {
        assert_eq!(attempt["number"], number);
        assert_eq!(
            (&attempt["outcome"], &attempt["http_status"]),
            (&json!("rejected"), &json!(500))
        );
        assert_eq!(attempt["answer"], "no such user");
    }
    // The next event is delivered, and the answers of receivers stand nowhere in the clear.
    receiver.answers(Answer::status(204));
    scene.say(1, "two").await;
    assert_eq!(receiver.words(1).await, ["two"]);
    scene.deliveries(&webhook, "delivered", 1).await;
}

#[tokio::test]
async fn a_backlog_that_fails_at_once_is_recorded_whole() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "unordered").await;
    scene.workspace.client.post(&format!("{webhook}/pause")).await.ok(200);
    for n in 0..170 {
        scene.say(n % 20, &format!("n{n}")).await;
    }
    receiver.answers(Answer::status(500));
    scene.workspace.client.post(&format!("{webhook}/resume")).await.ok(200);
    let list = format!("{webhook}/deliveries?status=pending&limit=200");
    let tried = |list: &serde_json::Value| {
        let list = list["data"].as_array().unwrap();
        list.len() == 170 && list.iter().all(|one| one["tries"] == 1)
    };
    scene.until(&list, tried).await;
    assert_eq!(receiver.words(170).await.len(), 170);
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn retries_go_on_after_a_restart_by_the_times_that_were_recorded() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers_next([Answer::status(500), Answer::status(503)]);
    let webhook = scene.subscribe(&receiver, "unordered").await;
    scene.say(1, "one").await;
    receiver.next().await;
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    let next = pending[0]["next_attempt_at"].clone();
    let scene = scene.restart().await;
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert_eq!(pending[0]["next_attempt_at"], next, "the time stands in the log");
    scene.pass_a_retry();
    assert_eq!(receiver.words(1).await, ["one"]);
    scene.until(&format!("{webhook}/deliveries"), |list| list["data"][0]["tries"] == 2).await;
}
