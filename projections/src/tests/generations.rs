//! Generations beside the live one: waiting, swapped in, rolled back to, compared, called off; and
//! a crash at every step.

use std::path::Path;

use super::runtime::{copy, generations, some_history};
use super::world::{NOW, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, run};
use crate::contacts::ContactRow;
use crate::cursor::Cursor;
use crate::folder::Folder;
use crate::generations::{Generations, Purpose};
use crate::store::{Disk, DiskStore, Store, keys};
use crate::{Batch, BesideState, ModelStatus, Options, People, QueryError, ReadModels, Swap};

const NAME: &str = "contacts";

fn status(models: &ReadModels) -> ModelStatus {
    models.status().into_iter().find(|model| model.name == NAME).unwrap()
}

/// The generation that serves, the one beside it, and what that is for.
fn standing(models: &ReadModels) -> (Option<u64>, Option<(u64, BesideState)>) {
    let status = status(models);
    (status.generation, status.beside.map(|beside| (beside.generation, beside.state)))
}

fn rebuilt(models: &ReadModels) {
    run(models.rebuilt(NAME)).unwrap();
    assert_eq!(status(models).last_error, None);
}

/// Read models of some history whose contacts were rebuilt and wait.
fn waiting(world: &World, dir: &Path) -> ReadModels {
    some_history(world);
    let models = world.models(dir);
    rebuilt(&models);
    // What is built first has nothing that it replaces.
    let first = standing(&models).0.unwrap();
    models.rebuild(NAME, Swap::Manual).unwrap();
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(first), Some((first + 1, BesideState::Waiting))));
    models
}

/// Opens what a crash now would leave, and checks that it serves what a rebuild gives.
fn after_a_crash(world: &World, dir: &Path, crashed: &Path) -> ReadModels {
    copy(dir, crashed);
    let again = world.models(crashed);
    rebuilt(&again);
    assert_rebuilds_the_same(&again);
    again
}

#[test]
fn a_rebuilt_model_waits_is_swapped_in_and_rolled_back_from() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = waiting(&world, dir.path());
    assert!(matches!(models.roll_back(NAME), Err(QueryError::NotNow { .. })));
    world.hear(1, 9_000, NOW, "the one that waits must catch up with this");
    world.catch_up(&models);
    models.swap(NAME).unwrap();
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(2), Some((1, BesideState::Kept))));
    assert!(status(&models).beside.unwrap().kept_until.is_some());
    assert_rebuilds_the_same(&models);
    assert!(matches!(models.swap(NAME), Err(QueryError::NotNow { .. })));
    // What came in after the swap is there after the roll back.
    world.meet(8, "Zoe");
    world.catch_up(&models);
    let seen = models.status();
    models.roll_back(NAME).unwrap();
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(1), Some((2, BesideState::Waiting))));
    assert!(models.contacts().unwrap().contact(WORKSPACE, contact(8)).unwrap().is_some());
    for (before, after) in seen.iter().zip(models.status()) {
        assert!(after.position >= before.position, "{after:?}");
    }
    assert_rebuilds_the_same(&models);
    // The next rebuild takes the place of what waits.
    models.rebuild(NAME, Swap::Auto).unwrap();
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(3), Some((1, BesideState::Kept))));
    models.shutdown();
    drop(models);
    assert_eq!(generations(dir.path(), NAME), ["1", "3"]);
}

