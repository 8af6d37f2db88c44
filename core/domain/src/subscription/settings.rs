//! What a subscriber asked for: which events, in which order. The address itself is sealed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::told::{EVERYDAY, expanded, may_be_told, names_something, told_as, told_events};
use crate::catalogue::EventType;
use crate::event::Event;
use crate::ids::AgentId;
use crate::limits::{
    DELIVERY_ORDERS, DELIVERY_SIGNATURES, EVENT_PATTERNS_MAX, FILTER_CHARS_MAX, FILTERS_MAX,
    RATES_PER_SECOND,
};
use crate::refusal::Refusal;
use crate::validate;

/// The signature that every delivery has.
const STANDARD_SIGNATURE: &str = "standard";

/// What a subscriber asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    /// The names that `events` stood for when it was saved; empty if it names no kind, and where it
    /// was saved before this was kept. What is added to the catalogue later is not told to whoever
    /// asked for a kind before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Deliveries within a second; none for as many as can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_per_second: Option<u16>,
    /// What an event must say to be told: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<FieldFilter>,
    /// The agent whose conversations, leads and appointments are told, and nothing else; none for
    /// everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
}

/// What a field of an event must say. Fields in the clear only: ids, kinds, codes and numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FieldFilter {
    /// The path of the field within the `data` of the event, such as `settings.name`.
    pub field: String,
    /// What it says, as a text.
    pub equals: String,
}

impl FieldFilter {
    /// Whether the clear part of an event says so; what it does not say at all, it does not say.
    fn passes(&self, data: &Value) -> bool {
        let found = self.field.split('.').try_fold(data, |value, name| value.get(name));
        match found {
            Some(Value::String(text)) => *text == self.equals,
            Some(Value::Number(number)) => number.to_string() == self.equals,
            Some(Value::Bool(true)) => self.equals == "true",
            Some(Value::Bool(false)) => self.equals == "false",
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => false,
        }
    }

    fn checked(self) -> Result<Self, Refusal> {
        let name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
        };
        let long = |text: &str| text.len() > FILTER_CHARS_MAX;
        if long(&self.field) || !self.field.split('.').all(name) {
            let detail =
                "names a field by its path in the data of an event, such as times.starts_at";
            return Err(Refusal::field("filters", detail));
        }
        let plain = self.equals.bytes().all(|c| c.is_ascii_graphic());
        if self.equals.is_empty() || long(&self.equals) || !plain {
            let detail = format!(
                "compares with 1 to {FILTER_CHARS_MAX} letters, digits and signs without spaces: ids, \
                 kinds, codes and numbers, which stand in the clear"
            );
            return Err(Refusal::field("filters", detail));
        }
        Ok(self)
    }
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
    /// Deliveries within a second; none inside for as many as can be.
    pub rate_per_second: Option<Option<u16>>,
    /// What an event must say to be told.
    pub filters: Option<Vec<FieldFilter>>,
}

