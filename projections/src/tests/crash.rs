//! A crash at any moment: what is opened again converges to what a rebuild gives.

use std::sync::Arc;

use convolog_log::{EventLog, Position};
use proptest::prelude::*;

use super::world::{NOW, World, message, status};
use crate::Batch;
use crate::contacts::Contacts;
use crate::conversations::Conversations;
use crate::cursor::Cursor;
use crate::dump::lines;
use crate::feed::{Feed, Feeding};
use crate::fold::ReadModel;
use crate::store::{Entry, MemoryStore, Store, StoreError, Walk, keys};
use crate::transcripts::Transcripts;

/// A store that can crash: what was put since the last sync is gone then.
#[derive(Default)]
struct Crashing {
    now: MemoryStore,
    synced: MemoryStore,
}

impl Crashing {
    /// What is there after a crash.
    fn crash(&self) -> Arc<dyn Store> {
        Arc::new(self.synced.copy())
    }
}

impl Store for Crashing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.now.get(key)
    }
    fn put(&self, key: &[u8], value: &[u8]) {
        self.now.put(key, value);
    }
    fn remove(&self, key: &[u8]) {
        self.now.remove(key);
    }
    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.now.entries(prefix, after, walk, limit)
    }
    fn unsynced(&self) -> u64 {
        0
    }
    fn sync(&self) -> Result<(), StoreError> {
        self.synced.become_like(&self.now);
        Ok(())
    }
    fn sync_soon(&self) -> Result<(), StoreError> {
        self.sync()
    }
    fn give_up(&self) {}
    fn bytes(&self) -> u64 {
        0
    }
}

/// A feed that goes on where the store's cursor says, or begins it.
pub(super) fn feed<M: ReadModel>(store: &Arc<dyn Store>, world: &World) -> Box<dyn Feeding> {
    let store = Arc::clone(store);
    let feed = match Cursor::read(&*store).unwrap() {
        Some(cursor) => Feed::<M>::resume(store, cursor),
        None => Feed::<M>::begin(store, Cursor::start(world.log.id(), M::VERSION, M::FORMAT)),
    };
    Box::new(feed.unwrap())
}

/// Feeds everything there is.
pub(super) fn drain(feed: &mut dyn Feeding, world: &World) {
    while let Some(batch) = Batch::read(&*world.log, feed.position(), 3, |_| true).unwrap() {
        feed.take(&batch).unwrap();
    }
}

/// A history that moves rows along their indexes.
fn history() -> World {
    let world = World::new();
    for n in 1..4 {
        world.meet(n, "Ana");
        world.open(n);
        for k in 0..4 {
            let id = 10 * n + k;
            world.hear(n, id, NOW - 100 + i64::try_from(id).unwrap(), "hello");
            world.say(n, status(id, "delivered", NOW), None);
        }
        world.name(n, "Ana Maria", NOW + 1);
    }
    // A telling that moves a message to an earlier second.
    let mut earlier = super::world::facts(11, NOW - 500);
    earlier.rank = 9;
    world.say(1, convolog_domain::conversation::MessageEnriched { facts: earlier }, Some("more"));
    assert_eq!(message(11).0.as_u128(), 0x300B);
    world
}

/// Feeds `batches` stretches, syncing now and then, crashes, and goes on.
fn converges<M: ReadModel>(world: &World, batches: usize, stretch: usize, sync_every: usize) {
    let crashing = Arc::new(Crashing::default());
    let cursor = Cursor::start(world.log.id(), M::VERSION, M::FORMAT);
    let mut first = Feed::<M>::begin(crashing.clone(), cursor).unwrap();
    let mut promised = Position::START;
    for taken in 1..=batches {
        let batch = Batch::read(&*world.log, first.position(), stretch, |_| true).unwrap();
        let Some(batch) = batch else { break };
        first.take(&batch).unwrap();
        if taken % sync_every == 0 {
            first.sync().unwrap();
            promised = first.position();
        }
    }
    let store = crashing.crash();
    let mut again = feed::<M>(&store, world);
    assert_eq!(again.position(), promised, "the cursor says what the last sync covered");
    drain(&mut *again, world);
    let fresh: Arc<dyn Store> = Arc::new(MemoryStore::default());
    drain(&mut *feed::<M>(&fresh, world), world);
    let (_, difference) = crate::dump::compare(lines::<M>(&*store), lines::<M>(&*fresh)).unwrap();
    assert!(difference.is_none(), "{}: {}", M::NAME, difference.unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn after_a_crash_at_any_moment_everything_converges(
        batches in 0..40_usize, stretch in 1..9_usize, sync_every in 1..6_usize,
    ) {
        let world = history();
        converges::<Conversations>(&world, batches, stretch, sync_every);
        converges::<Transcripts>(&world, batches, stretch, sync_every);
        converges::<Contacts>(&world, batches, stretch, sync_every);
    }
}

/// A row that cannot be read on the way: the batch leaves nothing behind.
#[test]
fn a_batch_that_fails_leaves_the_store_as_it_was() {
    let world = history();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let mut feed = feed::<Conversations>(&store, &world);
    let batch = Batch::read(&*world.log, Position::START, 9, |_| true).unwrap().unwrap();
    feed.take(&batch).unwrap();
    let entries = || store.entries(&[], None, Walk::Forward, usize::MAX).unwrap();
    let row = entries().into_iter().find(|(key, _)| key[0] == keys::ROWS).unwrap();
    store.put(&row.0, b"nonsense");
    let before = entries();
    let rest = Batch::read(&*world.log, feed.position(), 1_000, |_| true).unwrap().unwrap();
    assert!(feed.take(&rest).is_err());
    assert_eq!(entries(), before);
    store.put(&row.0, &row.1);
    feed.take(&rest).unwrap();
    assert_eq!(feed.position(), world.log.head());
}
