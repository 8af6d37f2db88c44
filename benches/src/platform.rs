//! A double of the platform's API for load: takes every message at once, says when and what, and posts
//! that it was delivered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::client::Connection;
use crate::rig;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A message that the platform took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// To which phone.
    pub to: u64,
    /// What it says.
    pub text: String,
    /// When the answer was given.
    pub at: Instant,
    id: String,
    ours: String,
}

#[derive(Deserialize)]
struct Message {
    to: String,
    text: Text,
    biz_opaque_callback_data: String,
}

#[derive(Deserialize)]
struct Text {
    body: String,
}

/// The platform, listening.
#[derive(Debug)]
pub struct Platform {
    /// Where.
    pub address: SocketAddr,
    taken: mpsc::UnboundedReceiver<Taken>,
}

impl Platform {
    /// Listens.
    ///
    /// # Errors
    /// If it cannot.
    pub async fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, taken) = mpsc::unbounded_channel();
        let app = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .with_state(Arc::new(sender));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { address, taken })
    }

    /// From now on tells the server at this address that messages were delivered, and the given ear of
    /// each.
    pub fn tell(self, server: SocketAddr, heard: mpsc::UnboundedSender<Taken>) {
        let mut taken = self.taken;
        tokio::spawn(async move {
            let mut connection = Connection::open(server).await?;
            while let Some(message) = taken.recv().await {
                let body = rig::delivered(&message.id, &message.to.to_string(), &message.ours);
                // Whoever listens may have what they wanted.
                heard.send(message).ok();
                connection.send(&rig::post(&body)).await?;
            }
            Ok::<(), Failure>(())
        });
    }
}

async fn take(
    State(taken): State<Arc<mpsc::UnboundedSender<Taken>>>,
    Json(message): Json<Message>,
) -> Json<Value> {
    let Message { to, text, biz_opaque_callback_data: ours } = message;
    let id = format!("wamid.OUT{ours}");
    let answer = json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] });
    let to = to.parse().unwrap_or_default();
    taken.send(Taken { to, text: text.body, at: Instant::now(), id, ours }).ok();
    Json(answer)
}
