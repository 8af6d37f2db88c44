//! What is signed but cannot be taken is kept for the app's owner, and harms nobody.

use convolog_domain::RefusalCode::NotAllowedNow;
use convolog_domain::{QuarantineId, quarantine::Reason};
use convolog_engine::{Answer, Caller, EngineError, RetryOutcome};
use serde_json::json;

use crate::world::{NOW, World, messages, nothing, text};

#[tokio::test]
async fn another_tenants_number_under_a_valid_secret_is_set_aside() {
    let world = World::new().await;
    let [clinic, florist] = &world.tenants;
    let before = world.events(florist.workspace).len();
    let post = messages(florist, &text("16505551234", "1", NOW, "Forged"));
    let received = world.post(clinic, &post).await;
    assert_eq!((received.accepted, received.quarantined), (0, 1));
    assert_eq!(world.events(florist.workspace).len(), before);
    assert_eq!(world.names(clinic.workspace, &["quarantine"]), ["change_quarantined"]);
    let again = world.post(clinic, &post).await;
    assert_eq!((again.quarantined, again.repeated), (0, 1));
}

#[tokio::test]
async fn a_post_for_two_tenants_gives_each_only_its_own() {
    let world = World::new().await;
    let [clinic, florist] = &world.tenants;
    let mut post = messages(clinic, &text("16505551234", "1", NOW, "For the clinic"));
    let other = messages(florist, &text("16505551234", "2", NOW, "For the florist"));
    post["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
    let received = world.post(clinic, &post).await;
    assert_eq!((received.accepted, received.quarantined), (1, 1));
    let seen = world.disclosed(clinic.workspace);
    assert!(seen.contains("For the clinic"));
    assert!(!world.disclosed(florist.workspace).contains("For the"));
}

#[tokio::test]
async fn what_is_not_a_post_is_kept_whole() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    for body in ["{}", "not json", r#"{"object":"page","entry":[]}"#] {
        let received = world.post_text(clinic, body).await;
        assert_eq!(received.quarantined, 1, "{body}");
        assert!(world.disclosed(clinic.workspace).contains(&serde_json::to_string(body).unwrap()));
    }
}

#[tokio::test]
async fn a_change_is_taken_after_its_number_was_connected() {
    let world = World::new().await;
    let [clinic, _] = &world.tenants;
    let mut post = messages(clinic, &text("16505551234", "1", NOW, "Too early"));
    post["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = json!("777777777777");
    let received = world.post(clinic, &post).await;
    assert_eq!(received.quarantined, 1);
    let events = world.events(clinic.workspace);
    let id = QuarantineId(
        events.iter().rfind(|e| e.stream.kind.name() == "quarantine").unwrap().stream.id,
    );
    let caller = Caller::administrator(clinic.workspace);
    let retry = || world.inbound.retry(&caller, id, None, told);
    assert_eq!(retry().await.unwrap().body, json!({"refused": Reason::NumberUnknown}));
    world.connect_number(clinic, "777777777777").await;
    assert_eq!(retry().await.unwrap().body, json!({"accepted": 1}));
    let again = retry().await;
    assert!(matches!(again, Err(EngineError::Refused(no)) if no.code == NotAllowedNow));
}

/// What a try is answered.
pub(crate) fn told(outcome: &RetryOutcome) -> Answer {
    let body = match outcome {
        RetryOutcome::Accepted(_, received) => json!({"accepted": received.accepted}),
        RetryOutcome::Refused(reason) => json!({"refused": reason}),
    };
    Answer { body: body.clone(), masked: body, ..nothing(&[]) }
}
