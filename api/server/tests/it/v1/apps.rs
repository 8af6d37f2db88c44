//! `/v1/apps`

use reqwest::Method;
use serde_json::json;

use crate::support::{Number, TestServer, sign};

#[tokio::test]
async fn a_secret_is_rotated_without_losing_a_post() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Our app", "app_secret": "old-secret", "verify_token": "vt" });
    let made = workspace.client.post("/v1/apps").json(&body).await.ok(201);
    let id = made["id"].as_str().unwrap();
    let mut number = Number::new("106540352242922");
    let mut channel = number.channel();
    let channel = channel.as_object_mut().unwrap();
    channel.remove("app_secret");
    channel.remove("verify_token");
    channel.insert("app_id".to_owned(), json!(id));
    workspace.client.post("/v1/channels").json(&json!(channel)).await.ok(201);

    let added = workspace
        .client
        .post(&format!("/v1/apps/{id}/secrets"))
        .json(&json!({ "app_secret": "new-secret" }));
    added.await.ok(201);
    for secret in ["old-secret", "new-secret"] {
        number.secret = secret.to_owned();
        number.say(&server.admin, secret, "5511999990001", "Hello").await.ok(200);
    }
    let old = made["secrets"][0]["id"].as_str().unwrap();
    workspace.client.delete(&format!("/v1/apps/{id}/secrets/{old}")).await.ok(204);
    number.secret = "old-secret".to_owned();
    number
        .say(&server.admin, "x", "5511999990001", "Hello")
        .await
        .problem(401, "invalid_signature");
    let shown = workspace.client.get(&format!("/v1/apps/{id}")).await;
    assert!(!shown.text.contains("new-secret"));
    let last = shown.ok(200)["secrets"][0]["id"].as_str().unwrap().to_owned();
    let refused = workspace.client.delete(&format!("/v1/apps/{id}/secrets/{last}")).await;
    refused.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn an_app_of_the_installation_serves_a_workspace_that_knows_no_secret() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Ours", "app_secret": "installation-secret", "verify_token": "vt" });
    let nil = "00000000-0000-0000-0000-000000000000";
    let made =
        server.admin.post("/v1/apps").json(&body).header("Convolog-Workspace", nil).await.ok(201);
    let mut number = Number::new("106540352242922");
    number.secret = "installation-secret".to_owned();
    let mut channel = number.channel();
    let members = channel.as_object_mut().unwrap();
    members.remove("app_secret");
    members.remove("verify_token");
    members.insert("app_id".to_owned(), made["id"].clone());
    let connected = workspace.client.post("/v1/channels").json(&channel).await.ok(201);
    assert_eq!(connected["installation_app"], true);
    number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    // The app itself is not the workspace's to see.
    let path = format!("/v1/apps/{}", made["id"].as_str().unwrap());
    workspace.client.get(&path).await.problem(404, "not_found");
}

#[test]
fn the_test_signature_is_the_platforms() {
    // RFC 4231, test case 2.
    let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(sign("Jefe", b"what do ya want for nothing?"), expected);
}

#[tokio::test]
async fn a_verify_token_is_replaced_and_the_old_one_is_forgotten() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.number().await;
    let list = workspace.client.get("/v1/apps").await.ok(200);
    let path = format!("/v1/apps/{}", list["data"][0]["id"].as_str().unwrap());
    let replace = |body| workspace.client.request(Method::PATCH, &path).json(&body);
    let handshake = async |token: &str| {
        let path = "/inbound/whatsapp?hub.mode=subscribe&hub.challenge=115&hub.verify_token=";
        server.admin.without_token().get(&format!("{path}{token}")).await.status
    };
    let kept = || server.app().engine().vault().status().secrets;
    let before = kept();
    assert_eq!((handshake("the-verify-token").await, handshake("another-token").await), (200, 403));
    let replaced = replace(json!({ "verify_token": "another-token" })).await;
    assert!(!replaced.text.contains("another-token"));
    assert_eq!(replaced.ok(200), list["data"][0]);
    assert_eq!((handshake("the-verify-token").await, handshake("another-token").await), (403, 200));
    assert_eq!(kept(), before);
    let head = server.app().engine().log().head();
    replace(json!({ "verify_token": "another-token" })).await.ok(200);
    assert_eq!((server.app().engine().log().head(), kept()), (head, before));
    replace(json!({})).await.problem(400, "invalid_field");
    let nobodys = "/v1/apps/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let replace = workspace.client.request(Method::PATCH, nobodys);
    replace.json(&json!({ "verify_token": "x" })).await.problem(404, "not_found");
    assert_eq!(kept(), before);
}
