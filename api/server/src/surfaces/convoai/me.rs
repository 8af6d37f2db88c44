//! The account that a key belongs to.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::person::{Person, Role};
use convolog_domain::{StreamKind, WorkspaceId};
use convolog_log::Position;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::wire::USER;
use super::{VERSION, agents, plan};
use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::surfaces::ids;
use crate::v1::people::PersonView;
use crate::v1::settings;

/// `GET /api/v1/me/`
pub(super) struct ShowMe;

/// An account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
pub(super) struct Account {
    /// Whose it is: the person that the key acts for, else the first owner, else the account itself.
    id: String,
    /// Their e-mail address; null if nobody has one here.
    email: Option<String>,
    /// The plan, which sets limits: `free`, `pro` or `enterprise`.
    plan: &'static str,
    /// How many agents there are.
    agents_count: usize,
    /// The version of the API.
    api_version: &'static str,
}

impl Read for ShowMe {
    const DECLARATION: Declaration =
        Declaration::get("/api/v1/me/", "me", "Check the key and show its account")
            .group("Account")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The account.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Account;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (app, workspace) = (&call.app, call.workspace());
        let plan_name = app.engine().plan_of(workspace)?.ok_or_else(Problem::no_workspace)?;
        let acting = call.session.person.map(|(person, _)| person.0);
        let person = match acting {
            Some(person) => Some(person),
            None => first_owner(app, workspace)?,
        };
        let (begins, email) = if let Some(person) = person {
            begun(app, workspace, person)?
        } else {
            let kind = StreamKind::Workspace;
            let begun = settings::existing(app, workspace, kind, workspace.0, "workspace")?;
            (begun.position, None)
        };
        Ok(Account {
            id: ids::short(USER, begins),
            email,
            plan: plan(&plan_name).name,
            agents_count: agents::all(app, workspace)?.len(),
            api_version: VERSION,
        })
    }
}

/// Where the history of a person begins, and their e-mail address.
fn begun(app: &App, workspace: WorkspaceId, person: Uuid) -> Outcome<(Position, Option<String>)> {
    let begun = settings::existing(app, workspace, StreamKind::Person, person, "person")?;
    let shown = settings::show::<PersonView>(app, workspace, person)?;
    Ok((begun.position, shown.email))
}

/// Whoever has owned the workspace longest and still does.
fn first_owner(app: &App, workspace: WorkspaceId) -> Outcome<Option<Uuid>> {
    for id in settings::all(app, workspace, StreamKind::Person)? {
        let role = app.engine().load::<Person>(workspace, id)?.state.standing();
        if role.is_some_and(Role::keeps_people) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
