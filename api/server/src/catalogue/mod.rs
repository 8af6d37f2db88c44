//! The catalogue of events for whoever reads them: JSON Schemas of what is shown, and docs/events.md.
//!
//! Everything comes from the catalogue of the domain, the types of the payloads and the read models;
//! nothing is told twice.

mod markdown;
mod schema;

pub use markdown::events_markdown;
pub use schema::{data_schema, delivered_schema, meaning};

use convolog_domain::StreamKind;

/// The endpoints that show what the events of a kind of stream amount to, besides `/v1/events`.
pub const fn shown_by(kind: StreamKind) -> &'static [&'static str] {
    match kind {
        StreamKind::Workspace => &["/v1/workspaces/{id}", "/v1/pipeline"],
        StreamKind::Person => &["/v1/people/{id}"],
        StreamKind::ApiKey => &["/v1/workspaces/{id}/keys"],
        StreamKind::MetaApp => &["/v1/apps/{id}"],
        StreamKind::Number | StreamKind::Channel => &["/v1/channels/{id}"],
        StreamKind::Contact => &["/v1/contacts/{id}"],
        StreamKind::Conversation => &[
            "/v1/conversations/{id}",
            "/v1/conversations/{id}/messages",
            "/v1/conversations/{id}/timeline",
            "/v1/conversations/{id}/events",
        ],
        StreamKind::Receipt => &["/v1/conversations/{id}/recording"],
        StreamKind::Quarantine => &["/v1/quarantine"],
        // They wait for something, or are there for a repetition: nothing shows them by themselves.
        StreamKind::Unmatched | StreamKind::Request => &[],
        StreamKind::Installation => &["/v1/installation"],
        StreamKind::Lead => &["/v1/leads/{id}", "/v1/leads/{id}/events", "/v1/pipeline"],
        StreamKind::Agent => &["/v1/agents/{id}", "/v1/agents/{id}/versions"],
        StreamKind::Document => &["/v1/knowledge/{id}", "/v1/knowledge/{id}/versions"],
        StreamKind::Subscription => &["/v1/webhooks/{id}"],
        StreamKind::Template => &["/v1/templates/{id}"],
        StreamKind::TemplateGroup => &["/v1/template-groups/{id}"],
        StreamKind::ModelConnection => &["/v1/model-connections/{id}"],
        StreamKind::Usage => &["/v1/usage"],
        StreamKind::Service => &["/v1/services/{id}", "/v1/services/{id}/slots"],
        StreamKind::Appointment => &["/v1/appointments/{id}", "/v1/appointments/{id}/events"],
        StreamKind::Import => &["/v1/knowledge/imports/{id}", "/v1/knowledge/imports/{id}/pages"],
        StreamKind::Broadcast => &["/v1/broadcasts/{id}", "/v1/broadcasts/{id}/recipients"],
        StreamKind::Delivery => {
            &["/v1/webhooks/{id}", "/v1/webhooks/{id}/deliveries", "/v1/webhooks/{id}/redeliveries"]
        }
        StreamKind::Media => &["/v1/media/{id}", "/v1/media/{id}/content"],
        StreamKind::CannedReply => &["/v1/canned-replies/{id}"],
    }
}
