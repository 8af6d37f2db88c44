//! A member of a workspace's staff, named in what they do. Name and e-mail address are sealed.

mod add_person;
mod remove_person;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api_key::Scope;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

pub use add_person::AddPerson;
pub use remove_person::RemovePerson;

/// What a person may do, whatever the key they act with may.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, people and keys included.
    Owner,
    /// Conversations and settings.
    Manager,
    /// Conversations.
    Operator,
    /// Reading, replay and proofs.
    Auditor,
}

impl Role {
    /// The name that the API shows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
        }
    }

    /// Whether a person of this role may do what takes this scope. People and keys are for owners
    /// alone, beyond the scope `manage` ([`Role::keeps_people`]).
    pub const fn allows(self, scope: Scope) -> bool {
        match self {
            Self::Owner | Self::Manager => true,
            Self::Operator => matches!(scope, Scope::Read | Scope::Write),
            Self::Auditor => matches!(scope, Scope::Read),
        }
    }

    /// Whether a person of this role may add and remove people, make and revoke keys.
    pub const fn keeps_people(self) -> bool {
        matches!(self, Self::Owner)
    }
}

/// A person joined the staff. Sealed: name, e-mail address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonAdded {
    /// What they may do.
    pub role: Role,
}

/// A person left.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonRemoved {}

events! {
    /// What happened to a member of the staff.
    Person {
        1 "person_added" @1 PersonAdded(PersonAdded) seals [Profile] by [add_person::AddPerson],
        2 "person_removed" @1 PersonRemoved(PersonRemoved) by [remove_person::RemovePerson],
    }
}

/// What the history of a person amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What they may do; none before they joined.
    pub role: Option<Role>,
    /// They left.
    pub removed: bool,
}

impl State {
    /// What they may do, if they are one of the staff.
    pub fn standing(&self) -> Option<Role> {
        self.role.filter(|_| !self.removed)
    }
}

/// A member of the staff.
#[derive(Clone, Copy, Debug)]
pub struct Person;

impl Aggregate for Person {
    const KIND: StreamKind = StreamKind::Person;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::PersonAdded(added) => state.role = Some(added.role),
            Event::PersonRemoved(PersonRemoved {}) => state.removed = true,
        }
    }
}
