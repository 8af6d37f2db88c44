//! What a subscriber asked for: which events, in which order. The address itself is sealed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::told::{EVERYDAY, may_be_told, names_something, told_as, told_events};
use crate::catalogue::EventType;
use crate::event::Event;
use crate::limits::{DELIVERY_ORDERS, DELIVERY_SIGNATURES, EVENT_PATTERNS_MAX};
use crate::refusal::Refusal;
use crate::validate;

/// The signature that every delivery has.
const STANDARD_SIGNATURE: &str = "standard";

/// What a subscriber asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionSettings {
    /// What the staff calls it.
    pub name: String,
    /// Names of the catalogue, names of everyday use (`message.delivered`), all events of a kind
    /// (`conversation.*`), or all of them (`*`).
    pub events: Vec<String>,
    /// In which order they are told: `ordered`, `ordered_by_conversation` or `unordered`.
    pub order: String,
    /// How deliveries are signed besides as Standard Webhooks says; none for nothing besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// What is to be changed of it; what is left out stays as it is, whoever set it and when.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SubscriptionChanges {
    /// What the staff calls it.
    pub name: Option<String>,
    /// All events that are asked for.
    pub events: Option<Vec<String>>,
    /// In which order they are delivered.
    pub order: Option<String>,
    /// How deliveries are signed.
    pub signature: Option<String>,
}

impl SubscriptionChanges {
    pub(super) fn onto(self, old: SubscriptionSettings) -> SubscriptionSettings {
        let Self { name, events, order, signature } = self;
        SubscriptionSettings {
            name: name.unwrap_or(old.name),
            events: events.unwrap_or(old.events),
            order: order.unwrap_or(old.order),
            signature: signature.or(old.signature),
        }
    }
}

impl SubscriptionSettings {
    /// The settings as they will be recorded.
    pub(super) fn checked(mut self) -> Result<Self, Refusal> {
        self.name = validate::name("name", &self.name)?;
        self.order = validate::one_of("order", &self.order, &DELIVERY_ORDERS)?;
        if let Some(signature) = &self.signature {
            let signature = validate::one_of("signature", signature, &DELIVERY_SIGNATURES)?;
            self.signature = Some(signature).filter(|signature| signature != STANDARD_SIGNATURE);
        }
        let patterns: BTreeSet<String> =
            self.events.iter().map(|pattern| pattern.trim().to_owned()).collect();
        if patterns.is_empty() || patterns.len() > EVENT_PATTERNS_MAX {
            let detail = format!("needs 1 to {EVENT_PATTERNS_MAX} names of events");
            return Err(Refusal::field("events", detail));
        }
        let told = told_events();
        for pattern in &patterns {
            if !names_something(pattern, &told) {
                let detail = "names no event that can be subscribed to; take names of the \
                              catalogue, a kind such as conversation.*, or * for all";
                let everyday = EVERYDAY.iter().map(|row| row.name);
                let names = told.iter().map(|row| row.name).chain(everyday);
                return Err(Refusal::field("events", detail).allowing(names));
            }
        }
        self.events = patterns.into_iter().collect();
        Ok(self)
    }

    /// Whether events of this type may be asked for.
    pub fn asks_for(&self, row: &EventType) -> bool {
        may_be_told(&self.events, row)
    }

    /// The numbers of the types that may be asked for.
    pub fn codes(&self) -> Vec<u16> {
        told_events().iter().filter(|row| self.asks_for(row)).map(|row| row.code).collect()
    }

    /// The name under which an event is told, `live` or imported; none if it is not asked for.
    pub fn told_as(&self, event: &Event, live: bool) -> Option<&'static str> {
        told_as(&self.events, event, live)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(events: &[&str]) -> SubscriptionSettings {
        SubscriptionSettings {
            name: "CRM".into(),
            events: events.iter().map(ToString::to_string).collect(),
            order: "ordered".into(),
            signature: None,
        }
    }

    fn row(name: &str) -> EventType {
        *Event::catalogue().iter().find(|row| row.name == name).unwrap()
    }

    #[test]
    fn an_event_is_asked_for_by_name_by_kind_or_with_all() {
        for (events, name, wanted) in [
            (&["message_received"][..], "message_received", true),
            (&["message_received"], "message_edited", false),
            (&["conversation.*"], "note_added", true),
            (&["conversation.*"], "contact_created", false),
            (&["contact.*", "agent_published"], "agent_published", true),
            (&["*"], "channel_connected", true),
            (&["*"], "request_completed", false),
            (&["*"], "subscription_created", false),
        ] {
            let settings = asked(events).checked().unwrap();
            assert_eq!(settings.asks_for(&row(name)), wanted, "{events:?} {name}");
        }
    }

    #[test]
    fn what_is_not_told_cannot_be_asked_for() {
        for bad in [&[][..], &["nope"], &["nope.*"], &["request_completed"], &["request.*"], &[""]]
        {
            assert_eq!(asked(bad).checked().unwrap_err().field, Some("events"), "{bad:?}");
        }
        let settings = asked(&["message_received", " message_received"]).checked().unwrap();
        assert_eq!(settings.events, ["message_received"]);
    }
}
