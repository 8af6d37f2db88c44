//! `convolog webhooks listen`: receives webhooks on a developer's machine, checks each as its receiver
//! should, and prints it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::{Json, Router};
use clap::{Args, Subcommand};
use convolog_log::{Clock as _, SystemClock};
use convolog_reactors::signature::{self, ed25519};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::out;
use super::outcome::{Ended, Failure, Outcome};
use super::serve::Signals;

/// The largest body that is taken: four times what is ever sent.
const BODY_BYTES_MAX: usize = 1 << 20;

/// What is done with webhooks here; reads of the API are commands beside it.
#[derive(Debug, Subcommand)]
pub(crate) enum Webhooks {
    /// Receive webhooks, check their signatures and print them, one JSON line each
    ///
    /// Answers 200 to what was signed with the secret, or the key, within five minutes, and 401 to
    /// everything else; stops with Ctrl-C. A server on the same machine delivers here if
    /// `CONVOLOG_ALLOW_PRIVATE_URLS` lists the address.
    Listen(Listen),
}

/// Where, and what signs.
#[derive(Debug, Args)]
pub(crate) struct Listen {
    /// The secret of the webhook (`whsec_…`); several while one is rotated
    #[arg(
        long,
        env = "CONVOLOG_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        required_unless_present = "public_key",
        value_delimiter = ','
    )]
    secret: Vec<SecretString>,

    /// A public key of the webhook (`whpk_…`), to check `v1a` signatures where there is no secret
    #[arg(long = "public-key", id = "public_key", value_name = "KEY", value_delimiter = ',')]
    keys: Vec<String>,

    /// Where to listen
    #[arg(long = "listen", value_name = "ADDR", default_value = "127.0.0.1:9000")]
    address: SocketAddr,
}

impl Webhooks {
    /// Does it.
    pub(crate) async fn run(self) -> Ended {
        match self {
            Self::Listen(listen) => listen.run().await,
        }
    }
}

impl Listen {
    async fn run(self) -> Ended {
        let mut signals = Signals::listen()?;
        let listener = TcpListener::bind(self.address).await.map_err(|error| {
            Failure::found(format!("could not listen on {}: {error}", self.address))
                .hint("choose another address with --listen")
        })?;
        let address = listener.local_addr()?;
        out::print(json!({ "listening": format!("http://{address}/") }).to_string())?;
        let known = Arc::new(Known { secrets: self.secret, public_keys: self.keys });
        let router = Router::new()
            .fallback(take)
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .with_state(known);
        axum::serve(listener, router)
            .with_graceful_shutdown(async move { signals.any().await })
            .await?;
        Ok(Outcome::Fine)
    }
}

/// What deliveries are checked with: secrets, or keys where there are none.
struct Known {
    secrets: Vec<SecretString>,
    public_keys: Vec<String>,
}

/// One delivery: checked as it came, byte by byte.
async fn take(
    State(known): State<Arc<Known>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let now = SystemClock.now().0.div_euclid(1_000_000);
    let checked = if known.public_keys.is_empty() {
        signature::verify(&known.secrets, header, &body, now)
    } else {
        ed25519::verify(&known.public_keys, header, &body, now)
    };
    let told: Value = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&body).into_owned()));
    let error = checked.err().map(|error| error.to_string());
    let line = json!({
        "verified": error.is_none(),
        "error": error,
        "id": header(signature::ID),
        "timestamp": header(signature::TIMESTAMP),
        "body": told,
    });
    if let Err(error) = out::print(line.to_string()) {
        out::note(format!("could not print a delivery: {error}"));
        return (StatusCode::SERVICE_UNAVAILABLE, Json(Value::Null));
    }
    match error {
        None => (StatusCode::OK, Json(json!({ "verified": true }))),
        Some(error) => {
            (StatusCode::UNAUTHORIZED, Json(json!({ "verified": false, "error": error })))
        }
    }
}
