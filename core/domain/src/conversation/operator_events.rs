//! What operators did with a conversation. Each event carries the value before and the value after,
//! so that a counter needs no second row.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{MessageId, PersonId};

/// Somebody took a conversation that nobody had.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationClaimed {
    /// Who has it now.
    pub assignee: PersonId,
}

/// A conversation was given to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationAssigned {
    /// Who had it before.
    pub old_assignee: Option<PersonId>,
    /// Who has it now.
    pub assignee: PersonId,
}

/// Nobody has the conversation any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationReleased {
    /// Who had it before.
    pub old_assignee: PersonId,
}

/// The conversation is done, until somebody says something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationClosed {
    /// Who has it.
    pub assignee: Option<PersonId>,
}

/// A closed conversation goes on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationReopened {
    /// Who has it.
    pub assignee: Option<PersonId>,
    /// The customer's message that reopened it; none if an operator did.
    pub message: Option<MessageId>,
}

/// Tags were added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationTagged {
    /// All tags before.
    pub old_tags: Vec<String>,
    /// All tags now.
    pub tags: Vec<String>,
}

/// Tags were taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationUntagged {
    /// All tags before.
    pub old_tags: Vec<String>,
    /// All tags now.
    pub tags: Vec<String>,
}

/// Somebody wrote a note for the staff. Sealed: its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NoteAdded {
    /// The note's own id.
    pub note: Uuid,
}

/// The conversation got a title, another one, or none. Sealed: the title.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationTitled {
    /// It has none any more.
    pub cleared: bool,
}

/// The conversation was taken out of the lists. What was said stays in history.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationDeleted {
    /// Whether it was closed.
    pub closed: bool,
}

/// The conversation is in the lists again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationRestored {
    /// Whether it is closed.
    pub closed: bool,
    /// The customer's message that brought it back; none if an operator did.
    pub message: Option<MessageId>,
}
