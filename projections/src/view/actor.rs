//! Who acted, as the API shows it.

use convolog_domain::Actor;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// Who acted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Actor")]
pub struct ActorView {
    /// `system`, `administrator`, `person`, `key`, `platform`, `reactor`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
    /// The person for whom a key acted.
    pub on_behalf_of: Option<Uuid>,
}

impl From<Actor> for ActorView {
    fn from(actor: Actor) -> Self {
        Self {
            kind: actor.kind.name(),
            id: actor.id,
            on_behalf_of: actor.on_behalf_of.map(|person| person.0),
        }
    }
}
