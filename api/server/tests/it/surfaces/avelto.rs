//! What Avelto's document says, fact by fact.

use convolog_server::Api;
use convolog_server::surfaces::AVELTO;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{CUSTOMER, Scene, furnish, key};
use crate::delivering::Receiver;
use crate::support::{Client, Reply, TestServer, text};

/// In microseconds.
const SECOND: i64 = 1_000_000;
const NOBODY: &str = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";

const BASE: &str = "/avelto/api/v1";

fn at(path: &str) -> String {
    format!("{BASE}{path}")
}

/// The lead that the scene's customer is.
pub(super) async fn lead(scene: &Scene) -> String {
    text(&scene.workspace.client.get("/v1/leads").await.ok(200)["data"][0], "id")
}

/// The conversation of the scene's customer.
pub(super) async fn conversation(scene: &Scene) -> String {
    text(&scene.workspace.client.get("/v1/conversations").await.ok(200)["data"][0], "id")
}

/// A job of the scene's workspace.
pub(super) async fn job(scene: &Scene) -> String {
    let site = json!({ "url": "https://docs.example.com", "depth": 1 });
    text(&scene.workspace.client.post("/v1/knowledge/crawls").json(&site).await.ok(202), "id")
}

/// Hands the scene's conversation over to a person.
pub(super) async fn hand_off(scene: &Scene) -> String {
    let id = conversation(scene).await;
    let path = format!("/v1/conversations/{id}/handoff");
    let why = json!({ "reason": "requested" });
    // Once is enough.
    scene.workspace.client.post(&path).json(&why).await;
    id
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn is_uuid(value: &Value) -> bool {
    value.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok())
}

#[track_caller]
fn refused(reply: &Reply, status: u16, code: &str) -> Value {
    assert_eq!(reply.status, status, "{}", reply.text);
    let body = reply.json();
    assert_eq!((&body["statusCode"], &body["code"]), (&json!(status), &json!(code)), "{body}");
    body
}

/// A token with these scopes.
async fn token(scene: &Scene, scopes: &[&str]) -> Client {
    let wanted = json!({ "surface": "avelto", "scopes": scopes });
    scene.server.admin.with_token(&scene.server.key(&scene.workspace.id, wanted).await)
}

#[tokio::test]
async fn av_001_004_005_006_tokens_have_the_documented_shape_and_are_shown_once() {
    let scene = Scene::of("avelto").await;
    let keys = format!("/v1/workspaces/{}/keys", scene.workspace.id);
    let body = json!({ "name": "Intake", "surface": "avelto", "scopes": ["leads:read"] });
    let create = || scene.workspace.client.post(&keys).json(&body).header("idempotency-key", "one");
    let made = create().await.ok(201);
    let shown = text(&made, "key");
    let rest = shown.strip_prefix("convo_").unwrap();
    assert!(shown.len() == 38 && rest.bytes().all(|c| c.is_ascii_hexdigit()), "{shown}");
    assert_eq!((&made["scopes"], &made["surface"]), (&json!(["leads:read"]), &json!("avelto")));
    assert!(text(&create().await.ok(201), "key").ends_with('…'));
    assert!(!scene.workspace.client.get(&keys).await.text.contains(&shown));
    scene.server.admin.with_token(&shown).get(&at("/leads")).await.ok(200);
    let sandbox =
        json!({ "name": "x", "surface": "avelto", "scopes": ["leads:read"], "mode": "test" });
    let told =
        scene.workspace.client.post(&keys).json(&sandbox).await.problem(400, "invalid_field");
    assert_eq!((&told["field"], &told["allowed"]), (&json!("mode"), &json!(["live"])));
}

#[tokio::test]
async fn av_008_014_015_017_018_there_are_seven_scopes_and_five_are_used() {
    let scene = Scene::of("avelto").await;
    let all = convolog_domain::limits::AVELTO_SCOPES;
    for scope in all {
        token(&scene, &[scope]).await.get(&at("/channels")).await.ok(200);
    }
    let api = Api::of(&AVELTO);
    let mut used: Vec<_> =
        api.routes().iter().filter_map(|route| route.declaration.access.scope_name()).collect();
    used.sort_unstable();
    used.dedup();
    let documented =
        ["agents:read", "conversations:read", "conversations:write", "leads:read", "leads:write"];
    assert_eq!(used, documented);
    assert_eq!(all.len(), 7);
    let keys = format!("/v1/workspaces/{}/keys", scene.workspace.id);
    for scopes in [json!(["read"]), json!([])] {
        let body = json!({ "name": "x", "surface": "avelto", "scopes": scopes });
        assert_eq!(scene.workspace.client.post(&keys).json(&body).await.status, 400);
    }
    let native = json!({ "name": "x", "scopes": ["leads:read"] });
    let told = scene.workspace.client.post(&keys).json(&native).await.problem(400, "invalid_field");
    assert_eq!(told["allowed"], json!(["read", "write", "manage"]));
}

