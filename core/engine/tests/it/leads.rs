//! A lead whose number was promised to it, and the contact that the number becomes.

use convolog_domain::contact::{Contact, PlaceLegalHold};
use convolog_domain::lead::{Lead, Opening};
use convolog_domain::{
    ClaimKey, ContactId, Decision, LeadId, PersonId, Refusal, RefusalCode, StreamKind, contact,
};
use convolog_engine::{
    Answer, Caller, EngineError, Erased, LeadChanges, NewLead, Plan, Step, Stream,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{NOW, Tenant, World, messages, status, text};

fn none(tenant: &Tenant) -> Answer {
    Answer::open(200, Value::Null, tenant.workspace)
}

/// Opens a lead with a phone number that nobody has yet.
async fn open(world: &World, tenant: &Tenant, n: u128, phone: &str) -> LeadId {
    let caller = Caller::administrator(tenant.workspace);
    let fields = [("phone".to_owned(), Some(phone.into()))].into();
    let new = NewLead {
        opened_by: Opening::Command,
        source: "fair".to_owned(),
        contact: None,
        external_id: None,
        known: LeadChanges { fields, ..LeadChanges::default() },
    };
    let id = LeadId(Uuid::from_u128(n));
    world.engine.open_lead(&caller, id, &new, None, |_, _| none(tenant)).await.unwrap();
    id
}

/// A post of one change of `field` for the tenant's number.
fn change(tenant: &Tenant, field: &str, list: &str, said: &Value) -> Value {
    let mut post = messages(tenant, &json!({ list: said }));
    post["entry"][0]["changes"][0]["field"] = field.into();
    post
}

fn echo(tenant: &Tenant, to: &str) -> Value {
    let said = json!([{"from": "15550783881", "to": to, "id": "wamid.E", "timestamp": NOW.to_string(),
                       "type": "text", "text": {"body": "From the phone"}}]);
    change(tenant, "smb_message_echoes", "message_echoes", &said)
}

fn history(tenant: &Tenant, with: &str) -> Value {
    let said = json!([{"from": with, "id": "wamid.H", "timestamp": (NOW - 86_400).to_string(),
                       "type": "text", "text": {"body": "Long ago"},
                       "history_context": {"status": "READ"}}]);
    let threads = json!([{"id": with, "messages": said}]);
    let chunk = json!([{"metadata": {"phase": 0, "chunk_order": 1, "progress": 100},
                        "threads": threads}]);
    change(tenant, "history", "history", &chunk)
}

/// The contact that a phone number is known by.
fn contact_with(world: &World, tenant: &Tenant, phone: &str) -> ContactId {
    let token = world.engine.token_of_phone(tenant.workspace, &phone.into()).unwrap().unwrap();
    let claim = world.engine.claim_hash(tenant.workspace, &ClaimKey::Identity(token)).unwrap();
    ContactId(world.engine.log().holder(&claim).unwrap().unwrap().stream.id)
}

fn refusal(result: Result<Erased, EngineError>) -> Refusal {
    let Err(EngineError::Refused(refusal)) = result else { panic!("{result:?}") };
    refusal
}

#[tokio::test]
async fn whatever_makes_the_contact_of_a_promised_number_links_the_lead_and_its_hold_stands() {
    for make in [echo, history] {
        let world = World::new().await;
        let [clinic, _] = &world.tenants;
        let caller = Caller::administrator(clinic.workspace);
        let lead = open(&world, clinic, 7, "+31 6 12345678").await;
        assert!(world.post(clinic, &make(clinic, "31612345678")).await.accepted > 0);
        let contact = ContactId(lead.0);
        let state = world.engine.load::<Lead>(clinic.workspace, lead.0).unwrap().state;
        assert_eq!(state.contact, Some(contact));

        let reason = "litigation".to_owned();
        let place = PlaceLegalHold { contact, by: None, key: None, reason, note: None };
        world.engine.place_legal_hold(&caller, place, None, |_| none(clinic)).await.unwrap();
        let generation = world.engine.vault().generation();
        let refused = refusal(world.engine.erase_lead(&caller, lead, "requested").await);
        assert_eq!(refused.code, RefusalCode::NotAllowedNow);
        assert!(refused.detail.contains(&contact.to_string()), "{refused:?}");
        let refused = refusal(world.engine.erase_contact(&caller, contact, "requested").await);
        assert_eq!(refused.code, RefusalCode::LegalHold);
        assert_eq!(world.engine.vault().generation(), generation);
    }
}

#[tokio::test]
async fn a_lead_whose_number_is_a_contact_is_not_erased_by_itself_linked_or_not() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    let lead = open(&world, clinic, 7, "+31 6 12345678").await;
    let created = Plan {
        steps: vec![Step {
            stream: Stream::new(clinic.workspace, StreamKind::Contact, lead.0),
            decision: Decision::new(contact::ContactCreated {}),
        }],
        ..Plan::default()
    };
    world.engine.commit(&caller, &created).await.unwrap();
    let refused = refusal(world.engine.erase_lead(&caller, lead, "requested").await);
    assert_eq!(refused.code, RefusalCode::NotAllowedNow);
    assert!(refused.detail.contains(&lead.to_string()), "{refused:?}");
    let erased = world.engine.erase_contact(&caller, ContactId(lead.0), "requested").await.unwrap();
    assert_eq!((erased.contacts, erased.leads), (vec![ContactId(lead.0)], vec![lead]));
}

