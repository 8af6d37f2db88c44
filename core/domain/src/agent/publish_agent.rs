//! Publish a version of an agent.

use std::collections::BTreeSet;

use super::{Agent, AgentPublished, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ChannelId;
use crate::refusal::Refusal;

/// A version answers on its channels from now on, instead of the one before. A channel is served
/// by one agent: each one is a claim. A paused agent stays paused. Publishing what is published
/// changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: an agent that was never made (`not_found`) or is
/// archived (`not_allowed_now`), a version that does not exist. That another agent serves a channel
/// stands in another stream; the caller looks there first, the claim decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublishAgent {
    /// Which version; none for the newest.
    pub version: Option<u32>,
}

impl Command for PublishAgent {
    type Aggregate = Agent;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let newest = state.usable()?;
        let chosen = match self.version {
            None => newest,
            Some(number) => state.version(number).ok_or_else(|| {
                Refusal::field("version", "names no version of this agent")
                    .allowing(state.versions.iter().map(|version| version.number))
            })?,
        };
        if state.published == Some(chosen.number) {
            return Ok(Vec::new());
        }
        let channels: BTreeSet<ChannelId> = chosen.settings.channels.iter().copied().collect();
        let mut published = Decision::new(AgentPublished {
            old_version: state.published,
            version: chosen.number,
            old_channels: state.serving.iter().copied().collect(),
            channels: channels.iter().copied().collect(),
        });
        for channel in channels.difference(&state.serving) {
            published = published.claiming(ClaimKey::ServedChannel(*channel));
        }
        for channel in state.serving.difference(&channels) {
            published = published.releasing(ClaimKey::ServedChannel(*channel));
        }
        Ok(vec![published])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::AgentArchived;
    use crate::agent::fixtures::{DESK, SHOP, created, published, updated};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const NEWEST: PublishAgent = PublishAgent { version: None };

    #[test]
    fn its_channels_are_claimed() {
        given::<Agent>([created(&[DESK])])
            .when(NEWEST)
            .then([published(&[DESK]).into()])
            .claiming([ClaimKey::ServedChannel(DESK)])
            .releasing([]);
    }

    #[test]
    fn another_version_takes_over_what_both_serve() {
        let event = AgentPublished {
            old_version: Some(1),
            version: 2,
            old_channels: vec![DESK],
            channels: vec![SHOP],
        };
        given::<Agent>([created(&[DESK]), published(&[DESK]), updated(2, &[SHOP])])
            .when(NEWEST)
            .then([event.into()])
            .claiming([ClaimKey::ServedChannel(SHOP)])
            .releasing([ClaimKey::ServedChannel(DESK)]);
    }

    #[test]
    fn an_earlier_version_can_come_back() {
        let two = AgentPublished {
            old_version: Some(1),
            version: 2,
            old_channels: vec![DESK],
            channels: vec![DESK],
        };
        let history =
            [created(&[DESK]), published(&[DESK]), updated(2, &[DESK]), two.clone().into()];
        given::<Agent>(history.clone()).when(NEWEST).then([]);
        given::<Agent>(history)
            .when(PublishAgent { version: Some(1) })
            .then([AgentPublished { old_version: Some(2), version: 1, ..two }.into()])
            .claiming([])
            .releasing([]);
    }

    #[test]
    fn a_version_that_does_not_exist_is_refused_with_those_that_do() {
        given::<Agent>([created(&[]), updated(2, &[])])
            .when(PublishAgent { version: Some(3) })
            .refused(RefusalCode::InvalidField)
            .at("version")
            .allowing([1, 2]);
    }

    #[test]
    fn what_was_never_made_or_is_archived_is_refused() {
        given::<Agent>([]).when(NEWEST).refused(RefusalCode::NotFound);
        let archived = AgentArchived { old_version: None, old_channels: vec![] };
        given::<Agent>([created(&[]), archived.into()])
            .when(NEWEST)
            .refused(RefusalCode::NotAllowedNow);
    }
}
