//! Teaching an agent.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::document::{self as rules, DocumentFormat};
use convolog_domain::{AgentId, DocumentId, Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::wire::{ByAgent, DOCUMENT, agent, time};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::rates::Quota;
use crate::surfaces::ids;
use crate::v1::knowledge::BODY_BYTES_MAX;

/// `POST /api/v1/agents/{id}/knowledge/`
pub(super) struct PushKnowledge;

/// A document for an agent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDocument {
    /// What people call it, on one line.
    #[schemars(with = "String", length(min = 1, max = 200))]
    title: Sensitive,
    /// What it says.
    #[schemars(with = "String", length(min = 1))]
    content: Sensitive,
    /// How the content is written; `text` if not given.
    #[serde(default)]
    doc_type: DocType,
}

/// How content is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum DocType {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

impl From<DocType> for DocumentFormat {
    fn from(kind: DocType) -> Self {
        match kind {
            DocType::Text => Self::Text,
            DocType::Markdown => Self::Markdown,
            DocType::Html => Self::Html,
        }
    }
}

/// A document of an agent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub(super) struct DocumentRow {
    /// Which one.
    id: String,
    /// The agent that answers from it.
    agent_id: String,
    /// What people call it.
    title: String,
    /// How it is written.
    doc_type: DocType,
    /// Always `ready`: it can be answered from.
    status: &'static str,
    /// When it was written.
    created_at: String,
}

impl Endpoint for PushKnowledge {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/agents/{id}/knowledge/",
        "push_knowledge",
        "Add a document to what an agent knows",
    )
    .group("Knowledge")
    .access(Access::Key(Scope::Write))
    .using(Quota::KnowledgeWrites)
    .answers(StatusCode::CREATED, "The document.")
    .fails_with(&[Code::AlreadyExists, Code::PlanLimitReached])
    .body_up_to(BODY_BYTES_MAX);
    type Path = ByAgent;
    type Query = NoParameters;
    type Body = JsonBody<NewDocument>;
    type Ok = Json<DocumentRow>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (call.new_id("document"), call.workspace());
        let JsonBody(new) = &call.body;
        let (caller, once, engine) = (call.caller(), call.facts.once.as_ref(), call.app.engine());
        let answered = if let Some(earlier) = call.earlier_answer()? {
            earlier
        } else {
            let (agent, _) = agent(&call)?;
            let draft = rules::DocumentDraft {
                title: new.title.clone(),
                content: new.content.clone(),
                format: new.doc_type.into(),
                language: None,
                agent: Some(AgentId(agent)),
            };
            let command = rules::AddDocument { workspace, draft };
            let answer = |_: &[Event]| Answer::open(201, json!({}), workspace);
            engine.add_document(&caller, DocumentId(id), command, once, answer).await?
        };
        let added = ids::event_of(&call.app, answered.position, |event| {
            matches!(event, Event::Document(rules::Event::DocumentAdded(_)))
        })?;
        let row = DocumentRow {
            id: ids::short(DOCUMENT, added.position),
            agent_id: call.path.id.clone(),
            title: new.title.expose().trim().to_owned(),
            doc_type: new.doc_type,
            status: "ready",
            created_at: time(added.at),
        };
        Reply::answering(answered, &row)
    }
}
