//! Meta apps: the secrets that sign what arrives, and their rotation.

mod change;
mod read;
mod register;
mod secrets;

pub(crate) use change::ChangeApp;
pub(crate) use read::{ListApps, ShowApp};
pub(crate) use register::RegisterApp;
pub(crate) use secrets::{AddSecret, RetireSecret};

use convolog_domain::meta_app::{self, MetaApp};
use convolog_domain::{Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::settings::Setting;
use super::wire::{SecretShown, time};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// A Meta app.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "App")]
pub(crate) struct AppView {
    /// Which one.
    pub(crate) id: Uuid,
    /// What its owner calls it.
    pub(crate) name: String,
    /// The version of the Graph API it is subscribed with.
    pub(crate) graph_version: String,
    /// The secrets that may sign, oldest first.
    pub(crate) secrets: Vec<SecretShown>,
    /// When it was registered; missing in the answer that registers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

impl Setting for AppView {
    const KIND: StreamKind = StreamKind::MetaApp;
    const NAME: &'static str = "app";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let Event::MetaApp(meta_app::Event::AppRegistered(registered)) = &begun.event else {
            return Err(Problem::not_found("app"));
        };
        let loaded = app.engine().load::<MetaApp>(workspace, id)?;
        Ok(Self {
            id,
            name: registered.name.clone(),
            graph_version: registered.graph_version.clone(),
            secrets: loaded.state.secrets.iter().map(SecretShown::from).collect(),
            created_at: Some(time(begun.at)),
        })
    }
}

/// The version of the Graph API when none is named.
pub(crate) fn graph_version() -> String {
    "v25.0".to_owned()
}
