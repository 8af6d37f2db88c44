//! Live equals rebuilt; what is damaged or foreign is rebuilt by itself.

use std::path::{Path, PathBuf};

use convolog_log::Position;
use convolog_projections::{Finding, ModelState, QueryError, Swap};
use proptest::prelude::*;

use super::world::{HOME, NEXT_DOOR, World, document, documents, message, messages, text};
use crate::Search;

/// Something that may happen.
#[derive(Clone, Copy, Debug)]
enum Act {
    Add(u8),
    Update(u8),
    Remove(u8),
    Say(u8),
    Edit(u8),
    Erase(u8),
    Commit,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..4_u8).prop_map(Act::Add),
        (0..4_u8).prop_map(Act::Update),
        (0..4_u8).prop_map(Act::Remove),
        (0..4_u8).prop_map(Act::Say),
        (0..4_u8).prop_map(Act::Edit),
        (0..4_u8).prop_map(Act::Erase),
        Just(Act::Commit),
    ]
}

impl World {
    /// Does it, if it can be done.
    async fn act(&self, at: usize, act: Act, done: &mut Vec<String>) {
        let once = |what: String, done: &mut Vec<String>| {
            let new = !done.contains(&what);
            done.push(what);
            new
        };
        let content = format!("Word{at} and the rest of the text, open daily.");
        match act {
            Act::Add(n) if once(format!("add {n}"), done) => {
                self.add(HOME, document(n.into()), text("Title", &content)).await;
            }
            Act::Update(n)
                if done.contains(&format!("add {n}")) && !done.contains(&format!("remove {n}")) =>
            {
                self.update(HOME, document(n.into()), text("Title", &content)).await;
            }
            Act::Remove(n)
                if done.contains(&format!("add {n}")) && once(format!("remove {n}"), done) =>
            {
                self.remove(HOME, document(n.into())).await;
            }
            Act::Say(n) if !done.contains(&format!("erase {n}")) => {
                if once(format!("meet {n}"), done) {
                    self.meet(HOME, n.into(), &format!("Name{n}")).await;
                }
                if once(format!("say {n}"), done) {
                    self.say(HOME, n.into(), message(n.into()), &content).await;
                }
            }
            Act::Edit(n)
                if done.contains(&format!("meet {n}")) && !done.contains(&format!("erase {n}")) =>
            {
                self.edit(HOME, n.into(), message(n.into()), &content).await;
            }
            Act::Erase(n)
                if done.contains(&format!("meet {n}")) && once(format!("erase {n}"), done) =>
            {
                self.erase(HOME, n.into()).await;
            }
            _ => {}
        }
    }
}

#[test]
fn what_is_live_equals_what_a_rebuild_gives() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    proptest!(ProptestConfig::with_cases(12), |(acts in prop::collection::vec(act(), 1..24))| {
        runtime.block_on(async {
            let world = World::new();
            let search = world.search();
            let mut done = Vec::new();
            for (at, act) in acts.iter().enumerate() {
                world.act(at, *act, &mut done).await;
                if matches!(act, Act::Commit) {
                    world.found(&search).await;
                }
            }
            world.found(&search).await;
            let verified = search.compare_with_rebuild().unwrap();
            prop_assert_eq!(verified.finding, Finding::Identical);
            prop_assert_eq!(search.parked(), vec![]);
            Ok(())
        })?;
    });
}

#[tokio::test]
async fn a_restart_goes_on_where_it_stopped() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.found(&search).await;
    search.shutdown();
    drop(search);
    world.add(HOME, document(2), text("Two", "Open weekly.")).await;
    let search = world.search();
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "open").len(), 2);
    assert_eq!(search.status().state, ModelState::Live);
}

#[tokio::test]
async fn a_rebuild_is_swapped_in_and_the_old_files_go() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.add(NEXT_DOOR, document(2), text("Two", "Open daily.")).await;
    world.found(&search).await;
    search.rebuild(Swap::Auto).unwrap();
    world.add(HOME, document(3), text("Three", "Open monthly.")).await;
    search.rebuilt().await.unwrap();
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "open").len(), 2);
    assert_eq!(documents(&search, NEXT_DOOR, "open"), [document(2)]);
    let generations: Vec<_> =
        std::fs::read_dir(world.folder()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(generations, ["2"]);
}

fn segment_file(folder: &Path) -> PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "store") {
                return path;
            }
        }
    }
    panic!("no segment was written");
}

#[tokio::test]
async fn a_damaged_index_is_rebuilt_by_itself() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.found(&search).await;
    search.shutdown();
    drop(search);
    std::fs::remove_file(segment_file(&world.folder())).unwrap();
    world.add(HOME, document(2), text("Two", "Open weekly.")).await;
    let search = world.search();
    search.rebuilt().await.unwrap();
    world.found(&search).await;
    search.rebuilt().await.unwrap();
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "open").len(), 2);
}

#[tokio::test]
async fn an_index_of_another_log_is_set_aside() {
    let (world, other) = (World::new(), World::new());
    let search = other.search();
    other.add(HOME, document(9), text("Other", "Open never.")).await;
    other.found(&search).await;
    search.shutdown();
    drop(search);
    std::fs::rename(other.folder(), world.folder()).unwrap();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.meet(HOME, 1, "Ana").await;
    world.say(HOME, 1, message(1), "hello there").await;
    let search = world.search();
    world.found(&search).await;
    assert_eq!(documents(&search, HOME, "open"), [document(1)]);
    assert_eq!(messages(&search, HOME, "hello"), [message(1)]);
}

#[tokio::test]
async fn a_position_that_does_not_exist_is_refused_at_once() {
    let world = World::new();
    let search = world.search();
    let asked = search.at_least(Position(1), std::time::Duration::from_mins(1)).await;
    assert!(matches!(asked, Err(crate::SearchError::BeyondHead { .. })), "{asked:?}");
}

#[tokio::test]
async fn nothing_but_the_live_index_is_kept() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("One", "Open daily.")).await;
    world.found(&search).await;
    for refused in [search.rebuild(Swap::Manual), search.call_off(), Err(Search::none_beside())] {
        assert!(matches!(refused, Err(QueryError::NotNow { .. })), "{refused:?}");
    }
    assert_eq!(search.status().beside, None);
    assert_eq!(documents(&search, HOME, "open"), [document(1)]);
}
