//! An API key: stored hashed, shown once, scoped, revocable, live or test.

mod create_key;
mod revoke_key;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::PersonId;

pub use create_key::CreateKey;
pub use revoke_key::RevokeKey;

/// Live keys act; test keys go through everything and stop before the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyMode {
    /// `cl_live_…`
    #[default]
    Live,
    /// `cl_test_…`
    Test,
}

/// What a key may do.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read models, events, replay.
    Read,
    /// Commands on conversations and contacts.
    Write,
    /// Channels, apps, people and keys of the workspace.
    Manage,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Manage];

    /// The name that the API shows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Manage => "manage",
        }
    }
}

/// A key was made. The key itself was shown once and is nowhere stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct KeyCreated {
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the key.
    pub hash: Hash32,
    /// Its first characters, to recognise it by.
    pub prefix: String,
    /// Live or test.
    pub mode: KeyMode,
    /// The API it is for: `native` or a dialect.
    pub surface: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The person it acts for, and for nobody else; without one, for whomever the request names.
    pub person: Option<PersonId>,
    /// What it may do in the words of a dialect that has scopes of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<String>,
    /// When it stops working by itself (seconds since 1970).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}

impl KeyCreated {
    /// Whether it has not expired at this moment (seconds since 1970).
    pub fn works_at(&self, now: i64) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// A key stopped working.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct KeyRevoked {}

events! {
    /// What happened to an API key.
    ApiKey {
        1 "key_created" @1 KeyCreated(KeyCreated) by [create_key::CreateKey],
        2 "key_revoked" @1 KeyRevoked(KeyRevoked) by [revoke_key::RevokeKey],
    }
}

/// What the history of a key amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What the key is; none before it was made.
    pub key: Option<KeyCreated>,
    /// It stopped working, for good.
    pub revoked: bool,
}

impl State {
    /// The key, unless it was revoked. Whether it expired, [`KeyCreated::works_at`] says.
    pub fn live(&self) -> Option<&KeyCreated> {
        self.key.as_ref().filter(|_| !self.revoked)
    }
}

/// An API key.
#[derive(Clone, Copy, Debug)]
pub struct ApiKey;

impl Aggregate for ApiKey {
    const KIND: StreamKind = StreamKind::ApiKey;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::KeyCreated(created) => state.key = Some(created.clone()),
            Event::KeyRevoked(KeyRevoked {}) => state.revoked = true,
        }
    }
}
