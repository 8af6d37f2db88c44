//! What ConvoAI's endpoints share: ids, times, the agent that a path names.

use convolog_domain::StreamKind;
use convolog_domain::agent::{Agent, State};
use convolog_engine::Loaded;
use convolog_log::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Call, Endpoint};
use crate::problem::{Outcome, Problem};
use crate::surfaces::ids;

/// What the ids of agents begin with.
pub(super) const AGENT: &str = "agt_";
/// What the ids of messages begin with.
pub(super) const MESSAGE: &str = "msg_";
/// What the ids of accounts begin with.
pub(super) const USER: &str = "usr_";
/// What the ids of documents begin with.
pub(super) const DOCUMENT: &str = "doc_";
/// What the ids of webhooks begin with.
pub(super) const WEBHOOK: &str = "whk_";

/// An agent, in a path.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ByAgent {
    /// Which agent: `agt_` and 14 letters and digits.
    pub(super) id: String,
}

/// A time in UTC, to the second.
pub(super) fn time(at: Timestamp) -> String {
    let whole = jiff::Timestamp::from_second(at.0.div_euclid(1_000_000));
    whole.map(|at| at.to_string()).unwrap_or_default()
}

/// The agent that the path names, with its state. One that is archived is there no more.
pub(super) fn agent<E: Endpoint<Path = ByAgent>>(call: &Call<E>) -> Outcome<(Uuid, Loaded<Agent>)> {
    let missing = || Problem::not_found("agent");
    let kind = (StreamKind::Agent, AGENT);
    let found = ids::stream(&call.app, call.workspace(), kind, &call.path.id)?;
    let id = found.ok_or_else(missing)?;
    let loaded = call.app.engine().load::<Agent>(call.workspace(), id)?;
    if is_gone(&loaded.state) { Err(missing()) } else { Ok((id, loaded)) }
}

/// Whether an agent is there no more for ConvoAI, which knows none that are archived.
pub(super) fn is_gone(state: &State) -> bool {
    state.archived || state.newest().is_none()
}
