//! Rows as they are, or as they stood at a position: one door for both.
//!
//! At a position, a single thing is folded again from its own stream, with the same folds, into a
//! store in memory; lists are exact by creation. Nothing here reads what is sealed.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ContactId, ConversationId, DocumentId, StreamKind, TemplateId, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_log::Position;

use crate::acts::ActRow;
use crate::contacts::{ContactQuery, ContactRow, Contacts};
use crate::conversations::{
    ConversationOrder, ConversationQuery, ConversationRow, Conversations, Filter,
};
use crate::documents::{DocumentQuery, DocumentRow, Documents, version_place};
use crate::error::QueryError;
use crate::fold::ReadModel;
use crate::page::{Page, Question};
use crate::past::{Asked, fold_streams, read_stream};
use crate::people::People;
use crate::runtime::ReadModels;
use crate::store::{MemoryStore, Stored, Walk};
use crate::table::{Stretch, Table};
use crate::templates::{TemplateQuery, TemplateRow, Templates};
use crate::transcripts::{MessageQuery, MessageRow, Transcripts};

/// The most conversations of one person that are looked at for one transcript.
const CONVERSATIONS_MAX: usize = 256;

/// The rows of all read models, now or at a position. Its methods read from disk: they block, for
/// milliseconds.
#[derive(Clone, Debug)]
pub struct Rows {
    models: ReadModels,
    as_of: Option<Position>,
}

impl ReadModels {
    /// The rows as they are.
    pub fn now(&self) -> Rows {
        Rows { models: self.clone(), as_of: None }
    }

    /// The rows as they stood when everything up to `position` had been recorded, and nothing
    /// after it. Turn a time into a position with `EventLog::position_at`.
    ///
    /// # Errors
    /// As [`ReadModels::at_least`]: the live rows must have come that far.
    pub async fn as_of(&self, position: Position, patience: Duration) -> Result<Rows, QueryError> {
        self.at_least(position, patience).await?;
        Ok(Rows { models: self.clone(), as_of: Some(position) })
    }
}

impl People for Rows {
    fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        self.one(&self.models.contacts()?, workspace, id.0)
    }
}

impl Rows {
    /// The position at which history is cut; none for now.
    pub const fn position(&self) -> Option<Position> {
        self.as_of
    }

