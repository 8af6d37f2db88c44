//! Making and changing services.

use convolog_domain::service::{CreateService, ServiceSettings, State, UpdateService};
use convolog_domain::{Event, Refusal, ServiceId};

use super::hours;
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};

impl Engine {
    /// Makes a service.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says, if the time zone is not known, or whoever does it
    /// is not on the staff.
    pub async fn create_service(
        &self,
        caller: &Caller,
        id: ServiceId,
        settings: ServiceSettings,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            known(Some(&settings.time_zone))?;
            if let Some(person) = settings.staff {
                self.on_the_staff(caller.workspace, person, "staff_id")?;
            }
            let command = CreateService { settings: settings.clone() };
            let (plan, events) = self.decide(caller, id.0, command)?;
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// Changes a service; the answer is worked out from the service as it was before and what happened
    /// (nothing, if it was so already).
    ///
    /// # Errors
    /// As [`Engine::create_service`].
    pub async fn update_service(
        &self,
        caller: &Caller,
        id: ServiceId,
        command: UpdateService,
        once: Option<&Once>,
        answer: impl Fn(&State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        known(command.changes.time_zone.as_deref())?;
        if let Some(person) = command.changes.staff.flatten() {
            self.on_the_staff(caller.workspace, person, "staff_id")?;
        }
        self.execute_knowing(caller, id.0, command, once, answer).await
    }
}

fn known(time_zone: Option<&str>) -> Result<(), Refusal> {
    if time_zone.is_none_or(|name| hours::time_zone(name).is_some()) {
        return Ok(());
    }
    Err(Refusal::field("time_zone", "must be a time zone such as Europe/Berlin (IANA)"))
}
