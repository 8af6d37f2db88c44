//! An operator's act as people read it.

use convolog_domain::conversation::Event as Said;
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
    /// The text was erased: nobody can read it any more.
    pub erased: bool,
    /// The text cannot be opened, though it was not erased.
    pub unreadable: bool,
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
