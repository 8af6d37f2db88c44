//! How often a key may call, and an address be wrong about keys.

use convolog_server::{Config, RateLimits};
use serde_json::json;

use crate::support::{Reply, TestServer};

/// 2026-11-21T09:01:00Z, when the clock stands at 09:00:00.
const RESET: &str = "1795251660";

/// In microseconds.
const SECOND: i64 = 1_000_000;

fn limited(config: &mut Config) {
    config.trust_numbers = true;
    config.rates =
        RateLimits { rate_reads: 2, rate_writes: 1, rate_failures: 2, ..RateLimits::UNLIMITED };
}

fn standing(reply: &Reply) -> [String; 3] {
    ["limit", "remaining", "reset"].map(|part| reply.header(&format!("x-ratelimit-{part}")))
}

#[tokio::test]
async fn a_key_is_told_where_it_stands_and_stopped_at_its_limit() {
    let server = TestServer::start_with(limited).await;
    let workspace = server.workspace().await;
    let people = || workspace.client.get("/v1/people");
    server.clock.advance_micros(20 * SECOND);
    let first = people().await;
    first.ok(200);
    assert_eq!(standing(&first), ["2", "1", RESET]);
    let second = people().header("if-none-match", first.header("etag")).await;
    second.ok(304);
    assert_eq!(standing(&second), ["2", "0", RESET]);
    let third = people().await;
    let problem = third.problem(429, "rate_limited");
    assert_eq!(standing(&third), ["2", "0", RESET]);
    assert_eq!(third.header("retry-after"), "40");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("2 calls of the class read"), "{detail}");
    assert!(detail.contains("in 40 seconds, at 2026-11-21T09:01:00Z"), "{detail}");
    server.clock.advance_micros(40 * SECOND);
    let next = people().await;
    next.ok(200);
    assert_eq!(standing(&next), ["2", "1", "1795251720"]);
}

#[tokio::test]
async fn each_class_and_each_key_has_a_limit_of_its_own() {
    let server = TestServer::start_with(limited).await;
    let workspace = server.workspace().await;
    let person = json!({ "name": "Maya", "role": "owner" });
    let add = || workspace.client.post("/v1/people").json(&person);
    add().await.ok(201);
    add().await.problem(429, "rate_limited");
    workspace.client.get("/v1/people").await.ok(200);
    let other = server.admin.with_token(&server.key(&workspace.id, json!({})).await);
    other.get("/v1/people").await.ok(200);
    // A class without a limit says nothing.
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let made = workspace.client.post(&path).json(&json!({ "name": "another" })).await;
    made.ok(201);
    assert_eq!(standing(&made), ["", "", ""]);
}

#[tokio::test]
async fn answers_that_refuse_are_counted_and_say_so_too() {
    let server = TestServer::start_with(limited).await;
    let workspace = server.workspace().await;
    let missing = workspace.client.get("/v1/people/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c").await;
    missing.problem(404, "not_found");
    assert_eq!(standing(&missing), ["2", "1", RESET]);
    let forbidden = workspace.client.get("/v1/installation").await;
    assert_eq!(forbidden.status, 403, "{}", forbidden.text);
    assert_eq!(standing(&forbidden), ["2", "0", RESET]);
}

#[tokio::test]
async fn the_administrator_and_the_public_are_not_limited() {
    let server = TestServer::start_with(limited).await;
    for _ in 0..4 {
        let reply = server.admin.get("/v1/workspaces").await;
        reply.ok(200);
        assert_eq!(standing(&reply), ["", "", ""]);
        server.admin.without_token().get("/healthz").await.ok(200);
    }
}

#[tokio::test]
async fn an_address_that_guesses_keys_is_not_listened_to_for_the_rest_of_the_minute() {
    let server = TestServer::start_with(limited).await;
    let workspace = server.workspace().await;
    let guess = server.admin.with_token("cl_live_guessed");
    for _ in 0..2 {
        guess.get("/v1/people").await.problem(401, "invalid_credentials");
        // No key at all is no guess.
        server.admin.without_token().get("/v1/people").await.problem(401, "missing_credentials");
    }
    let reply = guess.get("/v1/people").await;
    let problem = reply.problem(429, "rate_limited");
    assert_eq!(
        (&problem["field"], reply.header("retry-after")),
        (&json!("Authorization"), "60".into())
    );
    workspace.client.get("/v1/people").await.problem(429, "rate_limited");
    server.clock.advance_micros(60 * SECOND);
    workspace.client.get("/v1/people").await.ok(200);
}

#[tokio::test]
async fn callers_behind_a_trusted_proxy_are_told_apart() {
    let server = TestServer::start_with(|config| {
        limited(config);
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let workspace = server.workspace().await;
    let guess = server.admin.with_token("cl_live_guessed");
    let from = |address: &str| guess.get("/v1/people").header("x-forwarded-for", address);
    for status in [401, 401, 429] {
        assert_eq!(from("203.0.113.7").await.status, status);
    }
    from("203.0.113.8").await.problem(401, "invalid_credentials");
    workspace.client.get("/v1/people").await.ok(200);
}

#[tokio::test]
async fn every_limited_endpoint_documents_its_limit() {
    let document = convolog_server::Api::native();
    for route in document.routes() {
        let declaration = &route.declaration;
        let operation =
            &document.document()["paths"][declaration.path][declaration.method.lower_case()];
        let responses = &operation["responses"];
        let told = &responses[declaration.success.as_str()]["headers"]["X-RateLimit-Remaining"];
        assert_eq!(told.is_object(), declaration.limited(), "{}", declaration.name);
        let refusal = &responses["429"]["headers"]["Retry-After"];
        assert_eq!(refusal.is_object(), declaration.takes_credentials(), "{}", declaration.name);
    }
}