#[test]
fn a_crash_at_any_step_loses_nothing_and_serves_nothing_half() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let (live, crashed) = (dir.path().join("live"), |n: u8| dir.path().join(n.to_string()));
    let models = waiting(&world, &live);
    let more = |second: i64| {
        world.hear(1, 9_000 + u128::try_from(second).unwrap(), NOW + second, "more");
        world.catch_up(&models);
    };
    more(1);
    // Complete, and not swapped in.
    let again = after_a_crash(&world, &live, &crashed(1));
    assert_eq!(standing(&again), (Some(1), Some((2, BesideState::Waiting))));
    again.swap(NAME).unwrap();
    rebuilt(&again);
    assert_eq!(standing(&again).0, Some(2));
    assert_rebuilds_the_same(&again);
    // Right after the swap.
    models.swap(NAME).unwrap();
    rebuilt(&models);
    let again = after_a_crash(&world, &live, &crashed(2));
    assert_eq!(standing(&again), (Some(2), Some((1, BesideState::Kept))));
    more(2);
    again.roll_back(NAME).unwrap();
    rebuilt(&again);
    world.catch_up(&again);
    assert_rebuilds_the_same(&again);
    // Right after the roll back.
    models.roll_back(NAME).unwrap();
    rebuilt(&models);
    more(3);
    let again = after_a_crash(&world, &live, &crashed(3));
    assert_eq!(standing(&again), (Some(1), Some((2, BesideState::Waiting))));
    assert_eq!(again.dump().unwrap(), models.dump().unwrap());
}

#[test]
fn a_crash_while_a_swap_was_on_its_way_carries_it_out() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    waiting(&world, dir.path()).shutdown();
    let folder = dir.path().join(NAME);
    let mut decided = Generations::read(&folder).unwrap();
    decided.beside.as_mut().unwrap().purpose = Purpose::Joining;
    decided.write(&folder).unwrap();
    // A generation that had begun, but was in no decision yet.
    std::fs::create_dir(folder.join("7")).unwrap();
    let models = world.models(dir.path());
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(2), Some((1, BesideState::Kept))));
    assert_rebuilds_the_same(&models);
    assert_eq!(generations(dir.path(), NAME), ["1", "2"]);
}

#[test]
fn a_crash_during_a_rebuild_goes_on_with_it_and_it_waits_if_it_was_to_wait() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    waiting(&world, dir.path()).shutdown();
    // As it stood in the middle: some of the events, not complete.
    let folder = Folder::new(dir.path(), NAME, &Disk::default());
    let path = dir.path().join(NAME);
    {
        let mut begun = folder.begin::<crate::contacts::Contacts>(&*world.log).unwrap();
        let start = convolog_log::Position::START;
        let batch = Batch::read(&*world.log, start, 7, |_| true).unwrap().unwrap();
        begun.feed.take(&batch).unwrap();
        begun.feed.sync().unwrap();
        let mut decided = Generations::read(&path).unwrap();
        let beside = decided.beside.as_mut().unwrap();
        (beside.generation, beside.purpose) = (begun.number, Purpose::Building);
        decided.write(&path).unwrap();
    }
    let models = world.models(dir.path());
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(1), Some((3, BesideState::Waiting))));
    let compared = run(models.compare(NAME, u64::MAX)).unwrap();
    assert!(compared.complete && compared.difference.is_none(), "{compared:?}");
    assert_eq!(generations(dir.path(), NAME), ["1", "3"], "what it took the place of is gone");
}

#[test]
fn without_the_file_the_newest_complete_generation_serves() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    waiting(&world, dir.path()).shutdown();
    std::fs::write(dir.path().join(NAME).join("GENERATIONS"), b"{").unwrap();
    let models = world.models(dir.path());
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(2), None));
    assert_rebuilds_the_same(&models);
}

#[test]
fn a_comparison_finds_the_first_difference_while_events_come_in() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = waiting(&world, dir.path());
    let compared = std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..100 {
                world.meet(100 + n, "Bo");
            }
        });
        run(models.compare(NAME, u64::MAX)).unwrap()
    });
    assert!(compared.complete && compared.difference.is_none(), "{compared:?}");
    assert!(compared.same >= 5, "{compared:?}");
    {
        let path = dir.path().join(NAME).join("2");
        let store = DiskStore::open(&path, &Disk::default()).unwrap();
        store.remove(&keys::row(&ContactRow::key(WORKSPACE, contact(2))));
        store.sync().unwrap();
    }
    let compared = run(models.compare(NAME, u64::MAX)).unwrap();
    assert_eq!((compared.only_serving, compared.only_beside, compared.different), (1, 0, 0));
    let difference = compared.difference.unwrap();
    assert!(difference.left.unwrap().contains(&contact(2).to_string()));
    assert_eq!(difference.right, None);
    assert!(matches!(run(models.compare("transcripts", 1)), Err(QueryError::NotNow { .. })));
}

