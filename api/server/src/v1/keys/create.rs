//! Making a key.

use axum::http::StatusCode;
use convolog_domain::api_key as rules;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::scopes_of;
use convolog_domain::person::Person;
use convolog_domain::{Event, PersonId, WorkspaceId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{KeyMode, KeyScope, KeyView, native, surfaces};
use crate::auth::{NewKey, Session};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::surfaces::{SURFACES, Surface};
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
    /// What it may do. Keys of most surfaces have the scopes of this API; reading and writing if not
    /// given, and for ConvoAI, which knows no scopes, everything. Keys of Avelto have Avelto's own
    /// scopes, which must be given.
    #[serde(default)]
    #[schemars(with = "Option<Vec<KeyScope>>", length(min = 1, max = 16))]
    scopes: Option<Vec<KeyScope>>,
    /// When it stops working by itself (RFC 3339); never if not given.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    expires_at: Option<jiff::Timestamp>,
    /// The person it acts for, and for nobody else: it may do no more than their role, and stops
    /// working when they are removed. Without one, for whomever a request names.
    #[serde(default)]
    person: Option<Uuid>,
}

/// The scopes of a key: those of this API, and those that a surface has of its own.
fn scopes(wanted: &Wanted) -> (Vec<Scope>, Vec<String>) {
    let Some(named) = &wanted.scopes else {
        return match wanted.surface.as_str() {
            "convoai" => (Scope::ALL.to_vec(), Vec::new()),
            surface if scopes_of(surface).is_empty() => {
                (vec![Scope::Read, Scope::Write], Vec::new())
            }
            _ => (Vec::new(), Vec::new()),
        };
    };
    let own = named.iter().filter_map(KeyScope::native).collect();
    let granted = named.iter().filter(|scope| scope.native().is_none());
    (own, granted.map(|KeyScope(name)| name.clone()).collect())
}

/// A key in the shape of its surface.
fn draw(wanted: &Wanted) -> Outcome<NewKey> {
    let surface = Surface::named(&wanted.surface).ok_or_else(|| {
        let detail = format!("The surface {} is not served yet.", wanted.surface);
        Problem::field("surface", detail).allowing(SURFACES.map(|surface| surface.name))
    })?;
    NewKey::draw(&surface.keys, wanted.mode.into()).ok_or_else(|| {
        let detail = format!("Keys of {} have no sandbox: they are live.", surface.name);
        Problem::field("mode", detail).allowing(["live"])
    })
}

impl Endpoint for CreateKey {
    const DECLARATION: Declaration =
        Declaration::post("/v1/workspaces/{id}/keys", "create_key", "Make an API key")
            .describing("The answer shows the key, once: only its hash is kept. A repetition with the same `Idempotency-Key` shows it masked. A key makes none that may do what it may not: one of the sandbox makes keys of the sandbox, one of another API makes keys of that API.")
            .group("Workspaces")
            .access(Access::AdministratorOrKey(Scope::Manage))
            .rate(RateClass::Heavy)
            .for_owners()
            .answers(StatusCode::CREATED, "The key, with `key` itself.")
            .fails_with(&[Code::AlreadyExists, Code::PlanLimitReached, Code::SandboxKey]);
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
        within_its_own(&session, wanted)?;
        let id = call.new_id("key");
        let key = draw(wanted)?;
        let (scopes, grants) = scopes(wanted);
        let command = rules::CreateKey {
            name: wanted.name.clone(),
            hash: key.hash,
            prefix: key.prefix.clone(),
            mode: wanted.mode.into(),
            surface: wanted.surface.clone(),
            scopes,
            person: wanted.person.map(PersonId),
            grants,
            expires_at: wanted.expires_at.map(jiff::Timestamp::as_second),
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

/// A key makes none that goes beyond it: beyond the sandbox, or beyond the limits of its surface.
fn within_its_own(session: &Session, wanted: &Wanted) -> Outcome<()> {
    if wanted.mode == KeyMode::Live {
        session.caller(Uuid::nil()).reaching("a live key reaches people")?;
    }
    let home = session.home;
    if home.is_native || home.name == wanted.surface {
        return Ok(());
    }
    let detail = format!("surface: a key of {} makes keys of {0} only.", home.about.title);
    Err(Problem::field("surface", detail).allowing([home.name]))
}

fn must_be_here(call: &Call<CreateKey>, workspace: WorkspaceId, person: Uuid) -> Outcome<()> {
    let loaded = call.app.engine().load::<Person>(workspace, person)?;
    if loaded.state.role.is_some() && !loaded.state.removed {
        return Ok(());
    }
    Err(Problem::field("person", "person must be the id of a person of this workspace."))
}
