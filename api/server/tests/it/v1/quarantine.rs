//! `/v1/quarantine`

use serde_json::json;

use crate::support::{Number, TestServer};

#[tokio::test]
async fn a_change_for_an_unknown_number_waits_and_is_taken_after_the_fix() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let unknown = Number::new("106540352242999");
    let reply =
        number.deliver(&server.admin, &unknown.text("wamid.1", "5511999990001", "Hello")).await;
    assert_eq!(reply.ok(200)["quarantined"], 1);
    let path = format!("/v1/quarantine?at_least={}", reply.position());
    let list = workspace.client.get(&path).await.ok(200);
    let change = &list["data"][0];
    assert_eq!(
        (&change["status"], &change["reason"]),
        (&json!("waiting"), &json!("number_unknown"))
    );
    assert_eq!(change["phone_number_id"], "106540352242999");
    let retry = format!("/v1/quarantine/{}/retry", change["id"].as_str().unwrap());
    assert_eq!(workspace.client.post(&retry).await.ok(200)["status"], "waiting");

    let mut body = unknown.channel();
    let app = workspace.client.get("/v1/apps").await.ok(200)["data"][0]["id"].clone();
    body["app_id"] = app;
    let members = body.as_object_mut().unwrap();
    members.remove("app_secret");
    members.remove("verify_token");
    workspace.client.post("/v1/channels").json(&body).await.ok(201);
    let taken = workspace.client.post(&retry).header("Idempotency-Key", "k1").await;
    assert_eq!(taken.ok(200)["status"], "accepted");
    let list =
        workspace.client.get(&format!("/v1/conversations?at_least={}", taken.position())).await;
    assert_eq!(list.ok(200)["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        workspace.client.post(&retry).header("Idempotency-Key", "k1").await.ok(200)["status"],
        "accepted"
    );
    workspace.client.post(&retry).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn what_is_not_the_platforms_shape_is_kept() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let reply = number.deliver(&server.admin, &json!({ "hello": "world" })).await;
    assert_eq!(reply.ok(200)["quarantined"], 1);
    let path = format!("/v1/quarantine?at_least={}", reply.position());
    let list = workspace.client.get(&path).await.ok(200);
    assert_eq!(list["data"][0]["reason"], "not_meta_shape");
    let other = server.workspace().await;
    assert_eq!(other.client.get("/v1/quarantine").await.ok(200)["data"], json!([]));
}
