//! What platforms post: signature, ownership, and the way into the log.
//!
//! Guarantees: nothing unsigned is stored; a change is taken only for the workspace whose number it
//! is, and only if the app that owns the number signed it; what cannot be taken is kept in the
//! quarantine of the app's owner; the answer comes when everything is on the disk, and the same post
//! again changes nothing. Must not answer before that, and must not send anything.

mod intake;
mod leads;
mod messages;
mod notices;
mod owners;
mod people;
mod planner;
mod print;
mod quarantine;
mod shelf;
mod statuses;

use bytes::Bytes;
use convolog_domain::Hash32;
use convolog_log::Position;
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use crate::error::EngineError;

pub(crate) use planner::shortened;
pub use print::{PrintError, print_post};
pub use quarantine::RetryOutcome;

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

/// A post whose signature was verified.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) app: owners::App,
    pub(crate) signature: String,
    pub(crate) body_sha256: Hash32,
    pub(crate) body_bytes: u64,
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
        let signature = signature.ok_or(InboundError::Unsigned)?;
        let app = self.signer(&body, signature)?.ok_or(InboundError::Unsigned)?;
        let signed = Signed {
            app,
            signature: signature.to_owned(),
            body_sha256: Hash32(Sha256::digest(&body).into()),
            body_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
        };
        Ok(self.take(&signed, &body).await?)
    }

    async fn take(&self, signed: &Signed, body: &Bytes) -> Result<Received, EngineError> {
        let Ok(parts) = convolog_whatsapp::split(body) else {
            return self.quarantine_body(signed, body).await;
        };
        let sorted = self.sort(&signed.app, parts)?;
        let mut received = Received::default();
        let whole = sorted.foreign.is_empty() && sorted.ours.len() == 1;
        for (workspace, parts) in &sorted.ours {
            let joined;
            let text: &[u8] = if whole {
                body
            } else {
                joined = convolog_whatsapp::join(parts);
                joined.as_bytes()
            };
            let Ok(post) = convolog_whatsapp::parse(text) else {
                received.add(self.quarantine_body(signed, body).await?);
                continue;
            };
            received.add(self.intake(signed, *workspace, &post).await?);
        }
        for (reason, part) in &sorted.foreign {
            received.add(self.quarantine_part(signed, *reason, part).await?);
        }
        if received.position == Position::START {
            received.position = self.engine.log().head();
        }
        Ok(received)
    }
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
