//! One request to a model: with a limit to its time, its answer's length, and how often it is made.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::wire::Wire;
use super::{Outgoing, Patience};
use crate::provider::ProviderError;

/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// A request to be made.
pub(super) struct Request {
    /// Where.
    pub(super) url: Url,
    /// With which headers.
    pub(super) headers: HeaderMap,
    /// What it says.
    pub(super) body: Value,
}

impl Request {
    /// A request to `base` with these segments behind it.
    pub(super) fn new(base: &Url, path: &[&str], body: Value) -> Result<Self, ProviderError> {
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| super::Refused { reason: "its address has no path".into() })
            .map_err(ProviderError::Refused)?
            .pop_if_empty()
            .extend(path);
        Ok(Self { url, headers: HeaderMap::new(), body })
    }

    /// Adds a header that is shown nowhere.
    pub(super) fn secret(
        &mut self,
        name: &'static str,
        before: &str,
        key: Option<&SecretString>,
    ) -> Result<(), ProviderError> {
        let Some(key) = key else { return Ok(()) };
        let value = HeaderValue::from_str(&format!("{before}{}", key.expose_secret()));
        let mut value = value.map_err(|_| ProviderError::Status(401))?;
        value.set_sensitive(true);
        self.headers.insert(HeaderName::from_static(name), value);
        Ok(())
    }
}

/// An answer that was read.
pub(super) struct Response {
    /// Whether it came piece by piece, as events.
    pub(super) streamed: bool,
    /// What it says.
    pub(super) body: Vec<u8>,
}

/// Makes requests.
pub(super) struct Line {
    /// Who says where they may go.
    pub(super) outgoing: Arc<dyn Outgoing>,
    /// How long they may take.
    pub(super) patience: Patience,
}

/// How one attempt went wrong.
struct Failed {
    error: ProviderError,
    /// Whether another attempt may go right, and after which pause at least.
    again: Option<Duration>,
}

impl Line {
    /// Makes a request, again if it was refused for a while.
    pub(super) async fn ask(
        &self,
        request: &Request,
        wire: &dyn Wire,
    ) -> Result<Response, ProviderError> {
        let mut pause = self.patience.pause;
        let mut left = self.patience.retries;
        loop {
            let attempt = tokio::time::timeout(self.patience.request, self.attempt(request, wire));
            let failed = match attempt.await {
                Ok(Ok(response)) => return Ok(response),
                Ok(Err(failed)) => failed,
                Err(_) => return Err(ProviderError::TimedOut),
            };
            let Some(least) = failed.again.filter(|_| left > 0) else { return Err(failed.error) };
            tokio::time::sleep(pause.max(least).min(self.patience.pause_max)).await;
            pause = pause.saturating_mul(2);
            left -= 1;
        }
    }

    async fn attempt(&self, request: &Request, wire: &dyn Wire) -> Result<Response, Failed> {
        let (client, url) = self
            .outgoing
            .client_for(&request.url)
            .await
            .map_err(|refused| Failed { error: ProviderError::Refused(refused), again: None })?;
        let sent = client.post(url).headers(request.headers.clone()).json(&request.body);
        let mut response = sent.send().await.map_err(|_| unreachable())?;
        let status = response.status();
        if !status.is_success() {
            let again = (status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error())
                .then(|| retry_after(response.headers()));
            return Err(Failed { error: ProviderError::Status(status.as_u16()), again });
        }
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let streamed = kind.is_some_and(|kind| kind.starts_with("text/event-stream"));
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|_| unreachable())? {
            if body.len() + piece.len() > ANSWER_BYTES_MAX {
                return Err(Failed { error: ProviderError::TooLong, again: None });
            }
            body.extend_from_slice(&piece);
            if streamed && wire.is_done(&body) {
                break;
            }
        }
        Ok(Response { streamed, body })
    }
}

const fn unreachable() -> Failed {
    Failed { error: ProviderError::Unreachable, again: Some(Duration::ZERO) }
}

/// How many seconds the other side asks for; dates are not understood, and are not needed.
fn retry_after(headers: &HeaderMap) -> Duration {
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    seconds.map_or(Duration::ZERO, Duration::from_secs)
}
