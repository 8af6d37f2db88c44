//! Rows as they are, or as they stood at a position: one door for both.
//!
//! At a position, a single thing is folded again from its own stream, with the same folds, into a
//! store in memory; lists are exact by creation. Nothing here reads what is sealed.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ContactId, ConversationId, DocumentId, StreamKind, TemplateId, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_log::{EventLog, Position, Record};

use crate::acts::ActRow;
use crate::batch::Batch;
use crate::contacts::{ContactQuery, ContactRow, Contacts};
use crate::conversations::{
    ConversationOrder, ConversationQuery, ConversationRow, Conversations, Filter, place_at,
};
use crate::documents::{DocumentQuery, DocumentRow, Documents, version_place};
use crate::error::QueryError;
use crate::fold::ReadModel;
use crate::overlay::Overlay;
use crate::page::{Page, Question};
use crate::parked::ParkedStreams;
use crate::people::People;
use crate::runtime::ReadModels;
use crate::store::{MemoryStore, Stored, Walk};
use crate::table::{Stretch, Table};
use crate::templates::{TemplateQuery, TemplateRow, Templates};
use crate::transcripts::{MessageQuery, MessageRow, Transcripts};

/// Events of a stream read at a time.
const STRETCH: usize = 1_024;

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
    /// after it. Turn a time into a position with [`EventLog::position_at`].
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
        let live = self.models.contacts()?.contact(workspace, id)?;
        match (live, self.as_of) {
            (Some(live), Some(cut)) if live.position > cut => self.fold_contact(workspace, id, cut),
            (live, _) => Ok(live),
        }
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
        let live = self.models.conversations()?.conversation(workspace, id)?;
        match (live, self.as_of) {
            (Some(live), Some(cut)) if live.position > cut => {
                self.fold_conversation(workspace, id, cut)
            }
            (live, _) => Ok(live),
        }
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
        if query.order == ConversationOrder::Activity {
            return Err(QueryError::NotAsOf {
                what: "conversations",
                parameter: "order",
                allowed: &["newest", "oldest"],
            });
        }
        let question = query.question(Some(cut.0));
        let filter = Filter::of(query);
        let asked = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let mut after = asked.or_else(|| start(query.order.walk(), cut));
        let mut items = Vec::new();
        // What never changes can be filtered before a row is folded, the rest after.
        let existed = |row: &ConversationRow| {
            filter.passes_for_ever(row) && row.opened.is_some_and(|opened| opened.position <= cut)
        };
        loop {
            let wanted = query.limit.saturating_sub(items.len());
            let found = table.stretch(query, after.as_deref(), wanted, existed)?;
            for (_, live) in found.rows {
                let then = if live.position <= cut {
                    Some(live)
                } else {
                    self.fold_conversation(query.workspace, live.row.id, cut)?
                };
                items.extend(then.filter(|then| filter.passes(&then.row)));
            }
            after = found
                .next
                .filter(|place| query.order.walk() == Walk::Backward || *place <= place_at(cut.0));
            if items.len() >= query.limit || after.is_none() {
                let next = after.map(|place| question.token(&place));
                return Ok(Page { items, next });
            }
        }
    }

    /// A page of contacts, by creation.
    pub fn contacts(&self, query: &ContactQuery) -> Result<Page<Stored<ContactRow>>, QueryError> {
        let table = self.models.contacts()?;
        let Some(cut) = self.as_of else { return table.contacts(query) };
        let question = query.question(Some(cut.0));
        let asked = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let after = asked.or_else(|| start(query.walk(), cut));
        let found = table.stretch(query, after.as_deref(), query.limit)?;
        let mut items = Vec::new();
        let mut next = found.next.map(|place| question.token(&place));
        for (_, live) in found.rows {
            if live.row.created.is_none_or(|(position, _)| position > cut) {
                // Oldest first: everything from here on came later.
                next = None;
                break;
            }
            if live.position <= cut {
                items.push(live);
            } else {
                items.extend(self.fold_contact(query.workspace, live.row.id, cut)?);
            }
        }
        Ok(Page { items, next })
    }

    /// One document, also one that was removed.
    pub fn document(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
    ) -> Result<Option<Stored<DocumentRow>>, QueryError> {
        let live = self.models.documents()?.document(workspace, id)?;
        match (live, self.as_of) {
            (Some(live), Some(cut)) if live.position > cut => {
                self.fold_document(workspace, id, cut)
            }
            (live, _) => Ok(live),
        }
    }

    /// A page of documents, by creation.
    pub fn documents(
        &self,
        query: &DocumentQuery,
    ) -> Result<Page<Stored<DocumentRow>>, QueryError> {
        let table = self.models.documents()?;
        let question = query.question(self.as_of.map(|cut| cut.0));
        let asked = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let mut after = asked.or_else(|| self.as_of.and_then(|cut| start(query.walk(), cut)));
        let existed = |row: &DocumentRow| match (self.as_of, row.created) {
            (Some(cut), Some((position, _))) => position <= cut,
            (_, created) => created.is_some() && query.passes(row),
        };
        let mut items = Vec::new();
        loop {
            let wanted = query.limit.saturating_sub(items.len());
            let found = table.stretch(query, after.as_deref(), wanted, existed)?;
            for (_, live) in found.rows {
                let then = match self.as_of {
                    Some(cut) if live.position > cut => {
                        self.fold_document(query.workspace, live.row.id, cut)?
                    }
                    _ => Some(live),
                };
                items.extend(then.filter(|then| query.passes(&then.row)));
            }
            after = found.next;
            if items.len() >= query.limit || after.is_none() {
                return Ok(Page { items, next: after.map(|place| question.token(&place)) });
            }
        }
    }

    /// One message template, also one that was deleted.
    pub fn template(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
    ) -> Result<Option<Stored<TemplateRow>>, QueryError> {
        let live = self.models.templates()?.template(workspace, id)?;
        match (live, self.as_of) {
            (Some(live), Some(cut)) if live.position > cut => {
                self.fold_template(workspace, id, cut)
            }
            (live, _) => Ok(live),
        }
    }

    /// A page of message templates, the one heard of last first.
    pub fn templates(
        &self,
        query: &TemplateQuery,
    ) -> Result<Page<Stored<TemplateRow>>, QueryError> {
        let table = self.models.templates()?;
        let question = query.question(self.as_of.map(|cut| cut.0));
        let asked = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let mut after = asked.or_else(|| self.as_of.and_then(|cut| start(Walk::Backward, cut)));
        let existed = |row: &TemplateRow| match (self.as_of, row.created) {
            (Some(cut), Some((position, _))) => position <= cut,
            (_, created) => created.is_some() && query.passes(row),
        };
        let mut items = Vec::new();
        loop {
            let wanted = query.limit.saturating_sub(items.len());
            let found = table.stretch(query.workspace, after.as_deref(), wanted, existed)?;
            for (_, live) in found.rows {
                let then = match self.as_of {
                    Some(cut) if live.position > cut => {
                        self.fold_template(query.workspace, live.row.template(), cut)?
                    }
                    _ => Some(live),
                };
                items.extend(then.filter(|then| query.passes(&then.row)));
            }
            after = found.next;
            if items.len() >= query.limit || after.is_none() {
                return Ok(Page { items, next: after.map(|place| question.token(&place)) });
            }
        }
    }

    fn fold_template(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
        cut: Position,
    ) -> Result<Option<Stored<TemplateRow>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Template, id.0);
        fold_streams::<Templates>(&**self.models.log(), &[stream], cut, &store)?;
        Table::<Templates>::new(store).template(workspace, id)
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

    fn fold_conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
        cut: Position,
    ) -> Result<Option<Stored<ConversationRow>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Conversation, id.0);
        fold_streams::<Conversations>(&**self.models.log(), &[stream], cut, &store)?;
        Table::<Conversations>::new(store).conversation(workspace, id)
    }

    fn fold_document(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
        cut: Position,
    ) -> Result<Option<Stored<DocumentRow>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Document, id.0);
        fold_streams::<Documents>(&**self.models.log(), &[stream], cut, &store)?;
        Table::<Documents>::new(store).document(workspace, id)
    }

    fn fold_contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
        cut: Position,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Contact, id.0);
        fold_streams::<Contacts>(&**self.models.log(), &[stream], cut, &store)?;
        Table::<Contacts>::new(store).contact(workspace, id)
    }
}

