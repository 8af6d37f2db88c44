//! Posts: once, in any order, whole.

use bytes::Bytes;
use convolog_engine::{InboundError, print_post};
use serde_json::{Value, json};

use crate::world::{NOW, World, messages, status, text};

#[tokio::test]
async fn a_message_becomes_a_contact_a_conversation_a_message_and_a_receipt() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let received =
        world.post(clinic, &messages(clinic, &text("16505551234", "A", NOW, "Hello"))).await;
    assert_eq!((received.accepted, received.repeated), (1, 0));
    assert_eq!(received.position, world.engine.log().head());
    assert_eq!(
        world.names(clinic.workspace, &["contact", "conversation", "receipt"]),
        [
            "contact_created",
            "identity_added",
            "profile_seen",
            "conversation_opened",
            "message_received",
            "post_received"
        ]
    );
    assert!(world.disclosed(clinic.workspace).contains("Hello"));
}

#[tokio::test]
async fn the_same_post_again_changes_nothing_and_answers_with_its_place() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let post = messages(clinic, &text("16505551234", "A", NOW, "Hello"));
    let first = world.post(clinic, &post).await;
    let head = world.engine.log().head();
    let again = world.post(clinic, &post).await;
    assert_eq!(world.engine.log().head(), head);
    assert_eq!((again.accepted, again.repeated), (0, 1));
    assert!(again.position > convolog_log::Position::START && again.position <= first.position);
}

#[tokio::test]
async fn the_same_message_in_another_post_leaves_only_a_receipt() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    world.post(clinic, &messages(clinic, &text("16505551234", "A", NOW, "Hello"))).await;
    let mut both = text("16505551234", "A", NOW, "Hello");
    let second = text("16505551234", "B", NOW + 1, "there");
    both["messages"].as_array_mut().unwrap().push(second["messages"][0].clone());
    let received = world.post(clinic, &messages(clinic, &both)).await;
    assert_eq!((received.accepted, received.repeated), (1, 1));
    assert_eq!(
        world.names(clinic.workspace, &["conversation"]),
        ["conversation_opened", "message_received", "message_received"]
    );
}

#[tokio::test]
async fn an_unsigned_post_is_refused_and_nothing_is_stored() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let head = world.engine.log().head();
    let body = messages(clinic, &text("16505551234", "A", NOW, "Hello")).to_string();
    let forged = convolog_whatsapp::sign(b"another secret", body.as_bytes());
    for signature in [None, Some(forged.as_str()), Some("sha256="), Some("")] {
        let answer = world.inbound.receive(Bytes::from(body.clone()), signature).await;
        assert!(matches!(answer, Err(InboundError::Unsigned)));
    }
    assert_eq!(world.engine.log().head(), head);
}

#[tokio::test]
async fn a_status_before_its_message_waits_and_moves_into_the_conversation() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    world.post(clinic, &messages(clinic, &status("16505551234", "E", NOW, "delivered"))).await;
    assert_eq!(world.names(clinic.workspace, &["unmatched", "conversation"]), ["status_waiting"]);
    world.post(clinic, &echo(clinic, "16505551234", "E")).await;
    assert_eq!(
        world.names(clinic.workspace, &["conversation"]),
        ["conversation_opened", "message_received", "status_received"]
    );
    world.post(clinic, &messages(clinic, &status("16505551234", "E", NOW + 5, "read"))).await;
    assert_eq!(
        world.names(clinic.workspace, &["conversation"]),
        ["conversation_opened", "message_received", "status_received", "status_received"]
    );
}

#[tokio::test]
async fn the_real_message_after_a_placeholder_enriches_it() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let mut placeholder = text("16505551234", "A", NOW, "");
    placeholder["messages"][0] = json!({
        "from": "16505551234", "id": "wamid.A", "timestamp": NOW.to_string(), "type": "unsupported",
        "errors": [{"code": 131_060, "title": "This message is currently unavailable"}],
    });
    world.post(clinic, &messages(clinic, &placeholder)).await;
    world.post(clinic, &messages(clinic, &text("16505551234", "A", NOW, "The real one"))).await;
    assert_eq!(
        world.names(clinic.workspace, &["conversation"]),
        ["conversation_opened", "message_received", "message_enriched"]
    );
}

