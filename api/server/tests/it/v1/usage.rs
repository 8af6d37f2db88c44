//! What keys called, minute by minute.

use convolog_server::{Config, RateLimits};
use serde_json::{Value, json};

use crate::support::TestServer;

/// In microseconds.
const MINUTE: i64 = 60_000_000;

fn recorded(config: &mut Config) {
    config.trust_numbers = true;
    config.usage = true;
    config.rates = RateLimits { rate_reads: 3, ..RateLimits::UNLIMITED };
}

/// Reads, writes, heavy and refused calls of the only key.
fn counts(list: &Value) -> [u64; 4] {
    let calls = &list["data"][0]["calls"];
    ["read", "write", "heavy", "refused"].map(|class| calls[class].as_u64().unwrap())
}

#[tokio::test]
async fn each_minute_is_recorded_once_when_it_is_over() {
    let server = TestServer::start_with(recorded).await;
    let workspace = server.workspace().await;
    let head = server.app().engine().log().head().0;
    let asked = server.admin.get("/v1/usage").header("convolog-workspace", &workspace.id);
    for _ in 0..4 {
        workspace.client.get("/v1/people").await;
    }
    workspace
        .client
        .post("/v1/people")
        .json(&json!({ "name": "Maya", "role": "owner" }))
        .await
        .ok(201);
    workspace.client.delete("/v1/channels/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c").await;
    server.app().record_usage().await;
    let list = asked.await.ok(200);
    assert_eq!(list["data"][0]["name"], "key");
    assert_eq!(counts(&list), [0, 0, 0, 0], "the minute is not over");
    server.clock.advance_micros(MINUTE);
    server.app().record_usage().await;
    server.app().record_usage().await;
    let asked = server.admin.get("/v1/usage").header("convolog-workspace", &workspace.id);
    let list = asked.await.ok(200);
    assert_eq!(list["data"][0]["calls"]["refused"], 1);
    assert_eq!(list["data"][0]["calls"]["read"], 3);
    let events = format!("/v1/events?type=usage_recorded&after={head}");
    let asked = server.admin.get(&events).header("convolog-workspace", &workspace.id);
    let events = asked.await.ok(200);
    assert_eq!(events["data"].as_array().unwrap().len(), 1);
    assert_eq!(events["data"][0]["data"]["minute"], 1_795_251_600);
}

#[tokio::test]
async fn minutes_without_calls_and_the_administrator_leave_nothing() {
    let server = TestServer::start_with(recorded).await;
    let workspace = server.workspace().await;
    let head = server.app().engine().log().head();
    for _ in 0..3 {
        let asked = server.admin.get("/v1/people").header("convolog-workspace", &workspace.id);
        asked.await.ok(200);
        server.clock.advance_micros(MINUTE);
        server.app().record_usage().await;
    }
    assert_eq!(server.app().engine().log().head(), head);
}

#[tokio::test]
async fn a_graceful_stop_forgets_nothing() {
    let server = TestServer::start_with(recorded).await;
    let workspace = server.workspace().await;
    workspace.client.get("/v1/people").await.ok(200);
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    // The rest of the same minute, after the restart.
    client.get("/v1/people").await.ok(200);
    server.clock.advance_micros(MINUTE);
    server.app().record_usage().await;
    let list = client.get("/v1/usage").await.ok(200);
    assert_eq!(counts(&list), [2, 0, 0, 0]);
}

#[tokio::test]
async fn a_stretch_of_time_counts_the_minutes_that_begin_in_it() {
    let server = TestServer::start_with(|config| {
        recorded(config);
        config.rates = RateLimits::UNLIMITED;
    })
    .await;
    let workspace = server.workspace().await;
    for calls in 1..=5 {
        for _ in 0..calls {
            workspace.client.get("/v1/people").await.ok(200);
        }
        server.clock.advance_micros(MINUTE);
        server.app().record_usage().await;
    }
    let read = async |query: &str| {
        let asked = server.admin.get(&format!("/v1/usage{query}"));
        counts(&asked.header("convolog-workspace", &workspace.id).await.ok(200))[0]
    };
    assert_eq!(read("").await, 15);
    assert_eq!(read("?from=2026-11-21T09:01:00Z").await, 14);
    assert_eq!(read("?from=2026-11-21T09:01:00Z&to=2026-11-21T09:03:00Z").await, 5);
    assert_eq!(read("?from=2026-11-21T09:00:30Z&to=2026-11-21T09:02:01Z").await, 5);
    assert_eq!(read("?to=2026-11-21T09:04:00Z").await, 10);
    assert_eq!(read("?to=2026-11-21T08:00:00Z").await, 0);
    assert_eq!(read("?from=2026-11-22T00:00:00Z").await, 0);
    assert_eq!(read("?from=2026-11-21T09:02:00Z&to=2026-11-21T09:02:00Z").await, 0);
}

#[tokio::test]
async fn a_stretch_that_makes_no_sense_and_a_key_that_may_not_ask_are_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let wrong = workspace.client.get("/v1/usage?from=yesterday").await;
    assert_eq!(wrong.problem(400, "invalid_field")["field"], "from");
    let backwards = "/v1/usage?from=2026-11-21T10:00:00Z&to=2026-11-21T09:00:00Z";
    assert_eq!(workspace.client.get(backwards).await.problem(400, "invalid_field")["field"], "to");
    let key = server.key(&workspace.id, json!({ "scopes": ["read"] })).await;
    server.admin.with_token(&key).get("/v1/usage").await.problem(403, "insufficient_scope");
    // Another workspace sees its own keys only.
    let other = server.workspace().await;
    let list = other.client.get("/v1/usage").await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        list["data"][0]["prefix"],
        other.key[..list["data"][0]["prefix"].as_str().unwrap().len()]
    );
}
