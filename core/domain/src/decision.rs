//! The shape of every aggregate and command.

use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::event::{Event, StreamKind};
use crate::hash::Blob;
use crate::ids::SecretId;
use crate::personal::Personal;
use crate::refusal::Refusal;

/// Something whose history is one stream.
pub trait Aggregate {
    /// The kind of stream.
    const KIND: StreamKind;
    /// What its history amounts to. The default is "does not exist yet".
    type State: Default + Clone + Send + Sync + 'static;
    /// Its events.
    type Event: Into<Event> + TryFrom<Event>;
    /// Whether it names secrets of the vault.
    const NAMES_SECRETS: bool = false;

    /// The state after one more event. Total: never fails, ignores what it does not know.
    fn evolve(state: &mut Self::State, event: &Self::Event);

    /// The secrets that were of use once and are no more, oldest first: their values leave the
    /// vault, and no backup brings them back.
    fn retired_secrets(_: &Self::State) -> &[SecretId] {
        &[]
    }
}

/// Something that somebody wants.
pub trait Command {
    /// What it is addressed to.
    type Aggregate: Aggregate;

    /// The events that follow, or why not.
    ///
    /// # Errors
    /// A [`Refusal`] that says which rule stands in the way and what would be allowed.
    fn decide(
        self,
        state: &<Self::Aggregate as Aggregate>::State,
        ctx: &mut Ctx,
    ) -> Result<Vec<Decision>, Refusal>;
}

/// One event that was decided on, before it is sealed and written.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// What happened, in the clear.
    pub event: Event,
    /// What is sealed, at most one part a subject.
    pub personal: Vec<Personal>,
    /// Unique keys it takes; the commit fails if one is held.
    pub claims: Vec<ClaimKey>,
    /// Unique keys it gives back.
    pub releases: Vec<ClaimKey>,
    /// Files of sealed content that it speaks of; they are on the disk before it is.
    pub blobs: Vec<Blob>,
}

impl Decision {
    /// An event with nothing sealed and nothing claimed.
    pub fn new(event: impl Into<Event>) -> Self {
        Self {
            event: event.into(),
            personal: Vec::new(),
            claims: Vec::new(),
            releases: Vec::new(),
            blobs: Vec::new(),
        }
    }

    /// With a sealed part.
    #[must_use]
    pub fn sealing(mut self, personal: Personal) -> Self {
        self.personal.push(personal);
        self
    }

    /// Speaking of a file of sealed content.
    #[must_use]
    pub fn keeping(mut self, blob: Blob) -> Self {
        self.blobs.push(blob);
        self
    }

    /// With a unique key; a clash fails the commit.
    #[must_use]
    pub fn claiming(mut self, key: ClaimKey) -> Self {
        self.claims.push(key);
        self
    }

    /// Giving a unique key back.
    #[must_use]
    pub fn releasing(mut self, key: ClaimKey) -> Self {
        self.releases.push(key);
        self
    }
}
