//! Reading files of the workspace.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::media::Media;
use convolog_domain::{MediaId, Sensitive};
use convolog_projections::view::Reader;

use super::MediaFileView;
use crate::endpoint::{Access, Call, Declaration, File, List, NoParameters, Read, Reply};
use crate::problem::{Outcome, Problem};
use crate::v1::files::{Sent, send};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/media`
pub(crate) struct ListMedia;

impl Read for ListMedia {
    const DECLARATION: Declaration = Declaration::list("/v1/media", "list_media", "List files")
        .describing("In the order in which they were added; those that were removed are left out.")
        .group("Media")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "A page of files.")
        .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<MediaFileView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list_those(&call.app, call.workspace(), &call.paging, |_: &MediaFileView| true)
    }
}

/// `GET /v1/media/{id}`
pub(crate) struct ShowMedia;

impl Read for ShowMedia {
    const DECLARATION: Declaration =
        Declaration::get("/v1/media/{id}", "show_media", "Show a file")
            .group("Media")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "What is known of it.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = MediaFileView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}

/// `GET /v1/media/{id}/content`
pub(crate) struct ShowMediaContent;

impl Read for ShowMediaContent {
    const DECLARATION: Declaration =
        Declaration::get("/v1/media/{id}/content", "show_media_content", "Get a file")
            .describing(
                "The bytes as they were added. One stretch can be asked for with `Range: bytes=…`.",
            )
            .group("Media")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The file.")
            .with_a_file();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Reply<File>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (engine, workspace, id) = (call.app.engine(), call.workspace(), call.path.id);
        if engine.load::<Media>(workspace, id)?.state.live().is_err() {
            return Err(Problem::not_found("file"));
        }
        let standing = engine.media(workspace, MediaId(id))?;
        let name = standing.content.as_ref().and_then(|content| content.filename.as_ref());
        let file = Sent {
            seal: standing.seal,
            blob: standing.added.blob,
            size: standing.added.size,
            mime_type: &standing.added.mime_type,
            name: name.map(Sensitive::expose),
        };
        send(engine, &file, &call.headers)
    }
}
