//! Samples of services and appointments.

use convolog_domain::agent::OpenHours;
use convolog_domain::appointment::{
    AppointmentBooked, AppointmentCancelled, AppointmentCompleted, AppointmentMissed,
    AppointmentMoved, AppointmentReminderDue, ReminderOutcome, Times, What, With,
};
use convolog_domain::service::{
    DayException, DayHours, ServiceCreated, ServiceSettings, ServiceUpdated,
};
use convolog_domain::{AppointmentContent, Content, ConversationId, Event, LeadId, ServiceId};

use crate::samples::{AT, CONTACT, PERSON, id};

#[expect(clippy::unwrap_used, reason = "a helper of tests; a broken one must fail loudly")]
pub(crate) fn appointments() -> Vec<Event> {
    let settings = ServiceSettings {
        staff: Some(PERSON),
        buffer_before_minutes: 5,
        buffer_after_minutes: 10,
        time_zone: "Europe/Berlin".into(),
        weekly: vec![OpenHours { day: 1, opens: 540, closes: 1_020 }],
        exceptions: vec![DayException {
            day: "2026-12-24".parse().unwrap(),
            hours: vec![DayHours { opens: 540, closes: 720 }],
        }],
        notice_minutes: 60,
        remind_minutes: Some(1_440),
        ..ServiceSettings::named("Check-up")
    };
    let (what, bare) = (
        What { service: ServiceId(id(80)), staff: Some(PERSON) },
        What { service: ServiceId(id(80)), staff: None },
    );
    let with = With {
        subject: CONTACT.into(),
        contact: Some(CONTACT),
        lead: Some(LeadId(id(30))),
        conversation: Some(ConversationId(id(81))),
    };
    let of_lead =
        With { subject: LeadId(id(30)).into(), contact: None, conversation: None, ..with };
    let times = Times {
        starts_at: AT,
        ends_at: AT + 1_800,
        blocked_from: AT - 300,
        blocked_until: AT + 2_400,
    };
    let later = Times { starts_at: AT + 3_600, ..times };
    let remind_at = Some(AT - 86_400);
    let moved =
        AppointmentMoved { old_what: bare, what, with, old_times: times, times: later, remind_at };
    let due =
        |outcome| AppointmentReminderDue { what, with, times, remind_at: AT - 86_400, outcome };
    vec![
        ServiceCreated { settings: settings.clone() }.into(),
        ServiceCreated { settings: ServiceSettings::named("Check-up") }.into(),
        ServiceUpdated { settings: ServiceSettings { active: false, ..settings } }.into(),
        AppointmentBooked { what, with, times, remind_at }.into(),
        AppointmentBooked { what: bare, with: of_lead, times, remind_at: None }.into(),
        moved.clone().into(),
        AppointmentMoved { remind_at: None, ..moved }.into(),
        AppointmentCancelled { what, with, times }.into(),
        AppointmentCompleted { what, with, times }.into(),
        AppointmentMissed { what, with, times }.into(),
        due(ReminderOutcome::Due).into(),
        due(ReminderOutcome::TooLate).into(),
        due(ReminderOutcome::Erased).into(),
    ]
}

pub(crate) fn said_of_one() -> Vec<Content> {
    let content = AppointmentContent {
        title: Some("canary title".into()),
        note: Some("canary note".into()),
        reason: Some("canary reason".into()),
    };
    vec![Content::Appointment(Box::new(content)), Content::Appointment(Box::default())]
}
