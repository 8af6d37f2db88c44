//! What is not the native API proper: health, figures, documentation, and the platform's door.

pub(crate) mod docs;
pub(crate) mod health;
pub(crate) mod inbound;
pub(crate) mod metrics;
pub(crate) mod webhook_keys;
