//! Disconnect a number of a workspace.

use super::{Channel, ChannelDisconnected, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing is received or sent at this number from now on; what was said stays. The caller releases
/// the number in the control partition afterwards.
///
/// Who: a key with the scope `manage`, or the administrator. Refuses: a channel that was never
/// connected (`not_found`), or that was disconnected before (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct DisconnectChannel;

impl Command for DisconnectChannel {
    type Aggregate = Channel;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        Ok(vec![Decision::new(ChannelDisconnected {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::ChannelConnected;
    use crate::channel::fixtures::{connected, token};
    use crate::decision::Aggregate as _;
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    #[test]
    fn a_disconnected_channel_keeps_its_settings_but_its_token() {
        let gone = ChannelDisconnected {};
        given::<Channel>([connected().into()]).when(DisconnectChannel).then([gone.clone().into()]);
        let state = state_of::<Channel>([connected().into(), gone.into()]);
        let kept = ChannelConnected { access_token: None, ..connected() };
        assert_eq!((state.settings.as_ref(), state.live()), (Some(&kept), None));
        assert_eq!(Channel::retired_secrets(&state), [token(1).id]);
    }

    #[test]
    fn what_was_never_connected_cannot_be_disconnected() {
        given::<Channel>([]).when(DisconnectChannel).refused(RefusalCode::NotFound);
    }

    #[test]
    fn a_channel_is_disconnected_once() {
        given::<Channel>([connected().into(), ChannelDisconnected {}.into()])
            .when(DisconnectChannel)
            .refused(RefusalCode::NotAllowedNow);
    }
}
