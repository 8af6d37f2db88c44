//! Which times of a service are free.

use std::collections::HashMap;

use convolog_domain::appointment::Slot;
use convolog_domain::service::{Service, ServiceSettings};
use convolog_domain::{AppointmentId, ClaimKey, Refusal, ServiceId, WorkspaceId};

use super::hours;
use crate::engine::Engine;
use crate::error::EngineError;

/// What a service is set to, and its free times.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FreeTimes {
    /// What it is set to.
    pub settings: ServiceSettings,
    /// When an appointment can begin (seconds since 1970), in order.
    pub starts: Vec<i64>,
}

impl Engine {
    /// The free times of a service that begin within a stretch of time (seconds since 1970), asked at
    /// this moment. Somebody may take one of them before whoever asked does.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such service.
    pub fn free_times(
        &self,
        workspace: WorkspaceId,
        service: ServiceId,
        (from, until): (i64, i64),
    ) -> Result<FreeTimes, EngineError> {
        let loaded = self.load::<Service>(workspace, service.0)?;
        let settings = loaded.state.existing()?.clone();
        let now = self.clock().now().0.div_euclid(1_000_000);
        let opens = hours::opens(&settings, from, until);
        let (mut taken, mut starts) = (HashMap::new(), Vec::new());
        for starts_at in settings.starts(&opens, now) {
            if !(from..until).contains(&starts_at) {
                continue;
            }
            let (settings, opens) = (settings.clone(), Vec::new());
            let slot = Slot { service, settings, opens, starts_at };
            let mut free = true;
            for key in slot.keys() {
                let is_taken = if let Some(known) = taken.get(&key) {
                    *known
                } else {
                    let held = self.log().holder(&self.claim_hash(workspace, &key)?)?.is_some();
                    taken.insert(key, held);
                    held
                };
                free &= !is_taken;
            }
            if free {
                starts.push(starts_at);
            }
        }
        Ok(FreeTimes { settings, starts })
    }

    /// A time of a service, with what is needed to tell whether it is offered.
    pub(super) fn slot(
        &self,
        workspace: WorkspaceId,
        service: ServiceId,
        starts_at: i64,
    ) -> Result<Slot, EngineError> {
        let loaded = self.load::<Service>(workspace, service.0)?;
        let Some(settings) = loaded.state.settings.clone() else {
            let detail = "names a service that this workspace does not have";
            return Err(Refusal::field("service_id", detail).into());
        };
        let opens = hours::opens(&settings, starts_at, starts_at);
        Ok(Slot { service, settings, opens, starts_at })
    }

    /// Refuses if one of these unique keys is somebody else's time.
    pub(super) fn is_free(
        &self,
        workspace: WorkspaceId,
        appointment: AppointmentId,
        keys: &[ClaimKey],
    ) -> Result<(), EngineError> {
        for key in keys.iter().filter(|key| matches!(key, ClaimKey::Calendar(..))) {
            let holder = self.log().holder(&self.claim_hash(workspace, key)?)?;
            if holder.is_some_and(|holder| holder.stream.id != appointment.0) {
                return Err(taken().into());
            }
        }
        Ok(())
    }
}

/// Somebody has that time.
fn taken() -> Refusal {
    let detail = "somebody else has that time, or one that overlaps it; GET \
                  /v1/services/{id}/slots lists what is free";
    let refusal = Refusal::new(convolog_domain::RefusalCode::SlotTaken, detail);
    Refusal { field: Some("starts_at"), ..refusal }
}
