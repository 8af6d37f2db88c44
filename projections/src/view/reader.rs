//! Answers questions with views, now or as of a position.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{
    AppointmentId, ContactId, ConversationId, DocumentId, ImportId, LeadId, MessageId, TemplateId,
    WorkspaceId,
};
use convolog_engine::Disclose;
use convolog_log::Position;

use super::appointment::AppointmentView;
use super::contact::ContactView;
use super::content::Contents;
use super::conversation::ConversationView;
use super::document::{DocumentSummary, DocumentView};
use super::import::{ImportPageView, ImportView};
use super::lead::LeadView;
use super::message::MessageView;
use super::template::TemplateView;
use crate::appointments::{AppointmentQuery, Appointments};
use crate::contacts::{ContactQuery, ContactRow};
use crate::conversations::{ConversationQuery, ConversationRow};
use crate::documents::DocumentQuery;
use crate::error::QueryError;
use crate::imports::ImportQuery;
use crate::leads::{LeadFilter, LeadQuery, LeadRow, Leads};
use crate::page::Page;
use crate::people::People;
use crate::rows::Rows;
use crate::runtime::ReadModels;
use crate::store::Stored;
use crate::templates::TemplateQuery;
use crate::transcripts::MessageQuery;

/// The read models and whoever holds the keys. Cheap to clone.
#[derive(Clone)]
pub struct Viewer {
    models: ReadModels,
    disclose: Arc<dyn Disclose>,
}

impl std::fmt::Debug for Viewer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Viewer").field("models", &self.models).finish_non_exhaustive()
    }
}

impl Viewer {
    /// Shows what `models` hold, unsealed by `disclose`.
    pub fn new(models: ReadModels, disclose: Arc<dyn Disclose>) -> Self {
        Self { models, disclose }
    }

    /// The read models.
    pub const fn models(&self) -> &ReadModels {
        &self.models
    }

    /// Everything as it is.
    pub fn now(&self) -> Reader {
        Reader { rows: self.models.now(), disclose: Arc::clone(&self.disclose) }
    }

    /// Everything as it stood at a position. What was erased since is erased here too.
    ///
    /// # Errors
    /// As [`ReadModels::at_least`].
    pub async fn as_of(&self, cut: Position, patience: Duration) -> Result<Reader, QueryError> {
        let rows = self.models.as_of(cut, patience).await?;
        Ok(Reader { rows, disclose: Arc::clone(&self.disclose) })
    }
}

/// Answers questions. Its methods read from disk: they block, for milliseconds.
#[derive(Clone)]
pub struct Reader {
    rows: Rows,
    disclose: Arc<dyn Disclose>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("as_of", &self.rows.position()).finish_non_exhaustive()
    }
}

impl Reader {
    /// The rows behind the views.
    pub const fn rows(&self) -> &Rows {
        &self.rows
    }

