//! Things as they are or as they stood at a position, and the lists of them by creation.
//!
//! Owns what all read models share whose rows are each made of one stream: at a position, a row that
//! has changed since is folded again from its stream, with the same fold, into a store in memory. A
//! list is exact by creation: what had begun by then is found in the live index, and shown as it stood.

use std::sync::Arc;

use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::Stream;
use convolog_log::{EventLog, Position, Record};
use uuid::Uuid;

use crate::batch::Batch;
use crate::error::QueryError;
use crate::fold::{ReadModel, RowKey};
use crate::overlay::Overlay;
use crate::page::{Page, Question};
use crate::parked::ParkedStreams;
use crate::rows::Rows;
use crate::store::keys::Key;
use crate::store::{MemoryStore, Stored, Walk};
use crate::table::{Stretch, Table};

/// Events of a stream read at a time.
const STRETCH: usize = 1_024;

/// Things looked at for one page, at most: where few pass, a page is short and has a next one.
const LOOKED_AT_MAX: usize = 2_000;

/// A read model that has one row for each stream of a kind.
pub trait OneStream: ReadModel {
    /// The kind of these streams.
    const STREAM: StreamKind;

    /// Which stream a row is made of.
    fn id(row: &Self::Row) -> Uuid;

    /// Where the stream's thing began; none while there is nothing to show.
    fn began(row: &Self::Row) -> Option<Position>;

    /// The key of the row that is made of a stream.
    fn row_key(workspace: WorkspaceId, id: Uuid) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id).done()
    }
}

/// A list by creation that is asked for.
pub(crate) struct Asked<'a> {
    /// Whose things.
    pub(crate) workspace: WorkspaceId,
    /// What its page tokens belong to.
    pub(crate) question: Question,
    /// Where it goes on.
    pub(crate) page: Option<&'a str>,
    /// In which order.
    pub(crate) walk: Walk,
    /// How many at the most.
    pub(crate) limit: usize,
}

impl<M: OneStream> Table<M> {
    /// One thing; none if it has not begun.
    pub(crate) fn one(
        &self,
        workspace: WorkspaceId,
        id: Uuid,
    ) -> Result<Option<Stored<M::Row>>, QueryError> {
        let stored = self.row(&M::row_key(workspace, id))?;
        Ok(stored.filter(|stored| M::began(&stored.row).is_some()))
    }
}

impl Rows {
    /// One thing, now or as it stood.
    pub(crate) fn one<M: OneStream>(
        &self,
        table: &Table<M>,
        workspace: WorkspaceId,
        id: Uuid,
    ) -> Result<Option<Stored<M::Row>>, QueryError> {
        match table.one(workspace, id)? {
            Some(live) => self.as_it_stood::<M>(workspace, live),
            None => Ok(None),
        }
    }

    /// A page of a list by creation, now or as it stood. `stretch` reads the live index beyond a place,
    /// keeping what it is told to keep; `passes` filters things as they are shown.
    pub(crate) fn by_creation<M: OneStream>(
        &self,
        asked: &Asked<'_>,
        stretch: impl Fn(
            Option<&[u8]>,
            usize,
            &dyn Fn(&M::Row) -> bool,
        ) -> Result<Stretch<M::Row>, QueryError>,
        passes: impl Fn(&M::Row) -> bool,
    ) -> Result<Page<Stored<M::Row>>, QueryError> {
        let cut = self.position();
        // What is shown as it is can be filtered where it is found.
        let had_begun = |row: &M::Row| match (M::began(row), cut) {
            (Some(position), Some(cut)) => position <= cut,
            (began, _) => began.is_some() && passes(row),
        };
        let within = |place: &Vec<u8>| {
            asked.walk == Walk::Backward || cut.is_none_or(|cut| *place <= place_of(cut))
        };
        let given = asked.page.map(|token| asked.question.place(token)).transpose()?;
        let mut after = given.or_else(|| cut.and_then(|cut| start(asked.walk, cut)));
        let (mut items, mut looked_at) = (Vec::new(), 0);
        loop {
            let wanted = asked.limit.saturating_sub(items.len());
            let found = stretch(after.as_deref(), wanted, &had_begun)?;
            // A stretch that is short and goes on has seen all that one look may see.
            let seen_enough = found.rows.len() < wanted;
            looked_at += found.rows.len();
            for (_, live) in found.rows {
                let then = self.as_it_stood::<M>(asked.workspace, live)?;
                items.extend(then.filter(|then| passes(&then.row)));
            }
            after = found.next.filter(within);
            if items.len() >= asked.limit
                || after.is_none()
                || seen_enough
                || looked_at >= LOOKED_AT_MAX
            {
                return Ok(Page { items, next: after.map(|place| asked.question.token(&place)) });
            }
        }
    }

    /// A live row as it stood, if it has changed since.
    fn as_it_stood<M: OneStream>(
        &self,
        workspace: WorkspaceId,
        live: Stored<M::Row>,
    ) -> Result<Option<Stored<M::Row>>, QueryError> {
        match self.position() {
            Some(cut) if live.position > cut => self.fold::<M>(workspace, M::id(&live.row), cut),
            _ => Ok(Some(live)),
        }
    }

    /// One thing, folded from its stream up to a position, whether or not the live rows have got there.
    pub(crate) fn fold<M: OneStream>(
        &self,
        workspace: WorkspaceId,
        id: Uuid,
        cut: Position,
    ) -> Result<Option<Stored<M::Row>>, QueryError> {
        let store = Arc::new(MemoryStore::default());
        let stream = Stream::new(workspace, M::STREAM, id);
        fold_streams::<M>(&**self.models().log(), &[stream], cut, &store)?;
        Table::<M>::new(store).one(workspace, id)
    }
}

/// Where what began at a position stands in an index by creation.
pub(crate) fn place_of(position: Position) -> Vec<u8> {
    Key::part().u64(position.0).done()
}

/// Where a list by creation starts that ends at the cut.
fn start(walk: Walk, cut: Position) -> Option<Vec<u8>> {
    (walk == Walk::Backward).then(|| place_of(cut.next()))
}

/// Folds streams up to a position, in the order of the log.
pub(crate) fn fold_streams<M: ReadModel>(
    log: &dyn EventLog,
    streams: &[Stream],
    cut: Position,
    store: &MemoryStore,
) -> Result<(), QueryError> {
    let mut records = Vec::new();
    for stream in streams {
        read_stream(log, stream, cut, &mut records)?;
    }
    records.sort_by_key(|record| record.header.position);
    let (mut overlay, mut parked) = (Overlay::<M>::default(), ParkedStreams::default());
    for stretch in records.chunks(STRETCH) {
        overlay.apply(&Batch::of(stretch)?, store, &mut parked)?;
    }
    Ok(())
}

/// The events of a stream up to a position.
pub(crate) fn read_stream(
    log: &dyn EventLog,
    stream: &Stream,
    cut: Position,
    records: &mut Vec<Record>,
) -> Result<(), QueryError> {
    let mut after = 0;
    loop {
        let mut found = log.read_stream(&stream.key(), after, STRETCH)?;
        let read = found.len();
        found.retain(|record| record.header.position <= cut);
        let beyond = found.len() < read;
        after = found.last().map_or(after, |record| record.header.version);
        records.append(&mut found);
        if beyond || read < STRETCH {
            return Ok(());
        }
    }
}
