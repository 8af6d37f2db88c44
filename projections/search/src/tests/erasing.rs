//! Whoever is erased is out of the index and out of its files.

use std::collections::BTreeSet;
use std::path::Path;

use convolog_domain::SubjectId;
use convolog_log::Clock;
use convolog_projections::Swap;

use super::world::{HOME, World, contact, document, documents, message, messages, text};
use crate::ContactSearch;

/// Every word that any file of the indexes below a folder holds: the terms of every segment that is
/// there, read by their format, and whatever stands in a file as it is.
fn files_with(folder: &Path, words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let holds =
        |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    let mut segments = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        found
            .extend(words.iter().filter(|word| holds(&bytes, word)).map(|word| (*word).to_owned()));
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        segments.extend(name.split('.').next().filter(|stem| stem.len() == 32).map(str::to_owned));
    }
    if !folder.join("meta.json").is_file() {
        return found;
    }
    let index = tantivy::Index::open_in_dir(folder).unwrap();
    for segment in index.searchable_segments().unwrap() {
        segments.remove(&segment.id().uuid_string());
        let reader = tantivy::SegmentReader::open(&segment).unwrap();
        for (field, entry) in index.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let inverted = reader.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while let Some((term, _)) = terms.next() {
                let held = words.iter().filter(|word| holds(term, word));
                found.extend(held.map(|word| format!("{word} in {}", entry.name())));
            }
        }
    }
    assert_eq!(segments, BTreeSet::new(), "files of segments that are gone");
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
    assert!(
        !files_with(&world.folder(), &CANARIES).is_empty(),
        "the test must be able to see them"
    );
    assert_eq!(search.erased_through(HOME, SubjectId(contact(1).0)).unwrap(), None);

    world.clock.advance_micros(5_000_000);
    world.erase(HOME, 1).await;
    world.found(&search).await;
    assert_eq!(messages(&search, HOME, "xylocanary OR editcanary"), []);
    let named = ContactSearch { text: "quetzalname".into(), limit: 5 };
    assert_eq!(search.contacts(HOME, &named).unwrap().hits, []);
    assert_eq!(messages(&search, HOME, "somebody"), [message(2)]);
    assert_eq!(documents(&search, HOME, "daily"), [document(1)]);
    assert_eq!(files_with(&world.folder(), &CANARIES), BTreeSet::new());
    let at = search.erased_through(HOME, SubjectId(contact(1).0)).unwrap();
    assert_eq!(at, Some(world.clock.now()));
    assert_eq!(search.compare_with_rebuild().unwrap().difference, None);
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
