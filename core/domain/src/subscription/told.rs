//! Which events a subscriber can ask for, and under which name each is told.
//!
//! Every event of [`TOLD_KINDS`] has its name of the catalogue. Some also have a name of everyday
//! use, such as `message.delivered`: one table, from events and what they say to names. Whoever adds
//! an event that one of them speaks of adds it here.

use std::collections::BTreeSet;

use crate::appointment::{self, ReminderOutcome};
use crate::catalogue::EventType;
use crate::conversation::{self, Direction};
use crate::event::{Event, StreamKind};
use crate::{delivery, lead};

/// The kinds of streams whose events can be subscribed to. What is bookkeeping of our own (receipts,
/// requests, the installation, subscriptions themselves) is told to nobody: a delivery is never
/// itself delivered. Only how an endpoint is doing is told to the others, under a name of everyday use.
pub const TOLD_KINDS: [StreamKind; 9] = [
    StreamKind::Workspace,
    StreamKind::Person,
    StreamKind::Channel,
    StreamKind::Contact,
    StreamKind::Conversation,
    StreamKind::Lead,
    StreamKind::Agent,
    StreamKind::Service,
    StreamKind::Appointment,
];

/// A name of everyday use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Everyday {
    /// The name: `noun.verb`.
    pub name: &'static str,
    /// What it says, for people.
    pub means: &'static str,
    /// The events it stands for: names of the catalogue, some only if they say this word.
    pub of: &'static [(&'static str, Option<&'static str>)],
}

/// The names of everyday use.
pub const EVERYDAY: [Everyday; 21] = [
    Everyday {
        name: "message.received",
        means: "A customer wrote.",
        of: &[("message_received", Some("inbound"))],
    },
    Everyday {
        name: "message.sent",
        means: "The platform sent a message of the business on its way.",
        of: &[("status_received", Some("sent"))],
    },
    Everyday {
        name: "message.delivered",
        means: "A message of the business reached the customer.",
        of: &[("status_received", Some("delivered"))],
    },
    Everyday {
        name: "message.read",
        means: "The customer read a message of the business.",
        of: &[("status_received", Some("read"))],
    },
    Everyday {
        name: "message.failed",
        means: "A message of the business did not reach the customer, and is not tried again.",
        of: &[("status_received", Some("failed")), ("message_rejected", Some("failed"))],
    },
    Everyday {
        name: "conversation.started",
        means: "A customer and a number of the business speak for the first time.",
        of: &[("conversation_opened", None)],
    },
    Everyday {
        name: "conversation.closed",
        means: "Nobody waits for anything in a conversation any more.",
        of: &[("conversation_closed", None)],
    },
    Everyday {
        name: "lead.created",
        means: "Somebody may become a customer.",
        of: &[("lead_opened", None)],
    },
    Everyday {
        name: "lead.qualified",
        means: "A lead is worth the effort.",
        of: &[("lead_stage_changed", Some("QUALIFIED"))],
    },
    Everyday {
        name: "appointment.booked",
        means: "A time was booked.",
        of: &[("appointment_booked", None)],
    },
    Everyday {
        name: "appointment.moved",
        means: "An appointment is at another time.",
        of: &[("appointment_moved", None)],
    },
    Everyday {
        name: "appointment.cancelled",
        means: "An appointment does not take place.",
        of: &[("appointment_cancelled", None)],
    },
    Everyday {
        name: "appointment.completed",
        means: "An appointment took place.",
        of: &[("appointment_completed", None)],
    },
    Everyday {
        name: "appointment.missed",
        means: "Nobody came to an appointment.",
        of: &[("appointment_missed", None)],
    },
    Everyday {
        name: "appointment.reminder_due",
        means: "The time has come to remind somebody of an appointment.",
        of: &[("appointment_reminder_due", Some("due"))],
    },
    Everyday {
        name: "endpoint.degraded",
        means: "Another webhook of the workspace often fails.",
        of: &[("endpoint_health_changed", Some("degraded"))],
    },
    Everyday {
        name: "endpoint.paused",
        means: "Another webhook of the workspace fails altogether: it is tried once an hour.",
        of: &[("endpoint_health_changed", Some("paused"))],
    },
    Everyday {
        name: "endpoint.disabled",
        means: "Another webhook of the workspace answered 410: nothing is delivered there any more.",
        of: &[("endpoint_health_changed", Some("disabled"))],
    },
    Everyday {
        name: "endpoint.recovered",
        means: "Another webhook of the workspace takes what it is sent again.",
        of: &[("endpoint_health_changed", Some("recovered"))],
    },
    Everyday {
        name: "handoff.triggered",
        means: "A person is to answer in a conversation.",
        of: &[("handoff_triggered", None)],
    },
    Everyday {
        name: "handoff.resolved",
        means: "A conversation was handed back, or closed.",
        of: &[("handoff_resolved", None)],
    },
];

