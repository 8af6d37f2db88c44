//! Put an agent away for good.

use super::{Agent, AgentArchived, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// It answers never again and gives its channels back; its versions stay readable. Archiving it
/// again changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was never made (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ArchiveAgent;

impl Command for ArchiveAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        if state.archived {
            return Ok(Vec::new());
        }
        let archived = Decision::new(AgentArchived {
            old_version: state.published,
            old_channels: state.serving.iter().copied().collect(),
        });
        let served = state.serving.iter().map(|channel| ClaimKey::ServedChannel(*channel));
        Ok(vec![served.fold(archived, Decision::releasing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::fixtures::{DESK, created, published};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn its_channels_are_free_again() {
        let archived = AgentArchived { old_version: Some(1), old_channels: vec![DESK] };
        given::<Agent>([created(&[DESK]), published(&[DESK])])
            .when(ArchiveAgent)
            .then([archived.clone().into()])
            .releasing([ClaimKey::ServedChannel(DESK)]);
        given::<Agent>([created(&[DESK]), published(&[DESK]), archived.into()])
            .when(ArchiveAgent)
            .then([]);
    }

    #[test]
    fn a_draft_can_be_put_away() {
        let archived = AgentArchived { old_version: None, old_channels: vec![] };
        given::<Agent>([created(&[DESK])]).when(ArchiveAgent).then([archived.into()]).releasing([]);
    }

    #[test]
    fn what_was_never_made_cannot_be_put_away() {
        given::<Agent>([]).when(ArchiveAgent).refused(RefusalCode::NotFound);
    }
}
