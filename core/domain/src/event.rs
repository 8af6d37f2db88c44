//! The catalogue: every event there is, its number, its name, its schema version.
//!
//! Numbers and names stand in the log for ever: add, never change, never reuse. The payload is
//! MessagePack with field names, so that fields can be added with `#[serde(default)]`; any other
//! change raises the schema version and comes with an upcast (`upcast.rs`).

use serde::{Deserialize, Serialize};

use crate::catalogue::EventType;
use crate::{
    agent, api_key, appointment, broadcast, canned_reply, channel, contact, conversation, delivery,
    document, import, installation, lead, media, meta_app, model_connection, number, person,
    quarantine, receipt, request, service, subscription, template, template_group, upcast, usage,
    workspace,
};

/// What kind of thing a stream is the history of; the numbers stand in the log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u16)]
pub enum StreamKind {
    /// A tenant.
    Workspace = 1,
    /// A member of the staff.
    Person = 2,
    /// An API key.
    ApiKey = 3,
    /// A Meta app.
    MetaApp = 4,
    /// Ownership of a platform's number.
    Number = 5,
    /// A connected number.
    Channel = 6,
    /// Somebody who writes.
    Contact = 7,
    /// What was said.
    Conversation = 8,
    /// Statuses whose message is not known yet.
    Unmatched = 9,
    /// Evidence of inbound posts.
    Receipt = 10,
    /// Signed changes that could not be accepted.
    Quarantine = 11,
    /// Answers to requests with an idempotency key.
    Request = 12,
    /// The installation itself.
    Installation = 13,
    /// Somebody who may become a customer.
    Lead = 14,
    /// Who answers.
    Agent = 15,
    /// What a business knows, in its own words.
    Document = 16,
    /// Who hears of events.
    Subscription = 17,
    /// What an API key called.
    Usage = 18,
    /// What became of a subscriber's events.
    Delivery = 19,
    /// A message template of a business account.
    Template = 20,
    /// Templates that say the same.
    TemplateGroup = 21,
    /// Something that can be booked.
    Service = 26,
    /// A time that somebody booked.
    Appointment = 27,
    /// How a workspace calls a model.
    ModelConnection = 28,
    /// Reading a file or a site.
    Import = 23,
    /// One message to many people.
    Broadcast = 24,
    /// A file that the business sends.
    Media = 22,
    /// Something that the staff says again and again.
    CannedReply = 25,
}

impl StreamKind {
    /// Every kind.
    pub const ALL: [Self; 28] = [
        Self::Workspace,
        Self::Person,
        Self::ApiKey,
        Self::MetaApp,
        Self::Number,
        Self::Channel,
        Self::Contact,
        Self::Conversation,
        Self::Unmatched,
        Self::Receipt,
        Self::Quarantine,
        Self::Request,
        Self::Installation,
        Self::Lead,
        Self::Agent,
        Self::Document,
        Self::Subscription,
        Self::Usage,
        Self::Delivery,
        Self::Template,
        Self::TemplateGroup,
        Self::Service,
        Self::Appointment,
        Self::ModelConnection,
        Self::Import,
        Self::Broadcast,
        Self::Media,
        Self::CannedReply,
    ];

    /// The number in the log.
    #[expect(clippy::as_conversions, reason = "the discriminant is the number")]
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The kind with this number.
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name that the API shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::Person => "person",
            Self::ApiKey => "api_key",
            Self::MetaApp => "meta_app",
            Self::Number => "number",
            Self::Channel => "channel",
            Self::Contact => "contact",
            Self::Conversation => "conversation",
            Self::Unmatched => "unmatched",
            Self::Receipt => "receipt",
            Self::Quarantine => "quarantine",
            Self::Request => "request",
            Self::Installation => "installation",
            Self::Lead => "lead",
            Self::Agent => "agent",
            Self::Document => "document",
            Self::Subscription => "subscription",
            Self::Usage => "usage",
            Self::Delivery => "delivery",
            Self::Template => "template",
            Self::TemplateGroup => "template_group",
            Self::Service => "service",
            Self::Appointment => "appointment",
            Self::ModelConnection => "model_connection",
            Self::Import => "import",
            Self::Broadcast => "broadcast",
            Self::Media => "media",
            Self::CannedReply => "canned_reply",
        }
    }
}