#[tokio::test]
async fn av_009_010_011_012_013_016_022_a_scope_opens_what_it_names() {
    let scene = Scene::of("avelto").await;
    let id = conversation(&scene).await;
    let conversations = at("/conversations");
    for (scope, path) in [
        ("conversations:read", conversations.clone()),
        ("conversations:read", at(&format!("/conversations/{id}"))),
        ("leads:read", at("/leads")),
        ("agents:read", at("/agents")),
        ("agents:read", at(&format!("/agents/{}", scene.agent))),
    ] {
        token(&scene, &[scope]).await.get(&path).await.ok(200);
        let others: Vec<_> = convolog_domain::limits::AVELTO_SCOPES
            .into_iter()
            .filter(|one| *one != scope)
            .collect();
        let told = token(&scene, &others).await.get(&path).await;
        assert_eq!(refused(&told, 403, "insufficient_scope")["missingScope"], scope);
    }
    let narrow = token(&scene, &["analytics:read"]).await;
    for path in ["/channels", "/integrations"] {
        narrow.get(&at(path)).await.ok(200);
    }
    let body = json!({ "fields": { "name": "Anna" } });
    let told = narrow.post(&at("/leads")).json(&body).await;
    assert_eq!(refused(&told, 403, "insufficient_scope")["missingScope"], "leads:write");
    token(&scene, &["leads:write"]).await.post(&at("/leads")).json(&body).await.ok(201);
    let bulk = json!({ "ids": [id], "action": "close" });
    token(&scene, &["conversations:write"])
        .await
        .post(&at("/conversations/bulk"))
        .json(&bulk)
        .await
        .ok(200);
}

#[tokio::test]
async fn av_019_020_021_025_what_is_wrong_with_a_token_is_said() {
    let scene = Scene::of("avelto").await;
    let none = scene.server.admin.without_token().get(&at("/leads")).await;
    let told = refused(&none, 401, "missing_credentials");
    assert_eq!((&told["error"], &told["field"]), (&json!("Unauthorized"), &json!("Authorization")));
    assert_eq!(told["requestId"], none.header("x-request-id"));
    for wrong in ["convo_xxx", "convo_a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4", "ck_live_x"] {
        let reply = scene.server.admin.with_token(wrong).get(&at("/leads")).await;
        refused(&reply, 401, "invalid_credentials");
    }
    let wanted = json!({
        "surface": "avelto", "scopes": ["leads:read"], "expires_at": "2026-11-21T09:00:10Z",
    });
    let short = scene.server.key(&scene.workspace.id, wanted).await;
    let short = scene.server.admin.with_token(&short);
    short.get(&at("/leads")).await.ok(200);
    scene.server.clock.advance_micros(10 * SECOND);
    let told = refused(&short.get(&at("/leads")).await, 401, "invalid_credentials");
    assert!(told["message"].as_str().unwrap().contains("expired"), "{told}");
    // One without an end works on.
    scene.server.clock.advance_micros(400 * 86_400 * SECOND);
    scene.client.get(&at("/leads")).await.ok(200);
}

#[tokio::test]
async fn av_002_007_023_another_workspaces_things_are_not_there() {
    let scene = Scene::of("avelto").await;
    let (lead, conversation, job) =
        (lead(&scene).await, conversation(&scene).await, job(&scene).await);
    let other = scene.server.workspace().await;
    let client = scene.server.admin.with_token(&key(&scene.server, &other.id, "avelto").await);
    for path in ["/leads", "/conversations", "/agents", "/channels", "/integrations"] {
        assert_eq!(client.get(&at(path)).await.ok(200), json!([]), "{path}");
    }
    let plain = |reply: &Reply| reply.text.replace(&reply.header("x-request-id"), "");
    for (path, theirs) in [
        ("/conversations/{id}", &conversation),
        ("/agents/{id}", &scene.agent),
        ("/knowledge/jobs/{id}", &job),
    ] {
        let ask = async |id: &str| client.get(&at(&path.replace("{id}", id))).await;
        let (theirs, nobodys) = (ask(theirs).await, ask(NOBODY).await);
        refused(&theirs, 404, "not_found");
        assert_eq!(plain(&theirs), plain(&nobodys), "{path}");
        assert_eq!(ask("nonsense").await.status, 400);
    }
    let status = json!({ "status": "WON" });
    let theirs = client.patch(&at(&format!("/leads/{lead}/status"))).json(&status).await;
    refused(&theirs, 404, "not_found");
    let bulk = json!({ "ids": [conversation, NOBODY], "action": "close" });
    let done = client.post(&at("/conversations/bulk")).json(&bulk).await.ok(200);
    assert_eq!(done, json!({ "updated": 0, "skipped": 2 }));
}

