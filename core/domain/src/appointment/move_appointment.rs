//! Move an appointment to another time.

use std::collections::HashSet;

use super::{Appointment, AppointmentMoved, Slot, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// It is at another time that its service offers, with what its service is set to now. The old time
/// is free from then on, but for what both have in common. Moving it to where it is changes nothing.
///
/// Who: a key with the scope `write`. Refuses: an appointment that was never booked (`not_found`) or
/// is over (`not_allowed_now`), a time that the service does not offer. That somebody else has that
/// time (`slot_taken`) only the log can tell; the caller looks there.
#[derive(Clone, Debug)]
pub struct MoveAppointment {
    /// Where to, of the service that is booked.
    pub slot: Slot,
}

impl Command for MoveAppointment {
    type Aggregate = Appointment;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let booking = state.standing()?;
        if self.slot.starts_at == booking.times.starts_at {
            return Ok(Vec::new());
        }
        let offered = self.slot.offered(ctx.now_seconds())?;
        let moved = AppointmentMoved {
            old_what: booking.what,
            what: offered.what,
            with: booking.with,
            old_times: booking.times,
            times: offered.times,
            remind_at: offered.remind_at,
        };
        let held: HashSet<ClaimKey> = booking.keys().collect();
        let wanted: HashSet<ClaimKey> = self.slot.keys().collect();
        let taken = self.slot.keys().filter(|key| !held.contains(key));
        let given_back = booking.keys().filter(|key| !wanted.contains(key));
        let decision = taken.fold(Decision::new(moved), Decision::claiming);
        Ok(vec![given_back.fold(decision, Decision::releasing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointment::fixtures::{MONDAY, WITH, booked, key, slot, times, what};
    use crate::appointment::{AppointmentCancelled, What};
    use crate::ids::PersonId;
    use crate::refusal::RefusalCode;
    use crate::testing::given;
    use uuid::Uuid;

    fn moved(to: i64) -> AppointmentMoved {
        AppointmentMoved {
            old_what: what(),
            what: what(),
            with: WITH,
            old_times: times(MONDAY),
            times: times(to),
            remind_at: None,
        }
    }

    #[test]
    fn the_old_time_is_free_again() {
        let later = MONDAY + 3_600;
        given::<Appointment>([booked().into()])
            .when(MoveAppointment { slot: slot(later) })
            .then([moved(later).into()])
            .claiming((0..6).map(|n| key(later + n * 300)))
            .releasing((0..6).map(|n| key(MONDAY + n * 300)));
    }

    #[test]
    fn what_both_times_have_in_common_stays_claimed() {
        let mut near = slot(MONDAY + 900);
        near.settings.step_minutes = 15;
        given::<Appointment>([booked().into()])
            .when(MoveAppointment { slot: near })
            .then([moved(MONDAY + 900).into()])
            .claiming((6..9).map(|n| key(MONDAY + n * 300)))
            .releasing((0..3).map(|n| key(MONDAY + n * 300)));
    }

    #[test]
    fn who_does_it_now_has_it_in_their_calendar_as_well() {
        let person = PersonId(Uuid::from_u128(9));
        let mut other = slot(MONDAY + 1_800);
        other.settings.staff = Some(person);
        let what = What { staff: Some(person), ..what() };
        given::<Appointment>([booked().into()])
            .when(MoveAppointment { slot: other })
            .then([AppointmentMoved { what, ..moved(MONDAY + 1_800) }.into()])
            .claiming(
                (6..12).map(|n| key(MONDAY + n * 300)).chain(
                    (6..12).map(|n| ClaimKey::Calendar(person.0, MONDAY.div_euclid(300) + n)),
                ),
            )
            .releasing((0..6).map(|n| key(MONDAY + n * 300)));
    }

    #[test]
    fn to_where_it_is_changes_nothing_and_what_is_over_stays() {
        given::<Appointment>([booked().into()])
            .when(MoveAppointment { slot: slot(MONDAY) })
            .then([]);
        let cancelled = AppointmentCancelled { what: what(), with: WITH, times: times(MONDAY) };
        given::<Appointment>([booked().into(), cancelled.into()])
            .when(MoveAppointment { slot: slot(MONDAY + 1_800) })
            .refused(RefusalCode::NotAllowedNow);
        given::<Appointment>([])
            .when(MoveAppointment { slot: slot(MONDAY) })
            .refused(RefusalCode::NotFound);
        given::<Appointment>([booked().into()])
            .when(MoveAppointment { slot: slot(MONDAY + 60) })
            .refused(RefusalCode::InvalidField)
            .at("starts_at");
    }
}
