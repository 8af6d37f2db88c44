//! One conversation folded from its own streams, with no read model at hand.
//!
//! For auditors, who trust the log alone: same folds, same views as the live read models, but
//! nothing is read from their stores. Reads the streams of one person, never the whole log.

use std::sync::Arc;

use convolog_domain::{
    ClaimKey, ContactId, ConversationId, StreamKind, WorkspaceId, conversation::Conversation,
};
use convolog_engine::{Engine, EngineError, Stream};
use convolog_log::Position;

use crate::acts::Acts;
use crate::contacts::{ContactRow, Contacts, Erased};
use crate::conversations::Conversations;
use crate::error::QueryError;
use crate::fold::ReadModel;
use crate::past::fold_streams;
use crate::people::People;
use crate::store::{MemoryStore, Stored, Walk};
use crate::table::Table;
use crate::transcripts::{MessageQuery, Transcripts};
use crate::view::{ActView, Contents, ConversationView, MessageView};

/// Acts read at a time.
const ACTS_AT_ONCE: usize = 1_000;

/// One conversation as it stood at a position.
#[derive(Clone, PartialEq, Debug)]
pub struct Reconstruction {
    /// The conversation.
    pub conversation: ConversationView,
    /// Its messages, in the order shown.
    pub messages: Vec<MessageView>,
    /// What operators did with it, in the order shown.
    pub acts: Vec<ActView>,
    /// When the contact's data was erased, also if that was after the cut.
    pub erased: Option<Erased>,
    /// The streams that it was folded from: its own first, then those of other conversations of
    /// the same person on the same channel, which may speak of its messages.
    pub streams: Vec<Stream>,
}

/// Why a conversation could not be reconstructed.
#[derive(Debug, thiserror::Error)]
pub enum ReconstructError {
    /// A fold or a view failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The engine could not load what leads to the streams.
    #[error("the streams of the conversation could not be found")]
    Engine(#[from] EngineError),
}

/// The conversation as it stood when everything up to `cut` had been recorded; none if this
/// workspace had no such conversation then. What was erased since is erased here too.
pub fn reconstruct(
    engine: &Engine,
    workspace: WorkspaceId,
    id: ConversationId,
    cut: Position,
) -> Result<Option<Reconstruction>, ReconstructError> {
    let then = Then { engine, workspace, cut };
    let stream = Stream::new(workspace, StreamKind::Conversation, id.0);
    let conversations = then.fold::<Conversations>(&[stream])?;
    let Some(row) = conversations.conversation(workspace, id)? else { return Ok(None) };
    let Some(opened) = row.row.opened else { return Ok(None) };
    let person = then.person(workspace, opened.contact)?;
    let mut streams = vec![stream];
    if let Some(person) = &person {
        streams.extend(then.siblings(id, &then.one_person(workspace, person.row.id)?)?);
    }
    let log = &**engine.log();
    let contents = Contents { log, disclose: engine };
    let view = ConversationView::of(contents, &row, person.as_ref().map(|person| &person.row))?;
    let Some(conversation) = view else { return Ok(None) };
    let today = Then { engine, workspace, cut: log.head() };
    let erased = today.standing(workspace, opened.contact)?.and_then(|person| person.row.erased);
    let acts = then.acts(contents, id)?;
    let query = MessageQuery { limit: usize::MAX, ..MessageQuery::of(workspace, id) };
    let mut messages = Vec::new();
    let transcript = then.fold::<Transcripts>(&streams)?;
    let mut page = transcript.messages(&query)?;
    loop {
        for stored in &page.items {
            messages.extend(MessageView::of(contents, &stored.row)?);
        }
        if page.next.is_none() {
            return Ok(Some(Reconstruction { conversation, messages, acts, erased, streams }));
        }
        page = transcript.messages(&MessageQuery { page: page.next, ..query.clone() })?;
    }
}

/// History up to a position.
struct Then<'e> {
    engine: &'e Engine,
    workspace: WorkspaceId,
    cut: Position,
}

impl People for Then<'_> {
    fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let stream = Stream::new(workspace, StreamKind::Contact, id.0);
        self.fold::<Contacts>(&[stream])?.contact(workspace, id)
    }
}

impl Then<'_> {
    fn fold<M: ReadModel>(&self, streams: &[Stream]) -> Result<Table<M>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        fold_streams::<M>(&**self.engine.log(), streams, self.cut, &store)?;
        Ok(Table::new(store))
    }

    fn acts(&self, contents: Contents<'_>, id: ConversationId) -> Result<Vec<ActView>, QueryError> {
        let stream = Stream::new(self.workspace, StreamKind::Conversation, id.0);
        let (table, mut acts, mut after) = (self.fold::<Acts>(&[stream])?, Vec::new(), None);
        loop {
            let asked = (after.as_deref(), Walk::Forward, ACTS_AT_ONCE);
            let found = table.acts(self.workspace, id, asked, |_| true)?;
            for (_, act) in &found.rows {
                acts.extend(ActView::of(contents, &act.row)?);
            }
            after = found.next;
            if after.is_none() {
                return Ok(acts);
            }
        }
    }

    /// The conversations that these contacts have on the same channel, but for the one at hand.
    fn siblings(
        &self,
        id: ConversationId,
        contacts: &[ContactId],
    ) -> Result<Vec<Stream>, ReconstructError> {
        let loaded = self.engine.load::<Conversation>(self.workspace, id.0)?;
        let Some(opened) = &loaded.state.opened else { return Ok(Vec::new()) };
        let mut streams = Vec::new();
        for contact in contacts {
            let key = ClaimKey::Conversation(opened.channel, *contact);
            let claim = self.engine.claim_hash(self.workspace, &key)?;
            let holder = self.engine.log().holder(&claim).map_err(QueryError::from)?;
            let stream = holder.and_then(|holder| Stream::from_key(holder.stream));
            streams.extend(stream.filter(|stream| stream.id != id.0));
        }
        Ok(streams)
    }
}
