//! End the rotation of an app's secret.

use super::{AppSecretRetired, MetaApp, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::SecretId;
use crate::refusal::{Refusal, RefusalCode};

/// A secret is no longer accepted: what it signs gets 401 from now on.
///
/// Who: a key with the scope `manage` for an app of the workspace; the administrator alone for one
/// of the installation. Refuses: a secret that is not accepted now (`not_found`), the last one
/// (`not_allowed_now`: an app that nothing can sign for would lose every message).
#[derive(Clone, Copy, Debug)]
pub struct RetireAppSecret {
    /// Which secret.
    pub secret: SecretId,
}

impl Command for RetireAppSecret {
    type Aggregate = MetaApp;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let secret = state.secrets.iter().find(|live| live.id == self.secret).ok_or_else(|| {
            Refusal::new(RefusalCode::NotFound, "this app accepts no such secret")
        })?;
        if state.secrets.len() == 1 {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                "this is the app's last secret; add the new one first",
            ));
        }
        Ok(vec![Decision::new(AppSecretRetired { secret: secret.clone() })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta_app::AppSecretAdded;
    use crate::meta_app::fixtures::{registered, secret};
    use crate::testing::{given, state_of};

    fn retire(n: u128) -> RetireAppSecret {
        RetireAppSecret { secret: secret(n).id }
    }

    #[test]
    fn either_of_two_secrets_can_be_retired() {
        for n in [1, 2] {
            let added = AppSecretAdded { secret: secret(2) };
            given::<MetaApp>([registered().into(), added.into()])
                .when(retire(n))
                .then([AppSecretRetired { secret: secret(n) }.into()]);
        }
    }

    #[test]
    fn what_was_retired_is_remembered_and_what_is_accepted_is_not() {
        let added = AppSecretAdded { secret: secret(2) };
        let retired = AppSecretRetired { secret: secret(1) };
        let state = state_of::<MetaApp>([registered().into(), added.into(), retired.into()]);
        assert_eq!((state.secrets, state.retired), (vec![secret(2)], vec![secret(1).id]));
    }

    #[test]
    fn the_last_secret_stays() {
        given::<MetaApp>([registered().into()]).when(retire(1)).refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn a_secret_that_is_not_accepted_cannot_be_retired() {
        given::<MetaApp>([registered().into()]).when(retire(9)).refused(RefusalCode::NotFound);
        given::<MetaApp>([]).when(retire(1)).refused(RefusalCode::NotFound);
    }
}
