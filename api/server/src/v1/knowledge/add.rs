//! Adding a document.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::document as rules;
use convolog_domain::{AgentId, DocumentId, Sensitive};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::{BODY_BYTES_MAX, DocumentWritten, Format, added, written};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::rates::Quota;

/// `POST /v1/knowledge`
pub(crate) struct AddDocument;

/// A document to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDocument {
    /// What people call it, on one line.
    #[schemars(with = "String", length(min = 1, max = 200))]
    title: Sensitive,
    /// What it says; at most 512 KiB.
    #[schemars(with = "String", length(min = 1))]
    content: Sensitive,
    /// How the content is written; Markdown if not given, which plain text is too.
    #[serde(default)]
    format: Option<Format>,
    /// The language, a code of ISO 639 such as `pt`; worked out from the text if not given.
    #[serde(default)]
    #[schemars(length(min = 2, max = 3))]
    language: Option<String>,
    /// The agent that alone may answer from it; every agent may if not given.
    #[serde(default)]
    agent_id: Option<Uuid>,
}

impl Endpoint for AddDocument {
    const DECLARATION: Declaration =
        Declaration::post("/v1/knowledge", "add_document", "Add a document")
            .describing("Its text is cut into passages, which can be searched within a second.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .using(Quota::KnowledgeWrites)
            .answers(StatusCode::CREATED, "The document.")
            .fails_with(&[Code::AlreadyExists, Code::PlanLimitReached])
            .body_up_to(BODY_BYTES_MAX);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewDocument>;
    type Ok = Json<DocumentWritten>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (call.new_id("document"), call.workspace());
        let JsonBody(new) = &call.body;
        let draft = rules::DocumentDraft {
            title: new.title.clone(),
            content: new.content.clone(),
            format: new.format.unwrap_or_default().into(),
            language: new.language.clone(),
            agent: new.agent_id.map(AgentId),
        };
        let command = rules::AddDocument { workspace, draft: draft.clone() };
        let answer = move |events: &[_]| written(201, workspace, id, added(events), &draft);
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let engine = call.app.engine();
        let answered = engine.add_document(&caller, DocumentId(id), command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
