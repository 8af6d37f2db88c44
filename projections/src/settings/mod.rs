//! The read model `settings`: which people, keys, apps, channels, agents, webhooks, services, broadcasts,
//! files, canned replies and quarantined changes a workspace has, in the order of creation. One row each;
//! what it is now, its aggregate says.

use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_log::Position;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::QueryError;
use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::page::{Page, Question};
use crate::store::Walk;
use crate::store::keys::Key;
use crate::table::Table;

/// By creation: (workspace, kind, position).
const BY_CREATION: u8 = 0x10;

/// One thing that a workspace has.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SettingRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// The number of its kind of stream.
    pub kind: u16,
    /// Which one.
    pub id: Uuid,
    /// Where it began.
    pub created: Option<Position>,
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Settings;

impl ReadModel for Settings {
    const NAME: &'static str = "settings";
    const VERSION: u32 = 4;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[
        StreamKind::Person,
        StreamKind::ApiKey,
        StreamKind::MetaApp,
        StreamKind::Channel,
        StreamKind::Quarantine,
        StreamKind::Agent,
        StreamKind::Subscription,
        StreamKind::TemplateGroup,
        StreamKind::Service,
        StreamKind::ModelConnection,
        StreamKind::Broadcast,
        StreamKind::Media,
        StreamKind::CannedReply,
    ];
    type Row = SettingRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        // Later events, such as the notices of a channel, change nothing here.
        if event.version == 1 {
            let kind = event.stream.kind.code();
            keys.push(Key::part().uuid(event.workspace().0).u16(kind).uuid(event.stream.id).done());
        }
    }

    fn fold(row: &mut SettingRow, event: &Recorded) -> Result<(), FoldError> {
        *row = SettingRow {
            workspace: event.workspace(),
            kind: event.stream.kind.code(),
            id: event.stream.id,
            created: Some(event.position),
        };
        Ok(())
    }

    fn index(_: &RowKey, row: &SettingRow, entries: &mut Vec<IndexKey>) {
        let Some(created) = row.created else { return };
        let entry = Key::of(BY_CREATION).uuid(row.workspace.0).u16(row.kind).u64(created.0);
        entries.push(entry.done());
    }

    fn dump(row: &SettingRow) -> String {
        let SettingRow { workspace, kind, id, created } = row;
        format!("setting {workspace}/{kind}/{id} at {:?}", created.map(|position| position.0))
    }
}

impl Table<Settings> {
    /// A page of the things of one kind, the first one made first.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn settings(
        &self,
        workspace: WorkspaceId,
        kind: StreamKind,
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<Uuid>, QueryError> {
        let asked: [&[u8]; 2] = [workspace.0.as_bytes(), &kind.code().to_be_bytes()];
        let question = Question::new("settings", &asked);
        let after = page.map(|token| question.place(token)).transpose()?;
        let prefix = Key::of(BY_CREATION).uuid(workspace.0).u16(kind.code()).done();
        let found = self.list(&prefix, after.as_deref(), Walk::Forward, limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored.row.id).collect(), next })
    }
}
