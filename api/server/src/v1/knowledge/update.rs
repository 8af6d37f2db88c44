//! Changing a document: it gets a new version.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, DocumentId, Sensitive};
use convolog_engine::DocumentChange;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::{BODY_BYTES_MAX, DocumentWritten, Format, written};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::rates::Quota;
use crate::v1::wire::{ById, given};

/// `PATCH /v1/knowledge/{id}`
pub(crate) struct UpdateDocument;

/// What is to change. What is left out stays as it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "left out, null and a value are three things")]
pub(crate) struct ChangedDocument {
    /// What people call it, on one line.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1, max = 200))]
    title: Option<Sensitive>,
    /// What it says; at most 512 KiB.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(min = 1))]
    content: Option<Sensitive>,
    /// How the content is written.
    #[serde(default)]
    format: Option<Format>,
    /// The language, a code of ISO 639 such as `pt`; null: worked out from the text.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>", length(min = 2, max = 3))]
    language: Option<Option<String>>,
    /// The agent that alone may answer from it; null: every agent may.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Uuid>")]
    agent_id: Option<Option<Uuid>>,
}

impl Endpoint for UpdateDocument {
    const DECLARATION: Declaration =
        Declaration::patch("/v1/knowledge/{id}", "update_document", "Change a document")
            .describing("It gets a new version, which alone is searched from then on; those before it stay in history. What is as it was changes nothing.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .using(Quota::KnowledgeWrites)
            .answers(StatusCode::OK, "The version that stands now.")
            .fails_with(&[Code::NotAllowedNow, Code::PlanLimitReached, Code::SandboxKey])
            .body_up_to(BODY_BYTES_MAX);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<ChangedDocument>;
    type Ok = Json<DocumentWritten>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (call.path.id, call.workspace());
        let ChangedDocument { title, content, format, language, agent_id } = call.body.0.clone();
        let change = DocumentChange {
            title,
            content,
            format: format.map(Into::into),
            language,
            agent: agent_id.map(|agent| agent.map(AgentId)),
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let engine = call.app.engine();
        let answered = engine
            .change_document(&caller, (DocumentId(id), &change), once, |version, draft| {
                written(200, workspace, id, Some(version), draft)
            })
            .await?;
        Ok(Reply::answered(answered))
    }
}
