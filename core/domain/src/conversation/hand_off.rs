//! Hand a conversation to a person.

use super::{Conversation, HandoffTriggered, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::AgentId;
use crate::limits::HANDOFF_REASONS;
use crate::refusal::Refusal;
use crate::validate;

/// A person is to answer; the agent is silent until it is handed back. What was handed off already
/// changes nothing.
///
/// Who: a key with the scope `write`, and the intake when somebody answers from the phone. Refuses: a
/// conversation that does not exist (`not_found`) or was deleted (`not_allowed_now`), a reason that
/// is not one of [`HANDOFF_REASONS`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOff {
    /// Why, one of [`HANDOFF_REASONS`].
    pub reason: String,
    /// The agent that was answering.
    pub agent: Option<AgentId>,
}

impl Command for HandOff {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let reason = validate::one_of("reason", &self.reason, &HANDOFF_REASONS)?;
        if state.attention.handoff.is_some() {
            return Ok(Vec::new());
        }
        let (at, agent) = (ctx.now_seconds(), self.agent);
        Ok(vec![Decision::new(HandoffTriggered { reason, at, agent })])
    }
}
