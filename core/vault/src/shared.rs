//! State, queue and file, and the order in which they are locked: store, then state, then queue.
//!
//! Changes are staged in memory at once and made durable together: whoever syncs first writes and
//! syncs for everybody who staged before. After a failed write nothing is answered any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Waker;

use parking_lot::{Condvar, Mutex, RwLock};

use crate::entry::Entry;
use crate::error::VaultError;
use crate::master::MasterKey;
use crate::state::State;
use crate::store::Store;

pub(crate) struct Shared {
    pub(crate) store: Mutex<Store>,
    pub(crate) state: RwLock<State>,
    pub(crate) queue: Mutex<Queue>,
    /// Wakes the thread that syncs for callers who must not block.
    pub(crate) work: Condvar,
    /// The generation that counts everything staged.
    assigned: AtomicU64,
    /// The generation that is on the disk.
    durable: AtomicU64,
    /// The epoch of the file.
    epoch: std::sync::atomic::AtomicU32,
}

#[derive(Default)]
pub(crate) struct Queue {
    staged: Vec<Entry>,
    wakers: Vec<(u64, Waker)>,
    failed: Option<String>,
    pub(crate) closed: bool,
}

impl Queue {
    /// Whether somebody waits without blocking.
    pub(crate) const fn is_awaited(&self) -> bool {
        !self.wakers.is_empty()
    }
}

impl Shared {
    pub(crate) fn new(store: Store, state: State) -> Arc<Self> {
        let (generation, epoch) = (store.generation(), store.header().epoch);
        Arc::new(Self {
            store: Mutex::new(store),
            state: RwLock::new(state),
            queue: Mutex::new(Queue::default()),
            work: Condvar::new(),
            assigned: AtomicU64::new(generation),
            durable: AtomicU64::new(generation),
            epoch: epoch.into(),
        })
    }

    pub(crate) fn assigned(&self) -> u64 {
        self.assigned.load(Ordering::SeqCst)
    }

    pub(crate) fn durable(&self) -> u64 {
        self.durable.load(Ordering::SeqCst)
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Answers what `find` sees; else takes in what `make` makes. At most one caller makes.
    pub(crate) fn find_or_stage<T>(
        &self,
        find: impl Fn(&State) -> Result<Option<T>, VaultError>,
        make: impl FnOnce() -> (Entry, T),
    ) -> Result<T, VaultError> {
        if let Some(found) = find(&self.state.read())? {
            return Ok(found);
        }
        let mut state = self.state.write();
        if let Some(found) = find(&state)? {
            return Ok(found);
        }
        let (entry, answer) = make();
        self.stage(&mut state, entry)?;
        Ok(answer)
    }

    /// Takes in one entry. The caller holds the state, so that the queue has the same order.
    pub(crate) fn stage(&self, state: &mut State, entry: Entry) -> Result<(), VaultError> {
        let mut queue = self.queue.lock();
        queue.check()?;
        queue.staged.push(entry.clone());
        self.assigned.fetch_add(1, Ordering::SeqCst);
        drop(queue);
        state.apply(entry);
        Ok(())
    }

    /// Returns when everything staged before the call is on the disk.
    pub(crate) fn sync(&self) -> Result<u64, VaultError> {
        let wanted = self.assigned();
        if self.durable() >= wanted {
            return Ok(self.durable());
        }
        let mut store = self.store.lock();
        // Somebody may have synced for us while we waited for the lock.
        if self.durable() < wanted {
            self.flush(&mut store)?;
        }
        Ok(self.durable())
    }

    fn flush(&self, store: &mut Store) -> Result<(), VaultError> {
        let (entries, upto) = {
            let mut queue = self.queue.lock();
            queue.check()?;
            (std::mem::take(&mut queue.staged), self.assigned())
        };
        let result = if entries.is_empty() { Ok(()) } else { store.append(&entries) };
        self.settle(result, upto)
    }

    /// Publishes the outcome of a write to all who wait for it.
    fn settle(&self, result: Result<(), VaultError>, upto: u64) -> Result<(), VaultError> {
        let mut queue = self.queue.lock();
        match &result {
            Ok(()) => self.durable.store(upto, Ordering::SeqCst),
            Err(e) => queue.failed = Some(e.to_string()),
        }
        let failed = queue.failed.is_some();
        let (ready, waiting) =
            queue.wakers.drain(..).partition(|(wanted, _)| failed || *wanted <= upto);
        queue.wakers = waiting;
        drop(queue);
        let ready: Vec<(u64, Waker)> = ready;
        for (_, waker) in ready {
            waker.wake();
        }
        result
    }

    /// Changes the state in memory and replaces the file by one that holds the result, under the
    /// next epoch. `change` gets the generation and epoch to be; if it answers that nothing changed,
    /// the file stays.
    pub(crate) fn rewrite<T>(
        &self,
        master: Option<MasterKey>,
        change: impl FnOnce(&mut State, u64, u32) -> (T, bool),
    ) -> Result<T, VaultError> {
        let mut store = self.store.lock();
        let epoch = store.header().epoch + 1;
        let (answer, entries, generation) = {
            let mut state = self.state.write();
            let mut queue = self.queue.lock();
            queue.check()?;
            let generation = self.assigned() + 1;
            let (answer, changed) = change(&mut state, generation, epoch);
            if !changed {
                return Ok(answer);
            }
            queue.staged.clear();
            self.assigned.store(generation, Ordering::SeqCst);
            (answer, state.entries(), generation)
        };
        let result = store.rewrite(&entries, generation, master);
        if result.is_ok() {
            self.epoch.store(epoch, Ordering::SeqCst);
        }
        self.settle(result, generation)?;
        Ok(answer)
    }

    /// Registers a waker for a generation; answers at once if it is durable or never will be.
    pub(crate) fn poll_durable(
        &self,
        wanted: u64,
        waker: &Waker,
    ) -> Option<Result<u64, VaultError>> {
        if self.durable() >= wanted {
            return Some(Ok(self.durable()));
        }
        let mut queue = self.queue.lock();
        if self.durable() >= wanted {
            return Some(Ok(self.durable()));
        }
        if let Err(e) = queue.check() {
            return Some(Err(e));
        }
        queue.wakers.push((wanted, waker.clone()));
        drop(queue);
        self.work.notify_one();
        None
    }

    /// What the background thread does: syncs whenever somebody awaits, and once at the end.
    pub(crate) fn run(&self) {
        loop {
            let closed = {
                let mut queue = self.queue.lock();
                while !queue.is_awaited() && !queue.closed {
                    self.work.wait(&mut queue);
                }
                queue.closed
            };
            let result = {
                let mut store = self.store.lock();
                self.flush(&mut store)
            };
            if let Err(error) = result {
                tracing::error!(%error, "the vault could not be written; restart to recover");
                self.fail_waiting();
            }
            if closed {
                return;
            }
        }
    }

    fn fail_waiting(&self) {
        let wakers = std::mem::take(&mut self.queue.lock().wakers);
        for (_, waker) in wakers {
            waker.wake();
        }
    }
}

impl Queue {
    fn check(&self) -> Result<(), VaultError> {
        self.failed.as_ref().map_or(Ok(()), |why| Err(VaultError::Poisoned(why.clone())))
    }
}
