//! Give a channel another access token.

use super::{Channel, ChannelTokenReplaced, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::refusal::Refusal;

/// Convolog sends with this token from now on. The token in use changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a channel that was never connected (`not_found`),
/// or that is disconnected (`not_allowed_now`).
#[derive(Clone, Debug)]
pub struct ReplaceToken {
    /// The new token; it is in the vault already.
    pub access_token: SecretRef,
}

impl Command for ReplaceToken {
    type Aggregate = Channel;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let settings = state.connected_settings()?;
        let Self { access_token } = self;
        if settings.access_token.as_ref().is_some_and(|now| now.is_the_same_as(&access_token)) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(ChannelTokenReplaced { access_token })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::ChannelDisconnected;
    use crate::channel::fixtures::{connected, token};
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    fn replace(n: u128) -> ReplaceToken {
        ReplaceToken { access_token: token(n) }
    }

    fn replaced(n: u128) -> ChannelTokenReplaced {
        ChannelTokenReplaced { access_token: token(n) }
    }

    #[test]
    fn another_token_takes_its_place() {
        given::<Channel>([connected().into()]).when(replace(2)).then([replaced(2).into()]);
        let state = state_of::<Channel>([connected().into(), replaced(2).into()]);
        assert_eq!(state.live().unwrap().access_token, Some(token(2)));
        assert_eq!(state.retired, [token(1).id]);
    }

    #[test]
    fn the_token_in_use_changes_nothing() {
        given::<Channel>([connected().into()]).when(replace(1)).then([]);
        let again = SecretRef { id: token(2).id, ..token(1) };
        given::<Channel>([connected().into()]).when(ReplaceToken { access_token: again }).then([]);
    }

    #[test]
    fn a_channel_that_is_not_connected_has_no_token_to_replace() {
        given::<Channel>([]).when(replace(2)).refused(RefusalCode::NotFound);
        given::<Channel>([connected().into(), ChannelDisconnected {}.into()])
            .when(replace(2))
            .refused(RefusalCode::NotAllowedNow);
    }
}