#[tokio::test]
async fn av_024_026_030_an_address_without_a_token_is_stopped() {
    let scene = Scene::of("avelto").await;
    let nobody = scene.server.admin.without_token();
    for _ in 0..60 {
        refused(&nobody.get(&at("/leads")).await, 401, "missing_credentials");
    }
    let over = nobody.get(&at("/agents")).await;
    refused(&over, 429, "rate_limited");
    assert_eq!(
        (over.header("retry-after"), over.header("x-ratelimit-limit")),
        ("60".into(), String::new())
    );
    // Whoever has a token goes on.
    let reply = scene.client.get(&at("/leads")).await;
    reply.ok(200);
    assert_eq!(reply.header("retry-after"), "");
    scene.server.clock.advance_micros(60 * SECOND);
    refused(&nobody.get(&at("/agents")).await, 401, "missing_credentials");
}

#[tokio::test]
async fn av_024_027_a_workspace_is_stopped_at_one_endpoint_and_not_at_the_others() {
    let scene = Scene::of("avelto").await;
    let second = token(&scene, &["agents:read"]).await;
    for number in 0..600 {
        let client = if number % 2 == 0 { &scene.client } else { &second };
        client.get(&at("/agents")).await.ok(200);
    }
    for client in [&scene.client, &second] {
        let over = client.get(&at("/agents")).await;
        refused(&over, 429, "rate_limited");
        assert_eq!(over.header("retry-after"), "60");
    }
    scene.client.get(&at("/leads")).await.ok(200);
}

#[tokio::test]
async fn av_031_032_034_035_036_037_038_042_044_046_leads_are_listed_page_by_page() {
    let scene = Scene::of("avelto").await;
    let first = lead(&scene).await;
    let native = &scene.workspace.client;
    for number in 0..4 {
        let body = json!({ "name": format!("No. {number}"), "score": 10 * number });
        native.post("/v1/leads").json(&body).await.ok(201);
    }
    let all = scene.client.get(&at("/leads")).await;
    let list = all.ok(200);
    assert_eq!((list.as_array().unwrap().len(), all.header("x-total-count")), (5, "5".into()));
    assert_eq!(all.header("link"), "");
    let row = list.as_array().unwrap().iter().find(|row| row["id"] == json!(first)).unwrap();
    let documented =
        ["id", "status", "fields", "score", "conversationId", "crmExternalId", "createdAt"];
    assert_eq!(members(row), documented);
    assert!(is_uuid(&row["id"]) && row["crmExternalId"].is_null(), "{row}");
    assert_eq!(
        (&row["status"], &row["createdAt"]),
        (&json!("NEW"), &json!("2026-11-21T09:00:00.000Z"))
    );
    assert_eq!(row["fields"]["name"], "Ana");
    assert_eq!(row["conversationId"], conversation(&scene).await);
    // The newest first; the best first.
    assert_eq!(list[0]["fields"]["name"], "No. 3");
    let best = scene.client.get(&at("/leads?sort=score")).await.ok(200);
    let scores: Vec<_> = best.as_array().unwrap().iter().map(|row| row["score"].clone()).collect();
    assert_eq!(scores, [json!(30), json!(20), json!(10), json!(0), Value::Null]);
    // Page by page.
    let (mut path, mut seen) = (at("/leads?limit=2&sort=newest"), Vec::new());
    loop {
        let page = scene.client.get(&path).await;
        assert_eq!(page.header("x-total-count"), "5");
        seen.extend(page.ok(200).as_array().unwrap().iter().map(|row| row["id"].clone()));
        let link = page.header("link");
        let Some(next) = link.strip_suffix(">; rel=\"next\"") else { break };
        path = next.trim_start_matches('<').to_owned();
        assert!(path.starts_with("/avelto/api/v1/leads?limit=2&sort=newest&page="), "{path}");
    }
    let newest: Vec<_> = list.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(seen, newest);
    // By status.
    let path = format!("/v1/leads/{first}/status");
    native.patch(&path).json(&json!({ "status": "QUALIFIED" })).await.ok(200);
    let qualified = scene.client.get(&at("/leads?status=QUALIFIED")).await;
    assert_eq!(
        (qualified.ok(200)[0]["id"].clone(), qualified.header("x-total-count")),
        (json!(first), "1".into())
    );
    for (query, code) in [
        ("status=qualified", "invalid_field"),
        ("sort=best", "invalid_field"),
        ("limit=0", "invalid_field"),
        ("limit=201", "invalid_field"),
        ("page=x", "invalid_page"),
        ("color=red", "unknown_parameter"),
    ] {
        refused(&scene.client.get(&at(&format!("/leads?{query}"))).await, 400, code);
    }
    let one = scene.client.get(&at(&format!("/leads/{first}"))).await;
    refused(&one, 404, "no_such_endpoint");
}

