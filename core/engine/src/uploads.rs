//! Files that the business sends: one for each content, and what the platform calls them.

use convolog_domain::conversation::Attached;
use convolog_domain::media::{
    AddMedia, BeginUpload, Event as Kept, Media, MediaAdded, RemoveMedia, SettleUpload, fits,
};
use convolog_domain::{
    ChannelId, ClaimKey, Content, Event, Hash32, MediaContent, MediaId, Refusal, Sensitive,
    StreamKind, WorkspaceId,
};

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Done, Once};
use crate::files::FileSeal;
use crate::recorded::{Recorded, Stream};

/// Events of a file read at a time.
const STRETCH: usize = 256;

/// A file of the business as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MediaStanding {
    /// Which one.
    pub id: MediaId,
    /// Under what it is sealed.
    pub seal: FileSeal,
    /// What is known of it in the clear.
    pub added: MediaAdded,
    /// Its name and the hash of its bytes, if they can be opened.
    pub content: Option<MediaContent>,
}

impl Engine {
    /// Adds a file; if the workspace has the same content already, answers with that one instead, and
    /// nothing is added.
    ///
    /// # Errors
    /// As [`AddMedia`] refuses.
    pub async fn add_media(
        &self,
        caller: &Caller,
        id: MediaId,
        command: AddMedia,
        once: Option<&Once>,
        answer: impl Fn(MediaId, &MediaAdded, bool) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            if let Some(there) = self.media_with(caller.workspace, command.sha256)? {
                let standing = self.media(caller.workspace, there)?;
                return Ok((crate::plan::Plan::default(), answer(there, &standing.added, false)));
            }
            let (plan, events) = self.decide(caller, id.0, command.clone())?;
            let added = events.iter().find_map(|event| match event {
                Event::Media(Kept::MediaAdded(added)) => Some(added),
                _ => None,
            });
            let added = added.ok_or(EngineError::Interrupted("adding a file"))?;
            Ok((plan, answer(id, added, true)))
        })
        .await
    }

    /// The file with this content, if the workspace has it.
    pub fn media_with(
        &self,
        workspace: WorkspaceId,
        sha256: Hash32,
    ) -> Result<Option<MediaId>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::MediaContent(sha256))?;
        Ok(self.log().holder(&claim)?.map(|holder| MediaId(holder.stream.id)))
    }

    /// A file as it stands.
    ///
    /// # Errors
    /// [`EngineError::Refused`] (`not_found`) if there is none, or it was removed.
    pub fn media(&self, workspace: WorkspaceId, id: MediaId) -> Result<MediaStanding, EngineError> {
        let loaded = self.load::<Media>(workspace, id.0)?;
        let added = loaded.state.live()?.clone();
        let stream = Stream::new(workspace, StreamKind::Media, id.0).key();
        let first = self.log().read_stream(&stream, 0, 1)?.into_iter().next();
        let first = first.map(|record| Recorded::read(&record)).transpose()?;
        let content = first.and_then(|event| self.content_in(&event));
        let (subject, sealed_as) = (workspace.into(), added.sealed_as);
        Ok(MediaStanding { id, seal: FileSeal { workspace, subject, sealed_as }, added, content })
    }

    /// Removes a file; its bytes leave the disk.
    ///
    /// # Errors
    /// [`EngineError::Refused`] (`not_found`) if there is none, or it was removed.
    pub async fn remove_media(&self, caller: &Caller, id: MediaId) -> Result<Done, EngineError> {
        let standing = self.media(caller.workspace, id)?;
        let sha256 = standing.content.and_then(|content| content.sha256).and_then(|text| {
            let mut hash = [0; 32];
            hex::decode_to_slice(text.expose(), &mut hash).ok().map(|()| Hash32(hash))
        });
        let done = self.execute(caller, id.0, RemoveMedia { sha256 }).await?;
        self.remove_file(standing.added.blob)?;
        Ok(done)
    }

    /// Whether a file of the workspace can be sent as what it is attached as.
    ///
    /// # Errors
    /// [`EngineError::Refused`] of the field `media`.
    pub(crate) fn can_be_sent(
        &self,
        workspace: WorkspaceId,
        attached: &Attached,
    ) -> Result<(), EngineError> {
        let loaded = self.load::<Media>(workspace, attached.media.0)?;
        let added = loaded
            .state
            .live()
            .map_err(|_| Refusal::field("media", "names no file of this workspace"))?;
        Ok(fits(&attached.kind, &added.mime_type, added.size)?)
    }

    /// What the platform calls a file for a number, while it does.
    pub fn uploaded_media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
        channel: ChannelId,
    ) -> Result<Option<Sensitive>, EngineError> {
        let loaded = self.load::<Media>(workspace, id.0)?;
        loaded.state.live()?;
        if !loaded.state.is_uploaded(channel, self.ctx().now_seconds()) {
            return Ok(None);
        }
        let stream = Stream::new(workspace, StreamKind::Media, id.0).key();
        let (mut after, mut newest) = (0, None);
        loop {
            let records = self.log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { break };
            after = last.header.version;
            for record in &records {
                let event = Recorded::read(record)?;
                let ours = matches!(
                    &event.event,
                    Event::Media(Kept::MediaUploaded(uploaded)) if uploaded.channel == channel
                );
                if ours {
                    newest = Some(event);
                }
            }
        }
        Ok(newest.and_then(|event| self.content_in(&event)).and_then(|content| content.id))
    }

    /// Records that a file is about to be uploaded.
    pub async fn begin_upload(
        &self,
        caller: &Caller,
        id: MediaId,
        channel: ChannelId,
    ) -> Result<Done, EngineError> {
        self.execute(caller, id.0, BeginUpload { channel }).await
    }

    /// Records what became of an upload.
    pub async fn settle_upload(
        &self,
        caller: &Caller,
        id: MediaId,
        command: SettleUpload,
    ) -> Result<Done, EngineError> {
        self.execute(caller, id.0, command).await
    }

    fn content_in(&self, event: &Recorded) -> Option<MediaContent> {
        self.open(event).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Media(media)) => Some(media),
            _ => None,
        })
    }
}
