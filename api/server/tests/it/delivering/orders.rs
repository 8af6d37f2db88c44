//! Who waits for whom.

use serde_json::json;

use super::receiver::Answer;
use super::{Receiver, Scene};

#[tokio::test]
async fn strict_order_waits_for_what_failed() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    receiver.answers_next([Answer::status(204), Answer::status(500)]);
    for (customer, words) in [(1, "one"), (2, "two"), (3, "three"), (1, "four")] {
        scene.say(customer, words).await;
    }
    assert_eq!(receiver.words(2).await, ["one", "two"]);
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert!(pending[0]["next_attempt_at"].is_string());
    assert!(receiver.is_quiet(), "what follows waits");
    scene.pass_a_retry();
    assert_eq!(receiver.words(3).await, ["two", "three", "four"]);
    scene.deliveries(&webhook, "delivered", 4).await;
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn a_conversation_that_fails_holds_up_only_itself() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered_by_conversation").await;
    receiver.answers_next([Answer::status(500)]);
    scene.say(1, "a1").await;
    assert_eq!(receiver.words(1).await, ["a1"]);
    scene.deliveries(&webhook, "pending", 1).await;
    for (customer, words) in [(1, "a2"), (2, "b1"), (1, "a3"), (2, "b2")] {
        scene.say(customer, words).await;
    }
    assert_eq!(receiver.words(2).await, ["b1", "b2"]);
    scene.deliveries(&webhook, "delivered", 2).await;
    assert!(receiver.is_quiet(), "what follows in the conversation waits");
    scene.pass_a_retry();
    assert_eq!(receiver.words(3).await, ["a1", "a2", "a3"]);
    scene.deliveries(&webhook, "delivered", 5).await;
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn a_conversation_that_waits_is_taken_up_after_a_restart() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered_by_conversation").await;
    receiver.answers_next([Answer::status(500)]);
    scene.say(1, "a1").await;
    assert_eq!(receiver.words(1).await, ["a1"]);
    for (customer, words) in [(1, "a2"), (2, "b1"), (1, "a3")] {
        scene.say(customer, words).await;
    }
    assert_eq!(receiver.words(1).await, ["b1"]);
    scene.deliveries(&webhook, "pending", 1).await;
    scene.deliveries(&webhook, "delivered", 1).await;
    let scene = scene.restart().await;
    scene.pass_a_retry();
    assert_eq!(receiver.words(3).await, ["a1", "a2", "a3"]);
    scene.deliveries(&webhook, "delivered", 4).await;
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn a_receiver_that_hangs_holds_up_nobody_else() {
    let mut scene = Scene::patient().await;
    let (mut hanging, mut healthy) = (Receiver::start().await, Receiver::start().await);
    hanging.answers(Answer::Hang);
    let stuck = scene.subscribe(&hanging, "unordered").await;
    let webhook = scene.subscribe(&healthy, "ordered").await;
    let words: Vec<String> = (0..12).map(|n| format!("n{n}")).collect();
    for (n, word) in words.iter().enumerate() {
        scene.say(n, word).await;
    }
    assert_eq!(healthy.words(12).await, words);
    scene.deliveries(&webhook, "delivered", 12).await;
    // Eight at a time hang; the others wait for one of them to end.
    let mut came = hanging.words(8).await;
    assert!(hanging.is_quiet());
    hanging.let_go();
    came.extend(hanging.words(4).await);
    came.sort_unstable();
    let mut all = words.clone();
    all.sort_unstable();
    assert_eq!(came, all);
    scene.deliveries(&stuck, "delivered", 12).await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_failure_with_a_reason() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    receiver.answers_next([Answer::Hang]);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    receiver.next().await;
    let pending = scene.deliveries(&webhook, "pending", 1).await;
    assert_eq!(pending[0]["last_attempt"]["outcome"], "timed_out");
    assert_eq!(pending[0]["last_attempt"]["http_status"], json!(null));
    scene.pass_a_retry();
    assert_eq!(receiver.words(1).await, ["one"]);
    scene.deliveries(&webhook, "delivered", 1).await;
}
