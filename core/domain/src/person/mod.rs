//! A member of a workspace's staff, named in what they do. Name and e-mail address are sealed.

mod add_person;
mod remove_person;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};

pub use add_person::AddPerson;
pub use remove_person::RemovePerson;

/// What a person may do.
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
