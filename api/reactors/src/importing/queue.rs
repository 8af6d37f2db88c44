//! Which jobs wait, which run: one of a workspace at a time, a few of all, the longest waiting first.

use std::collections::{HashSet, VecDeque};

use convolog_domain::WorkspaceId;
use convolog_log::Timestamp;
use tokio::task::{Id, JoinSet};

use super::Job;

/// Jobs that run side by side.
const AT_ONCE: usize = 4;

/// Every job that is not done.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<(Job, Timestamp)>,
    busy: Vec<(Id, Job)>,
    running: JoinSet<Option<i64>>,
}

impl Queue {
    /// One more, unless it is known.
    pub(super) fn add(&mut self, job: Job) {
        self.add_at(job, Timestamp(0));
    }

    fn add_at(&mut self, job: Job, at: Timestamp) {
        let known = self.waiting.iter().any(|(waiting, _)| *waiting == job)
            || self.busy.iter().any(|(_, busy)| *busy == job);
        if !known {
            self.waiting.push_back((job, at));
        }
    }

    /// Begins with those that are due and whose workspace has none running.
    pub(super) fn start_due<F>(&mut self, now: Timestamp, work: impl Fn(Job) -> F)
    where
        F: Future<Output = Option<i64>> + Send + 'static,
    {
        let mut taken: HashSet<WorkspaceId> =
            self.busy.iter().map(|(_, (workspace, _))| *workspace).collect();
        let mut left = VecDeque::new();
        for (job, at) in std::mem::take(&mut self.waiting) {
            let fits = self.busy.len() < AT_ONCE && at <= now && taken.insert(job.0);
            if fits {
                let handle = self.running.spawn(work(job));
                self.busy.push((handle.id(), job));
            } else {
                left.push_back((job, at));
            }
        }
        self.waiting = left;
    }

    /// Takes note of turns that ended. A job whose turn panicked is a bug of ours: it waits for the
    /// next start.
    pub(super) fn collect(&mut self, now: Timestamp) {
        while let Some(ended) = self.running.try_join_next_with_id() {
            let (id, again) = match ended {
                Ok(ended) => ended,
                Err(error) => {
                    tracing::error!(%error, "a turn at an import ended early");
                    (error.id(), None)
                }
            };
            let Some(at) = self.busy.iter().position(|(busy, _)| *busy == id) else { continue };
            let (_, job) = self.busy.remove(at);
            if let Some(rest) = again {
                self.add_at(job, Timestamp(now.0.saturating_add(rest)));
            }
        }
    }

    /// What was begun comes to the end of its step before the reactor ends.
    pub(super) async fn finish(mut self) {
        while self.running.join_next().await.is_some() {}
    }
}
