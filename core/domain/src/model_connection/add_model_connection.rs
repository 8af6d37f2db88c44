//! Let a workspace call a model.

use super::{ConnectionSettings, ModelConnection, ModelConnectionAdded, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::{SecretRef, Sensitive};
use crate::ids::WorkspaceId;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Where a model is.
#[derive(Clone, Debug)]
pub struct ModelAddress {
    /// Up to the version: `https://host[:port]/v1`.
    pub base_url: Sensitive,
    /// Whether it may be plain `http`: the caller found its host on the list of private hosts that
    /// the installation lets through.
    pub plain_http_allowed: bool,
}

impl ModelAddress {
    /// The host and port, in the clear, and the address as it is sealed.
    pub(super) fn checked(self, workspace: WorkspaceId) -> Result<(String, Personal), Refusal> {
        let url = self.base_url.expose();
        let host = validate::web_address("base_url", url, self.plain_http_allowed)?;
        if url.contains(['?', '#']) {
            let detail = "takes no query: the key belongs into api_key";
            return Err(Refusal::field("base_url", detail));
        }
        let content = Content::Address(NoteContent { text: self.base_url });
        Ok((host, Personal { subject: workspace.into(), content }))
    }
}

/// Agents can name the connection from now on. Whether the address may be reached at all is for the
/// guard of outgoing requests to say, at every call; here it only has to look like one.
///
/// Who: a key with the scope `manage`. Refuses: a connection that was added before
/// (`already_exists`), settings that cannot be, an address that is not `https` (`http` only where
/// the caller allows it) or has a query.
#[derive(Clone, Debug)]
pub struct AddModelConnection {
    /// Whose connection: its key seals the address.
    pub workspace: WorkspaceId,
    /// How it is called, and what it may cost.
    pub settings: ConnectionSettings,
    /// Where it is.
    pub address: ModelAddress,
    /// The key, if it needs one.
    pub key: Option<SecretRef>,
}

impl Command for AddModelConnection {
    type Aggregate = ModelConnection;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.settings.is_some() {
            let detail = "this connection was added before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let settings = self.settings.checked()?;
        let (host, personal) = self.address.checked(self.workspace)?;
        let added = ModelConnectionAdded { settings, host, key: self.key };
        Ok(vec![Decision::new(added).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::CONNECTION_PROVIDERS;
    use crate::model_connection::fixtures::{URL, WORKSPACE, add, added, settings};
    use crate::model_connection::{ModelBudget, TokenPrice};
    use crate::testing::given;

    #[test]
    fn the_address_is_sealed_but_for_its_host() {
        given::<ModelConnection>([]).when(add(URL)).then([added().into()]).sealing([Personal {
            subject: WORKSPACE.into(),
            content: Content::Address(NoteContent { text: URL.into() }),
        }]);
    }

    #[test]
    fn it_is_added_once() {
        given::<ModelConnection>([added()]).when(add(URL)).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "models.example.com", "http://models.example.com", "https://a.b/v1?key=x"] {
            given::<ModelConnection>([])
                .when(add(bad))
                .refused(RefusalCode::InvalidField)
                .at("base_url");
        }
    }

    #[test]
    fn settings_that_cannot_be_are_refused() {
        let with = |settings| AddModelConnection { settings, ..add(URL) };
        let provider = ConnectionSettings { provider: "built_in".into(), ..settings() };
        given::<ModelConnection>([])
            .when(with(provider))
            .refused(RefusalCode::InvalidField)
            .at("provider")
            .allowing(CONNECTION_PROVIDERS);
        let hasty = ConnectionSettings { timeout_milliseconds: 1, ..settings() };
        let budget = Some(ModelBudget { tokens: None, cost: Some(1) });
        let unpriced = ConnectionSettings { budget, price: None, ..settings() };
        let price = Some(TokenPrice { currency: "eur".into(), input: 1, output: 1 });
        let priced = ConnectionSettings { price, ..settings() };
        for (settings, field) in
            [(hasty, "timeout_ms"), (unpriced, "budget_per_month"), (priced, "price")]
        {
            given::<ModelConnection>([])
                .when(with(settings))
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
    }
}