#[test]
fn what_is_called_off_goes_and_the_live_one_stays() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = waiting(&world, dir.path());
    models.call_off(NAME).unwrap();
    assert_eq!(standing(&models), (Some(1), None));
    assert!(matches!(models.call_off(NAME), Err(QueryError::NotNow { .. })));
    // One that has only just begun, wherever it is by now.
    models.rebuild(NAME, Swap::Manual).unwrap();
    models.call_off(NAME).unwrap();
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(1), None));
    models.shutdown();
    drop(models);
    let models = world.models(dir.path());
    assert_eq!(standing(&models), (Some(1), None));
    assert_eq!(generations(dir.path(), NAME), ["1"]);
    assert_rebuilds_the_same(&models);
}

#[test]
fn what_was_replaced_goes_when_its_time_is_over() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = waiting(&world, dir.path());
    models.swap(NAME).unwrap();
    rebuilt(&models);
    let day = i64::try_from(Options::default().keep_replaced.as_micros()).unwrap();
    world.clock.advance_micros(day - 1);
    world.hear(1, 9_000, NOW, "not yet");
    world.catch_up(&models);
    assert_eq!(standing(&models).1, Some((1, BesideState::Kept)));
    world.clock.advance_micros(10_000_000);
    world.hear(1, 9_001, NOW, "over");
    world.catch_up(&models);
    models.shutdown();
    assert_eq!(standing(&models), (Some(2), None));
    assert!(matches!(models.roll_back(NAME), Err(QueryError::NotNow { .. })));
    drop(models);
    world.models(dir.path()).shutdown();
    assert_eq!(generations(dir.path(), NAME), ["2"]);
}

#[test]
fn after_an_upgrade_the_old_fold_can_be_rolled_back_to_and_stays() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    world.models(dir.path()).shutdown();
    let path = dir.path().join(NAME).join("1");
    {
        // As an older version of the fold would have left it.
        let store = DiskStore::open(&path, &Disk::default()).unwrap();
        let cursor = Cursor::read(&store).unwrap().unwrap();
        Cursor { version: cursor.version - 1, ..cursor }.write(&store).unwrap();
        store.sync().unwrap();
    }
    let models = world.models(dir.path());
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(2), Some((1, BesideState::Kept))));
    assert!(!status(&models).outdated);
    models.roll_back(NAME).unwrap();
    rebuilt(&models);
    assert!(status(&models).outdated);
    models.shutdown();
    drop(models);
    // The next start does not undo what somebody decided.
    let models = world.models(dir.path());
    rebuilt(&models);
    assert_eq!(standing(&models), (Some(1), Some((2, BesideState::Waiting))));
    assert!(status(&models).outdated);
    models.swap(NAME).unwrap();
    rebuilt(&models);
    assert!(!status(&models).outdated);
    assert_rebuilds_the_same(&models);
}

#[test]
fn a_damaged_model_is_replaced_by_the_one_that_waits() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = waiting(&world, dir.path());
    let store = models.store(NAME).unwrap();
    store.put(&keys::row(&ContactRow::key(WORKSPACE, contact(1))), b"nonsense");
    drop(store);
    world.name(1, "onto the damaged row", NOW + 1);
    world.hear(1, 9_000, NOW, "and more");
    run(async {
        while standing(&models) != (Some(2), None) {
            models.rebuilt(NAME).await.unwrap();
            tokio::task::yield_now().await;
        }
        models.ready().await.unwrap();
    });
    world.catch_up(&models);
    assert_rebuilds_the_same(&models);
    assert!(models.conversations().unwrap().conversation(WORKSPACE, conversation(1)).is_ok());
}
