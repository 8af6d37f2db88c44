//! Lists of documents, and finding one.

use convolog_domain::{AgentId, DocumentId, WorkspaceId};

use super::{BY_CREATION, DocumentRow, Documents};
use crate::error::QueryError;
use crate::page::Question;
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Stretch, Table};

/// Which documents are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// Only those that this agent may answer from: its own and those for every agent.
    pub agent: Option<AgentId>,
    /// The one added last first; else the one added first.
    pub newest_first: bool,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl DocumentQuery {
    /// All documents of a workspace, newest first.
    pub const fn of(workspace: WorkspaceId) -> Self {
        let limit = crate::page::DEFAULT_LIMIT;
        Self { workspace, agent: None, newest_first: true, page: None, limit }
    }

    /// Whether a row is wanted.
    pub(crate) fn passes(&self, row: &DocumentRow) -> bool {
        row.standing().is_some_and(|version| {
            self.agent.is_none() || version.agent.is_none() || version.agent == self.agent
        })
    }

    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        let as_of = as_of.map(u64::to_be_bytes).unwrap_or_default();
        let agent = self.agent.map(|agent| *agent.0.as_bytes()).unwrap_or_default();
        let workspace = self.workspace.0.as_bytes();
        let order = [u8::from(self.newest_first)];
        Question::new("documents", &[workspace, &agent, &order, &as_of])
    }

    pub(crate) const fn walk(&self) -> Walk {
        if self.newest_first { Walk::Backward } else { Walk::Forward }
    }
}

/// Where a version stands in the list of versions.
pub(crate) fn version_place(number: u32) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

impl Table<Documents> {
    /// One document, also one that was removed.
    pub fn document(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
    ) -> Result<Option<Stored<DocumentRow>>, QueryError> {
        self.one(workspace, id.0)
    }

    /// Part of the list by creation, beyond a place in its order.
    pub(crate) fn stretch(
        &self,
        query: &DocumentQuery,
        after: Option<&[u8]>,
        limit: usize,
        keep: impl Fn(&DocumentRow) -> bool,
    ) -> Result<Stretch<DocumentRow>, QueryError> {
        let prefix = Key::of(BY_CREATION).uuid(query.workspace.0).done();
        Ok(self.list(&prefix, after, query.walk(), limit, keep)?)
    }
}
