//! Book an appointment.

use super::{Appointment, AppointmentBooked, Slot, State, With, sealed, text};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::limits::{APPOINTMENT_TEXT_CHARS_MAX, NAME_CHARS_MAX};
use crate::personal::AppointmentContent;
use crate::refusal::{Refusal, RefusalCode};

/// A time that a service offers is booked with somebody. Takes the unique keys of every five minutes
/// that it keeps free: of two who want times that overlap, one gets theirs.
///
/// Who: a key with the scope `write`. Refuses: an appointment that was booked before
/// (`already_exists`), a time that the service does not offer, a title or a note that is too long.
/// That somebody else has that time (`slot_taken`) only the log can tell; the caller looks there.
#[derive(Clone, Debug)]
pub struct BookAppointment {
    /// What, and when.
    pub slot: Slot,
    /// With whom.
    pub with: With,
    /// What people call it.
    pub title: Option<Sensitive>,
    /// What somebody noted.
    pub note: Option<Sensitive>,
}

impl Command for BookAppointment {
    type Aggregate = Appointment;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.booking.is_some() {
            let detail = "this appointment was booked before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let offered = self.slot.offered(ctx.now_seconds())?;
        let title = text("title", self.title, NAME_CHARS_MAX)?;
        let note = text("note", self.note, APPOINTMENT_TEXT_CHARS_MAX)?;
        let said = AppointmentContent { title, note, reason: None };
        let booked = AppointmentBooked {
            what: offered.what,
            with: self.with,
            times: offered.times,
            remind_at: offered.remind_at,
        };
        let decision = self.slot.keys().fold(Decision::new(booked), Decision::claiming);
        let personal = sealed(self.with.subject, said);
        Ok(vec![personal.into_iter().fold(decision, Decision::sealing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::fixtures::{MONDAY, WITH, booked, key, slot, times, what};
    use crate::personal::{Content, Personal};
    use crate::service::ServiceSettings;
    use crate::testing::{NOW_SECONDS, given};

    fn book(slot: Slot) -> BookAppointment {
        BookAppointment { slot, with: WITH, title: None, note: None }
    }

    #[test]
    fn every_five_minutes_that_it_keeps_free_are_claimed() {
        given::<Appointment>([])
            .when(book(slot(MONDAY)))
            .then([booked().into()])
            .sealing([])
            .claiming((0..6).map(|n| key(MONDAY + n * 300)));
        let mut wide = slot(MONDAY);
        wide.settings.buffer_before_minutes = 5;
        wide.settings.buffer_after_minutes = 7;
        let decided = given::<Appointment>([]).when(book(wide)).decided();
        decided.claiming((-1..8).map(|n| key(MONDAY + n * 300)));
    }

    #[test]
    fn any_two_that_overlap_want_a_key_in_common() {
        let wanted = |starts_at: i64| {
            let keys: Vec<_> = slot(starts_at).keys().collect();
            keys
        };
        let one = wanted(MONDAY);
        for minutes in -60..=60 {
            let other = wanted(MONDAY + minutes * 60);
            let clash = other.iter().any(|key| one.contains(key));
            assert_eq!(clash, minutes.abs() < 30, "{minutes}");
        }
    }

    #[test]
    fn what_is_said_of_it_is_sealed_for_the_person() {
        let said = AppointmentContent {
            title: Some("Braces".into()),
            note: Some("Afraid of needles".into()),
            reason: None,
        };
        let (title, note) = (said.title.clone(), said.note.clone());
        let command = BookAppointment { title, note, ..book(slot(MONDAY)) };
        given::<Appointment>([]).when(command).then([booked().into()]).sealing([Personal {
            subject: WITH.subject,
            content: Content::Appointment(Box::new(said)),
        }]);
    }

    #[test]
    fn a_time_that_is_not_offered_is_refused() {
        for other in [MONDAY + 60, MONDAY - 1_800, MONDAY + 8 * 3_600, NOW_SECONDS - 86_400 * 7] {
            given::<Appointment>([])
                .when(book(slot(other)))
                .refused(RefusalCode::InvalidField)
                .at("starts_at");
        }
        for settings in [
            ServiceSettings { active: false, ..slot(MONDAY).settings },
            ServiceSettings { horizon_days: 1, ..slot(MONDAY).settings },
            ServiceSettings { notice_minutes: 60 * 24 * 60, ..slot(MONDAY).settings },
        ] {
            given::<Appointment>([])
                .when(book(Slot { settings, ..slot(MONDAY) }))
                .refused(RefusalCode::InvalidField)
                .at("starts_at");
        }
    }

    #[test]
    fn somebody_is_reminded_unless_it_is_booked_later_than_that() {
        let with = |minutes| {
            let mut slot = slot(MONDAY);
            slot.settings.remind_minutes = Some(minutes);
            slot
        };
        let remind_at = Some(MONDAY - 3_600);
        let reminded =
            AppointmentBooked { what: what(), with: WITH, times: times(MONDAY), remind_at };
        given::<Appointment>([]).when(book(with(60))).then([reminded.into()]);
        given::<Appointment>([]).when(book(with(20_000))).then([booked().into()]);
    }

    #[test]
    fn it_is_booked_once() {
        given::<Appointment>([booked().into()])
            .when(book(slot(MONDAY)))
            .refused(RefusalCode::AlreadyExists);
    }
}
