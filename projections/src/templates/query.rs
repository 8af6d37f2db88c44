//! Lists of templates, finding one, and what has still to be asked of the platform.

use convolog_domain::{ChannelId, TemplateId, WorkspaceId};

use super::{BY_CREATION, OPEN, TemplateRow, Templates};
use crate::error::QueryError;
use crate::page::Question;
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Stretch, Table};

/// What the platform has still to be asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OpenWork {
    /// Which templates the account of this channel has.
    Read(WorkspaceId, ChannelId),
    /// To make this template, or to delete it.
    Template(WorkspaceId, TemplateId),
}

/// Which templates are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// Only those of this business account.
    pub account: Option<String>,
    /// Only those of this name.
    pub name: Option<String>,
    /// Only those in this language.
    pub language: Option<String>,
    /// Only those of this category.
    pub category: Option<String>,
    /// Only those with this status.
    pub status: Option<String>,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl TemplateQuery {
    /// All templates of a workspace, the one heard of last first.
    pub const fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            account: None,
            name: None,
            language: None,
            category: None,
            status: None,
            page: None,
            limit: crate::page::DEFAULT_LIMIT,
        }
    }

    /// Whether a row is wanted. Those that were deleted are, if they are asked for by that status.
    pub(crate) fn passes(&self, row: &TemplateRow) -> bool {
        let is = |wanted: &Option<String>, known: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| known == Some(wanted))
        };
        let key = row.state.key.as_ref();
        (row.state.is_there() || self.status.is_some())
            && is(&self.account, key.map(|key| key.waba_id.as_str()))
            && is(&self.name, key.map(|key| key.name.as_str()))
            && is(&self.language, key.map(|key| key.language.as_str()))
            && is(&self.category, row.state.category())
            && is(&self.status, row.state.status())
    }

    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        let as_of = as_of.map(u64::to_be_bytes).unwrap_or_default();
        let filters = [&self.account, &self.name, &self.language, &self.category, &self.status];
        let asked: Vec<String> = filters.iter().map(|filter| format!("{filter:?}")).collect();
        let mut parts: Vec<&[u8]> = vec![self.workspace.0.as_bytes(), &as_of];
        parts.extend(asked.iter().map(String::as_bytes));
        Question::new("templates", &parts)
    }
}

impl Table<Templates> {
    /// One template, also one that was deleted.
    pub fn template(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
    ) -> Result<Option<Stored<TemplateRow>>, QueryError> {
        self.one(workspace, id.0)
    }

    /// Part of the list by creation, the newest first, beyond a place in its order.
    pub(crate) fn stretch(
        &self,
        workspace: WorkspaceId,
        after: Option<&[u8]>,
        limit: usize,
        keep: impl Fn(&TemplateRow) -> bool,
    ) -> Result<Stretch<TemplateRow>, QueryError> {
        let prefix = Key::of(BY_CREATION).uuid(workspace.0).done();
        Ok(self.list(&prefix, after, Walk::Backward, limit, keep)?)
    }

    /// Every template of a workspace that is there and passes.
    pub fn all(
        &self,
        workspace: WorkspaceId,
        keep: impl Fn(&TemplateRow) -> bool,
    ) -> Result<Vec<TemplateRow>, QueryError> {
        let (mut after, mut found) = (None, Vec::new());
        loop {
            let keep = |row: &TemplateRow| row.state.is_there() && keep(row);
            let part = self.stretch(workspace, after.as_deref(), usize::MAX, keep)?;
            found.extend(part.rows.into_iter().map(|(_, stored)| stored.row));
            after = part.next;
            if after.is_none() {
                return Ok(found);
            }
        }
    }

    /// Everything that the platform has still to be asked, of any workspace.
    pub fn open_work(&self) -> Result<Vec<OpenWork>, QueryError> {
        let (prefix, mut after, mut open) = (Key::of(OPEN).done(), None, Vec::new());
        loop {
            let part = self.list(&prefix, after.as_deref(), Walk::Forward, usize::MAX, |_| true)?;
            open.extend(part.rows.iter().filter_map(|(_, stored)| stored.row.open_work()));
            after = part.next;
            if after.is_none() {
                return Ok(open);
            }
        }
    }
}
