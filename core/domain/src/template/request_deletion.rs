//! Ask the platform to delete a template.

use super::{Absence, State, Template, TemplateDeleted, TemplateDeletionRequested};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// A template is to be deleted on the platform; it is gone once the platform says so. One that never
/// reached the platform is gone at once. Asking again changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a template that is not there (`not_found`); one that
/// is being handed over, or whose id on the platform is not known (`not_allowed_now`): without it the
/// platform would delete every language of that name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestDeletion;

impl Command for RequestDeletion {
    type Aggregate = Template;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        let at = ctx.now_seconds();
        if state.deletion.is_some() {
            return Ok(Vec::new());
        }
        if state.never_left() {
            let absence = Absence::NeverThere;
            return Ok(vec![Decision::new(TemplateDeleted { at, absence })]);
        }
        if state.creation.is_some() {
            let detail = "it is being handed to the platform; delete it when that is over";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        if state.platform_id.is_none() {
            let detail =
                "the platform's id of this template is not known; have the templates read first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(TemplateDeletionRequested { at })])
    }
}
