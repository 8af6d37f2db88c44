//! Counting and listing the recipients of a broadcast.

use std::collections::BTreeMap;

use convolog_domain::{BroadcastId, WorkspaceId};

use super::{BY_OUTCOME, Outcome, RecipientRow, Recipients};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::Walk;
use crate::store::keys::Key;
use crate::table::Table;

/// Rows read at a time.
const CHUNK: usize = 500;

/// How many recipients came to what.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// By what became of them.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Those that failed, by the platform's code.
    pub failed: BTreeMap<i64, u64>,
    /// Those that were passed over, by the reason.
    pub skipped: BTreeMap<String, u64>,
}

impl Table<Recipients> {
    /// How many came to what: all of them are looked at.
    pub fn counts(
        &self,
        workspace: WorkspaceId,
        broadcast: BroadcastId,
    ) -> Result<Counts, QueryError> {
        let prefix = Key::part().uuid(workspace.0).uuid(broadcast.0).done();
        let (mut counts, mut after) = (Counts::default(), None);
        loop {
            let found = self.rows_after(&prefix, after.as_deref(), CHUNK)?;
            for (_, stored) in found.rows {
                counts.take(&stored.row);
            }
            after = found.next;
            if after.is_none() {
                return Ok(counts);
            }
        }
    }

    /// A page of recipients in their order, all or those who came to this.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn recipients(
        &self,
        (workspace, broadcast): (WorkspaceId, BroadcastId),
        outcome: Option<Outcome>,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<RecipientRow>, QueryError> {
        let code = outcome.map_or(u8::MAX, Outcome::code);
        let asked: [&[u8]; 3] = [workspace.0.as_bytes(), broadcast.0.as_bytes(), &[code]];
        let question = Question::new("recipients", &asked);
        let after = page.map(|token| question.place(token)).transpose()?;
        let found = if let Some(outcome) = outcome {
            let of = Key::of(BY_OUTCOME).uuid(workspace.0).uuid(broadcast.0);
            let prefix = of.u8(outcome.code()).done();
            self.list(&prefix, after.as_deref(), Walk::Forward, limit, |_| true)?
        } else {
            let prefix = Key::part().uuid(workspace.0).uuid(broadcast.0).done();
            self.rows_after(&prefix, after.as_deref(), limit)?
        };
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored.row).collect(), next })
    }

    /// The first of those who came to this, at most so many.
    pub fn first_of(
        &self,
        (workspace, broadcast): (WorkspaceId, BroadcastId),
        outcome: Outcome,
        limit: usize,
    ) -> Result<Vec<RecipientRow>, QueryError> {
        Ok(self.recipients((workspace, broadcast), Some(outcome), None, limit)?.items)
    }
}

impl Counts {
    fn take(&mut self, row: &RecipientRow) {
        let outcome = row.outcome();
        *self.outcomes.entry(outcome).or_default() += 1;
        match outcome {
            Outcome::Failed => {
                for code in &row.codes {
                    *self.failed.entry(*code).or_default() += 1;
                }
            }
            Outcome::Suppressed | Outcome::Skipped => {
                let reason = row.skipped.clone().unwrap_or_else(|| "opted_out".to_owned());
                *self.skipped.entry(reason).or_default() += 1;
            }
            _ => {}
        }
    }
}
