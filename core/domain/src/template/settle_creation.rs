//! Take note of what the platform answered when a template was handed to it.

use super::{
    CreationStage, State, Template, TemplateAccepted, TemplateRefused, TemplateUnanswered, word,
};
use crate::conversation::{ErrorClass, Settled};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::limits::{ATTEMPTS_MAX, RETRY_SECONDS_MAX, TEMPLATE_UNANSWERED_SECONDS};
use crate::personal::{Content, Personal, StatusContent};
use crate::refusal::Refusal;

/// What was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CreationAnswer {
    /// It has the template.
    Accepted {
        /// Its id of it.
        platform_id: String,
        /// Its status; `pending` until it was reviewed.
        status: String,
        /// Its category, which may be another than was asked for.
        category: Option<String>,
        /// How that became known.
        settled: Settled,
    },
    /// It did not take it.
    Refused {
        /// The HTTP status of the answer; none if it could not be reached.
        http_status: Option<u16>,
        /// Its error code, if it gave one.
        code: Option<i64>,
        /// For how many seconds it asked to wait.
        retry_after: Option<i64>,
    },
    /// Nothing that could be understood.
    Nothing,
    /// Nothing was understood, and its list shows no such template: it may be handed over again.
    NotListed,
}

/// An attempt is over. One whose outcome is known already changes nothing. What was not understood is
/// never handed over again before the platform's list showed that it is not there.
///
/// Who: whoever hands templates over. Refuses nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettleCreation {
    /// Whose template: its key seals the platform's words.
    pub workspace: WorkspaceId,
    /// What was answered.
    pub answer: CreationAnswer,
    /// The platform's words.
    pub words: StatusContent,
}

impl Command for SettleCreation {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Some(creation) = &state.creation else { return Ok(Vec::new()) };
        let (at, attempt) = (ctx.now_seconds(), creation.attempts);
        let refused = |http_status, code, class, retry_at| {
            Decision::new(TemplateRefused { attempt, at, http_status, code, class, retry_at })
        };
        let decision = match (self.answer, creation.stage) {
            (_, CreationStage::Waiting { .. }) => return Ok(Vec::new()),
            (CreationAnswer::Accepted { platform_id, status, category, settled }, _) => {
                let (status, category) = (word(&status), category.as_deref().map(word));
                Decision::new(TemplateAccepted { platform_id, status, category, settled, at })
            }
            (CreationAnswer::Refused { http_status, code, retry_after }, _) => {
                let class = ErrorClass::of_answer(http_status, code);
                let waits = matches!(class, ErrorClass::Retry | ErrorClass::Wait);
                let again = waits && attempt < ATTEMPTS_MAX;
                let wait = wait(attempt).max(retry_after.unwrap_or(0).min(RETRY_SECONDS_MAX));
                refused(http_status, code, class, again.then_some(at + wait))
            }
            (CreationAnswer::Nothing, CreationStage::Attempted { at }) => {
                let until = at + TEMPLATE_UNANSWERED_SECONDS;
                Decision::new(TemplateUnanswered { attempt, until })
            }
            (CreationAnswer::NotListed, CreationStage::Unanswered { .. }) => {
                let again = attempt < ATTEMPTS_MAX;
                refused(None, None, ErrorClass::Retry, again.then_some(at + wait(attempt)))
            }
            _ => return Ok(Vec::new()),
        };
        if self.words == StatusContent::default() {
            return Ok(vec![decision]);
        }
        let content = Content::Status(Box::new(self.words));
        Ok(vec![decision.sealing(Personal { subject: self.workspace.into(), content })])
    }
}

/// Seconds until the next attempt: four times as long each time.
pub(super) fn wait(attempt: u32) -> i64 {
    4_i64.saturating_pow(attempt.saturating_sub(1)).min(RETRY_SECONDS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::template::fixtures::{WORKSPACE, accepted, recorded, refused, requested, submitted};
    use crate::template::{APPROVED, BeginCreation, NextStep};
    use crate::testing::{NOW_SECONDS, given, state_of};

    fn settle(answer: CreationAnswer) -> SettleCreation {
        SettleCreation { workspace: WORKSPACE, answer, words: StatusContent::default() }
    }

    fn taken() -> CreationAnswer {
        CreationAnswer::Accepted {
            platform_id: "594425479261596".into(),
            status: "PENDING".into(),
            category: Some("UTILITY".into()),
            settled: Settled::Answer,
        }
    }

    #[test]
    fn an_attempt_is_recorded_before_it_is_made_and_made_by_one() {
        given::<Template>([requested()]).when(BeginCreation).then([submitted(1).into()]);
        given::<Template>([requested(), submitted(1)])
            .when(BeginCreation)
            .refused(RefusalCode::NotAllowedNow);
        given::<Template>([recorded()]).when(BeginCreation).refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_the_platform_took_waits_for_its_review() {
        let history = [requested(), submitted(1)];
        given::<Template>(history.clone()).when(settle(taken())).then([accepted().into()]);
        let state = state_of::<Template>(history.into_iter().chain([accepted()]));
        assert_eq!((state.status(), state.next(NOW_SECONDS)), (Some("pending"), NextStep::Nothing));
        assert!(!state.is_sendable());
    }

    #[test]
    fn a_review_that_was_heard_of_before_the_answer_stands() {
        let approved = crate::template::fixtures::changed("approved", NOW_SECONDS);
        let state = state_of::<Template>([requested(), submitted(1), approved, accepted()]);
        assert_eq!(state.status(), Some(APPROVED));
    }

    #[test]
    fn what_is_refused_for_now_is_handed_over_again_and_what_is_refused_is_not() {
        let no = |code| CreationAnswer::Refused {
            http_status: Some(400),
            code: Some(code),
            retry_after: None,
        };
        let history = [requested(), submitted(1)];
        let later = refused(1, Some(80_008), ErrorClass::Retry, Some(NOW_SECONDS + 1));
        given::<Template>(history.clone()).when(settle(no(80_008))).then([later.clone().into()]);
        let state = state_of::<Template>(history.clone().into_iter().chain([later]));
        assert_eq!(state.next(NOW_SECONDS), NextStep::At(NOW_SECONDS + 1));
        let never = refused(1, Some(100), ErrorClass::No, None);
        given::<Template>(history.clone()).when(settle(no(100))).then([never.clone().into()]);
        let state = state_of::<Template>(history.into_iter().chain([never]));
        assert_eq!((state.status(), state.next(NOW_SECONDS)), (Some("refused"), NextStep::Nothing));
    }

    #[test]
    fn what_was_not_answered_is_looked_for_before_it_is_handed_over_again() {
        let history = [requested(), submitted(1)];
        let until = NOW_SECONDS + TEMPLATE_UNANSWERED_SECONDS;
        let open = TemplateUnanswered { attempt: 1, until };
        given::<Template>(history.clone())
            .when(settle(CreationAnswer::Nothing))
            .then([open.clone().into()]);
        let waiting = history.into_iter().chain([open.into()]);
        let state = state_of::<Template>(waiting.clone());
        assert_eq!(state.next(NOW_SECONDS), NextStep::At(until));
        assert_eq!(state.next(until), NextStep::Look);
        let again = refused(1, None, ErrorClass::Retry, Some(NOW_SECONDS + 1));
        given::<Template>(waiting.clone())
            .when(settle(CreationAnswer::NotListed))
            .then([again.into()]);
        // The list shows it: that settles it.
        let state = state_of::<Template>(waiting.chain([recorded()]));
        assert_eq!((state.status(), state.next(until)), (Some(APPROVED), NextStep::Nothing));
    }
}
