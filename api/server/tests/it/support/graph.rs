//! A double of the platform's API: takes messages, answers as it is told, remembers what it saw.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// One message that was handed over.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) token: String,
    pub(crate) body: Value,
}

#[derive(Default)]
struct Script {
    seen: Vec<Seen>,
    answers: VecDeque<(u16, Value)>,
    templates: Vec<Value>,
    /// What templates are answered next.
    template_answers: VecDeque<(u16, Value)>,
    template_calls: Vec<Value>,
}

/// Templates of a page.
const PAGE: usize = 2;

/// The platform.
#[derive(Clone)]
pub(crate) struct Graph {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

impl Graph {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let graph = Self { address: listener.local_addr().unwrap(), script: Arc::default() };
        let router = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .route(
                "/{version}/{account}/message_templates",
                get(list_templates).post(create_template).delete(delete_template),
            )
            .with_state(graph.script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        graph
    }

    /// `host:port`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Answers the next message so; without an answer of its own a message is accepted.
    pub(crate) fn answer(&self, status: u16, body: Value) {
        self.script.lock().unwrap().answers.push_back((status, body));
    }

    /// Refuses the next message with this code.
    pub(crate) fn refuse(&self, code: i64) {
        self.answer(400, json!({ "error": { "code": code, "message": "no", "error_data": { "details": "the details" } } }));
    }

    /// The account has this template, in place of one of the same name and language.
    pub(crate) fn has_template(&self, template: Value) {
        let mut script = self.script.lock().unwrap();
        let same = |one: &Value| {
            one["name"] == template["name"] && one["language"] == template["language"]
        };
        script.templates.retain(|one| !same(one));
        script.templates.push(template);
    }

    /// The account has no template of this name any more.
    pub(crate) fn lost_template(&self, name: &str) {
        self.script.lock().unwrap().templates.retain(|one| one["name"] != name);
    }

    /// Answers the next call about templates so.
    pub(crate) fn answer_templates(&self, status: u16, body: Value) {
        self.script.lock().unwrap().template_answers.push_back((status, body));
    }

    /// Refuses the next call about templates with this code.
    pub(crate) fn refuse_templates(&self, code: i64) {
        self.answer_templates(400, json!({ "error": { "code": code, "message": "no" } }));
    }

    /// Every call about templates, as method, query and body.
    pub(crate) fn template_calls(&self) -> Vec<Value> {
        self.script.lock().unwrap().template_calls.clone()
    }

    /// Everything that was handed over.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.lock().unwrap().seen.clone()
    }
}

async fn take(
    State(script): State<Arc<Mutex<Script>>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    let token = headers.get("authorization").and_then(|value| value.to_str().ok());
    script.seen.push(Seen {
        path: format!("{version}/{number}"),
        token: token.unwrap_or_default().to_owned(),
        body: serde_json::from_str(&body).unwrap(),
    });
    let id = format!("wamid.OUT{}", script.seen.len());
    let (status, body) = script.answers.pop_front().unwrap_or_else(|| {
        (200, json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] }))
    });
    (StatusCode::from_u16(status).unwrap(), body.to_string())
}

/// A page of the account's templates.
async fn list_templates(
    State(script): State<Arc<Mutex<Script>>>,
    Query(query): Query<HashMap<String, String>>,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.template_calls.push(json!({ "method": "GET", "query": query }));
    if let Some((status, body)) = script.template_answers.pop_front() {
        return (StatusCode::from_u16(status).unwrap(), body.to_string());
    }
    let from = query.get("after").map_or(0, |after| after.parse().unwrap());
    let named = |one: &&Value| query.get("name").is_none_or(|name| one["name"] == name.as_str());
    let all: Vec<Value> = script.templates.iter().filter(named).cloned().collect();
    let page: Vec<Value> = all.iter().skip(from).take(PAGE).cloned().collect();
    let mut body =
        json!({ "data": page, "paging": { "cursors": { "after": (from + PAGE).to_string() } } });
    if from + PAGE < all.len() {
        body["paging"]["next"] = json!("https://graph.example/next");
    }
    (StatusCode::OK, body.to_string())
}

/// Takes a new template.
async fn create_template(
    State(script): State<Arc<Mutex<Script>>>,
    body: String,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    script.template_calls.push(json!({ "method": "POST", "body": body }));
    let mut template = body.clone();
    template["id"] = json!((900 + script.template_calls.len()).to_string());
    template["status"] = json!("PENDING");
    // What it answers may be lost after it took it.
    if let Some((status, answer)) = script.template_answers.pop_front() {
        if status >= 500 {
            script.templates.push(template);
        }
        return (StatusCode::from_u16(status).unwrap(), answer.to_string());
    }
    script.templates.push(template.clone());
    let answer = json!({ "id": template["id"], "status": "PENDING", "category": body["category"] });
    (StatusCode::OK, answer.to_string())
}

/// Deletes one.
async fn delete_template(
    State(script): State<Arc<Mutex<Script>>>,
    Query(query): Query<HashMap<String, String>>,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.template_calls.push(json!({ "method": "DELETE", "query": query }));
    if let Some((status, body)) = script.template_answers.pop_front() {
        return (StatusCode::from_u16(status).unwrap(), body.to_string());
    }
    script.templates.retain(|one| one["id"] != query["hsm_id"].as_str());
    (StatusCode::OK, json!({ "success": true }).to_string())
}
