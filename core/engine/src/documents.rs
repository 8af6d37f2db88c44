//! Documents: the rules that need more than the document itself, and changing part of one. What is
//! not given stays as it is, sealed content included.

use convolog_domain::agent::Agent;
use convolog_domain::document::{
    AddDocument, Document, DocumentDraft, DocumentFormat, DocumentVersion, Event as Written,
    UpdateDocument,
};
use convolog_domain::{
    AgentId, Content, DocumentContent, DocumentId, Event, Refusal, RefusalCode, Sensitive,
    StreamKind, WorkspaceId,
};
use convolog_log::Mode;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::Require;
use crate::recorded::{Recorded, Stream};

/// Events of a document read at a time.
const STRETCH: usize = 256;

/// What is to change of a document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentChange {
    /// What people call it.
    pub title: Option<Sensitive>,
    /// What it says. Without a format it is written as before.
    pub content: Option<Sensitive>,
    /// How the content is written.
    pub format: Option<DocumentFormat>,
    /// The language; given as none, it is worked out from the text.
    pub language: Option<Option<String>>,
    /// The agent that alone may answer from it; given as none, every agent may.
    pub agent: Option<Option<AgentId>>,
}

/// A version of a document, its content opened.
struct Standing {
    /// Where the stream stood.
    stream_version: u64,
    version: DocumentVersion,
    content: Box<DocumentContent>,
}

impl Engine {
    /// Adds a document.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if it is for an agent that does not exist, or as [`AddDocument`]
    /// refuses.
    pub async fn add_document(
        &self,
        caller: &Caller,
        id: DocumentId,
        command: AddDocument,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            self.agent_exists(caller.workspace, command.draft.agent)?;
            let (plan, events) = self.decide(caller, id.0, command.clone())?;
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// Gives a document a new version that differs from the last one as `change` says; none if it
    /// does not differ. The answer is worked out from the version that stands afterwards.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such document, or no such agent, or as
    /// [`UpdateDocument`] refuses.
    pub async fn change_document(
        &self,
        caller: &Caller,
        (document, change): (DocumentId, &DocumentChange),
        once: Option<&Once>,
        answer: impl Fn(&DocumentVersion, &DocumentDraft) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            self.agent_exists(caller.workspace, change.agent.flatten())?;
            let standing = self.standing_document(caller, document)?;
            let stream = Stream::new(caller.workspace, StreamKind::Document, document.0);
            let require = Require::StreamAt(stream, standing.stream_version);
            let before = standing.version.clone();
            let origin = standing.content.origin.clone();
            let (draft, same_words) = change.clone().onto(standing);
            let command = UpdateDocument {
                workspace: caller.workspace,
                draft: draft.clone(),
                same_words,
                origin,
            };
            let (mut plan, events) = self.decide(caller, document.0, command)?;
            // What was read of the version before must still be what it says.
            plan.requires.push(require);
            let version = events.into_iter().find_map(|event| match event {
                Event::Document(Written::DocumentUpdated(updated)) => Some(updated.version),
                _ => None,
            });
            Ok((plan, answer(&version.unwrap_or(before), &draft)))
        })
        .await
    }

    fn agent_exists(
        &self,
        workspace: WorkspaceId,
        agent: Option<AgentId>,
    ) -> Result<(), EngineError> {
        let Some(agent) = agent else { return Ok(()) };
        if self.load::<Agent>(workspace, agent.0)?.state.newest().is_none() {
            let detail = "names an agent that this workspace does not have";
            return Err(Refusal::field("agent_id", detail).into());
        }
        Ok(())
    }

    /// The newest event of a document.
    pub(crate) fn newest_of_document(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Option<Recorded>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::Document, document.0).key();
        let (mut after, mut newest) = (0, None);
        loop {
            let records = self.log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { break };
            after = last.header.version;
            newest = records.into_iter().next_back();
        }
        Ok(newest.as_ref().map(Recorded::read).transpose()?)
    }

    /// The version that a change starts from.
    fn standing_document(
        &self,
        caller: &Caller,
        document: DocumentId,
    ) -> Result<Standing, EngineError> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such document");
        let loaded = self.load::<Document>(caller.workspace, document.0)?;
        if loaded.state.latest.is_none() || loaded.state.removed {
            return Err(missing().into());
        }
        let event = self.newest_of_document(caller.workspace, document)?.ok_or_else(missing)?;
        may_be_changed(caller, &event)?;
        let version = match &event.event {
            Event::Document(Written::DocumentAdded(added)) => added.version.clone(),
            Event::Document(Written::DocumentUpdated(updated)) => updated.version.clone(),
            _ => return Err(missing().into()),
        };
        let content = self.open(&event).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Document(content)) => Some(content),
            _ => None,
        });
        let content = content.ok_or_else(|| {
            let detail = "the version before cannot be opened; give title and content anew";
            Refusal::new(RefusalCode::NotAllowedNow, detail)
        })?;
        Ok(Standing { stream_version: event.version, version, content })
    }
}

/// Whether a key may change a document: one of the sandbox changes nothing that people are told.
pub(crate) fn may_be_changed(caller: &Caller, newest: &Recorded) -> Result<(), Refusal> {
    match newest.mode {
        Mode::Live => caller.reaching("agents tell people what this document says"),
        Mode::Test => Ok(()),
    }
}

impl DocumentChange {
    /// The whole version that comes of it, and whether its words are those of the one before.
    fn onto(self, standing: Standing) -> (DocumentDraft, bool) {
        let Standing { stream_version: _, version, content } = standing;
        let DocumentContent { title, source, text: _, passages: _, origin: _ } = *content;
        // A language that was worked out is worked out again.
        let given = version.language.filter(|_| !version.language_detected);
        let same_title =
            self.title.as_ref().is_none_or(|new| new.expose().trim() == title.expose());
        let same_words = same_title && self.content.as_ref().is_none_or(|new| *new == source);
        let draft = DocumentDraft {
            title: self.title.unwrap_or(title),
            content: self.content.unwrap_or(source),
            format: self.format.unwrap_or(version.format),
            language: self.language.unwrap_or(given),
            agent: self.agent.unwrap_or(version.agent),
        };
        (draft, same_words)
    }
}
