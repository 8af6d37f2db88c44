//! What is asked: a customer's newest words, what was said before, who is to answer, and by whose
//! means.

use convolog_domain::agent::AgentSettings;
use convolog_domain::{AgentId, DocumentId, Sensitive, WorkspaceId};
use convolog_search::PassageScope;

use crate::external::ProviderChoice;

/// What is to be answered.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Whose customer asks. Nothing of another workspace is ever looked at.
    pub workspace: WorkspaceId,
    /// Whether it is asked in the sandbox, by nobody real.
    pub sandbox: bool,
    /// Who answers.
    pub agent: Agent,
    /// What was said lately, the oldest first, without what is asked now.
    pub turns: Vec<Turn>,
    /// The customer's newest messages, one a line.
    pub asked: Sensitive,
    /// Whose means are used first. The built-in ones stand behind every other.
    pub provider: ProviderChoice,
}

/// The version of an agent that answers.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Which agent.
    pub id: AgentId,
    /// Which version of it.
    pub version: u32,
    /// What that version is set to.
    pub settings: AgentSettings,
    /// What it is told about its work; may be empty. Only models read it.
    pub instructions: Sensitive,
}

impl Agent {
    /// What it may answer from, in the sandbox or to somebody real.
    pub fn scope(&self, sandbox: bool) -> PassageScope {
        let documents = self.settings.documents.as_ref();
        PassageScope {
            agent: Some(self.id),
            sandbox,
            documents: documents.map(|ids| ids.iter().copied().map(DocumentId).collect()),
            language: None,
        }
    }
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// By whom.
    pub by: Speaker,
    /// What.
    pub text: Sensitive,
}

/// Who said something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// An agent.
    Agent,
    /// A person of the business.
    Operator,
}