#[tokio::test]
async fn whoever_writes_while_their_lead_is_erased_is_erased_or_keeps_their_key() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    for n in 0..40_u32 {
        let phone = format!("3161234{n:04}");
        let lead = open(&world, clinic, u128::from(n) + 1, &phone).await;
        let first = messages(clinic, &text(&phone, &format!("R{n}"), NOW, "At this moment"));
        let (post, erase) =
            (world.post(clinic, &first), world.engine.erase_lead(&caller, lead, "requested"));
        let erased = if n % 2 == 0 {
            futures::future::join(post, erase).await.1
        } else {
            futures::future::join(erase, post).await.0
        };
        let contact = world.engine.load::<Contact>(clinic.workspace, lead.0).unwrap().state;
        let is_gone = world.engine.vault().erasure(clinic.workspace.0, lead.0).is_some();
        match erased {
            Ok(erased) => {
                assert!(is_gone && contact.created == contact.erased, "{n}");
                assert_eq!(erased.contacts.len(), usize::from(contact.created), "{n}");
            }
            refused => {
                assert_eq!(refusal(refused).code, RefusalCode::NotAllowedNow, "{n}");
                assert!(!is_gone && contact.created && !contact.erased, "{n}");
            }
        }
    }
}

#[tokio::test]
async fn a_lead_that_is_sealed_for_two_people_is_erased_with_neither_until_they_are_one() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    let lead = open(&world, clinic, 7, "+31 6 12345678").await;
    // Whoever is known from an import only is no lead yet.
    world.post(clinic, &history(clinic, "31687654321")).await;
    let other = contact_with(&world, clinic, "31687654321");
    let nothing = LeadChanges::default();
    world.engine.change_lead(&caller, lead, Some(other), &nothing).await.unwrap();
    let first = messages(clinic, &text("31612345678", "R2", NOW, "Whom the number is of"));
    world.post(clinic, &first).await;
    let promised = ContactId(lead.0);
    assert_eq!(contact_with(&world, clinic, "31612345678"), promised);

    let generation = world.engine.vault().generation();
    for (one, its_other) in [(other, promised), (promised, other)] {
        let shared = world.engine.leads_shared(clinic.workspace, &[one]).unwrap();
        assert_eq!(shared, [(lead, its_other)]);
        let refused = refusal(world.engine.erase_contact(&caller, one, "requested").await);
        assert_eq!(refused.code, RefusalCode::NotAllowedNow);
        assert!(refused.detail.contains(&its_other.to_string()), "{refused:?}");
    }
    assert_eq!(world.engine.vault().generation(), generation);

    world.engine.merge_contacts(&caller, other, promised, None, || none(clinic)).await.unwrap();
    let erased = world.engine.erase_contact(&caller, other, "requested").await.unwrap();
    assert_eq!((erased.contacts.len(), erased.leads), (2, vec![lead]));
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_contact_unlinked() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    let lead = open(&world, clinic, 7, "+31 6 12345678").await;
    // Whoever is known from an import only is no lead yet.
    world.post(clinic, &history(clinic, "31687654321")).await;
    let contact = contact_with(&world, clinic, "31687654321");
    let head = world.engine.log().head();
    let nobody = PersonId(Uuid::from_u128(99));
    let note = |text: &str| [("note".to_owned(), Some(text.into()))].into();
    for changes in [
        LeadChanges { owner: Some(Some(nobody)), ..LeadChanges::default() },
        LeadChanges { fields: note(" "), ..LeadChanges::default() },
    ] {
        let changed = world.engine.change_lead(&caller, lead, Some(contact), &changes).await;
        assert!(matches!(changed, Err(EngineError::Refused(_))), "{changed:?}");
        assert_eq!(world.engine.log().head(), head);
    }
    let changes = LeadChanges { fields: note("Called"), ..LeadChanges::default() };
    world.engine.change_lead(&caller, lead, Some(contact), &changes).await.unwrap();
    let state = world.engine.load::<Lead>(clinic.workspace, lead.0).unwrap().state;
    assert_eq!((state.contact, state.subject()), (Some(contact), Some(contact.into())));
    // One commit: the link and the note stand side by side.
    assert_eq!(world.engine.log().head().0, head.0 + 2);
}

