//! What a subscriber may ask for besides names: a rate, filters, signatures that anybody can check, and
//! news of the other endpoints.

use std::time::Duration;

use convolog_reactors::signature::{VerifyError, ed25519};
use serde_json::{Value, json};

use super::receiver::Answer;
use super::{Receiver, Scene};
use crate::support::text;

#[tokio::test]
async fn a_rate_is_kept() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted = json!({
        "url": receiver.url(), "events": ["message.received"], "order": "unordered",
        "rate_per_second": 2,
    });
    let (webhook, _) = scene.subscribe_to(&wanted).await;
    for n in 0..5 {
        scene.say(n, "hello").await;
    }
    receiver.next().await;
    for _ in 0..2 {
        let more = tokio::time::timeout(Duration::from_millis(150), receiver.next()).await;
        assert!(more.is_err(), "the clock stands still");
        scene.pass(1);
        receiver.words(2).await;
    }
    scene.deliveries(&webhook, "delivered", 5).await;
    let figures = scene.server.admin.without_token().get("/metrics").await.text;
    assert!(figures.contains("convolog_deliveries_total{outcome=\"delivered\"}"), "{figures}");
    assert!(figures.contains("convolog_deliveries_behind_events"));
    let faster = scene.workspace.client.patch(&webhook).json(&json!({ "rate_per_second": null }));
    assert_eq!(faster.await.ok(200)["rate_per_second"], Value::Null);
    for n in 0..5 {
        scene.say(n, "hello").await;
    }
    receiver.words(5).await;
}

#[tokio::test]
async fn only_what_says_so_is_delivered() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let mut other = Receiver::start().await;
    let wanted = |receiver: &Receiver, kind: &str| {
        json!({
            "url": receiver.url(), "events": ["message.*"],
            "filters": [{ "field": "kind", "equals": kind }, { "field": "direction", "equals": "inbound" }],
        })
    };
    scene.subscribe_to(&wanted(&other, "image")).await;
    let (webhook, _) = scene.subscribe_to(&wanted(&receiver, "text")).await;
    let shown = scene.get(&webhook).await;
    let names: Vec<_> = shown["event_names"].as_array().unwrap().iter().collect();
    assert!(names.contains(&&json!("message.received")) && names.len() == 5, "{names:?}");
    scene.say(1, "one").await;
    scene.say(2, "two").await;
    receiver.words(2).await;
    scene.deliveries(&webhook, "delivered", 2).await;
    assert!(other.is_quiet());
    let changed = json!({ "filters": [] });
    let changed = scene.workspace.client.patch(&webhook).json(&changed).await.ok(200);
    assert_eq!(changed["filters"], json!([]));
}

#[tokio::test]
async fn anybody_can_check_a_delivery_with_the_public_key() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let wanted = json!({
        "url": receiver.url(), "events": ["message.received"], "signature": "ed25519",
    });
    let (webhook, _) = scene.subscribe_to(&wanted).await;
    let id = webhook.rsplit('/').next().unwrap().to_owned();
    let path = format!("/.well-known/webhook-keys/{}/{id}", scene.workspace.id);
    let anybody = scene.server.admin.without_token();
    let keys = anybody.get(&path).await.ok(200);
    let first = text(&keys["keys"][0], "public_key");
    let rotate = format!("{webhook}/rotate-secret");
    let overlap = json!({ "overlap_seconds": 60 });
    scene.workspace.client.post(&rotate).json(&overlap).await.ok(200);
    let keys = anybody.get(&path).await.ok(200);
    let second = text(&keys["keys"][1], "public_key");
    assert_ne!(first, second);
    scene.say(1, "one").await;
    let came = receiver.next().await;
    let signatures = came.header("webhook-signature");
    assert_eq!(signatures.split(' ').count(), 4, "both secrets, and both keys");
    let now = came.header("webhook-timestamp").parse().unwrap();
    let checked = |key: &str, body: &[u8]| {
        let header = |name: &'static str| Some(came.header(name));
        ed25519::verify(&[key.to_owned()], header, body, now)
    };
    assert_eq!((checked(&first, &came.body), checked(&second, &came.body)), (Ok(()), Ok(())));
    assert_eq!(checked(&second, b"{}"), Err(VerifyError::NoMatch));
    // One that does not sign so shows no keys, and neither does nobody's.
    let plain = scene.subscribe(&receiver, "ordered").await;
    let plain = plain.rsplit('/').next().unwrap().to_owned();
    let path = format!("/.well-known/webhook-keys/{}/{plain}", scene.workspace.id);
    anybody.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn the_others_hear_how_an_endpoint_is_doing() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let mut watching = Receiver::start().await;
    let wanted = json!({ "url": watching.url(), "events": ["endpoint.*"] });
    let (watch, _) = scene.subscribe_to(&wanted).await;
    receiver.answers_next([Answer::status(410)]);
    let own = json!({
        "url": receiver.url(), "events": ["message.received", "endpoint.*"], "order": "ordered",
    });
    let (webhook, _) = scene.subscribe_to(&own).await;
    let id = webhook.rsplit('/').next().unwrap().to_owned();
    scene.say(1, "one").await;
    let failed = receiver.next().await;
    let told = watching.next().await.json();
    assert_eq!(told["type"], "endpoint.disabled");
    assert_eq!(told["data"]["stream"], format!("delivery/{id}"));
    let data = &told["data"]["data"];
    assert_eq!((&data["topic"], &data["reason"]), (&json!("message_received"), &json!("gone")));
    assert_eq!(data["event"], failed.header("webhook-id"));
    scene.workspace.client.post(&format!("{webhook}/resume")).await.ok(200);
    assert_eq!(watching.next().await.json()["type"], "endpoint.recovered");
    scene.pass_a_retry();
    assert_eq!(receiver.words(1).await, ["one"]);
    scene.deliveries(&webhook, "delivered", 1).await;
    assert!(receiver.is_quiet(), "nobody is told of itself");
    // The list of deliveries can be narrowed to a name, though others go under the same type.
    scene.deliveries(&watch, "delivered", 2).await;
    for (names, count) in [
        ("endpoint.disabled", 1),
        ("endpoint.recovered", 1),
        ("endpoint.paused", 0),
        ("endpoint.disabled,endpoint.recovered", 2),
        ("message.received", 0),
    ] {
        let list = scene.get(&format!("{watch}/deliveries?type={names}")).await;
        assert_eq!(list["data"].as_array().unwrap().len(), count, "{names}: {list}");
    }
    let list = scene.get(&format!("{watch}/deliveries?type=endpoint.disabled")).await;
    let first = &list["data"][0];
    assert_eq!(
        (&first["type"], &first["told_as"]),
        (&json!("endpoint_health_changed"), &json!("endpoint.disabled"))
    );
    let unknown = scene.workspace.client.get(&format!("{watch}/deliveries?type=endpoint.gone"));
    assert_eq!(unknown.await.problem(400, "invalid_field")["field"], "type");
}
