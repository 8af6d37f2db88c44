//! An operator's act as people read it.

use convolog_domain::conversation::{AgentReplied, Event as Said, PassageUsed};
use convolog_domain::{Actor, ActorKind, Event, PersonId, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::actor::ActorView;
use super::content::{Contents, Seen};
use super::time::Time;
use crate::acts::ActRow;
use crate::error::QueryError;

/// What somebody did with a conversation.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActView {
    /// The event's id.
    pub id: Uuid,
    /// What happened: the type of the event, such as `conversation_closed`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When.
    pub at: Time,
    /// Where it stands in the log.
    pub position: u64,
    /// Who acted.
    pub actor: ActorView,
    /// The name of the person who acted, or for whom a key did.
    pub actor_name: Option<String>,
    /// Who has the conversation after it.
    pub assignee: Option<StaffView>,
    /// Who had it before.
    pub old_assignee: Option<StaffView>,
    /// All its tags after it.
    pub tags: Option<Vec<String>>,
    /// All its tags before.
    pub old_tags: Option<Vec<String>>,
    /// The text of a note, the new title.
    pub text: Option<String>,
    /// The note's own id.
    pub note_id: Option<Uuid>,
    /// The customer's message that led to it.
    pub message_id: Option<Uuid>,
    /// Why a person is to answer, or was.
    pub reason: Option<String>,
    /// What an agent did about what the customer wrote, and how it came to that.
    pub reply: Option<AgentReplyView>,
    /// The text was erased: nobody can read it any more.
    pub erased: bool,
    /// The text cannot be opened, though it was not erased.
    pub unreadable: bool,
}

/// How an agent came to what it said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "AgentReply")]
pub struct AgentReplyView {
    /// Which agent.
    pub agent_id: Uuid,
    /// Which version of it.
    pub agent_version: u32,
    /// `answer`, `small_talk` or `handoff`.
    pub outcome: String,
    /// Whether an answer is certain to be one.
    pub sure: bool,
    /// What it said; none if it said nothing.
    pub message_id: Option<Uuid>,
    /// Where the answer stands.
    pub sources: Vec<SourceView>,
    /// Whose means were used.
    pub provider: String,
    /// The provider's name of the model.
    pub model: Option<String>,
    /// Tokens that a model read.
    pub input_tokens: u64,
    /// Tokens that a model wrote.
    pub output_tokens: u64,
    /// How long it took.
    pub milliseconds: u64,
}

/// A passage of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "AnswerSource")]
pub struct SourceView {
    /// Its document.
    pub document_id: Uuid,
    /// The version of the document.
    pub version: u32,
    /// The number of the passage, from 1.
    pub passage: u32,
}

impl From<&AgentReplied> for AgentReplyView {
    fn from(replied: &AgentReplied) -> Self {
        let source = |used: &PassageUsed| SourceView {
            document_id: used.document.0,
            version: used.version,
            passage: used.number,
        };
        Self {
            agent_id: replied.agent.0,
            agent_version: replied.version,
            outcome: replied.outcome.clone(),
            sure: replied.sure,
            message_id: replied.message.map(|message| message.0),
            sources: replied.sources.iter().map(source).collect(),
            provider: replied.provider.clone(),
            model: replied.model.clone(),
            input_tokens: replied.effort.input_tokens,
            output_tokens: replied.effort.output_tokens,
            milliseconds: replied.effort.milliseconds,
        }
    }
}

/// A member of the staff.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "StaffMember")]
pub struct StaffView {
    /// Their id.
    pub id: Uuid,
    /// Their name; none if it was erased.
    pub name: Option<String>,
}

impl std::fmt::Debug for ActView {
    /// Nothing that somebody wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ActView").field("position", &self.position).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for StaffView {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl StaffView {
    pub(crate) fn of(
        contents: Contents<'_>,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<Self, QueryError> {
        Ok(Self { id: person.0, name: contents.name_of(workspace, person)? })
    }
}

impl ActView {
    /// The view of a row; none if its event cannot be read.
    pub(crate) fn of(contents: Contents<'_>, row: &ActRow) -> Result<Option<Self>, QueryError> {
        let Some(event) = contents.event(row.position)? else { return Ok(None) };
        let Event::Conversation(said) = &event.event else { return Ok(None) };
        let mut view = Self::bare(contents, &event)?;
        let staff = |person: PersonId| StaffView::of(contents, row.workspace, person);
        let maybe = |person: Option<PersonId>| person.map(staff).transpose();
        match said {
            Said::AgentReplied(replied) => {
                view.message_id = Some(replied.answered.0);
                view.reply = Some(replied.into());
            }
            Said::HandoffTriggered(triggered) => view.reason = Some(triggered.reason.clone()),
            Said::HandoffResolved(resolved) => view.reason = Some(resolved.reason.clone()),
            Said::ConversationClaimed(claimed) => view.assignee = Some(staff(claimed.assignee)?),
            Said::ConversationAssigned(assigned) => {
                view.assignee = Some(staff(assigned.assignee)?);
                view.old_assignee = maybe(assigned.old_assignee)?;
            }
            Said::ConversationReleased(released) => {
                view.old_assignee = Some(staff(released.old_assignee)?);
            }
            Said::ConversationClosed(closed) => view.assignee = maybe(closed.assignee)?,
            Said::ConversationReopened(reopened) => {
                view.assignee = maybe(reopened.assignee)?;
                view.message_id = reopened.message.map(|message| message.0);
            }
            Said::ConversationTagged(tagged) => {
                view.tags = Some(tagged.tags.clone());
                view.old_tags = Some(tagged.old_tags.clone());
            }
            Said::ConversationUntagged(untagged) => {
                view.tags = Some(untagged.tags.clone());
                view.old_tags = Some(untagged.old_tags.clone());
            }
            Said::NoteAdded(note) => {
                view.note_id = Some(note.note);
                view.read(contents, &event);
            }
            Said::ConversationTitled(titled) if !titled.cleared => view.read(contents, &event),
            Said::ConversationRestored(restored) => {
                view.message_id = restored.message.map(|message| message.0);
            }
            _ => {}
        }
        Ok(Some(view))
    }

    fn bare(contents: Contents<'_>, event: &Recorded) -> Result<Self, QueryError> {
        let name = match acting(&event.actor) {
            Some(person) => contents.name_of(event.workspace(), person)?,
            None => None,
        };
        Ok(Self {
            id: event.event_id,
            kind: event.event.event_type().name,
            at: event.at.into(),
            position: event.position.0,
            actor: event.actor.into(),
            actor_name: name,
            assignee: None,
            old_assignee: None,
            tags: None,
            old_tags: None,
            text: None,
            note_id: None,
            message_id: None,
            reason: None,
            reply: None,
            erased: false,
            unreadable: false,
        })
    }

    fn read(&mut self, contents: Contents<'_>, event: &Recorded) {
        match contents.written(event) {
            Seen::Plain(note) => self.text = Some(note.text.0),
            Seen::Erased => self.erased = true,
            Seen::Unreadable => self.unreadable = true,
            Seen::Nothing => {}
        }
    }
}

/// The person who acted, or for whom somebody did.
fn acting(actor: &Actor) -> Option<PersonId> {
    let themselves = (actor.kind == ActorKind::Person).then_some(PersonId(actor.id));
    actor.on_behalf_of.or(themselves)
}