/// A payload that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableEvent {
    /// Written by a newer Convolog.
    #[error(
        "event type {code} with schema {schema} is not known to this version of Convolog; use the version that wrote it, or a newer one"
    )]
    Unknown {
        /// The number.
        code: u16,
        /// Its schema version.
        schema: u16,
    },
    /// Not what this type holds.
    #[error("the payload of an event of type {code} cannot be read")]
    Payload {
        /// The number.
        code: u16,
        /// What was wrong.
        #[source]
        source: rmp_serde::decode::Error,
    },
}

/// Declares the events of one aggregate: number, name, schema version, payload type, what may be
/// sealed in it (kinds of content), who makes it (`file::Command`, or `intake`).
macro_rules! events {
    ($(#[$doc:meta])* $kind:ident { $(
        $code:literal $name:literal @$schema:literal $variant:ident($payload:ty)
        $(seals [$($content:ident),*])? by [$($($maker:ident)::+),+]
    ),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug)]
        #[expect(missing_docs, reason = "each variant is the payload type of its name")]
        pub enum Event { $($variant($payload)),* }

        impl Event {
            /// The rows of the catalogue.
            pub const TYPES: &'static [$crate::catalogue::EventType] = &[$($crate::catalogue::row!(
                $kind $code $name $schema [$($($content)*)?] [$(($($maker)::+))+]
            )),*];

            /// Its row.
            pub const fn event_type(&self) -> $crate::catalogue::EventType {
                match self { $(Self::$variant(_) => {
                    const ROW: $crate::catalogue::EventType = $crate::catalogue::row!(
                        $kind $code $name $schema [$($($content)*)?] [$(($($maker)::+))+]
                    );
                    ROW
                }),* }
            }

            pub(crate) fn schema(code: u16) -> Option<schemars::Schema> {
                $(if code == $crate::event::StreamKind::$kind.code() * 256 + $code {
                    return Some($crate::catalogue::schema_of::<$payload>());
                })*
                None
            }

            pub(crate) fn payload(&self) -> Result<Vec<u8>, rmp_serde::encode::Error> {
                match self { $(Self::$variant(event) => rmp_serde::to_vec_named(event)),* }
            }

            pub(crate) fn json(&self) -> serde_json::Value {
                match self { $(Self::$variant(event) => serde_json::to_value(event).unwrap_or_default()),* }
            }

            pub(crate) fn read(code: u16, payload: &[u8]) -> Option<Result<Self, rmp_serde::decode::Error>> {
                $(if code == $crate::event::StreamKind::$kind.code() * 256 + $code {
                    return Some($crate::exact::exactly(payload).map(Self::$variant));
                })*
                None
            }
        }

        $(impl From<$payload> for Event {
            fn from(event: $payload) -> Self { Self::$variant(event) }
        }
        impl From<$payload> for $crate::event::Event {
            fn from(event: $payload) -> Self { Event::$variant(event).into() }
        })*
    };
}
pub(crate) use events;

