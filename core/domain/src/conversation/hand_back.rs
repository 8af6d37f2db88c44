//! Hand a conversation back to its agent.

use super::{Conversation, HandoffResolved, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The agent may answer what the customer writes next. What no person has changes nothing.
///
/// Who: a key with the scope `write`. Refuses: a conversation that does not exist (`not_found`) or
/// was deleted (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HandBack;

impl Command for HandBack {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        Ok(resolved(state, ctx).into_iter().collect())
    }
}

/// The event by which a hand-off ends, if there is one.
pub(super) fn resolved(state: &State, ctx: &Ctx) -> Option<Decision> {
    let reason = state.attention.handoff.clone()?;
    Some(Decision::new(HandoffResolved { reason, at: ctx.now_seconds() }))
}
