//! A plan allows so many: counted by the events that hold its places, and by the messages of a month.

use std::sync::Arc;

use convolog_domain::conversation::{MessageRequested, SendMessage, Sendable};
use convolog_domain::person::{AddPerson, RemovePerson, Role};
use convolog_domain::workspace::{ChangePlan, Counted, CreateWorkspace, Limit, Plans};
use convolog_domain::{
    ContactId, ConversationId, Decision, Event, LimitReached, MessageId, PersonId, ProfileContent,
    RefusalCode, StreamKind, WorkspaceId,
};
use convolog_engine::{
    Answer, Answered, Caller, CountedEntropy, Done, Engine, EngineError, Plan, Require, Step,
    Stream,
};
use convolog_log::{EventLog, Mode};
use futures::future::join_all;
use uuid::Uuid;

use crate::world::{NOW, World, messages, nothing, text};

const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(0x77));
const PEOPLE: Limit = Limit::Places(Counted::People);

async fn on_plan(world: &World, plan: &str) -> Caller {
    let caller = Caller::administrator(WORKSPACE);
    let create = CreateWorkspace { name: "Salon Ida".into(), plan: plan.into() };
    world.engine.create_workspace(&caller, WORKSPACE, create, None, nothing).await.unwrap();
    caller
}

async fn add(engine: &Engine, caller: &Caller, id: u128) -> Result<Done, EngineError> {
    let person = PersonId(Uuid::from_u128(id << 96 | id));
    let profile = ProfileContent { name: Some("Ida".into()), email: None, username: None };
    let command = AddPerson { person, role: Role::Operator, profile };
    engine.execute(caller, person.0, command).await
}

async fn remove(engine: &Engine, caller: &Caller, id: u128) {
    engine.execute(caller, Uuid::from_u128(id << 96 | id), RemovePerson).await.unwrap();
}

/// The limit that was reached, if one was.
fn reached<T>(result: &Result<T, EngineError>) -> Option<LimitReached> {
    match result {
        Err(EngineError::Refused(refusal)) if refusal.code == RefusalCode::PlanLimitReached => {
            Some(*refusal.limit.clone().unwrap())
        }
        _ => None,
    }
}

pub(crate) fn count<T>(tried: &[Result<T, EngineError>]) -> (usize, usize) {
    let full = tried.iter().filter(|result| reached(result).is_some()).count();
    (tried.iter().filter(|result| result.is_ok()).count(), full)
}

/// The same installation after a start with other plans.
fn restarted(world: &World, plans: Plans) -> Engine {
    restarted_on(world, Arc::clone(world.engine.log()), plans)
}

pub(crate) fn restarted_on(world: &World, log: Arc<dyn EventLog>, plans: Plans) -> Engine {
    let (vault, blobs) = (world.engine.vault().clone(), world.engine.blobs().clone());
    let entropy = Arc::new(CountedEntropy::default());
    Engine::new(log, vault, blobs, world.clock.clone(), entropy).with_plans(plans)
}

pub(crate) async fn used(
    engine: &Engine,
    workspace: WorkspaceId,
    limit: Limit,
) -> (Option<u64>, Option<u64>) {
    let standings = engine.standings(workspace).await.unwrap();
    let found = standings.iter().find(|standing| standing.limit == limit).unwrap();
    (found.used, found.allowed)
}

#[tokio::test]
async fn of_many_at_once_exactly_as_many_as_the_plan_allows_get_in() {
    let world = World::new().await;
    let caller = on_plan(&world, "free").await;
    let tried = join_all((1..=12).map(|id| add(&world.engine, &caller, id))).await;
    assert_eq!(count(&tried), (5, 7));
    assert_eq!(world.names(WORKSPACE, &["person"]), vec!["person_added"; 5]);
    let limit = tried.iter().find_map(reached).unwrap();
    assert_eq!((limit.limit, limit.used, limit.allowed), ("people", 5, 5));
    assert_eq!((limit.resets_at, limit.resets_in), (None, None));
    assert_eq!(used(&world.engine, WORKSPACE, PEOPLE).await, (Some(5), Some(5)));
}

#[tokio::test]
async fn whoever_leaves_makes_room_for_one() {
    let world = World::new().await;
    let (engine, caller) = (&world.engine, on_plan(&world, "free").await);
    for id in 1..=5 {
        add(engine, &caller, id).await.unwrap();
    }
    assert!(reached(&add(engine, &caller, 6).await).is_some());
    for (leaves, comes) in [(2, 6), (6, 7), (5, 8)] {
        remove(engine, &caller, leaves).await;
        assert_eq!(used(engine, WORKSPACE, PEOPLE).await.0, Some(4));
        add(engine, &caller, comes).await.unwrap();
        assert!(reached(&add(engine, &caller, 9).await).is_some());
    }
}

#[tokio::test]
async fn the_largest_plan_counts_nothing() {
    let world = World::new().await;
    let (engine, caller) = (&world.engine, on_plan(&world, "enterprise").await);
    for id in 1..=20 {
        add(engine, &caller, id).await.unwrap();
    }
    remove(engine, &caller, 1).await;
    assert_eq!(used(engine, WORKSPACE, PEOPLE).await, (None, None));
}

