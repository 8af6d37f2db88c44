//! No longer send changes of a business account to a channel.

use super::{AccountUnlinked, Installation, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ChannelId;
use crate::refusal::Refusal;

/// Changes that name only the account no longer go to this channel. Where no link stands this
/// changes nothing, so that disconnecting can be tried again.
///
/// Who: Convolog, on behalf of somebody who disconnects a channel. Refuses nothing.
#[derive(Clone, Debug)]
pub struct UnlinkAccount {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Which channel.
    pub channel: ChannelId,
}

impl Command for UnlinkAccount {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { waba_id, channel } = self;
        let links = state.accounts.get(&waba_id);
        if !links.is_some_and(|links| links.iter().any(|link| link.channel == channel)) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(AccountUnlinked { waba_id, channel })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation::fixtures::{ACCOUNT, CHANNEL, linked};
    use crate::testing::{given, state_of};

    fn unlink() -> UnlinkAccount {
        UnlinkAccount { waba_id: ACCOUNT.into(), channel: CHANNEL }
    }

    fn unlinked() -> AccountUnlinked {
        AccountUnlinked { waba_id: ACCOUNT.into(), channel: CHANNEL }
    }

    #[test]
    fn a_link_is_taken_away_and_leaves_nothing_behind() {
        given::<Installation>([linked().into()]).when(unlink()).then([unlinked().into()]);
        let state = state_of::<Installation>([linked().into(), unlinked().into()]);
        assert!(state.accounts.is_empty());
    }

    #[test]
    fn where_no_link_stands_nothing_changes() {
        given::<Installation>([]).when(unlink()).then([]);
        given::<Installation>([linked().into(), unlinked().into()]).when(unlink()).then([]);
    }
}
