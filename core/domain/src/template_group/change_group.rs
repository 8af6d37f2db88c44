//! Change a group of templates.

use super::{GroupSettings, State, TemplateGroup, TemplateGroupChanged};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::TemplateId;
use crate::refusal::Refusal;

/// A group has another name, or other templates; what is not given stays. What is as it was changes
/// nothing.
///
/// Who: a key with the scope `manage`. Refuses: a group that is not there (`not_found`), and as
/// [`super::CreateGroup`]. That the templates exist stands in other streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct ChangeGroup {
    /// What its people call it.
    pub name: Option<String>,
    /// Its templates.
    pub members: Option<Vec<TemplateId>>,
}

impl Command for ChangeGroup {
    type Aggregate = TemplateGroup;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let old_settings = state.live()?.clone();
        let GroupSettings { name, members } = old_settings.clone();
        let settings = GroupSettings {
            name: self.name.unwrap_or(name),
            members: self.members.unwrap_or(members),
        };
        let settings = settings.checked()?;
        if settings == old_settings {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(TemplateGroupChanged { old_settings, settings })])
    }
}
