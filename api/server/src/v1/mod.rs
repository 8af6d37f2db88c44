//! The native API, one folder a noun, one file an endpoint or two.

pub(crate) mod agents;
pub(crate) mod analytics;
pub(crate) mod appointments;
pub(crate) mod apps;
pub(crate) mod broadcasts;
pub(crate) mod canned_replies;
pub(crate) mod channels;
pub(crate) mod contacts;
pub(crate) mod conversations;
pub(crate) mod event_types;
pub(crate) mod events;
pub(crate) mod installation;
pub(crate) mod keys;
pub(crate) mod knowledge;
pub(crate) mod lead_rules;
pub(crate) mod leads;
pub(crate) mod limits;
pub(crate) mod media;
pub(crate) mod model_connections;
pub(crate) mod people;
pub(crate) mod pipeline;
pub(crate) mod projections;
pub(crate) mod quarantine;
pub(crate) mod search;
pub(crate) mod services;
pub(crate) mod template_groups;
pub(crate) mod templates;
pub(crate) mod usage;
pub(crate) mod webhooks;
pub(crate) mod workspaces;

mod files;
pub(crate) mod settings;
pub(crate) mod wire;
