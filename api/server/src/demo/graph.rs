//! The simulated platform's API: takes what the business sends and tells what became of it, by
//! signed posts, as the real one does. Nothing leaves this machine.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{Path, State as Given};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use convolog_log::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::client::Client;
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
        let inner = Inner { numbers, client, clock, taken: AtomicU64::new(0), started, templates };
        let router = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .route(
                "/{version}/{account}/message_templates",
                get(templates::list).post(templates::create).delete(templates::delete),
            )
            .with_state(Arc::new(inner));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(self.listener, router).await {
                tracing::error!(%error, "the simulated WhatsApp ended");
            }
        });
    }
}

async fn take(
    Given(inner): Given<Arc<Inner>>,
    Path((_, number)): Path<(String, String)>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
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
