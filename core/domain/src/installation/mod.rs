//! The installation itself: which instance may act on the outside world.

use serde::{Deserialize, Serialize};

use crate::event::events;

/// This instance may act from now on, and no other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InstanceArmed {
    /// A hash of what tells this instance from a copy of it.
    pub instance: String,
}

/// No instance may act.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InstanceDisarmed {
    /// Why.
    pub reason: String,
}

events! {
    /// What happened to the installation.
    Installation {
        1 "instance_armed" @1 InstanceArmed(InstanceArmed),
        2 "instance_disarmed" @1 InstanceDisarmed(InstanceDisarmed),
    }
}
