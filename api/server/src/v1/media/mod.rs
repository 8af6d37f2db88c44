//! Files that the business sends: stored once for each content, sealed, uploaded to the platform when
//! a message needs them.

mod add;
mod keep;
mod link;
mod read;
mod remove;

pub(crate) use add::AddMedia;
pub(crate) use link::AddMediaByLink;
pub(crate) use read::{ListMedia, ShowMedia, ShowMediaContent};
pub(crate) use remove::RemoveMedia;

use convolog_domain::media::{Media, MediaAdded, kinds_of};
use convolog_domain::{MediaId, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::time;
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A file of the workspace.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "MediaFile")]
pub(crate) struct MediaFileView {
    /// Which one; `media_id` when it is sent.
    pub(crate) id: Uuid,
    /// Its type.
    pub(crate) mime_type: String,
    /// Bytes of it.
    pub(crate) size: u64,
    /// Its name, if it was given one.
    pub(crate) filename: Option<String>,
    /// SHA-256 of its bytes, in hex digits.
    pub(crate) sha256: Option<String>,
    /// The address at which it was read, if it was named by one.
    pub(crate) link: Option<String>,
    /// The types of message that it can be sent as.
    pub(crate) sendable_as: Vec<&'static str>,
    /// When it was added; missing in the answer that adds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

impl MediaFileView {
    fn of(id: MediaId, added: &MediaAdded) -> Self {
        Self {
            id: id.0,
            mime_type: added.mime_type.clone(),
            size: added.size,
            filename: None,
            sha256: None,
            link: None,
            sendable_as: kinds_of(&added.mime_type, added.size),
            created_at: None,
        }
    }
}

impl Setting for MediaFileView {
    const KIND: StreamKind = StreamKind::Media;
    const NAME: &'static str = "file";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        if app.engine().load::<Media>(workspace, id)?.state.live().is_err() {
            return Err(Problem::not_found(Self::NAME));
        }
        let standing = app.engine().media(workspace, MediaId(id))?;
        let content = standing.content.unwrap_or_default();
        Ok(Self {
            filename: content.filename.map(|name| name.0),
            sha256: content.sha256.map(|hash| hash.0),
            link: content.link.map(|link| link.0),
            created_at: Some(time(begun.at)),
            ..Self::of(standing.id, &standing.added)
        })
    }
}
