//! Cancel an appointment.

use super::{Appointment, AppointmentCancelled, State, Status, sealed, text};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::limits::APPOINTMENT_TEXT_CHARS_MAX;
use crate::personal::AppointmentContent;
use crate::refusal::Refusal;

/// It does not take place; its time is free again. The reason is free text about a person, so it is
/// sealed. Cancelling it again changes nothing.
///
/// Who: a key with the scope `write`. Refuses: an appointment that was never booked (`not_found`) or
/// took place (`not_allowed_now`), a reason that is too long.
#[derive(Clone, Debug)]
pub struct CancelAppointment {
    /// Why, in people's own words.
    pub reason: Option<Sensitive>,
}

impl Command for CancelAppointment {
    type Aggregate = Appointment;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let reason = text("reason", self.reason, APPOINTMENT_TEXT_CHARS_MAX)?;
        if state.existing()?.status == Status::Cancelled {
            return Ok(Vec::new());
        }
        let booking = state.standing()?;
        let (what, with, times) = (booking.what, booking.with, booking.times);
        let cancelled = Decision::new(AppointmentCancelled { what, with, times });
        let said = AppointmentContent { reason, ..AppointmentContent::default() };
        let decision = booking.keys().fold(cancelled, Decision::releasing);
        Ok(vec![sealed(with.subject, said).into_iter().fold(decision, Decision::sealing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::fixtures::{MONDAY, WITH, booked, key, times, what};
    use crate::appointment::{AppointmentCompleted, AppointmentMoved};
    use crate::personal::{Content, Personal};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn cancel(reason: Option<&str>) -> CancelAppointment {
        CancelAppointment { reason: reason.map(Into::into) }
    }

    fn cancelled(at: i64) -> AppointmentCancelled {
        AppointmentCancelled { what: what(), with: WITH, times: times(at) }
    }

    #[test]
    fn its_time_is_free_again_wherever_it_was_moved() {
        given::<Appointment>([booked().into()])
            .when(cancel(None))
            .then([cancelled(MONDAY).into()])
            .sealing([])
            .releasing((0..6).map(|n| key(MONDAY + n * 300)));
        let later = MONDAY + 3_600;
        let moved = AppointmentMoved {
            old_what: what(),
            what: what(),
            with: WITH,
            old_times: times(MONDAY),
            times: times(later),
            remind_at: None,
        };
        given::<Appointment>([booked().into(), moved.into()])
            .when(cancel(None))
            .then([cancelled(later).into()])
            .releasing((0..6).map(|n| key(later + n * 300)));
    }

    #[test]
    fn the_reason_is_sealed_for_the_person() {
        let reason = Some("Has the flu".into());
        let said = AppointmentContent { reason, ..AppointmentContent::default() };
        given::<Appointment>([booked().into()])
            .when(cancel(Some("Has the flu")))
            .then([cancelled(MONDAY).into()])
            .sealing([Personal {
                subject: WITH.subject,
                content: Content::Appointment(Box::new(said)),
            }]);
        given::<Appointment>([booked().into()])
            .when(cancel(Some(" ")))
            .refused(RefusalCode::InvalidField)
            .at("reason");
    }

    #[test]
    fn once_is_enough_and_what_took_place_stays() {
        given::<Appointment>([booked().into(), cancelled(MONDAY).into()])
            .when(cancel(Some("Again")))
            .then([]);
        let completed = AppointmentCompleted { what: what(), with: WITH, times: times(MONDAY) };
        given::<Appointment>([booked().into(), completed.into()])
            .when(cancel(None))
            .refused(RefusalCode::NotAllowedNow);
        given::<Appointment>([]).when(cancel(None)).refused(RefusalCode::NotFound);
    }
}
