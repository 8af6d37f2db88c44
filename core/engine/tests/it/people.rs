//! One person stays one contact.

use convolog_domain::{Event, contact};
use serde_json::{Value, json};

use crate::world::{NOW, Tenant, World, messages, text};

fn created(world: &World, tenant: &Tenant) -> usize {
    let names = world.names(tenant.workspace, &["contact"]);
    names.iter().filter(|name| **name == "contact_created").count()
}

fn from_both(phone: Option<&str>, bsuid: Option<&str>, id: &str) -> Value {
    let mut message = json!({
        "id": format!("wamid.{id}"), "timestamp": NOW.to_string(), "type": "text",
        "text": {"body": "Hi"},
    });
    let mut contact = json!({"profile": {"name": "Ana"}});
    if let Some(phone) = phone {
        message["from"] = phone.into();
        contact["wa_id"] = phone.into();
    }
    if let Some(bsuid) = bsuid {
        message["from_user_id"] = bsuid.into();
        contact["user_id"] = bsuid.into();
    }
    json!({"contacts": [contact], "messages": [message]})
}

#[tokio::test]
async fn brazils_ninth_digit_makes_no_second_person() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    for (n, from) in ["5511987654321", "551187654321"].iter().enumerate() {
        world.post(clinic, &messages(clinic, &text(from, &format!("B{n}"), NOW, "Oi"))).await;
    }
    assert_eq!(created(&world, clinic), 1);
}

#[tokio::test]
async fn a_number_and_a_scoped_id_join_when_a_message_names_both() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let (phone, bsuid) = ("16505551234", "US.13491208655302741918");
    world.post(clinic, &messages(clinic, &from_both(Some(phone), None, "1"))).await;
    world.post(clinic, &messages(clinic, &from_both(None, Some(bsuid), "2"))).await;
    assert_eq!(created(&world, clinic), 2);
    world.post(clinic, &messages(clinic, &from_both(Some(phone), Some(bsuid), "3"))).await;
    let names = world.names(clinic.workspace, &["contact"]);
    assert!(names.contains(&"contact_merged") && names.contains(&"contact_absorbed"));
    world.post(clinic, &messages(clinic, &from_both(None, Some(bsuid), "4"))).await;
    assert_eq!(created(&world, clinic), 2);
    let opened = world.names(clinic.workspace, &["conversation"]);
    assert_eq!(opened.iter().filter(|name| **name == "conversation_opened").count(), 2);
}

#[tokio::test]
async fn a_scoped_id_in_from_is_recognised() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let bsuid = "US.13491208655302741918";
    world.post(clinic, &messages(clinic, &from_both(None, Some(bsuid), "1"))).await;
    world.post(clinic, &messages(clinic, &from_both(Some(bsuid), None, "2"))).await;
    assert_eq!(created(&world, clinic), 1);
}

#[tokio::test]
async fn a_changed_number_stays_the_same_person() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    world.post(clinic, &messages(clinic, &text("16505551234", "1", NOW, "Hi"))).await;
    let changed = json!({"messages": [{
        "from": "16505551234", "id": "wamid.2", "timestamp": NOW.to_string(), "type": "system",
        "system": {"body": "changed", "wa_id": "12195555358", "type": "user_changed_number"},
    }]});
    world.post(clinic, &messages(clinic, &changed)).await;
    world.post(clinic, &messages(clinic, &text("12195555358", "3", NOW + 9, "Me again"))).await;
    let alive = created(&world, clinic)
        - world
            .events(clinic.workspace)
            .iter()
            .filter(|event| {
                matches!(&event.event, Event::Contact(contact::Event::ContactMerged(_)))
            })
            .count();
    assert_eq!(alive, 1);
}

#[tokio::test]
async fn the_same_number_in_two_workspaces_is_two_people() {
    let world = World::new().await;
    let [clinic, florist] = &world.tenants;
    for tenant in [clinic, florist] {
        world.post(tenant, &messages(tenant, &text("16505551234", "1", NOW, "Hi"))).await;
    }
    let token = |tenant: &Tenant| {
        world.events(tenant.workspace).into_iter().find_map(|event| match event.event {
            Event::Contact(contact::Event::IdentityAdded(added)) => Some(added.token),
            _ => None,
        })
    };
    assert!(token(clinic).is_some());
    assert_ne!(token(clinic), token(florist));
}

#[tokio::test]
async fn nobody_in_particular_is_still_heard() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let received = world.post(clinic, &messages(clinic, &from_both(None, None, "1"))).await;
    assert_eq!(received.accepted, 1);
    assert_eq!(created(&world, clinic), 1);
}

