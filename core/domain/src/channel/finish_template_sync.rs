//! The templates of the platform were read.

use super::{Channel, State, TemplateSyncFinished};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// A reading of the platform's templates is over. One that is over already stays as it was.
///
/// Who: whoever reads. Refuses nothing.
#[derive(Clone, Debug)]
pub struct FinishTemplateSync {
    /// What came of it; the time is the decision's own.
    pub finished: TemplateSyncFinished,
}

impl Command for FinishTemplateSync {
    type Aggregate = Channel;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.template_sync.as_ref().is_none_or(|sync| sync.finished.is_some()) {
            return Ok(Vec::new());
        }
        let finished = TemplateSyncFinished { at: ctx.now_seconds(), ..self.finished };
        Ok(vec![Decision::new(finished)])
    }
}
