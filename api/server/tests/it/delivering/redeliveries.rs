//! Delivering again.

use serde_json::{Value, json};

use super::receiver::Answer;
use super::{Receiver, Scene};
use crate::support::text;

async fn redeliver(scene: &Scene, webhook: &str, what: Value) -> Value {
    let path = format!("{webhook}/redeliveries");
    scene.workspace.client.post(&path).json(&what).await.ok(200)
}

async fn finished(scene: &Scene, webhook: &str, id: &str) -> Value {
    let path = format!("{webhook}/redeliveries");
    let own = |list: &Value| {
        let list = list["data"].as_array().unwrap().clone();
        list.into_iter().find(|one| one["id"] == id).unwrap()
    };
    let list = scene.until(&path, |list| own(list)["status"] != "running").await;
    own(&list)
}

#[tokio::test]
async fn one_event_a_stretch_or_everything_is_delivered_again_under_the_same_ids() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    let mut ids = Vec::new();
    for words in ["one", "two", "three"] {
        scene.say(1, words).await;
        let first = receiver.next().await;
        assert!(!first.headers.contains_key("convolog-redelivery"));
        ids.push(first.header("webhook-id").to_owned());
    }
    let delivered = scene.deliveries(&webhook, "delivered", 3).await;
    let position = |n: usize| delivered[2 - n]["position"].as_u64().unwrap();
    for (what, expected) in [
        (json!({ "what": "event", "position": position(1) }), &ids[1..2]),
        (
            json!({ "what": "range", "after_position": position(0), "upto_position": position(2) }),
            &ids[1..3],
        ),
        (json!({ "what": "since" }), &ids[..]),
    ] {
        let mut dry = what.clone();
        dry["dry_run"] = json!(true);
        let counted = redeliver(&scene, &webhook, dry).await;
        assert_eq!((&counted["status"], &counted["id"]), (&json!("counted"), &Value::Null));
        assert_eq!(counted["events"], json!(expected.len()), "{what}");
        let job = redeliver(&scene, &webhook, what).await;
        assert_eq!(job["events"], json!(expected.len()));
        for id in expected {
            let again = receiver.next().await;
            assert_eq!(again.header("webhook-id"), id);
            assert_eq!(again.header("convolog-redelivery"), job["id"]);
        }
        let job = finished(&scene, &webhook, &text(&job, "id")).await;
        assert_eq!(
            (&job["status"], &job["delivered"]),
            (&json!("finished"), &json!(expected.len()))
        );
    }
    assert!(receiver.is_quiet());
    let whole = scene.get(&format!("{webhook}/deliveries/{}/attempts", position(1))).await;
    assert_eq!(whole["tries"], 4);
}

#[tokio::test]
async fn all_that_was_given_up_is_delivered_again() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "unordered").await;
    let abort = || Answer::Status(400, vec![("webhook-delivery", "abort-message".to_owned())]);
    receiver.answers_next([abort(), Answer::status(204), abort()]);
    for words in ["one", "two", "three"] {
        scene.say(1, words).await;
        receiver.next().await;
    }
    scene.deliveries(&webhook, "failed", 2).await;
    let job = redeliver(&scene, &webhook, json!({ "what": "failed" })).await;
    assert_eq!(job["events"], 2);
    let mut again = receiver.words(2).await;
    again.sort_unstable();
    assert_eq!(again, ["one", "three"]);
    let job = finished(&scene, &webhook, &text(&job, "id")).await;
    assert_eq!((&job["delivered"], &job["failed"]), (&json!(2), &json!(0)));
    scene.deliveries(&webhook, "delivered", 3).await;
    assert!(receiver.is_quiet());
}

