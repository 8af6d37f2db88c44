//! Rebuilding: beside live, after an upgrade, after damage, after a restart; and verifying.

use convolog_log::{EventLog, Position};

use super::runtime::{generations, some_history};
use super::world::{
    NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, run,
};
use crate::cursor::Cursor;
use crate::generations::{Beside, Generations, Purpose};
use crate::store::{Disk, DiskStore, Store};
use crate::transcripts::MessageQuery;
use crate::{Finding, Options, People, QueryError, ReadModels, Swap};

#[test]
fn a_rebuild_beside_live_is_swapped_in_and_the_old_one_kept() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    some_history(&world);
    world.catch_up(&models);
    models.rebuild("transcripts", Swap::Auto).unwrap();
    for k in 0..50 {
        world.hear(2, 2_000 + k, NOW, "meanwhile");
    }
    run(models.rebuilt("transcripts")).unwrap();
    world.catch_up(&models);
    assert_rebuilds_the_same(&models);
    assert_eq!(
        models
            .transcripts()
            .unwrap()
            .messages(&MessageQuery::of(WORKSPACE, conversation(2)))
            .unwrap()
            .items
            .len(),
        50
    );
    models.shutdown();
    drop(models);
    assert_eq!(generations(dir.path(), "transcripts"), ["1", "2"]);
    assert!(matches!(
        World::new().models(tempfile::tempdir().unwrap().path()).rebuild("nothing", Swap::Auto),
        Err(QueryError::NoSuchModel { .. })
    ));
}

#[test]
fn an_older_fold_serves_until_its_rebuild_is_done() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    world.models(dir.path()).shutdown();
    {
        let path = dir.path().join("contacts/1");
        let store = DiskStore::open(&path, &Disk::default()).unwrap();
        let cursor = Cursor::read(&store).unwrap().unwrap();
        Cursor { version: cursor.version + 1, ..cursor }.write(&store).unwrap();
        store.sync().unwrap();
    }
    let models =
        ReadModels::open(dir.path(), world.log.clone(), world.clock.clone(), Options::default())
            .unwrap();
    assert!(models.contacts().unwrap().contact(WORKSPACE, contact(1)).unwrap().is_some());
    run(models.rebuilt("contacts")).unwrap();
    assert!(!models.status()[2].outdated);
    assert_rebuilds_the_same(&models);
    models.shutdown();
    drop(models);
    assert_eq!(generations(dir.path(), "contacts"), ["1", "2"]);
}

#[test]
fn a_store_that_turns_out_damaged_is_rebuilt_while_the_others_go_on() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let models = world.models(dir.path());
    some_history(&world);
    world.catch_up(&models);
    let key = crate::conversations::ConversationRow::key(WORKSPACE, conversation(1));
    let store = models.store("conversations").unwrap();
    store.put(&crate::store::keys::row(&key), b"nonsense");
    drop(store);
    let at = world.hear(1, 9_000, NOW, "onto the damaged row");
    run(async {
        // It comes back by itself: first it has nothing to serve, then the rebuilt store.
        loop {
            match models.at_least(at, PATIENCE).await {
                Ok(()) => break,
                Err(QueryError::Rebuilding { .. }) => models.ready().await.unwrap(),
                Err(error) => panic!("{error}"),
            }
        }
    });
    assert_rebuilds_the_same(&models);
    assert_eq!(
        models
            .transcripts()
            .unwrap()
            .message(WORKSPACE, conversation(1), super::world::message(9_000))
            .unwrap()
            .unwrap()
            .position,
        at
    );
}

#[test]
fn an_unfinished_rebuild_goes_on_after_a_restart() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    world.models(dir.path()).shutdown();
    // A second generation that got to position 20.
    let folder = crate::folder::Folder::new(dir.path(), "contacts", &Disk::default());
    {
        let begun = folder.begin::<crate::contacts::Contacts>(&*world.log).unwrap();
        let (generation, version) = (begun.number, begun.feed.version());
        let beside = Some(Beside { generation, version, purpose: Purpose::Joining });
        let path = dir.path().join("contacts");
        let generations = Generations::read(&path).unwrap();
        Generations { beside, ..generations }.write(&path).unwrap();
        let mut feed = begun.feed;
        let batch = crate::Batch::read(&*world.log, Position::START, 20, |_| true).unwrap();
        feed.take(&batch.unwrap()).unwrap();
        feed.sync().unwrap();
    }
    let found = folder.open::<crate::contacts::Contacts>(&*world.log).unwrap();
    assert_eq!(found.building.as_ref().map(|found| found.feed.position()), Some(Position(20)));
    assert_eq!(found.serving.as_ref().map(|found| found.feed.position()), Some(world.log.head()));
    drop(found);
    let models = world.models(dir.path());
    run(models.rebuilt("contacts")).unwrap();
    assert_rebuilds_the_same(&models);
    models.shutdown();
    drop(models);
    assert_eq!(generations(dir.path(), "contacts"), ["1", "2"]);
}

#[test]
fn verify_compares_what_is_on_the_disk_with_a_rebuild() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    some_history(&world);
    world.models(dir.path()).shutdown();
    // One event more: what is on the disk is caught up first.
    world.hear(1, 9_000, NOW, "later");
    let scratch = dir.path().join("scratch");
    let check = || {
        let found = crate::verify(dir.path(), &scratch, &*world.log, &mut |_, _| {}).unwrap();
        found.into_iter().map(|v| (v.name, v.finding)).collect::<Vec<_>>()
    };
    assert!(check().iter().all(|(_, finding)| *finding == Finding::Identical));
    {
        let path = dir.path().join("contacts/1");
        let store = DiskStore::open(&path, &Disk::default()).unwrap();
        let key = crate::contacts::ContactRow::key(WORKSPACE, contact(2));
        store.remove(&crate::store::keys::row(&key));
        store.sync().unwrap();
    }
    let found = check();
    let (_, finding) = found.iter().find(|(name, _)| *name == "contacts").unwrap();
    let Finding::Different(difference) = finding else { panic!("{finding:?}") };
    assert!(difference.right.as_ref().unwrap().contains(&contact(2).to_string()), "{difference}");
}
