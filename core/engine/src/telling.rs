//! Whether an event is told to a subscriber, and under which name: one answer for whoever delivers,
//! counts or shows.

use convolog_domain::subscription::SubscriptionSettings;
use convolog_domain::{StreamKind, SubscriptionId};
use convolog_log::Origin;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::recorded::Recorded;

/// The name under which an event is told to whoever asks for such; none if it is not asked for. How an
/// endpoint is doing is told to the others.
pub fn name_for(
    settings: &SubscriptionSettings,
    own: SubscriptionId,
    event: &Recorded,
) -> Option<&'static str> {
    if event.stream.kind == StreamKind::Delivery && event.stream.id == own.0 {
        return None;
    }
    settings.told_as(&event.event, event.origin == Origin::Live)
}

impl Engine {
    /// Whether a subscriber is told of an event: it is what they asked for, of the agent they asked about.
    ///
    /// # Errors
    /// [`EngineError`] if log or vault cannot be read.
    pub fn is_told(
        &self,
        settings: &SubscriptionSettings,
        own: SubscriptionId,
        event: &Recorded,
    ) -> Result<bool, EngineError> {
        if name_for(settings, own, event).is_none() {
            return Ok(false);
        }
        settings.agent.map_or(Ok(true), |agent| self.concerns_agent(agent, event))
    }
}
