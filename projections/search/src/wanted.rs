//! What can be asked, and what is found.

use convolog_domain::conversation::Direction;
use convolog_domain::{
    AgentId, ChannelId, ContactId, ConversationId, DocumentId, LeadId, MessageId,
};
use convolog_log::Position;

use crate::query::Snippet;

/// What was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Answers<T> {
    /// The best first.
    pub hits: Vec<T>,
    /// What of the question was left out, or taken otherwise than it was written.
    pub left_out: Vec<&'static str>,
}

/// Among which passages of a workspace it is looked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PassageScope {
    /// Only what this agent may answer from: its own documents and those for every agent.
    pub agent: Option<AgentId>,
    /// With an agent: also what was added in the sandbox.
    pub sandbox: bool,
    /// Only of these documents.
    pub documents: Option<Vec<DocumentId>>,
    /// Only in this language; empty: only where it is not known.
    pub language: Option<String>,
}

/// Which passages are wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PassageSearch {
    /// What was typed.
    pub text: String,
    /// Among which.
    pub scope: PassageScope,
    /// How many.
    pub limit: usize,
}

/// In how many passages words stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassageCounts {
    /// Passages there are.
    pub passages: u64,
    /// Of these, how many hold any of the words that were asked for together.
    pub holding: Vec<u64>,
}

/// A passage that answers.
#[derive(Clone, PartialEq)]
pub struct PassageHit {
    /// The document.
    pub document: DocumentId,
    /// The number of its version.
    pub version: u32,
    /// The event that holds the version.
    pub position: Position,
    /// The number of the passage, from 1.
    pub number: u32,
    /// What people call the document.
    pub title: String,
    /// The headings above the passage, the outermost first.
    pub headings: Vec<String>,
    /// The passage.
    pub text: String,
    /// Its first byte in the text of the document.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// The language, if it is known.
    pub language: Option<String>,
    /// The agent that alone may answer from it.
    pub agent: Option<AgentId>,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
    /// A piece of it that shows what was asked for.
    pub snippet: Snippet,
}

impl std::fmt::Debug for PassageHit {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (document, number) = (self.document, self.number);
        write!(f, "PassageHit({document}, {number}, {})", self.score)
    }
}

/// Which messages are wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MessageSearch {
    /// What was typed.
    pub text: String,
    /// Only of this conversation.
    pub conversation: Option<ConversationId>,
    /// Only on this channel.
    pub channel: Option<ChannelId>,
    /// Only with these contacts (one person who was merged is several); empty = all.
    pub contacts: Vec<ContactId>,
    /// Only what this side wrote.
    pub direction: Option<Direction>,
    /// Only what was said at this second (since 1970) or later.
    pub since: Option<i64>,
    /// Only what was said before this second.
    pub before: Option<i64>,
    /// How many.
    pub limit: usize,
}

/// A message that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct MessageHit {
    /// The message.
    pub message: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}

/// Which people are wanted, by their names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameSearch {
    /// What was typed. The last word may be unfinished.
    pub text: String,
    /// How many.
    pub limit: usize,
}

/// A contact that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct ContactHit {
    /// The contact, as it was created; it may have been merged into another since.
    pub contact: ContactId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}

/// A lead that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct LeadHit {
    /// The lead, as it was opened; it may have been merged into another since.
    pub lead: LeadId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}