#[tokio::test]
async fn a_post_is_printed_again_byte_for_byte() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/whatsapp");
    let mut printed = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let Ok(body) = std::fs::read_to_string(&path) else { continue };
        let Some(body) = for_tenant(&body, clinic.number, clinic.account) else { continue };
        let received = world.post_text(clinic, &body).await;
        if received.quarantined > 0 {
            continue;
        }
        let events = world.events(clinic.workspace);
        let receipt = events.iter().rfind(|event| event.stream.kind.name() == "receipt").unwrap();
        let text = print_post(&world.engine, receipt.position).unwrap();
        if received.repeated == 0 {
            assert_eq!(text, body, "{}", path.display());
        } else {
            // A repetition shows as it was told first: the same values, perhaps in other words.
            let values = [&text, &body].map(|json| serde_json::from_str::<Value>(json).unwrap());
            assert_eq!(values[0], values[1], "{}", path.display());
        }
        printed += 1;
    }
    assert!(printed > 20, "{printed} posts were printed");
}

#[tokio::test]
async fn concurrent_first_contacts_make_one_contact_and_lose_nothing() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let posts: Vec<Value> = (0..20)
        .map(|n| messages(clinic, &text("16505551234", &format!("M{n}"), NOW + n, "Hi")))
        .collect();
    let doubled = posts.iter().chain(&posts);
    let all = doubled.map(|post| world.post(clinic, post));
    futures::future::join_all(all).await;
    let contacts = world.names(clinic.workspace, &["contact"]);
    let created = contacts.iter().filter(|name| **name == "contact_created").count();
    assert_eq!(created, 1);
    let said = world.names(clinic.workspace, &["conversation"]);
    assert_eq!(said.iter().filter(|name| **name == "message_received").count(), 20);
    assert_eq!(said.iter().filter(|name| **name == "conversation_opened").count(), 1);
}

fn echo(tenant: &crate::world::Tenant, to: &str, id: &str) -> Value {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": tenant.account, "changes": [{"field": "smb_message_echoes", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": tenant.number},
            "message_echoes": [{"from": "15550783881", "to": to, "id": format!("wamid.{id}"),
                "timestamp": NOW.to_string(), "type": "text", "text": {"body": "From the phone"}}],
        }}]}],
    })
}

/// A fixture that speaks of the tenant's number and account; `None` if it is not a post at all.
fn for_tenant(body: &str, number: &str, account: &str) -> Option<String> {
    let post: Value = serde_json::from_str(body).ok()?;
    let entries = post["entry"].as_array()?;
    let mut body = body.to_owned();
    for entry in entries {
        if let Some(id) = entry["id"].as_str() {
            body = body.replace(&format!("\"{id}\""), &format!("\"{account}\""));
        }
        for change in entry["changes"].as_array()? {
            if let Some(id) = change["value"]["metadata"]["phone_number_id"].as_str() {
                body = body.replace(&format!("\"{id}\""), &format!("\"{number}\""));
            }
        }
    }
    Some(body)
}

#[tokio::test]
async fn a_post_of_a_thousand_updates_is_taken_and_can_be_printed() {
    let world = World::new().await;
    let clinic = &world.tenants[0];
    let many: Vec<_> = (0..1_000)
        .map(|n| status("16505551234", &n.to_string(), NOW, "sent")["statuses"][0].clone())
        .collect();
    let post = messages(clinic, &serde_json::json!({ "statuses": many })).to_string();
    let received = world.post_text(clinic, &post).await;
    assert_eq!(received.accepted, 1_000);
    let receipt = world
        .events(clinic.workspace)
        .into_iter()
        .rfind(|event| event.stream.kind.name() == "receipt");
    let printed = print_post(&world.engine, receipt.unwrap().position).unwrap();
    assert_eq!(printed, post);
}
