//! Lists of messages.

use convolog_domain::{ConversationId, MessageId, WorkspaceId};

use super::{IN_ORDER, MessageRow, OUTSTANDING, Outstanding, PENDING, QUEUED, Transcripts};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::Table;

/// Which messages are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// The newest first; else the oldest first.
    pub newest_first: bool,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl MessageQuery {
    /// A conversation from its beginning.
    pub const fn of(workspace: WorkspaceId, conversation: ConversationId) -> Self {
        let limit = crate::page::DEFAULT_LIMIT;
        Self { workspace, conversation, newest_first: false, page: None, limit }
    }

    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        self.question_of("messages", as_of)
    }

    /// The question of a list that holds the messages asked for.
    pub(crate) fn question_of(&self, list: &str, as_of: Option<u64>) -> Question {
        Question::new(
            list,
            &[
                self.workspace.0.as_bytes(),
                self.conversation.0.as_bytes(),
                &[u8::from(self.newest_first)],
                &as_of.map(u64::to_be_bytes).unwrap_or_default(),
            ],
        )
    }
}

/// Messages that wait to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queued {
    /// Whose, in which conversation, and which.
    pub messages: Vec<(WorkspaceId, ConversationId, MessageId)>,
    /// Where to go on, if there may be more.
    pub next: Option<Vec<u8>>,
}

impl Table<Transcripts> {
    /// One message.
    pub fn message(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        id: MessageId,
    ) -> Result<Option<Stored<MessageRow>>, QueryError> {
        let stored = self.row(&MessageRow::key(workspace, id))?;
        let here = |row: &MessageRow| {
            row.spoken.as_ref().is_some_and(|spoken| spoken.conversation == conversation)
        };
        Ok(stored.filter(|stored| here(&stored.row)))
    }

    /// Messages of all workspaces that wait to be sent, each with its conversation, beyond a place: for
    /// whoever sends. The place is where to go on, if there may be more.
    pub fn queued(&self, after: Option<&[u8]>, limit: usize) -> Result<Queued, QueryError> {
        self.waiting(QUEUED, after, limit)
    }

    /// The same for messages whose file is still to be fetched: for whoever fetches.
    pub fn pending_media(&self, after: Option<&[u8]>, limit: usize) -> Result<Queued, QueryError> {
        self.waiting(PENDING, after, limit)
    }

    fn waiting(&self, index: u8, after: Option<&[u8]>, limit: usize) -> Result<Queued, QueryError> {
        let prefix = Key::of(index).done();
        let found = self.list(&prefix, after, Walk::Forward, limit, |_| true)?;
        let of = |row: &MessageRow| {
            row.spoken.as_ref().map(|spoken| (row.workspace, spoken.conversation, row.id))
        };
        let messages = found.rows.iter().filter_map(|(_, stored)| of(&stored.row)).collect();
        Ok(Queued { messages, next: found.next })
    }

    /// A page of a workspace's messages that were asked for and came to this, the newest first: each
    /// with its conversation.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn outstanding(
        &self,
        workspace: WorkspaceId,
        status: Outstanding,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<(ConversationId, MessageId)>, QueryError> {
        let question = Question::new("outstanding", &[workspace.0.as_bytes(), &[status.code()]]);
        let after = page.map(|token| question.place(token)).transpose()?;
        let prefix = Key::of(OUTSTANDING).uuid(workspace.0).u8(status.code()).done();
        let found = self.list(&prefix, after.as_deref(), Walk::Backward, limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        let of = |row: &MessageRow| row.spoken.as_ref().map(|spoken| (spoken.conversation, row.id));
        let items = found.rows.iter().filter_map(|(_, stored)| of(&stored.row)).collect();
        Ok(Page { items, next })
    }

    /// A page of a conversation, in the order shown: platform second, then position.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn messages(&self, query: &MessageQuery) -> Result<Page<Stored<MessageRow>>, QueryError> {
        self.messages_for(query, &query.question(None))
    }

    /// A page of a conversation, with the tokens of this question.
    pub(crate) fn messages_for(
        &self,
        query: &MessageQuery,
        question: &Question,
    ) -> Result<Page<Stored<MessageRow>>, QueryError> {
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let prefix = Key::of(IN_ORDER).uuid(query.workspace.0).uuid(query.conversation.0).done();
        let walk = if query.newest_first { Walk::Backward } else { Walk::Forward };
        let found = self.list(&prefix, after.as_deref(), walk, query.limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }
}
