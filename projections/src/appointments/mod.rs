//! The read model `appointments`: what was booked, one row each, by time, by service, by contact, and
//! by when somebody is to be reminded.
//!
//! A row keeps the appointment as the domain folds it, and the positions of what is sealed.

mod past;
mod query;

use convolog_domain::appointment::{Appointment, Event as Happened, State, Status};
use convolog_domain::{Aggregate, AppointmentId, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::{Mode, Position, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub use query::{AppointmentFilter, AppointmentOrder, AppointmentQuery};

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;
/// By the time it begins: (workspace, second, position).
const BY_TIME: u8 = 0x11;
/// By the time it begins, of a service: (workspace, service, second, position).
const BY_SERVICE: u8 = 0x12;
/// By the time it begins, of a contact: (workspace, contact, second, position).
const BY_CONTACT: u8 = 0x13;
/// Of all workspaces, by when somebody is to be reminded: (second, workspace, position).
const BY_REMINDER: u8 = 0x14;

/// One appointment.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AppointmentRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: AppointmentId,
    /// Where and when it was booked, which holds title and note; a row without it is not shown.
    pub booked: Option<(Position, Timestamp)>,
    /// Where it was cancelled, which holds the reason.
    pub cancelled: Option<Position>,
    /// It was booked with a test key.
    pub test: bool,
    /// As it stands.
    pub state: State,
}

impl AppointmentRow {
    /// The key of an appointment's row.
    pub fn key(workspace: WorkspaceId, id: AppointmentId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Appointments;

impl ReadModel for Appointments {
    const NAME: &'static str = "appointments";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Appointment];
    type Row = AppointmentRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        keys.push(AppointmentRow::key(event.workspace(), AppointmentId(event.stream.id)));
    }

    fn fold(row: &mut AppointmentRow, event: &Recorded) -> Result<(), FoldError> {
        let Event::Appointment(happened) = &event.event else {
            return Err(FoldError("an event of another kind in an appointment".into()));
        };
        row.workspace = event.workspace();
        row.id = AppointmentId(event.stream.id);
        match happened {
            Happened::AppointmentBooked(_) => {
                row.booked = row.booked.or(Some((event.position, event.at)));
                row.test = event.mode == Mode::Test;
            }
            Happened::AppointmentCancelled(_) => row.cancelled = Some(event.position),
            Happened::AppointmentMoved(_)
            | Happened::AppointmentCompleted(_)
            | Happened::AppointmentMissed(_)
            | Happened::AppointmentReminderDue(_) => {}
        }
        Appointment::evolve(&mut row.state, happened);
        Ok(())
    }

    fn index(_: &RowKey, row: &AppointmentRow, entries: &mut Vec<IndexKey>) {
        let (Some((position, _)), Some(booking)) = (row.booked, &row.state.booking) else { return };
        let of = |table| Key::of(table).uuid(row.workspace.0);
        let starts_at = booking.times.starts_at;
        entries.push(of(BY_CREATION).u64(position.0).done());
        let mut by_time = |key: Key| entries.push(key.i64(starts_at).u64(position.0).done());
        by_time(of(BY_TIME));
        by_time(of(BY_SERVICE).uuid(booking.what.service.0));
        if let Some(contact) = booking.with.contact {
            by_time(of(BY_CONTACT).uuid(contact.0));
        }
        if let Some(remind_at) = booking.remind_at.filter(|_| booking.status == Status::Booked) {
            let due = Key::of(BY_REMINDER).i64(remind_at).uuid(row.workspace.0);
            entries.push(due.u64(position.0).done());
        }
    }

    fn dump(row: &AppointmentRow) -> String {
        let AppointmentRow { workspace, id, booked, cancelled, test, state } = row;
        let State { booking } = state;
        format!(
            "appointment {workspace}/{id} booked {booked:?} cancelled {cancelled:?} test {test} \
             {booking:?}"
        )
    }
}

impl OneStream for Appointments {
    const STREAM: StreamKind = StreamKind::Appointment;

    fn id(row: &AppointmentRow) -> Uuid {
        row.id.0
    }

    fn began(row: &AppointmentRow) -> Option<Position> {
        row.booked.map(|(position, _)| position)
    }
}
