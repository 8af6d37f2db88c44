//! A double of the platform that outlives every crash of the server: takes messages, sometimes
//! without saying so, and tells what became of them until somebody acknowledges it.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};

use crate::http::{self, Outside};

/// What the platform does with a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mood {
    /// Takes it and says so.
    Take,
    /// Takes it, and says so only after the crash.
    TakeSilently,
    /// Takes it, and the answer breaks off.
    TakeAndBreak,
    /// Does not take it, and the answer breaks off all the same.
    Break,
    /// Is busy: it is asked again later.
    Busy,
    /// Refuses it for good.
    Refuse,
}

struct Inner {
    /// By our own id of a message: how often it was taken.
    taken: Mutex<BTreeMap<String, u32>>,
    dice: Mutex<StdRng>,
    /// False from the last round on: whatever comes is taken.
    moody: watch::Sender<bool>,
    /// Whoever waits for a message to this phone.
    waiting: Mutex<HashMap<String, Arc<Notify>>>,
    happened: mpsc::UnboundedSender<()>,
    server: watch::Receiver<Outside>,
    telling: Mutex<tokio::task::JoinSet<()>>,
}

/// The platform.
#[derive(Clone)]
pub(crate) struct Platform {
    address: SocketAddr,
    inner: Arc<Inner>,
}

impl Platform {
    /// Tells `happened` of each message that it was handed, and `server` what became of them.
    pub(crate) async fn start(
        dice: StdRng,
        happened: mpsc::UnboundedSender<()>,
        server: watch::Receiver<Outside>,
    ) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner {
            taken: Mutex::default(),
            dice: Mutex::new(dice),
            moody: watch::channel(true).0,
            waiting: Mutex::default(),
            happened,
            server,
            telling: Mutex::default(),
        });
        let router = Router::new()
            .route("/{version}/{number}/messages", post(hand_over))
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, inner }
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it takes whatever comes, and answers whoever waits.
    pub(crate) fn calm_down(&self) {
        self.inner.moody.send_replace(false);
    }

    /// By our own id of a message: how often it was taken.
    pub(crate) fn taken(&self) -> BTreeMap<String, u32> {
        self.inner.taken.lock().unwrap().clone()
    }

    /// Rings when a message for this phone is taken.
    pub(crate) fn bell(&self, phone: &str) -> Arc<Notify> {
        Arc::clone(self.inner.waiting.lock().unwrap().entry(phone.to_owned()).or_default())
    }

    /// Waits until everything that became of messages is acknowledged.
    pub(crate) async fn has_told(&self) {
        loop {
            let mut telling = std::mem::take(&mut *self.inner.telling.lock().unwrap());
            if telling.is_empty() {
                return;
            }
            while let Some(told) = telling.join_next().await {
                told.unwrap();
            }
        }
    }
}

impl Inner {
    fn mood(&self) -> Mood {
        if !*self.moody.borrow() {
            return Mood::Take;
        }
        match self.dice.lock().unwrap().random_range(0..100) {
            0..60 => Mood::Take,
            60..75 => Mood::TakeSilently,
            75..83 => Mood::TakeAndBreak,
            83..89 => Mood::Break,
            89..96 => Mood::Busy,
            _ => Mood::Refuse,
        }
    }

    /// Remembers a message, and begins to tell what becomes of it. Its platform's id.
    fn take(self: &Arc<Self>, message: &Value) -> String {
        let text = |name: &str| message[name].as_str().unwrap().to_owned();
        let (ours, to) = (text("biz_opaque_callback_data"), text("to"));
        *self.taken.lock().unwrap().entry(ours.clone()).or_default() += 1;
        let id = format!("wamid.OUT{ours}");
        if let Some(bell) = self.waiting.lock().unwrap().get(&to) {
            bell.notify_one();
        }
        let posts = ["sent", "delivered"].map(|status| http::status(&id, status, &to, &ours));
        let mut server = self.server.clone();
        self.telling.lock().unwrap().spawn(async move {
            for body in posts {
                tell(&mut server, body).await;
            }
        });
        id
    }
}

/// Posts until a server acknowledges it. One that does not is about to be killed: the next one is
/// asked.
async fn tell(server: &mut watch::Receiver<Outside>, body: String) {
    loop {
        let asked = server.borrow_and_update().clone();
        if asked.post(body.clone()).await.is_some() || server.changed().await.is_err() {
            return;
        }
    }
}

async fn hand_over(State(inner): State<Arc<Inner>>, Json(message): Json<Value>) -> Response {
    // Nobody may be counting.
    inner.happened.send(()).ok();
    let accepted = |id: String| {
        Json(json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] })).into_response()
    };
    match inner.mood() {
        Mood::Take => accepted(inner.take(&message)),
        Mood::TakeSilently => {
            let id = inner.take(&message);
            let mut moody = inner.moody.subscribe();
            moody.wait_for(|moody| !moody).await.unwrap();
            accepted(id)
        }
        Mood::TakeAndBreak => {
            inner.take(&message);
            broken()
        }
        Mood::Break => broken(),
        Mood::Busy => refused(131_000),
        Mood::Refuse => refused(131_026),
    }
}

/// An answer that ends in the middle.
fn broken() -> Response {
    let halves = [Ok(Bytes::from_static(b"{\"mess")), Err(std::io::Error::other("broken off"))];
    Body::from_stream(futures::stream::iter(halves)).into_response()
}

fn refused(code: i64) -> Response {
    let error = json!({ "error": { "code": code, "message": "no" } });
    (StatusCode::BAD_REQUEST, Json(error)).into_response()
}
