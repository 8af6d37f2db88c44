//! Adding a file: the bytes as they are, or a form with the file in it.

use axum::http::StatusCode;
use convolog_domain::MediaId;
use convolog_domain::api_key::Scope;
use convolog_domain::media::types;

use super::MediaFileView;
use super::keep::{Brought, keep};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, FileBody, FileTypes, GivenFile, Json, NoParameters,
    RateClass, Reply,
};
use crate::problem::{Code, Outcome};

/// The largest file that any kind of message takes, with what a form puts around it.
const BODY_BYTES_MAX: usize = 100 * 1024 * 1024 + 64 * 1024;

/// `POST /v1/media`
pub(crate) struct AddMedia;

/// What can be sent.
pub(crate) struct Sendable;

impl FileTypes for Sendable {
    const IN_A_FORM: bool = true;

    fn all() -> Vec<&'static str> {
        types().collect()
    }
}

impl Endpoint for AddMedia {
    const DECLARATION: Declaration = Declaration::post("/v1/media", "add_media", "Add a file")
        .describing("The body is the file, `Content-Type` its type; `Content-Disposition: attachment; filename=\"…\"` names it. Or it is a form (`multipart/form-data`) whose part `file` is the file, with its type and name. What is there already is answered (200), not added again. The platform's limits are checked here: images (JPEG, PNG) 5 MB, audio (AAC, AMR, MP3, M4A, OGG) and video (MP4, 3GP) 16 MB, stickers (WebP) 500 KB, documents (PDF, text, Office) 100 MB. Send it with `media: {\"media_id\": …}`: it is uploaded to the platform when the first message needs it, and again when the platform has forgotten it.")
        .group("Media")
        .access(Access::Key(Scope::Write))
        .rate(RateClass::Heavy)
        .answers(StatusCode::CREATED, "The file.")
        .or_finds("The file, which was there already.")
        .fails_with(&[Code::AlreadyExists])
        .body_up_to(BODY_BYTES_MAX);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = FileBody<Sendable>;
    type Ok = Json<MediaFileView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let id = MediaId(call.new_id("media"));
        let GivenFile { bytes, mime_type, filename } =
            GivenFile::read(&call.headers, &call.body.bytes).await?;
        let filename = filename.map(Into::into);
        keep(&call, id, Brought { bytes, mime_type, filename, link: None }).await
    }
}
