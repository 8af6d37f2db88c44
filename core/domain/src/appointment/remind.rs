//! Remind somebody of an appointment.

use super::{Appointment, AppointmentReminderDue, ReminderOutcome, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The time has come to remind somebody. Recorded once for each time that an appointment was booked
/// for or moved to; whoever subscribed to it hears of it. One that has begun by now (the installation
/// was down) is recorded as too late. One that was moved, cancelled or ended meanwhile has no
/// reminder for that time any more, and nothing follows.
///
/// Who: Convolog, when it is due. Refuses: an appointment that was never booked (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemindOfAppointment {
    /// The data of the person was erased.
    pub erased: bool,
}

impl Command for RemindOfAppointment {
    type Aggregate = Appointment;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let (booking, now) = (state.existing()?, ctx.now_seconds());
        let Some(remind_at) = booking.remind_at.filter(|at| *at <= now) else {
            return Ok(Vec::new());
        };
        let (what, with, times) = (booking.what, booking.with, booking.times);
        let outcome = if self.erased {
            ReminderOutcome::Erased
        } else if times.starts_at <= now {
            ReminderOutcome::TooLate
        } else {
            ReminderOutcome::Due
        };
        let due = AppointmentReminderDue { what, with, times, remind_at, outcome };
        Ok(vec![Decision::new(due)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::fixtures::{MONDAY, WITH, booked, times, what};
    use crate::appointment::{AppointmentBooked, AppointmentCancelled, AppointmentMoved, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const REMIND: RemindOfAppointment = RemindOfAppointment { erased: false };

    fn reminded(starts_at: i64, remind_at: i64) -> Event {
        let (times, remind_at) = (times(starts_at), Some(remind_at));
        AppointmentBooked { times, remind_at, ..booked() }.into()
    }

    fn due(starts_at: i64, remind_at: i64, outcome: ReminderOutcome) -> AppointmentReminderDue {
        let (what, with, times) = (what(), WITH, times(starts_at));
        AppointmentReminderDue { what, with, times, remind_at, outcome }
    }

    #[test]
    fn once_when_the_time_has_come() {
        let event = due(MONDAY, NOW_SECONDS, ReminderOutcome::Due);
        let before = reminded(MONDAY, NOW_SECONDS);
        given::<Appointment>([before.clone()]).when(REMIND).then([event.clone().into()]);
        given::<Appointment>([before, event.into()]).when(REMIND).then([]);
        given::<Appointment>([reminded(MONDAY, NOW_SECONDS + 1)]).when(REMIND).then([]);
        given::<Appointment>([]).when(REMIND).refused(RefusalCode::NotFound);
    }

    #[test]
    fn not_of_what_has_begun_and_not_whoever_was_erased() {
        let begun = reminded(NOW_SECONDS, NOW_SECONDS - 3_600);
        given::<Appointment>([begun]).when(REMIND).then([due(
            NOW_SECONDS,
            NOW_SECONDS - 3_600,
            ReminderOutcome::TooLate,
        )
        .into()]);
        given::<Appointment>([reminded(MONDAY, NOW_SECONDS)])
            .when(RemindOfAppointment { erased: true })
            .then([due(MONDAY, NOW_SECONDS, ReminderOutcome::Erased).into()]);
    }

    #[test]
    fn what_was_moved_or_cancelled_has_another_one_or_none() {
        let moved = AppointmentMoved {
            old_what: what(),
            what: what(),
            with: WITH,
            old_times: times(MONDAY),
            times: times(MONDAY + 3_600),
            remind_at: Some(NOW_SECONDS + 3_600),
        };
        let before = reminded(MONDAY, NOW_SECONDS);
        given::<Appointment>([before.clone(), moved.into()]).when(REMIND).then([]);
        let cancelled = AppointmentCancelled { what: what(), with: WITH, times: times(MONDAY) };
        given::<Appointment>([before, cancelled.into()]).when(REMIND).then([]);
    }
}
