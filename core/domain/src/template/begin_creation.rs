//! Hand a template to the platform.

use super::{NextStep, State, Template, TemplateSubmitted};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// A template is about to be handed to the platform: recorded before it leaves, so that of two who
/// would hand it over only one does.
///
/// Who: whoever hands templates over. Refuses: a template whose turn it is not (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BeginCreation;

impl Command for BeginCreation {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let at = ctx.now_seconds();
        let Some(creation) = state.creation.as_ref().filter(|_| state.next(at) == NextStep::Submit)
        else {
            let detail = "it is not this template's turn";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        };
        let attempt = creation.attempts.saturating_add(1);
        Ok(vec![Decision::new(TemplateSubmitted { attempt, at })])
    }
}
