//! Whoever is erased is out of the index and out of its files.

use std::collections::BTreeSet;
use std::path::Path;

use convolog_domain::SubjectId;
use convolog_log::Clock;
use convolog_projections::{Finding, Swap};

use super::world::{HOME, World, contact, document, documents, message, messages, text};
use crate::{Held, NameSearch, is_index, look_through};

/// The words that any file below a folder holds, as its bytes stand there or by the format of an
/// index.
fn files_with(folder: &Path, words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut look = |bytes: &[u8], place: &str| {
        for word in words {
            if bytes.windows(word.len()).any(|part| part == word.as_bytes()) {
                found.insert(format!("{word} {place}"));
            }
        }
    };
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                look(&std::fs::read(&path).unwrap(), "in the bytes of a file");
            }
        }
        if is_index(&folder) {
            let texts: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
            let count = look_through(&folder, &texts, &mut |held| match held {
                Held::Term(bytes) => look(bytes, "as a term"),
                Held::Stored(bytes) => look(bytes, "as something stored"),
                Held::Words(number) => look(texts[number].as_bytes(), "by its words"),
            });
            assert!(count.unwrap() > 0);
        }
    }
    found
}

const CANARIES: [&str; 3] = ["xylocanary", "quetzalname", "editcanary"];

#[tokio::test]
async fn no_byte_of_an_erased_person_is_left_in_any_file() {
    let world = World::new();
    let search = world.search();
    world.add(HOME, document(1), text("Hours", "Open daily.")).await;
    world.meet(HOME, 1, "Quetzalname").await;
    world.meet(HOME, 2, "Somebody Else").await;
    world.say(HOME, 1, message(1), "xylocanary was here").await;
    world.say(HOME, 2, message(2), "and somebody else too").await;
    world.found(&search).await;
    world.say(HOME, 1, message(3), "before the edit").await;
    world.edit(HOME, 1, message(3), "editcanary after it").await;
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "xylocanary OR editcanary").len(), 2);
    let before = files_with(&world.folder(), &CANARIES);
    for canary in CANARIES {
        for place in ["as a term", "by its words"] {
            assert!(before.contains(&format!("{canary} {place}")), "{before:?}");
        }
    }
    assert_eq!(search.items_about(HOME, [contact(1).0]).unwrap(), 3);
    assert_eq!(search.erased_through(HOME, SubjectId(contact(1).0)).unwrap(), None);

    world.clock.advance_micros(5_000_000);
    world.erase(HOME, 1).await;
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "xylocanary OR editcanary"), []);
    let named = NameSearch { text: "quetzalname".into(), limit: 5 };
    assert_eq!(search.contacts(HOME, &named).unwrap().hits, []);
    assert_eq!(messages(&search, HOME, "somebody"), [message(2)]);
    assert_eq!(documents(&search, HOME, "daily"), [document(1)]);
    assert_eq!(files_with(&world.folder(), &CANARIES), BTreeSet::new());
    let at = search.erased_through(HOME, SubjectId(contact(1).0)).unwrap();
    assert_eq!(at, Some(world.clock.now()));
    assert_eq!(search.items_about(HOME, [contact(1).0]).unwrap(), 0);
    assert_eq!(search.compare_with_rebuild().unwrap().finding, Finding::Identical);
}

#[tokio::test]
async fn what_is_deleted_or_belongs_to_nobody_is_seen_as_long_as_it_lies_there() {
    let world = World::new();
    world.add(HOME, document(1), text("Hours", "Open on xylodays.")).await;
    world.add(HOME, document(2), text("Prices", "Free of charge, always.")).await;
    // Both in one segment, because they are there before the index is.
    let search = world.search();
    world.found(&search).await;
    world.update(HOME, document(1), text("Hours", "Open on workdays.")).await;
    world.found(&search).await;
    search.shutdown();
    let index = world.folder().join("1").join(HOME.0.to_string());
    let deleted = files_with(&index, &["xyloda", "always FREE"]);
    for seen in ["xyloda as a term", "xyloda as something stored", "always FREE by its words"] {
        assert!(deleted.contains(seen), "{deleted:?}");
    }
    // A segment that the index does not know of any more.
    let stray = world.folder().join("stray");
    std::fs::create_dir(&stray).unwrap();
    for entry in std::fs::read_dir(&index).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, stray.join(path.file_name().unwrap())).unwrap();
    }
    let meta = std::fs::read_to_string(stray.join("meta.json")).unwrap();
    let mut meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
    meta["segments"] = serde_json::json!([]);
    std::fs::write(stray.join("meta.json"), meta.to_string()).unwrap();
    assert!(files_with(&stray, &["workda"]).contains("workda as a term"));
}

#[tokio::test]
async fn a_rebuild_after_an_erasure_knows_nothing_of_the_person_either() {
    let world = World::new();
    let search = world.search();
    world.meet(HOME, 1, "Quetzalname").await;
    world.say(HOME, 1, message(1), "xylocanary").await;
    world.erase(HOME, 1).await;
    world.found(&search).await;
    search.rebuild(Swap::Auto).unwrap();
    search.rebuilt().await.unwrap();
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "xylocanary"), []);
    assert_eq!(files_with(&world.folder(), &CANARIES), BTreeSet::new());
    assert!(search.erased_through(HOME, SubjectId(contact(1).0)).unwrap().is_some());
}

/// A copy of a generation, as a rebuild that was not done.
fn leave_unfinished(world: &World) {
    let (done, begun) = (world.folder().join("1"), world.folder().join("2"));
    let mut folders = vec![(done, begun.clone())];
    while let Some((from, to)) = folders.pop() {
        std::fs::create_dir(&to).unwrap();
        for entry in std::fs::read_dir(&from).unwrap() {
            let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
            if path.is_dir() {
                folders.push((path, to.join(name)));
            } else {
                std::fs::copy(path, to.join(name)).unwrap();
            }
        }
    }
    let cursor = std::fs::read_to_string(begun.join("CURSOR")).unwrap();
    let mut cursor: serde_json::Value = serde_json::from_str(&cursor).unwrap();
    assert_eq!(std::mem::replace(&mut cursor["complete"], false.into()), true);
    std::fs::write(begun.join("CURSOR"), cursor.to_string()).unwrap();
}

#[tokio::test]
async fn an_unfinished_rebuild_is_freed_of_whoever_was_erased_since() {
    let world = World::new();
    let search = world.search();
    world.meet(HOME, 1, "Quetzalname").await;
    world.say(HOME, 1, message(1), "xylocanary").await;
    world.found(&search).await;
    search.shutdown();
    drop(search);
    leave_unfinished(&world);
    world.erase(HOME, 1).await;
    let search = world.search();
    search.rebuilt().await.unwrap();
    world.found(&search).await;
    assert_eq!(search.status().generation, Some(2));
    assert_eq!(files_with(&world.folder(), &CANARIES), BTreeSet::new());
    assert!(search.erased_through(HOME, SubjectId(contact(1).0)).unwrap().is_some());
}
