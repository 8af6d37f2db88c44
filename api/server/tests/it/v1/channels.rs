//! `/v1/channels`

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use reqwest::Method;
use serde_json::json;

use crate::support::{Number, TestServer};

#[tokio::test]
async fn a_number_belongs_to_one_workspace() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let number = Number::new("106540352242922");
    let channel = one.connect(&number).await;
    let refused = other.client.post("/v1/channels").json(&number.channel()).await;
    let problem = refused.problem(409, "owned_by_another");
    assert_eq!((&problem["field"], problem.get("other")), (&json!("phone_number_id"), None));
    let again = one.client.post("/v1/channels").json(&number.channel()).await;
    let problem = again.problem(409, "already_exists");
    assert_eq!(problem["other"], json!({ "type": "channel", "id": channel["id"] }));
}

#[tokio::test]
async fn a_disconnected_number_is_free() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let number = Number::new("106540352242922");
    let channel = one.connect(&number).await;
    let path = format!("/v1/channels/{}", channel["id"].as_str().unwrap());
    one.client.delete(&path).await.ok(204);
    assert_eq!(one.client.get(&path).await.ok(200)["connected"], false);
    one.client.delete(&path).await.problem(404, "not_found");
    other.connect(&number).await;
}

#[tokio::test]
async fn a_number_that_is_connected_again_is_its_old_channel() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let number = Number::new("106540352242922");
    let id = one.connect(&number).await["id"].as_str().unwrap().to_owned();
    let conversation = one.conversation(&number).await;
    let path = format!("/v1/channels/{id}");
    one.client.delete(&path).await.ok(204);
    assert_eq!(one.client.get(&path).await.ok(200)["can_send"], false);
    // Meanwhile it is somebody else's, with a channel of their own.
    let theirs = other.connect(&number).await["id"].as_str().unwrap().to_owned();
    assert_ne!(theirs, id);
    other.client.delete(&format!("/v1/channels/{theirs}")).await.ok(204);

    let back = one.connect(&number).await;
    assert_eq!((&back["id"], &back["can_send"]), (&json!(id), &json!(true)));
    let said = number.say(&one.client, "wamid.2", "5511999990001", "Still there?").await;
    let list = format!("/v1/conversations?at_least={}", said.position());
    let list = one.client.get(&list).await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["id"], json!(conversation));
}

#[tokio::test]
async fn secrets_are_nowhere_shown() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = Number::new("106540352242922");
    let reply = workspace.client.post("/v1/channels").json(&number.channel()).await;
    let position = reply.position();
    let channel = reply.ok(201);
    let list = workspace.client.get(&format!("/v1/channels?at_least={position}")).await;
    let events = workspace.client.get("/v1/events").await;
    for secret in ["the-access-token", "the-app-secret", "the-verify-token"] {
        for reply in [&reply, &list, &events] {
            assert!(!reply.text.contains(secret), "{secret} in {}", reply.text);
        }
    }
    assert_eq!(list.ok(200)["data"][0]["id"], channel["id"]);
    assert_eq!(channel["display_phone_number"], "+55 11 5555-0100");
    assert_eq!(channel["can_send"], true);
}

#[tokio::test]
async fn an_app_is_named_or_given_but_not_both() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = Number::new("106540352242922");
    for (change, field) in [
        (json!({ "app_id": "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c" }), "app_id"),
        (json!({ "app_secret": null }), "app_secret"),
        (json!({ "verify_token": null }), "verify_token"),
        (
            json!({ "app_id": "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c", "app_secret": null, "verify_token": null }),
            "app_id",
        ),
        (json!({ "phone_number_id": "+55" }), "phone_number_id"),
        (json!({ "display_phone_number": "call me" }), "display_phone_number"),
        (json!({ "type": "telegram" }), "type"),
        (json!({ "graph_url": "nowhere" }), "graph_url"),
    ] {
        let mut body = number.channel();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = workspace.client.post("/v1/channels").json(&body).await;
        assert!(matches!(reply.status, 400 | 404), "{change} {}", reply.text);
        assert_eq!(reply.json()["field"], field, "{}", reply.text);
    }
    // Nothing of all that took the number.
    workspace.connect(&number).await;
}

