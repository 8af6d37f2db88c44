//! Begin the rotation of an app's secret.

use super::{AppSecretAdded, MetaApp, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::limits::APP_SECRETS_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// A second secret is accepted beside the first, until one of them is retired.
///
/// Who: a key with the scope `manage` for an app of the workspace; the administrator alone for one
/// of the installation. Refuses: an app that was never registered (`not_found`), a secret that is
/// accepted already (`already_exists`), a third one (`not_allowed_now`).
#[derive(Clone, Debug)]
pub struct AddAppSecret {
    /// The new secret.
    pub secret: SecretRef,
}

impl Command for AddAppSecret {
    type Aggregate = MetaApp;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if !state.registered() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such app"));
        }
        let Self { secret } = self;
        if state.secrets.iter().any(|live| live.is_the_same_as(&secret)) {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "this secret is accepted already",
            ));
        }
        if state.secrets.len() >= APP_SECRETS_MAX {
            return Err(Refusal::new(
                RefusalCode::NotAllowedNow,
                format!(
                    "an app has at most {APP_SECRETS_MAX} secrets at a time; retire the old one first"
                ),
            ));
        }
        Ok(vec![Decision::new(AppSecretAdded { secret })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta_app::AppSecretRetired;
    use crate::meta_app::fixtures::{registered, secret};
    use crate::testing::given;

    fn add(n: u128) -> AddAppSecret {
        AddAppSecret { secret: secret(n) }
    }

    fn added(n: u128) -> AppSecretAdded {
        AppSecretAdded { secret: secret(n) }
    }

    #[test]
    fn a_second_secret_is_accepted() {
        given::<MetaApp>([registered().into()]).when(add(2)).then([added(2).into()]);
    }

    #[test]
    fn a_third_is_refused_until_one_is_retired() {
        given::<MetaApp>([registered().into(), added(2).into()])
            .when(add(3))
            .refused(RefusalCode::NotAllowedNow);
        let retired = AppSecretRetired { secret: secret(1) };
        given::<MetaApp>([registered().into(), added(2).into(), retired.into()])
            .when(add(3))
            .then([added(3).into()]);
    }

    #[test]
    fn the_same_secret_is_known_by_its_id_and_by_its_fingerprint() {
        given::<MetaApp>([registered().into()]).when(add(1)).refused(RefusalCode::AlreadyExists);
        let stored_again = SecretRef { id: secret(2).id, ..secret(1) };
        given::<MetaApp>([registered().into()])
            .when(AddAppSecret { secret: stored_again })
            .refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn what_was_never_registered_has_no_secrets() {
        given::<MetaApp>([]).when(add(1)).refused(RefusalCode::NotFound);
    }
}
