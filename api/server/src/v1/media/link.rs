//! Adding a file that lies at an address.

use std::sync::Arc;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::media::NoteUnreadLink;
use convolog_domain::{MediaId, Sensitive};
use convolog_reactors::{Linked, Unread, read_link};
use schemars::JsonSchema;
use serde::Deserialize;

use super::MediaFileView;
use super::keep::{Brought, keep};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply, plain_type,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::installation::must_be_armed;

/// `POST /v1/media/links`
pub(crate) struct AddMediaByLink;

/// Where a file lies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MediaLink")]
pub(crate) struct Lies {
    /// An https address on the public internet, of the file itself: redirects are not followed.
    #[schemars(with = "String", length(min = 1, max = 2000))]
    link: Sensitive,
    /// Its name; none if not given.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 240))]
    filename: Option<Sensitive>,
    /// Its type, such as `image/png`; what the host says if not given.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    mime_type: Option<String>,
}

impl Endpoint for AddMediaByLink {
    const DECLARATION: Declaration =
        Declaration::post("/v1/media/links", "add_media_by_link", "Add a file by its address")
            .describing("Reads the file at once and keeps it as `POST /v1/media` does: checked, and stored once for each content, so that it can be sent also when it no longer lies there. What cannot be read is answered `link_unreadable` and recorded (`media_link_failed`). A key of the sandbox reads nothing.")
            .group("Media")
            .access(Access::Key(Scope::Write))
            .rate(RateClass::Heavy)
            .answers(StatusCode::CREATED, "The file.")
        .or_finds("The file, which was there already.")
            .fails_with(&[
                Code::AddressRefused,
                Code::LinkUnreadable,
                Code::NotAllowedNow,
                Code::SandboxKey,
            ]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Lies>;
    type Ok = Json<MediaFileView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (app, caller, JsonBody(Lies { link, filename, mime_type })) =
            (&call.app, call.caller(), &call.body);
        caller.reaching("this calls somebody else's host")?;
        must_be_armed(app)?;
        // The whole file is in memory until it is sealed: only so many at a time.
        let _turn = Arc::clone(app.uploading()).acquire_owned().await.ok();
        let id = MediaId(call.new_id("media"));
        let read = read_link(app.outgoing(), link.expose()).await?;
        let Linked { bytes, mime_type: named } = match read {
            Ok(linked) => linked,
            Err(Unread { reason, http_status }) => {
                let (workspace, link) = (caller.workspace, link.clone());
                let command =
                    NoteUnreadLink { workspace, link, reason: reason.to_owned(), http_status };
                app.engine().execute(&caller, id.0, command).await?;
                let why = told(reason, http_status);
                return Err(Problem::new(Code::LinkUnreadable, why).at("link"));
            }
        };
        let mime_type = plain_type(&mime_type.clone().or(named).unwrap_or_default());
        let (filename, link) = (filename.clone(), Some(link.clone()));
        keep(&call, id, Brought { bytes: bytes.into(), mime_type, filename, link }).await
    }
}

fn told(reason: &str, http_status: Option<u16>) -> String {
    let status = http_status.map(|status| format!(" (status {status})")).unwrap_or_default();
    let what = match reason {
        "unreachable" => "The host could not be reached, or failed",
        "refused" => "The host answered with something else than the file",
        "too_large" => "The file is larger than anything that can be sent",
        _ => "The file did not come to its end in time",
    };
    format!("{what}{status}.")
}
