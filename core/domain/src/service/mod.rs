//! Something that can be booked: how long it takes, when it is open, how early and how far ahead.
//!
//! A week of hours in a time zone, and days that are exceptions. Where the hours of a day lie in time
//! is for whoever knows the time zones to say ([`Open`]); which times are offered within them is
//! decided here.

mod create_service;
mod day;
#[cfg(test)]
pub(crate) mod fixtures;
mod settings;
mod update_service;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::refusal::{Refusal, RefusalCode};

pub use create_service::CreateService;
pub use day::{Day, NoDay};
pub use settings::{DayException, DayHours, Open, ServiceChanges, ServiceSettings};
pub use update_service::UpdateService;

/// Something can be booked from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServiceCreated {
    /// What it is set to.
    pub settings: ServiceSettings,
}

/// It is set to something else from now on. What is booked stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServiceUpdated {
    /// What it is set to now.
    pub settings: ServiceSettings,
}

events! {
    /// What happened to a service.
    Service {
        1 "service_created" @1 ServiceCreated(ServiceCreated) by [create_service::CreateService],
        2 "service_updated" @1 ServiceUpdated(ServiceUpdated) by [update_service::UpdateService],
    }
}

/// What the history of a service amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What it is set to; none before it was made.
    pub settings: Option<ServiceSettings>,
}

impl State {
    /// What a service is set to that must be there.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] if it was never made.
    pub fn existing(&self) -> Result<&ServiceSettings, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such service");
        self.settings.as_ref().ok_or_else(missing)
    }
}

/// Something that can be booked.
#[derive(Clone, Copy, Debug)]
pub struct Service;

impl Aggregate for Service {
    const KIND: StreamKind = StreamKind::Service;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        let (Event::ServiceCreated(ServiceCreated { settings })
        | Event::ServiceUpdated(ServiceUpdated { settings })) = event;
        state.settings = Some(settings.clone());
    }
}
