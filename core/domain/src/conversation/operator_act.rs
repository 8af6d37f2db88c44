//! Whatever an operator can do with a conversation: one type for single requests and bulk ones.

use super::{
    AddNote, AssignConversation, ClaimConversation, CloseConversation, Conversation,
    DeleteConversation, HandBack, HandOff, ReleaseConversation, ReopenConversation,
    RestoreConversation, SetTitle, State, TagConversation, UntagConversation,
};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// One of the operators' commands; each is decided where it is defined.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each variant is the command of its name")]
pub enum OperatorAct {
    Claim(ClaimConversation),
    Assign(AssignConversation),
    Release(ReleaseConversation),
    Close(CloseConversation),
    Reopen(ReopenConversation),
    Tag(TagConversation),
    Untag(UntagConversation),
    Note(AddNote),
    Title(SetTitle),
    Delete(DeleteConversation),
    Restore(RestoreConversation),
    HandOff(HandOff),
    HandBack(HandBack),
}

impl OperatorAct {
    /// Whether it seals something under the contact's key, which must not be erased then.
    pub const fn seals(&self) -> bool {
        matches!(self, Self::Note(_) | Self::Title(_))
    }

    /// Whether it changes who answers the customer, or takes back what is to be sent to them: that is
    /// not for a key of the sandbox.
    pub fn reaches_people(&self, state: &State) -> bool {
        match self {
            Self::HandOff(_) | Self::HandBack(_) => true,
            Self::Close(_) => state.attention.handoff.is_some(),
            Self::Delete(_) => state.outbox.messages.iter().any(|one| one.waits() && !one.sandbox),
            _ => false,
        }
    }
}

impl Command for OperatorAct {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        match self {
            Self::Claim(command) => command.decide(state, ctx),
            Self::Assign(command) => command.decide(state, ctx),
            Self::Release(command) => command.decide(state, ctx),
            Self::Close(command) => command.decide(state, ctx),
            Self::Reopen(command) => command.decide(state, ctx),
            Self::Tag(command) => command.decide(state, ctx),
            Self::Untag(command) => command.decide(state, ctx),
            Self::Note(command) => command.decide(state, ctx),
            Self::Title(command) => command.decide(state, ctx),
            Self::Delete(command) => command.decide(state, ctx),
            Self::Restore(command) => command.decide(state, ctx),
            Self::HandOff(command) => command.decide(state, ctx),
            Self::HandBack(command) => command.decide(state, ctx),
        }
    }
}
