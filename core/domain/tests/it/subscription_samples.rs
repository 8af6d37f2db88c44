//! At least one value of every event of a subscription.

use convolog_domain::Event;
use convolog_domain::subscription::{
    FieldFilter, SubscriptionCreated, SubscriptionDeleted, SubscriptionPaused, SubscriptionResumed,
    SubscriptionSecretRetired, SubscriptionSecretRotated, SubscriptionSettings,
    SubscriptionUpdated,
};

use crate::samples::secret;

/// Every event, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let settings = |events: &[&str]| SubscriptionSettings {
        name: "CRM".into(),
        events: events.iter().map(ToString::to_string).collect(),
        order: "ordered_by_conversation".into(),
        ..SubscriptionSettings::default()
    };
    let limited = SubscriptionSettings {
        signature: Some("ed25519".into()),
        names: vec!["contact_created".into()],
        rate_per_second: Some(5),
        filters: vec![FieldFilter { field: "times.starts_at".into(), equals: "7".into() }],
        ..settings(&["contact.*"])
    };
    let host = || "crm.example.com:8443".to_owned();
    vec![
        SubscriptionCreated { settings: settings(&["*"]), host: host(), secret: secret(40) }.into(),
        SubscriptionCreated { settings: limited, host: host(), secret: secret(40) }.into(),
        SubscriptionUpdated {
            old_settings: settings(&["*"]),
            settings: settings(&["conversation.*", "contact_created"]),
            host: host(),
            address_at: 1,
        }
        .into(),
        SubscriptionSecretRotated {
            old_secret: secret(40),
            secret: secret(41),
            overlap_ends_at: 1_767_312_000,
        }
        .into(),
        SubscriptionSecretRetired { secret: secret(40) }.into(),
        SubscriptionPaused {}.into(),
        SubscriptionResumed {}.into(),
        SubscriptionDeleted {}.into(),
    ]
}
