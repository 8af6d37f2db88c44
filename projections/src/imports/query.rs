//! Lists of jobs, and finding one.

use convolog_domain::{ImportId, WorkspaceId};

use super::{BY_CREATION, ImportRow, Imports, UNFINISHED};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::Table;

/// Which jobs are wanted: the newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

/// Jobs that wait or run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnfinishedImports {
    /// Whose, and which.
    pub imports: Vec<(WorkspaceId, ImportId)>,
    /// Where to go on, if there may be more.
    pub next: Option<Vec<u8>>,
}

impl Table<Imports> {
    /// One job.
    pub fn import(
        &self,
        workspace: WorkspaceId,
        id: ImportId,
    ) -> Result<Option<Stored<ImportRow>>, QueryError> {
        let stored = self.row(&ImportRow::key(workspace, id))?;
        Ok(stored.filter(|stored| stored.row.created.is_some()))
    }

    /// A page of jobs, the newest first.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn imports(&self, query: &ImportQuery) -> Result<Page<Stored<ImportRow>>, QueryError> {
        let question = Question::new("imports", &[query.workspace.0.as_bytes()]);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let prefix = Key::of(BY_CREATION).uuid(query.workspace.0).done();
        let found = self.list(&prefix, after.as_deref(), Walk::Backward, query.limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// Jobs of all workspaces that wait or run, beyond a place: for whoever carries them out. The place
    /// is where to go on, if there may be more.
    pub fn unfinished(
        &self,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<UnfinishedImports, QueryError> {
        let prefix = Key::of(UNFINISHED).done();
        let found = self.list(&prefix, after, Walk::Forward, limit, |_| true)?;
        let imports = found.rows.iter().map(|(_, stored)| (stored.row.workspace, stored.row.id));
        Ok(UnfinishedImports { imports: imports.collect(), next: found.next })
    }
}
