//! Say that an appointment took place, or that nobody came.

use super::{Appointment, AppointmentCompleted, AppointmentMissed, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// It took place, or nobody came. What it kept free is given back: the time has come and gone.
/// Saying the same again changes nothing.
///
/// Who: a key with the scope `write`. Refuses: an appointment that was never booked (`not_found`),
/// was cancelled, ended otherwise, or has not begun (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EndAppointment {
    /// Somebody came.
    pub took_place: bool,
}

impl Command for EndAppointment {
    type Aggregate = Appointment;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let wanted = if self.took_place { Status::Completed } else { Status::Missed };
        if state.existing()?.status == wanted {
            return Ok(Vec::new());
        }
        let booking = state.standing()?;
        let (what, with, times) = (booking.what, booking.with, booking.times);
        if ctx.now_seconds() < times.starts_at {
            let detail = "this appointment has not begun; cancel it if it does not take place";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let decision = if self.took_place {
            Decision::new(AppointmentCompleted { what, with, times })
        } else {
            Decision::new(AppointmentMissed { what, with, times })
        };
        Ok(vec![booking.keys().fold(decision, Decision::releasing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::fixtures::{MONDAY, WITH, booked, key, times, what};
    use crate::appointment::{AppointmentBooked, Event};
    use crate::testing::{NOW_SECONDS, given};

    fn begun() -> Event {
        AppointmentBooked { times: times(NOW_SECONDS), ..booked() }.into()
    }

    #[test]
    fn it_took_place_or_nobody_came() {
        let (what, with, times) = (what(), WITH, times(NOW_SECONDS));
        let completed = AppointmentCompleted { what, with, times };
        let missed = AppointmentMissed { what, with, times };
        let end = |took_place| EndAppointment { took_place };
        given::<Appointment>([begun()])
            .when(end(true))
            .then([completed.clone().into()])
            .releasing((0..6).map(|n| key(NOW_SECONDS + n * 300)));
        given::<Appointment>([begun()]).when(end(false)).then([missed.into()]);
        given::<Appointment>([begun(), completed.clone().into()]).when(end(true)).then([]);
        given::<Appointment>([begun(), completed.into()])
            .when(end(false))
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_has_not_begun_did_not_take_place() {
        let end = EndAppointment { took_place: true };
        const { assert!(MONDAY > NOW_SECONDS) };
        given::<Appointment>([booked().into()]).when(end).refused(RefusalCode::NotAllowedNow);
        given::<Appointment>([]).when(end).refused(RefusalCode::NotFound);
    }
}
