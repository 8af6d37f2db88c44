//! A subscriber's server: takes what comes, answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use super::PATIENCE;

/// How a receiver answers.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// With this status and these headers.
    Status(u16, Vec<(&'static str, String)>),
    /// With this status and these words.
    Words(u16, &'static str),
    /// Not before it is let go.
    Hang,
}

impl Answer {
    pub(super) const fn status(status: u16) -> Self {
        Self::Status(status, Vec::new())
    }
}

/// What came.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Came {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What the customer said.
    pub(crate) fn words(&self) -> String {
        self.json()["data"]["data"]["content"]["message"]["text"]
            .as_str()
            .unwrap_or("erased")
            .to_owned()
    }
}

struct Shared {
    came: mpsc::UnboundedSender<Came>,
    /// What the next ones are answered; afterwards as usual.
    next: Mutex<VecDeque<Answer>>,
    usual: Mutex<Answer>,
    let_go: watch::Sender<bool>,
}

/// The receiver; it goes away when it is dropped.
pub(crate) struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    came: mpsc::UnboundedReceiver<Came>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, came) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            came: sender,
            next: Mutex::default(),
            usual: Mutex::new(Answer::status(204)),
            let_go: watch::channel(false).0,
        });
        let router = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared, came, serving }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hooks?token=abc", self.address)
    }

    /// From now on it answers so.
    pub(super) fn answers(&self, usual: Answer) {
        *self.shared.usual.lock().unwrap() = usual;
    }

    /// The next ones are answered so, in this order.
    pub(super) fn answers_next(&self, next: impl IntoIterator<Item = Answer>) {
        self.shared.next.lock().unwrap().extend(next);
    }

    /// Whoever hangs is answered.
    pub(super) fn let_go(&self) {
        self.shared.let_go.send_replace(true);
    }

    /// What comes next.
    pub(crate) async fn next(&mut self) -> Came {
        let came = tokio::time::timeout(PATIENCE, self.came.recv()).await;
        came.unwrap_or_else(|_| panic!("nothing came")).unwrap()
    }

    /// The words of the next ones.
    pub(super) async fn words(&mut self, count: usize) -> Vec<String> {
        let mut words = Vec::new();
        for _ in 0..count {
            words.push(self.next().await.words());
        }
        words
    }

    /// Nothing came that was not looked at.
    pub(super) fn is_quiet(&mut self) -> bool {
        self.came.try_recv().is_err()
    }
}

async fn take(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let next = shared.next.lock().unwrap().pop_front();
    let answer = next.unwrap_or_else(|| shared.usual.lock().unwrap().clone());
    shared.came.send(Came { headers, body }).ok();
    match answer {
        Answer::Status(status, headers) => {
            let mut response = StatusCode::from_u16(status).unwrap().into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Answer::Words(status, words) => {
            (StatusCode::from_u16(status).unwrap(), words).into_response()
        }
        Answer::Hang => {
            shared.let_go.subscribe().wait_for(|go| *go).await.ok();
            StatusCode::NO_CONTENT.into_response()
        }
    }
}
