//! The same request twice is carried out once.

use convolog_domain::{Event, Hash32, KeyId, SubjectId, workspace::RenameWorkspace};
use convolog_engine::{Answer, Caller, EngineError, Once};
use serde_json::json;
use uuid::Uuid;

use crate::world::World;

fn once(key: &str, request: u8) -> Once {
    Once {
        key: KeyId(Uuid::from_u128(7)),
        idempotency_key: key.to_owned(),
        fingerprint: Hash32([request; 32]),
    }
}

#[tokio::test]
async fn a_repetition_gets_the_first_answer_with_its_secrets_masked() {
    let world = World::new().await;
    let workspace = world.tenants[0].workspace;
    let caller = Caller::administrator(workspace);
    let rename = || RenameWorkspace { name: "Another name".to_owned() };
    let answer = |_: &[Event]| Answer {
        status: 201,
        body: json!({"key": "cl_live_secret"}),
        masked: json!({"key": "cl_live_…"}),
        subject: SubjectId::from(workspace),
    };
    let (a, b) = (once("k", 1), once("k", 2));
    let first = world.engine.execute_once(&caller, workspace.0, rename(), Some(&a), answer).await;
    let first = first.unwrap();
    let head = world.engine.log().head();
    let again = world.engine.execute_once(&caller, workspace.0, rename(), Some(&a), answer).await;
    let again = again.unwrap();
    assert_eq!((first.repeated, again.repeated), (false, true));
    assert_eq!(again.body, json!({"key": "cl_live_…"}));
    assert_eq!((again.status, again.position), (first.status, first.position));
    assert_eq!(world.engine.log().head(), head);
    let other = world.engine.execute_once(&caller, workspace.0, rename(), Some(&b), answer).await;
    assert!(matches!(other, Err(EngineError::KeyReused)));
}
