//! Connections to models, and agents that name one, against a double of a model's endpoint.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::responding::answering_at;
use super::sending::Clinic;
use crate::support::{TestServer, text};

const KEY: &str = "sk-nobody-may-read-this";
/// What it says if it has nothing else to say: 900 tokens read, 40 written.
const SAYS: &str =
    r#"{"answer": "We are there on Saturdays, from nine to twelve.", "cites": [1], "sure": true}"#;

/// How the double answers one request.
#[derive(Clone, Copy)]
enum Act {
    Says(&'static str),
    Streams,
    Raw(&'static str),
    Status(u16),
    Silent,
}

#[derive(Default)]
struct Script {
    /// The last one goes on.
    acts: VecDeque<Act>,
    keys: Vec<String>,
    paths: Vec<String>,
    bodies: Vec<Value>,
}

/// A model.
#[derive(Clone)]
struct Model {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

impl Model {
    async fn start(acts: &[Act]) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let script =
            Arc::new(Mutex::new(Script { acts: acts.to_vec().into(), ..Script::default() }));
        let router = Router::new().fallback(play).with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, script }
    }

    fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    fn calls(&self) -> usize {
        self.script.lock().unwrap().paths.len()
    }
}

async fn play(
    State(script): State<Arc<Mutex<Script>>>,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let act = {
        let mut script = script.lock().unwrap();
        let key = headers.get("authorization").and_then(|value| value.to_str().ok());
        script.keys.push(key.unwrap_or_default().to_owned());
        script.paths.push(uri.path().to_owned());
        script.bodies.push(serde_json::from_str(&body).unwrap());
        if script.acts.len() > 1 { script.acts.pop_front().unwrap() } else { script.acts[0] }
    };
    match act {
        Act::Says(text) => axum::Json(json!({
            "choices": [{ "message": { "role": "assistant", "content": text } }],
            "usage": { "prompt_tokens": 900, "completion_tokens": 40 },
        }))
        .into_response(),
        Act::Streams => {
            let (one, two) = SAYS.split_at(30);
            let piece = |text: &str| json!({ "choices": [{ "delta": { "content": text } }] });
            let usage = json!({ "choices": [], "usage": { "prompt_tokens": 900, "completion_tokens": 40 } });
            let events = format!(
                "data: {}\n\ndata: {}\n\ndata: {usage}\n\ndata: [DONE]\n\n",
                piece(one),
                piece(two)
            );
            ([(header::CONTENT_TYPE, "text/event-stream")], events).into_response()
        }
        Act::Raw(text) => text.into_response(),
        Act::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Act::Silent => std::future::pending().await,
    }
}

/// A clinic whose agent names a connection to a model that does this.
struct World {
    clinic: Clinic,
    model: Model,
    connection: String,
}

impl World {
    async fn with(acts: &[Act], more: Value) -> Self {
        let model = Model::start(acts).await;
        let clinic = Clinic::open_with(|config| {
            config.allow_private_urls.push(model.address.to_string());
        })
        .await;
        let mut body = json!({
            "name": "Ours", "provider": "openai_compatible", "base_url": model.url(),
            "model": "small", "api_key": KEY, "timeout_ms": 5_000,
            "price": { "currency": "EUR", "input_per_million": 300, "output_per_million": 1_500 },
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let client = &clinic.workspace.client;
        let made = client.post("/v1/model-connections").json(&body).await.ok(201);
        assert!(!made.to_string().contains(KEY), "{made}");
        let connection = text(&made, "id");
        let clinic = answering_at(clinic, json!({ "connection_id": connection })).await;
        Self { clinic, model, connection }
    }

    /// What the agent made of a question.
    async fn asked(&self, wamid: &str, question: &str) -> Value {
        let mut head = self.clinic.server.app().engine().log().watch();
        let before = self.replies().await.len();
        self.clinic.hears(wamid, question).await;
        loop {
            head.mark_unchanged();
            let replies = self.replies().await;
            if replies.len() > before {
                self.clinic.server.clock.advance_micros(10_000_000);
                return replies.last().unwrap()["data"].clone();
            }
            head.changed().await.unwrap();
        }
    }

    async fn replies(&self) -> Vec<Value> {
        let list = self.clinic.workspace.client.get("/v1/events?type=agent_replied&limit=100");
        list.await.ok(200)["data"].as_array().unwrap().clone()
    }

    async fn shown(&self) -> Value {
        let path = format!("/v1/model-connections/{}", self.connection);
        self.clinic.workspace.client.get(&path).await.ok(200)
    }
}

#[tokio::test]
async fn an_agent_that_names_a_connection_is_answered_for_by_its_model() {
    for act in [Act::Says(SAYS), Act::Streams] {
        let world = World::with(&[act], json!({})).await;
        let replied = world.asked("wamid.2", "Are you open on Saturdays?").await;
        assert_eq!(replied["outcome"], "answer", "{replied}");
        assert_eq!(
            [&replied["provider"], &replied["model"], &replied["connection"], &replied["failed"]],
            [&json!("openai_compatible"), &json!("small"), &json!(world.connection), &Value::Null]
        );
        // 900 at 300 and 40 at 1500 for a million.
        assert_eq!(replied["effort"]["cost_millionths"], 330_000, "{replied}");
        assert!(!replied["sources"].as_array().unwrap().is_empty());
        world.clinic.until_said("from nine to twelve").await;
        let used = world.shown().await["used_this_month"].clone();
        assert_eq!(used, json!({ "tokens": 940, "cost": 0 }));
        let script = world.model.script.lock().unwrap();
        assert_eq!(script.keys, [format!("Bearer {KEY}")]);
        assert_eq!(script.paths, ["/v1/chat/completions"]);
        assert!(script.bodies[0].to_string().contains("9 to 12"), "it was shown the passages");
    }
}

#[tokio::test]
async fn whatever_the_model_does_somebody_answers_and_the_event_says_why() {
    for (act, why, calls) in [
        (Act::Status(429), "over_limit", 3),
        (Act::Status(400), "status", 1),
        (Act::Raw("<html>Bad gateway</html>"), "unreadable", 1),
        (Act::Says("We open at nine, I believe."), "unreadable", 1),
        (Act::Silent, "timed_out", 1),
    ] {
        let world = World::with(&[act], json!({ "timeout_ms": 4_000 })).await;
        let replied = world.asked("wamid.2", "Are you open on Saturdays?").await;
        assert_eq!(replied["outcome"], "answer", "{why}: {replied}");
        assert_eq!(replied["provider"], "built_in", "{why}");
        assert_eq!(replied["failed"], format!("openai_compatible: {why}"));
        assert_eq!(replied["connection"], json!(world.connection));
        assert_eq!(world.model.calls(), calls, "{why}");
        world.clinic.until_said("9 to 12").await;
    }
}

#[tokio::test]
async fn a_budget_that_is_used_up_stays_so_after_a_restart_and_ends_with_the_month() {
    let world =
        World::with(&[Act::Says(SAYS)], json!({ "budget_per_month": { "tokens": 900 } })).await;
    let first = world.asked("wamid.2", "Are you open on Saturdays?").await;
    assert_eq!((&first["provider"], &first["failed"]), (&json!("openai_compatible"), &Value::Null));
    let second = world.asked("wamid.3", "Are you open on Saturdays?").await;
    assert_eq!(second["failed"], "openai_compatible: budget_exhausted", "{second}");
    assert_eq!(second["provider"], "built_in");
    assert_eq!(world.model.calls(), 1);
    let World { clinic, connection, .. } = world;
    let Clinic { server, workspace, .. } = clinic;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let path = format!("/v1/model-connections/{connection}");
    let shown = client.get(&path).await.ok(200);
    assert_eq!(shown["used_this_month"]["tokens"], 940, "{shown}");
    server.clock.advance_micros(32 * 86_400 * 1_000_000);
    assert_eq!(client.get(&path).await.ok(200)["used_this_month"]["tokens"], 0);
}

#[tokio::test]
async fn a_connection_is_tried_and_its_key_is_never_shown() {
    let world =
        World::with(&[Act::Says(r#"{"hand_off": "nothing_found"}"#), Act::Status(401)], json!({}))
            .await;
    let client = &world.clinic.workspace.client;
    let check = format!("/v1/model-connections/{}/check", world.connection);
    let good = client.post(&check).await.ok(200);
    assert_eq!((&good["outcome"], &good["input_tokens"]), (&json!("ok"), &json!(900)));
    let bad = client.post(&check).await.ok(200);
    assert_eq!(bad["outcome"], "unauthorized", "{bad}");
    let shown = world.shown().await;
    assert_eq!(shown["last_check"]["outcome"], "unauthorized");
    assert_eq!(shown["used_this_month"]["tokens"], 940, "trying it counts");
    let list = client.get("/v1/model-connections").await.ok(200);
    let events = client.get("/v1/events?limit=200").await.ok(200);
    for seen in [&shown, &list, &events] {
        assert!(!seen.to_string().contains(KEY), "{seen}");
    }
    assert!(shown["api_key"]["fingerprint"].is_string());
}

#[tokio::test]
async fn a_key_goes_to_no_other_host_unless_it_is_given_again() {
    let world = World::with(&[Act::Says(SAYS)], json!({})).await;
    let elsewhere = Model::start(&[Act::Says(SAYS)]).await;
    let client = &world.clinic.workspace.client;
    let path = format!("/v1/model-connections/{}", world.connection);
    let https = json!({ "base_url": "https://elsewhere.example.com/v1" });
    let refused = client.patch(&path).json(&https).await.problem(400, "invalid_field");
    assert_eq!(refused["field"], "api_key", "{refused}");
    let private = json!({ "base_url": elsewhere.url(), "api_key": KEY });
    client.patch(&path).json(&private).await.problem(422, "address_refused");
    let mut given = https.clone();
    given["api_key"] = json!("another");
    let changed = client.patch(&path).json(&given).await.ok(200);
    assert_eq!(changed["base_url"], "https://elsewhere.example.com/v1");
    client.delete(&path).await.ok(204);
    client.get(&path).await.problem(404, "not_found");
    // Whoever names it is answered for all the same.
    let replied = world.asked("wamid.2", "Are you open on Saturdays?").await;
    assert_eq!(replied["failed"], "openai_compatible: connection_removed", "{replied}");
    assert_eq!(world.model.calls() + elsewhere.calls(), 0);
}

#[tokio::test]
async fn private_addresses_are_refused_unless_they_are_listed() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for base_url in [
        "http://127.0.0.1:11434/v1",
        "https://169.254.169.254/latest",
        "https://localhost/v1",
        "http://models.example.com/v1",
    ] {
        let body = json!({
            "name": "Ours", "provider": "openai_compatible", "model": "small", "base_url": base_url,
        });
        let refused = workspace.client.post("/v1/model-connections").json(&body).await;
        refused.problem(422, "address_refused");
    }
}

#[tokio::test]
async fn an_agent_names_a_connection_that_is_there_and_has_its_provider() {
    let world = World::with(&[Act::Says(SAYS)], json!({})).await;
    let client = &world.clinic.workspace.client;
    let unknown = json!({ "name": "Bo", "connection_id": uuid::Uuid::new_v4() });
    let refused = client.post("/v1/agents").json(&unknown).await.problem(400, "invalid_field");
    assert_eq!(refused["field"], "connection_id");
    let other = json!({ "name": "Bo", "connection_id": world.connection, "provider": "anthropic" });
    let refused = client.post("/v1/agents").json(&other).await.problem(400, "invalid_field");
    assert_eq!(refused["field"], "provider");
    let named = json!({ "name": "Bo", "connection_id": world.connection });
    let agent = client.post("/v1/agents").json(&named).await.ok(201);
    assert_eq!(agent["provider"], "openai_compatible");
    let path = format!("/v1/agents/{}", text(&agent, "id"));
    let without = client.patch(&path).json(&json!({ "connection_id": null })).await.ok(200);
    assert_eq!(
        (&without["provider"], &without["connection_id"]),
        (&json!("built_in"), &Value::Null)
    );
}
