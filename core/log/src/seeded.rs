//! Two bugs on purpose, for the power-cut rig to catch. Only with the feature `seeded-bugs`.
//!
//! Both windows are wider than a slip of the pen would make them, so that a run of a few seconds
//! meets them: what is tested is whether the rig notices, not its luck.

use std::time::Duration;

use crate::append::{Clash, Committed};
use crate::error::AppendError;
use crate::options::SeededBug;
use crate::writer::Answers;

/// Only every so many batches are synced when answers do not wait for it.
const SYNC_EVERY: u32 = 32;

/// How long the writer dawdles after it answered from what is only staged.
const DAWDLE: Duration = Duration::from_millis(3);

/// The bug that was asked for.
pub(crate) struct Bug {
    which: Option<SeededBug>,
    batches: u32,
}

impl Bug {
    pub(crate) const fn new(which: Option<SeededBug>) -> Self {
        Self { which, batches: 0 }
    }

    /// Whether this batch goes without a sync: it was answered already.
    pub(crate) fn skips_sync(&self) -> bool {
        self.which == Some(SeededBug::AnswerBeforeSync) && !self.batches.is_multiple_of(SYNC_EVERY)
    }

    /// Takes out the answers that are given at once: all of them, or the refusals and drops that
    /// rely on a staged claim.
    pub(crate) fn leaked(&mut self, answers: &mut Answers) -> Answers {
        self.batches = self.batches.wrapping_add(1);
        match self.which {
            Some(SeededBug::AnswerBeforeSync) => std::mem::take(answers),
            Some(SeededBug::AnswerFromStaged) => {
                answers.extract_if(.., |(_, result)| relies_on_staged(result)).collect()
            }
            None => Answers::new(),
        }
    }

    /// Widens the window between answers from what is staged and the sync.
    pub(crate) fn dawdle(&self) {
        if self.which == Some(SeededBug::AnswerFromStaged) {
            std::thread::sleep(DAWDLE);
        }
    }
}

fn relies_on_staged(result: &Result<Committed, AppendError>) -> bool {
    let staged = |clash: &Clash| !clash.holder.synced;
    match result {
        Ok(Committed { outcomes, .. }) => {
            !outcomes.is_empty() && outcomes.iter().all(|one| one.as_ref().is_err_and(staged))
        }
        Err(AppendError::Clash(clash)) => staged(clash),
        Err(_) => false,
    }
}
