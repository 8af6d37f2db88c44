//! Call a model otherwise.

use super::{ConnectionChanges, ModelAddress, ModelConnection, ModelConnectionChanged, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::ids::WorkspaceId;
use crate::refusal::Refusal;

/// Another model, address, key, budget or price; agents that name the connection use it at once. A
/// key is sent to nobody to whom it was not given: one that goes to another host is to be given
/// again. What is as it was changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a connection that is not there (`not_found`),
/// settings that cannot be, another host without a key where there is one.
#[derive(Clone, Debug)]
pub struct ChangeModelConnection {
    /// Whose connection: its key seals the address.
    pub workspace: WorkspaceId,
    /// What is set otherwise from now on.
    pub changes: ConnectionChanges,
    /// Where it is; none to leave it as it is.
    pub address: Option<ModelAddress>,
    /// Another key; none to leave it as it is.
    pub key: Option<SecretRef>,
}

impl Command for ChangeModelConnection {
    type Aggregate = ModelConnection;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let old_settings = state.existing()?.clone();
        let settings = self.changes.onto(old_settings.clone()).checked()?;
        let address = self.address.map(|address| address.checked(self.workspace)).transpose()?;
        if settings == old_settings && address.is_none() && self.key.is_none() {
            return Ok(Vec::new());
        }
        let (host, personal, address_at) = match address {
            Some((host, personal)) => (host, Some(personal), state.events + 1),
            None => (state.host.clone(), None, state.address_at),
        };
        if host != state.host && state.key.is_some() && self.key.is_none() {
            let detail = "must be given again where base_url goes to another host";
            return Err(Refusal::field("api_key", detail));
        }
        let changed =
            ModelConnectionChanged { old_settings, settings, host, address_at, key: self.key };
        Ok(vec![personal.into_iter().fold(Decision::new(changed), Decision::sealing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Aggregate;
    use crate::ids::SecretId;
    use crate::model_connection::fixtures::{WORKSPACE, added, address, removed, secret, settings};
    use crate::model_connection::{ConnectionSettings, State};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn change() -> ChangeModelConnection {
        let changes = ConnectionChanges::default();
        ChangeModelConnection { workspace: WORKSPACE, changes, address: None, key: None }
    }

    fn changed() -> ModelConnectionChanged {
        ModelConnectionChanged {
            old_settings: settings(),
            settings: settings(),
            host: "models.example.com".into(),
            address_at: 1,
            key: None,
        }
    }

    #[test]
    fn what_is_left_out_stays() {
        given::<ModelConnection>([added()]).when(change()).then([]);
        let changes = ConnectionChanges { model: Some("large".into()), ..Default::default() };
        given::<ModelConnection>([added()])
            .when(ChangeModelConnection { changes, ..change() })
            .then([ModelConnectionChanged {
                settings: ConnectionSettings { model: "large".into(), ..settings() },
                ..changed()
            }
            .into()]);
    }

    #[test]
    fn a_key_goes_to_no_other_host_unless_it_is_given_again() {
        let elsewhere = Some(address("https://elsewhere.example.com/v1"));
        let moved = ChangeModelConnection { address: elsewhere, ..change() };
        given::<ModelConnection>([added()])
            .when(moved.clone())
            .refused(RefusalCode::InvalidField)
            .at("api_key");
        given::<ModelConnection>([added()])
            .when(ChangeModelConnection { key: Some(secret(2)), ..moved })
            .then([ModelConnectionChanged {
                host: "elsewhere.example.com".into(),
                address_at: 2,
                key: Some(secret(2)),
                ..changed()
            }
            .into()]);
        let same_host = Some(address("https://models.example.com/v2"));
        given::<ModelConnection>([added()])
            .when(ChangeModelConnection { address: same_host, ..change() })
            .then([ModelConnectionChanged { address_at: 2, ..changed() }.into()]);
    }

    #[test]
    fn a_key_that_is_replaced_is_retired() {
        let mut state = State::default();
        ModelConnection::evolve(&mut state, &added());
        let replaced = ModelConnectionChanged { key: Some(secret(2)), ..changed() };
        ModelConnection::evolve(&mut state, &replaced.into());
        assert_eq!(ModelConnection::retired_secrets(&state), [secret(1).id]);
        ModelConnection::evolve(&mut state, &removed());
        let all: [SecretId; 2] = [secret(1).id, secret(2).id];
        assert_eq!(ModelConnection::retired_secrets(&state), all);
    }

    #[test]
    fn what_is_not_there_is_not_changed() {
        given::<ModelConnection>([]).when(change()).refused(RefusalCode::NotFound);
        given::<ModelConnection>([added(), removed()])
            .when(change())
            .refused(RefusalCode::NotFound);
    }
}
