//! Record what a probe was answered.

use super::{
    AttemptOutcome, Delivery, EndpointHealthChanged, EndpointProbed, HealthReason, HealthStatus,
    State,
};
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::personal::{AnswerContent, AnswersContent, Content, Personal};
use crate::refusal::Refusal;
use uuid::Uuid;

/// The endpoint answered a probe, or did not. A good answer makes an endpoint healthy that was
/// paused by itself or disabled; a bad one counts like that of any attempt.
///
/// Who: Convolog. Refuses: nothing; a probe that was answered before is not answered again.
#[derive(Clone, Debug)]
pub struct RecordProbe {
    /// Whose subscription: its key seals the answer.
    pub workspace: WorkspaceId,
    /// Which probe.
    pub probe: Uuid,
    /// When it was sent (microseconds since 1970).
    pub at: i64,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// How long it took.
    pub milliseconds: u32,
    /// The body of the answer, cut to what is kept.
    pub answer: Option<Sensitive>,
}

impl Command for RecordProbe {
    type Aggregate = Delivery;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let waits = |probe: &super::Probe| probe.id == self.probe && probe.result.is_none();
        if !state.probe.as_ref().is_some_and(waits) {
            return Ok(Vec::new());
        }
        let Self { probe, at, outcome, status, milliseconds, .. } = self;
        let probed = EndpointProbed { probe, at, outcome, status, milliseconds };
        let mut after = state.clone();
        Delivery::evolve(&mut after, &probed.clone().into());
        let mut decision = Decision::new(probed);
        if let Some(body) = self.answer.filter(|body| !body.expose().is_empty()) {
            let answers = vec![AnswerContent { attempt: 0, body }];
            let content = Content::Answers(AnswersContent { answers });
            decision = decision.sealing(Personal { subject: self.workspace.into(), content });
        }
        let old_status = state.health.status;
        let shut = matches!(old_status, HealthStatus::Paused | HealthStatus::Disabled);
        let verdict = if shut && outcome == AttemptOutcome::Delivered {
            Some((HealthStatus::Healthy, HealthReason::Probed, None))
        } else {
            after.judge(outcome, at)
        };
        let changed = verdict.map(|(status, reason, next_at)| EndpointHealthChanged {
            old_status,
            status,
            reason,
            at,
            next_at,
            event: None,
            topic: None,
        });
        Ok([Some(decision), changed.map(Decision::new)].into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::ProbeRequested;
    use crate::delivery::fixtures::{WORKSPACE, health};
    use crate::testing::given;

    fn probed(outcome: AttemptOutcome) -> EndpointProbed {
        let (probe, status) = (Uuid::from_u128(1), Some(200));
        EndpointProbed { probe, at: 7, outcome, status, milliseconds: 3 }
    }

    fn record(outcome: AttemptOutcome) -> RecordProbe {
        let EndpointProbed { probe, at, outcome, status, milliseconds } = probed(outcome);
        let workspace = WORKSPACE;
        RecordProbe { workspace, probe, at, outcome, status, milliseconds, answer: None }
    }

    fn requested() -> super::super::Event {
        ProbeRequested { probe: Uuid::from_u128(1) }.into()
    }

    #[test]
    fn a_good_answer_brings_a_disabled_endpoint_back() {
        let disabled = health(HealthStatus::Healthy, HealthStatus::Disabled, HealthReason::Gone);
        let back = EndpointHealthChanged {
            at: 7,
            ..health(HealthStatus::Disabled, HealthStatus::Healthy, HealthReason::Probed)
        };
        given::<Delivery>([disabled.clone().into(), requested()])
            .when(record(AttemptOutcome::Delivered))
            .then([probed(AttemptOutcome::Delivered).into(), back.into()]);
        given::<Delivery>([disabled.into(), requested()])
            .when(record(AttemptOutcome::TimedOut))
            .then([probed(AttemptOutcome::TimedOut).into()]);
    }

    #[test]
    fn it_is_recorded_once() {
        given::<Delivery>([requested(), probed(AttemptOutcome::Delivered).into()])
            .when(record(AttemptOutcome::Delivered))
            .then([]);
        given::<Delivery>([]).when(record(AttemptOutcome::Delivered)).then([]);
    }
}
