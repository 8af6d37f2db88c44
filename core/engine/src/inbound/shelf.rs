//! A customer who writes is never out of sight: their message reopens a closed conversation and
//! restores a deleted one, in the same commit.
//!
//! A conversation that is closed or deleted holds a claim. One look at the log's index tells whether
//! it does, and the commit relies on the answer, so that no message slips in behind a closing.

use convolog_domain::{
    ClaimKey, Command, ConversationId, MessageId, StreamKind,
    conversation::{Conversation, ReopenConversation, RestoreConversation, State},
};
use convolog_log::Origin;

use super::planner::Planner;
use crate::error::EngineError;
use crate::plan::Require;
use crate::recorded::Stream;

impl Planner<'_> {
    /// The customer said something live in this conversation.
    pub(crate) fn bring_back(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<(), EngineError> {
        if !self.in_front.insert(conversation) {
            return Ok(());
        }
        let claim = ClaimKey::Shelved(conversation);
        if self.holder(&claim)?.is_none() {
            self.plan.requires.push(Require::Free(self.workspace, claim));
            return Ok(());
        }
        let loaded = self.engine.load::<Conversation>(self.workspace, conversation.0)?;
        let stream = Stream::new(self.workspace, StreamKind::Conversation, conversation.0);
        self.plan.requires.push(Require::StreamAt(stream, loaded.version));
        let mut state = State::clone(&loaded.state);
        let message = Some(message);
        let restore = RestoreConversation { conversation, message };
        for decision in restore.decide(&state, &mut self.ctx)? {
            self.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
        }
        state.deleted = false;
        let reopen = ReopenConversation { conversation, message };
        for decision in reopen.decide(&state, &mut self.ctx)? {
            self.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
        }
        Ok(())
    }
}
