//! Answer a customer as an agent, or hand them to a person.

use super::sendable::Sendable;
use super::{AgentReplied, Conversation, HandoffTriggered, SendMessage, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::Event;
use crate::ids::MessageId;
use crate::refusal::{Refusal, RefusalCode};

/// What an agent made of what a customer wrote: what it says, how it came to that, and whether a
/// person is needed. All of it is one commit, so that no answer is without its sources and nobody is
/// handed off in silence.
///
/// Who: the responder. Refuses (`not_allowed_now`), so that nothing is answered twice: if the
/// customer has written again, somebody else answered, or a person has taken over.
#[derive(Clone, Debug)]
pub struct ReplyAsAgent {
    /// How it came about; message and time are filled in.
    pub reply: AgentReplied,
    /// What to say.
    pub say: Option<Sendable>,
    /// Why a person is needed, if one is.
    pub hand_off: Option<String>,
}

impl Command for ReplyAsAgent {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.workable()?;
        let Self { reply, say, hand_off } = self;
        let attention = &state.attention;
        if attention.asked != Some(reply.answered) || attention.handoff.is_some() {
            let detail = "there is nothing for the agent to answer any more";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let at = ctx.now_seconds();
        // After the window only a template could be sent, which an agent has none of.
        let say = say.filter(|_| state.outbox.is_open(at));
        let mut decisions = match say {
            Some(content) => SendMessage::now(content).decide(state, ctx)?,
            None => Vec::new(),
        };
        let message = decisions.iter().find_map(|decision| requested(&decision.event));
        let agent = Some(reply.agent);
        decisions.push(Decision::new(AgentReplied { message, at, ..reply }));
        if let Some(reason) = hand_off {
            decisions.push(Decision::new(HandoffTriggered { reason, at, agent }));
        }
        Ok(decisions)
    }
}

const fn requested(event: &Event) -> Option<MessageId> {
    match event {
        Event::Conversation(super::Event::MessageRequested(requested)) => Some(requested.message),
        _ => None,
    }
}
