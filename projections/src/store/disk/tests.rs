//! The store on the disk against a plain map: whatever is put, removed, synced and opened again.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::{Disk, DiskStore};
use crate::store::{Entry, Store, StoreError, Walk};

/// What is done to a store.
#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8),
    Remove(u8),
    Sync,
    SyncSoon,
    /// Closed without a sync, and opened again.
    Crash,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (any::<u8>(), any::<u8>()).prop_map(|(key, value)| Step::Put(key, value)),
        3 => any::<u8>().prop_map(Step::Remove),
        2 => Just(Step::Sync),
        2 => Just(Step::SyncSoon),
        1 => Just(Step::Crash),
    ];
    proptest::collection::vec(step, 1..120)
}

fn everything(store: &DiskStore, walk: Walk) -> Vec<Entry> {
    store.entries(&[], None, walk, usize::MAX).unwrap()
}

type Map = BTreeMap<Vec<u8>, Vec<u8>>;

/// The states that a crash may leave: one for each sync that may or may not have come to its end.
fn is_one_of(found: &[Entry], states: &[Map]) -> Option<Map> {
    let same =
        |state: &&Map| state.iter().map(|(k, v)| (k.clone(), v.clone())).eq(found.iter().cloned());
    states.iter().find(same).cloned()
}

fn walks_both_ways(store: &DiskStore, map: &Map) {
    let expected: Vec<Entry> = map.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    assert_eq!(everything(store, Walk::Forward), expected);
    let mut backward = everything(store, Walk::Backward);
    backward.reverse();
    assert_eq!(backward, expected);
    for key in 0..=u8::MAX {
        assert_eq!(store.get(&[key]).unwrap().as_ref(), map.get(&vec![key]));
    }
}

fn run(path: &Path, steps: &[Step]) {
    let disk = Disk::new(1 << 20);
    let mut store = DiskStore::open(path, &disk).unwrap();
    // What is there now, and what may be there after a crash: the last is what surely is.
    let (mut map, mut synced) = (Map::new(), vec![Map::new()]);
    for step in steps {
        match step {
            Step::Put(key, value) => {
                store.put(&[*key], &[*value]);
                map.insert(vec![*key], vec![*value]);
            }
            Step::Remove(key) => {
                store.remove(&[*key]);
                map.remove(&vec![*key]);
            }
            Step::Sync => {
                store.sync().unwrap();
                synced = vec![map.clone()];
            }
            Step::SyncSoon => {
                store.sync_soon().unwrap();
                synced.push(map.clone());
            }
            Step::Crash => {
                drop(store);
                store = DiskStore::open(path, &disk).unwrap();
                map = is_one_of(&everything(&store, Walk::Forward), &synced).unwrap();
                synced = vec![map.clone()];
            }
        }
    }
    walks_both_ways(&store, &map);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_store_is_what_some_sync_left_and_what_was_put_since(steps in steps()) {
        let dir = tempfile::tempdir().unwrap();
        run(&dir.path().join("1"), &steps);
    }
}

#[test]
fn nobody_opens_a_store_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (path, disk) = (dir.path().join("1"), Disk::default());
    let store = DiskStore::open(&path, &disk).unwrap();
    assert!(DiskStore::lies_in(&path));
    assert!(matches!(DiskStore::open(&path, &disk), Err(StoreError::InUse { .. })));
    drop(store);
    DiskStore::open(&path, &disk).unwrap();
}

#[test]
fn a_damaged_table_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("1");
    {
        let store = DiskStore::open(&path, &Disk::default()).unwrap();
        for key in 0..2_000_u16 {
            store.put(&key.to_be_bytes(), &[7; 64]);
        }
        store.sync().unwrap();
    }
    let tables = std::fs::read_dir(path.join("tables")).unwrap();
    for table in tables.map(|table| table.unwrap().path()) {
        let mut bytes = std::fs::read(&table).unwrap();
        bytes[1_000] ^= 1;
        std::fs::write(&table, bytes).unwrap();
    }
    let read = DiskStore::open(&path, &Disk::default())
        .and_then(|store| store.entries(&[], None, Walk::Forward, usize::MAX));
    assert!(matches!(read, Err(StoreError::Damaged { .. })), "{read:?}");
}

#[test]
fn a_store_that_was_given_up_goes_with_its_last_reader() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("1");
    let store = DiskStore::open(&path, &Disk::default()).unwrap();
    store.put(b"a", b"b");
    store.sync_soon().unwrap();
    store.give_up();
    assert_eq!(store.get(b"a").unwrap().unwrap(), b"b");
    drop(store);
    assert!(!path.exists());
}