#[tokio::test]
async fn whom_a_number_was_promised_to_before_the_lead_had_it_is_erased_with_the_lead() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    // Somebody was told something from elsewhere, and became a token.
    world.post(clinic, &messages(clinic, &status("31612345678", "S1", NOW, "delivered"))).await;
    let lead = open(&world, clinic, 7, "+31 6 87654321").await;
    let fields = [("phone".to_owned(), Some("+31 6 12345678".into()))].into();
    let changes = LeadChanges { fields, ..LeadChanges::default() };
    world.engine.change_lead(&caller, lead, None, &changes).await.unwrap();
    let token = || {
        let phone = "+31612345678".into();
        world.engine.token_of_phone(clinic.workspace, &phone).unwrap()
    };
    let subject = world.engine.vault().subject_of_token(clinic.workspace.0, token().unwrap().0);
    let subject = subject.unwrap();
    assert_ne!(subject, lead.0);

    let erased = world.engine.erase_lead(&caller, lead, "requested").await.unwrap();
    assert_eq!((erased.contacts, erased.leads), (vec![], vec![lead]));
    assert_eq!(token(), None);
    assert!(world.engine.vault().erasure(clinic.workspace.0, subject).is_some());
}

#[tokio::test]
async fn whose_number_a_lead_was_given_by_mistake_keeps_their_key() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let caller = Caller::administrator(clinic.workspace);
    world.post(clinic, &messages(clinic, &text("31612345678", "R1", NOW, "Hello"))).await;
    let contact = contact_with(&world, clinic, "31612345678");
    let lead = open(&world, clinic, 7, "+31 6 87654321").await;
    let fields = [("phone".to_owned(), Some("+31 6 12345678".into()))].into();
    let changes = LeadChanges { fields, ..LeadChanges::default() };
    world.engine.change_lead(&caller, lead, None, &changes).await.unwrap();
    world.engine.erase_lead(&caller, lead, "requested").await.unwrap();
    assert!(world.engine.vault().erasure(clinic.workspace.0, contact.0).is_none());
    assert!(world.disclosed(clinic.workspace).contains("Hello"));
}
