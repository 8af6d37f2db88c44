//! Appointments as they are, or as they stood at a position.

use std::sync::Arc;

use convolog_domain::{AppointmentId, StreamKind, WorkspaceId};
use convolog_engine::Stream;
use convolog_log::Position;

use super::{AppointmentOrder, AppointmentQuery, AppointmentRow, Appointments};
use crate::error::QueryError;
use crate::page::Page;
use crate::rows::{Rows, fold_streams, start};
use crate::store::{MemoryStore, Stored};
use crate::table::Table;

impl Rows {
    /// One appointment.
    pub fn appointment(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
    ) -> Result<Option<Stored<AppointmentRow>>, QueryError> {
        let live = self.models().appointments()?.appointment(workspace, id)?;
        match (live, self.position()) {
            (Some(live), Some(cut)) if live.position > cut => {
                self.fold_appointment(workspace, id, cut)
            }
            (live, _) => Ok(live),
        }
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
        let (question, walk, prefix) = (query.question(Some(cut.0)), query.walk(), query.ever());
        let asked = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let mut after = asked.or_else(|| start(walk, cut));
        let mut items = Vec::new();
        let existed =
            |row: &AppointmentRow| row.booked.is_some_and(|(position, _)| position <= cut);
        loop {
            let wanted = query.limit.saturating_sub(items.len());
            let found = table.list(&prefix, after.as_deref(), walk, wanted, existed)?;
            for (_, live) in found.rows {
                let then = if live.position <= cut {
                    Some(live)
                } else {
                    self.fold_appointment(query.workspace, live.row.id, cut)?
                };
                items.extend(then.filter(|then| query.filter.passes(&then.row)));
            }
            after = found.next;
            if items.len() >= query.limit || after.is_none() {
                let next = after.map(|place| question.token(&place));
                return Ok(Page { items, next });
            }
        }
    }

    /// One appointment, folded from its stream up to a position.
    pub(crate) fn fold_appointment(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
        cut: Position,
    ) -> Result<Option<Stored<AppointmentRow>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, StreamKind::Appointment, id.0);
        fold_streams::<Appointments>(&**self.models().log(), &[stream], cut, &store)?;
        Table::<Appointments>::new(store).appointment(workspace, id)
    }
}
