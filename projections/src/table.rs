//! Reads the rows of one read model: one by its key, or many along an index.
//!
//! An entry is shown only if its row still has it: entries may be ahead of their rows, or left
//! over from a crash.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::fold::ReadModel;
use crate::store::{Store, StoreError, Stored, Walk, decode_row, keys};

/// Entries looked at for one page, at most: a filter that passes little gives short pages, each
/// with the token of the next, and never a long wait.
const SCAN_LIMIT: usize = 4_000;

/// Entries read at a time, at most.
const CHUNK: usize = 128;

/// The rows of a read model in some store.
pub struct Table<M> {
    store: Arc<dyn Store>,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Table<M> {
    fn clone(&self) -> Self {
        Self { store: Arc::clone(&self.store), model: PhantomData }
    }
}

impl<M> std::fmt::Debug for Table<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

/// Which part of the entries under a prefix is walked: places (the rest of an entry) on both sides.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part<'a> {
    /// The walk begins beyond this place.
    pub(crate) after: Option<&'a [u8]>,
    /// It sees no place before this one.
    pub(crate) from: Option<&'a [u8]>,
    /// It sees neither this place nor one behind it.
    pub(crate) to: Option<&'a [u8]>,
}

impl<'a> Part<'a> {
    /// The place beyond which the walk begins.
    fn begin(&self, walk: Walk) -> Option<&'a [u8]> {
        match walk {
            Walk::Forward => self.after.max(self.from),
            Walk::Backward => match (self.after, self.to) {
                (Some(after), Some(to)) => Some(after.min(to)),
                (after, to) => after.or(to),
            },
        }
    }

    /// Whether the part ends before this place.
    fn ends_before(&self, walk: Walk, place: &[u8]) -> bool {
        match walk {
            Walk::Forward => self.to.is_some_and(|to| place >= to),
            Walk::Backward => self.from.is_some_and(|from| place < from),
        }
    }
}

/// Part of a list.
pub(crate) struct Stretch<R> {
    /// The rows, in the order of the walk, each with the rest of its entry (or key) after the prefix.
    pub(crate) rows: Vec<(Vec<u8>, Stored<R>)>,
    /// Where to go on, if there may be more.
    pub(crate) next: Option<Vec<u8>>,
}

impl<M: ReadModel> Table<M> {
    /// Reads from `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, model: PhantomData }
    }

    /// The row of that key.
    pub fn row(&self, key: &[u8]) -> Result<Option<Stored<M::Row>>, StoreError> {
        let Some(bytes) = self.store.get(&keys::row(key))? else { return Ok(None) };
        decode_row(M::FORMAT, &bytes).map(Some)
    }

    /// At most `limit` rows whose keys begin with `prefix`, by key, beyond `after` (the rest of a
    /// key).
    pub(crate) fn rows_after(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Stretch<M::Row>, StoreError> {
        let prefix = keys::row(prefix);
        let after = after.map(|rest| [prefix.as_slice(), rest].concat());
        let found = self.store.entries(&prefix, after.as_deref(), Walk::Forward, limit)?;
        let mut rows = Vec::with_capacity(found.len());
        for (key, bytes) in found {
            let rest = key.get(prefix.len()..).unwrap_or_default().to_vec();
            rows.push((rest, decode_row(M::FORMAT, &bytes)?));
        }
        let next = rows.last().filter(|_| rows.len() == limit).map(|(rest, _)| rest.clone());
        Ok(Stretch { rows, next })
    }

    /// Rows along the entries that begin with `prefix`, beyond `after` (the rest of an entry).
    pub(crate) fn list(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        walk: Walk,
        limit: usize,
        keep: impl FnMut(&M::Row) -> bool,
    ) -> Result<Stretch<M::Row>, StoreError> {
        self.list_part(prefix, Part { after, ..Part::default() }, walk, limit, keep)
    }

    /// How many rows these entries lead to that `keep` keeps: each is looked at.
    pub(crate) fn count(
        &self,
        prefix: &[u8],
        keep: impl Fn(&M::Row) -> bool,
    ) -> Result<u64, StoreError> {
        let (mut counted, mut after) = (0, None);
        loop {
            let count = |row: &M::Row| {
                counted += u64::from(keep(row));
                false
            };
            let found = self.list(prefix, after.as_deref(), Walk::Forward, 1, count)?;
            after = found.next;
            if after.is_none() {
                return Ok(counted);
            }
        }
    }

    /// The same, of part of these entries: what lies outside of it is not looked at.
    pub(crate) fn list_part(
        &self,
        prefix: &[u8],
        part: Part<'_>,
        walk: Walk,
        limit: usize,
        mut keep: impl FnMut(&M::Row) -> bool,
    ) -> Result<Stretch<M::Row>, StoreError> {
        let mut rows = Vec::new();
        let begin = part.begin(walk);
        let mut from = begin.map(|rest| [prefix, rest].concat());
        let (mut looked_at, mut own) = (0, Vec::new());
        loop {
            // Often the first entries are the page, and one more tells whether there is another.
            let wanted = if looked_at == 0 { limit.saturating_add(1).min(CHUNK) } else { CHUNK };
            let chunk = self.store.entries(prefix, from.as_deref(), walk, wanted)?;
            let ended = chunk.len() < wanted;
            for (entry, key) in chunk {
                let rest = entry.get(prefix.len()..).unwrap_or_default().to_vec();
                if part.ends_before(walk, &rest) {
                    return Ok(Stretch { rows, next: None });
                }
                if rows.len() == limit || looked_at == SCAN_LIMIT {
                    // Stopped before this entry: go on after the one before it.
                    let next = from.as_deref().and_then(|at| at.get(prefix.len()..));
                    return Ok(Stretch { rows, next: next.map(<[u8]>::to_vec) });
                }
                looked_at += 1;
                if let Some(stored) = self.row(&key)? {
                    own.clear();
                    M::index(&key, &stored.row, &mut own);
                    if own.contains(&entry) && keep(&stored.row) {
                        rows.push((rest, stored));
                    }
                }
                from = Some(entry);
            }
            if ended {
                return Ok(Stretch { rows, next: None });
            }
        }
    }
}
