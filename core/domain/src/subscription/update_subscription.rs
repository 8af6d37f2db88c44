//! Change a subscription.

use super::{Address, State, Subscription, SubscriptionChanges, SubscriptionUpdated};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::Refusal;

/// Other events, another order, another address. Its secrets stay. Settings that are as they were,
/// and no new address, change nothing.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that was never created or was deleted
/// (`not_found`), settings that cannot be, an address that is none.
#[derive(Clone, Debug)]
pub struct UpdateSubscription {
    /// Whose subscription: its key seals the address.
    pub workspace: WorkspaceId,
    /// What is asked for otherwise from now on.
    pub changes: SubscriptionChanges,
    /// Where to; none to leave it as it is.
    pub address: Option<Address>,
}

impl Command for UpdateSubscription {
    type Aggregate = Subscription;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let old_settings = state.existing()?.clone();
        let settings = self.changes.onto(old_settings.clone()).checked()?;
        let address = self.address.map(|address| address.checked(self.workspace)).transpose()?;
        if settings == old_settings && address.is_none() {
            return Ok(Vec::new());
        }
        let (host, personal, address_at) = match address {
            Some((host, personal)) => (host, Some(personal), state.events + 1),
            None => (state.host.clone(), None, state.address_at),
        };
        let updated =
            Decision::new(SubscriptionUpdated { old_settings, settings, host, address_at });
        Ok(vec![personal.into_iter().fold(updated, Decision::sealing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::{Content, NoteContent, Personal};
    use crate::refusal::RefusalCode;
    use crate::subscription::SubscriptionSettings;
    use crate::subscription::fixtures::{WORKSPACE, address, created, deleted, settings};
    use crate::testing::given;

    fn update(events: &[&str], url: Option<&str>) -> UpdateSubscription {
        let events = events.iter().map(ToString::to_string).collect();
        UpdateSubscription {
            workspace: WORKSPACE,
            changes: SubscriptionChanges { events: Some(events), ..SubscriptionChanges::default() },
            address: url.map(address),
        }
    }

    #[test]
    fn what_is_left_out_stays_as_somebody_else_left_it() {
        let renamed = SubscriptionSettings { name: "CRM".into(), ..settings() };
        let before = SubscriptionUpdated {
            old_settings: settings(),
            settings: renamed.clone(),
            host: "crm.example.com".into(),
            address_at: 1,
        };
        given::<Subscription>([created(), before.clone().into()]).when(update(&["*"], None)).then(
            [SubscriptionUpdated {
                old_settings: renamed.clone(),
                settings: SubscriptionSettings { events: vec!["*".into()], ..renamed },
                ..before
            }
            .into()],
        );
    }

    #[test]
    fn an_address_that_stays_is_found_where_it_was_sealed() {
        let updated = SubscriptionUpdated {
            old_settings: settings(),
            settings: SubscriptionSettings { events: vec!["*".into()], ..settings() },
            host: "crm.example.com".into(),
            address_at: 1,
        };
        given::<Subscription>([created()])
            .when(update(&["*"], None))
            .then([updated.into()])
            .sealing([]);
    }

    #[test]
    fn a_new_address_is_sealed_with_the_change() {
        let url = "https://other.example.com:8443/in";
        let updated = SubscriptionUpdated {
            old_settings: settings(),
            settings: settings(),
            host: "other.example.com:8443".into(),
            address_at: 2,
        };
        given::<Subscription>([created()])
            .when(update(&["conversation_opened"], Some(url)))
            .then([updated.into()])
            .sealing([Personal {
                subject: WORKSPACE.into(),
                content: Content::Address(NoteContent { text: url.into() }),
            }]);
    }

    #[test]
    fn the_same_again_changes_nothing() {
        given::<Subscription>([created()]).when(update(&["conversation_opened"], None)).then([]);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for history in [vec![], vec![created(), deleted()]] {
            given::<Subscription>(history)
                .when(update(&["*"], None))
                .refused(RefusalCode::NotFound);
        }
        given::<Subscription>([created()])
            .when(update(&["nope"], None))
            .refused(RefusalCode::InvalidField)
            .at("events");
    }
}