impl SubscriptionChanges {
    pub(super) fn onto(self, old: SubscriptionSettings) -> SubscriptionSettings {
        let Self { name, events, order, signature, rate_per_second, filters } = self;
        // What is asked for anew stands for what there is now.
        let names = if events.is_some() { Vec::new() } else { old.names };
        SubscriptionSettings {
            name: name.unwrap_or(old.name),
            events: events.unwrap_or(old.events),
            order: order.unwrap_or(old.order),
            signature: signature.or(old.signature),
            names,
            rate_per_second: rate_per_second.unwrap_or(old.rate_per_second),
            filters: filters.unwrap_or(old.filters),
            agent: old.agent,
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
        if self.names.is_empty() && self.events.iter().any(|pattern| pattern.ends_with(".*")) {
            self.names = expanded(&self.events, &told);
        }
        if self.rate_per_second.is_some_and(|rate| !RATES_PER_SECOND.contains(&rate)) {
            let (least, most) = (RATES_PER_SECOND.start(), RATES_PER_SECOND.end());
            return Err(Refusal::field("rate_per_second", format!("must be {least} to {most}")));
        }
        if self.filters.len() > FILTERS_MAX {
            return Err(Refusal::field("filters", format!("takes at most {FILTERS_MAX}")));
        }
        self.filters =
            self.filters.into_iter().map(FieldFilter::checked).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The names that are asked for, and patterns where none were kept.
    fn wanted(&self) -> &[String] {
        if self.names.is_empty() { &self.events } else { &self.names }
    }

    /// Whether events of this type may be asked for.
    pub fn asks_for(&self, row: &EventType) -> bool {
        may_be_told(self.wanted(), row)
    }

    /// The numbers of the types that may be asked for.
    pub fn codes(&self) -> Vec<u16> {
        Event::catalogue().iter().filter(|row| self.asks_for(row)).map(|row| row.code).collect()
    }

    /// The name under which an event is told, `live` or imported; none if it is not asked for.
    pub fn told_as(&self, event: &Event, live: bool) -> Option<&'static str> {
        let name = told_as(self.wanted(), event, live)?;
        if self.filters.is_empty() {
            return Some(name);
        }
        let data = event.json();
        self.filters.iter().all(|filter| filter.passes(&data)).then_some(name)
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
            ..SubscriptionSettings::default()
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

    #[test]
    fn a_kind_stands_for_the_names_there_are_when_it_is_saved() {
        let settings = asked(&["message.*", "note_added"]).checked().unwrap();
        assert_eq!(settings.events, ["message.*", "note_added"]);
        let names = ["message.delivered", "message.failed", "message.read", "message.received"];
        assert_eq!(settings.names[..4], names);
        assert!(
            settings.asks_for(&row("note_added")) && settings.asks_for(&row("status_received"))
        );
        assert!(asked(&["*", "note_added"]).checked().unwrap().names.is_empty());
        // Whoever asked before a name was added does not hear of it.
        let before = SubscriptionSettings { names: vec!["message.read".into()], ..settings };
        let kept = SubscriptionChanges::default().onto(before.clone()).checked().unwrap();
        assert_eq!(kept, before);
        assert!(!kept.asks_for(&row("note_added")));
        let events = Some(vec!["message.*".into()]);
        let anew = SubscriptionChanges { events, ..SubscriptionChanges::default() };
        assert_eq!(anew.onto(before).checked().unwrap().names.len(), 5);
    }

    #[test]
    fn only_what_says_so_passes_a_filter() {
        let event: Event = crate::conversation::ConversationAssigned {
            old_assignee: None,
            assignee: crate::ids::PersonId(uuid::Uuid::from_u128(7)),
        }
        .into();
        let filtered = |field: &str, equals: &str| {
            let filters = vec![FieldFilter { field: field.into(), equals: equals.into() }];
            let asked = SubscriptionSettings { filters, ..asked(&["*"]) };
            asked.checked().unwrap().told_as(&event, true).is_some()
        };
        assert!(filtered("assignee", "00000000-0000-0000-0000-000000000007"));
        assert!(!filtered("assignee", "00000000-0000-0000-0000-000000000008"));
        assert!(
            !filtered("assignee.id", "7")
                && !filtered("old_assignee", "null")
                && !filtered("new", "x")
        );
        let of = |text: &str| FieldFilter { field: "a.b".into(), equals: text.into() };
        for (data, text) in [
            (serde_json::json!({ "a": { "b": 7 } }), "7"),
            (serde_json::json!({ "a": { "b": true } }), "true"),
            (serde_json::json!({ "a": { "b": "x" } }), "x"),
        ] {
            assert!(of(text).passes(&data) && !of("y").passes(&data));
        }
    }

    #[test]
    fn filters_and_rates_have_limits() {
        let with =
            |field: &str, equals: &str| FieldFilter { field: field.into(), equals: equals.into() };
        for (field, bad) in [
            ("filters", SubscriptionSettings { filters: vec![with("", "x")], ..asked(&["*"]) }),
            ("filters", SubscriptionSettings { filters: vec![with("a.", "x")], ..asked(&["*"]) }),
            ("filters", SubscriptionSettings { filters: vec![with("A", "x")], ..asked(&["*"]) }),
            ("filters", SubscriptionSettings { filters: vec![with("a", "")], ..asked(&["*"]) }),
            (
                "filters",
                SubscriptionSettings { filters: vec![with("a", "Maria Silva")], ..asked(&["*"]) },
            ),
            (
                "filters",
                SubscriptionSettings { filters: vec![with("a", "x"); 11], ..asked(&["*"]) },
            ),
            ("rate_per_second", SubscriptionSettings { rate_per_second: Some(0), ..asked(&["*"]) }),
        ] {
            assert_eq!(bad.checked().unwrap_err().field, Some(field));
        }
    }
}
