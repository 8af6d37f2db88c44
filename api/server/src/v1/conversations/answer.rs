//! How a conversation stands after an operator's act: the answer to every act.

use convolog_domain::conversation::{Conversation, Event as Said, State};
use convolog_domain::{Aggregate, Event};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// How a conversation stands after an act.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ActedOn {
    /// Which conversation.
    pub(crate) id: Uuid,
    /// Whether something changed; false if it was so already.
    changed: bool,
    /// `open` or `closed`.
    status: &'static str,
    /// Who has it.
    assignee_id: Option<Uuid>,
    /// Its tags.
    tags: Vec<String>,
    /// Whether it is deleted.
    deleted: bool,
    /// The note that was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    note_id: Option<Uuid>,
}

impl ActedOn {
    /// From how it stood before, and what happened.
    pub(super) fn of(id: Uuid, before: &State, events: &[Event]) -> Self {
        let (mut state, mut note_id) = (before.clone(), None);
        for event in events {
            if let Event::Conversation(said) = event {
                Conversation::evolve(&mut state, said);
                if let Said::NoteAdded(added) = said {
                    note_id = Some(added.note);
                }
            }
        }
        Self {
            id,
            changed: !events.is_empty(),
            status: if state.closed { "closed" } else { "open" },
            assignee_id: state.assignee.map(|person| person.0),
            tags: state.tags.into_iter().collect(),
            deleted: state.deleted,
            note_id,
        }
    }
}
