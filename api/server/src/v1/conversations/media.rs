//! The file of a message.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{ConversationId, MessageId};
use convolog_engine::Recorded;
use convolog_projections::transcripts::Attachment;
use convolog_projections::view::Reader;

use super::send::ByMessage;
use crate::endpoint::{Access, Call, Declaration, File, NoParameters, Read, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::files::{Sent, send};

/// `GET /v1/conversations/{id}/messages/{message_id}/media`
pub(crate) struct ShowMessageMedia;

impl Read for ShowMessageMedia {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/conversations/{id}/messages/{message_id}/media",
        "show_message_media",
        "Get the file of a message",
    )
    .describing("The picture, recording or document that a customer sent, as it was fetched. `media.state` of the message says whether it is here: while it is `pending` the answer is `not_allowed_now`, and there is nothing (`not_found`) once it is `lost`. One stretch can be asked for with `Range: bytes=…`. Files are what strangers sent: the answer is always to be saved, never shown in place.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The file.")
    .fails_with(&[Code::NotAllowedNow, Code::Erased])
    .with_a_file();
    type Path = ByMessage;
    type Query = NoParameters;
    type Shown = Reply<File>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, engine) = (call.workspace(), call.app.engine());
        let (conversation, id) = (ConversationId(call.path.id), MessageId(call.path.message_id));
        let row = view.rows().message(workspace, conversation, id)?;
        let Some(attachment) = row.and_then(|stored| stored.row.attachment) else {
            return Err(Problem::not_found("file"));
        };
        let position = match attachment {
            Attachment { kept: Some(kept), .. } => kept.position,
            Attachment { lost: Some((_, reason)), .. } => {
                let detail = format!("The file of this message is lost: {reason}.");
                return Err(Problem::new(Code::NotFound, detail));
            }
            _ => {
                let detail = "The file of this message is still being fetched.";
                return Err(Problem::new(Code::NotAllowedNow, detail));
            }
        };
        let record = engine.log().get(position)?;
        let event = record.map(|record| Recorded::read(&record)).transpose()?;
        let kept = event.and_then(|event| engine.kept_media(&event));
        let kept = kept.ok_or_else(|| Problem::not_found("file"))?;
        let view = view.message(workspace, conversation, id)?;
        let name = view.and_then(|view| view.media).and_then(|media| media.filename);
        let stored = &kept.stored;
        let file = Sent {
            seal: kept.seal,
            blob: stored.blob,
            size: stored.size,
            mime_type: &stored.mime_type,
            name: name.as_deref(),
        };
        send(engine, &file, &call.headers)
    }
}