#[tokio::test]
async fn a_private_address_is_not_called() {
    let server = TestServer::start_with(|_| ()).await;
    let workspace = server.workspace().await;
    for url in
        ["http://127.0.0.1:9", "https://127.0.0.1", "https://169.254.169.254", "https://[::1]"]
    {
        let mut body = Number::new("106540352242922").channel();
        body["graph_url"] = json!(url);
        let problem =
            workspace.client.post("/v1/channels").json(&body).await.problem(422, "address_refused");
        assert_eq!(problem["field"], "graph_url");
    }
    // Also where the number is not read when it is connected.
    let server = TestServer::start_with(|config| config.trust_numbers = true).await;
    let workspace = server.workspace().await;
    for url in ["https://127.0.0.1", "https://localhost", "https://graph.internal"] {
        let mut body = Number::new("106540352242922").channel();
        body["graph_url"] = json!(url);
        let reply = workspace.client.post("/v1/channels").json(&body).await;
        assert_eq!(reply.problem(422, "address_refused")["field"], "graph_url");
    }
}

/// A platform that shows each number to the holder of its token.
async fn platform() -> String {
    let number = async |Path((_, id)): Path<(String, String)>, headers: HeaderMap| {
        let token = headers["authorization"].to_str().unwrap();
        let right = ["Bearer the-access-token", "Bearer the-next-token"].contains(&token);
        if right {
            (
                StatusCode::OK,
                json!({ "id": id, "display_phone_number": "+55 11 5555-0100" }).to_string(),
            )
        } else {
            (StatusCode::UNAUTHORIZED, json!({ "error": { "code": 190 } }).to_string())
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/{version}/{id}", get(number));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address.to_string()
}

#[tokio::test]
async fn a_number_is_connected_by_whoever_can_read_it() {
    let platform = platform().await;
    let listed = platform.clone();
    let server = TestServer::start_with(|config| config.allow_private_urls = vec![listed]).await;
    let workspace = server.workspace().await;
    let mut body = Number::new("106540352242922").channel();
    body["graph_url"] = json!(format!("http://{platform}"));
    body["access_token"] = json!("somebody-elses");
    let refused = workspace.client.post("/v1/channels").json(&body).await;
    refused.problem(422, "ownership_not_proved");
    body.as_object_mut().unwrap().remove("access_token");
    let refused = workspace.client.post("/v1/channels").json(&body).await;
    assert_eq!(refused.problem(400, "invalid_field")["field"], "access_token");
    body["access_token"] = json!("the-access-token");
    workspace.client.post("/v1/channels").json(&body).await.ok(201);
}

#[tokio::test]
async fn a_platform_that_does_not_answer_is_said_to_be_away() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let listed = address.clone();
    let server = TestServer::start_with(|config| config.allow_private_urls = vec![listed]).await;
    let workspace = server.workspace().await;
    let mut body = Number::new("106540352242922").channel();
    body["graph_url"] = json!(format!("http://{address}"));
    let refused = workspace.client.post("/v1/channels").json(&body).await;
    refused.problem(502, "platform_unavailable");
}

#[tokio::test]
async fn an_access_token_is_replaced_by_one_that_reads_the_number() {
    let platform = platform().await;
    let listed = platform.clone();
    let server = TestServer::start_with(|config| config.allow_private_urls = vec![listed]).await;
    let workspace = server.workspace().await;
    let mut body = Number::new("106540352242922").channel();
    body["graph_url"] = json!(format!("http://{platform}"));
    let made = workspace.client.post("/v1/channels").json(&body).await.ok(201);
    let path = format!("/v1/channels/{}", made["id"].as_str().unwrap());
    let replace = |token: &str| {
        let request = workspace.client.request(Method::PATCH, &path);
        request.json(&json!({ "access_token": token }))
    };
    let kept = || server.app().engine().vault().status().secrets;
    let (before, head) = (kept(), server.app().engine().log().head());
    replace("somebody-elses").await.problem(422, "ownership_not_proved");
    replace("the-access-token").await.ok(200);
    assert_eq!((kept(), server.app().engine().log().head()), (before, head));
    let replaced = replace("the-next-token").await;
    assert!(!replaced.text.contains("the-next-token"));
    assert_eq!(replaced.ok(200), workspace.client.get(&path).await.ok(200));
    // The old one is out of the vault.
    assert_eq!((kept(), server.app().engine().log().head().0), (before, head.0 + 1));
    workspace.client.delete(&path).await.ok(204);
    replace("the-access-token").await.problem(409, "not_allowed_now");
    assert_eq!(kept(), before - 1);
}
