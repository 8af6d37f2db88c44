//! `Idempotency-Key`: a request under one key is carried out once.

use convolog_server::Api;
use convolog_server::endpoint::{Access, Method};
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestServer, text};

async fn post(client: &Client, path: &str, key: &str, body: &Value) -> Reply {
    client.post(path).json(body).header("Idempotency-Key", key).await
}

#[tokio::test]
async fn a_repetition_gets_the_same_answer_and_does_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{id}/messages");
    let body = json!({ "type": "text", "text": "Hi" });
    let first = post(&workspace.client, &path, "k1", &body).await;
    let again = post(&workspace.client, &path, "k1", &body).await;
    assert_eq!(first.ok(202), again.ok(202));
    assert_eq!(first.position(), again.position());
    assert_eq!(
        (first.header("idempotency-replayed"), again.header("idempotency-replayed")),
        (String::new(), "true".to_owned())
    );
    let sent = workspace.client.get("/v1/events?type=message_requested").await.ok(200);
    assert_eq!(sent["data"].as_array().unwrap().len(), 1);
    let other = post(&workspace.client, &path, "k2", &body).await;
    assert_ne!(other.ok(202)["id"], first.json()["id"]);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = |name: &str| json!({ "name": name, "role": "owner" });
    post(&workspace.client, "/v1/people", "k1", &body("Maya")).await.ok(201);
    let reply = post(&workspace.client, "/v1/people", "k1", &body("Noa")).await;
    assert_eq!(reply.problem(422, "idempotency_key_reused")["field"], "Idempotency-Key");
}

#[tokio::test]
async fn an_answer_that_showed_a_secret_shows_it_masked() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}/keys", workspace.id);
    let body = json!({ "name": "bot" });
    let first = post(&server.admin, &path, "k1", &body).await.ok(201);
    let again = post(&server.admin, &path, "k1", &body).await.ok(201);
    assert_eq!(first["id"], again["id"]);
    let (key, masked) = (first["key"].as_str().unwrap(), again["key"].as_str().unwrap());
    assert_eq!(masked, format!("{}…", first["prefix"].as_str().unwrap()));
    server.admin.with_token(key).get("/v1/contacts").await.ok(200);
    server
        .admin
        .with_token(masked.trim_end_matches('…'))
        .get("/v1/contacts")
        .await
        .problem(401, "invalid_credentials");
}

#[tokio::test]
async fn commands_of_several_steps_are_carried_out_once_too() {
    let server = TestServer::start().await;
    let body = json!({ "name": "Clinic", "plan": "pro" });
    let first = post(&server.admin, "/v1/workspaces", "k1", &body).await.ok(201);
    let again = post(&server.admin, "/v1/workspaces", "k1", &body).await.ok(201);
    assert_eq!(first["id"], again["id"]);
    assert_eq!(
        server.admin.get("/v1/workspaces").await.ok(200)["data"].as_array().unwrap().len(),
        1
    );

    let workspace = server.workspace().await;
    let number = crate::support::Number::new("106540352242922");
    let first = post(&workspace.client, "/v1/channels", "k1", &number.channel()).await.ok(201);
    let again = post(&workspace.client, "/v1/channels", "k1", &number.channel()).await.ok(201);
    assert_eq!(first["id"], again["id"]);
}

#[tokio::test]
async fn an_erasure_is_certified_alike_however_often_it_is_asked_for() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let shown = workspace.client.get(&format!("/v1/conversations/{id}")).await.ok(200);
    let path = format!("/v1/contacts/{}/erase", shown["contact"]["id"].as_str().unwrap());
    let body = json!({ "reason": "requested" });
    let first = post(&workspace.client, &path, "k1", &body).await;
    let again = post(&workspace.client, &path, "k1", &body).await;
    assert_eq!(first.ok(200), again.ok(200));
    assert_eq!(first.json()["position"], json!(first.position()));
    let told = workspace.client.get("/v1/events?type=personal_data_erased").await.ok(200);
    assert_eq!(told["data"][0]["position"], first.json()["position"]);
    post(&workspace.client, &path, "k2", &body).await.problem(410, "erased");
}

#[tokio::test]
async fn keys_of_two_callers_have_nothing_to_do_with_each_other() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let body = json!({ "name": "Maya", "role": "owner" });
    let first = post(&one.client, "/v1/people", "k1", &body).await.ok(201);
    let second = post(&other.client, "/v1/people", "k1", &body).await.ok(201);
    assert_ne!(first["id"], second["id"]);
}

