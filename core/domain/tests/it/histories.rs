//! Any history, even one that no sequence of commands could bring about, folds without panic into a
//! state whose own promises hold.

use convolog_domain::agent::Agent;
use convolog_domain::api_key::ApiKey;
use convolog_domain::appointment::Appointment;
use convolog_domain::broadcast::Broadcast;
use convolog_domain::canned_reply::CannedReply;
use convolog_domain::channel::Channel;
use convolog_domain::contact::{Contact, IdentityAdded, IdentityKind, ProfileSeen};
use convolog_domain::conversation::Conversation;
use convolog_domain::conversation::unmatched::Unmatched;
use convolog_domain::delivery::Delivery;
use convolog_domain::document::Document;
use convolog_domain::import::Import;
use convolog_domain::installation::Installation;
use convolog_domain::lead::{Lead, Stage};
use convolog_domain::media::Media;
use convolog_domain::meta_app::MetaApp;
use convolog_domain::model_connection::ModelConnection;
use convolog_domain::number::Number;
use convolog_domain::person::Person;
use convolog_domain::quarantine::Quarantine;
use convolog_domain::receipt::Receipt;
use convolog_domain::request::Request;
use convolog_domain::service::Service;
use convolog_domain::subscription::Subscription;
use convolog_domain::template::Template;
use convolog_domain::template_group::TemplateGroup;
use convolog_domain::testing::state_of;
use convolog_domain::usage::Usage;
use convolog_domain::workspace::Workspace;
use convolog_domain::{Aggregate, Event, StreamKind, Token};
use proptest::prelude::*;
use uuid::Uuid;

use crate::samples::events;

/// The state of one aggregate after those of the events that are its own.
fn fold<A: Aggregate>(history: &[Event]) -> A::State {
    state_of::<A>(history.iter().filter_map(|event| A::Event::try_from(event.clone()).ok()))
}

#[test]
fn every_kind_of_stream_has_its_aggregate() {
    let kinds = [
        Workspace::KIND,
        Person::KIND,
        ApiKey::KIND,
        MetaApp::KIND,
        Number::KIND,
        Channel::KIND,
        Contact::KIND,
        Conversation::KIND,
        Unmatched::KIND,
        Receipt::KIND,
        Quarantine::KIND,
        Request::KIND,
        Installation::KIND,
        Lead::KIND,
        Agent::KIND,
        Document::KIND,
        Subscription::KIND,
        Usage::KIND,
        Delivery::KIND,
        Template::KIND,
        TemplateGroup::KIND,
        Service::KIND,
        Appointment::KIND,
        ModelConnection::KIND,
        Import::KIND,
        Broadcast::KIND,
        Media::KIND,
        CannedReply::KIND,
    ];
    assert_eq!(kinds, StreamKind::ALL);
}

proptest! {
    #[test]
    fn any_history_folds(history in prop::collection::vec(prop::sample::select(events()), 0..80)) {
        fold::<Workspace>(&history);
        fold::<Broadcast>(&history);
        fold::<Person>(&history);
        fold::<Receipt>(&history);
        let agent = fold::<Agent>(&history);
        prop_assert!(agent.published.is_some() || agent.serving.is_empty());
        let subscription = fold::<Subscription>(&history);
        prop_assert!(!subscription.deleted || subscription.settings.is_none() || subscription.events > 1);
        let key = fold::<ApiKey>(&history);
        prop_assert!(key.live().is_none() || !key.revoked);
        prop_assert_eq!(fold::<MetaApp>(&history).registered(), history.iter().any(|event| {
            ["app_registered", "app_verify_token_replaced"].contains(&event.event_type().name)
        }));
        let channel = fold::<Channel>(&history);
        prop_assert_eq!(channel.live().is_some(), channel.connected);
        let contact = fold::<Contact>(&history);
        prop_assert!(contact.identities.is_sorted_by(|one, next| one < next));
        let owned = history.iter().rev().map(|event| event.event_type().name)
            .find(|name| name.starts_with("number_"));
        prop_assert_eq!(fold::<Number>(&history).owner.is_some(), owned == Some("number_reserved"));
        fold::<Usage>(&history);
        let delivery = fold::<Delivery>(&history);
        prop_assert!(delivery.waiting.is_empty() || delivery.cursor.is_some());
        let unmatched = fold::<Unmatched>(&history);
        prop_assert!(unmatched.waiting.len() <= 1, "one telling, one place");
        let quarantine = fold::<Quarantine>(&history);
        prop_assert!(!quarantine.open || quarantine.accepted.is_none());
        let installation = fold::<Installation>(&history);
        prop_assert!(installation.accounts.values().all(|links| !links.is_empty()));
        let opened = history.iter().any(|event| event.event_type().name == "conversation_opened");
        prop_assert_eq!(fold::<Conversation>(&history).opened.is_some(), opened);
        let lead = fold::<Lead>(&history);
        prop_assert!(lead.visited.contains(&lead.stage) || lead.stage == Stage::New);
        prop_assert_eq!(lead.opened.is_some(), lead.visited.contains(&Stage::New) && history.iter()
            .any(|event| event.event_type().name == "lead_opened"));
        fold::<TemplateGroup>(&history);
        let template = fold::<Template>(&history);
        prop_assert!(template.components_at.is_none_or(|at| at <= template.events));
        let document = fold::<Document>(&history);
        prop_assert_eq!(document.latest.is_some(), document.number > 0);
        let import = fold::<Import>(&history);
        prop_assert_eq!(import.status().is_some(), import.requested.is_some());
        let completed = history.iter().any(|event| event.event_type().name == "request_completed");
        prop_assert_eq!(fold::<Request>(&history).completed.is_some(), completed);
    }

    #[test]
    fn identities_and_names_do_not_depend_on_order_or_repetition(
        facts in prop::collection::vec(fact(), 1..12).prop_flat_map(|facts| {
            let repeated = [facts.clone(), facts.clone()].concat();
            (Just(facts), Just(repeated).prop_shuffle())
        }),
    ) {
        let (once, shuffled) = facts;
        prop_assert_eq!(fold::<Contact>(&once), fold::<Contact>(&shuffled));
    }
}

/// An identity or a name, few enough of each that they meet.
fn fact() -> impl Strategy<Value = Event> {
    let kind = prop::sample::select(vec![
        IdentityKind::Phone,
        IdentityKind::Bsuid,
        IdentityKind::ParentBsuid,
    ]);
    prop_oneof![
        (kind, 0..3_u128).prop_map(|(kind, n)| {
            IdentityAdded { kind, token: Token(Uuid::from_u128(n)), seen_with: None }.into()
        }),
        (0..3_i64, 0..3_u64).prop_map(|(at, fingerprint)| ProfileSeen { at, fingerprint }.into()),
    ]
}
