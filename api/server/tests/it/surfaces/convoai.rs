//! What ConvoAI's document says, fact by fact.

use convolog_server::surfaces::CONVOAI;
use convolog_server::surfaces::Quota::{KnowledgeWrites, Messages};
use convolog_server::{Api, Config};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{CUSTOMER, Scene, furnish, key};
use crate::delivering::Receiver;
use crate::support::{Client, Number, Reply, TestServer, Workspace, text};
use crate::v1::{Clinic, answering_at};

/// 2026-11-21T09:00:00Z, at which the clock stands.
const NOW: i64 = 1_795_251_600;
/// In microseconds.
const SECOND: i64 = 1_000_000;

const ME: &str = "/convoai/api/v1/me/";
const AGENTS: &str = "/convoai/api/v1/agents/";

/// The id of the scene's agent, as ConvoAI shows it.
pub(super) async fn agent(scene: &Scene) -> String {
    let list = scene.client.get(AGENTS).await;
    if list.status != 200 {
        return "agt_00000000000000".to_owned();
    }
    text(&list.ok(200)["results"][0], "id")
}

async fn path(scene: &Scene, rest: &str) -> String {
    format!("{AGENTS}{}/{rest}/", agent(scene).await)
}

/// The document's own examples.
fn message() -> Value {
    json!({
        "to": CUSTOMER, "type": "text",
        "text": "Hi! Your order has been confirmed. Reply anytime if you need help.",
    })
}

fn knowledge() -> Value {
    json!({
        "title": "Summer 2026 Pricing",
        "content": "Our summer plans start at $49/mo. Enterprise quotes available.",
        "doc_type": "text",
    })
}

