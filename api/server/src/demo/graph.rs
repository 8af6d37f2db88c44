//! The simulated platform's API: takes what the business sends and tells what became of it, by
//! signed posts, as the real one does. Nothing leaves this machine.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State as Given};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use convolog_log::Clock;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::client::Client;
use super::files;
use super::posts::{Platform, wamid};
use super::script::Business;
use super::state::State;
use super::templates;
use crate::cli::Failure;

/// How long after it was taken a message is said to be sent, delivered, read.
const TELLS_AFTER: [(&str, Duration); 3] = [
    ("sent", Duration::from_millis(200)),
    ("delivered", Duration::from_millis(600)),
    ("read", Duration::from_secs(2)),
];

/// The listening side, before anybody sends.
pub(super) struct Graph {
    listener: TcpListener,
    address: SocketAddr,
}

/// What the platform knows of a number.
pub(super) struct Number {
    pub(super) business: Business,
    pub(super) salt: String,
    pub(super) app_secret: String,
}

pub(super) struct Inner {
    pub(super) numbers: HashMap<String, Number>,
    pub(super) client: Client,
    pub(super) clock: Arc<dyn Clock>,
    taken: AtomicU64,
    /// Tells the messages of one start from those of another.
    pub(super) started: i64,
    /// The templates of every account.
    pub(super) templates: templates::Templates,
    /// Where it listens: where files lie.
    address: SocketAddr,
    /// The type of message of each file that customers send.
    kinds: HashMap<String, String>,
}

impl Graph {
    /// Listens where it did before: the channels name that address.
    pub(super) async fn listen(before: Option<SocketAddr>) -> Result<Self, Failure> {
        let wanted = before.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = TcpListener::bind(wanted).await.map_err(|error| {
            let what = format!("the simulated WhatsApp could not listen on {wanted}: {error}");
            Failure::usage(what)
                .hint("end the program that has this address, or begin another demo with --data")
        })?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes messages until the program ends.
    pub(super) fn serve(
        self,
        client: Client,
        clock: Arc<dyn Clock>,
        state: &State,
        businesses: &[Business],
        templates: templates::Templates,
    ) {
        let numbers = businesses.iter().filter_map(|business| {
            let known = state.businesses.iter().find(|known| known.script == business.key)?;
            let (salt, app_secret) = (known.workspace.clone(), known.app_secret.clone());
            let number = Number { business: business.clone(), salt, app_secret };
            Some((business.number.id.clone(), number))
        });
        let started = clock.now().0;
        let numbers = numbers.collect();
        let (taken, address, kinds) = (AtomicU64::new(0), self.address, kinds(businesses));
        let inner = Inner { numbers, client, clock, taken, started, templates, address, kinds };
        let router = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .route("/{version}/{number}/media", post(keep))
            .route(
                "/{version}/{account}/message_templates",
                get(templates::list).post(templates::create).delete(templates::delete),
            )
            .route("/{version}/{id}", get(place))
            .route("/files/{kind}/{id}", get(hand_out))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::new(inner));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(self.listener, router).await {
                tracing::error!(%error, "the simulated WhatsApp ended");
            }
        });
    }
}

/// The types of message of all files in the scripts, by the platform's id.
fn kinds(businesses: &[Business]) -> HashMap<String, String> {
    let lines = businesses
        .iter()
        .flat_map(|business| &business.conversations)
        .flat_map(|conversation| &conversation.lines);
    let named = lines.filter_map(|line| {
        let id = line.is.as_ref()?.get("id")?.as_str()?;
        Some((id.to_owned(), line.kind.clone()))
    });
    named.collect()
}

/// Says where a file lies.
async fn place(
    Given(inner): Given<Arc<Inner>>,
    Path((_, id)): Path<(String, String)>,
) -> Json<Value> {
    // What a notice names is a picture of the time before.
    let kind = inner.kinds.get(&id).map_or("image", String::as_str);
    let file = files::of(kind, &id);
    let place = json!({
        "messaging_product": "whatsapp", "id": id, "mime_type": file.mime_type,
        "url": format!("http://{}/files/{kind}/{id}", inner.address),
        "sha256": hex::encode(Sha256::digest(&file.bytes)), "file_size": file.bytes.len(),
    });
    Json(place)
}

/// The file itself.
async fn hand_out(Path((kind, id)): Path<(String, String)>) -> Vec<u8> {
    files::of(&kind, &id).bytes
}

/// Takes a file of the business.
async fn keep(Given(inner): Given<Arc<Inner>>, _: Bytes) -> Json<Value> {
    let taken = inner.taken.fetch_add(1, Ordering::Relaxed);
    Json(json!({ "id": format!("{}{taken}", inner.started) }))
}

async fn take(
    Given(inner): Given<Arc<Inner>>,
    Path((_, number)): Path<(String, String)>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    if text("status").as_deref() == Some("read") {
        return (StatusCode::OK, Json(json!({ "success": true })));
    }
    let (to, known) = (text("to").or_else(|| text("recipient")), inner.numbers.get(&number));
    let (Some(to), true) = (to, known.is_some()) else {
        let error = json!({ "message": "Unsupported post request", "type": "GraphMethodException", "code": 100 });
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": error })));
    };
    let account = known.map(|number| number.business.number.account.as_str()).unwrap_or_default();
    if let Some(error) =
        body.get("template").and_then(|sent| inner.templates.refuses(account, sent))
    {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": error })));
    }
    let taken = inner.taken.fetch_add(1, Ordering::Relaxed);
    let id = wamid(&format!("sent/{}/{taken}", inner.started));
    let ours = text("biz_opaque_callback_data");
    tokio::spawn(tell(Arc::clone(&inner), number, (id.clone(), to.clone(), ours)));
    let answer = json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": to, "wa_id": to }],
        "messages": [{ "id": id, "message_status": "accepted" }],
    });
    (StatusCode::OK, Json(answer))
}

/// Tells what becomes of a message.
async fn tell(inner: Arc<Inner>, number: String, message: (String, String, Option<String>)) {
    let Some(Number { business, salt, app_secret }) = inner.numbers.get(&number) else { return };
    let platform = Platform { business, salt: salt.clone() };
    let (id, to, ours) = message;
    for (status, after) in TELLS_AFTER {
        tokio::time::sleep(after).await;
        let at = inner.clock.now().0.div_euclid(1_000_000);
        let change = platform.became(at, status, &id, &to, ours.as_deref());
        if let Err(failure) = inner.client.deliver(app_secret, platform.body(&[change])).await {
            tracing::warn!(?failure, "the simulated WhatsApp could not tell a status");
        }
    }
}
