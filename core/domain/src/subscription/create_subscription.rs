//! Subscribe to events.

use super::{State, Subscription, SubscriptionCreated, SubscriptionSettings};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::{SecretRef, Sensitive};
use crate::ids::WorkspaceId;
use crate::personal::{Content, NoteContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Where events are to be delivered.
#[derive(Clone, Debug)]
pub struct Address {
    /// `https://host[:port]/path?query`.
    pub url: Sensitive,
    /// Whether it may be plain `http`: the caller found its host on the list of private hosts that
    /// the installation lets through.
    pub plain_http_allowed: bool,
}

impl Address {
    /// The host and port, in the clear, and the address as it is sealed.
    pub(super) fn checked(self, workspace: WorkspaceId) -> Result<(String, Personal), Refusal> {
        let host = validate::web_address("url", self.url.expose(), self.plain_http_allowed)?;
        let content = Content::Address(NoteContent { text: self.url });
        Ok((host, Personal { subject: workspace.into(), content }))
    }
}

/// Somebody hears of events from now on. Whether the address may be reached at all is for the guard
/// of outgoing requests to say, at every delivery; here it only has to look like one.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that was created before
/// (`already_exists`), settings that cannot be, an address that is not `https` (`http` only where
/// the caller allows it).
#[derive(Clone, Debug)]
pub struct CreateSubscription {
    /// Whose subscription: its key seals the address.
    pub workspace: WorkspaceId,
    /// What is asked for.
    pub settings: SubscriptionSettings,
    /// Where to.
    pub address: Address,
    /// The secret that signs.
    pub secret: SecretRef,
}

impl Command for CreateSubscription {
    type Aggregate = Subscription;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.settings.is_some() {
            let detail = "this webhook was created before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let settings = self.settings.checked()?;
        let (host, personal) = self.address.checked(self.workspace)?;
        let created = SubscriptionCreated { settings, host, secret: self.secret };
        Ok(vec![Decision::new(created).sealing(personal)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::DELIVERY_ORDERS;
    use crate::subscription::fixtures::{WORKSPACE, address, created, secret, settings};
    use crate::testing::given;

    const URL: &str = "https://crm.example.com/hooks?token=abc";

    fn create(url: &str) -> CreateSubscription {
        CreateSubscription {
            workspace: WORKSPACE,
            settings: settings(),
            address: address(url),
            secret: secret(1),
        }
    }

    #[test]
    fn the_address_is_sealed_but_for_its_host() {
        given::<Subscription>([]).when(create(URL)).then([created().into()]).sealing([Personal {
            subject: WORKSPACE.into(),
            content: Content::Address(NoteContent { text: URL.into() }),
        }]);
    }

    #[test]
    fn it_is_created_once() {
        given::<Subscription>([created()]).when(create(URL)).refused(RefusalCode::AlreadyExists);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "crm.example.com", "http://crm.example.com", "https://", "https://u:p@h/"] {
            given::<Subscription>([])
                .when(create(bad))
                .refused(RefusalCode::InvalidField)
                .at("url");
        }
    }

    #[test]
    fn an_unknown_order_is_refused_with_those_there_are() {
        let settings = SubscriptionSettings { order: "random".into(), ..settings() };
        given::<Subscription>([])
            .when(CreateSubscription { settings, ..create(URL) })
            .refused(RefusalCode::InvalidField)
            .at("order")
            .allowing(DELIVERY_ORDERS);
    }
}
