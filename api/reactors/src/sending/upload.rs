//! Handing a file of the business to the platform before the message that needs it.
//!
//! An upload that is made again harms nobody: what failed, or was not answered, is no reason to wait
//! for a sign. The platform's id is remembered for each number; many messages that need one file at
//! once upload it once.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::media::{SettleUpload, UploadAnswer};
use convolog_domain::{ChannelId, MediaId, Sensitive, WorkspaceId, conversation::Answer};
use convolog_engine::{Caller, Engine, EngineError, MediaStanding};
use futures::{StreamExt as _, stream};
use parking_lot::Mutex;
use reqwest::Method;
use serde_json::Value;
use tokio_util::bytes::Bytes;

use crate::outgoing::OutgoingGuard;
use crate::platform::{Platform, Refused, Said};
use crate::turns::Turns;

/// Uploads of one number at the same time.
const AT_ONCE: usize = 4;
/// How long one may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// Uploads for all lanes.
pub(super) struct Uploads {
    made: Mutex<HashMap<(MediaId, ChannelId), Arc<Making>>>,
    turns: Turns,
}

/// An upload while it is made; what came of it, for those who waited for it.
type Making = tokio::sync::Mutex<Option<Upload>>;

/// What the platform calls a file, or what is to be said of the message that needs it.
#[derive(Clone)]
pub(super) enum Upload {
    /// It has it.
    Done(Sensitive),
    /// It does not: the message was not taken either.
    Failed(Answer),
}

impl Uploads {
    pub(super) fn new() -> Self {
        Self { made: Mutex::default(), turns: Turns::new(AT_ONCE) }
    }

    /// Makes sure that the platform has a file for a number. Of those who need it at the same time one
    /// uploads it, and all hear what came of it.
    pub(super) async fn ensure(
        &self,
        (engine, guard): (&Engine, &OutgoingGuard),
        (workspace, channel): (WorkspaceId, ChannelId),
        platform: &Platform,
        media: MediaId,
    ) -> Result<Upload, EngineError> {
        let making = Arc::clone(self.made.lock().entry((media, channel)).or_default());
        let mut made = making.lock().await;
        if let Some(upload) = &*made {
            return Ok(upload.clone());
        }
        let done = self.ensured((engine, guard), (workspace, channel), platform, media).await;
        // Whoever comes from now on finds it uploaded, or begins anew.
        self.made.lock().retain(|_, other| !Arc::ptr_eq(other, &making));
        let upload = match done {
            // It was removed while the message waited.
            Err(EngineError::Refused(_)) => Upload::Failed(Answer::Impossible),
            done => done?,
        };
        *made = Some(upload.clone());
        Ok(upload)
    }

    async fn ensured(
        &self,
        (engine, guard): (&Engine, &OutgoingGuard),
        (workspace, channel): (WorkspaceId, ChannelId),
        platform: &Platform,
        media: MediaId,
    ) -> Result<Upload, EngineError> {
        if let Some(id) = engine.uploaded_media(workspace, media, channel)? {
            return Ok(Upload::Done(id));
        }
        let standing = engine.media(workspace, media)?;
        let Some(_turn) = self.turns.take(channel).await else {
            return Err(EngineError::Interrupted("waiting to upload a file"));
        };
        let caller = Caller::reactor(workspace);
        engine.begin_upload(&caller, media, channel).await?;
        let (upload, answer) = match put(engine, guard, platform, &standing).await {
            Said::Yes(id) => (Upload::Done(id.clone()), UploadAnswer::Taken(id)),
            Said::No(Refused { http_status, code, retry_after, .. }) => {
                let rejected = Answer::Rejected { http_status, code, retry_after };
                (Upload::Failed(rejected), UploadAnswer::Failed { http_status, code })
            }
            // It is tried again, like what never left.
            Said::Nothing => {
                let (http_status, code) = (None, None);
                let rejected = Answer::Rejected { http_status, code, retry_after: None };
                (Upload::Failed(rejected), UploadAnswer::Failed { http_status, code })
            }
        };
        let command = SettleUpload { workspace, channel, answer };
        engine.settle_upload(&caller, media, command).await?;
        Ok(upload)
    }
}

/// Uploads it, read and opened piece by piece.
async fn put(
    engine: &Engine,
    guard: &OutgoingGuard,
    platform: &Platform,
    standing: &MediaStanding,
) -> Said<Sensitive> {
    let unreached = Said::No(Refused::default());
    let (boundary, before, after) = frame(engine, &standing.added.mime_type);
    let Ok(length) = u64::try_from(before.len() + after.len()) else { return unreached };
    let length = length.saturating_add(standing.added.size);
    let (engine, seal, blob) = (engine.clone(), standing.seal, standing.added.blob);
    let opening = tokio::task::spawn_blocking(move || engine.read_file(seal, blob));
    let Ok(Ok(reader)) = opening.await else { return unreached };
    let pieces = stream::try_unfold(reader, |mut reader| async move {
        let reading = tokio::task::spawn_blocking(move || {
            reader.piece().map(|piece| piece.map(|piece| (Bytes::from(piece), reader)))
        });
        reading.await.map_err(io::Error::other)?.map_err(io::Error::other)
    });
    let part = |bytes: Vec<u8>| stream::once(async { Ok::<_, io::Error>(Bytes::from(bytes)) });
    let whole = part(before).chain(pieces).chain(part(after));
    let where_to = (Method::POST, platform.of_number("media"));
    let said = platform.call_with(guard, where_to, PATIENCE, |request| {
        request
            .header("content-type", format!("multipart/form-data; boundary={boundary}"))
            .header("content-length", length)
            .body(reqwest::Body::wrap_stream(whole))
    });
    let id = |answer: Value| {
        let id = answer.get("id")?.as_str()?;
        (!id.is_empty()).then(|| id.into())
    };
    said.await.saying(id)
}

/// The boundary of a form, and what stands before and after the file in it.
fn frame(engine: &Engine, mime_type: &str) -> (String, Vec<u8>, Vec<u8>) {
    // As random as an id: no file holds it.
    let boundary = format!("convolog-{}", engine.ctx().next_id().simple());
    let field = |name: &str, value: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let file = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
         Content-Type: {mime_type}\r\n\r\n"
    );
    let before = field("messaging_product", "whatsapp") + &field("type", mime_type) + &file;
    let after = format!("\r\n--{boundary}--\r\n");
    (boundary, before.into_bytes(), after.into_bytes())
}
