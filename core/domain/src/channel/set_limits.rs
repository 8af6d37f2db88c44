//! Say how much may be sent with a number.

use super::{Channel, ChannelLimitsChanged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::{MESSAGES_A_SECOND_MAX, PEOPLE_A_DAY_MAX};
use crate::refusal::Refusal;

/// How much may be sent with a number, where somebody knows better than what the platform told. What
/// is not given stays; what is as it was changes nothing. The platform's next word about the tier
/// counts again.
///
/// Who: a key with the scope `manage`. Refuses: a channel that is not connected, and numbers that no
/// number has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SetLimits {
    /// Messages a second: 20 for a number that is used on a phone as well.
    pub messages_a_second: Option<u32>,
    /// People to whom the portfolio may write first within 24 hours.
    pub people_a_day: Option<u64>,
}

impl Command for SetLimits {
    type Aggregate = Channel;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        let Self { messages_a_second, people_a_day } = self;
        if messages_a_second.is_some_and(|count| !(1..=MESSAGES_A_SECOND_MAX).contains(&count)) {
            let detail = format!("is 1 to {MESSAGES_A_SECOND_MAX}");
            return Err(Refusal::field("messages_a_second", detail));
        }
        if people_a_day.is_some_and(|count| !(1..=PEOPLE_A_DAY_MAX).contains(&count)) {
            let detail = format!("is 1 to {PEOPLE_A_DAY_MAX}");
            return Err(Refusal::field("people_a_day", detail));
        }
        let known = &state.limits;
        let messages_a_second =
            messages_a_second.filter(|count| known.messages_a_second != Some(*count));
        let told = known.tier.as_ref().and_then(|tier| tier.people);
        let people_a_day = people_a_day.filter(|count| told != Some(*count));
        if messages_a_second.is_none() && people_a_day.is_none() {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ChannelLimitsChanged {
            at: ctx.now_seconds(),
            messages_a_second,
            tier: people_a_day.map(|count| format!("tier_{count}")),
            people_a_day,
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::fixtures::connected;
    use crate::channel::people_of_tier;
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given, state_of};

    #[test]
    fn what_is_given_is_set_once() {
        let set = SetLimits { messages_a_second: Some(20), people_a_day: Some(250) };
        let changed = ChannelLimitsChanged {
            at: NOW_SECONDS,
            messages_a_second: Some(20),
            tier: Some("tier_250".into()),
            people_a_day: Some(250),
        };
        given::<Channel>([connected().into()]).when(set).then([changed.clone().into()]);
        given::<Channel>([connected().into(), changed.into()]).when(set).then([]);
        for (bad, field) in [
            (SetLimits { messages_a_second: Some(0), ..SetLimits::default() }, "messages_a_second"),
            (SetLimits { people_a_day: Some(0), ..SetLimits::default() }, "people_a_day"),
        ] {
            given::<Channel>([connected().into()])
                .when(bad)
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
    }

    #[test]
    fn the_newest_tier_counts_in_whatever_order_it_was_heard() {
        let told = |at, word: &str| ChannelLimitsChanged {
            at,
            tier: Some(word.into()),
            people_a_day: people_of_tier(word).flatten(),
            ..ChannelLimitsChanged::default()
        };
        let (old, new) = (told(1, "tier_250"), told(2, "tier_unlimited"));
        for order in [[old.clone(), new.clone()], [new, old]] {
            let history = order.into_iter().map(Into::into);
            let state = state_of::<Channel>(std::iter::once(connected().into()).chain(history));
            assert_eq!(state.limits.tier.map(|tier| (tier.at, tier.people)), Some((2, None)));
        }
    }

    #[test]
    fn tiers_are_read_as_the_platform_writes_them() {
        for (word, people) in [
            ("TIER_50", Some(Some(50))),
            ("TIER_250", Some(Some(250))),
            ("TIER_2K", Some(Some(2_000))),
            ("TIER_100K", Some(Some(100_000))),
            ("1000", Some(Some(1_000))),
            ("TIER_UNLIMITED", Some(None)),
            ("TIER_NOT_SET", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(people_of_tier(word), people, "{word}");
        }
    }
}
