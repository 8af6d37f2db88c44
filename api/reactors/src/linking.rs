//! Reading a file of the business at an address that it names, once, while whoever asked waits.
//!
//! The host is not believed: its address must be public, how much it gives and how long it takes are
//! bounded, and it is not followed elsewhere. What it gives is kept by whoever asked.

use std::time::Duration;

use convolog_domain::limits::MEDIA_BYTES_MAX;
use reqwest::{Response, header};

use crate::outgoing::{AddressError, OutgoingGuard};
use crate::platform::CONNECT_TIMEOUT;

/// How long all of it may take: somebody waits for the answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the next bytes may take.
const IDLE: Duration = Duration::from_secs(10);

/// A file that was read.
pub struct Linked {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its type, as the host says.
    pub mime_type: Option<String>,
}

/// Why it was not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unread {
    /// One of [`convolog_domain::limits::MEDIA_LINK_TROUBLES`].
    pub reason: &'static str,
    /// The HTTP status of the answer, if there was one.
    pub http_status: Option<u16>,
}

/// Reads it.
///
/// # Errors
/// [`AddressError`] if the address may not be called: nothing was. Within, why it could not be read.
pub async fn read_link(
    guard: &OutgoingGuard,
    link: &str,
) -> Result<Result<Linked, Unread>, AddressError> {
    let url = guard.read_public("link", link)?;
    let unreachable = Unread { reason: "unreachable", http_status: None };
    let resolving = tokio::time::timeout(CONNECT_TIMEOUT, guard.resolve("link", url)).await;
    let destination = match resolving {
        Ok(Err(AddressError::UnknownHost(_))) | Err(_) => return Ok(Err(unreachable)),
        Ok(destination) => destination?,
    };
    let client = destination.client().read_timeout(IDLE).connect_timeout(CONNECT_TIMEOUT);
    let Ok(client) = client.build() else { return Ok(Err(unreachable)) };
    // The bytes as they are: a hash and a size are told of them.
    let request = client.get(destination.url).header(header::ACCEPT_ENCODING, "identity");
    let reading = tokio::time::timeout(PATIENCE, async {
        match request.send().await {
            Ok(response) => read(response).await,
            Err(_) => Err(unreachable),
        }
    });
    Ok(reading.await.unwrap_or(Err(Unread { reason: "broken_off", http_status: None })))
}

async fn read(mut response: Response) -> Result<Linked, Unread> {
    let status = response.status().as_u16();
    let unread = |reason| Unread { reason, http_status: Some(status) };
    match status {
        200 => {}
        500.. => return Err(unread("unreachable")),
        _ => return Err(unread("refused")),
    }
    let too_large = |bytes: u64| bytes > MEDIA_BYTES_MAX;
    if response.content_length().is_some_and(too_large) {
        return Err(unread("too_large"));
    }
    let named = response.headers().get(header::CONTENT_TYPE).and_then(|named| named.to_str().ok());
    let mime_type = named.map(str::to_owned);
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(Linked { bytes, mime_type }),
            Err(_) => return Err(unread("broken_off")),
        }
        if u64::try_from(bytes.len()).is_ok_and(too_large) {
            return Err(unread("too_large"));
        }
    }
}
