//! Who acts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{AppId, KeyId, PersonId, WorkspaceId};

/// What kind of actor; the numbers stand in the log and never change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ActorKind {
    /// Convolog itself.
    System = 0,
    /// Whoever holds the installation's administrator token.
    Administrator = 1,
    /// A member of the staff.
    Person = 2,
    /// An API key acting for itself.
    Key = 3,
    /// A messaging platform, by the app whose secret verified.
    Platform = 4,
    /// A reactor (sender, deliverer, AI responder …).
    Reactor = 5,
}

impl ActorKind {
    /// The number in the log.
    pub const fn code(self) -> u8 {
        match self {
            Self::System => 0,
            Self::Administrator => 1,
            Self::Person => 2,
            Self::Key => 3,
            Self::Platform => 4,
            Self::Reactor => 5,
        }
    }

    /// As people and programs read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Administrator => "administrator",
            Self::Person => "person",
            Self::Key => "key",
            Self::Platform => "platform",
            Self::Reactor => "reactor",
        }
    }

    /// The kind with this number.
    pub const fn from_code(code: u8) -> Option<Self> {
        Some(match code {
            0 => Self::System,
            1 => Self::Administrator,
            2 => Self::Person,
            3 => Self::Key,
            4 => Self::Platform,
            5 => Self::Reactor,
            _ => return None,
        })
    }
}

/// Who did something, with which key, for whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// What kind.
    pub kind: ActorKind,
    /// Which one.
    pub id: Uuid,
    /// The key of the request, if one was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
    /// The person for whom a key or reactor acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PersonId>,
}

impl Actor {
    /// Convolog itself.
    pub const SYSTEM: Self =
        Self { kind: ActorKind::System, id: Uuid::nil(), key: None, on_behalf_of: None };

    /// The administrator.
    pub const ADMINISTRATOR: Self =
        Self { kind: ActorKind::Administrator, id: Uuid::nil(), key: None, on_behalf_of: None };

    /// What acts because of events.
    pub const REACTOR: Self =
        Self { kind: ActorKind::Reactor, id: Uuid::nil(), key: None, on_behalf_of: None };

    /// Who answers for it: the person for whom a key acted, else whoever acted.
    pub fn answerable(&self) -> (ActorKind, Uuid) {
        self.on_behalf_of.map_or((self.kind, self.id), |person| (ActorKind::Person, person.0))
    }

    /// A platform that posted with this app's secret.
    pub const fn platform(app: AppId) -> Self {
        Self { kind: ActorKind::Platform, id: app.0, key: None, on_behalf_of: None }
    }

    /// A key, acting for itself or for a named person.
    pub const fn key(key: KeyId, on_behalf_of: Option<PersonId>) -> Self {
        Self { kind: ActorKind::Key, id: key.0, key: Some(key), on_behalf_of }
    }

    /// A workspace acting through its own settings.
    pub const fn workspace(id: WorkspaceId) -> Self {
        Self { kind: ActorKind::System, id: id.0, key: None, on_behalf_of: None }
    }
}
