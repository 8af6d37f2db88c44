//! At least one value of every event about what people want to be sent.

use convolog_domain::broadcast::{
    BroadcastCancelled, BroadcastCreated, BroadcastFinished, BroadcastPaused, BroadcastResumed,
    BroadcastStarted, Bulk, RecipientAdded, RecipientSkipped,
};
use convolog_domain::contact::words::PreferenceWord;
use convolog_domain::contact::{
    KeptStop, OptedIn, OptedOut, PersonalDataErased, PreferenceScope, PreferenceSource,
};
use convolog_domain::conversation::{
    MessageAccepted, MessageCancelled, MessageFacts, MessageReceived, MessageRequested,
    MessageUnanswered, MessageUndetermined, Settled, StatusReceived,
};
use convolog_domain::workspace::{OptOutWordsSet, Rate, RateCardSet};
use convolog_domain::{
    BroadcastId, ChannelId, ContactId, Content, Event, KeyId, ParametersContent, PersonId,
    Sensitive,
};

use crate::samples::{AT, MESSAGE, facts, id, status};

/// Every one, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    [wishes(), said_to_many(), broadcasts()].concat()
}

/// What people want to be sent.
fn wishes() -> Vec<Event> {
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
    ]
}

/// What becomes of messages that are said to many, and what is tried.
fn said_to_many() -> Vec<Event> {
    vec![
        MessageRequested {
            message: MESSAGE,
            kind: "template".into(),
            requested_at: AT,
            template: Some("spring_sale".into()),
            marketing: true,
            ..MessageRequested::default()
        }
        .into(),
        MessageRequested {
            message: MESSAGE,
            kind: "text".into(),
            requested_at: AT,
            bulk: BULK,
            ..MessageRequested::default()
        }
        .into(),
        MessageRequested {
            message: MESSAGE,
            kind: "text".into(),
            requested_at: AT,
            sandbox: true,
            ..MessageRequested::default()
        }
        .into(),
        MessageAccepted {
            message: MESSAGE,
            platform: MESSAGE,
            at: AT,
            settled: Settled::Answer,
            bulk: BULK,
        }
        .into(),
        MessageUnanswered { message: MESSAGE, attempt: 1, until: AT + 900, bulk: BULK }.into(),
        MessageUndetermined { message: MESSAGE, bulk: BULK }.into(),
        MessageCancelled { message: MESSAGE, bulk: BULK }.into(),
        StatusReceived { bulk: BULK, market: Some("55".into()), ..status() }.into(),
    ]
}

/// What is said to many, and what it costs.
fn broadcasts() -> Vec<Event> {
    let created = BroadcastCreated {
        name: "Spring".into(),
        channel: ChannelId(id(34)),
        kind: "template".into(),
        template: None,
        marketing: None,
        per_minute: None,
        parameters: vec![],
        sandbox: false,
    };
    vec![
        created.clone().into(),
        BroadcastCreated {
            template: Some("spring_sale".into()),
            marketing: Some(true),
            per_minute: Some(600),
            parameters: vec!["first_name".into()],
            sandbox: true,
            ..created
        }
        .into(),
        RecipientAdded { number: 1, contact: ContactId(id(33)) }.into(),
        BroadcastStarted { from: AT }.into(),
        BroadcastPaused { reason: "asked".into() }.into(),
        BroadcastResumed {}.into(),
        BroadcastCancelled {}.into(),
        RecipientSkipped { number: 1, reason: "opted_out".into() }.into(),
        BroadcastFinished {}.into(),
        RateCardSet {
            valid_from: AT,
            currency: "USD".into(),
            rates: vec![
                Rate { category: "marketing".into(), market: None, micros: 50_000 },
                Rate { category: "marketing".into(), market: Some("55".into()), micros: 62_500 },
            ],
        }
        .into(),
    ]
}

const BULK: Option<Bulk> = Some(Bulk { broadcast: BroadcastId(id(32)), recipient: 7 });

/// What is sealed of them.
pub(crate) fn contents() -> Vec<Content> {
    let values = [("first_name".to_owned(), Sensitive::from("canary Ana"))].into();
    vec![Content::Parameters(ParametersContent { values })]
}
