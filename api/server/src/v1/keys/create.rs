//! Making a key.

use axum::http::StatusCode;
use convolog_domain::api_key as rules;
use convolog_domain::api_key::Scope;
use convolog_domain::person::Person;
use convolog_domain::{Event, PersonId, WorkspaceId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{KeyMode, KeyScope, KeyView, native, surfaces};
use crate::auth::NewKey;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/workspaces/{id}/keys`
pub(crate) struct CreateKey;

/// A key to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewApiKey")]
pub(crate) struct Wanted {
    /// What its owner calls it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// Live or test.
    #[serde(default)]
    mode: KeyMode,
    /// The API it is for.
    #[serde(default = "native")]
    #[schemars(schema_with = "surfaces")]
    surface: String,
    /// What it may do; reading and writing if not given.
    #[serde(default = "read_and_write")]
    #[schemars(length(min = 1, max = 8))]
    scopes: Vec<KeyScope>,
    /// The person it acts for, and for nobody else: it may do no more than their role, and stops
    /// working when they are removed. Without one, for whomever a request names.
    #[serde(default)]
    person: Option<Uuid>,
}

fn read_and_write() -> Vec<KeyScope> {
    vec![KeyScope::Read, KeyScope::Write]
}

impl Endpoint for CreateKey {
    const DECLARATION: Declaration =
        Declaration::post("/v1/workspaces/{id}/keys", "create_key", "Make an API key")
            .describing("The answer shows the key, once: only its hash is kept. A repetition with the same `Idempotency-Key` shows it masked.")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Manage))
            .rate(RateClass::Heavy)
            .for_owners()
            .answers(StatusCode::CREATED, "The key, with `key` itself.")
            .fails_with(&[Code::AlreadyExists, Code::PlanLimitReached]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<KeyView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let workspace = WorkspaceId(call.path.id);
        let session = call.in_workspace(workspace)?;
        let JsonBody(wanted) = &call.body;
        if let Some(person) = wanted.person {
            must_be_here(&call, workspace, person)?;
        }
        let id = call.new_id("key");
        let key = NewKey::draw(wanted.mode.into());
        let command = rules::CreateKey {
            name: wanted.name.clone(),
            hash: key.hash,
            prefix: key.prefix.clone(),
            mode: wanted.mode.into(),
            surface: wanted.surface.clone(),
            scopes: wanted.scopes.iter().map(|scope| (*scope).into()).collect(),
            person: wanted.person.map(PersonId),
        };
        let caller = session.caller(call.facts.id);
        let once = call.facts.once.as_ref();
        let answer = |events: &[Event]| Answer {
            status: 201,
            body: shown(id, events, key.reveal()),
            masked: shown(id, events, &key.masked()),
            subject: workspace.into(),
        };
        let answered = call.app.engine().execute_once(&caller, id, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn shown(id: Uuid, events: &[Event], key: &str) -> Value {
    let created = events.iter().find_map(|event| match event {
        Event::ApiKey(rules::Event::KeyCreated(created)) => Some(created),
        _ => None,
    });
    let view = created
        .map(|created| KeyView { key: Some(key.to_owned()), ..KeyView::of(id, created, false) });
    serde_json::to_value(view).unwrap_or_default()
}

fn must_be_here(call: &Call<CreateKey>, workspace: WorkspaceId, person: Uuid) -> Outcome<()> {
    let loaded = call.app.engine().load::<Person>(workspace, person)?;
    if loaded.state.role.is_some() && !loaded.state.removed {
        return Ok(());
    }
    Err(Problem::field("person", "person must be the id of a person of this workspace."))
}
