//! State, queue and file, and the order of their locks: rewriting, store, state, queue.
//!
//! Changes are staged in memory at once and made durable together: whoever syncs first writes and
//! syncs for everybody who staged before. After a failed write nothing is answered any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Wake, Waker};

use parking_lot::{Condvar, Mutex, RwLock};

use crate::entry::Entry;
use crate::error::VaultError;
use crate::fresh::Fresh;
use crate::master::MasterKey;
use crate::state::State;
use crate::store::Store;

pub(crate) struct Shared {
    pub(crate) store: Mutex<Store>,
    pub(crate) state: RwLock<State>,
    pub(crate) queue: Mutex<Queue>,
    /// Held through a whole rewrite; taken before any other lock.
    rewriting: Mutex<()>,
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
    /// While the file is rewritten: everything staged since its snapshot was taken.
    since: Option<Vec<Entry>>,
    /// A rewrite failed: memory has dropped what the file still holds.
    ahead: bool,
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
            rewriting: Mutex::new(()),
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
        if let Some(since) = &mut queue.since {
            since.push(entry.clone());
        }
        self.assigned.fetch_add(1, Ordering::SeqCst);
        drop(queue);
        state.apply(entry);
        Ok(())
    }

    /// Returns when everything staged before the call is on the disk. Whoever finds nobody writing
    /// writes for all; the others wait for the thread, which takes all of theirs together.
    pub(crate) fn sync(&self) -> Result<u64, VaultError> {
        let wanted = self.assigned();
        if self.durable() >= wanted {
            return Ok(self.durable());
        }
        if let Some(mut store) = self.store.try_lock() {
            self.flush(&mut store)?;
            return Ok(self.durable());
        }
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        loop {
            if let Some(answer) = self.poll_durable(wanted, &waker) {
                return answer;
            }
            std::thread::park();
        }
    }

    pub(crate) fn poisoned(&self) -> Option<String> {
        self.queue.lock().failed.clone()
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
    /// next epoch. Meanwhile others go on staging and syncing into the old file; what they add is
    /// carried over at the end. `change` says whether anything changed; if not, the file stays.
    ///
    /// If the new file cannot be written, the old one stays in use: memory is ahead of it then, and
    /// the next rewrite is made even if it changes nothing itself.
    pub(crate) fn rewrite<C>(
        &self,
        master: Option<MasterKey>,
        change: impl FnOnce(&mut State) -> (C, bool),
    ) -> Result<C, VaultError> {
        let _one_at_a_time = self.rewriting.lock();
        let (answer, entries) = {
            let mut state = self.state.write();
            let mut queue = self.queue.lock();
            queue.check()?;
            let (answer, changed) = change(&mut state);
            queue.ahead |= changed;
            if !queue.ahead {
                return Ok(answer);
            }
            queue.since = Some(Vec::new());
            (answer, state.entries())
        };
        let fresh = match self.write_fresh(master.as_ref(), &entries) {
            Ok(fresh) => fresh,
            Err(error) => {
                self.queue.lock().since = None;
                self.store.lock().discard_fresh();
                return Err(error);
            }
        };
        drop(entries);
        self.install(fresh, master)?;
        Ok(answer)
    }

    /// The long part of a rewrite: nobody waits for it.
    fn write_fresh(
        &self,
        master: Option<&MasterKey>,
        entries: &[Entry],
    ) -> Result<Fresh, VaultError> {
        let mut fresh = self.store.lock().begin(master)?;
        fresh.push(entries)?;
        fresh.settle()?;
        Ok(fresh)
    }

    /// The short part: adds what came meanwhile and gives the file its name.
    fn install(&self, mut fresh: Fresh, master: Option<MasterKey>) -> Result<(), VaultError> {
        let mut store = self.store.lock();
        let epoch = store.header().epoch + 1;
        let (late, generation) = {
            let mut state = self.state.write();
            let mut queue = self.queue.lock();
            let generation = self.assigned() + 1;
            let mut late = queue.since.take().unwrap_or_default();
            late.extend(state.settle_marks(generation, epoch));
            queue.staged.clear();
            self.assigned.store(generation, Ordering::SeqCst);
            (late, generation)
        };
        let result = fresh.push(&late).and_then(|()| store.install(fresh, generation, master));
        if result.is_ok() {
            self.epoch.store(epoch, Ordering::SeqCst);
            self.queue.lock().ahead = false;
        }
        self.settle(result, generation)
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

/// Wakes a thread that waits in [`Shared::sync`].
struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

impl Queue {
    fn check(&self) -> Result<(), VaultError> {
        self.failed.as_ref().map_or(Ok(()), |why| Err(VaultError::Poisoned(why.clone())))
    }
}
