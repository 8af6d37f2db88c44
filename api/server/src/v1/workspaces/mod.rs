//! Workspaces: the administrator makes them, everything else belongs to one.

mod change;
mod create;
mod opt_out;
mod rate_cards;
mod read;

pub(crate) use change::ChangeWorkspace;
pub(crate) use create::CreateWorkspace;
pub(crate) use opt_out::{SetWords, ShowOptOutWords};
pub(crate) use rate_cards::{SetCard, ShowRateCards};
pub(crate) use read::{ListWorkspaces, ShowWorkspace};

use convolog_domain::limits::PLANS;
use convolog_domain::workspace::{self, Workspace};
use convolog_domain::{StreamKind, WorkspaceId};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::existing;
use super::wire::time;
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A tenant.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Workspace")]
pub(crate) struct WorkspaceView {
    /// Which one.
    pub(crate) id: Uuid,
    /// What its people call it.
    pub(crate) name: String,
    /// The plan, which sets limits.
    pub(crate) plan: String,
    /// When it was set up; missing in the answer that sets it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

impl WorkspaceView {
    fn of(id: WorkspaceId, settings: &workspace::WorkspaceCreated) -> Self {
        let (name, plan) = (settings.name.clone(), settings.plan.clone());
        Self { id: id.0, name, plan, created_at: None }
    }

    fn load(app: &App, id: WorkspaceId) -> Outcome<Self> {
        let begun = existing(app, id, StreamKind::Workspace, id.0, "workspace")?;
        let loaded = app.engine().load::<Workspace>(id, id.0)?;
        let settings = loaded.state.settings.as_ref().ok_or_else(Problem::no_workspace)?;
        Ok(Self { created_at: Some(time(begun.at)), ..Self::of(id, settings) })
    }
}

/// The plans, as the schema lists them.
pub(crate) fn plans(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": PLANS })
}
