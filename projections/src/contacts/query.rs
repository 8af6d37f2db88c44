//! Lists of contacts, and finding one by an identity.

use convolog_domain::{ContactId, Token, WorkspaceId};

use super::{BY_CREATION, BY_TOKEN, ContactRow, Contacts};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Stretch, Table};

/// How often somebody can have been merged before a chain of merges counts as endless.
const MERGES: usize = 64;

/// Which contacts are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// The one known last first; else the one known first.
    pub newest_first: bool,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl ContactQuery {
    /// All contacts of a workspace, newest first.
    pub const fn of(workspace: WorkspaceId) -> Self {
        Self { workspace, newest_first: true, page: None, limit: crate::page::DEFAULT_LIMIT }
    }

    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        let as_of = as_of.map(u64::to_be_bytes).unwrap_or_default();
        let workspace = self.workspace.0.as_bytes();
        Question::new("contacts", &[workspace, &[u8::from(self.newest_first)], &as_of])
    }

    pub(crate) const fn walk(&self) -> Walk {
        if self.newest_first { Walk::Backward } else { Walk::Forward }
    }
}

impl Table<Contacts> {
    /// One contact, under the id it was created with.
    pub fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let stored = self.row(&ContactRow::key(workspace, id))?;
        Ok(stored.filter(|stored| stored.row.created.is_some()))
    }

    /// The contact that goes on for this one: itself, unless it was merged.
    pub fn standing(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let mut found = self.contact(workspace, id)?;
        for _ in 0..MERGES {
            let Some(into) = found.as_ref().and_then(|stored| stored.row.merged_into) else {
                break;
            };
            match self.contact(workspace, into)? {
                Some(next) => found = Some(next),
                None => break,
            }
        }
        Ok(found)
    }

    /// The contact and everybody merged into it: all ids that stand for one person.
    pub fn one_person(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Vec<ContactId>, QueryError> {
        let mut ids = vec![id];
        let mut at = 0;
        while let Some(next) = ids.get(at).copied() {
            at += 1;
            let absorbed = self.contact(workspace, next)?.map(|stored| stored.row.absorbed);
            for other in absorbed.into_iter().flatten() {
                if !ids.contains(&other) {
                    ids.push(other);
                }
            }
        }
        Ok(ids)
    }

    /// The contacts known by an identity: one, or those that were merged since.
    pub fn by_token(
        &self,
        workspace: WorkspaceId,
        token: Token,
    ) -> Result<Vec<Stored<ContactRow>>, QueryError> {
        let prefix = Key::of(BY_TOKEN).uuid(workspace.0).uuid(token.0).done();
        let found = self.list(&prefix, None, Walk::Forward, MERGES, |_| true)?;
        Ok(found.rows.into_iter().map(|(_, stored)| stored).collect())
    }

    /// A page of the list by creation.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn contacts(&self, query: &ContactQuery) -> Result<Page<Stored<ContactRow>>, QueryError> {
        let question = query.question(None);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let found = self.stretch(query, after.as_deref(), query.limit)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }
    /// Part of the list, beyond a place in its order.
    pub(crate) fn stretch(
        &self,
        query: &ContactQuery,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Stretch<ContactRow>, QueryError> {
        let prefix = Key::of(BY_CREATION).uuid(query.workspace.0).done();
        Ok(self.list(&prefix, after, query.walk(), limit, |_| true)?)
    }
}