#[tokio::test]
async fn a_job_survives_a_restart_and_ends_when_it_is_cancelled() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    for words in ["one", "two", "three"] {
        scene.say(1, words).await;
        receiver.next().await;
    }
    scene.deliveries(&webhook, "delivered", 3).await;
    receiver.answers_next([Answer::status(204), Answer::status(500)]);
    let job = text(&redeliver(&scene, &webhook, json!({ "what": "since" })).await, "id");
    assert_eq!(receiver.words(2).await, ["one", "two"]);
    scene.deliveries(&webhook, "pending", 1).await;
    let mut scene = scene.restart().await;
    let path = format!("{webhook}/redeliveries");
    let list = scene.get(&path).await;
    assert_eq!(
        (&list["data"][0]["status"], &list["data"][0]["delivered"]),
        (&json!("running"), &json!(1))
    );
    // What is new does not wait for it.
    scene.say(2, "new").await;
    assert_eq!(receiver.words(1).await, ["new"]);
    scene.workspace.client.delete(&format!("{path}/{job}")).await.ok(204);
    assert_eq!(finished(&scene, &webhook, &job).await["status"], "cancelled");
    scene.deliveries(&webhook, "cancelled", 1).await;
    scene.pass(100_000);
    scene.say(2, "newer").await;
    assert_eq!(receiver.words(1).await, ["newer"]);
    assert!(receiver.is_quiet(), "nothing more of it is delivered");
}

#[tokio::test]
async fn what_was_erased_is_marked_erased_and_keeps_its_id() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "my secret").await;
    let first = receiver.next().await;
    assert_eq!(first.words(), "my secret");
    scene.deliveries(&webhook, "delivered", 1).await;
    let contact = text(&scene.get("/v1/contacts").await["data"][0], "id");
    let erase = format!("/v1/contacts/{contact}/erase");
    let why = json!({ "reason": "requested" });
    scene.workspace.client.post(&erase).json(&why).await.ok(200);
    redeliver(&scene, &webhook, json!({ "what": "since" })).await;
    let again = receiver.next().await;
    assert_eq!(again.header("webhook-id"), first.header("webhook-id"));
    assert_eq!(again.json()["data"]["data"]["erased"], true);
    assert!(!String::from_utf8_lossy(&again.body).contains("my secret"));
}

#[tokio::test]
async fn what_is_no_selection_is_refused_by_name() {
    let (scene, receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    for (what, field) in [
        (json!({ "what": "event" }), "position"),
        (json!({ "what": "range" }), "upto_position"),
        (json!({ "what": "range", "after_position": 9, "upto_position": 9 }), "upto_position"),
        (json!({ "what": "since", "after_position": 99_999 }), "after_position"),
        (json!({ "what": "everything" }), "what"),
    ] {
        let path = format!("{webhook}/redeliveries");
        let refused = scene.workspace.client.post(&path).json(&what).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], field, "{what}");
    }
}

#[tokio::test]
async fn an_event_of_another_workspace_is_not_there() {
    let (mut scene, receiver) = (Scene::new().await, Receiver::start().await);
    let webhook = scene.subscribe(&receiver, "ordered").await;
    scene.say(1, "one").await;
    scene.deliveries(&webhook, "delivered", 1).await;
    let other = scene.server.workspace().await;
    let foreign = other.client.get("/v1/events").await.ok(200)["data"][0]["position"].clone();
    // One of its own of which it is not told.
    let untold = scene.get("/v1/events?type=contact_created").await["data"][0]["position"].clone();
    let mut answers = Vec::new();
    for position in [foreign, untold, json!(0), json!(99_999)] {
        let path = format!("{webhook}/redeliveries");
        for dry_run in [false, true] {
            let what = json!({ "what": "event", "position": position, "dry_run": dry_run });
            let refused = scene.workspace.client.post(&path).json(&what).await;
            let mut problem = refused.problem(404, "not_found");
            problem.as_object_mut().unwrap().remove("request_id");
            answers.push(problem);
        }
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    let jobs = scene.get(&format!("{webhook}/redeliveries")).await;
    assert_eq!(jobs["data"], json!([]));
}