#[tokio::test]
async fn a_plan_that_was_made_smaller_counts_whoever_is_there() {
    let world = World::new().await;
    let caller = on_plan(&world, "free").await;
    for id in 1..=5 {
        add(&world.engine, &caller, id).await.unwrap();
    }
    let engine = restarted(&world, Plans::built_in().with("free", PEOPLE, Some(3)).unwrap());
    assert_eq!(used(&engine, WORKSPACE, PEOPLE).await, (Some(5), Some(3)));
    for id in [4, 5] {
        assert_eq!(reached(&add(&engine, &caller, 6).await).unwrap().allowed, 3);
        remove(&engine, &caller, id).await;
    }
    remove(&engine, &caller, 1).await;
    let tried = join_all((10..16).map(|id| add(&engine, &caller, id))).await;
    assert_eq!(count(&tried), (1, 5));
    assert_eq!(used(&engine, WORKSPACE, PEOPLE).await, (Some(3), Some(3)));
}

#[tokio::test]
async fn whoever_holds_a_place_that_no_plan_has_any_more_counts_and_gives_it_back() {
    let world = World::new().await;
    let caller = on_plan(&world, "free").await;
    let many = || restarted(&world, Plans::built_in().with("free", PEOPLE, Some(3_000)).unwrap());
    let engine = many();
    // Which place somebody gets depends on their id: the first of these gets the last one.
    for id in [2_999, 2_500, 17] {
        add(&engine, &caller, id).await.unwrap();
    }
    let fewer = restarted(&world, Plans::built_in().with("free", PEOPLE, Some(2)).unwrap());
    for (leaves, left) in [(2_999, 2), (2_500, 1)] {
        let limit = reached(&add(&fewer, &caller, 1).await).unwrap();
        assert_eq!((limit.used, limit.allowed), (left + 1, 2));
        remove(&fewer, &caller, leaves).await;
        assert_eq!(used(&fewer, WORKSPACE, PEOPLE).await, (Some(left), Some(2)));
    }
    assert_eq!(used(&many(), WORKSPACE, PEOPLE).await, (Some(1), Some(3_000)));
    let tried = join_all((1..4).map(|id| add(&fewer, &caller, id))).await;
    assert_eq!(count(&tried), (1, 2));
}

/// Somebody wrote to the first tenant: the conversation.
pub(crate) async fn conversation(world: &World) -> ConversationId {
    let tenant = &world.tenants[0];
    let value = text("5511999990001", "wamid.1", NOW, "Hello");
    world.post(tenant, &messages(tenant, &value)).await;
    let events = world.events(tenant.workspace);
    let of = events.iter().find(|event| event.stream.kind == StreamKind::Conversation);
    ConversationId(of.unwrap().stream.id)
}

pub(crate) async fn send(
    engine: &Engine,
    caller: &Caller,
    conversation: ConversationId,
) -> Result<Answered, EngineError> {
    let command = SendMessage::now(Sendable::text("Yes.".into()).unwrap());
    let answer =
        |_: &[Event], contact: ContactId| Answer::open(202, serde_json::Value::Null, contact);
    engine.send_message(caller, conversation, command, None, answer).await
}

pub(crate) fn four_a_month() -> Plans {
    Plans::built_in().with("pro", Limit::Messages, Some(4)).unwrap()
}

#[tokio::test]
async fn of_many_messages_at_once_no_more_are_asked_for_than_a_month_allows() {
    let world = World::with_plans(four_a_month()).await;
    let (caller, engine) = (Caller::administrator(world.tenants[0].workspace), &world.engine);
    let to = conversation(&world).await;
    let tried = join_all((0..10).map(|_| send(engine, &caller, to))).await;
    assert_eq!(count(&tried), (4, 6));
    let limit = tried.iter().find_map(reached).unwrap();
    assert_eq!((limit.limit, limit.used, limit.allowed), ("messages", 4, 4));
    // 2026-12-01T00:00:00Z
    assert_eq!(limit.resets_at, Some(1_796_083_200));
    assert_eq!(limit.resets_in, Some(1_796_083_200 - u64::try_from(NOW).unwrap()));
    assert_eq!(used(engine, caller.workspace, Limit::Messages).await, (Some(4), Some(4)));
    // What comes in is never refused, and test keys count nothing.
    let value = text("5511999990001", "wamid.2", NOW, "Are you there?");
    let received = world.post(&world.tenants[0], &messages(&world.tenants[0], &value)).await;
    assert_eq!(received.accepted, 1);
    send(engine, &Caller { mode: Mode::Test, ..caller }, to).await.unwrap();
}

