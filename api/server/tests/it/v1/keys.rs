//! `/v1/workspaces/{id}/keys`

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_key_is_shown_once_and_listed_without_itself() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let body = json!({ "name": "bot", "mode": "test", "surface": "native", "scopes": ["read"] });
    let reply = workspace.client.post(&path).json(&body).await;
    let made = reply.ok(201);
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("cl_test_") && key.len() == 72, "{key}");
    assert!(key.starts_with(made["prefix"].as_str().unwrap()));
    let list = workspace.client.get(&format!("{path}?at_least={}", reply.position())).await;
    assert!(!list.text.contains(key));
    let list = list.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    assert_eq!(list["data"][1]["mode"], "test");
    assert_eq!(list["data"][1].get("key"), None);
}

#[tokio::test]
async fn a_revoked_key_stops_working_at_once() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let made = workspace.client.post(&path).json(&json!({ "name": "bot" })).await.ok(201);
    let bot = server.admin.with_token(made["key"].as_str().unwrap());
    bot.get("/v1/contacts").await.ok(200);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    workspace.client.delete(&one).await.ok(204);
    bot.get("/v1/contacts").await.problem(401, "invalid_credentials");
    workspace.client.delete(&one).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn a_key_can_act_for_a_person_of_the_workspace_only() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let body = json!({ "name": "bot", "person": "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c" });
    let problem = workspace.client.post(&path).json(&body).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "person");
}

#[tokio::test]
async fn a_read_shows_what_was_acknowledged_before_it_was_asked() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    for keys in 2..40 {
        server.key(&workspace.id, json!({ "scopes": ["read"] })).await;
        let list = workspace.client.get(&path).await.ok(200);
        assert_eq!(list["data"].as_array().unwrap().len(), keys);
    }
}

#[tokio::test]
async fn a_key_makes_and_ends_none_that_goes_beyond_it() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let all = json!(["read", "write", "manage"]);
    let sandbox = json!({ "mode": "test", "scopes": all });
    let sandbox = server.admin.with_token(&server.key(&workspace.id, sandbox).await);
    sandbox.post(&path).json(&json!({ "name": "a" })).await.problem(403, "sandbox_key");
    let test = json!({ "name": "a", "mode": "test" });
    let made = sandbox.post(&path).json(&test).await.ok(201);
    let live = workspace.client.post(&path).json(&json!({ "name": "b" })).await.ok(201);
    let one = |key: &serde_json::Value| format!("{path}/{}", key["id"].as_str().unwrap());
    sandbox.delete(&one(&live)).await.problem(403, "sandbox_key");
    sandbox.delete(&one(&made)).await.ok(204);
    // What has the limits of a dialect makes nothing without them.
    let dialect = json!({ "surface": "convoai" });
    let dialect = server.admin.with_token(&server.key(&workspace.id, dialect).await);
    let native = dialect.post(&path).json(&json!({ "name": "c" })).await;
    let refused = native.problem(400, "invalid_field");
    assert_eq!((&refused["field"], &refused["allowed"]), (&json!("surface"), &json!(["convoai"])));
    let own = json!({ "name": "c", "surface": "convoai" });
    dialect.post(&path).json(&own).await.ok(201);
    workspace.client.post(&path).json(&own).await.ok(201);
}
