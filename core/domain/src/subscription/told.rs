//! Which events a subscriber can ask for, and under which name each is told.
//!
//! Every event of [`TOLD_KINDS`] has its name of the catalogue. Some also have a name of everyday
//! use, such as `message.delivered`: one table, from events and what they say to names. Whoever adds
//! an event that one of them speaks of adds it here.

use crate::appointment::{self, ReminderOutcome};
use crate::catalogue::EventType;
use crate::conversation::{self, Direction};
use crate::event::{Event, StreamKind};
use crate::lead;

/// The kinds of streams whose events can be subscribed to. What is bookkeeping of our own (receipts,
/// requests, the installation, subscriptions themselves) is told to nobody: a delivery is never
/// itself delivered.
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
    /// The events it stands for: names of the catalogue, some only if they say this word.
    pub of: &'static [(&'static str, Option<&'static str>)],
}

/// The names of everyday use. One whose events do not exist yet can be asked for already: it will be
/// told when they do.
pub const EVERYDAY: [Everyday; 17] = [
    Everyday { name: "message.received", of: &[("message_received", Some("inbound"))] },
    Everyday { name: "message.sent", of: &[("status_received", Some("sent"))] },
    Everyday { name: "message.delivered", of: &[("status_received", Some("delivered"))] },
    Everyday { name: "message.read", of: &[("status_received", Some("read"))] },
    Everyday {
        name: "message.failed",
        of: &[("status_received", Some("failed")), ("message_rejected", Some("failed"))],
    },
    Everyday { name: "conversation.started", of: &[("conversation_opened", None)] },
    Everyday { name: "conversation.closed", of: &[("conversation_closed", None)] },
    Everyday { name: "lead.created", of: &[("lead_opened", None)] },
    Everyday { name: "lead.qualified", of: &[("lead_stage_changed", Some("QUALIFIED"))] },
    Everyday { name: "appointment.booked", of: &[("appointment_booked", None)] },
    Everyday { name: "appointment.moved", of: &[("appointment_moved", None)] },
    Everyday { name: "appointment.cancelled", of: &[("appointment_cancelled", None)] },
    Everyday { name: "appointment.completed", of: &[("appointment_completed", None)] },
    Everyday { name: "appointment.missed", of: &[("appointment_missed", None)] },
    Everyday { name: "appointment.reminder_due", of: &[("appointment_reminder_due", Some("due"))] },
    Everyday { name: "handoff.triggered", of: &[("handoff_triggered", None)] },
    Everyday { name: "handoff.resolved", of: &[("handoff_resolved", None)] },
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

/// Whether a pattern asks for anything there is.
pub(super) fn names_something(pattern: &str, told: &[EventType]) -> bool {
    told.iter().any(|row| matches(pattern, row))
        || EVERYDAY.iter().any(|everyday| everyday.is_asked_for_by(pattern))
}

/// The name under which an event is told to whoever asked for this; none if it is not. A name of
/// everyday use speaks of what happens now, not of what was imported.
pub(super) fn told_as(patterns: &[String], event: &Event, live: bool) -> Option<&'static str> {
    let row = event.event_type();
    if !TOLD_KINDS.contains(&row.kind) {
        return None;
    }
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
    TOLD_KINDS.contains(&row.kind)
        && patterns.iter().any(|pattern| matches(pattern, row) || everyday(pattern))
}

fn matches(pattern: &str, row: &EventType) -> bool {
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
            call: false,
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
    fn every_name_of_everyday_use_stands_for_events_that_are_told() {
        let told = told_events();
        for Everyday { name, of } in EVERYDAY {
            assert!(names_something(name, &told), "{name}");
            assert!(name.contains('.') && told.iter().all(|row| row.name != name));
            for (event, _) in of {
                assert!(told.iter().any(|row| row.name == *event), "{name}: {event}");
            }
        }
    }
}
