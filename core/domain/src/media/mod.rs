//! A file that the business sends: stored once for each content, uploaded to the platform when it is
//! needed, for each number and again when the platform has forgotten it.

mod add_media;
mod begin_upload;
mod kinds;
mod note_unread_link;
mod remove_media;
mod settle_upload;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Blob;
use crate::ids::ChannelId;
use crate::refusal::{Refusal, RefusalCode};

pub use add_media::AddMedia;
pub use begin_upload::BeginUpload;
pub use kinds::{HEAD_BYTES, can_be_sent, fits, kinds_of, types};
pub use note_unread_link::NoteUnreadLink;
pub use remove_media::RemoveMedia;
pub use settle_upload::{SettleUpload, UploadAnswer};

/// There is a file. Sealed for the workspace: its name, the hash of its bytes, the address at which it
/// was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaAdded {
    /// The sealed bytes.
    pub blob: Blob,
    /// What each of its pieces was sealed under, counted from here.
    pub sealed_as: Uuid,
    /// Bytes of the file.
    pub size: u64,
    /// Its type, such as `image/jpeg`.
    pub mime_type: String,
}

/// Nobody sends it any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaRemoved {}

/// It is about to be uploaded for a number: the intent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaUploadBegun {
    /// For which number.
    pub channel: ChannelId,
    /// When (seconds since 1970).
    pub at: i64,
}

/// The platform has it for a number. Sealed for the workspace: the platform's id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaUploaded {
    /// For which number.
    pub channel: ChannelId,
    /// When (seconds since 1970).
    pub at: i64,
    /// Until when it can be sent by that id (seconds since 1970).
    pub until: i64,
}

/// The platform did not take it for a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaUploadFailed {
    /// For which number.
    pub channel: ChannelId,
    /// When (seconds since 1970).
    pub at: i64,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The platform's error code, if it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
}

/// The file at an address could not be read: nothing is kept. Sealed for the workspace: the address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MediaLinkFailed {
    /// Why.
    pub reason: String,
    /// When (seconds since 1970).
    pub at: i64,
    /// The HTTP status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
}

events! {
    /// What happened to a file of the business.
    Media {
        1 "media_added" @1 MediaAdded(MediaAdded) seals [Media] by [add_media::AddMedia],
        2 "media_removed" @1 MediaRemoved(MediaRemoved) by [remove_media::RemoveMedia],
        3 "media_upload_begun" @1 MediaUploadBegun(MediaUploadBegun)
            by [begin_upload::BeginUpload],
        4 "media_uploaded" @1 MediaUploaded(MediaUploaded) seals [Media]
            by [settle_upload::SettleUpload],
        5 "media_upload_failed" @1 MediaUploadFailed(MediaUploadFailed)
            by [settle_upload::SettleUpload],
        6 "media_link_failed" @1 MediaLinkFailed(MediaLinkFailed) seals [Media]
            by [note_unread_link::NoteUnreadLink],
    }
}

/// What the history of a file amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What it is; none before it was added.
    pub added: Option<MediaAdded>,
    /// Nobody sends it any more.
    pub removed: bool,
    /// Until when the platform has it (seconds since 1970), by number.
    pub uploaded: BTreeMap<ChannelId, i64>,
}

impl State {
    /// The file, if it can be sent.
    ///
    /// # Errors
    /// A [`Refusal`] (`not_found`) if it was never added, or was removed.
    pub fn live(&self) -> Result<&MediaAdded, Refusal> {
        self.begun().and_then(|added| if self.removed { Err(missing()) } else { Ok(added) })
    }

    /// The file, removed or not.
    fn begun(&self) -> Result<&MediaAdded, Refusal> {
        self.added.as_ref().ok_or_else(missing)
    }

    /// Whether the platform has it for a number at `now` (seconds since 1970), and for a while.
    pub fn is_uploaded(&self, channel: ChannelId, now: i64) -> bool {
        self.uploaded.get(&channel).is_some_and(|until| now < *until)
    }
}

fn missing() -> Refusal {
    Refusal::new(RefusalCode::NotFound, "there is no such file")
}

/// A file that the business sends.
#[derive(Clone, Copy, Debug)]
pub struct Media;

impl Aggregate for Media {
    const KIND: StreamKind = StreamKind::Media;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::MediaAdded(added) => state.added = Some(added.clone()),
            Event::MediaRemoved(_) => state.removed = true,
            Event::MediaUploadBegun(_) | Event::MediaLinkFailed(_) => {}
            Event::MediaUploaded(uploaded) => {
                state.uploaded.insert(uploaded.channel, uploaded.until);
            }
            Event::MediaUploadFailed(failed) => drop(state.uploaded.remove(&failed.channel)),
        }
    }
}

#[cfg(test)]
mod fixtures {
    use super::*;
    use crate::hash::Hash32;

    pub(super) fn added() -> MediaAdded {
        MediaAdded {
            blob: Blob { hash: Hash32([1; 32]), bytes: 2_100 },
            sealed_as: Uuid::from_u128(3),
            size: 2_000,
            mime_type: "image/png".into(),
        }
    }
}