#[tokio::test]
async fn av_039_040_041_068_a_lead_is_made() {
    let scene = Scene::of("avelto").await;
    let body = json!({
        "fields": { "name": "Anna Nowak", "email": "anna@example.com", "phone": "+48 111 222 333" },
        "source": "external-form",
    });
    let made = scene.client.post(&at("/leads")).json(&body).await.ok(201);
    assert_eq!((&made["status"], &made["fields"]), (&json!("NEW"), &body["fields"]));
    assert!(made["score"].is_null() && made["conversationId"].is_null() && is_uuid(&made["id"]));
    assert_eq!(made["createdAt"], "2026-11-21T09:00:00.000Z");
    let listed = scene.client.get(&at("/leads")).await.ok(200);
    assert_eq!(listed[0], made);
    let path = format!("/v1/leads/{}", text(&made, "id"));
    assert_eq!(scene.workspace.client.get(&path).await.ok(200)["source"], "external-form");
    let again = scene.client.post(&at("/leads")).json(&body).await;
    refused(&again, 409, "already_exists");
    let short =
        json!({ "fields": { "name": "Anna", "email": "anna@example.org", "shoeSize": "42" } });
    let made = scene.client.post(&at("/leads")).json(&short).await.ok(201);
    assert_eq!(made["fields"], short["fields"]);
    let native = format!("/v1/leads/{}", text(&made, "id"));
    let native = scene.workspace.client.get(&native).await.ok(200);
    assert_eq!(native["fields"], json!({ "shoe_size": "42" }));
    let listed = scene.client.get(&at("/leads")).await.ok(200);
    assert!(listed.as_array().unwrap().contains(&made), "{listed}");
    let twice = json!({ "fields": { "name": "B", "shoeSize": "1", "shoe_size": "2" } });
    let told = scene.client.post(&at("/leads")).json(&twice).await;
    assert!(refused(&told, 400, "invalid_field")["field"].as_str().unwrap().starts_with("fields."));
    let phone = json!({ "fields": { "name": "B", "phone": "abc" } });
    let told = scene.client.post(&at("/leads")).json(&phone).await;
    assert_eq!(refused(&told, 400, "invalid_field")["field"], "fields.phone");
    for bad in [
        json!({}),
        json!({ "fields": {} }),
        json!({ "fields": { "name": 7 } }),
        json!({ "fields": "x" }),
    ] {
        assert_eq!(scene.client.post(&at("/leads")).json(&bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn av_042_043_a_lead_goes_from_any_stage_to_any_other() {
    let scene = Scene::of("avelto").await;
    let id = lead(&scene).await;
    let path = at(&format!("/leads/{id}/status"));
    scene.server.clock.advance_micros(300 * SECOND + 512_000);
    let won = scene.client.patch(&path).json(&json!({ "status": "WON" })).await.ok(200);
    assert_eq!((&won["id"], &won["status"]), (&json!(id), &json!("WON")));
    assert_eq!(won["updatedAt"], "2026-11-21T09:05:00.512Z");
    for status in ["NEW", "QUALIFIED", "LOST", "CONTACTED", "WON"] {
        let moved = scene.client.patch(&path).json(&json!({ "status": status })).await.ok(200);
        assert_eq!(moved["status"], status);
    }
    let told = scene.client.patch(&path).json(&json!({ "status": "SOLD" })).await;
    let told = refused(&told, 400, "invalid_field");
    assert_eq!(told["allowed"], json!(["NEW", "QUALIFIED", "CONTACTED", "WON", "LOST"]));
}

#[tokio::test]
async fn av_045_047_a_conversation_that_began_before_its_agent_is_its_agents_too() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    number.say(&workspace.client, "wamid.1", "5511999990001", "Anybody there?").await.ok(200);
    let channels = workspace.client.get("/v1/channels").await.ok(200);
    let client = server.admin.with_token(&key(&server, &workspace.id, "avelto").await);
    assert_eq!(client.get(&at("/conversations")).await.ok(200)[0]["agentId"], Value::Null);
    let wanted = json!({ "name": "Clara", "channels": [channels["data"][0]["id"]] });
    let agent = text(&workspace.client.post("/v1/agents").json(&wanted).await.ok(201), "id");
    let path = format!("/v1/agents/{agent}/publish");
    workspace.client.post(&path).json(&json!({})).await.ok(200);
    for query in ["", &format!("?agentId={agent}")] {
        let list = client.get(&at(&format!("/conversations{query}"))).await;
        assert_eq!(list.header("x-total-count"), "1", "{query}");
        assert_eq!(list.ok(200)[0]["agentId"], json!(agent), "{query}");
    }
}

#[tokio::test]
async fn av_045_046_047_048_conversations_are_listed_and_filtered() {
    let scene = Scene::of("avelto").await;
    let (_, second) = furnish(&scene.workspace, "106540352242923", "wamid.2").await;
    let all = scene.client.get(&at("/conversations?status=OPEN&limit=50")).await;
    assert_eq!(all.header("x-total-count"), "2");
    let list = all.ok(200).as_array().unwrap().clone();
    let of = |agent: &str| list.iter().find(|row| row["agentId"] == agent).unwrap();
    let row = of(&scene.agent);
    assert_eq!(members(row), ["id", "agentId", "channelId", "status", "createdAt"]);
    assert_eq!(row["status"], "OPEN");
    assert_eq!(row["createdAt"], "2026-11-21T09:00:00.000Z");
    let ids = async |query: &str| {
        let list = scene.client.get(&at(&format!("/conversations?{query}"))).await;
        let rows = list.ok(200).as_array().unwrap().clone();
        assert_eq!(list.header("x-total-count"), rows.len().to_string(), "{query}");
        rows.into_iter().map(|row| text(&row, "id")).collect::<Vec<_>>()
    };
    let (one, two) = (text(row, "id"), text(of(&second), "id"));
    assert_eq!(ids(&format!("agentId={}", scene.agent)).await, [one.as_str()]);
    assert_eq!(ids(&format!("agentId={second}")).await, [two.as_str()]);
    assert_eq!(ids(&format!("channelId={}", text(row, "channelId"))).await, [one.as_str()]);
    assert!(ids(&format!("agentId={NOBODY}")).await.is_empty());
    let native = &scene.workspace.client;
    native.post(&format!("/v1/conversations/{one}/tags")).json(&json!({ "tags": ["Vip"] })).await;
    native.post(&format!("/v1/conversations/{two}/close")).json(&json!({})).await.ok(200);
    assert_eq!(ids("tagIds=vip,late").await, [one.as_str()]);
    assert!(ids("tagIds=late").await.is_empty());
    assert_eq!(ids("status=CLOSED").await, [two.as_str()]);
    let page = scene.client.get(&at("/conversations?limit=1")).await;
    assert_eq!(
        (page.ok(200).as_array().unwrap().len(), page.header("x-total-count")),
        (1, "2".into())
    );
    assert!(page.header("link").contains("rel=\"next\""));
    for query in ["status=open", "agentId=7", "limit=500"] {
        refused(
            &scene.client.get(&at(&format!("/conversations?{query}"))).await,
            400,
            "invalid_field",
        );
    }
}

#[tokio::test]
async fn av_049_050_a_conversation_is_shown_with_what_was_said() {
    let scene = Scene::of("avelto").await;
    let id = hand_off(&scene).await;
    let native = &scene.workspace.client;
    let person = json!({ "name": "Noa", "role": "operator" });
    let noa = text(&native.post("/v1/people").json(&person).await.ok(201), "id");
    let path = format!("/v1/conversations/{id}");
    native.post(&format!("{path}/assign")).json(&json!({ "person_id": noa })).await.ok(200);
    native.post(&format!("{path}/tags")).json(&json!({ "tags": ["vip"] })).await;
    let say = at(&format!("/conversations/{id}/operator-message"));
    scene.client.post(&say).json(&json!({ "content": "Hi there" })).await.ok(201);
    let shown = scene.client.get(&at(&format!("/conversations/{id}"))).await.ok(200);
    assert_eq!((&shown["id"], &shown["status"]), (&json!(id), &json!("OPEN")));
    assert_eq!((&shown["tags"], &shown["sentiment"]), (&json!(["vip"]), &json!("NEUTRAL")));
    assert_eq!(shown["assignedOperator"], json!({ "id": noa, "name": "Noa" }));
    assert_eq!(shown["handoff"]["reason"], "requested");
    let said = shown["messages"].as_array().unwrap();
    assert_eq!(members(&said[0]), ["id", "role", "content", "createdAt"]);
    let told: Vec<_> =
        said.iter().map(|one| (one["role"].clone(), one["content"].clone())).collect();
    assert_eq!(told, [(json!("USER"), json!("Hello")), (json!("ASSISTANT"), json!("Hi there"))]);
    let from = CUSTOMER.trim_start_matches('+');
    let angry = "I am very disappointed, nobody answers!";
    scene.number.say(native, "wamid.angry", from, angry).await.ok(200);
    let shown = scene.client.get(&at(&format!("/conversations/{id}"))).await.ok(200);
    assert_eq!(shown["sentiment"], "NEGATIVE");
}

#[tokio::test]
async fn av_051_052_053_an_operator_answers_once_it_was_handed_off() {
    let scene = Scene::of("avelto").await;
    let id = conversation(&scene).await;
    let path = at(&format!("/conversations/{id}/operator-message"));
    let body = json!({ "content": "Hi Anna — happy to help. What size do you need?" });
    refused(&scene.client.post(&path).json(&body).await, 409, "not_allowed_now");
    hand_off(&scene).await;
    let said = scene.client.post(&path).json(&body).await.ok(201);
    assert_eq!(members(&said), ["id", "role", "content", "createdAt"]);
    assert_eq!((&said["role"], &said["content"]), (&json!("ASSISTANT"), &body["content"]));
    assert_eq!(said["createdAt"], "2026-11-21T09:00:00.000Z");
    let queued = scene.workspace.client.get(&format!("/v1/conversations/{id}/messages")).await;
    let queued = queued.ok(200)["data"].as_array().unwrap().clone();
    let queued = queued.iter().find(|one| one["direction"] == "outbound").unwrap();
    assert_eq!((&queued["id"], &queued["status"]), (&said["id"], &json!("queued")));
    scene.server.clock.advance_micros(25 * 3_600 * SECOND);
    refused(&scene.client.post(&path).json(&body).await, 403, "window_closed");
    for content in ["", "  "] {
        let empty = scene.client.post(&path).json(&json!({ "content": content })).await;
        assert_eq!(refused(&empty, 400, "invalid_field")["field"], "content");
    }
}

#[tokio::test]
async fn av_054_055_056_many_conversations_are_changed_at_once() {
    let scene = Scene::of("avelto").await;
    furnish(&scene.workspace, "106540352242923", "wamid.2").await;
    let list = scene.client.get(&at("/conversations")).await.ok(200);
    let ids = json!([list[0]["id"], list[1]["id"]]);
    let act = async |body: Value| scene.client.post(&at("/conversations/bulk")).json(&body).await;
    let done = |updated: u64, skipped: u64| json!({ "updated": updated, "skipped": skipped });
    assert_eq!(act(json!({ "ids": ids, "action": "close" })).await.ok(200), done(2, 0));
    assert_eq!(act(json!({ "ids": ids, "action": "close" })).await.ok(200), done(0, 2));
    assert_eq!(
        act(json!({ "ids": [list[0]["id"]], "action": "reopen" })).await.ok(200),
        done(1, 0)
    );
    assert_eq!(act(json!({ "ids": ids, "action": "reopen" })).await.ok(200), done(1, 1));
    let person = json!({ "name": "Noa", "role": "operator" });
    let noa = scene.workspace.client.post("/v1/people").json(&person).await.ok(201)["id"].clone();
    let assign = json!({ "ids": ids, "action": "assign", "operatorId": noa });
    assert_eq!(act(assign).await.ok(200), done(2, 0));
    let tags = |action: &str| json!({ "ids": ids, "action": action, "tagIds": ["vip"] });
    assert_eq!(act(tags("tag")).await.ok(200), done(2, 0));
    assert_eq!(act(tags("tag")).await.ok(200), done(0, 2));
    assert_eq!(act(tags("untag")).await.ok(200), done(2, 0));
    assert_eq!(act(json!({ "ids": [NOBODY], "action": "close" })).await.ok(200), done(0, 1));
    for (body, field) in [
        (json!({ "ids": ids, "action": "eat" }), "action"),
        (json!({ "ids": [], "action": "close" }), "ids"),
        (json!({ "ids": vec![NOBODY; 201], "action": "close" }), "ids"),
        (json!({ "ids": ids, "action": "assign" }), "operatorId"),
        (json!({ "ids": ids, "action": "tag" }), "tagIds"),
        (json!({ "ids": ids, "action": "tag", "tagIds": [""] }), "tagIds"),
        (json!({ "ids": ids, "action": "assign", "operatorId": NOBODY }), "operatorId"),
    ] {
        assert_eq!(refused(&act(body).await, 400, "invalid_field")["field"], field);
    }
    act(json!({ "ids": vec![NOBODY; 200], "action": "close" })).await.ok(200);
}

#[tokio::test]
async fn av_057_058_agents_are_listed_and_shown_with_their_prompt() {
    let scene = Scene::of("avelto").await;
    let path = format!("/v1/agents/{}", scene.agent);
    let prompt = json!({ "instructions": "Be brief." });
    scene.workspace.client.patch(&path).json(&prompt).await.ok(200);
    let list = scene.client.get(&at("/agents")).await.ok(200);
    assert_eq!(members(&list[0]), ["id", "name", "status", "modelProvider", "modelName"]);
    assert_eq!((&list[0]["id"], &list[0]["status"]), (&json!(scene.agent), &json!("PUBLISHED")));
    assert_eq!(
        (&list[0]["modelProvider"], &list[0]["modelName"]),
        (&json!("built_in"), &json!("built_in"))
    );
    let shown = scene.client.get(&at(&format!("/agents/{}", scene.agent))).await.ok(200);
    assert_eq!(shown["systemPrompt"], "Be brief.");
    for member in ["id", "name", "status", "modelProvider", "modelName"] {
        assert_eq!(shown[member], list[0][member], "{member}");
    }
}

#[tokio::test]
async fn av_059_060_channels_are_listed() {
    let scene = Scene::of("avelto").await;
    let list = scene.client.get(&at("/channels")).await.ok(200);
    assert_eq!(members(&list[0]), ["id", "type", "name", "agentId", "createdAt"]);
    assert_eq!((&list[0]["type"], &list[0]["name"]), (&json!("WHATSAPP"), &json!("Front desk")));
    assert_eq!(list[0]["agentId"], scene.agent);
    let api = Api::of(&AVELTO);
    let kinds = &api.document()["components"]["schemas"]["ChannelType"]["oneOf"];
    let kinds: Vec<_> =
        kinds.as_array().unwrap().iter().map(|kind| kind["const"].as_str().unwrap()).collect();
    let ten = [
        "WEBSITE",
        "TELEGRAM",
        "WHATSAPP",
        "MESSENGER",
        "VIBER",
        "EMAIL",
        "SLACK",
        "DISCORD",
        "SMS",
        "VOICE",
    ];
    assert_eq!(kinds, ten);
    let path = format!("/v1/channels/{}", text(&list[0], "id"));
    assert!(scene.workspace.client.delete(&path).await.status < 300);
    assert_eq!(scene.client.get(&at("/channels")).await.ok(200), json!([]));
}

#[tokio::test]
async fn av_061_062_063_064_067_068_a_file_is_uploaded_and_read() {
    let scene = Scene::of("avelto").await;
    let path = at("/knowledge/upload");
    let send = |media: &str, name: &str, body: Vec<u8>| {
        let request = scene.client.post(&path).header("content-type", media);
        request.header("x-original-name", name).body(body)
    };
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (media, name) in [
        ("application/pdf", "handbook.pdf"),
        (docx, "handbook.docx"),
        ("text/html", "handbook.html"),
        ("text/markdown; charset=utf-8", "handbook.md"),
        ("text/plain", "handbook.txt"),
    ] {
        let made = send(media, name, format!("# Of {name}").into_bytes()).await.ok(201);
        assert_eq!(members(&made), ["id", "type", "status", "fileName"]);
        assert!(is_uuid(&made["id"]), "{made}");
        assert_eq!((&made["type"], &made["status"]), (&json!("UPLOAD"), &json!("PENDING")));
        assert_eq!(made["fileName"], name);
        let job = at(&format!("/knowledge/jobs/{}", text(&made, "id")));
        let job = scene.client.get(&job).await.ok(200);
        assert_eq!(
            (&job["type"], &job["status"], &job["fileName"]),
            (&json!("UPLOAD"), &json!("PENDING"), &json!(name))
        );
    }
    let named = send("text/plain", "g%C3%B3ra.txt", b"hill".to_vec()).await.ok(201);
    assert_eq!(named["fileName"], "góra.txt");
    refused(&send("image/png", "x.png", vec![1]).await, 415, "unsupported_media_type");
    let nameless = scene.client.post(&path).header("content-type", "text/plain").body("x").await;
    assert_eq!(refused(&nameless, 400, "invalid_field")["field"], "X-Original-Name");
    let large = send("text/plain", "x.txt", vec![b'x'; 10 * 1_048_576 + 1]).await;
    refused(&large, 413, "body_too_large");
}

#[tokio::test]
async fn av_065_066_067_a_site_is_crawled_and_polled() {
    let scene = Scene::of("avelto").await;
    let crawl = async |body: Value| scene.client.post(&at("/knowledge/crawl")).json(&body).await;
    let made = crawl(json!({ "url": "https://docs.example.com", "depth": 1 })).await.ok(201);
    assert_eq!(members(&made), ["id", "type", "status", "url"]);
    assert_eq!((&made["type"], &made["status"]), (&json!("CRAWL"), &json!("PENDING")));
    assert_eq!(made["url"], "https://docs.example.com");
    let job = at(&format!("/knowledge/jobs/{}", text(&made, "id")));
    let job = scene.client.get(&job).await.ok(200);
    assert_eq!((&job["type"], &job["status"]), (&json!("CRAWL"), &json!("PENDING")));
    assert!(job["pagesFound"].is_u64() && job["error"].is_null(), "{job}");
    crawl(json!({ "url": "https://docs.example.com/other" })).await.ok(201);
    refused(
        &crawl(json!({ "url": "https://docs.example.com", "depth": 11 })).await,
        400,
        "invalid_field",
    );
    refused(&crawl(json!({ "url": "http://127.0.0.1/" })).await, 422, "address_refused");
    refused(&crawl(json!({ "depth": 1 })).await, 400, "invalid_field");
}

#[tokio::test]
async fn av_069_070_073_074_075_076_a_webhook_is_made_and_listed_without_its_secret() {
    let scene = Scene::of("avelto").await;
    let body = json!({
        "type": "WEBHOOK", "url": "https://hooks.example.com/avelto",
        "events": ["lead.created", "conversation.closed"],
    });
    let path = at("/integrations/webhook");
    let create = || scene.client.post(&path).json(&body).header("idempotency-key", "one");
    let made = create().await.ok(201);
    assert_eq!(members(&made), ["id", "type", "url", "events", "signingSecret"]);
    let secret = text(&made, "signingSecret");
    assert!(secret.starts_with("wh_") && secret.len() == 67, "{secret}");
    let mut events = made["events"].as_array().unwrap().clone();
    events.sort_by_key(ToString::to_string);
    assert_eq!(json!(events), json!(["conversation.closed", "lead.created"]));
    assert_eq!(create().await.ok(201)["signingSecret"], "wh_…");
    let native = format!("/v1/webhooks/{}", text(&made, "id"));
    let rotate = scene.workspace.client.post(&format!("{native}/rotate-secret")).json(&json!({}));
    let rotated = text(&rotate.await.ok(200), "secret");
    assert!(rotated.starts_with("wh_") && rotated.len() == 67, "{rotated}");
    let reply = scene.client.get(&at("/integrations")).await;
    assert!(!reply.text.contains(&secret));
    let list = reply.ok(200);
    assert_eq!(members(&list[0]), ["id", "type", "url", "events", "status", "createdAt"]);
    assert_eq!((&list[0]["id"], &list[0]["status"]), (&made["id"], &json!("CONNECTED")));
    scene.workspace.client.post(&format!("{native}/pause")).json(&json!({})).await;
    assert_eq!(scene.client.get(&at("/integrations")).await.ok(200)[0]["status"], "PAUSED");
    scene.workspace.client.delete(&native).await;
    assert_eq!(scene.client.get(&at("/integrations")).await.ok(200), json!([]));
    for (member, value, code, status) in [
        ("type", json!("SLACK"), "invalid_field", 400),
        ("events", json!(["lead.eaten"]), "invalid_field", 400),
        ("events", json!([]), "invalid_field", 400),
        ("url", json!("http://127.0.0.1/"), "address_refused", 422),
    ] {
        let mut bad = body.clone();
        bad[member] = value;
        let told = refused(&scene.client.post(&path).json(&bad).await, status, code);
        assert_eq!(told["field"], member);
    }
}

#[tokio::test]
async fn av_016_017_069_a_token_hears_of_what_it_may_read() {
    let scene = Scene::of("avelto").await;
    let leads = token(&scene, &["leads:read", "leads:write"]).await;
    let ask = async |client: &Client, events: Value| {
        let body =
            json!({ "type": "WEBHOOK", "url": "https://hooks.example.com/", "events": events });
        client.post(&at("/integrations/webhook")).json(&body).await
    };
    ask(&leads, json!(["lead.created", "lead.*"])).await.ok(201);
    for (events, scope) in [
        (json!(["lead.created", "message.received"]), "conversations:read"),
        (json!(["handoff.triggered"]), "conversations:read"),
        (json!(["appointment.booked"]), "conversations:read"),
        (json!(["*"]), "agents:read"),
        (json!(["message_received"]), "agents:read"),
    ] {
        let told = refused(&ask(&leads, events).await, 403, "insufficient_scope");
        assert_eq!(told["missingScope"], scope);
    }
    ask(&scene.client, json!(["*"])).await.ok(201);
}

#[tokio::test]
async fn av_071_072_a_delivery_is_signed_with_its_time() {
    let server = TestServer::start_with(|config| {
        config.trust_numbers = true;
        config.allow_private_urls = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let scene = Scene::on("avelto", server).await;
    scene.silence(&scene.agent).await;
    scene.server.admin.post("/v1/installation/arm").await.ok(200);
    let mut receiver = Receiver::start().await;
    let body = json!({ "type": "WEBHOOK", "url": receiver.url(), "events": ["message.received"] });
    let made = scene.client.post(&at("/integrations/webhook")).json(&body).await.ok(201);
    let from = CUSTOMER.trim_start_matches('+');
    let native = &scene.workspace.client;
    scene.number.say(native, "wamid.9", from, "Hello again").await.ok(200);
    let came = receiver.next().await;
    let header = came.header("x-convo-signature");
    let (unix, signature) = header.split_once(",v1=").unwrap();
    let unix = unix.strip_prefix("t=").unwrap();
    assert_eq!(unix, "1795251600");
    let secret = text(&made, "signingSecret");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(unix.as_bytes());
    mac.update(b".");
    mac.update(&came.body);
    assert_eq!(signature, hex::encode(mac.finalize().into_bytes()));
}

#[tokio::test]
async fn av_077_083_the_openapi_document_is_served_without_a_token() {
    let server = TestServer::start().await;
    let document = server.admin.without_token().get("/avelto/openapi.json").await.ok(200);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "/avelto");
    assert!(document["paths"]["/api/v1/leads"]["get"].is_object());
}

#[tokio::test]
async fn av_078_083_the_postman_collection_is_served_without_a_token() {
    let server = TestServer::start().await;
    let collection = server.admin.without_token().get("/avelto/postman.json").await.ok(200);
    assert_eq!(collection["auth"]["bearer"][0]["value"], "{{apiToken}}");
    let named = |name: &str| collection["variable"].to_string().contains(name);
    assert!(named("\"apiToken\"") && named("\"baseUrl\""), "{}", collection["variable"]);
}
