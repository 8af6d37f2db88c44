//! Reading canned replies.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Deserialize;

use super::CannedReplyView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/canned-replies`
pub(crate) struct ListCannedReplies;

/// Which canned replies.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those whose shortcut begins so: what has been typed of it.
    prefix: Option<String>,
    /// Only those with this tag.
    tag: Option<String>,
    /// Only those written in this language.
    language: Option<String>,
}

impl Read for ListCannedReplies {
    const DECLARATION: Declaration =
        Declaration::list("/v1/canned-replies", "list_canned_replies", "List canned replies")
            .describing(
                "In the order in which they were added; those that were removed are left out.",
            )
            .group("Canned replies")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of canned replies.")
            .from_read_models();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<CannedReplyView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let lower = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_lowercase());
        let Wanted { prefix, tag, language } = &call.query;
        let (prefix, tag, language) = (lower(prefix), lower(tag), lower(language));
        settings::list_those(&call.app, call.workspace(), &call.paging, |one: &CannedReplyView| {
            prefix.as_ref().is_none_or(|prefix| one.shortcut.starts_with(prefix.as_str()))
                && tag.as_ref().is_none_or(|tag| one.tags.contains(tag))
                && language.as_ref().is_none_or(|code| one.language.as_ref() == Some(code))
        })
    }
}

/// `GET /v1/canned-replies/{id}`
pub(crate) struct ShowCannedReply;

impl Read for ShowCannedReply {
    const DECLARATION: Declaration =
        Declaration::get("/v1/canned-replies/{id}", "show_canned_reply", "Show a canned reply")
            .group("Canned replies")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The canned reply.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = CannedReplyView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
