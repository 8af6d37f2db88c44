//! Evidence of what arrived: one event for each inbound post, for whoever holds the original body.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::{AppId, QuarantineId, SecretId};

/// A signed post arrived. Sealed for the workspace: the post without its elements, which stand in
/// the events of the same commit (or, if they were known already, in earlier ones).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PostReceived {
    /// SHA-256 of the body as it came.
    pub body_sha256: Hash32,
    /// How many bytes; 0 if that was not kept with what is taken from the quarantine.
    pub body_bytes: u64,
    /// The signature as it came: `sha256=…`; empty if it was not kept with what is taken from the
    /// quarantine.
    pub signature: String,
    /// The app whose secret verified it.
    pub app: AppId,
    /// Which secret; nil if that was not kept with what is taken from the quarantine.
    pub secret: SecretId,
    /// What is taken was set aside when the post arrived: the change of the quarantine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarantined: Option<QuarantineId>,
    /// What was cut out of it for this workspace: with these the post can be printed again,
    /// repetitions included. Empty if there are too many for a record: then they stand, as a JSON
    /// list, beside the sealed skeleton.
    pub fragments: Vec<FragmentPlace>,
}

/// Where a piece of a post belongs, and which event holds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FragmentPlace {
    /// Its slot in the skeleton.
    pub slot: u32,
    /// The keyed hash of the element it came with.
    pub fragment: Hash32,
    /// For what was known already: the claim whose holder is the event that holds it. What was new
    /// stands in the commit of the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_by: Option<Hash32>,
    /// 0 = the element itself, n = the nth piece that stood elsewhere but belongs to it.
    pub part: u16,
}

events! {
    /// What arrived.
    Receipt {
        1 "post_received" @1 PostReceived(PostReceived) seals [Fragment] by [intake],
    }
}

/// Evidence decides nothing, so nothing of it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct State;

/// Evidence of what arrived.
#[derive(Clone, Copy, Debug)]
pub struct Receipt;

impl Aggregate for Receipt {
    const KIND: StreamKind = StreamKind::Receipt;
    type State = State;
    type Event = Event;

    fn evolve(_: &mut State, event: &Event) {
        let Event::PostReceived(_) = event;
    }
}
