//! Getting one file from the platform: asking where it lies, reading it from there, sealing it as it
//! comes.
//!
//! Whoever hands it out is not believed: how much it says there is, what it says the hash is and how
//! long it takes are bounded or compared, and the address it names must be on the public internet or
//! at the platform's own host.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use convolog_domain::limits::MEDIA_BYTES_MAX;
use convolog_engine::{EngineError, FileSeal, FileWriter, SealedFile, is_unavailable};
use reqwest::{Method, Response, Url};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_util::bytes::Bytes;

use crate::acting::Acting;
use crate::outgoing::OutgoingGuard;
use crate::platform::{CONNECT_TIMEOUT, Platform, Refused, Said};

/// How long the next bytes of a file may take.
const IDLE: Duration = Duration::from_secs(30);
/// How long a whole file may take.
const WHOLE: Duration = Duration::from_mins(15);
/// Parts of a file that wait to be sealed.
const WAITING: usize = 4;

/// One file to be fetched.
pub(super) struct Download<'a> {
    pub(super) acting: &'a Acting,
    pub(super) platform: &'a Platform,
    pub(super) seal: FileSeal,
    /// The hash of its bytes, as the message gave it.
    pub(super) announced: Option<&'a str>,
}

/// A file that was fetched.
pub(super) struct Fetched {
    pub(super) file: SealedFile,
    /// Its type, if the platform named one.
    pub(super) mime_type: Option<String>,
}

/// Why it was not.
pub(super) enum Failed {
    /// As the log names it.
    Because(&'static str),
    /// The server stops: nothing failed.
    Stopping,
    /// Something of ours.
    Engine(EngineError),
}

/// Where a file lies, and what is to be expected there.
#[derive(Deserialize)]
struct Place {
    url: String,
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
    #[serde(default)]
    file_size: Option<u64>,
}

/// A part of a file on its way to the disk.
enum Part {
    Bytes(Bytes),
    /// That was all.
    End,
}

impl From<EngineError> for Failed {
    fn from(error: EngineError) -> Self {
        match error {
            error if error.is_erased() => Self::Because("erased"),
            error if is_unavailable(&error) => Self::Because("no_room"),
            error => Self::Engine(error),
        }
    }
}

const REFUSED: Failed = Failed::Because("refused");
const UNREACHABLE: Failed = Failed::Because("unreachable");
const NOT_FOUND: Failed = Failed::Because("not_found");
const BROKEN_OFF: Failed = Failed::Because("broken_off");
const ANOTHER: Failed = Failed::Because("not_what_was_announced");
const TOO_LARGE: Failed = Failed::Because("too_large");

impl Download<'_> {
    /// Fetches the file that the platform names so. An address that has gone stale is asked for once
    /// more.
    pub(super) async fn run(&self, id: &str) -> Result<Fetched, Failed> {
        let work = async {
            match self.attempt(id).await {
                Err(Failed::Because("not_found")) => self.attempt(id).await,
                other => other,
            }
        };
        tokio::select! {
            () = self.acting.stopping().cancelled() => Err(Failed::Stopping),
            fetched = tokio::time::timeout(WHOLE, work) => fetched.unwrap_or(Err(BROKEN_OFF)),
        }
    }

    async fn attempt(&self, id: &str) -> Result<Fetched, Failed> {
        let place = self.place(id).await?;
        if place.file_size.is_some_and(|size| size > MEDIA_BYTES_MAX) {
            return Err(TOO_LARGE);
        }
        let response = self.open(&place).await?;
        let file = self.take(response, place.file_size).await?;
        let told = [self.announced, place.sha256.as_deref()].into_iter().flatten();
        if told.filter_map(hash).any(|hash| hash != file.sha256) {
            self.acting.engine().remove_file(file.blob).map_err(EngineError::from)?;
            return Err(ANOTHER);
        }
        Ok(Fetched { file, mime_type: place.mime_type })
    }

