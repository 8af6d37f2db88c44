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
        let (handoff, at) = (state.attention.handoff.clone(), ctx.now_seconds());
        let resolved = handoff.map(|reason| Decision::new(HandoffResolved { reason, at }));
        Ok(resolved.into_iter().collect())
    }
}
