//! What arrives can be checked, by our verifier and by the one that Standard Webhooks publishes.

use convolog_reactors::signature;
use serde_json::{Value, json};

use super::receiver::Came;
use super::{Receiver, Scene};
use crate::support::text;

/// The second at which the clock of these tests begins.
const NOW: i64 = 1_795_251_600;

fn fits(secret: &str, came: &Came, now: i64) -> Result<(), signature::VerifyError> {
    let header = |name: &'static str| came.headers.get(name).and_then(|value| value.to_str().ok());
    signature::verify(&[secret.to_owned().into()], header, &came.body, now)
}

#[tokio::test]
async fn a_delivery_is_signed_and_tells_the_event() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted =
        json!({ "url": receiver.url(), "events": ["message.received", "contact_created"] });
    let (_, secret) = scene.subscribe_to(&wanted).await;
    let position = scene.say(1, "Olá 👋").await;
    let (one, other) = (receiver.next().await, receiver.next().await);
    let (contact, message) =
        if one.json()["type"] == "contact_created" { (one, other) } else { (other, one) };
    for came in [&contact, &message] {
        assert_eq!(fits(&secret, came, NOW), Ok(()));
        assert_eq!(came.header("webhook-timestamp"), NOW.to_string());
        assert_eq!(came.header("content-type"), "application/json");
        let told = came.json();
        assert_eq!(told["timestamp"], "2026-11-21T09:00:00Z");
        assert_eq!(told["data"]["id"], came.header("webhook-id"));
        let path = format!("/v1/event-types/{}", text(&told, "type"));
        let schema = scene.get(&path).await["delivered"].clone();
        jsonschema::validator_for(&schema).unwrap().validate(&told).unwrap();
        let published = standardwebhooks::Webhook::new(&secret).unwrap();
        let signed = published.sign(came.header("webhook-id"), NOW, &came.body).unwrap();
        assert_eq!(came.header("webhook-signature"), signed);
    }
    let told = message.json();
    assert_eq!(
        (&told["type"], &told["data"]["type"]),
        (&json!("message.received"), &json!("message_received"))
    );
    assert_eq!(message.words(), "Olá 👋");
    assert!(told["data"]["position"].as_u64().unwrap() <= position);
    let id_of_first = |list: &Value| list["data"][0]["id"].clone();
    let (conversations, contacts) =
        (scene.get("/v1/conversations").await, scene.get("/v1/contacts").await);
    assert_eq!(told["data"]["conversation_id"], id_of_first(&conversations));
    assert_eq!(told["data"]["contact_id"], id_of_first(&contacts));
    let told = contact.json();
    assert_eq!(told["data"]["conversation_id"], Value::Null);
    assert_eq!(told["data"]["contact_id"], id_of_first(&contacts));
    assert!(fits("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &message, NOW).is_err());
}

#[test]
fn the_published_verifier_takes_what_we_sign_and_refuses_what_we_refuse() {
    let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    let published = standardwebhooks::Webhook::new(secret).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let timestamp = i64::try_from(now.as_secs()).unwrap();
    let message = signature::Message { id: "one", timestamp, kind: "x", body: b"{}" };
    let signed = signature::headers(None, &message, &[secret.to_owned().into()]);
    let mut headers = axum::http::HeaderMap::new();
    for (name, value) in signed {
        headers.insert(name, value.parse().unwrap());
    }
    published.verify(b"{}", &headers).unwrap();
    let mut came = Came { headers, body: b"{}".as_slice().into() };
    assert_eq!(fits(secret, &came, timestamp), Ok(()));
    for bad in ["v1,", "v1,A", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
        came.headers.insert("webhook-signature", bad.parse().unwrap());
        assert!(published.verify(b"{}", &came.headers).is_err(), "{bad}");
        assert_eq!(fits(secret, &came, timestamp), Err(signature::VerifyError::NoMatch), "{bad}");
    }
}

#[tokio::test]
async fn both_secrets_sign_while_they_overlap() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted = json!({ "url": receiver.url(), "events": ["message.received"] });
    let (webhook, old) = scene.subscribe_to(&wanted).await;
    let rotate = format!("{webhook}/rotate-secret");
    let rotated = scene.workspace.client.post(&rotate).json(&json!({ "overlap_seconds": 60 }));
    let new = text(&rotated.await.ok(200), "secret");
    scene.say(1, "one").await;
    let came = receiver.next().await;
    assert_eq!((fits(&old, &came, NOW), fits(&new, &came, NOW)), (Ok(()), Ok(())));
    scene.pass(60);
    scene.say(1, "two").await;
    let came = receiver.next().await;
    assert!(fits(&old, &came, NOW + 60).is_err());
    assert_eq!(fits(&new, &came, NOW + 60), Ok(()));
}

#[tokio::test]
async fn a_dialects_signature_comes_beside_the_standard_one() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted = json!({
        "url": receiver.url(), "events": ["message.received"], "signature": "convo",
    });
    let (webhook, secret) = scene.subscribe_to(&wanted).await;
    scene.say(1, "one").await;
    let came = receiver.next().await;
    assert_eq!(fits(&secret, &came, NOW), Ok(()));
    assert_eq!(came.header("x-convo-event"), "message.received");
    assert_eq!(came.header("x-convo-signature").len(), 64);
    let changed = json!({ "signature": "avelto" });
    let changed = scene.workspace.client.patch(&webhook).json(&changed).await.ok(200);
    assert_eq!(changed["signature"], "avelto");
    scene.say(1, "two").await;
    let came = receiver.next().await;
    assert!(came.header("x-convo-signature").starts_with(&format!("t={NOW},v1=")));
    let wrong = json!({ "signature": "md5" });
    let wrong = scene.workspace.client.patch(&webhook).json(&wrong).await;
    assert_eq!(wrong.problem(400, "invalid_field")["field"], "signature");
}
