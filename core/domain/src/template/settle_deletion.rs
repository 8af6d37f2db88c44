//! Take note of what the platform answered when a template was to be deleted.

use super::settle_creation::wait;
use super::{Absence, State, Template, TemplateDeleted, TemplateDeletionRefused};
use crate::conversation::ErrorClass;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::ATTEMPTS_MAX;
use crate::refusal::Refusal;

/// What was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeletionAnswer {
    /// It is deleted.
    Gone,
    /// It is not.
    Refused {
        /// The HTTP status of the answer; none if it could not be reached, or understood.
        http_status: Option<u16>,
        /// The platform's error code, if it gave one.
        code: Option<i64>,
    },
}

/// An attempt to delete is over. Deleting twice does no harm: what was not understood is tried again.
///
/// Who: whoever asks the platform. Refuses nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SettleDeletion {
    /// What was answered.
    pub answer: DeletionAnswer,
}

impl Command for SettleDeletion {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Some(deletion) = &state.deletion else { return Ok(Vec::new()) };
        let at = ctx.now_seconds();
        Ok(vec![match self.answer {
            DeletionAnswer::Gone => Decision::new(TemplateDeleted { at, absence: Absence::Answer }),
            DeletionAnswer::Refused { http_status, code } => {
                let attempt = deletion.attempts.saturating_add(1);
                let class = ErrorClass::of_answer(http_status, code);
                let waits = matches!(class, ErrorClass::Retry | ErrorClass::Wait);
                let again = waits && attempt < ATTEMPTS_MAX;
                let retry_at = again.then(|| at + wait(attempt));
                Decision::new(TemplateDeletionRefused {
                    attempt,
                    at,
                    http_status,
                    code,
                    class,
                    retry_at,
                })
            }
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::template::fixtures::{accepted, changed, recorded, requested, submitted};
    use crate::template::{NextStep, RequestDeletion, TemplateDeletionRequested};
    use crate::testing::{NOW_SECONDS, given, state_of};

    fn asked() -> TemplateDeletionRequested {
        TemplateDeletionRequested { at: NOW_SECONDS }
    }

    fn gone(absence: Absence) -> TemplateDeleted {
        TemplateDeleted { at: NOW_SECONDS, absence }
    }

    #[test]
    fn it_is_gone_when_the_platform_says_so() {
        given::<Template>([recorded()]).when(RequestDeletion).then([asked().into()]);
        let history = [recorded(), asked().into()];
        given::<Template>(history.clone()).when(RequestDeletion).then([]);
        assert_eq!(state_of::<Template>(history.clone()).next(NOW_SECONDS), NextStep::Delete);
        let settle = SettleDeletion { answer: DeletionAnswer::Gone };
        given::<Template>(history.clone()).when(settle).then([gone(Absence::Answer).into()]);
        let state = state_of::<Template>(history.into_iter().chain([gone(Absence::Answer).into()]));
        assert!(!state.is_there());
        given::<Template>([]).when(RequestDeletion).refused(RefusalCode::NotFound);
    }

    #[test]
    fn what_never_reached_the_platform_is_gone_at_once() {
        given::<Template>([requested()])
            .when(RequestDeletion)
            .then([gone(Absence::NeverThere).into()]);
        given::<Template>([requested(), submitted(1)])
            .when(RequestDeletion)
            .refused(RefusalCode::NotAllowedNow);
        given::<Template>([requested(), submitted(1), accepted()])
            .when(RequestDeletion)
            .then([asked().into()]);
    }

    #[test]
    fn one_whose_id_is_not_known_is_not_deleted_with_its_namesakes() {
        given::<Template>([changed("approved", NOW_SECONDS)])
            .when(RequestDeletion)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn it_is_tried_again_while_that_may_help() {
        let history = [recorded(), asked().into()];
        let no = |http_status, code| SettleDeletion {
            answer: DeletionAnswer::Refused { http_status, code },
        };
        let later = TemplateDeletionRefused {
            attempt: 1,
            at: NOW_SECONDS,
            http_status: None,
            code: None,
            class: ErrorClass::Retry,
            retry_at: Some(NOW_SECONDS + 1),
        };
        given::<Template>(history.clone()).when(no(None, None)).then([later.clone().into()]);
        let never = TemplateDeletionRefused {
            http_status: Some(400),
            code: Some(10),
            class: ErrorClass::Fix,
            retry_at: None,
            ..later.clone()
        };
        given::<Template>(history.clone())
            .when(no(Some(400), Some(10)))
            .then([never.clone().into()]);
        let next = |end: crate::template::Event| {
            state_of::<Template>(history.clone().into_iter().chain([end])).next(NOW_SECONDS)
        };
        assert_eq!(next(later.into()), NextStep::At(NOW_SECONDS + 1));
        assert_eq!(next(never.into()), NextStep::Nothing);
    }
}