/// The word by which some of an event's kind have a name of their own.
fn word(event: &Event) -> Option<&str> {
    match event {
        Event::Conversation(conversation::Event::StatusReceived(status)) if !status.call => {
            Some(&status.status)
        }
        // What is tried again has not failed.
        Event::Conversation(conversation::Event::MessageRejected(rejected)) => {
            rejected.is_final().then_some("failed")
        }
        Event::Conversation(conversation::Event::MessageReceived(received)) => {
            Some(match received.facts.direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound",
            })
        }
        Event::Delivery(delivery::Event::EndpointHealthChanged(changed)) => changed.news(),
        Event::Lead(lead::Event::LeadStageChanged(changed)) => Some(changed.to.name()),
        // One that came too late reminds nobody.
        Event::Appointment(appointment::Event::AppointmentReminderDue(reminder)) => {
            (reminder.outcome == ReminderOutcome::Due).then_some("due")
        }
        _ => None,
    }
}

impl Everyday {
    /// The name of an event, if it has one.
    pub fn of(event: &Event) -> Option<&'static str> {
        let (name, word) = (event.event_type().name, word(event));
        let stands = |of: &(&str, Option<&str>)| of.0 == name && (of.1.is_none() || of.1 == word);
        EVERYDAY.iter().find(|row| row.of.iter().any(stands)).map(|row| row.name)
    }

    /// Whether a pattern asks for it: its name, or all names that begin alike (`message.*`). A
    /// pattern that names a kind of stream speaks of names of the catalogue.
    fn is_asked_for_by(&self, pattern: &str) -> bool {
        match pattern.strip_suffix(".*") {
            Some(noun) => {
                self.name.split_once('.').is_some_and(|(own, _)| own == noun)
                    && StreamKind::ALL.iter().all(|kind| kind.name() != noun)
            }
            None => pattern == self.name,
        }
    }

    /// The types of the events that may go under this name.
    pub fn rows(&self) -> Vec<EventType> {
        Event::catalogue().into_iter().filter(|row| self.may_be(row)).collect()
    }

    /// Whether an event of this type may go under this name.
    fn may_be(&self, row: &EventType) -> bool {
        self.of.iter().any(|(name, _)| *name == row.name)
    }
}

/// Every event that can be subscribed to.
pub fn told_events() -> Vec<EventType> {
    let mut all = Event::catalogue();
    all.retain(|row| TOLD_KINDS.contains(&row.kind));
    all
}

/// The names that patterns stand for; `*` stands for all there will ever be, and stays.
pub(super) fn expanded(patterns: &[String], told: &[EventType]) -> Vec<String> {
    let mut names = BTreeSet::new();
    for pattern in patterns {
        if pattern == "*" {
            names.insert(pattern.clone());
            continue;
        }
        let own = told.iter().filter(|row| matches(pattern, row)).map(|row| row.name);
        let everyday = EVERYDAY.iter().filter(|row| row.is_asked_for_by(pattern));
        names.extend(own.chain(everyday.map(|row| row.name)).map(str::to_owned));
    }
    names.into_iter().collect()
}

/// Whether a pattern asks for anything there is.
pub(super) fn names_something(pattern: &str, told: &[EventType]) -> bool {
    told.iter().any(|row| matches(pattern, row))
        || EVERYDAY.iter().any(|everyday| everyday.is_asked_for_by(pattern))
}

/// The name under which an event is told to whoever asked for this; none if it is not. A name of
/// everyday use speaks of what happens now, not of what was imported.
pub(super) fn told_as(patterns: &[String], event: &Event, live: bool) -> Option<&'static str> {
    let row = event.event_type();
    let everyday = Everyday::of(event).filter(|_| live).filter(|name| {
        let own = EVERYDAY.iter().find(|row| row.name == *name);
        own.is_some_and(|own| patterns.iter().any(|pattern| own.is_asked_for_by(pattern)))
    });
    let plain = || patterns.iter().any(|pattern| matches(pattern, &row)).then_some(row.name);
    everyday.or_else(plain)
}

