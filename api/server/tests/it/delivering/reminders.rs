//! Reminders of appointments: when they are due, whom they reach, and what became of those that fell
//! due while nobody could act.

use serde_json::{Value, json};

use super::{Receiver, Scene};
use crate::support::text;

/// Mondays, eight to twelve, reminded of an hour before.
async fn service(scene: &Scene) -> String {
    let body = json!({
        "name": "Check-up", "weekly": [{ "day": 1, "opens": 480, "closes": 720 }],
        "remind_minutes": 60,
    });
    text(&scene.workspace.client.post("/v1/services").json(&body).await.ok(201), "id")
}

async fn book(scene: &Scene, service: &str, starts_at: &str) -> String {
    let client = &scene.workspace.client;
    let who = text(&client.post("/v1/leads").json(&json!({ "name": "Ana" })).await.ok(201), "id");
    let body = json!({ "service_id": service, "lead_id": who, "starts_at": starts_at });
    let booked = client.post("/v1/appointments").json(&body).await.ok(201);
    format!("/v1/appointments/{}", text(&booked, "id"))
}

async fn outcome(scene: &Scene, path: &str) -> Value {
    let events = format!("{path}/events");
    let is_due = |list: &Value| {
        let last = list["data"].as_array().and_then(|list| list.last()).cloned();
        last.is_some_and(|last| last["type"] == "appointment_reminder_due")
    };
    let list = scene.until(&events, is_due).await;
    list["data"].as_array().unwrap().last().unwrap()["data"]["outcome"].clone()
}

/// Seconds from the beginning of these tests (Saturday, nine o'clock) to Monday, eight o'clock.
const TO_MONDAY_EIGHT: i64 = 47 * 3_600;

#[tokio::test]
async fn whoever_asked_is_told_once_and_not_of_what_was_moved_or_cancelled() {
    let (scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let service = service(&scene).await;
    let wanted = json!({
        "url": receiver.url(), "events": ["appointment.reminder_due"], "order": "ordered",
    });
    scene.subscribe_to(&wanted).await;
    let first = book(&scene, &service, "2026-11-23T08:00:00Z").await;
    let moved = book(&scene, &service, "2026-11-23T08:30:00Z").await;
    let cancelled = book(&scene, &service, "2026-11-23T09:00:00Z").await;
    let client = &scene.workspace.client;
    let to = json!({ "starts_at": "2026-11-23T11:00:00Z" });
    client.post(&format!("{moved}/move")).json(&to).await.ok(200);
    client.post(&format!("{cancelled}/cancel")).await.ok(200);
    scene.pass(TO_MONDAY_EIGHT - 3_601);
    assert!(receiver.is_quiet());
    scene.pass(1);
    let told = receiver.next().await.json();
    assert_eq!(told["type"], "appointment.reminder_due");
    assert_eq!(told["data"]["data"]["times"]["starts_at"], 1_795_420_800);
    assert_eq!(outcome(&scene, &first).await, "due");
    // The one that was moved is due three hours later, the cancelled one never.
    scene.pass(3 * 3_600);
    let told = receiver.next().await.json();
    assert_eq!(told["data"]["data"]["times"]["starts_at"], 1_795_431_600);
    scene.pass(86_400);
    assert_eq!(outcome(&scene, &moved).await, "due");
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn what_fell_due_while_nobody_could_act_is_told_late_or_not_at_all() {
    let (scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let service = service(&scene).await;
    let wanted = json!({ "url": receiver.url(), "events": ["appointment.reminder_due"] });
    scene.subscribe_to(&wanted).await;
    let over = book(&scene, &service, "2026-11-23T08:00:00Z").await;
    let near = book(&scene, &service, "2026-11-23T08:30:00Z").await;
    scene.disarm().await;
    scene.pass(TO_MONDAY_EIGHT + 600);
    let scene = scene.restart().await;
    assert!(receiver.is_quiet());
    scene.arm().await;
    let told = receiver.next().await.json();
    assert_eq!(told["data"]["data"]["times"]["starts_at"], 1_795_422_600);
    assert_eq!(outcome(&scene, &near).await, "due");
    assert_eq!(outcome(&scene, &over).await, "too_late");
    assert!(receiver.is_quiet());
}
