//! Keeping a file, however it came: checked for what it is, sealed, stored once for each content.

use bytes::Bytes;
use convolog_domain::media::{self as rules, HEAD_BYTES, MediaAdded, can_be_sent};
use convolog_domain::{Hash32, MediaContent, MediaId, Sensitive};
use convolog_engine::{Answer, EngineError, FileSeal, SealedFile};

use super::MediaFileView;
use crate::endpoint::{Call, Endpoint, Json, Reply};
use crate::problem::Outcome;

/// A file that came.
pub(super) struct Brought {
    /// Its bytes.
    pub(super) bytes: Bytes,
    /// Its type, in lower case.
    pub(super) mime_type: String,
    /// Its name, if it has one.
    pub(super) filename: Option<Sensitive>,
    /// The address at which it was read, if it was named by one.
    pub(super) link: Option<Sensitive>,
}

/// Keeps it under `id`; if the workspace has the same content already, answers with that one.
pub(super) async fn keep<E: Endpoint>(
    call: &Call<E>,
    id: MediaId,
    brought: Brought,
) -> Outcome<Reply<Json<MediaFileView>>> {
    let Brought { bytes, mime_type, filename, link } = brought;
    let workspace = call.workspace();
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let head = bytes.get(..HEAD_BYTES).unwrap_or(&bytes).to_vec();
    // Before a byte of it is written.
    can_be_sent(&mime_type, size, &head)?;
    let sealed_as = call.app.engine().ctx().next_id();
    let seal = FileSeal { workspace, subject: workspace.into(), sealed_as };
    let file: SealedFile = call
        .blocking(move |app| {
            let mut writer = app.engine().write_file(seal)?;
            writer.write(&bytes)?;
            Ok(writer.finish()?)
        })
        .await?;
    let sha256 = hex::encode(file.sha256);
    let content = MediaContent {
        sha256: Some(sha256.clone().into()),
        filename: filename.clone(),
        link: link.clone(),
        ..MediaContent::default()
    };
    let command = rules::AddMedia {
        workspace,
        blob: file.blob,
        sealed_as,
        size: file.size,
        mime_type,
        head,
        sha256: Hash32(file.sha256),
        content,
    };
    let answer = |id: MediaId, added: &MediaAdded, new: bool| {
        let shown = |text: &Option<Sensitive>| {
            text.as_ref().filter(|_| new).map(|text| text.expose().to_owned())
        };
        let view = MediaFileView {
            filename: shown(&filename),
            link: shown(&link),
            sha256: Some(sha256.clone()),
            ..MediaFileView::of(id, added)
        };
        let status = if new { 201 } else { 200 };
        Answer::open(status, serde_json::to_value(view).unwrap_or_default(), workspace)
    };
    let (caller, once) = (call.caller(), call.facts.once.as_ref());
    let engine = call.app.engine();
    let added = engine.add_media(&caller, id, command, once, answer).await;
    let unneeded = match &added {
        Ok(answered) => answered.status != 201 || answered.repeated,
        Err(error) => matches!(error, EngineError::Refused(_)),
    };
    if unneeded {
        // Nobody speaks of these bytes: the content is there already, or was refused. After any other
        // failure the log may speak of them.
        engine.remove_file(file.blob)?;
    }
    Ok(Reply::answered(added?))
}