/// Whether some event of this type may be told to whoever asked for this.
pub(super) fn may_be_told(patterns: &[String], row: &EventType) -> bool {
    let everyday = |pattern: &String| {
        EVERYDAY.iter().any(|own| own.may_be(row) && own.is_asked_for_by(pattern))
    };
    patterns.iter().any(|pattern| matches(pattern, row) || everyday(pattern))
}

/// Whether a pattern asks for events of this type by their name of the catalogue.
fn matches(pattern: &str, row: &EventType) -> bool {
    if !TOLD_KINDS.contains(&row.kind) {
        return false;
    }
    match pattern.strip_suffix(".*") {
        Some(kind) => kind == row.kind.name(),
        None => pattern == "*" || pattern == row.name,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{ConversationOpened, StatusReceived};
    use crate::ids::{ChannelId, ContactId, MessageId};

    fn status(word: &str) -> Event {
        StatusReceived {
            message: MessageId(Uuid::nil()),
            channel: ChannelId(Uuid::nil()),
            status: word.into(),
            at: None,
            fact: crate::Hash32::default(),
            fragment: crate::Hash32::default(),
            errors: vec![],
            pricing: None,
            market: None,
            call: false,
            bulk: None,
        }
        .into()
    }

    fn told(patterns: &[&str], event: &Event) -> Option<&'static str> {
        let patterns: Vec<_> = patterns.iter().map(ToString::to_string).collect();
        let name = told_as(&patterns, event, true);
        assert!(name.is_none() || may_be_told(&patterns, &event.event_type()));
        name
    }

    #[test]
    fn an_event_goes_under_the_name_it_was_asked_for_by() {
        let delivered = status("delivered");
        for (patterns, name) in [
            (&["message.delivered"][..], Some("message.delivered")),
            (&["message.*"], Some("message.delivered")),
            (&["message.read"], None),
            (&["status_received"], Some("status_received")),
            (&["conversation.*"], Some("status_received")),
            (&["*"], Some("status_received")),
            (&["*", "message.delivered"], Some("message.delivered")),
        ] {
            assert_eq!(told(patterns, &delivered), name, "{patterns:?}");
        }
        assert_eq!(told(&["message.*"], &status("played")), None);
        let imported = |pattern: &str| told_as(&[pattern.into()], &delivered, false);
        assert_eq!(imported("message.delivered"), None);
        assert_eq!(imported("status_received"), Some("status_received"));
    }

    #[test]
    fn a_kind_of_stream_stands_for_names_of_the_catalogue() {
        let opened: Event = ConversationOpened {
            channel: ChannelId(Uuid::nil()),
            contact: ContactId(Uuid::nil()),
            agent: None,
        }
        .into();
        assert_eq!(told(&["conversation.*"], &opened), Some("conversation_opened"));
        assert_eq!(told(&["conversation.started"], &opened), Some("conversation.started"));
    }

    #[test]
    fn how_an_endpoint_does_is_told_under_its_everyday_name_only() {
        use crate::delivery::{EndpointHealthChanged, HealthReason, HealthStatus};
        let changed = |old_status, status| EndpointHealthChanged {
            old_status,
            status,
            reason: HealthReason::Gone,
            at: 0,
            next_at: None,
            event: None,
            topic: None,
        };
        let (healthy, disabled) = (HealthStatus::Healthy, HealthStatus::Disabled);
        let gone: Event = changed(healthy, disabled).into();
        let back: Event = changed(disabled, healthy).into();
        assert_eq!(told(&["endpoint.*"], &gone), Some("endpoint.disabled"));
        assert_eq!(told(&["endpoint.recovered"], &back), Some("endpoint.recovered"));
        assert_eq!(told(&["endpoint.*"], &changed(disabled, disabled).into()), None);
        for pattern in ["*", "delivery.*", "endpoint_health_changed"] {
            assert_eq!(told(&[pattern], &gone), None, "{pattern}");
        }
    }

    #[test]
    fn every_name_of_everyday_use_stands_for_events_that_are_told() {
        let told = told_events();
        for Everyday { name, means, of } in EVERYDAY {
            assert!(names_something(name, &told), "{name}");
            assert!(means.ends_with('.') && !of.is_empty(), "{name}");
            assert!(name.contains('.') && told.iter().all(|row| row.name != name));
            for (event, _) in of {
                let known = Event::catalogue().iter().any(|row| row.name == *event);
                assert!(known, "{name}: {event}");
            }
        }
    }
}
