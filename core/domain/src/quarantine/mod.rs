//! Signed changes that could not be accepted: kept for the owner of the app, sealed under a key of
//! the day that is destroyed after 30 days, tried again after a fix.

mod accept_change;
mod fail_retry;
#[cfg(test)]
mod fixtures;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::{AppId, SecretId, WorkspaceId};
use crate::refusal::{Refusal, RefusalCode};

pub use accept_change::AcceptChange;
pub use fail_retry::FailRetry;

/// Why a change was not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not shaped as the platform's posts are.
    NotMetaShape,
    /// Nobody has connected the number.
    NumberUnknown,
    /// The number belongs to somebody whose app did not sign this.
    NumberNotOfApp,
    /// The change names no number, and no account that one workspace alone uses.
    NoOwner,
}

/// A change was set aside. Sealed under the key of the day: the element.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeQuarantined {
    /// Why.
    pub reason: Reason,
    /// The app whose secret verified it.
    pub app: AppId,
    /// The platform's id of the number it names.
    pub phone_number_id: Option<String>,
    /// The platform's id of the account it names.
    pub waba_id: Option<String>,
    /// The platform's field.
    pub field: Option<String>,
    /// The day whose key seals it (days since 1970, UTC).
    pub day: i64,
    /// Keyed hash of the canonical element.
    pub fragment: Hash32,
    /// SHA-256 of the body it came in.
    pub body_sha256: Hash32,
    /// What proves that body; events of older versions do not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Box<Evidence>>,
}

/// What proves a body, for whoever holds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The signature as it came: `sha256=…`.
    pub signature: String,
    /// Which secret of the app verified it.
    pub secret: SecretId,
    /// How many bytes the body had.
    pub body_bytes: u64,
}

/// It was tried again and accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeAccepted {
    /// By which workspace.
    pub workspace: WorkspaceId,
}

/// It was tried again and still could not be accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RetryFailed {
    /// Why.
    pub reason: Reason,
}

events! {
    /// What happened to a quarantined change.
    Quarantine {
        1 "change_quarantined" @1 ChangeQuarantined(ChangeQuarantined) seals [Fragment] by [intake],
        2 "change_accepted" @1 ChangeAccepted(ChangeAccepted) by [accept_change::AcceptChange],
        3 "retry_failed" @1 RetryFailed(RetryFailed) by [fail_retry::FailRetry],
    }
}

/// What the history of a quarantined change amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// It waits: it was set aside and not accepted since.
    pub open: bool,
    /// The workspace that accepted it.
    pub accepted: Option<WorkspaceId>,
    /// Why it was not accepted when it was last tried.
    pub reason: Option<Reason>,
}

impl State {
    /// Only what waits can be tried again.
    fn must_be_open(&self) -> Result<(), Refusal> {
        if self.reason.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such quarantined change"));
        }
        if !self.open {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                "this quarantined change was accepted before",
            ));
        }
        Ok(())
    }
}

/// A signed change that could not be accepted.
#[derive(Clone, Copy, Debug)]
pub struct Quarantine;

impl Aggregate for Quarantine {
    const KIND: StreamKind = StreamKind::Quarantine;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::ChangeQuarantined(change) => {
                state.open = state.accepted.is_none();
                state.reason = Some(change.reason);
            }
            Event::ChangeAccepted(accepted) => {
                state.open = false;
                state.accepted = Some(accepted.workspace);
            }
            Event::RetryFailed(failed) => state.reason = Some(failed.reason),
        }
    }
}
