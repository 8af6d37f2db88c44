//! The same group commit for every floor: one thread takes what waits, writes it, syncs once,
//! answers all.

use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::JoinHandle;

use convolog_log::Commit;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Something that can make a batch durable.
pub(super) trait Store: Send + 'static {
    /// Writes and syncs.
    fn write(&mut self, batch: &[Commit]) -> Result<(), Failure>;
}

struct Request {
    commit: Commit,
    answer: std::sync::mpsc::SyncSender<Result<(), String>>,
}

/// A store behind group commit.
pub(super) struct Group {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

/// Commits in one batch at most, as the log has it.
const BATCH: usize = 4_096;

impl Group {
    pub(super) fn new(store: impl Store) -> Self {
        let (requests, waiting) = channel();
        let thread = std::thread::spawn(move || serve(store, &waiting));
        Self { requests: Some(requests), thread: Some(thread) }
    }

    pub(super) fn append(&self, commit: Commit) -> Result<(), Failure> {
        let (answer, answered) = sync_channel(1);
        let requests = self.requests.as_ref().ok_or("closed")?;
        requests.send(Request { commit, answer })?;
        answered.recv()?.map_err(Into::into)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(mut store: impl Store, waiting: &Receiver<Request>) {
    while let Ok(first) = waiting.recv() {
        let mut commits = vec![first.commit];
        let mut answers = vec![first.answer];
        while commits.len() < BATCH
            && let Ok(request) = waiting.try_recv()
        {
            commits.push(request.commit);
            answers.push(request.answer);
        }
        let written = store.write(&commits).map_err(|error| error.to_string());
        for answer in answers {
            drop(answer.send(written.clone()));
        }
    }
}
