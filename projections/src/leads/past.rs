//! Leads as they are, or as they stood at a position.

use convolog_domain::{ContactId, LeadId, Token, WorkspaceId};

use super::{LeadFilter, LeadOrder, LeadQuery, LeadRow, Leads};
use crate::error::QueryError;
use crate::page::Page;
use crate::past::Asked;
use crate::rows::Rows;
use crate::store::Stored;

/// How far a chain of merges is followed.
const MERGES_MAX: usize = 64;

impl Rows {
    /// One lead.
    pub fn lead(
        &self,
        workspace: WorkspaceId,
        id: LeadId,
    ) -> Result<Option<Stored<LeadRow>>, QueryError> {
        self.one(&self.models().leads()?, workspace, id.0)
    }

    /// The lead that goes on for this one: itself, unless it was merged.
    pub fn standing_lead(
        &self,
        workspace: WorkspaceId,
        id: LeadId,
    ) -> Result<Option<Stored<LeadRow>>, QueryError> {
        let mut found = self.lead(workspace, id)?;
        for _ in 0..MERGES_MAX {
            let Some(into) = found.as_ref().and_then(|stored| stored.row.merged_into) else {
                break;
            };
            found = self.lead(workspace, into)?;
        }
        Ok(found)
    }

    /// The leads with a phone number or an e-mail address of their own, or of their contact, that
    /// this token stands for: those that go on, each once.
    pub fn leads_known_by(
        &self,
        workspace: WorkspaceId,
        token: Token,
    ) -> Result<Vec<LeadId>, QueryError> {
        let mut contacts = Vec::new();
        for stored in self.models().contacts()?.by_token(workspace, token)? {
            contacts.extend(self.one_person(workspace, stored.row.id)?);
        }
        let known = self.models().leads()?.known_by(workspace, token, &contacts)?;
        self.standing_leads(workspace, &known)
    }

    /// The leads that are this contact, or whoever they were merged with: those that go on, each
    /// once.
    pub fn leads_of(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<Vec<LeadId>, QueryError> {
        let contacts = self.one_person(workspace, contact)?;
        let theirs = self.models().leads()?.of_contacts(workspace, &contacts)?;
        self.standing_leads(workspace, &theirs)
    }

    fn standing_leads(
        &self,
        workspace: WorkspaceId,
        ids: &[LeadId],
    ) -> Result<Vec<LeadId>, QueryError> {
        let mut found = Vec::new();
        for id in ids {
            let standing = self.standing_lead(workspace, *id)?.map(|stored| stored.row.id);
            found.extend(standing.filter(|id| !found.contains(id)));
        }
        Ok(found)
    }

    /// Those of some leads that pass a filter, the newest first.
    pub fn leads_among(
        &self,
        workspace: WorkspaceId,
        ids: &[LeadId],
        filter: &LeadFilter,
    ) -> Result<Vec<Stored<LeadRow>>, QueryError> {
        let mut rows = Vec::new();
        for id in ids {
            rows.extend(self.lead(workspace, *id)?.filter(|stored| filter.passes(&stored.row)));
        }
        rows.sort_by_key(|stored| stored.row.opened.as_ref().map(|opened| opened.position));
        rows.reverse();
        Ok(rows)
    }

    /// A page of leads.
    ///
    /// # Errors
    /// [`QueryError::NotAsOf`] for another order than by creation at a position.
    pub fn leads(&self, query: &LeadQuery) -> Result<Page<Stored<LeadRow>>, QueryError> {
        let table = self.models().leads()?;
        let Some(cut) = self.position() else { return table.leads(query) };
        if query.order != LeadOrder::Created {
            return Err(QueryError::NotAsOf {
                what: "leads",
                parameter: "sort",
                allowed: &["created"],
            });
        }
        let asked = Asked {
            workspace: query.workspace,
            question: query.question(Some(cut.0)),
            page: query.page.as_deref(),
            walk: query.walk(),
            limit: query.limit,
        };
        let prefix = query.ever();
        let stretch = |after: Option<&[u8]>, limit, had_begun: &dyn Fn(&_) -> bool| {
            Ok(table.list(&prefix, after, query.walk(), limit, had_begun)?)
        };
        self.by_creation::<Leads>(&asked, stretch, |row| query.filter.passes(row))
    }
}
