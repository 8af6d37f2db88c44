//! The same request twice is carried out once.

use convolog_domain::contact::Contact;
use convolog_domain::{
    ContactId, Event, Hash32, KeyId, QuarantineId, SubjectId, WorkspaceId,
    workspace::RenameWorkspace,
};
use convolog_engine::{Answer, Answered, Caller, EngineError, Erased, Once};
use serde_json::json;
use uuid::Uuid;

use crate::quarantine::told;
use crate::world::{NOW, World, messages, nothing, text};

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

/// The names of the events of the newest commit of a workspace.
fn newest_commit(world: &World, workspace: WorkspaceId) -> Vec<&'static str> {
    let events = world.events(workspace);
    let newest = events.last().unwrap().position.0;
    let first = newest - u64::from(events.last().unwrap().index);
    let of_it = events.iter().filter(|event| event.position.0 >= first);
    of_it.map(|event| event.event.event_type().name).collect()
}

/// The act and its answer are one commit, and the repetition is answered alike.
fn assert_once(world: &World, workspace: WorkspaceId, answers: [Answered; 2], events: &[&str]) {
    let [first, again] = answers;
    assert_eq!((first.repeated, again.repeated), (false, true));
    assert_eq!(
        (first.status, first.body, first.position),
        (again.status, again.body, again.position)
    );
    assert_eq!(newest_commit(world, workspace), [events, &["request_completed"]].concat());
}

async fn two_people(world: &World) -> [ContactId; 2] {
    let tenant = &world.tenants[0];
    let mut found = Vec::new();
    for (from, id) in [("16505551234", "1"), ("16505551235", "2")] {
        world.post(tenant, &messages(tenant, &text(from, id, NOW, "Hello"))).await;
        let events = world.events(tenant.workspace);
        let made = events.iter().rfind(|one| one.event.event_type().name == "contact_created");
        found.push(ContactId(made.unwrap().stream.id));
    }
    [found[0], found[1]]
}

#[tokio::test]
async fn merging_and_its_undoing_are_answered_in_their_own_commits() {
    let world = World::new().await;
    let workspace = world.tenants[0].workspace;
    let caller = Caller::administrator(workspace);
    let [one, other] = two_people(&world).await;
    let answer = || nothing(&[]);
    let merge = async |key: &str| {
        let request = once(key, 1);
        world.engine.merge_contacts(&caller, one, other, Some(&request), answer).await.unwrap()
    };
    let unmerge = async |key: &str| {
        let request = once(key, 2);
        world.engine.unmerge_contacts(&caller, one, other, Some(&request), answer).await.unwrap()
    };
    let answers = [merge("merge").await, merge("merge").await];
    assert_once(&world, workspace, answers, &["contact_absorbed", "contact_merged"]);
    let answers = [unmerge("undo").await, unmerge("undo").await];
    assert_once(&world, workspace, answers, &["contact_unmerged", "contact_released"]);
    // Merged once more: what was asked before that is not carried out again.
    assert!(!merge("again").await.repeated);
    assert!(unmerge("undo").await.repeated);
    let state = world.engine.load::<Contact>(workspace, other.0).unwrap().state;
    assert_eq!(state.merged_into, Some(one));
}

#[tokio::test]
async fn an_erasure_that_was_cut_short_after_the_keys_is_completed_and_answered_alike() {
    let world = World::new().await;
    let workspace = world.tenants[0].workspace;
    let caller = Caller::administrator(workspace);
    let [contact, _] = two_people(&world).await;
    let certified = |erased: &Erased| {
        let body = json!({"at": erased.at, "generation": erased.erasure.generation});
        Answer { body: body.clone(), masked: body, ..nothing(&[]) }
    };
    let key = once("erase", 1);
    let erase = async || {
        let whom = (contact, "requested");
        world.engine.erase_contact_once(&caller, whom, Some(&key), certified).await.unwrap()
    };
    // The crash: the keys are gone, history does not say so, nobody was answered.
    let gone = world.engine.vault().erase(workspace.0, contact.0, NOW).unwrap();
    world.clock.advance_micros(60 * 1_000_000);
    let first = erase().await;
    assert_eq!(first.body, json!({"at": NOW, "generation": gone.generation}));
    let both = ["lead_erased", "personal_data_erased"];
    assert_once(&world, workspace, [first, erase().await], &both);
}

#[tokio::test]
async fn trying_a_quarantined_change_again_is_answered_in_the_commit_that_says_what_came_of_it() {
    let world = World::new().await;
    let tenant = &world.tenants[0];
    let caller = Caller::administrator(tenant.workspace);
    let mut post = messages(tenant, &text("16505551234", "1", NOW, "Too early"));
    post["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = json!("777777777777");
    world.post(tenant, &post).await;
    let events = world.events(tenant.workspace);
    let id = events.iter().rfind(|event| event.stream.kind.name() == "quarantine").unwrap();
    let id = QuarantineId(id.stream.id);
    let retry = async |key: &str| {
        let request = once(key, 1);
        world.inbound.retry(&caller, id, Some(&request), told).await.unwrap()
    };
    let refused = [retry("early").await, retry("early").await];
    assert_once(&world, tenant.workspace, refused, &["retry_failed"]);
    world.connect_number(tenant, "777777777777").await;
    let taken = [retry("late").await, retry("late").await];
    assert_eq!(taken[0].body, json!({"accepted": 1}));
    assert_once(&world, tenant.workspace, taken, &["change_accepted"]);
    assert_eq!(retry("early").await.body, json!({"refused": "number_unknown"}));
}
