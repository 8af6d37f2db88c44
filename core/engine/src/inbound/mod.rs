//! What platforms post: signature, ownership, and the way into the log.
//!
//! Guarantees: nothing unsigned is stored; a change is taken only for the workspace whose number it
//! is, and only if the app that owns the number signed it; what cannot be taken is kept in the
//! quarantine of the app's owner; the answer comes when everything is on the disk, and the same post
//! again changes nothing. Must not answer before that, and must not send anything.

mod capability;
mod intake;
mod leads;
mod messages;
mod notices;
mod owners;
mod people;
pub(crate) mod planner;
mod print;
mod quarantine;
mod shares;
mod shelf;
mod statuses;
mod templates;
mod wishes;

use bytes::Bytes;
use convolog_domain::{Hash32, QuarantineId, quarantine::Reason};
use convolog_log::Position;
use convolog_whatsapp::Part;
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use crate::error::EngineError;

pub(crate) use planner::shortened;
pub use print::{PrintError, print_post};
pub use quarantine::RetryOutcome;
use shares::Share;

/// The largest body that is taken: the platform's 3 MB.
pub const MAX_BODY_BYTES: usize = convolog_whatsapp::limits::MAX_BODY;

/// Takes in posts of the platform. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Inbound {
    engine: Engine,
}

/// What became of a post that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Received {
    /// The newest position that the answer relies on.
    pub position: Position,
    /// Events written for messages, statuses and notices.
    pub accepted: usize,
    /// Updates that were known already.
    pub repeated: usize,
    /// Updates about somebody who was erased after they happened.
    pub refused: usize,
    /// Changes set aside.
    pub quarantined: usize,
}

/// Why a post was not taken. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
    /// No signature, or none that a known secret makes.
    #[error("the post carries no signature that a known app secret makes")]
    Unsigned,
    /// Larger than [`MAX_BODY_BYTES`].
    #[error("the body is larger than {MAX_BODY_BYTES} bytes")]
    TooLarge,
    /// The engine could not take it; the platform will post it again.
    #[error("the post could not be stored")]
    Engine(#[from] EngineError),
}

/// Bodies from this size on are worked on beside the runtime: hashing and reading them takes long
/// enough to keep other answers waiting.
const LARGE_BODY_BYTES: usize = 32 * 1024;

/// A post whose signature was verified.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) app: owners::App,
    pub(crate) signature: String,
    pub(crate) body_sha256: Hash32,
    pub(crate) body_bytes: u64,
    /// The change of the quarantine that it is taken from, if it was set aside before.
    pub(crate) quarantined: Option<QuarantineId>,
}

/// A post that was read: whose each change is.
struct Opened {
    signed: Signed,
    /// What is taken; `None` if the body is no post of the platform.
    shares: Option<Vec<Share>>,
    /// What is set aside.
    foreign: Vec<(Reason, Part)>,
}

impl Inbound {
    /// The way in for an engine.
    pub const fn new(engine: Engine) -> Self {
        Self { engine }
    }

    /// The platform's handshake: the challenge to answer, if the token is one of a known app.
    pub fn handshake(&self, token: &str, challenge: &str) -> Result<Option<String>, EngineError> {
        Ok(self.knows_verify_token(token)?.then(|| challenge.to_owned()))
    }

    /// Takes a post: verifies it, finds whose each change is, and makes it durable.
    pub async fn receive(
        &self,
        body: Bytes,
        signature: Option<&str>,
    ) -> Result<Received, InboundError> {
        if body.len() > MAX_BODY_BYTES {
            return Err(InboundError::TooLarge);
        }
        let signature = signature.filter(|text| convolog_whatsapp::is_signature(text));
        let signature = signature.ok_or(InboundError::Unsigned)?.to_owned();
        let opened = if body.len() < LARGE_BODY_BYTES {
            self.open(&body, signature)?
        } else {
            let (inbound, body) = (self.clone(), body.clone());
            tokio::task::spawn_blocking(move || inbound.open(&body, signature))
                .await
                .map_err(|_| EngineError::Interrupted("reading a post"))??
        };
        let opened = opened.ok_or(InboundError::Unsigned)?;
        Ok(self.take(opened, &body).await?)
    }

    /// Verifies a post and finds whose each change is; `None` if no known secret made the signature.
    fn open(&self, body: &[u8], signature: String) -> Result<Option<Opened>, EngineError> {
        let Some(app) = self.signer(body, &signature)? else { return Ok(None) };
        let signed = Signed {
            app,
            signature,
            body_sha256: sha256(body),
            body_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
            quarantined: None,
        };
        let Ok(parts) = convolog_whatsapp::split(body) else {
            return Ok(Some(Opened { signed, shares: None, foreign: Vec::new() }));
        };
        let sorted = self.sort(&signed.app, parts)?;
        let shares = shares::read(&signed, body, &sorted);
        Ok(Some(Opened { signed, shares: Some(shares), foreign: sorted.foreign }))
    }

    async fn take(&self, opened: Opened, body: &Bytes) -> Result<Received, EngineError> {
        let Opened { signed, shares, foreign } = opened;
        let Some(shares) = shares else {
            return self.quarantine_body(&signed, body).await;
        };
        let mut received = Received::default();
        for share in &shares {
            received.add(match &share.post {
                Ok(post) => self.intake(&signed, share, post).await?,
                Err(_) => self.quarantine_body(&signed, body).await?,
            });
        }
        for (reason, part) in &foreign {
            received.add(self.quarantine_part(&signed, *reason, part).await?);
        }
        if received.position == Position::START {
            received.position = self.engine.log().head();
        }
        Ok(received)
    }
}

fn sha256(bytes: &[u8]) -> Hash32 {
    Hash32(Sha256::digest(bytes).into())
}

impl Received {
    pub(crate) fn add(&mut self, other: Self) {
        self.position = self.position.max(other.position);
        self.accepted += other.accepted;
        self.repeated += other.repeated;
        self.refused += other.refused;
        self.quarantined += other.quarantined;
    }
}
