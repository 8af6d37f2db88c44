//! Lists of contacts, and finding one by an identity.

use convolog_domain::contact::PreferenceScope;
use convolog_domain::{ContactId, Token, WorkspaceId};

use super::{BY_CREATION, BY_STOP, BY_TOKEN, ContactRow, Contacts};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::people::People;
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Stretch, Table};

/// The most contacts that are looked at for one identity.
const SHARED: usize = 64;

/// Which contacts are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// The one known last first; else the one known first.
    pub newest_first: bool,
    /// Only those who are not sent this.
    pub opted_out: Option<PreferenceScope>,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl ContactQuery {
    /// All contacts of a workspace, newest first.
    pub const fn of(workspace: WorkspaceId) -> Self {
        let limit = crate::page::DEFAULT_LIMIT;
        Self { workspace, newest_first: true, opted_out: None, page: None, limit }
    }

    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        let as_of = as_of.map(u64::to_be_bytes).unwrap_or_default();
        let workspace = self.workspace.0.as_bytes();
        let order = [u8::from(self.newest_first)];
        match self.opted_out {
            None => Question::new("contacts", &[workspace, &order, &as_of]),
            Some(scope) => {
                Question::new("contacts opted out", &[workspace, &order, &as_of, &[scope.code()]])
            }
        }
    }

    pub(crate) const fn walk(&self) -> Walk {
        if self.newest_first { Walk::Backward } else { Walk::Forward }
    }
}

impl People for Table<Contacts> {
    fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        self.one(workspace, id.0)
    }
}

impl Table<Contacts> {
    /// The contacts known by an identity: one, or those that were merged since.
    pub fn by_token(
        &self,
        workspace: WorkspaceId,
        token: Token,
    ) -> Result<Vec<Stored<ContactRow>>, QueryError> {
        let prefix = Key::of(BY_TOKEN).uuid(workspace.0).uuid(token.0).done();
        let found = self.list(&prefix, None, Walk::Forward, SHARED, |_| true)?;
        Ok(found.rows.into_iter().map(|(_, stored)| stored).collect())
    }

    /// A page of the list by creation.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn contacts(&self, query: &ContactQuery) -> Result<Page<Stored<ContactRow>>, QueryError> {
        let question = query.question(None);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let found = self.stretch(query, after.as_deref(), query.limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// Part of the list, beyond a place in its order.
    pub(crate) fn stretch(
        &self,
        query: &ContactQuery,
        after: Option<&[u8]>,
        limit: usize,
        keep: impl Fn(&ContactRow) -> bool,
    ) -> Result<Stretch<ContactRow>, QueryError> {
        let prefix = match query.opted_out {
            None => Key::of(BY_CREATION).uuid(query.workspace.0).done(),
            Some(scope) => Key::of(BY_STOP).uuid(query.workspace.0).u8(scope.code()).done(),
        };
        Ok(self.list(&prefix, after, query.walk(), limit, keep)?)
    }
}