#[tokio::test]
async fn two_at_once_are_carried_out_once() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya", "role": "owner" });
    let tries = (0..8).map(|_| post(&workspace.client, "/v1/people", "k1", &body));
    let replies = futures::future::join_all(tries).await;
    let first = replies[0].ok(201);
    assert!(replies.iter().all(|reply| reply.ok(201) == first));
    let made = workspace.client.get("/v1/events?type=person_added").await.ok(200);
    assert_eq!(made["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_repetition_after_a_restart_is_still_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya", "role": "owner" });
    let first = post(&workspace.client, "/v1/people", "k1", &body).await.ok(201);
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    assert_eq!(post(&client, "/v1/people", "k1", &body).await.ok(201), first);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya", "role": "owner" });
    for key in [" ".to_owned(), "k".repeat(256)] {
        let reply = post(&workspace.client, "/v1/people", &key, &body).await;
        assert_eq!(reply.problem(400, "invalid_field")["field"], "Idempotency-Key");
    }
}

#[tokio::test]
async fn every_command_that_is_posted_takes_a_key() {
    for route in Api::native().routes() {
        let declared = &route.declaration;
        // What the platform posts says itself whether it was seen.
        let is_command = declared.method == Method::Post && declared.access != Access::Signed;
        assert_eq!(declared.idempotent_by_key, is_command, "{}", declared.path);
    }
}

#[tokio::test]
async fn what_an_operator_of_the_installation_does_is_answered_once() {
    let server = TestServer::start().await;
    let nothing = json!({});
    for (path, body, status) in [
        ("/v1/installation/arm", nothing.clone(), 200),
        ("/v1/installation/disarm", json!({ "reason": "moving" }), 200),
        ("/v1/installation/verify", nothing.clone(), 200),
        ("/v1/projections/contacts/rebuild", json!({ "swap": "manual" }), 202),
    ] {
        let first = post(&server.admin, path, path, &body).await;
        let again = post(&server.admin, path, path, &body).await;
        assert_eq!(first.ok(status), again.ok(status), "{path}");
        assert_eq!(first.header("idempotency-replayed"), "", "{path}");
        assert_eq!(again.header("idempotency-replayed"), "true", "{path}");
    }
    server.app().models().rebuilt("contacts").await.unwrap();
    // Disarmed stays disarmed: the repetition armed nothing.
    post(&server.admin, "/v1/installation/arm", "/v1/installation/arm", &nothing).await.ok(200);
    assert_eq!(server.admin.get("/v1/installation").await.ok(200)["armed"], false);
    let swap = "/v1/projections/contacts/swap";
    let first = post(&server.admin, swap, "k-swap", &nothing).await;
    let again = post(&server.admin, swap, "k-swap", &nothing).await;
    assert_eq!(
        (first.ok(202), again.header("idempotency-replayed")),
        (again.ok(202), "true".into())
    );
    // What was refused is tried again.
    let unknown = "/v1/projections/nope/swap";
    post(&server.admin, unknown, "k-nope", &nothing).await.problem(404, "not_found");
    post(&server.admin, unknown, "k-nope", &nothing).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_lead_is_moved_once_for_a_key() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let mut ids = Vec::new();
    for name in ["C", "B", "A"] {
        server.clock.advance_micros(1_000_000);
        let made = client.post("/v1/leads").json(&json!({ "name": name })).await.ok(201);
        ids.insert(0, text(&made, "id"));
    }
    let path = format!("/v1/leads/{}/move", ids[0]);
    let down = json!({ "after": ids[2] });
    let first = post(&client, &path, "k1", &down).await;
    first.ok(200);
    let up = post(&client, &path, "k2", &json!({ "before": ids[1] })).await;
    up.ok(200);
    let again = post(&client, &path, "k1", &down).await;
    assert_eq!(
        (again.ok(200), again.header("idempotency-replayed")),
        (first.ok(200), "true".into())
    );
    let moved = client.get("/v1/events?type=lead_moved").await.ok(200);
    assert_eq!(moved["data"].as_array().unwrap().len(), 2);
    let other = post(&client, &path, "k1", &json!({ "after": ids[1] })).await;
    other.problem(422, "idempotency_key_reused");
}
