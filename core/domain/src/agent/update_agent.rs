//! Change an agent: another version, which answers once it is published.

use super::create_agent::sealed;
use super::{Agent, AgentChanges, AgentUpdated, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::limits::AGENT_VERSIONS_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// Another version beside the earlier ones. Settings that are as they were, and no new
/// instructions, change nothing.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was never made (`not_found`) or is
/// archived (`not_allowed_now`), settings that cannot be, more than [`AGENT_VERSIONS_MAX`] versions.
#[derive(Clone, Debug)]
pub struct UpdateAgent {
    /// Whose agent: its key seals the instructions.
    pub workspace: WorkspaceId,
    /// What is set otherwise from now on.
    pub changes: AgentChanges,
    /// Other instructions; none to leave them as they are.
    pub instructions: Option<Sensitive>,
}

impl Command for UpdateAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let newest = state.usable()?;
        let settings = self.changes.onto(newest.settings.clone()).checked()?;
        if settings == newest.settings && self.instructions.is_none() {
            return Ok(Vec::new());
        }
        if state.versions.len() >= AGENT_VERSIONS_MAX {
            let detail = format!("an agent has at most {AGENT_VERSIONS_MAX} versions");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        let personal = self.instructions.map(|text| sealed(self.workspace, text)).transpose()?;
        let instructions_at =
            if personal.is_some() { state.events + 1 } else { newest.instructions_at };
        let version = newest.number + 1;
        let updated = Decision::new(AgentUpdated { version, settings, instructions_at });
        Ok(vec![personal.into_iter().fold(updated, Decision::sealing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::fixtures::{DESK, WORKSPACE, created, published, settings, updated};
    use crate::agent::{AgentArchived, AgentSettings};
    use crate::ids::ChannelId;
    use crate::personal::{Content, NoteContent, Personal};
    use crate::testing::{given, state_of};

    fn update(channels: &[ChannelId], instructions: Option<&str>) -> UpdateAgent {
        let changes = AgentChanges { channels: Some(channels.to_vec()), ..AgentChanges::default() };
        UpdateAgent { workspace: WORKSPACE, changes, instructions: instructions.map(Into::into) }
    }

    #[test]
    fn what_is_left_out_stays_as_somebody_else_left_it() {
        let renamed = AgentSettings { name: "Maya".into(), ..settings(&[]) };
        let second = AgentUpdated { version: 2, settings: renamed.clone(), instructions_at: 1 };
        let third = AgentSettings { channels: vec![DESK], ..renamed };
        given::<Agent>([created(&[]), second.into()])
            .when(update(&[DESK], None))
            .then([AgentUpdated { version: 3, settings: third, instructions_at: 1 }.into()]);
    }

    #[test]
    fn instructions_that_stay_are_found_where_they_were_sealed() {
        given::<Agent>([created(&[])])
            .when(update(&[DESK], None))
            .then([updated(2, &[DESK]).into()])
            .sealing([]);
    }

    #[test]
    fn new_instructions_are_sealed_with_their_version() {
        let before = [created(&[]), published(&[])];
        let event = AgentUpdated { version: 2, settings: settings(&[]), instructions_at: 3 };
        given::<Agent>(before.clone())
            .when(update(&[], Some("Be kind.")))
            .then([event.clone().into()])
            .sealing([Personal {
                subject: WORKSPACE.into(),
                content: Content::Instructions(NoteContent { text: "Be kind.".into() }),
            }]);
        let state = state_of::<Agent>(before.into_iter().chain([event.into()]));
        let made: Vec<_> =
            state.versions.iter().map(|v| (v.number, v.made_at, v.instructions_at)).collect();
        assert_eq!(made, [(1, 1, 1), (2, 3, 3)]);
        assert_eq!(state.published, Some(1), "the earlier version answers");
    }

    #[test]
    fn the_same_again_changes_nothing() {
        given::<Agent>([created(&[DESK])]).when(update(&[DESK], None)).then([]);
    }

    #[test]
    fn what_was_never_made_or_is_archived_is_refused() {
        given::<Agent>([]).when(update(&[], None)).refused(RefusalCode::NotFound);
        let archived = AgentArchived { old_version: None, old_channels: vec![] };
        given::<Agent>([created(&[]), archived.into()])
            .when(update(&[DESK], None))
            .refused(RefusalCode::NotAllowedNow);
    }
}
