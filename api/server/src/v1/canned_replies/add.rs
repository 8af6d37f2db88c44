//! Adding a canned reply.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::canned_reply::{self as rules, CannedReplyDraft, Event as Written};
use convolog_domain::{CannedReplyId, Event, Sensitive};
use convolog_engine::{Answer, CannedStanding};
use schemars::JsonSchema;
use serde::Deserialize;

use super::CannedReplyView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/canned-replies`
pub(crate) struct AddCannedReply;

/// A canned reply to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCannedReply {
    /// The word that it is called by: lower-case letters, digits, `-` and `_`.
    #[schemars(length(min = 1, max = 40))]
    shortcut: String,
    /// What it says; `{{contact.name}}`, `{{contact.phone}}` and names of your own stand for what is
    /// filled in when it is sent.
    #[schemars(with = "String", length(min = 1, max = 4096))]
    text: Sensitive,
    /// The language it is written in, such as `pt` or `pt-BR`.
    #[serde(default)]
    #[schemars(length(min = 2, max = 35))]
    language: Option<String>,
    /// What it is about.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tags: Vec<String>,
}

impl Endpoint for AddCannedReply {
    const DECLARATION: Declaration =
        Declaration::post("/v1/canned-replies", "add_canned_reply", "Add a canned reply")
            .describing("No two of a workspace are called by one word.")
            .group("Canned replies")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::CREATED, "The canned reply.")
            .fails_with(&[Code::AlreadyExists]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewCannedReply>;
    type Ok = Json<CannedReplyView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (CannedReplyId(call.new_id("canned reply")), call.workspace());
        let JsonBody(new) = &call.body;
        let draft = CannedReplyDraft {
            shortcut: new.shortcut.clone(),
            text: new.text.clone(),
            language: new.language.clone(),
            tags: new.tags.clone(),
        };
        let text = new.text.clone();
        let answer = move |events: &[Event]| {
            let shown = events.iter().find_map(|event| match event {
                Event::CannedReply(Written::CannedReplyAdded(added)) => {
                    let (version, text) = (added.version.clone(), Some(text.clone()));
                    let standing = CannedStanding { id, version, number: 1, text };
                    Some(CannedReplyView::from(standing))
                }
                _ => None,
            });
            Answer::open(201, serde_json::to_value(shown).unwrap_or_default(), workspace)
        };
        let command = rules::AddCannedReply { workspace, draft };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let engine = call.app.engine();
        let answered = engine.add_canned_reply(&caller, id, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
