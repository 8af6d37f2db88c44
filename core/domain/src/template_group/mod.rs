//! Templates that say the same, the preferred one first: whoever sends names the group, and the first
//! one that fits and can be sent is sent.

mod change_group;
mod create_group;
mod delete_group;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::TemplateId;
use crate::limits::TEMPLATE_GROUP_MEMBERS_MAX;
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

pub use change_group::ChangeGroup;
pub use create_group::CreateGroup;
pub use delete_group::DeleteGroup;

/// What a group is: its name, and its templates in the order in which they are preferred.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct GroupSettings {
    /// What its people call it.
    pub name: String,
    /// The preferred template, then those that are sent in its place.
    pub members: Vec<TemplateId>,
}

impl GroupSettings {
    /// As they will be recorded.
    fn checked(self) -> Result<Self, Refusal> {
        let name = validate::name("name", &self.name)?;
        if !(1..=TEMPLATE_GROUP_MEMBERS_MAX).contains(&self.members.len()) {
            let detail = format!("needs 1 to {TEMPLATE_GROUP_MEMBERS_MAX} templates");
            return Err(Refusal::field("members", detail));
        }
        let mut seen = self.members.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() < self.members.len() {
            return Err(Refusal::field("members", "names a template twice"));
        }
        Ok(Self { name, ..self })
    }
}

/// A group was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateGroupCreated {
    /// What it is.
    pub settings: GroupSettings,
}

/// A group was changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateGroupChanged {
    /// What it was.
    pub old_settings: GroupSettings,
    /// What it is.
    pub settings: GroupSettings,
}

/// A group was deleted; its templates stay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TemplateGroupDeleted {}

events! {
    /// What happened to a group of templates.
    TemplateGroup {
        1 "template_group_created" @1 TemplateGroupCreated(TemplateGroupCreated)
            by [create_group::CreateGroup],
        2 "template_group_changed" @1 TemplateGroupChanged(TemplateGroupChanged)
            by [change_group::ChangeGroup],
        3 "template_group_deleted" @1 TemplateGroupDeleted(TemplateGroupDeleted)
            by [delete_group::DeleteGroup],
    }
}

/// What the history of a group amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What it is; none before it was made.
    pub settings: Option<GroupSettings>,
    /// It was deleted.
    pub deleted: bool,
}

impl State {
    /// What it is, if it is there.
    ///
    /// # Errors
    /// `not_found` if there is no such group, or no longer.
    pub fn live(&self) -> Result<&GroupSettings, Refusal> {
        let live = self.settings.as_ref().filter(|_| !self.deleted);
        live.ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such template group"))
    }
}

/// Templates that say the same.
#[derive(Clone, Copy, Debug)]
pub struct TemplateGroup;

impl Aggregate for TemplateGroup {
    const KIND: StreamKind = StreamKind::TemplateGroup;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::TemplateGroupCreated(created) => {
                state.settings = Some(created.settings.clone());
            }
            Event::TemplateGroupChanged(changed) => {
                state.settings = Some(changed.settings.clone());
            }
            Event::TemplateGroupDeleted(TemplateGroupDeleted {}) => state.deleted = true,
        }
    }
}
