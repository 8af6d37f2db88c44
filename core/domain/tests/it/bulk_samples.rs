//! At least one value of every event about what people want to be sent.

use convolog_domain::contact::words::PreferenceWord;
use convolog_domain::contact::{
    KeptStop, OptedIn, OptedOut, PersonalDataErased, PreferenceScope, PreferenceSource,
};
use convolog_domain::conversation::{MessageFacts, MessageReceived, MessageRequested};
use convolog_domain::workspace::OptOutWordsSet;
use convolog_domain::{Event, KeyId, PersonId};

use crate::samples::{AT, MESSAGE, facts, id};

/// Every one, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let opted_out = OptedOut {
        scope: PreferenceScope::Marketing,
        source: PreferenceSource::Words,
        at: AT,
        message: None,
        code: None,
        reason: None,
        by: None,
        key: None,
    };
    let opted_in = OptedIn {
        scope: PreferenceScope::All,
        source: PreferenceSource::Preference,
        at: AT,
        message: None,
        reason: None,
        by: None,
        key: None,
    };
    vec![
        opted_out.clone().into(),
        OptedOut {
            scope: PreferenceScope::All,
            source: PreferenceSource::PlatformError,
            message: Some(MESSAGE),
            code: Some(131_050),
            reason: Some("asked".into()),
            by: Some(PersonId(id(30))),
            key: Some(KeyId(id(31))),
            ..opted_out.clone()
        }
        .into(),
        OptedOut { source: PreferenceSource::Operator, ..opted_out.clone() }.into(),
        OptedOut { source: PreferenceSource::Remembered, ..opted_out }.into(),
        PersonalDataErased {
            by: None,
            reason: "requested".into(),
            stops: vec![KeptStop { scope: PreferenceScope::Marketing, since: AT }],
        }
        .into(),
        opted_in.clone().into(),
        OptedIn {
            scope: PreferenceScope::Marketing,
            message: Some(MESSAGE),
            reason: Some("signed_up".into()),
            by: Some(PersonId(id(30))),
            key: Some(KeyId(id(31))),
            ..opted_in
        }
        .into(),
        OptOutWordsSet {
            stop: vec!["chega".into()],
            start: vec!["volto".into()],
            scope: PreferenceScope::Marketing,
        }
        .into(),
        MessageReceived { facts: MessageFacts { word: Some(PreferenceWord::Stop), ..facts() } }
            .into(),
        MessageReceived { facts: MessageFacts { word: Some(PreferenceWord::Start), ..facts() } }
            .into(),
        MessageRequested {
            message: MESSAGE,
            kind: "template".into(),
            requested_at: AT,
            template: Some("spring_sale".into()),
            marketing: true,
            ..MessageRequested::default()
        }
        .into(),
    ]
}
