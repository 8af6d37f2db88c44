//! What the tests of services and appointments begin with.

use super::{Event, ServiceCreated, ServiceSettings};
use crate::agent::OpenHours;

/// Half an hour, Mondays nine to five.
pub(crate) fn settings() -> ServiceSettings {
    ServiceSettings {
        weekly: vec![OpenHours { day: 1, opens: 540, closes: 1_020 }],
        ..ServiceSettings::named("Check-up")
    }
}

/// It was made.
pub(crate) fn created() -> Event {
    ServiceCreated { settings: settings() }.into()
}
