//! Let a paused agent answer again.

use super::{Agent, AgentResumed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// It answers again, with the published version. If it is not paused, nothing happens.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was never made (`not_found`), one that
/// is archived or not published (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResumeAgent;

impl Command for ResumeAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let version = state.published()?;
        if !state.paused {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(AgentResumed { version })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::AgentPaused;
    use crate::agent::fixtures::{DESK, created, published};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn it_answers_again() {
        let paused = AgentPaused { version: 1 };
        given::<Agent>([created(&[DESK]), published(&[DESK]), paused.into()])
            .when(ResumeAgent)
            .then([AgentResumed { version: 1 }.into()]);
        given::<Agent>([created(&[DESK]), published(&[DESK])]).when(ResumeAgent).then([]);
    }

    #[test]
    fn what_is_not_published_is_refused() {
        given::<Agent>([]).when(ResumeAgent).refused(RefusalCode::NotFound);
        given::<Agent>([created(&[])]).when(ResumeAgent).refused(RefusalCode::NotAllowedNow);
    }
}
