//! The words behind rows, for whoever searches them: unsealed from the log, kept by nobody here.

use convolog_domain::DocumentContent;
use convolog_engine::Disclose;
use convolog_log::{EventLog, Mode, Position};

use super::contact::Names;
use super::content::Contents;
use super::message;
use crate::contacts::ContactRow;
use crate::error::QueryError;
use crate::leads::LeadRow;
use crate::transcripts::MessageRow;

/// Unseals the words behind rows. What was erased or cannot be opened has none.
#[derive(Clone, Copy)]
pub struct Texts<'a>(Contents<'a>);

impl std::fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

impl<'a> Texts<'a> {
    /// Reads from `log`, opens with `disclose`.
    pub const fn new(log: &'a dyn EventLog, disclose: &'a dyn Disclose) -> Self {
        Self(Contents { log, disclose })
    }

    /// What a message says, as it is shown: its fullest telling, its newest edit over it.
    pub fn message(&self, row: &MessageRow) -> Result<Option<String>, QueryError> {
        message::text(self.0, row)
    }

    /// The names that a contact goes by: name, user name, e-mail address.
    pub fn contact(&self, row: &ContactRow) -> Result<Vec<String>, QueryError> {
        if row.erased.is_some() {
            return Ok(Vec::new());
        }
        let Names { name, username, email, unreadable: _ } = Names::of(self.0, row)?;
        Ok([name, username, email].into_iter().flatten().collect())
    }

    /// The names of its own that a lead goes by: name, company, e-mail address.
    pub fn lead(&self, row: &LeadRow) -> Result<Vec<String>, QueryError> {
        if row.erased.is_some() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for field in ["name", "company", "email"] {
            let Some(position) = row.fields.get(field) else { continue };
            let event = self.0.event(*position)?;
            let content = event.and_then(|event| self.0.lead_in(&event).plain());
            let value = content.and_then(|content| content.fields.get(field).cloned());
            names.extend(value.map(|value| value.expose().to_owned()));
        }
        Ok(names)
    }

    /// The version of a document that the event at `position` holds, and whether it is real or was
    /// added in the sandbox.
    pub fn document(
        &self,
        position: Position,
    ) -> Result<Option<(Mode, Box<DocumentContent>)>, QueryError> {
        let Some(event) = self.0.event(position)? else { return Ok(None) };
        Ok(self.0.document_in(&event).plain().map(|content| (event.mode, content)))
    }
}