fn webhook() -> Value {
    json!({
        "url": "https://yourapp.com/webhooks/convoai",
        "events": ["lead.qualified", "appointment.booked", "handoff.triggered"],
        "secret": "whsec_your_signing_secret",
    })
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Whether an id is a prefix and 14 letters and digits.
fn is_id(id: &Value, prefix: &str) -> bool {
    id.as_str().and_then(|id| id.strip_prefix(prefix)).is_some_and(|rest| {
        rest.len() == 14 && rest.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    })
}

fn standing(reply: &Reply) -> [String; 4] {
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"]
        .map(|name| reply.header(name))
}

#[track_caller]
fn error(reply: &Reply, status: u16, code: &str) -> Value {
    assert_eq!(reply.status, status, "{}", reply.text);
    let error = reply.json()["error"].clone();
    assert_eq!(error["code"], code, "{error}");
    error
}

/// A workspace on another plan than usual, and a key of it.
async fn on_plan(server: &TestServer, plan: &str) -> (Workspace, Client) {
    let body = json!({ "name": "Clinic", "plan": plan });
    let id = text(&server.admin.post("/v1/workspaces").json(&body).await.ok(201), "id");
    let native = server.key(&id, json!({ "scopes": ["read", "write", "manage"] })).await;
    let client = server.admin.with_token(&native);
    let dialect = server.admin.with_token(&key(server, &id, "convoai").await);
    (Workspace { id, key: native, client }, dialect)
}

#[tokio::test]
async fn ca_001_015_025_027_028_029_030_me_shows_the_account_of_a_key() {
    let scene = Scene::of("convoai").await;
    let person = json!({ "name": "Maya", "role": "owner", "email": "you@yourbusiness.com" });
    scene.workspace.client.post("/v1/people").json(&person).await.ok(201);
    let me = scene.client.get(ME).await.ok(200);
    assert_eq!(members(&me), ["id", "email", "plan", "agents_count", "api_version"]);
    assert!(is_id(&me["id"], "usr_"), "{me}");
    assert_eq!(me["email"], "you@yourbusiness.com");
    assert_eq!((&me["plan"], &me["agents_count"]), (&json!("pro"), &json!(1)));
    assert_eq!(me["api_version"], "v1.4");
    assert_eq!(scene.client.get(ME).await.ok(200), me);
}

#[tokio::test]
async fn ca_027_me_is_whoever_the_key_acts_for_and_the_account_where_that_is_nobody() {
    let scene = Scene::of("convoai").await;
    let nobody = scene.client.get(ME).await.ok(200);
    assert!(is_id(&nobody["id"], "usr_") && nobody["email"].is_null(), "{nobody}");
    let add = async |name: &str, role: &str| {
        let person = json!({ "name": name, "role": role, "email": format!("{name}@example.com") });
        text(&scene.workspace.client.post("/v1/people").json(&person).await.ok(201), "id")
    };
    let noa = add("noa", "operator").await;
    let maya = add("maya", "owner").await;
    assert_eq!(scene.client.get(ME).await.ok(200)["email"], "maya@example.com");
    let wanted = json!({ "surface": "convoai", "person": noa });
    let own = scene.server.key(&scene.workspace.id, wanted).await;
    let own = scene.server.admin.with_token(&own).get(ME).await.ok(200);
    assert_eq!(own["email"], "noa@example.com");
    assert_ne!(own["id"], nobody["id"]);
    let leave = format!("/v1/people/{maya}");
    scene.workspace.client.delete(&leave).await;
    assert_eq!(scene.client.get(ME).await.ok(200)["id"], nobody["id"]);
}

#[tokio::test]
async fn ca_002_003_068_072_paths_begin_with_the_version_and_end_in_a_slash() {
    let scene = Scene::of("convoai").await;
    for route in Api::of(&CONVOAI).routes() {
        let path = route.declaration.path;
        assert!(path.starts_with("/api/v1/") && path.ends_with('/'), "{path}");
    }
    for path in ["/convoai/api/v1/me", "/convoai/api/v1/agents", "/convoai/api/latest/me/"] {
        error(&scene.client.get(path).await, 404, "no_such_endpoint");
    }
}

#[tokio::test]
async fn ca_004_reads_may_say_that_they_are_json() {
    let scene = Scene::of("convoai").await;
    let list = scene.client.get(AGENTS).header("content-type", "application/json").await;
    list.ok(200);
}

#[tokio::test]
async fn ca_031_032_033_034_036_037_038_agents_answer_count_and_results() {
    let scene = Scene::of("convoai").await;
    let list = scene.client.get(AGENTS).await.ok(200);
    assert_eq!(members(&list), ["count", "results"]);
    assert_eq!(list["count"], 1);
    let row = &list["results"][0];
    assert_eq!(members(row), ["id", "name", "status", "phone_number", "created_at"]);
    assert!(is_id(&row["id"], "agt_"), "{row}");
    assert_eq!((&row["name"], &row["status"]), (&json!("My Sales Agent"), &json!("active")));
    assert_eq!(row["phone_number"], "+551155550100");
    assert_eq!(row["created_at"], "2026-11-21T09:00:00Z");
    // More than a page of what they are made from.
    for number in 0..201 {
        let wanted = json!({ "name": format!("Agent {number}") });
        scene.workspace.client.post("/v1/agents").json(&wanted).await.ok(201);
    }
    let list = scene.client.get(AGENTS).await.ok(200);
    assert_eq!((&list["count"], list["results"].as_array().unwrap().len()), (&json!(202), 202));
    assert_eq!(list["results"][201]["status"], "draft");
    assert_eq!(list["results"][201]["phone_number"], Value::Null);
    assert_eq!(scene.client.get(ME).await.ok(200)["agents_count"], 202);
    error(&scene.client.get(&format!("{AGENTS}?page=2")).await, 400, "unknown_parameter");
}

#[tokio::test]
async fn ca_033_an_agent_is_active_paused_or_gone() {
    let scene = Scene::of("convoai").await;
    let act = async |what: &str| {
        let path = format!("/v1/agents/{}/{what}", scene.agent);
        scene.workspace.client.post(&path).json(&json!({})).await.ok(200);
    };
    let id = agent(&scene).await;
    act("pause").await;
    assert_eq!(scene.client.get(AGENTS).await.ok(200)["results"][0]["status"], "paused");
    act("resume").await;
    assert_eq!(scene.client.get(AGENTS).await.ok(200)["results"][0]["status"], "active");
    act("archive").await;
    assert_eq!(scene.client.get(AGENTS).await.ok(200), json!({ "count": 0, "results": [] }));
    let gone = scene.client.post(&format!("{AGENTS}{id}/knowledge/")).json(&knowledge()).await;
    error(&gone, 404, "not_found");
}

#[tokio::test]
async fn ca_039_040_041_knowledge_is_pushed_to_one_agent() {
    let scene = Scene::of("convoai").await;
    let path = path(&scene, "knowledge").await;
    let made = scene.client.post(&path).json(&knowledge()).await.ok(201);
    assert_eq!(members(&made), ["id", "agent_id", "title", "doc_type", "status", "created_at"]);
    assert!(is_id(&made["id"], "doc_"), "{made}");
    assert_eq!(made["agent_id"], agent(&scene).await);
    assert_eq!(
        (&made["title"], &made["doc_type"]),
        (&json!("Summer 2026 Pricing"), &json!("text"))
    );
    assert_eq!(
        (&made["status"], &made["created_at"]),
        (&json!("ready"), &json!("2026-11-21T09:00:00Z"))
    );
    let known = scene.workspace.client.get("/v1/knowledge").await.ok(200);
    assert_eq!(known["data"][0]["agent_id"], scene.agent);
    for (doc_type, title) in [("markdown", "a"), ("html", "b")] {
        let body =
            json!({ "title": title, "content": format!("of {title}"), "doc_type": doc_type });
        assert_eq!(scene.client.post(&path).json(&body).await.ok(201)["doc_type"], doc_type);
    }
    let body = json!({ "title": "c", "content": "without a type" });
    assert_eq!(scene.client.post(&path).json(&body).await.ok(201)["doc_type"], "text");
    let body = json!({ "title": "d", "content": "d", "doc_type": "fax" });
    let told = error(&scene.client.post(&path).json(&body).await, 400, "invalid_field");
    assert_eq!(
        (&told["field"], &told["allowed"]),
        (&json!("doc_type"), &json!(["text", "markdown", "html"]))
    );
    let empty = json!({ "title": "", "content": "x" });
    assert_eq!(
        error(&scene.client.post(&path).json(&empty).await, 400, "invalid_field")["field"],
        "title"
    );
}

#[tokio::test]
async fn ca_042_043_044_035_a_message_is_queued_from_the_agents_number() {
    let scene = Scene::of("convoai").await;
    let path = path(&scene, "messages").await;
    let sent = scene.client.post(&path).json(&message()).await;
    let queued = sent.ok(201);
    assert_eq!(members(&queued), ["message_id", "status", "to", "queued_at"]);
    assert!(is_id(&queued["message_id"], "msg_"), "{queued}");
    assert_eq!((&queued["status"], &queued["to"]), (&json!("queued"), &json!(CUSTOMER)));
    assert_eq!(queued["queued_at"], "2026-11-21T09:00:00Z");
    let native = &scene.workspace.client;
    let list = native.get("/v1/conversations").await.ok(200);
    let conversation = &list["data"][0];
    // The agent said it, and goes on answering.
    assert_eq!(conversation["handoff"], Value::Null);
    let messages = format!("/v1/conversations/{}/messages", text(conversation, "id"));
    let said = native.get(&messages).await.ok(200)["data"].as_array().unwrap().clone();
    let said = said.iter().find(|one| one["direction"] == "outbound").unwrap();
    assert_eq!(said["text"], message()["text"]);
    let another = scene.client.post(&path).json(&message()).await.ok(201);
    assert_ne!(another["message_id"], queued["message_id"]);
    for (body, field) in [
        (json!({ "to": CUSTOMER, "type": "image", "text": "x" }), "type"),
        (json!({ "to": "14155559876", "type": "text", "text": "x" }), "to"),
        (json!({ "to": "+1 415 555 9876", "type": "text", "text": "x" }), "to"),
        (json!({ "to": CUSTOMER, "type": "text", "text": "" }), "text"),
        (json!({ "to": CUSTOMER, "type": "text" }), "text"),
    ] {
        let told = error(&scene.client.post(&path).json(&body).await, 400, "invalid_field");
        assert_eq!(told["field"], field, "{told}");
    }
}

#[tokio::test]
async fn ca_042_nothing_is_sent_to_whoever_did_not_write_within_a_day() {
    let scene = Scene::of("convoai").await;
    let path = path(&scene, "messages").await;
    let stranger = json!({ "to": "+14155550000", "type": "text", "text": "Hi!" });
    error(&scene.client.post(&path).json(&stranger).await, 403, "window_closed");
    scene.server.clock.advance_micros(25 * 3_600 * SECOND);
    error(&scene.client.post(&path).json(&message()).await, 403, "window_closed");
    let draft = json!({ "name": "Unpublished" });
    scene.workspace.client.post("/v1/agents").json(&draft).await.ok(201);
    let list = scene.client.get(AGENTS).await.ok(200);
    let draft = format!("{AGENTS}{}/messages/", text(&list["results"][1], "id"));
    error(&scene.client.post(&draft).json(&message()).await, 409, "not_allowed_now");
}

#[tokio::test]
async fn ca_042_of_two_numbers_the_message_leaves_from_the_one_that_was_written_to_last() {
    let scene = Scene::of("convoai").await;
    let native = &scene.workspace.client;
    let other = Number::new("106540352242999");
    let channel = text(&scene.workspace.connect(&other).await, "id");
    let agent = format!("/v1/agents/{}", scene.agent);
    let first = native.get(&agent).await.ok(200)["channels"][0].clone();
    native.patch(&agent).json(&json!({ "channels": [first, channel] })).await.ok(200);
    native.post(&format!("{agent}/publish")).json(&json!({})).await.ok(200);
    let path = path(&scene, "messages").await;
    let from = CUSTOMER.trim_start_matches('+');
    for (turn, number) in (1..).zip([&other, &scene.number, &other]) {
        scene.server.clock.advance_micros(25 * 3_600 * SECOND);
        error(&scene.client.post(&path).json(&message()).await, 403, "window_closed");
        let written = json!({
            "from": from, "id": format!("wamid.turn{turn}"), "type": "text",
            "timestamp": (NOW + turn * 25 * 3_600).to_string(), "text": { "body": "Hello" },
        });
        number.tell(native, from, &written).await.ok(200);
        scene.client.post(&path).json(&message()).await.ok(201);
    }
}

#[tokio::test]
async fn what_was_done_is_answered_alike_when_the_agent_is_gone() {
    let scene = Scene::of("convoai").await;
    for (rest, body) in
        [("messages", message()), ("knowledge", knowledge()), ("webhooks", webhook())]
    {
        let path = path(&scene, rest).await;
        let ask = async || {
            scene.client.post(&path).json(&body).header("idempotency-key", rest).await.ok(201)
        };
        let first = ask().await;
        let agent = format!("/v1/agents/{}", scene.agent);
        if rest == "webhooks" {
            scene.workspace.client.post(&format!("{agent}/archive")).json(&json!({})).await.ok(200);
            error(&scene.client.post(&path).json(&body).await, 404, "not_found");
        }
        assert_eq!(ask().await, first, "{rest}");
    }
}

#[tokio::test]
async fn a_broadcast_is_not_started_past_the_messages_of_an_hour() {
    let server = TestServer::start().await;
    for (plan, status) in [("free", 403), ("pro", 403), ("enterprise", 404)] {
        let (_, client) = on_plan(&server, plan).await;
        let start = "/v1/broadcasts/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c/start";
        let reply = client.post(start).json(&json!({})).await;
        assert_eq!(reply.status, status, "{plan}: {}", reply.text);
    }
}

#[tokio::test]
async fn ca_045_046_047_a_webhook_is_registered_with_the_callers_secret() {
    let scene = Scene::of("convoai").await;
    let path = path(&scene, "webhooks").await;
    let reply = scene.client.post(&path).json(&webhook()).await;
    let made = reply.ok(201);
    assert_eq!(members(&made), ["id", "agent_id", "url", "events", "status", "created_at"]);
    assert!(is_id(&made["id"], "whk_"), "{made}");
    assert_eq!((&made["url"], &made["events"]), (&webhook()["url"], &webhook()["events"]));
    assert_eq!(made["status"], "active");
    assert!(!reply.text.contains("whsec_your_signing_secret"));
    for (member, value, code) in [
        ("events", json!(["lead.eaten"]), "invalid_field"),
        ("events", json!([]), "invalid_field"),
        ("url", json!("not a url"), "invalid_field"),
        ("url", json!("http://127.0.0.1/x"), "address_refused"),
        ("secret", json!(""), "invalid_field"),
    ] {
        let mut body = webhook();
        body[member] = value;
        let reply = scene.client.post(&path).json(&body).await;
        let told = reply.json()["error"].clone();
        assert_eq!((&told["code"], &told["field"]), (&json!(code), &json!(member)), "{told}");
        assert!(reply.status == 400 || reply.status == 422, "{}", reply.status);
    }
}

#[tokio::test]
async fn ca_049_050_051_053_055_a_webhook_hears_of_its_agent_signed_with_the_secret() {
    let server = TestServer::start_with(|config| {
        config.trust_numbers = true;
        config.allow_private_urls = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let scene = Scene::on("convoai", server).await;
    let (other, second) = furnish(&scene.workspace, "106540352242923", "wamid.2").await;
    for agent in [&scene.agent, &second] {
        scene.silence(agent).await;
    }
    scene.server.admin.post("/v1/installation/arm").await.ok(200);
    let mut receiver = Receiver::start().await;
    let secret = "whsec_your_signing_secret";
    let body = json!({ "url": receiver.url(), "events": ["message.received"], "secret": secret });
    let path = path(&scene, "webhooks").await;
    scene.client.post(&path).json(&body).await.ok(201);
    let from = CUSTOMER.trim_start_matches('+');
    let native = &scene.workspace.client;
    other.say(native, "wamid.3", from, "to the other agent").await.ok(200);
    scene.number.say(native, "wamid.4", from, "to this agent").await.ok(200);
    let came = receiver.next().await;
    assert_eq!(came.words(), "to this agent");
    let told = came.json();
    assert_eq!(members(&told), ["type", "timestamp", "agent_id", "message_id", "data"]);
    assert_eq!(
        (&told["type"], &told["agent_id"]),
        (&json!("message.received"), &json!(agent(&scene).await))
    );
    assert!(is_id(&told["message_id"], "msg_"), "{told}");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(&came.body);
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(came.header("x-convoai-signature"), signature);
}

#[tokio::test]
async fn ca_011_what_a_customer_asks_is_answered_from_the_knowledge_and_told() {
    let receivers = |config: &mut Config| config.allow_private_urls.push("127.0.0.1".to_owned());
    let clinic = answering_at(Clinic::open_with(receivers).await, json!({})).await;
    let key = key(&clinic.server, &clinic.workspace.id, "convoai").await;
    let client = clinic.server.admin.with_token(&key);
    let agent = text(&client.get(AGENTS).await.ok(200)["results"][0], "id");
    let mut receiver = Receiver::start().await;
    let body =
        json!({ "url": receiver.url(), "events": ["message.received"], "secret": "whsec_own" });
    client.post(&format!("{AGENTS}{agent}/webhooks/")).json(&body).await.ok(201);
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    let told = receiver.next().await.json();
    assert_eq!((&told["type"], &told["agent_id"]), (&json!("message.received"), &json!(agent)));
    let replied = clinic.until_event("agent_replied").await;
    clinic.until(&text(&replied["data"], "message"), "accepted").await;
    let said = clinic.graph.seen()[0].body["text"]["body"].clone();
    assert!(said.as_str().unwrap().contains("9 to 12"), "{said}");
}

#[tokio::test]
async fn ca_052_054_there_are_twelve_events_and_the_four_of_the_document_are_among_them() {
    let api = Api::of(&CONVOAI);
    let choices = &api.document()["components"]["schemas"]["EventName"]["oneOf"];
    let names: Vec<_> =
        choices.as_array().unwrap().iter().map(|one| one["const"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 12);
    for name in ["message.received", "lead.qualified", "appointment.booked", "handoff.triggered"] {
        assert!(names.contains(&name), "{name}");
    }
    let scene = Scene::of("convoai").await;
    let mut body = webhook();
    body["events"] = json!(names);
    let path = path(&scene, "webhooks").await;
    scene.client.post(&path).json(&body).await.ok(201);
}

#[tokio::test]
async fn ca_014_the_four_steps_of_the_quick_start_work_as_they_are_written() {
    let scene = Scene::of("convoai").await;
    let id = agent(&scene).await;
    for (what, body) in
        [("knowledge", knowledge()), ("messages", message()), ("webhooks", webhook())]
    {
        scene.client.post(&format!("{AGENTS}{id}/{what}/")).json(&body).await.ok(201);
    }
}

#[tokio::test]
async fn ca_017_018_019_022_keys_have_the_documented_shape_and_are_shown_once() {
    let scene = Scene::of("convoai").await;
    let keys = format!("/v1/workspaces/{}/keys", scene.workspace.id);
    for (mode, prefix) in [("live", "ck_live_"), ("test", "ck_test_")] {
        let body = json!({ "name": "Shop", "surface": "convoai", "mode": mode });
        let made = scene.workspace.client.post(&keys).json(&body);
        let made = made.header("idempotency-key", mode).await.ok(201);
        let shown = text(&made, "key");
        let rest = shown.strip_prefix(prefix).unwrap();
        assert!(rest.len() == 28 && rest.bytes().all(|c| c.is_ascii_alphanumeric()), "{shown}");
        assert_eq!(made["scopes"], json!(["read", "write", "manage"]));
        let again = scene.workspace.client.post(&keys).json(&body);
        let again = text(&again.header("idempotency-key", mode).await.ok(201), "key");
        assert!(again.ends_with('…') && shown.starts_with(again.trim_end_matches('…')));
        assert!(!scene.workspace.client.get(&keys).await.text.contains(&shown));
        scene.server.admin.with_token(&shown).get(ME).await.ok(200);
    }
}

#[tokio::test]
async fn ca_018_a_test_key_sends_nothing() {
    let scene = Scene::of("convoai").await;
    let wanted = json!({ "surface": "convoai", "mode": "test" });
    let sandbox = scene.server.key(&scene.workspace.id, wanted).await;
    let client = scene.server.admin.with_token(&sandbox);
    let path = path(&scene, "messages").await;
    let queued = client.post(&path).json(&message()).await.ok(201);
    assert_eq!(queued["status"], "queued");
    let requested = scene.workspace.client.get("/v1/events?type=message_requested").await.ok(200);
    assert_eq!(requested["data"][0]["mode"], "test");
}

#[tokio::test]
async fn ca_023_026_048_what_is_wrong_with_a_key_is_said() {
    let scene = Scene::of("convoai").await;
    let none = scene.server.admin.without_token().get(ME).await;
    let told = error(&none, 401, "missing_credentials");
    assert_eq!(told["field"], "Authorization");
    assert_eq!(told["request_id"], none.header("x-request-id"));
    assert!(!told["message"].as_str().unwrap().is_empty());
    let malformed = scene.server.admin.with_token("ck_live_short").get(ME).await;
    let told = error(&malformed, 401, "invalid_credentials");
    assert!(told["message"].as_str().unwrap().contains("ck_live_ or ck_test_"), "{told}");
    let unknown = format!("ck_live_{}", "x".repeat(28));
    error(&scene.server.admin.with_token(&unknown).get(ME).await, 401, "invalid_credentials");
    let less = json!({ "surface": "convoai", "scopes": ["read"] });
    let less = scene.server.key(&scene.workspace.id, less).await;
    let path = path(&scene, "messages").await;
    let refused = scene.server.admin.with_token(&less).post(&path).json(&message()).await;
    assert_eq!(error(&refused, 403, "insufficient_scope")["allowed"], json!(["write"]));
}

#[tokio::test]
async fn ca_016_a_key_sees_its_own_account_only() {
    let scene = Scene::of("convoai").await;
    let (_, other) = on_plan(&scene.server, "free").await;
    assert_eq!(other.get(AGENTS).await.ok(200)["count"], 0);
    assert_eq!(other.get(ME).await.ok(200)["plan"], "free");
    let path = path(&scene, "knowledge").await;
    error(&other.post(&path).json(&knowledge()).await, 404, "not_found");
}

#[tokio::test]
async fn ca_007_008_009_010_012_the_same_key_works_on_the_native_api() {
    let scene = Scene::of("convoai").await;
    let reply = scene.client.get("/v1/conversations").await;
    let conversation = text(&reply.ok(200)["data"][0], "id");
    assert_eq!(reply.header("x-ratelimit-limit"), "300");
    let messages = format!("/v1/conversations/{conversation}/messages");
    assert_eq!(scene.client.get(&messages).await.ok(200)["data"][0]["text"], "Hello");
    let made = scene.client.post("/v1/agents").json(&json!({ "name": "Mia" })).await;
    made.ok(201);
    for path in ["/v1/leads", "/v1/appointments", "/v1/webhooks", "/v1/usage", "/v1/limits"] {
        let reply = scene.client.get(path).await;
        reply.ok(200);
        assert!(standing(&reply).iter().all(|value| !value.is_empty()), "{path}");
    }
    // What another dialect's key is on the native API, it stays.
    let avelto = json!({ "surface": "convoai", "scopes": ["read"] });
    let narrow = scene.server.key(&scene.workspace.id, avelto).await;
    let narrow = scene.server.admin.with_token(&narrow);
    narrow
        .post("/v1/agents")
        .json(&json!({ "name": "x" }))
        .await
        .problem(403, "insufficient_scope");
}

#[tokio::test]
async fn ca_056_057_058_062_063_064_065_066_067_a_key_is_told_where_it_stands_and_stopped() {
    let server = TestServer::start().await;
    let (workspace, client) = on_plan(&server, "free").await;
    server.clock.advance_micros(20 * SECOND);
    let reset = (NOW + 60).to_string();
    for made in 1..=30 {
        let reply = client.get(ME).await;
        reply.ok(200);
        let left = (30 - made).to_string();
        assert_eq!(standing(&reply), ["30", &left, &reset, "40"]);
    }
    let over = client.get(ME).await;
    let told = error(&over, 429, "rate_limited");
    assert_eq!(standing(&over), ["30", "0", &reset, "40"]);
    assert_eq!(told["limit"]["name"], "requests_per_minute");
    assert_eq!(told["limit"]["resets_at"], "2026-11-21T09:01:00Z");
    // On the native API it is the same key.
    client.get("/v1/people").await.problem(429, "rate_limited");
    let other = server.admin.with_token(&key(&server, &workspace.id, "convoai").await);
    assert_eq!(standing(&other.get(ME).await)[1], "29");
    server.clock.advance_micros(40 * SECOND);
    assert_eq!(standing(&client.get(ME).await)[1], "29");
    // What is refused has the headers, too, and so has what shows no key.
    let missing = client.get("/convoai/api/v1/nothing/").await;
    let none = server.admin.without_token().get(ME).await;
    // A path that leads nowhere counts for the key that is shown.
    assert_eq!(standing(&missing)[1], "28");
    for reply in [missing, none] {
        assert!(standing(&reply).iter().all(|value| !value.is_empty()), "{reply:?}");
    }
}

#[tokio::test]
async fn ca_058_066_messages_of_an_hour_are_counted_and_told() {
    let server = TestServer::start().await;
    let (workspace, client) = on_plan(&server, "free").await;
    furnish(&workspace, "106540352242922", "wamid.1").await;
    let list = client.get(AGENTS).await.ok(200);
    let path = format!("{AGENTS}{}/messages/", text(&list["results"][0], "id"));
    // A minute has 30 requests.
    let send = async |client: &Client| {
        server.clock.advance_micros(5 * SECOND);
        client.post(&path).json(&message()).await
    };
    for _ in 0..30 {
        send(&client).await.ok(201);
    }
    // What is refused, or was done before, uses nothing up.
    let bad = json!({ "to": "nobody", "type": "text", "text": "x" });
    error(&client.post(&path).json(&bad).await, 400, "invalid_field");
    for _ in 30..60 {
        send(&client).await.ok(201);
    }
    let over = send(&client).await;
    let told = error(&over, 429, "rate_limited");
    assert_eq!(
        (&told["limit"]["name"], &told["limit"]["allowed"], &told["limit"]["used"]),
        (&json!("messages_per_hour"), &json!(60), &json!(60))
    );
    let [limit, remaining, reset, wait] = standing(&over);
    assert_eq!([limit.as_str(), &remaining, &reset], ["60", "0", &(NOW + 3_600).to_string()]);
    assert!((3_000..3_600).contains(&wait.parse::<i64>().unwrap()), "{wait}");
    // Other things go on, and so does another key.
    client.get(ME).await.ok(200);
    let other = server.admin.with_token(&key(&server, &workspace.id, "convoai").await);
    send(&other).await.ok(201);
    server.clock.advance_micros(3_600 * SECOND);
    send(&client).await.ok(201);
}

#[tokio::test]
async fn ca_058_066_knowledge_of_a_day_is_counted_also_across_a_restart() {
    let server = TestServer::start().await;
    let (workspace, client) = on_plan(&server, "free").await;
    furnish(&workspace, "106540352242922", "wamid.1").await;
    let list = client.get(AGENTS).await.ok(200);
    let path = format!("{AGENTS}{}/knowledge/", text(&list["results"][0], "id"));
    let document = |number: usize| json!({ "title": format!("No. {number}"), "content": format!("It is {number}.") });
    for number in 0..10 {
        client.post(&path).json(&document(number)).await.ok(201);
    }
    let server = server.restart().await;
    let client = client.at(&server.admin);
    for number in 10..20 {
        let pushed = client
            .post(&path)
            .json(&document(number))
            .header("idempotency-key", number.to_string());
        pushed.await.ok(201);
        let again = client
            .post(&path)
            .json(&document(number))
            .header("idempotency-key", number.to_string());
        again.await.ok(201);
        server.clock.advance_micros(10 * SECOND);
    }
    let over = client.post(&path).json(&document(20)).await;
    let told = error(&over, 429, "rate_limited");
    assert_eq!(told["limit"]["name"], "knowledge_writes_per_day");
    // Midnight of UTC.
    assert_eq!(told["limit"]["resets_at"], "2026-11-22T00:00:00Z");
    let native = json!({ "title": "Native", "content": "counts as well" });
    let refused = client.post("/v1/knowledge").json(&native).await;
    assert_eq!(refused.problem(429, "rate_limited")["limit"]["name"], "knowledge_writes_per_day");
}

#[tokio::test]
async fn ca_059_060_061_plans_have_the_documented_figures() {
    let server = TestServer::start().await;
    for (plan, shown, requests) in [
        ("free", "free", "30"),
        ("pro", "pro", "300"),
        ("business", "pro", "300"),
        ("enterprise", "enterprise", "3000"),
    ] {
        let (_, client) = on_plan(&server, plan).await;
        let me = client.get(ME).await;
        assert_eq!(me.ok(200)["plan"], shown);
        assert_eq!(me.header("x-ratelimit-limit"), requests);
    }
    let quota = |plan, quota| (CONVOAI.rates.quota)(plan, quota);
    for (plan, messages, writes) in
        [("free", Some(60), Some(20)), ("pro", Some(1_000), Some(500)), ("enterprise", None, None)]
    {
        assert_eq!((quota(plan, Messages), quota(plan, KnowledgeWrites)), (messages, writes));
    }
}
