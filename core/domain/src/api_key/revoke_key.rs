//! Make an API key stop working.

use super::{ApiKey, KeyRevoked, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// A key stops working, for good: there is no way back. The claim on its hash stays, so that the
/// same key can never be made again.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: a key that was never made
/// (`not_found`), or that was revoked before (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct RevokeKey;

impl Command for RevokeKey {
    type Aggregate = ApiKey;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.key.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such key"));
        }
        if state.revoked {
            return Err(Refusal::new(RefusalCode::NotAllowedNow, "this key was revoked before"));
        }
        Ok(vec![Decision::new(KeyRevoked {})])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api_key::{Event, KeyCreated, KeyMode, Scope};
    use crate::hash::Hash32;
    use crate::testing::{given, state_of};

    fn created() -> Event {
        KeyCreated {
            name: "CRM".into(),
            hash: Hash32([1; 32]),
            prefix: "cl_test_ab12".into(),
            mode: KeyMode::Test,
            surface: "native".into(),
            scopes: vec![Scope::Read],
            person: None,
            grants: vec![],
            expires_at: None,
        }
        .into()
    }

    #[test]
    fn a_revoked_key_no_longer_lives_and_keeps_its_claim() {
        given::<ApiKey>([created()]).when(RevokeKey).then([KeyRevoked {}.into()]).releasing([]);
        assert!(state_of::<ApiKey>([created()]).live().is_some());
        assert!(state_of::<ApiKey>([created(), KeyRevoked {}.into()]).live().is_none());
    }

    #[test]
    fn a_key_that_was_never_made_cannot_be_revoked() {
        given::<ApiKey>([]).when(RevokeKey).refused(RefusalCode::NotFound);
    }

    #[test]
    fn a_key_is_revoked_once() {
        given::<ApiKey>([created(), KeyRevoked {}.into()])
            .when(RevokeKey)
            .refused(RefusalCode::NotAllowedNow);
    }
}
