//! What is handed to the writer, and what comes back.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::error::{AppendError, LogError};
use crate::ids::{ClaimHash, Position, StreamKey, Timestamp};
use crate::record::{Body, ClaimAction, Header, MAX_RECORD_BYTES};

/// What happens when a claim is already held. If one claim of an event would fail the commit and
/// another drops the event, the event is dropped: it does not want its other claims any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnClash {
    /// The whole commit fails and names the holder, so that the engine decides again.
    Fail,
    /// Only the event that asked for it is dropped. Allowed only where nothing else in the commit
    /// depends on that event.
    Drop,
}

/// One change to the claims that an event makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Take it.
    Hold(ClaimHash, OnClash),
    /// Give it back; it is no error if nobody holds it.
    Release(ClaimHash),
}

impl Claim {
    /// The key.
    pub const fn hash(&self) -> ClaimHash {
        match self {
            Self::Hold(hash, _) | Self::Release(hash) => *hash,
        }
    }
}

/// An event ready for the writer: encoded, sealed, its claims beside it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(crate) event_id: Uuid,
    pub(crate) stream: StreamKey,
    pub(crate) claims: Vec<Claim>,
    pub(crate) body: Bytes,
}

impl Draft {
    /// The claims it takes and gives back.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The encoded body.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Encodes `body`. `on_clash` says, for each `Hold` in `body.claims` in their order, what a
    /// clash does.
    ///
    /// # Errors
    /// [`LogError::TooLarge`] if the record would exceed [`MAX_RECORD_BYTES`].
    pub fn new(
        body: &Body,
        mut on_clash: impl FnMut(&ClaimHash) -> OnClash,
    ) -> Result<Self, LogError> {
        let bytes = body.encode()?;
        if bytes.len() + Header::LEN > MAX_RECORD_BYTES {
            return Err(LogError::TooLarge { bytes: bytes.len() + Header::LEN });
        }
        let claims = body
            .claims
            .iter()
            .map(|claim| match claim.action {
                ClaimAction::Hold => Claim::Hold(claim.hash, on_clash(&claim.hash)),
                ClaimAction::Release => Claim::Release(claim.hash),
            })
            .collect();
        Ok(Self { event_id: body.event_id, stream: body.stream, claims, body: bytes })
    }

    /// Which event it is.
    pub const fn event_id(&self) -> Uuid {
        self.event_id
    }

    /// The stream it goes to.
    pub const fn stream(&self) -> StreamKey {
        self.stream
    }
}

/// Something that must be true, judged by the writer against everything staged before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// The stream is at this version (0 = it does not exist). It need not be written to.
    StreamAt(StreamKey, u64),
    /// Nobody holds this claim.
    Free(ClaimHash),
}

/// Events appended together, all or none (but for events dropped by [`OnClash::Drop`]).
#[derive(Clone, Debug, Default)]
pub struct Commit {
    /// What must be true.
    pub conditions: Vec<Condition>,
    /// What happened, in order.
    pub drafts: Vec<Draft>,
}

/// Who holds a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The stream of the event that took it.
    pub stream: StreamKey,
    /// Where that event stands.
    pub position: Position,
    /// Whether it was already synced when the clash was found. The answer always waits until it is.
    pub synced: bool,
}

/// A claim that was held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clash {
    /// Which key.
    pub claim: ClaimHash,
    /// Who has it.
    pub holder: Holder,
}

/// What became of a commit. It is on the disk, and so is everything it was judged against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Committed {
    /// For each draft its header, or the clash that dropped it.
    pub outcomes: Vec<Result<Header, Clash>>,
    /// The newest position this answer relies on: the last event written, or the last holder.
    pub position: Position,
    /// The time stamped on the events.
    pub recorded_at: Timestamp,
}

/// The answer to an append; await it, or block on it outside a runtime.
#[derive(Debug)]
pub struct Ack(pub(crate) oneshot::Receiver<Result<Committed, AppendError>>);

impl Ack {
    /// An answer and the end that gives it, for a backend of the log.
    pub fn channel() -> (oneshot::Sender<Result<Committed, AppendError>>, Self) {
        let (tx, rx) = oneshot::channel();
        (tx, Self(rx))
    }

    /// Waits on this thread. Must not be called inside an async runtime.
    pub fn wait(self) -> Result<Committed, AppendError> {
        self.0.blocking_recv().unwrap_or(Err(AppendError::Closed))
    }
}

impl Future for Ack {
    type Output = Result<Committed, AppendError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|answer| answer.unwrap_or(Err(AppendError::Closed)))
    }
}