#[tokio::test]
async fn a_recycled_number_does_not_hand_over_a_conversation() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let (phone, first, second) = ("16505551234", "US.1349", "US.7777");
    world.post(clinic, &messages(clinic, &from_both(Some(phone), Some(first), "1"))).await;
    world.post(clinic, &messages(clinic, &from_both(Some(phone), Some(second), "2"))).await;
    world.post(clinic, &messages(clinic, &from_both(Some(phone), Some(first), "3"))).await;
    assert_eq!(created(&world, clinic), 2);
    let names = world.names(clinic.workspace, &["contact", "conversation"]);
    assert!(!names.contains(&"contact_merged"));
    assert_eq!(names.iter().filter(|name| **name == "conversation_opened").count(), 2);
}

#[tokio::test]
async fn a_new_scoped_id_after_a_changed_number_is_the_same_person() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let first = from_both(Some("16505551234"), Some("US.1349"), "1");
    world.post(clinic, &messages(clinic, &first)).await;
    let changed = json!({"messages": [{
        "from": "16505551234", "id": "wamid.2", "timestamp": NOW.to_string(), "type": "system",
        "system": {"body": "changed", "wa_id": "12195555358", "type": "user_changed_number"},
    }]});
    world.post(clinic, &messages(clinic, &changed)).await;
    let later = from_both(Some("12195555358"), Some("US.7777"), "3");
    world.post(clinic, &messages(clinic, &later)).await;
    assert_eq!(created(&world, clinic), 1);
}

/// A reaction of somebody to the message made of `id`.
fn reaction(bsuid: &str, id: &str) -> Value {
    json!({
        "contacts": [{"profile": {"name": "Ana"}, "user_id": bsuid}],
        "messages": [{"from_user_id": bsuid, "id": format!("wamid.R{bsuid}"), "type": "reaction",
                      "timestamp": (NOW + 5).to_string(),
                      "reaction": {"message_id": format!("wamid.{id}"), "emoji": "👍"}}],
    })
}

/// The contacts that stand for themselves.
fn standing(world: &World, tenant: &Tenant) -> usize {
    let names = world.names(tenant.workspace, &["contact"]);
    created(world, tenant) - names.iter().filter(|name| **name == "contact_merged").count()
}

#[tokio::test]
async fn a_reaction_before_its_message_names_the_same_person() {
    let (phone, bsuid) = ("16505551234", "US.13491208655302741918");
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    world.post(clinic, &messages(clinic, &reaction(bsuid, "late"))).await;
    let message = messages(clinic, &from_both(Some(phone), None, "late"));
    world.post(clinic, &message).await;
    assert_eq!(created(&world, clinic), 1);
    let names = world.names(clinic.workspace, &["unmatched", "conversation"]);
    let expected =
        ["conversation_opened", "reaction_changed", "message_announced", "message_received"];
    assert_eq!(names.len(), expected.len());
    assert!(expected.iter().all(|name| names.contains(name)), "{names:?}");
}

#[tokio::test]
async fn people_known_apart_become_one_when_the_message_comes() {
    let (phone, bsuid, other) = ("16505551234", "US.13491208655302741918", "US.999");
    for together in [false, true] {
        let world = World::new().await;
        let [clinic, _] = &world.tenants;
        world.post(clinic, &messages(clinic, &from_both(Some(phone), None, "1"))).await;
        world.post(clinic, &messages(clinic, &from_both(None, Some(bsuid), "2"))).await;
        world.post(clinic, &messages(clinic, &reaction(bsuid, "late"))).await;
        assert_eq!(standing(&world, clinic), 2, "nothing shows yet that they are one");
        if together {
            // A second announcement, under a third name, is about the same person.
            world.post(clinic, &messages(clinic, &reaction(other, "late"))).await;
            assert_eq!((created(&world, clinic), standing(&world, clinic)), (2, 2));
        }
        let late = messages(clinic, &from_both(Some(phone), None, "late"));
        world.post(clinic, &late).await;
        assert_eq!(standing(&world, clinic), 1);
        let before = world.events(clinic.workspace).len();
        world.post(clinic, &late).await;
        assert_eq!(world.events(clinic.workspace).len(), before, "the same again");
    }
}

#[tokio::test]
async fn whoever_reacts_in_a_group_need_not_have_written_the_message() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let mut early = reaction("US.13491208655302741918", "late");
    early["messages"][0]["group_id"] = json!("group");
    world.post(clinic, &messages(clinic, &early)).await;
    let mut message = from_both(Some("16505551234"), None, "late");
    message["messages"][0]["group_id"] = json!("group");
    world.post(clinic, &messages(clinic, &message)).await;
    assert_eq!(standing(&world, clinic), 2);
}
