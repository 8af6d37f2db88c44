//! Erased is erased: nothing opens any more, and what comes again is refused.

use convolog_domain::contact::{PlaceLegalHold, ReleaseLegalHold};
use convolog_domain::{ContactId, Event, RefusalCode, contact};
use convolog_engine::{Answer, Caller, Disclose, Disclosure, EngineError};

use crate::world::{NOW, Tenant, World, messages, text};

fn contacts(world: &World, tenant: &Tenant) -> Vec<ContactId> {
    let events = world.events(tenant.workspace);
    let created = events
        .iter()
        .filter(|event| matches!(event.event, Event::Contact(contact::Event::ContactCreated(_))));
    created.map(|event| ContactId(event.stream.id)).collect()
}

#[tokio::test]
async fn nothing_sealed_for_the_person_opens_and_history_says_so() {
    let world = World::new().await;
    let [clinic, florist] = &world.tenants;
    for tenant in [clinic, florist] {
        world.post(tenant, &messages(tenant, &text("16505551234", "A", NOW, "My secret"))).await;
    }
    let caller = Caller::administrator(clinic.workspace);
    let contact = contacts(&world, clinic)[0];
    let erased = world.engine.erase_contact(&caller, contact, "requested").await.unwrap();
    assert_eq!(erased.erasure.backups_expire_at, erased.at + 30 * 86_400);
    assert!(!world.disclosed(clinic.workspace).contains("My secret"));
    assert!(world.disclosed(florist.workspace).contains("My secret"));
    let events = world.events(clinic.workspace);
    let said = events.iter().find(|event| event.event.event_type().name == "message_received");
    let opened = world.engine.open(said.unwrap());
    assert!(opened.iter().all(|part| part.disclosure == Disclosure::Erased));
    assert_eq!(events.last().unwrap().event.event_type().name, "personal_data_erased");
    let again = world.engine.erase_contact(&caller, contact, "requested").await;
    assert!(matches!(again, Err(EngineError::Refused(_))));
}

#[tokio::test]
async fn a_redelivery_is_refused_and_a_new_message_makes_a_new_contact() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let first = messages(clinic, &text("16505551234", "A", NOW, "Before"));
    world.post(clinic, &first).await;
    let caller = Caller::administrator(clinic.workspace);
    let contact = contacts(&world, clinic)[0];
    world.engine.erase_contact(&caller, contact, "requested").await.unwrap();
    let before = world.events(clinic.workspace).len();
    let late = messages(clinic, &text("16505551234", "B", NOW - 60, "Late, from before"));
    let received = world.post(clinic, &late).await;
    assert_eq!((received.accepted, received.refused), (0, 1));
    assert!(!world.disclosed(clinic.workspace).contains("Late"));
    assert_eq!(contacts(&world, clinic).len(), 1);
    assert_eq!(world.events(clinic.workspace).len(), before + 1, "a receipt, nothing else");
    world.clock.advance_micros(120 * 1_000_000);
    let new = messages(clinic, &text("16505551234", "C", NOW + 100, "Hello again"));
    assert_eq!(world.post(clinic, &new).await.accepted, 1);
    assert_eq!(contacts(&world, clinic).len(), 2);
}

#[tokio::test]
async fn a_hold_on_a_merged_contact_keeps_every_key() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    for (from, id) in [("16505551234", "A"), ("16505559876", "B")] {
        world.post(clinic, &messages(clinic, &text(from, id, NOW, "My secret"))).await;
    }
    let caller = Caller::administrator(clinic.workspace);
    let [survivor, other] = contacts(&world, clinic)[..] else { panic!("two contacts") };
    let none = || Answer {
        status: 200,
        body: serde_json::Value::Null,
        masked: serde_json::Value::Null,
        subject: clinic.workspace.into(),
    };
    let reason = "litigation".to_owned();
    let place = PlaceLegalHold { contact: other, by: None, key: None, reason, note: None };
    world.engine.place_legal_hold(&caller, place, None, |_| none()).await.unwrap();
    world.engine.merge_contacts(&caller, survivor, other, None, none).await.unwrap();
    let before = world.engine.vault().generation();
    for contact in [survivor, other] {
        let refused = world.engine.erase_contact(&caller, contact, "requested").await;
        let Err(EngineError::Refused(refusal)) = refused else { panic!("{refused:?}") };
        assert_eq!(refusal.code, RefusalCode::LegalHold);
    }
    assert_eq!(world.engine.vault().generation(), before);
    assert!(world.disclosed(clinic.workspace).contains("My secret"));
    let release = ReleaseLegalHold { by: None, key: None };
    world.engine.execute(&caller, other.0, release).await.unwrap();
    let erased = world.engine.erase_contact(&caller, survivor, "requested").await.unwrap();
    assert_eq!(erased.contacts, [survivor, other]);
    assert!(!world.disclosed(clinic.workspace).contains("My secret"));
}
