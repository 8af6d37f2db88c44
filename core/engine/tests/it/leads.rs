//! A lead whose number was promised to it, and the contact that the number becomes.

use convolog_domain::contact::{Contact, PlaceLegalHold};
use convolog_domain::lead::{Lead, Opening};
use convolog_domain::{ContactId, Decision, LeadId, Refusal, RefusalCode, StreamKind, contact};
use convolog_engine::{
    Answer, Caller, EngineError, Erased, LeadChanges, NewLead, Plan, Step, Stream,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{NOW, Tenant, World, messages, text};

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
