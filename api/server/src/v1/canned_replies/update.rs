//! Changing a canned reply.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{CannedReplyId, Sensitive};
use convolog_engine::{Answer, CannedReplyChange, CannedStanding};
use schemars::JsonSchema;
use serde::Deserialize;

use super::CannedReplyView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::{ById, given};

/// `PATCH /v1/canned-replies/{id}`
pub(crate) struct UpdateCannedReply;

/// What is to be different. What is left out stays as it is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedCannedReply {
    /// The word that it is called by.
    #[serde(default)]
    #[schemars(length(min = 1, max = 40))]
    shortcut: Option<String>,
    /// What it says.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 4096))]
    text: Option<Sensitive>,
    /// The language it is written in; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>", length(min = 2, max = 35))]
    #[expect(clippy::option_option, reason = "left out, null and a value are three things")]
    language: Option<Option<String>>,
    /// What it is about.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tags: Option<Vec<String>>,
}

impl Endpoint for UpdateCannedReply {
    const DECLARATION: Declaration = Declaration::patch(
        "/v1/canned-replies/{id}",
        "update_canned_reply",
        "Change a canned reply",
    )
    .describing("Makes a new version, unless nothing differs. What was sent before names the version that it came from.")
    .group("Canned replies")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "The canned reply.")
    .fails_with(&[Code::AlreadyExists, Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<ChangedCannedReply>;
    type Ok = Json<CannedReplyView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = &call.body;
        let change = CannedReplyChange {
            shortcut: wanted.shortcut.clone(),
            text: wanted.text.clone(),
            language: wanted.language.clone(),
            tags: wanted.tags.clone(),
        };
        let workspace = call.workspace();
        let answer = |standing: &CannedStanding| {
            let shown = CannedReplyView::from(standing.clone());
            Answer::open(200, serde_json::to_value(shown).unwrap_or_default(), workspace)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let (engine, which) = (call.app.engine(), (CannedReplyId(call.path.id), &change));
        let answered = engine.change_canned_reply(&caller, which, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
