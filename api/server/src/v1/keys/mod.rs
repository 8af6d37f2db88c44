//! API keys of a workspace: shown once, revocable, never changed.

mod create;
mod read;
mod revoke;

pub(crate) use create::CreateKey;
pub(crate) use read::ListKeys;
pub(crate) use revoke::RevokeKey;

use convolog_domain::api_key::{ApiKey, KeyCreated, KeyMode as Mode, Scope as Allowed};
use convolog_domain::limits::{AVELTO_SCOPES, SURFACES};
use convolog_domain::{StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::settings::Setting;
use super::wire::{seconds, time};
use crate::app::App;
use crate::problem::{Outcome, Problem};

/// Live keys act; test keys go through everything and stop before the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyMode {
    /// Acts.
    #[default]
    Live,
    /// Goes through everything and stops before the wire.
    Test,
}

impl From<KeyMode> for Mode {
    fn from(mode: KeyMode) -> Self {
        match mode {
            KeyMode::Live => Self::Live,
            KeyMode::Test => Self::Test,
        }
    }
}

impl From<Mode> for KeyMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Live => Self::Live,
            Mode::Test => Self::Test,
        }
    }
}

/// What a key may do: a scope of this API, or one that a surface has of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct KeyScope(pub(crate) String);

/// What the scopes of this API mean.
const MEANINGS: [(Allowed, &str); 3] = [
    (Allowed::Read, "Reads everything of the workspace, events and history among it."),
    (Allowed::Write, "Acts on conversations and contacts."),
    (Allowed::Manage, "Manages channels, apps, people and keys."),
];

impl KeyScope {
    /// The scope of this API that it is, if it is one.
    pub(crate) fn native(&self) -> Option<Allowed> {
        Allowed::ALL.into_iter().find(|scope| scope.as_str() == self.0)
    }
}

impl JsonSchema for KeyScope {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scope".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = MEANINGS.map(|(scope, means)| (scope.as_str(), means.to_owned()));
        let of_avelto =
            AVELTO_SCOPES.map(|name| (name, "A scope of Avelto, for its keys alone.".to_owned()));
        let all: Vec<_> = own
            .into_iter()
            .chain(of_avelto)
            .map(|(name, means)| schemars::json_schema!({ "const": name, "description": means }))
            .collect();
        schemars::json_schema!({ "description": "What a key may do.", "oneOf": all })
    }
}

/// A key, without the key itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiKey")]
pub(crate) struct KeyView {
    /// Which one.
    pub(crate) id: Uuid,
    /// What its owner calls it.
    pub(crate) name: String,
    /// Its first characters, to recognise it by.
    pub(crate) prefix: String,
    /// Live or test.
    pub(crate) mode: KeyMode,
    /// The API it is for.
    pub(crate) surface: String,
    /// What it may do.
    pub(crate) scopes: Vec<KeyScope>,
    /// The person it acts for, unless a request names another.
    pub(crate) person: Option<Uuid>,
    /// When it stops working by itself; null for never.
    pub(crate) expires_at: Option<String>,
    /// Whether it was revoked.
    pub(crate) revoked: bool,
    /// When it was made; missing in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<String>,
    /// The key itself: in the answer that makes it, and nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
}

impl KeyView {
    fn of(id: Uuid, key: &KeyCreated, revoked: bool) -> Self {
        Self {
            id,
            name: key.name.clone(),
            prefix: key.prefix.clone(),
            mode: key.mode.into(),
            surface: key.surface.clone(),
            scopes: key
                .scopes
                .iter()
                .map(|scope| scope.as_str().to_owned())
                .chain(key.grants.iter().cloned())
                .map(KeyScope)
                .collect(),
            person: key.person.map(|person| person.0),
            expires_at: key.expires_at.map(seconds),
            revoked,
            created_at: None,
            key: None,
        }
    }
}

impl Setting for KeyView {
    const KIND: StreamKind = StreamKind::ApiKey;
    const NAME: &'static str = "key";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let loaded = app.engine().load::<ApiKey>(workspace, id)?;
        let key = loaded.state.key.as_ref().ok_or_else(|| Problem::not_found("key"))?;
        Ok(Self { created_at: Some(time(begun.at)), ..Self::of(id, key, loaded.state.revoked) })
    }
}

/// A key of a workspace, in a path.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyPath {
    /// Which workspace.
    id: Uuid,
    /// Which key.
    key_id: Uuid,
}

/// The surfaces, as the schema lists them.
pub(crate) fn surfaces(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": SURFACES, "default": "native" })
}

/// The surface of a key that names none.
fn native() -> String {
    "native".to_owned()
}