macro_rules! all_events {
    ($($kind:ident($module:ident)),* $(,)?) => {
        /// Any event, in the clear.
        #[derive(Clone, PartialEq, Debug)]
        #[expect(missing_docs, reason = "each variant is the events of the aggregate of its name")]
        pub enum Event { $($kind($module::Event)),* }

        impl Event {
            /// The whole catalogue, by number.
            pub fn catalogue() -> Vec<EventType> {
                [$($module::Event::TYPES),*].concat()
            }

            /// Its row in the catalogue.
            pub const fn event_type(&self) -> EventType {
                match self { $(Self::$kind(event) => event.event_type()),* }
            }

            /// JSON Schema (2020-12) of the payload of the type with this number, as the API shows it
            /// in the clear.
            pub fn schema(code: u16) -> Option<schemars::Schema> {
                $(if let Some(schema) = $module::Event::schema(code) {
                    return Some(schema);
                })*
                None
            }

            /// The payload as it stands in the log.
            ///
            /// # Errors
            /// None in practice: every payload type can be written.
            pub fn payload(&self) -> Result<Vec<u8>, rmp_serde::encode::Error> {
                match self { $(Self::$kind(event) => event.payload()),* }
            }

            /// The payload as the API shows it.
            pub fn json(&self) -> serde_json::Value {
                match self { $(Self::$kind(event) => event.json()),* }
            }

            /// Reads a payload of any schema version, upcasting old ones.
            pub fn read(code: u16, schema: u16, payload: &[u8]) -> Result<Self, UnreadableEvent> {
                let row = Self::catalogue_row(code).filter(|row| schema <= row.schema)
                    .ok_or(UnreadableEvent::Unknown { code, schema })?;
                let payload = upcast::to_current(row, schema, payload)
                    .map_err(|source| UnreadableEvent::Payload { code, source })?;
                $(if let Some(read) = $module::Event::read(code, &payload) {
                    return read.map(Self::$kind).map_err(|source| UnreadableEvent::Payload { code, source });
                })*
                Err(UnreadableEvent::Unknown { code, schema })
            }

            fn catalogue_row(code: u16) -> Option<EventType> {
                $(if let Some(row) = $module::Event::TYPES.iter().find(|row| row.code == code) {
                    return Some(*row);
                })*
                None
            }
        }

        $(impl From<$module::Event> for Event {
            fn from(event: $module::Event) -> Self { Self::$kind(event) }
        }
        impl TryFrom<Event> for $module::Event {
            type Error = Event;
            fn try_from(event: Event) -> Result<Self, Event> {
                match event { Event::$kind(event) => Ok(event), other => Err(other) }
            }
        })*
    };
}

all_events! {
    Workspace(workspace),
    Person(person),
    ApiKey(api_key),
    MetaApp(meta_app),
    Number(number),
    Channel(channel),
    Contact(contact),
    Conversation(conversation),
    Unmatched(unmatched),
    Receipt(receipt),
    Quarantine(quarantine),
    Request(request),
    Installation(installation),
    Lead(lead),
    Agent(agent),
    Document(document),
    Subscription(subscription),
    Usage(usage),
    Delivery(delivery),
    Template(template),
    TemplateGroup(template_group),
    Service(service),
    Appointment(appointment),
    ModelConnection(model_connection),
    Import(import),
    Broadcast(broadcast),
    Media(media),
    CannedReply(canned_reply),
}

use conversation::unmatched;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_unique_and_belong_to_their_stream() {
        let all = Event::catalogue();
        let codes: std::collections::BTreeSet<_> = all.iter().map(|row| row.code).collect();
        let names: std::collections::BTreeSet<_> = all.iter().map(|row| row.name).collect();
        assert_eq!((codes.len(), names.len()), (all.len(), all.len()));
        assert!(all.iter().all(|row| row.code >> 8 == row.kind.code()));
    }
}

#[cfg(test)]
mod roundtrip {
    use super::*;
    use crate::conversation::{Direction, MessageFacts, MessageReceived};
    use crate::{Hash32, MessageId};

    #[test]
    fn a_payload_with_ids_and_hashes_comes_back() {
        let event: Event = MessageReceived {
            facts: MessageFacts {
                message: MessageId(uuid::Uuid::from_u128(7)),
                direction: Direction::Inbound,
                kind: "text".into(),
                sent_at: Some(1_700_000_000),
                rank: 3,
                fragment: Hash32([9; 32]),
                reply_to: None,
                errors: vec![],
                referral: false,
                group: false,
                history_status: None,
                word: None,
                media_until: None,
            },
        }
        .into();
        let row = event.event_type();
        let bytes = event.payload().unwrap();
        assert_eq!(Event::read(row.code, row.schema, &bytes).unwrap(), event);
    }
}
