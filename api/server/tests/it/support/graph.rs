//! A double of the platform's API: takes messages, answers as it is told, remembers what it saw.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
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
}

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
