//! Groups of templates that say the same: the preferred one first.

mod change;
mod read;

pub(crate) use change::{ChangeGroup, CreateGroup, DeleteGroup};
pub(crate) use read::{ListGroups, ShowGroup};

use convolog_domain::template_group::{GroupSettings, TemplateGroup};
use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::time;
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// Templates that say the same.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "TemplateGroup")]
pub(crate) struct GroupView {
    /// Which group.
    id: Uuid,
    /// What its people call it.
    name: String,
    /// The preferred template, then those that are sent in its place, in this order.
    members: Vec<Uuid>,
    /// When it was made; missing in the answers to commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

impl GroupView {
    fn of(id: Uuid, settings: &GroupSettings) -> Self {
        let members = settings.members.iter().map(|member| member.0).collect();
        Self { id, name: settings.name.clone(), members, created_at: None }
    }
}

impl Setting for GroupView {
    const KIND: StreamKind = StreamKind::TemplateGroup;
    const NAME: &'static str = "template group";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = app.engine().load::<TemplateGroup>(workspace, id)?.state;
        let settings = state.live().map_err(|_| Problem::not_found(Self::NAME))?;
        Ok(Self { created_at: Some(time(begun.at)), ..Self::of(id, settings) })
    }
}
