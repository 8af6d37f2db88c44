//! The staff of a workspace: people who are named in what they do.

mod add;
mod read;
mod remove;

pub(crate) use add::AddPerson;
pub(crate) use read::{ListPeople, ShowPerson};
pub(crate) use remove::RemovePerson;

use convolog_domain::person::{Person, Role as Kind};
use convolog_domain::{Content, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Recorded};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::settings::Setting;
use super::wire::time;
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// What a person may do, whatever the key that they act with may.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// Everything, people and keys included.
    Owner,
    /// Conversations and settings: every scope, but for people and keys.
    Manager,
    /// Conversations: the scopes `read` and `write`.
    Operator,
    /// Reading, replay and proofs: the scope `read`.
    Auditor,
}

impl From<Role> for Kind {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::Manager => Self::Manager,
            Role::Operator => Self::Operator,
            Role::Auditor => Self::Auditor,
        }
    }
}

impl From<Kind> for Role {
    fn from(role: Kind) -> Self {
        match role {
            Kind::Owner => Self::Owner,
            Kind::Manager => Self::Manager,
            Kind::Operator => Self::Operator,
            Kind::Auditor => Self::Auditor,
        }
    }
}

/// A member of the staff.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Person")]
pub(crate) struct PersonView {
    /// Which one.
    pub(crate) id: Uuid,
    /// Their name; null if their data was erased.
    pub(crate) name: Option<String>,
    /// Their e-mail address, if they have one here.
    pub(crate) email: Option<String>,
    /// What they may do.
    pub(crate) role: Role,
    /// Whether they left.
    pub(crate) removed: bool,
    /// When they were added; missing in the answer that adds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
}

impl Setting for PersonView {
    const KIND: StreamKind = StreamKind::Person;
    const NAME: &'static str = "person";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let loaded = app.engine().load::<Person>(workspace, id)?;
        let role = loaded.state.role.ok_or_else(|| Problem::not_found("person"))?;
        let profile = app.engine().open(begun).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Profile(profile)) => Some(profile),
            _ => None,
        });
        let (name, email) = profile.map(|known| (known.name, known.email)).unwrap_or_default();
        Ok(Self {
            id,
            name: name.map(|name| name.0),
            email: email.map(|email| email.0),
            role: role.into(),
            removed: loaded.state.removed,
            created_at: Some(time(begun.at)),
        })
    }
}
