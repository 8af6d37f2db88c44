//! A crash at any write: what is opened again converges to what a rebuild gives.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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
use crate::store::{Entry, MemoryStore, Store, StoreError, Walk};
use crate::transcripts::Transcripts;

/// A store that stops taking writes after some: what is in it is what a crash leaves.
#[derive(Default)]
struct Crashing {
    inner: MemoryStore,
    writes_left: AtomicUsize,
}

impl Crashing {
    fn spend(&self) -> Result<(), StoreError> {
        let spent = self
            .writes_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        spent.map(drop).map_err(|_| StoreError::Damaged { path: "crashed".into() })
    }
}

impl Store for Crashing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(key)
    }
    fn put(&self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.spend()?;
        self.inner.put(key, value)
    }
    fn remove(&self, key: &[u8]) -> Result<(), StoreError> {
        self.spend()?;
        self.inner.remove(key)
    }
    fn entries(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.inner.entries(prefix, after, walk, limit)
    }
    fn write_out(&self) -> Result<(), StoreError> {
        Ok(())
    }
    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
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
        Some(cursor) => Feed::<M>::resume(store, cursor, world.log.head()),
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

fn converges<M: ReadModel>(world: &World, writes: usize, stretch: usize, sync_every: usize) {
    let crashing =
        Arc::new(Crashing { writes_left: AtomicUsize::new(writes), ..Crashing::default() });
    let store: Arc<dyn Store> = crashing.clone();
    let cursor = Cursor::start(world.log.id(), M::VERSION, M::FORMAT);
    if let Ok(mut first) = Feed::<M>::begin(Arc::clone(&store), cursor) {
        let mut batches = 0;
        while let Some(batch) =
            Batch::read(&*world.log, first.position(), stretch, |_| true).unwrap()
        {
            batches += 1;
            if first.take(&batch).is_err() || (batches % sync_every == 0 && first.sync().is_err()) {
                break;
            }
        }
    }
    crashing.writes_left.store(usize::MAX, Ordering::SeqCst);
    let mut again = feed::<M>(&store, world);
    drain(&mut *again, world);
    let fresh: Arc<dyn Store> = Arc::new(MemoryStore::default());
    drain(&mut *feed::<M>(&fresh, world), world);
    let (_, difference) = crate::dump::compare(lines::<M>(&*store), lines::<M>(&*fresh)).unwrap();
    assert!(difference.is_none(), "{}: {}", M::NAME, difference.unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn after_a_crash_at_any_write_everything_converges(
        writes in 0..90_usize, stretch in 1..9_usize, sync_every in 1..4_usize,
    ) {
        let world = history();
        converges::<Conversations>(&world, writes, stretch, sync_every);
        converges::<Transcripts>(&world, writes, stretch, sync_every);
        converges::<Contacts>(&world, writes, stretch, sync_every);
    }
}

#[test]
fn the_cursor_never_promises_more_than_an_earlier_sync_covered() {
    let world = history();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let mut feed = feed::<Conversations>(&store, &world);
    let position = || Cursor::read(&*store).unwrap().unwrap().position;
    let mut covered = Position::START;
    while let Some(batch) = Batch::read(&*world.log, feed.position(), 5, |_| true).unwrap() {
        feed.take(&batch).unwrap();
        feed.sync().unwrap();
        assert_eq!(position(), covered, "what was taken since the last sync is not promised yet");
        covered = feed.position();
    }
    feed.close().unwrap();
    assert_eq!(position(), world.log.head());
}
