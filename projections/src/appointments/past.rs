//! Appointments as they are, or as they stood at a position.

use convolog_domain::{AppointmentId, WorkspaceId};

use super::{AppointmentOrder, AppointmentQuery, AppointmentRow, Appointments};
use crate::error::QueryError;
use crate::page::Page;
use crate::past::Asked;
use crate::rows::Rows;
use crate::store::Stored;

impl Rows {
    /// One appointment.
    pub fn appointment(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
    ) -> Result<Option<Stored<AppointmentRow>>, QueryError> {
        self.one(&self.models().appointments()?, workspace, id.0)
    }

    /// A page of appointments.
    ///
    /// # Errors
    /// [`QueryError::NotAsOf`] for another order than by creation at a position.
    pub fn appointments(
        &self,
        query: &AppointmentQuery,
    ) -> Result<Page<Stored<AppointmentRow>>, QueryError> {
        let table = self.models().appointments()?;
        let Some(cut) = self.position() else { return table.appointments(query) };
        if query.order != AppointmentOrder::Created {
            return Err(QueryError::NotAsOf {
                what: "appointments",
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
        self.by_creation::<Appointments>(&asked, stretch, |row| query.filter.passes(row))
    }
}
