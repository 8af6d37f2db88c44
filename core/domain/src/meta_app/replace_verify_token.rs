//! Give an app another token for the handshake.

use super::{AppVerifyTokenReplaced, MetaApp, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::refusal::{Refusal, RefusalCode};

/// The handshake is answered for this token only from now on. The token in use changes nothing.
///
/// Who: a key with the scope `manage` for an app of the workspace; the administrator alone for one
/// of the installation. Refuses: an app that was never registered (`not_found`).
#[derive(Clone, Debug)]
pub struct ReplaceVerifyToken {
    /// The new token.
    pub verify_token: SecretRef,
}

impl Command for ReplaceVerifyToken {
    type Aggregate = MetaApp;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { verify_token } = self;
        match &state.verify_token {
            None => Err(Refusal::new(RefusalCode::NotFound, "there is no such app")),
            Some(current) if current.is_the_same_as(&verify_token) => Ok(Vec::new()),
            Some(_) => Ok(vec![Decision::new(AppVerifyTokenReplaced { verify_token })]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta_app::fixtures::{registered, secret};
    use crate::testing::{given, state_of};

    #[test]
    fn another_token_takes_its_place() {
        given::<MetaApp>([registered().into()])
            .when(ReplaceVerifyToken { verify_token: secret(101) })
            .then([AppVerifyTokenReplaced { verify_token: secret(101) }.into()]);
    }

    #[test]
    fn the_token_before_it_is_of_no_use_any_more() {
        let replaced = AppVerifyTokenReplaced { verify_token: secret(101) };
        let state = state_of::<MetaApp>([registered().into(), replaced.into()]);
        assert_eq!(state.retired, [secret(100).id]);
    }

    #[test]
    fn the_token_in_use_changes_nothing() {
        given::<MetaApp>([registered().into()])
            .when(ReplaceVerifyToken { verify_token: secret(100) })
            .then([]);
        let again = SecretRef { id: secret(101).id, ..secret(100) };
        given::<MetaApp>([registered().into()])
            .when(ReplaceVerifyToken { verify_token: again })
            .then([]);
    }

    #[test]
    fn what_was_never_registered_shakes_no_hands() {
        given::<MetaApp>([])
            .when(ReplaceVerifyToken { verify_token: secret(100) })
            .refused(RefusalCode::NotFound);
    }
}