/// The cut as a part of a question.
fn cut_bytes(cut: Option<Position>) -> [u8; 8] {
    cut.map_or([0xff; 8], |cut| cut.0.to_be_bytes())
}

/// Where a list by creation starts that ends at the cut.
pub(crate) fn start(walk: Walk, cut: Position) -> Option<Vec<u8>> {
    (walk == Walk::Backward).then(|| place_at(cut.next().0))
}

/// Folds streams up to a position, in the order of the log.
pub(crate) fn fold_streams<M: ReadModel>(
    log: &dyn EventLog,
    streams: &[Stream],
    cut: Position,
    store: &MemoryStore,
) -> Result<(), QueryError> {
    let mut records = Vec::new();
    for stream in streams {
        read_stream(log, stream, cut, &mut records)?;
    }
    records.sort_by_key(|record| record.header.position);
    let (mut overlay, mut parked) = (Overlay::<M>::default(), ParkedStreams::default());
    for stretch in records.chunks(STRETCH) {
        overlay.apply(&Batch::of(stretch)?, store, &mut parked)?;
    }
    Ok(())
}

fn read_stream(
    log: &dyn EventLog,
    stream: &Stream,
    cut: Position,
    records: &mut Vec<Record>,
) -> Result<(), QueryError> {
    let mut after = 0;
    loop {
        let mut found = log.read_stream(&stream.key(), after, STRETCH)?;
        let read = found.len();
        found.retain(|record| record.header.position <= cut);
        let beyond = found.len() < read;
        after = found.last().map_or(after, |record| record.header.version);
        records.append(&mut found);
        if beyond || read < STRETCH {
            return Ok(());
        }
    }
}
