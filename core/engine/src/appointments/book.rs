//! Booking, moving, ending: every command on an appointment.

use convolog_domain::appointment::{
    Appointment, BookAppointment, CancelAppointment, EndAppointment, MoveAppointment,
    RemindOfAppointment, With,
};
use convolog_domain::contact::Contact;
use convolog_domain::lead::Lead;
use convolog_domain::{
    AppointmentId, Event, Refusal, RefusalCode, Sensitive, ServiceId, WorkspaceId,
};

use super::with::Whom;
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{ATTEMPTS, Answer, Answered, Done, Once};

/// An appointment that is to be booked.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    /// Of which service.
    pub service: ServiceId,
    /// When it is to begin (seconds since 1970).
    pub starts_at: i64,
    /// With whom.
    pub whom: Whom,
    /// What people call it.
    pub title: Option<Sensitive>,
    /// What somebody noted.
    pub note: Option<Sensitive>,
}

impl Engine {
    /// Books an appointment.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, if the service or the person does not exist, the
    /// person's data was erased, or somebody else has that time (`slot_taken`).
    pub async fn book_appointment(
        &self,
        caller: &Caller,
        id: AppointmentId,
        new: &NewAppointment,
        once: Option<&Once>,
        answer: impl Fn(&With, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let slot = self.slot(caller.workspace, new.service, new.starts_at)?;
            let with = self.whom(caller.workspace, new.whom)?;
            let (title, note) = (new.title.clone(), new.note.clone());
            let command = BookAppointment { slot, with, title, note };
            let (plan, events) = self.decide(caller, id.0, command)?;
            for step in &plan.steps {
                self.is_free(caller.workspace, id, &step.decision.claims)?;
            }
            Ok((plan, answer(&with, &events)))
        })
        .await
    }

    /// Moves an appointment to another time of its service.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, or if somebody else has that time (`slot_taken`).
    pub async fn move_appointment(
        &self,
        caller: &Caller,
        id: AppointmentId,
        starts_at: i64,
    ) -> Result<Done, EngineError> {
        for _ in 0..ATTEMPTS {
            let loaded = self.load::<Appointment>(caller.workspace, id.0)?;
            let booking = loaded.state.booking.ok_or_else(missing)?;
            let slot = self.slot(caller.workspace, booking.what.service, starts_at)?;
            let command = MoveAppointment { slot };
            let (plan, events) = self.decide_on(caller, id.0, &loaded, command)?;
            for step in &plan.steps {
                self.is_free(caller.workspace, id, &step.decision.claims)?;
            }
            if plan.steps.is_empty() {
                return Ok(Done { position: self.log().head(), events });
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => return Ok(Done { position: committed.position, events }),
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// Cancels an appointment. Of somebody whose data was erased no reason is kept.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says.
    pub async fn cancel_appointment(
        &self,
        caller: &Caller,
        id: AppointmentId,
        mut command: CancelAppointment,
    ) -> Result<Done, EngineError> {
        if self.is_erased(caller.workspace, id)? {
            command.reason = None;
        }
        self.execute(caller, id.0, command).await
    }

    /// Says that an appointment took place, or that nobody came.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says.
    pub async fn end_appointment(
        &self,
        caller: &Caller,
        id: AppointmentId,
        command: EndAppointment,
    ) -> Result<Done, EngineError> {
        self.execute(caller, id.0, command).await
    }

    /// Records that the time has come to remind somebody of an appointment, if it has.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if it was never booked.
    pub async fn remind_of_appointment(
        &self,
        caller: &Caller,
        id: AppointmentId,
    ) -> Result<Done, EngineError> {
        let erased = self.is_erased(caller.workspace, id)?;
        self.execute(caller, id.0, RemindOfAppointment { erased }).await
    }

    /// Whether the data of the person with whom an appointment is was erased.
    fn is_erased(&self, workspace: WorkspaceId, id: AppointmentId) -> Result<bool, EngineError> {
        let loaded = self.load::<Appointment>(workspace, id.0)?;
        let Some(booking) = loaded.state.booking else { return Ok(false) };
        if let Some(contact) = booking.with.contact {
            return Ok(self.load::<Contact>(workspace, contact.0)?.state.erased);
        }
        match booking.with.lead {
            Some(lead) => Ok(self.load::<Lead>(workspace, lead.0)?.state.erased),
            None => Ok(false),
        }
    }
}

fn missing() -> Refusal {
    Refusal::new(RefusalCode::NotFound, "there is no such appointment")
}