    pub(crate) fn contents(&self) -> Contents<'_> {
        Contents { log: &**self.rows.models().log(), disclose: &*self.disclose }
    }

    /// One conversation; none if this workspace has no such one.
    pub fn conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Option<ConversationView>, QueryError> {
        let Some(row) = self.rows.conversation(workspace, id)? else { return Ok(None) };
        self.show(workspace, &row)
    }

    /// A page of conversations.
    pub fn conversations(
        &self,
        query: &ConversationQuery,
    ) -> Result<Page<ConversationView>, QueryError> {
        let page = self.rows.conversations(query)?;
        let shown = page.try_map(|row| self.show(query.workspace, &row))?;
        Ok(shown.flatten())
    }

    fn show(
        &self,
        workspace: WorkspaceId,
        stored: &Stored<ConversationRow>,
    ) -> Result<Option<ConversationView>, QueryError> {
        let contact = match &stored.row.opened {
            Some(opened) => self.rows.person(workspace, opened.contact)?,
            None => None,
        };
        ConversationView::of(self.contents(), stored, contact.as_ref().map(|stored| &stored.row))
    }

    /// A page of messages of a conversation.
    pub fn messages(&self, query: &MessageQuery) -> Result<Page<MessageView>, QueryError> {
        let page = self.rows.messages(query)?;
        let shown = page.try_map(|stored| MessageView::of(self.contents(), &stored.row))?;
        Ok(shown.flatten())
    }

    /// One message; none if this conversation has no such one.
    pub fn message(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        id: MessageId,
    ) -> Result<Option<MessageView>, QueryError> {
        match self.rows.message(workspace, conversation, id)? {
            Some(stored) => MessageView::of(self.contents(), &stored.row),
            None => Ok(None),
        }
    }

    /// One document; none if this workspace has no such one, or no longer.
    pub fn document(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
    ) -> Result<Option<DocumentView>, QueryError> {
        match self.rows.document(workspace, id)? {
            Some(stored) => DocumentView::standing(self.contents(), &stored.row),
            None => Ok(None),
        }
    }

    /// A page of documents, by creation.
    pub fn documents(&self, query: &DocumentQuery) -> Result<Page<DocumentSummary>, QueryError> {
        let page = self.rows.documents(query)?;
        let shown =
            page.try_map(|stored| DocumentSummary::standing(self.contents(), &stored.row))?;
        Ok(shown.flatten())
    }

    /// A page of the versions of a document, the newest first; also of one that was removed.
    pub fn document_versions(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<DocumentView>, QueryError> {
        let page = self.rows.document_versions(workspace, id, page, limit)?;
        let shown = page.try_map(|row| DocumentView::standing(self.contents(), &row))?;
        Ok(shown.flatten())
    }

    /// One message template; none if this workspace has none of that id.
    pub fn template(
        &self,
        workspace: WorkspaceId,
        id: TemplateId,
    ) -> Result<Option<TemplateView>, QueryError> {
        match self.rows.template(workspace, id)? {
            Some(stored) => TemplateView::of(self.contents(), &stored.row),
            None => Ok(None),
        }
    }

    /// One job that reads a file or a site; none if this workspace has no such one.
    pub fn import(
        &self,
        workspace: WorkspaceId,
        id: ImportId,
    ) -> Result<Option<ImportView>, QueryError> {
        match self.rows.models().imports()?.import(workspace, id)? {
            Some(stored) => ImportView::of(self.contents(), &stored.row),
            None => Ok(None),
        }
    }

    /// A page of message templates, the one heard of last first.
    pub fn templates(&self, query: &TemplateQuery) -> Result<Page<TemplateView>, QueryError> {
        let page = self.rows.templates(query)?;
        let shown = page.try_map(|stored| TemplateView::of(self.contents(), &stored.row))?;
        Ok(shown.flatten())
    }

    /// A page of jobs that read files and sites, the newest first.
    pub fn imports(&self, query: &ImportQuery) -> Result<Page<ImportView>, QueryError> {
        let page = self.rows.models().imports()?.imports(query)?;
        let shown = page.try_map(|stored| ImportView::of(self.contents(), &stored.row))?;
        Ok(shown.flatten())
    }

    /// A page of the pages of a job, in the order in which they were read.
    pub fn import_pages(
        &self,
        workspace: WorkspaceId,
        id: ImportId,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<ImportPageView>, QueryError> {
        super::import::pages(self.contents(), (workspace, id), page, limit)
    }

    /// One contact; none if this workspace has no such one.
    pub fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<ContactView>, QueryError> {
        let Some(found) = self.rows.contact(workspace, id)? else { return Ok(None) };
        self.show_contact(workspace, found).map(Some)
    }

    /// One contact by itself, whoever it was merged with: with the identities that it came with.
    pub fn contact_alone(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<ContactView>, QueryError> {
        let Some(found) = self.rows.contact(workspace, id)? else { return Ok(None) };
        ContactView::of(self.contents(), &found.row).map(Some)
    }

    /// One lead; none if this workspace has no such one.
    pub fn lead(&self, workspace: WorkspaceId, id: LeadId) -> Result<Option<LeadView>, QueryError> {
        let Some(found) = self.rows.lead(workspace, id)? else { return Ok(None) };
        self.show_lead(workspace, &found)
    }

    /// One lead as it stood at a position that was recorded, whether or not the read models have
    /// got there.
    pub fn lead_at(
        &self,
        workspace: WorkspaceId,
        id: LeadId,
        position: Position,
    ) -> Result<Option<LeadView>, QueryError> {
        let Some(found) = self.rows.fold::<Leads>(workspace, id.0, position)? else {
            return Ok(None);
        };
        self.show_lead(workspace, &found)
    }

    /// Those of some leads that pass a filter, the newest first.
    pub fn leads_among(
        &self,
        workspace: WorkspaceId,
        ids: &[LeadId],
        filter: &LeadFilter,
    ) -> Result<Vec<LeadView>, QueryError> {
        let rows = self.rows.leads_among(workspace, ids, filter)?;
        let shown = rows.iter().map(|stored| self.show_lead(workspace, stored));
        Ok(shown.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// A page of leads.
    pub fn leads(&self, query: &LeadQuery) -> Result<Page<LeadView>, QueryError> {
        let page = self.rows.leads(query)?;
        let shown = page.try_map(|stored| self.show_lead(query.workspace, &stored))?;
        Ok(shown.flatten())
    }

    /// One appointment; none if this workspace has no such one.
    pub fn appointment(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
    ) -> Result<Option<AppointmentView>, QueryError> {
        let Some(found) = self.rows.appointment(workspace, id)? else { return Ok(None) };
        AppointmentView::of(self.contents(), &found)
    }

    /// One appointment as it stood at a position that was recorded, whether or not the read models
    /// have got there.
    pub fn appointment_at(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
        position: Position,
    ) -> Result<Option<AppointmentView>, QueryError> {
        match self.rows.fold::<Appointments>(workspace, id.0, position)? {
            Some(found) => AppointmentView::of(self.contents(), &found),
            None => Ok(None),
        }
    }

    /// A page of appointments.
    pub fn appointments(
        &self,
        query: &AppointmentQuery,
    ) -> Result<Page<AppointmentView>, QueryError> {
        let page = self.rows.appointments(query)?;
        let shown = page.try_map(|stored| AppointmentView::of(self.contents(), &stored))?;
        Ok(shown.flatten())
    }

    /// Whoever goes on for others is shown with what is known of them.
    fn show_lead(
        &self,
        workspace: WorkspaceId,
        stored: &Stored<LeadRow>,
    ) -> Result<Option<LeadView>, QueryError> {
        let mut absorbed = Vec::new();
        for other in &stored.row.absorbed {
            absorbed.extend(self.rows.lead(workspace, *other)?);
        }
        let contact = match stored.row.contact {
            Some(contact) => self.rows.person(workspace, contact)?,
            None => None,
        };
        let contact = contact.as_ref().map(|stored| &stored.row);
        LeadView::of(self.contents(), stored, &absorbed, contact)
    }

    /// A page of contacts, by creation.
    pub fn contacts(&self, query: &ContactQuery) -> Result<Page<ContactView>, QueryError> {
        let page = self.rows.contacts(query)?;
        page.try_map(|stored| self.show_contact(query.workspace, stored))
    }

    /// Some contacts, in the order in which they are named.
    pub fn contacts_among(
        &self,
        workspace: WorkspaceId,
        ids: &[ContactId],
    ) -> Result<Vec<ContactView>, QueryError> {
        let mut shown = Vec::new();
        for id in ids {
            shown.extend(self.contact(workspace, *id)?);
        }
        Ok(shown)
    }

    /// Whoever goes on for others is shown with what is known of them.
    fn show_contact(
        &self,
        workspace: WorkspaceId,
        mut stored: Stored<ContactRow>,
    ) -> Result<ContactView, QueryError> {
        if stored.row.merged_into.is_none() && !stored.row.absorbed.is_empty() {
            stored = self.rows.person(workspace, stored.row.id)?.unwrap_or(stored);
        }
        ContactView::of(self.contents(), &stored.row)
    }
}