    /// Asks where the file lies.
    async fn place(&self, id: &str) -> Result<Place, Failed> {
        let url = self.platform.url(&[id], &[]);
        match self.platform.call(self.acting.outgoing(), Method::GET, url, None).await {
            Said::Yes(place) => serde_json::from_value(place).map_err(|_| REFUSED),
            Said::No(Refused { http_status: Some(404), .. }) => Err(NOT_FOUND),
            Said::No(Refused { http_status: Some(_), .. }) => Err(REFUSED),
            Said::No(_) | Said::Nothing => Err(UNREACHABLE),
        }
    }

    /// Begins to read the file.
    async fn open(&self, place: &Place) -> Result<Response, Failed> {
        let url = Url::parse(&place.url).map_err(|_| REFUSED)?;
        // Whom the configuration lets through is nobody's business but the configuration's: an answer
        // cannot point at another host of this network.
        let strict = OutgoingGuard::new(&[]);
        let guard = if self.platform.is_at(&url) { self.acting.outgoing() } else { &strict };
        let url = guard.read("url", url.as_str()).map_err(|_| REFUSED)?;
        let destination = guard.resolve("url", url).await.map_err(|_| REFUSED)?;
        let client = destination.client().read_timeout(IDLE).connect_timeout(CONNECT_TIMEOUT);
        let client = client.build().map_err(|_| UNREACHABLE)?;
        let request = self.platform.signed(client.get(destination.url));
        let response = request.send().await.map_err(|_| UNREACHABLE)?;
        match response.status().as_u16() {
            200 => Ok(response),
            404 | 410 => Err(NOT_FOUND),
            300..500 => Err(REFUSED),
            _ => Err(UNREACHABLE),
        }
    }

    /// Reads it to the end, sealing as it comes.
    async fn take(&self, mut response: Response, size: Option<u64>) -> Result<SealedFile, Failed> {
        let most = size.unwrap_or(MEDIA_BYTES_MAX);
        if response.content_length().is_some_and(|length| length > MEDIA_BYTES_MAX) {
            return Err(TOO_LARGE);
        }
        let (parts, waiting) = mpsc::channel(WAITING);
        let (engine, seal) = (self.acting.engine().clone(), self.seal);
        let sealing = tokio::task::spawn_blocking(move || write(engine.write_file(seal)?, waiting));
        let mut taken: u64 = 0;
        let mut failed = None;
        loop {
            let chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(_) => {
                    failed = Some(BROKEN_OFF);
                    break;
                }
            };
            taken = taken.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
            if taken > most {
                failed = Some(if size.is_some() { ANOTHER } else { TOO_LARGE });
                break;
            }
            // Whoever seals has ended: it says why below.
            if parts.send(Part::Bytes(chunk)).await.is_err() {
                break;
            }
        }
        if size.is_some_and(|size| taken < size) {
            failed = failed.or(Some(BROKEN_OFF));
        }
        if failed.is_none() {
            drop(parts.send(Part::End).await);
        }
        drop(parts);
        let sealed = sealing.await.map_err(|_| EngineError::Interrupted("sealing a file"))?;
        match (failed, sealed?) {
            (Some(failed), _) => Err(failed),
            (None, Some(file)) => Ok(file),
            (None, None) => Err(BROKEN_OFF),
        }
    }
}

/// Writes what comes; none if it was given up before its end.
fn write(
    mut file: FileWriter,
    mut parts: mpsc::Receiver<Part>,
) -> Result<Option<SealedFile>, EngineError> {
    while let Some(part) = parts.blocking_recv() {
        match part {
            Part::Bytes(bytes) => file.write(&bytes)?,
            Part::End => return file.finish().map(Some),
        }
    }
    Ok(None)
}

/// A hash as the platform writes it: in hex digits or in base 64; none if it is neither.
fn hash(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    match hex::decode_to_slice(text, &mut hash) {
        Ok(()) => Some(hash),
        Err(_) => STANDARD.decode(text).ok()?.try_into().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_in_both_spellings() {
        let bytes = [0xab; 32];
        assert_eq!(hash(&hex::encode(bytes)), Some(bytes));
        assert_eq!(hash(&STANDARD.encode(bytes)), Some(bytes));
        for other in ["", "abcd", "not a hash", &STANDARD.encode([1; 31])] {
            assert_eq!(hash(other), None, "{other}");
        }
    }
}
