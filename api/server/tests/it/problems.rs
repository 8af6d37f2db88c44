//! Every error is a problem+json that names what is wrong.

use reqwest::Method;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_path_or_method_that_is_not_there_is_a_problem() {
    let server = TestServer::start().await;
    server.admin.get("/v1/nothing").await.problem(404, "no_such_endpoint");
    let reply = server.admin.request(Method::PUT, "/v1/workspaces").json(&json!({})).await;
    reply.problem(405, "method_not_allowed");
    let allow = reply.header("allow");
    assert!(allow.contains("GET") && allow.contains("POST"), "{allow}");
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let server = TestServer::start().await;
    let get = server.admin.get("/openapi.json").await;
    let head = server.admin.request(Method::HEAD, "/openapi.json").await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("etag"), get.header("etag"));
    let head = server.admin.request(Method::HEAD, "/v1/nothing").await;
    assert_eq!((head.status, head.text.as_str()), (404, ""));
}

#[tokio::test]
async fn a_request_keeps_its_id() {
    let server = TestServer::start().await;
    let id = "7c1b8a52-7f0e-4c58-a7b1-0e6a5d4c3b2a";
    let reply = server.admin.get("/v1/nothing").header("X-Request-Id", id).await;
    assert_eq!(reply.problem(404, "no_such_endpoint")["request_id"], id);
    // What is no UUID is not repeated.
    let reply = server.admin.get("/healthz").header("X-Request-Id", "Ana Souza").await;
    assert!(uuid::Uuid::try_parse(&reply.header("x-request-id")).is_ok());
    // It stands on the events that the request led to.
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya", "role": "owner" });
    workspace.client.post("/v1/people").json(&body).header("X-Request-Id", id).await.ok(201);
    let events = workspace.client.get("/v1/events?type=person_added").await.ok(200);
    assert_eq!(events["data"][0]["correlation_id"], id);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_where() {
    let server = TestServer::start().await;
    let reply = server.admin.post("/v1/workspaces").body("{\n \"name\": Ana }").await;
    let problem = reply.problem(400, "malformed_body");
    assert_eq!(problem["detail"], "Reading stopped at line 2, column 10.");
    for body in ["", "[]", "7", "{} {}"] {
        let reply = server.admin.post("/v1/workspaces").body(body).await;
        assert_eq!(reply.status, 400, "{body}");
    }
    let body = json!({ "name": "Clinic", "paln": "pro" });
    let reply = server.admin.post("/v1/workspaces").json(&body).await;
    let problem = reply.problem(400, "unknown_field");
    assert_eq!(problem["field"], "paln");
    assert_eq!(problem["allowed"], json!(["name", "plan"]));
}

#[tokio::test]
async fn an_endpoint_without_a_body_takes_none() {
    let server = TestServer::start().await;
    let path = "/v1/installation/verify";
    server.admin.post(path).json(&json!({ "x": 1 })).await.problem(400, "unknown_field");
    server.admin.post(path).json(&json!({})).await.ok(200);
}