#[tokio::test]
async fn a_month_is_counted_from_its_events_after_a_start_and_another_one_begins_at_nothing() {
    let world = World::with_plans(four_a_month()).await;
    let caller = Caller::administrator(world.tenants[0].workspace);
    let to = conversation(&world).await;
    for _ in 0..3 {
        send(&world.engine, &caller, to).await.unwrap();
    }
    send(&world.engine, &Caller { mode: Mode::Test, ..caller }, to).await.unwrap();
    let engine = restarted(&world, four_a_month());
    assert_eq!(used(&engine, caller.workspace, Limit::Messages).await, (Some(3), Some(4)));
    let tried = join_all((0..3).map(|_| send(&engine, &caller, to))).await;
    assert_eq!(count(&tried), (1, 2));
    // Another workspace has a count of its own.
    let other = world.tenants[1].workspace;
    assert_eq!(used(&engine, other, Limit::Messages).await, (Some(0), Some(4)));
    world.clock.advance_micros((1_796_083_200 - NOW) * 1_000_000);
    assert_eq!(used(&engine, caller.workspace, Limit::Messages).await, (Some(0), Some(4)));
    let value = text("5511999990001", "wamid.2", 1_796_083_200, "Are you there?");
    world.post(&world.tenants[0], &messages(&world.tenants[0], &value)).await;
    send(&engine, &caller, to).await.unwrap();
    let engine = restarted(&world, four_a_month());
    assert_eq!(used(&engine, caller.workspace, Limit::Messages).await, (Some(1), Some(4)));
}

#[tokio::test]
async fn what_the_log_did_not_take_counts_nothing() {
    let world = World::with_plans(four_a_month()).await;
    let caller = Caller::administrator(world.tenants[0].workspace);
    let stream =
        Stream::new(caller.workspace, StreamKind::Conversation, conversation(&world).await.0);
    let message = MessageId(Uuid::from_u128(9));
    let asked = MessageRequested {
        message,
        kind: "text".into(),
        requested_at: NOW,
        ..MessageRequested::default()
    };
    let step = Step { stream, decision: Decision::new(asked) };
    let overtaken = Plan {
        steps: vec![step; 3],
        requires: vec![Require::StreamAt(stream, 99)],
        ..Plan::default()
    };
    let used = async || used(&world.engine, caller.workspace, Limit::Messages).await.0;
    for _ in 0..2 {
        let refused = world.engine.commit(&caller, &overtaken).await;
        assert!(matches!(refused, Err(EngineError::Append(_))), "{refused:?}");
        assert_eq!(used().await, Some(0));
    }
    let taken = Plan { requires: vec![], ..overtaken };
    world.engine.commit(&caller, &taken).await.unwrap();
    assert_eq!(used().await, Some(3));
    assert_eq!(reached(&world.engine.commit(&caller, &taken).await).unwrap().used, 3);
}

#[tokio::test]
async fn another_plan_counts_whoever_is_there() {
    let world = World::new().await;
    let (engine, caller) = (&world.engine, on_plan(&world, "enterprise").await);
    let change = async |plan: &str| {
        let command = ChangePlan { plan: plan.into() };
        engine.execute(&caller, WORKSPACE.0, command).await.unwrap();
    };
    for id in 1..=7 {
        add(engine, &caller, id).await.unwrap();
    }
    change("free").await;
    assert_eq!(used(engine, WORKSPACE, PEOPLE).await, (Some(7), Some(5)));
    for id in [1, 2, 3] {
        let limit = reached(&add(engine, &caller, 8).await).unwrap();
        assert_eq!(limit.allowed, 5);
        remove(engine, &caller, id).await;
    }
    let tried = join_all((10..14).map(|id| add(engine, &caller, id))).await;
    assert_eq!(count(&tried), (1, 3));
    change("pro").await;
    add(engine, &caller, 20).await.unwrap();
    assert_eq!(used(engine, WORKSPACE, PEOPLE).await, (Some(6), Some(50)));
}

#[tokio::test]
async fn messages_of_a_plan_without_a_limit_count_when_it_gets_one() {
    let plans = four_a_month().with("business", Limit::Messages, None).unwrap();
    let world = World::with_plans(plans.clone()).await;
    let caller = Caller::administrator(world.tenants[0].workspace);
    let to = conversation(&world).await;
    let change = async |engine: &Engine, plan: &str| {
        let command = ChangePlan { plan: plan.into() };
        engine.execute(&caller, caller.workspace.0, command).await.unwrap();
    };
    // The month is counted from here on, or was not counted yet: it is the same.
    for counted in [true, false] {
        let engine = restarted(&world, plans.clone());
        let before = if counted {
            used(&engine, caller.workspace, Limit::Messages).await.0.unwrap()
        } else {
            3
        };
        change(&engine, "business").await;
        let tried = join_all((0..3).map(|_| send(&engine, &caller, to))).await;
        assert_eq!(count(&tried), (3, 0));
        assert_eq!(used(&engine, caller.workspace, Limit::Messages).await, (None, None));
        change(&engine, "pro").await;
        let now = used(&engine, caller.workspace, Limit::Messages).await;
        assert_eq!(now, (Some(before + 3), Some(4)));
    }
    let engine = restarted(&world, plans);
    let limit = reached(&send(&engine, &caller, to).await).unwrap();
    assert_eq!((limit.used, limit.allowed), (6, 4));
}
