//! What notices tell of how much a number may send: facts of its channel, beside the notice.

use convolog_domain::{
    Decision, StreamKind,
    channel::{Channel, ChannelLimitsChanged, people_of_tier},
    limits::COEXISTENCE_MESSAGES_A_SECOND,
};
use convolog_log::Origin;

use super::planner::{Item, Planner};
use crate::error::EngineError;

/// The fields that tell the tier.
const TELL_TIER: [&str; 2] = ["business_capability_update", "phone_number_quality_update"];
/// The fields that only numbers have that are used on a phone as well.
const COEXIST: [&str; 2] = ["smb_app_state_sync", "history"];

impl Planner<'_> {
    /// The event of a channel that follows from a notice.
    pub(crate) fn plan_limits(
        &mut self,
        item: &Item<'_>,
        at: Option<i64>,
    ) -> Result<(), EngineError> {
        let field = item.update.place.field.as_str();
        let at = at.unwrap_or_else(|| self.ctx.now_seconds());
        let changed = if TELL_TIER.contains(&field) {
            let tier = convolog_whatsapp::tier(&item.update.fragment.text);
            let told = tier.and_then(|word| people_of_tier(&word).map(|people| (word, people)));
            let Some((word, people_a_day)) = told else { return Ok(()) };
            let tier = Some(word.to_ascii_lowercase());
            ChannelLimitsChanged { at, tier, people_a_day, messages_a_second: None }
        } else if COEXIST.contains(&field) && !self.is_known_to_coexist(item)? {
            let messages_a_second = Some(COEXISTENCE_MESSAGES_A_SECOND);
            ChannelLimitsChanged { at, messages_a_second, tier: None, people_a_day: None }
        } else {
            return Ok(());
        };
        self.push(StreamKind::Channel, item.channel.0, Decision::new(changed), Origin::Live);
        Ok(())
    }

    /// Whether it is known already how fast the number may send.
    fn is_known_to_coexist(&mut self, item: &Item<'_>) -> Result<bool, EngineError> {
        if !self.coexisting.insert(item.channel) {
            return Ok(true);
        }
        let channel = self.engine.load::<Channel>(self.workspace, item.channel.0)?.state;
        Ok(channel.limits.messages_a_second.is_some())
    }
}
