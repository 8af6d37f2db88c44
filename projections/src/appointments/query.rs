//! Lists of appointments, and what is due.

use convolog_domain::appointment::Status;
use convolog_domain::{AppointmentId, ContactId, ServiceId, WorkspaceId};

use super::{
    AppointmentRow, Appointments, BY_CONTACT, BY_CREATION, BY_REMINDER, BY_SERVICE, BY_TIME,
};
use crate::error::QueryError;
use crate::leads::together;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Part, Table};

/// How a list of appointments is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AppointmentOrder {
    /// By the time they begin, the first one first.
    #[default]
    Time,
    /// By when they were booked, the newest first.
    Created,
}

/// What must hold of an appointment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AppointmentFilter {
    /// Of this service.
    pub service: Option<ServiceId>,
    /// With one of these contacts (one person who was merged is several); empty = all.
    pub contacts: Vec<ContactId>,
    /// As it stands.
    pub status: Option<Status>,
    /// It begins at this second or later.
    pub from: Option<i64>,
    /// It begins before this second.
    pub until: Option<i64>,
}

impl AppointmentFilter {
    pub(crate) fn passes(&self, row: &AppointmentRow) -> bool {
        let Some(booking) = row.state.booking.as_ref().filter(|_| row.booked.is_some()) else {
            return false;
        };
        let starts_at = booking.times.starts_at;
        let theirs = |contact: ContactId| self.contacts.contains(&contact);
        self.service.is_none_or(|service| service == booking.what.service)
            && (self.contacts.is_empty() || booking.with.contact.is_some_and(theirs))
            && self.status.is_none_or(|status| status == booking.status)
            && self.from.is_none_or(|from| starts_at >= from)
            && self.until.is_none_or(|until| starts_at < until)
    }
}

/// Which appointments are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppointmentQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// In which order.
    pub order: AppointmentOrder,
    /// What must hold of them.
    pub filter: AppointmentFilter,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl AppointmentQuery {
    /// All appointments of a workspace, by time.
    pub fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            order: AppointmentOrder::Time,
            filter: AppointmentFilter::default(),
            page: None,
            limit: crate::page::DEFAULT_LIMIT,
        }
    }

    pub(super) fn question(&self, as_of: Option<u64>) -> Question {
        let AppointmentFilter { service, contacts, status, from, until } = &self.filter;
        let filter = format!("{service:?} {contacts:?} {status:?} {from:?} {until:?}");
        Question::new(
            "appointments",
            &[
                self.workspace.0.as_bytes(),
                &[u8::from(self.order == AppointmentOrder::Created)],
                filter.as_bytes(),
                &as_of.map(u64::to_be_bytes).unwrap_or_default(),
            ],
        )
    }

    pub(super) const fn walk(&self) -> Walk {
        match self.order {
            AppointmentOrder::Time => Walk::Forward,
            AppointmentOrder::Created => Walk::Backward,
        }
    }

    /// All appointments by creation.
    pub(super) fn ever(&self) -> Vec<u8> {
        Key::of(BY_CREATION).uuid(self.workspace.0).done()
    }

    /// The stretches of the index that hold the list; places within one are comparable with those
    /// within another.
    fn prefixes(&self) -> Vec<Vec<u8>> {
        let of = |table| Key::of(table).uuid(self.workspace.0);
        let AppointmentFilter { service, contacts, .. } = &self.filter;
        match (self.order, service) {
            (AppointmentOrder::Created, _) => vec![self.ever()],
            _ if !contacts.is_empty() => {
                contacts.iter().map(|id| of(BY_CONTACT).uuid(id.0).done()).collect()
            }
            (_, Some(service)) => vec![of(BY_SERVICE).uuid(service.0).done()],
            (_, None) => vec![of(BY_TIME).done()],
        }
    }

    /// The places that the filter leaves of the stretches.
    fn places(&self) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let second = |second: i64| Key::part().i64(second).done();
        match self.order {
            AppointmentOrder::Created => (None, None),
            AppointmentOrder::Time => (self.filter.from.map(second), self.filter.until.map(second)),
        }
    }
}

impl Table<Appointments> {
    /// One appointment.
    pub fn appointment(
        &self,
        workspace: WorkspaceId,
        id: AppointmentId,
    ) -> Result<Option<Stored<AppointmentRow>>, QueryError> {
        self.one(workspace, id.0)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn appointments(
        &self,
        query: &AppointmentQuery,
    ) -> Result<Page<Stored<AppointmentRow>>, QueryError> {
        let question = query.question(None);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let (from, to) = query.places();
        let part = Part { after: after.as_deref(), from: from.as_deref(), to: to.as_deref() };
        let mut stretches = Vec::new();
        for prefix in query.prefixes() {
            let keep = |row: &AppointmentRow| query.filter.passes(row);
            stretches.push(self.list_part(&prefix, part, query.walk(), query.limit, keep)?);
        }
        let found = together(stretches, query.walk(), query.limit);
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// At most `limit` appointments of all workspaces of which somebody was to be reminded by now
    /// (seconds since 1970), the one that is due longest first, and whether it was booked with a test
    /// key.
    pub fn reminders_due(
        &self,
        now: i64,
        limit: usize,
    ) -> Result<Vec<(WorkspaceId, AppointmentId, bool)>, QueryError> {
        let to = Key::part().i64(now.saturating_add(1)).done();
        let part = Part { to: Some(&to), ..Part::default() };
        let prefix = Key::of(BY_REMINDER).done();
        let found = self.list_part(&prefix, part, Walk::Forward, limit, |_| true)?;
        let rows = found.rows.into_iter();
        Ok(rows.map(|(_, stored)| (stored.row.workspace, stored.row.id, stored.row.test)).collect())
    }
}
