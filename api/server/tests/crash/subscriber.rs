//! A double of a subscriber that outlives every crash of the server.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// Remembers what came, fails now and then.
pub(crate) struct Subscriber {
    address: SocketAddr,
    inner: Arc<Heard>,
}

struct Heard {
    /// By position: the delivery's id.
    came: Mutex<BTreeMap<u64, String>>,
    /// Deliveries that came under another id than before, or another event under the same id.
    unstable: Mutex<Vec<u64>>,
    dice: Mutex<StdRng>,
    moody: watch::Sender<bool>,
    happened: mpsc::UnboundedSender<()>,
}

impl Subscriber {
    pub(crate) async fn start(dice: StdRng, happened: mpsc::UnboundedSender<()>) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Heard {
            came: Mutex::default(),
            unstable: Mutex::default(),
            dice: Mutex::new(dice),
            moody: watch::channel(true).0,
            happened,
        });
        let router = Router::new().route("/hooks", post(hear)).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, inner }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    pub(crate) fn calm_down(&self) {
        self.inner.moody.send_replace(false);
    }

    /// The positions of the events that came.
    pub(crate) fn came(&self) -> Vec<u64> {
        self.inner.came.lock().unwrap().keys().copied().collect()
    }

    /// Every event came under one id, and every id was of one event.
    pub(crate) fn check(&self) {
        assert_eq!(*self.inner.unstable.lock().unwrap(), [0; 0], "an id changed");
        let came = self.inner.came.lock().unwrap();
        let ids: BTreeSet<_> = came.values().collect();
        assert_eq!(ids.len(), came.len(), "two events under one id");
    }
}

async fn hear(
    State(heard): State<Arc<Heard>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> StatusCode {
    heard.happened.send(()).ok();
    let fails = *heard.moody.borrow() && heard.dice.lock().unwrap().random_bool(0.1);
    if fails {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let id = headers["webhook-id"].to_str().unwrap().to_owned();
    let position = body["data"]["position"].as_u64().unwrap();
    let before = heard.came.lock().unwrap().insert(position, id.clone());
    if before.is_some_and(|before| before != id) {
        heard.unstable.lock().unwrap().push(position);
    }
    StatusCode::NO_CONTENT
}
