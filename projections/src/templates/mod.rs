//! The read model `templates`: the message templates of a workspace, one row each, and which
//! accounts' templates are to be read from the platform.
//!
//! A row keeps the template as the domain folds it; its texts are unsealed from the event that holds
//! its components. What the platform has still to be asked is an index over all workspaces, so that
//! whoever asks finds it again after a restart.

mod query;

use convolog_domain::template::{State, Template};
use convolog_domain::{Aggregate, ChannelId, Event, StreamKind, TemplateId, WorkspaceId, channel};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::past::OneStream;
use crate::store::keys::Key;

pub use query::{OpenWork, TemplateQuery};

/// By creation: (workspace, position).
const BY_CREATION: u8 = 0x10;
/// What the platform has still to be asked, of any workspace: (workspace, kind, id).
const OPEN: u8 = 0x11;

/// One template, or one account whose templates are to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which stream: a template, or the channel through which an account is read.
    pub id: Uuid,
    /// Where and when it was first heard of; none of a channel.
    pub created: Option<(Position, Timestamp)>,
    /// The newest event about it.
    pub updated: Option<(Position, Timestamp)>,
    /// What a template amounts to.
    pub state: State,
    /// The event that holds its components.
    pub components: Option<Position>,
    /// The event that holds the platform's words about its status.
    pub words: Option<Position>,
    /// A channel's account is being read.
    pub reading: bool,
}

impl TemplateRow {
    /// The key of a row.
    pub fn key(workspace: WorkspaceId, kind: StreamKind, id: Uuid) -> RowKey {
        Key::part().uuid(workspace.0).u16(kind.code()).uuid(id).done()
    }

    /// The template's id.
    pub const fn template(&self) -> TemplateId {
        TemplateId(self.id)
    }

    /// What the platform has still to be asked.
    pub const fn open_work(&self) -> Option<OpenWork> {
        if self.reading {
            return Some(OpenWork::Read(self.workspace, ChannelId(self.id)));
        }
        if self.state.creation.is_some() || self.state.deletion.is_some() {
            return Some(OpenWork::Template(self.workspace, TemplateId(self.id)));
        }
        None
    }

    fn learn(&mut self, event: &Recorded) -> Result<(), FoldError> {
        match &event.event {
            Event::Template(told) => {
                let (held, words) = (self.state.components_at, self.state.words_at);
                Template::evolve(&mut self.state, told);
                self.created = self.created.or(Some((event.position, event.at)));
                if self.state.components_at != held {
                    self.components = Some(event.position);
                }
                if self.state.words_at != words {
                    self.words = self.state.words_at.map(|_| event.position);
                }
            }
            Event::Channel(channel::Event::TemplateSyncRequested(_)) => self.reading = true,
            Event::Channel(channel::Event::TemplateSyncFinished(_)) => self.reading = false,
            _ => return Err(FoldError("an event of another kind in a template".into())),
        }
        self.updated = Some((event.position, event.at));
        Ok(())
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Templates;

impl ReadModel for Templates {
    const NAME: &'static str = "templates";
    const VERSION: u32 = 2;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Template, StreamKind::Channel];
    type Row = TemplateRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if matches!(
            &event.event,
            Event::Template(_)
                | Event::Channel(
                    channel::Event::TemplateSyncRequested(_)
                        | channel::Event::TemplateSyncFinished(_)
                )
        ) {
            keys.push(TemplateRow::key(event.workspace(), event.stream.kind, event.stream.id));
        }
    }

    fn fold(row: &mut TemplateRow, event: &Recorded) -> Result<(), FoldError> {
        row.workspace = event.workspace();
        row.id = event.stream.id;
        row.learn(event)
    }

    fn index(key: &RowKey, row: &TemplateRow, entries: &mut Vec<IndexKey>) {
        if let Some((position, _)) = row.created {
            entries.push(Key::of(BY_CREATION).uuid(row.workspace.0).u64(position.0).done());
        }
        if row.open_work().is_some() {
            entries.push(Key::of(OPEN).bytes(key).done());
        }
    }

    fn dump(row: &TemplateRow) -> String {
        let TemplateRow { workspace, id, created, updated, state, components, words, reading } =
            row;
        format!(
            "template {workspace}/{id} created {created:?} updated {updated:?} components \
             {components:?} words {words:?} reading {reading}: {state:?}"
        )
    }
}

impl OneStream for Templates {
    const STREAM: StreamKind = StreamKind::Template;

    fn id(row: &TemplateRow) -> Uuid {
        row.id
    }

    fn began(row: &TemplateRow) -> Option<Position> {
        row.created.map(|(position, _)| position)
    }

    fn row_key(workspace: WorkspaceId, id: Uuid) -> RowKey {
        TemplateRow::key(workspace, Self::STREAM, id)
    }
}
