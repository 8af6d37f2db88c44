//! Let a broadcast be said.

use super::{Broadcast, BroadcastStarted, State, Status};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::SCHEDULE_DAYS_MAX;
use crate::refusal::{Refusal, RefusalCode};

const DAY_SECONDS: i64 = 86_400;

/// It is said from now on, or from a time on.
///
/// Who: a key with the scope `write`. Refuses: one that does not exist (`not_found`), that was started
/// before or has no recipients (`not_allowed_now`), a time in the past or more than
/// [`SCHEDULE_DAYS_MAX`] days ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StartBroadcast {
    /// Not before then (seconds since 1970); now if nothing is said.
    pub from: Option<i64>,
}

impl Command for StartBroadcast {
    type Aggregate = Broadcast;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be(&[Status::Draft], "it is started once")?;
        let now = ctx.now_seconds();
        let from = self.from.unwrap_or(now);
        if !(now..=now + SCHEDULE_DAYS_MAX * DAY_SECONDS).contains(&from) {
            let detail = format!("must lie within the next {SCHEDULE_DAYS_MAX} days");
            return Err(Refusal::field("send_at", detail));
        }
        if state.recipients == 0 {
            let detail = "this broadcast has no recipients; add some first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(BroadcastStarted { from })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::fixtures::{added, created, started};
    use crate::testing::{NOW_SECONDS, given};

    const NOW: StartBroadcast = StartBroadcast { from: None };

    #[test]
    fn it_is_started_once_now_or_later() {
        given::<Broadcast>([created(), added()]).when(NOW).then([started().into()]);
        let from = NOW_SECONDS + 60;
        given::<Broadcast>([created(), added()])
            .when(StartBroadcast { from: Some(from) })
            .then([BroadcastStarted { from }.into()]);
        given::<Broadcast>([created(), added(), started()])
            .when(NOW)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn somebody_must_hear_it_and_its_time_must_come() {
        given::<Broadcast>([created()]).when(NOW).refused(RefusalCode::NotAllowedNow);
        given::<Broadcast>([]).when(NOW).refused(RefusalCode::NotFound);
        for from in [NOW_SECONDS - 1, NOW_SECONDS + (SCHEDULE_DAYS_MAX + 1) * DAY_SECONDS] {
            given::<Broadcast>([created(), added()])
                .when(StartBroadcast { from: Some(from) })
                .refused(RefusalCode::InvalidField)
                .at("send_at");
        }
    }
}
