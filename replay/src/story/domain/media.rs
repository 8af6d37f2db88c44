//! A story's files and canned replies, and what the fetcher and the sender record of files, with nobody
//! fetching or sending.

use convolog_domain::canned_reply::{AddCannedReply, CannedReplyDraft, RemoveCannedReply};
use convolog_domain::channel::SetReadMarks;
use convolog_domain::conversation::{self, Conversation, DelayMedia, MarkRead, StoreMedia};
use convolog_domain::media::{
    AddMedia, HEAD_BYTES, MediaAdded, NoteUnreadLink, SettleUpload, UploadAnswer,
};
use convolog_domain::{
    CannedReplyId, ChannelId, ConversationId, Event, Hash32, MediaContent, MediaId, MessageId,
};
use convolog_engine::{Answer, CannedReplyChange, CannedStanding, FileSeal};
use serde_json::{Value, json};

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::{Command, FetchingStep, UploadStep};
use crate::story::host::{HostError, Outcome};

/// Why a step cannot be taken.
const NOTHING: &str = "no file of this type is to be fetched in this conversation";

impl Call<'_> {
    /// Records what came of fetching the first file of a type that waits.
    pub(super) async fn fetch_for(
        &self,
        conversation: ConversationId,
        kind: &str,
        step: FetchingStep,
    ) -> Result<Outcome, Stopped> {
        let (engine, caller) = (self.engine, &self.caller);
        let message = self.waiting(conversation, kind)?;
        match step {
            FetchingStep::Fail(reason) => {
                let command = DelayMedia { message, reason };
                engine.delay_media(caller, conversation, command).await?;
            }
            FetchingStep::Keep(bytes) => {
                let named = engine.media_of(caller.workspace, message)?;
                let subject = engine.media_subject(caller.workspace, conversation)?;
                let subject = subject.ok_or_else(nothing)?;
                let sealed_as = self.new_id();
                let seal = FileSeal { workspace: caller.workspace, subject, sealed_as };
                let mut writer = engine.write_file(seal)?;
                writer.write(bytes.as_bytes())?;
                let file = writer.finish()?;
                let command = StoreMedia {
                    message,
                    blob: file.blob,
                    sealed_as,
                    size: file.size,
                    mime_type: named.and_then(|named| named.mime_type).unwrap_or_default(),
                    content: MediaContent::default(),
                };
                engine.store_media(caller, conversation, command).await?;
            }
        }
        Ok(Outcome::ok(200, json!({ "id": message.0 })))
    }

    /// The message with the first file of this type that waits.
    fn waiting(&self, conversation: ConversationId, kind: &str) -> Result<MessageId, Stopped> {
        let workspace = self.caller.workspace;
        let loaded = self.engine.load::<Conversation>(workspace, conversation.0)?;
        let mut found = None;
        for message in loaded.state.attachments.wanted.keys() {
            let Some(first) = self.engine.first_of_message(workspace, *message)? else { continue };
            if let Event::Conversation(conversation::Event::MessageReceived(said)) = &first.event
                && said.facts.kind == kind
                && found.is_none_or(|(position, _)| first.position < position)
            {
                found = Some((first.position, *message));
            }
        }
        found.map(|(_, message)| message).ok_or_else(nothing)
    }
}

impl Call<'_> {
    /// Files and canned replies of the business, and what its customers are shown.
    pub(super) async fn of_what_is_kept(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let workspace = caller.workspace;
        match command.clone() {
            Command::AddMedia { content, mime_type, filename } => {
                self.add_file(&content, mime_type, filename).await
            }
            Command::UnreadLink { link, reason, http_status } => {
                let link = link.into();
                let note = NoteUnreadLink { workspace, link, reason, http_status };
                self.execute(self.new_id(), note, 200).await
            }
            Command::RemoveMedia { media } => {
                engine.remove_media(caller, MediaId(media)).await?;
                Ok(Outcome::ok(204, Value::Null))
            }
            Command::Upload { media, channel, step } => {
                let (media, channel) = (MediaId(media), ChannelId(channel));
                let answer = match step {
                    UploadStep::Begin => {
                        engine.begin_upload(caller, media, channel).await?;
                        return Ok(Outcome::ok(200, Value::Null));
                    }
                    UploadStep::Take(id) => UploadAnswer::Taken(id.into()),
                    UploadStep::Fail(code) => {
                        UploadAnswer::Failed { http_status: Some(400), code: Some(code) }
                    }
                };
                let settle = SettleUpload { workspace, channel, answer };
                engine.settle_upload(caller, media, settle).await?;
                Ok(Outcome::ok(200, Value::Null))
            }
            Command::AddCannedReply { shortcut, text, language, tags } => {
                let id = self.new_id();
                let draft = CannedReplyDraft { shortcut, text: text.into(), language, tags };
                let add = AddCannedReply { workspace, draft };
                let id = CannedReplyId(id);
                Ok(outcome(engine.add_canned_reply(caller, id, add, once, made(id.0)).await?))
            }
            Command::UpdateCannedReply { canned_reply, shortcut, text } => {
                let text = text.map(Into::into);
                let change = CannedReplyChange { shortcut, text, ..CannedReplyChange::default() };
                let answer = |standing: &CannedStanding| {
                    Answer::open(
                        200,
                        json!({ "id": canned_reply, "version": standing.number }),
                        workspace,
                    )
                };
                let which = (CannedReplyId(canned_reply), &change);
                Ok(outcome(engine.change_canned_reply(caller, which, once, answer).await?))
            }
            Command::RemoveCannedReply { canned_reply } => {
                self.execute(canned_reply, RemoveCannedReply, 204).await
            }
            Command::SetReadMarks { channel, marks } => {
                self.execute(channel, SetReadMarks { marks }, 200).await
            }
            Command::MarkRead { conversation, outcome: came, typing } => {
                let loaded = engine.load::<Conversation>(workspace, conversation)?;
                let message = loaded.state.attention.heard.ok_or_else(nothing)?;
                let mark = MarkRead { message, typing, outcome: came, http_status: None };
                self.execute(conversation, mark, 200).await
            }
            other => Err(unexpected(&other)),
        }
    }

    async fn add_file(
        &self,
        content: &str,
        mime_type: String,
        filename: Option<String>,
    ) -> Result<Outcome, Stopped> {
        let (engine, workspace) = (self.engine, self.caller.workspace);
        let (id, sealed_as) = (MediaId(self.new_id()), self.new_id());
        let seal = FileSeal { workspace, subject: workspace.into(), sealed_as };
        let mut writer = engine.write_file(seal)?;
        writer.write(content.as_bytes())?;
        let file = writer.finish()?;
        let add = AddMedia {
            workspace,
            blob: file.blob,
            sealed_as,
            size: file.size,
            mime_type,
            head: content.bytes().take(HEAD_BYTES).collect(),
            sha256: Hash32(file.sha256),
            content: MediaContent {
                sha256: Some(hex::encode(file.sha256).into()),
                filename: filename.map(Into::into),
                ..MediaContent::default()
            },
        };
        let answer = |id: MediaId, _: &MediaAdded, new: bool| {
            let status = if new { 201 } else { 200 };
            Answer::open(status, json!({ "id": id.0 }), workspace)
        };
        let once = self.once.as_ref();
        Ok(outcome(engine.add_media(&self.caller, id, add, once, answer).await?))
    }
}

fn nothing() -> Stopped {
    Stopped::Host(HostError::Failed(NOTHING.to_owned()))
}