    /// All ids that stand for the same person as this one ([`People::one_person`]).
    pub fn one_person(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Vec<ContactId>, QueryError> {
        People::one_person(self, workspace, id)
    }

    /// The read models behind it.
    pub const fn models(&self) -> &ReadModels {
        &self.models
    }

    /// One conversation.
    pub fn conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Option<Stored<ConversationRow>>, QueryError> {
        self.one(&self.models.conversations()?, workspace, id.0)
    }

    /// A page of conversations.
    ///
    /// # Errors
    /// [`QueryError::NotAsOf`] for a list by activity at a position.
    pub fn conversations(
        &self,
        query: &ConversationQuery,
    ) -> Result<Page<Stored<ConversationRow>>, QueryError> {
        let table = self.models.conversations()?;
        let Some(cut) = self.as_of else { return table.conversations(query) };
        if matches!(query.order, ConversationOrder::Activity | ConversationOrder::Waiting) {
            return Err(QueryError::NotAsOf {
                what: "conversations",
                parameter: "order",
                allowed: &["newest", "oldest"],
            });
        }
        let asked = Asked {
            workspace: query.workspace,
            question: query.question(Some(cut.0)),
            page: query.page.as_deref(),
            walk: query.order.walk(),
            limit: query.limit,
        };
        let filter = Filter::of(query);
        let stretch = |after: Option<&[u8]>, limit, had_begun: &dyn Fn(&_) -> bool| {
            // What never changes can be filtered before a row is folded, the rest after.
            let keep = |row: &_| filter.passes_for_ever(row) && had_begun(row);
            table.stretch(query, after, limit, keep)
        };
        self.by_creation::<Conversations>(&asked, stretch, |row| filter.passes(row))
    }

    /// A page of contacts, by creation.
    pub fn contacts(&self, query: &ContactQuery) -> Result<Page<Stored<ContactRow>>, QueryError> {
        let table = self.models.contacts()?;
        let Some(cut) = self.as_of else { return table.contacts(query) };
        let asked = Asked {
            workspace: query.workspace,
            question: query.question(Some(cut.0)),
            page: query.page.as_deref(),
            walk: query.walk(),
            limit: query.limit,
        };
        let stretch = |after: Option<&[u8]>, limit, had_begun: &dyn Fn(&_) -> bool| {
            table.stretch(query, after, limit, had_begun)
        };
        self.by_creation::<Contacts>(&asked, stretch, |_| true)
    }

    /// One document, also one that was removed.
    pub fn document(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
    ) -> Result<Option<Stored<DocumentRow>>, QueryError> {
        self.one(&self.models.documents()?, workspace, id.0)
    }

    /// A page of documents, by creation.
    pub fn documents(
        &self,
        query: &DocumentQuery,
    ) -> Result<Page<Stored<DocumentRow>>, QueryError> {
        let table = self.models.documents()?;
        let asked = Asked {
            workspace: query.workspace,
            question: query.question(self.as_of.map(|cut| cut.0)),
            page: query.page.as_deref(),
            walk: query.walk(),
            limit: query.limit,
        };
        let stretch = |after: Option<&[u8]>, limit, had_begun: &dyn Fn(&_) -> bool| {
            table.stretch(query, after, limit, had_begun)
        };
        self.by_creation::<Documents>(&asked, stretch, |row| query.passes(row))
    }

    /// One message template, also one that was deleted.
    pub fn template(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
    ) -> Result<Option<Stored<TemplateRow>>, QueryError> {
        self.one(&self.models.templates()?, workspace, id.0)
    }

    /// A page of message templates, the one heard of last first.
    pub fn templates(
        &self,
        query: &TemplateQuery,
    ) -> Result<Page<Stored<TemplateRow>>, QueryError> {
        let table = self.models.templates()?;
        let asked = Asked {
            workspace: query.workspace,
            question: query.question(self.as_of.map(|cut| cut.0)),
            page: query.page.as_deref(),
            walk: Walk::Backward,
            limit: query.limit,
        };
        let stretch = |after: Option<&[u8]>, limit, had_begun: &dyn Fn(&_) -> bool| {
            table.stretch(query.workspace, after, limit, had_begun)
        };
        self.by_creation::<Templates>(&asked, stretch, |row| query.passes(row))
    }

    /// The versions of a document, the newest first, up to the cut. Each is as it was recorded.
    pub fn document_versions(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<DocumentRow>, QueryError> {
        let stream = Stream::new(workspace, StreamKind::Document, id.0);
        let cut = self.as_of.unwrap_or_else(|| self.models.log().head());
        let mut records = Vec::new();
        read_stream(&**self.models.log(), &stream, cut, &mut records)?;
        let question =
            Question::new("document versions", &[id.0.as_bytes(), &cut_bytes(self.as_of)]);
        let after = page.map(|token| question.place(token)).transpose()?;
        let (mut row, mut versions) = (DocumentRow::default(), Vec::new());
        for record in &records {
            let before = row.version.as_ref().map(|version| version.number);
            // An event that the fold refuses changes nothing.
            Documents::fold(&mut row, &Recorded::read(record)?).ok();
            if let Some(number) = row.version.as_ref().map(|version| version.number)
                && Some(number) != before
            {
                versions.push((version_place(number), row.clone()));
            }
        }
        versions.reverse();
        versions.retain(|(place, _)| after.as_ref().is_none_or(|after| place < after));
        let more = versions.len() > limit;
        versions.truncate(limit);
        let next = versions.last().filter(|_| more).map(|(place, _)| question.token(place));
        Ok(Page { items: versions.into_iter().map(|(_, row)| row).collect(), next })
    }

    /// A page of messages.
    pub fn messages(&self, query: &MessageQuery) -> Result<Page<Stored<MessageRow>>, QueryError> {
        let question = query.question(self.as_of.map(|cut| cut.0));
        self.transcript(query.workspace, query.conversation)?.messages_for(query, &question)
    }

    /// One message.
    pub fn message(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        id: convolog_domain::MessageId,
    ) -> Result<Option<Stored<MessageRow>>, QueryError> {
        self.transcript(workspace, conversation)?.message(workspace, conversation, id)
    }

    /// The messages of a conversation, live or folded up to the cut.
    pub(crate) fn transcript(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Table<Transcripts>, QueryError> {
        match self.folded_transcript(workspace, id)? {
            Some(then) => Ok(then),
            None => self.models.transcripts(),
        }
    }

    /// A transcript folded from its streams up to the cut; none if the live one is asked for.
    fn folded_transcript(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Option<Table<Transcripts>>, QueryError> {
        let Some(cut) = self.as_of else { return Ok(None) };
        let store = Arc::new(MemoryStore::default());
        let stream = |id: ConversationId| Stream::new(workspace, StreamKind::Conversation, id.0);
        let streams: Vec<_> = self.same_person(workspace, id)?.into_iter().map(stream).collect();
        fold_streams::<Transcripts>(&**self.models.log(), &streams, cut, &store)?;
        Ok(Some(Table::new(store)))
    }

    /// The conversation and the others of the same person: what is said about a message may have
    /// come in through another one.
    fn same_person(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Vec<ConversationId>, QueryError> {
        let mut ids = vec![id];
        let Some(opened) = self.conversation(workspace, id)?.and_then(|c| c.row.opened) else {
            return Ok(ids);
        };
        let contacts = self.one_person(workspace, opened.contact)?;
        if contacts.len() > 1 {
            let query = ConversationQuery {
                contacts,
                order: ConversationOrder::Oldest,
                deleted: None,
                limit: CONVERSATIONS_MAX,
                ..ConversationQuery::of(workspace)
            };
            let others = self.models.conversations()?.conversations(&query)?;
            ids.extend(others.items.iter().map(|c| c.row.id).filter(|other| *other != id));
        }
        Ok(ids)
    }

    /// The acts of a conversation, beyond a place in the order shown. An act never changes: it
    /// stood at a position if it came before it.
    pub(crate) fn acts(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
        (after, walk, limit): (Option<&[u8]>, Walk, usize),
    ) -> Result<Stretch<ActRow>, QueryError> {
        let cut = self.as_of;
        let stood = |row: &ActRow| cut.is_none_or(|cut| row.position <= cut);
        self.models.acts()?.acts(workspace, id, (after, walk, limit), stood)
    }

    /// What became of what a contact wants to be sent, beyond a place in the order shown.
    pub(crate) fn preferences(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
        (after, walk, limit): (Option<&[u8]>, Walk, usize),
    ) -> Result<Stretch<ActRow>, QueryError> {
        let cut = self.as_of;
        let stood = |row: &ActRow| cut.is_none_or(|cut| row.position <= cut);
        self.models.acts()?.preferences(workspace, id, (after, walk, limit), stood)
    }
}

/// The cut as a part of a question.
fn cut_bytes(cut: Option<Position>) -> [u8; 8] {
    cut.map_or([0xff; 8], |cut| cut.0.to_be_bytes())
}
