//! Who is who after merges: several contacts may be one person.
//!
//! A merged contact keeps its own row and identities; whoever goes on for it shows what is known of
//! all of them. Undoing a merge therefore needs no second fold.

use convolog_domain::{ContactId, WorkspaceId};

use crate::contacts::{ContactRow, Identity};
use crate::error::QueryError;
use crate::store::Stored;

/// How many contacts can have turned out to be one person before it counts as endless.
const PERSON_MAX: usize = 256;

/// Wherever rows of contacts come from: live, as of a position, or folded from the log.
pub trait People {
    /// One contact, under the id it was created with.
    fn contact(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError>;

    /// The contact that goes on for this one: itself, unless it was merged.
    fn standing(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let mut found = self.contact(workspace, id)?;
        for _ in 0..PERSON_MAX {
            let Some(into) = found.as_ref().and_then(|stored| stored.row.merged_into) else {
                break;
            };
            match self.contact(workspace, into)? {
                Some(next) => found = Some(next),
                None => break,
            }
        }
        Ok(found)
    }

    /// All ids that stand for the same person as this one: the contact that goes on first, then
    /// those merged into it.
    fn one_person(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Vec<ContactId>, QueryError> {
        let first = self.standing(workspace, id)?.map_or(id, |standing| standing.row.id);
        Ok(self.parts(workspace, first)?.0)
    }

    /// The contact that goes on for this one, with the identities and the newest name of everybody
    /// merged into it.
    fn person(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<Option<Stored<ContactRow>>, QueryError> {
        let Some(mut standing) = self.standing(workspace, id)? else { return Ok(None) };
        if standing.row.absorbed.is_empty() {
            return Ok(Some(standing));
        }
        let first = standing.row.id;
        let (_, parts) = self.parts(workspace, first)?;
        for part in parts.into_iter().filter(|part| part.row.id != first) {
            standing.position = standing.position.max(part.position);
            standing.row.take_in(part.row);
        }
        Ok(Some(standing))
    }

    /// The contact and everybody merged into it, breadth first, each once.
    fn parts(
        &self,
        workspace: WorkspaceId,
        id: ContactId,
    ) -> Result<(Vec<ContactId>, Vec<Stored<ContactRow>>), QueryError> {
        let (mut ids, mut rows, mut at) = (vec![id], Vec::new(), 0);
        while let Some(next) = ids.get(at).copied().filter(|_| at < PERSON_MAX) {
            at += 1;
            let Some(stored) = self.contact(workspace, next)? else { continue };
            for other in &stored.row.absorbed {
                if !ids.contains(other) {
                    ids.push(*other);
                }
            }
            rows.push(stored);
        }
        Ok((ids, rows))
    }
}

impl ContactRow {
    /// Adds what is known of a contact that was merged into this one. What one of them erased is
    /// erased for that part alone, by its own key.
    fn take_in(&mut self, other: Self) {
        for (key, new) in other.identities {
            let known = self.identities.entry(key).or_default();
            let Identity { position, since, until } = new;
            known.position = match (known.position, position) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            known.since = known.since.max(since);
            known.until = known.until.max(until);
        }
        for (scope, stopped) in other.stopped {
            let known = self.stopped.entry(scope).or_insert(stopped);
            if stopped.since < known.since {
                *known = stopped;
            }
        }
        let newer = |profile: &crate::contacts::Profile| (profile.at, profile.fingerprint);
        if other.profile.as_ref().map(newer) > self.profile.as_ref().map(newer) {
            self.profile = other.profile;
        }
    }
}
