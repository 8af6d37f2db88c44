//! Silence an agent for a while.

use super::{Agent, AgentPaused, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// It answers nobody until it is resumed. It keeps its channels. Pausing it again changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was never made (`not_found`), one that
/// is archived or not published (`not_allowed_now`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PauseAgent;

impl Command for PauseAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let version = state.published()?;
        if state.paused {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(AgentPaused { version })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::AgentResumed;
    use crate::agent::fixtures::{DESK, created, published};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn it_is_silent_once_and_keeps_its_channels() {
        let paused = AgentPaused { version: 1 };
        given::<Agent>([created(&[DESK]), published(&[DESK])])
            .when(PauseAgent)
            .then([paused.clone().into()])
            .releasing([]);
        given::<Agent>([created(&[DESK]), published(&[DESK]), paused.clone().into()])
            .when(PauseAgent)
            .then([]);
        let resumed = AgentResumed { version: 1 };
        given::<Agent>([created(&[]), published(&[]), paused.clone().into(), resumed.into()])
            .when(PauseAgent)
            .then([paused.into()]);
    }

    #[test]
    fn what_is_not_published_is_refused() {
        given::<Agent>([]).when(PauseAgent).refused(RefusalCode::NotFound);
        given::<Agent>([created(&[])]).when(PauseAgent).refused(RefusalCode::NotAllowedNow);
    }
}
