//! What an index holds of somebody, and when an erasure had taken everything out.

use std::collections::BTreeSet;
use std::time::Duration;

use convolog_domain::{SubjectId, WorkspaceId};
use convolog_log::{Position, Timestamp};
use uuid::Uuid;

use crate::error::SearchError;
use crate::index::{Key, Kind, Row, id_term};
use crate::search::Search;

/// How often it is looked whether an index that is still being read was written anew.
const LOOK: Duration = Duration::from_millis(50);

impl Search {
    /// How many items concern any of these people: messages, names.
    pub fn items_about(
        &self,
        workspace: WorkspaceId,
        subjects: impl IntoIterator<Item = Uuid>,
    ) -> Result<u64, SearchError> {
        let Some(shard) = self.shard(workspace)? else { return Ok(0) };
        let searcher = shard.searcher();
        let mut found = BTreeSet::new();
        for subject in subjects {
            let term = id_term(shard.fields().subject, subject);
            found.extend(shard.addresses(&searcher, &term)?);
        }
        Ok(u64::try_from(found.len()).unwrap_or(u64::MAX))
    }

    /// When everything of somebody was out of the index and its files; none if it is not, or may
    /// still stand in one that is being rebuilt.
    pub fn erased_through(
        &self,
        workspace: WorkspaceId,
        subject: SubjectId,
    ) -> Result<Option<Timestamp>, SearchError> {
        let Some(shard) = self.shard(workspace)? else { return Ok(None) };
        let Some(Row::Erased(stored)) = shard.row(Key { kind: Kind::Erased, id: subject.0 })?
        else {
            return Ok(None);
        };
        let building = self.building().filter(|building| building.generation.is_some());
        let done = building.is_none_or(|building| building.written >= stored.position);
        Ok(done.then_some(stored.row))
    }

    /// Waits until the erasure of these people, which stands at `position`, is out of the index and
    /// its files. The time at which it was; none when `patience` is over.
    ///
    /// # Errors
    /// As [`Search::at_least`], but for [`SearchError::NotYet`].
    pub async fn erased(
        &self,
        workspace: WorkspaceId,
        subjects: &[SubjectId],
        position: Position,
        patience: Duration,
    ) -> Result<Option<Timestamp>, SearchError> {
        let looked = async {
            self.at_least(position, patience).await?;
            let mut watch = tokio::time::interval(LOOK);
            loop {
                watch.tick().await;
                if let Some(at) = self.all_erased(workspace, subjects)? {
                    return Ok(Some(at));
                }
            }
        };
        match tokio::time::timeout(patience, looked).await {
            Ok(Err(SearchError::NotYet { .. })) | Err(_) => Ok(None),
            Ok(found) => found,
        }
    }

    /// When everything of all of these people was out; none while it is not.
    pub fn all_erased(
        &self,
        workspace: WorkspaceId,
        subjects: &[SubjectId],
    ) -> Result<Option<Timestamp>, SearchError> {
        let mut last = None;
        for subject in subjects {
            let Some(at) = self.erased_through(workspace, *subject)? else { return Ok(None) };
            last = last.max(Some(at));
        }
        Ok(last)
    }
}
