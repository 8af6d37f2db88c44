//! Something that the staff says again and again, kept under a word of its own.
//!
//! Each version is kept whole, its text sealed for the workspace. The word it is called by, its
//! language and its tags stand in the clear: they are words of a kind, not what is said.

mod add_canned_reply;
mod draft;
mod fill;
mod remove_canned_reply;
mod update_canned_reply;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::refusal::{Refusal, RefusalCode};

pub use add_canned_reply::AddCannedReply;
pub use draft::CannedReplyDraft;
pub use fill::{fill, placeholders};
pub use remove_canned_reply::RemoveCannedReply;
pub use update_canned_reply::UpdateCannedReply;

/// One version of a canned reply, in the clear. Sealed: what it says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CannedReplyVersion {
    /// The word that it is called by.
    pub shortcut: String,
    /// The language it is written in, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Characters of the text.
    pub characters: u32,
}

/// There is a canned reply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CannedReplyAdded {
    /// Its first version.
    pub version: CannedReplyVersion,
}

/// It has a new version, which is sent from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CannedReplyUpdated {
    /// The new version.
    pub version: CannedReplyVersion,
}

/// Nobody sends it any more. What was sent stays as it was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CannedReplyRemoved {}

events! {
    /// What happened to a canned reply.
    CannedReply {
        1 "canned_reply_added" @1 CannedReplyAdded(CannedReplyAdded) seals [Note]
            by [add_canned_reply::AddCannedReply],
        2 "canned_reply_updated" @1 CannedReplyUpdated(CannedReplyUpdated) seals [Note]
            by [update_canned_reply::UpdateCannedReply],
        3 "canned_reply_removed" @1 CannedReplyRemoved(CannedReplyRemoved)
            by [remove_canned_reply::RemoveCannedReply],
    }
}

/// What the history of a canned reply amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The newest version; none before it was added.
    pub latest: Option<CannedReplyVersion>,
    /// The number of that version, from 1.
    pub number: u32,
    /// Nobody sends it any more.
    pub removed: bool,
}

impl State {
    /// The version that is sent, if there is one.
    ///
    /// # Errors
    /// A [`Refusal`] (`not_found`) if it was never added, or was removed.
    pub fn live(&self) -> Result<&CannedReplyVersion, Refusal> {
        self.latest
            .as_ref()
            .filter(|_| !self.removed)
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such canned reply"))
    }
}

/// Something that the staff says again and again.
#[derive(Clone, Copy, Debug)]
pub struct CannedReply;

impl Aggregate for CannedReply {
    const KIND: StreamKind = StreamKind::CannedReply;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let version = match event {
            Event::CannedReplyAdded(added) => &added.version,
            Event::CannedReplyUpdated(updated) => &updated.version,
            Event::CannedReplyRemoved(_) => {
                state.removed = true;
                return;
            }
        };
        state.latest = Some(version.clone());
        state.number = state.number.saturating_add(1);
    }
}
