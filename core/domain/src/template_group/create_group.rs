//! Make a group of templates.

use super::{GroupSettings, State, TemplateGroup, TemplateGroupCreated};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::{Refusal, RefusalCode};

/// Templates that say the same are put into an order.
///
/// Who: a key with the scope `manage`. Refuses: a group that was made before (`already_exists`), a name
/// that is none, no template, too many, or one twice. That the templates exist stands in other
/// streams; the caller looks there.
#[derive(Clone, Debug)]
pub struct CreateGroup {
    /// What it is.
    pub settings: GroupSettings,
}

impl Command for CreateGroup {
    type Aggregate = TemplateGroup;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.settings.is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this group was made before"));
        }
        let settings = self.settings.checked()?;
        Ok(vec![Decision::new(TemplateGroupCreated { settings })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TemplateId;
    use crate::limits::TEMPLATE_GROUP_MEMBERS_MAX;
    use crate::template_group::{
        ChangeGroup, DeleteGroup, TemplateGroupChanged, TemplateGroupDeleted,
    };
    use crate::testing::{drawn_id, given};

    fn settings(name: &str, count: usize) -> GroupSettings {
        let members = (0..count).map(|n| TemplateId(drawn_id(n))).collect();
        GroupSettings { name: name.into(), members }
    }

    fn created() -> TemplateGroupCreated {
        TemplateGroupCreated { settings: settings("Ready", 2) }
    }

    #[test]
    fn a_group_is_made_changed_and_deleted() {
        given::<TemplateGroup>([])
            .when(CreateGroup { settings: settings(" Ready ", 2) })
            .then([created().into()]);
        let changed = TemplateGroupChanged {
            old_settings: settings("Ready", 2),
            settings: settings("Ready", 1),
        };
        let change = ChangeGroup { name: None, members: Some(settings("", 1).members) };
        given::<TemplateGroup>([created().into()])
            .when(change.clone())
            .then([changed.clone().into()]);
        given::<TemplateGroup>([created().into(), changed.into()]).when(change.clone()).then([]);
        let gone = || TemplateGroupDeleted {};
        given::<TemplateGroup>([created().into()]).when(DeleteGroup).then([gone().into()]);
        let over = [created().into(), gone().into()];
        given::<TemplateGroup>(over.clone()).when(DeleteGroup).refused(RefusalCode::NotFound);
        given::<TemplateGroup>(over).when(change).refused(RefusalCode::NotFound);
    }

    #[test]
    fn what_is_no_group_is_refused() {
        let twice = GroupSettings { members: vec![TemplateId(drawn_id(1)); 2], ..settings("a", 0) };
        let many = settings("a", TEMPLATE_GROUP_MEMBERS_MAX + 1);
        for (bad, field) in [
            (settings("", 1), "name"),
            (settings("a", 0), "members"),
            (many, "members"),
            (twice, "members"),
        ] {
            given::<TemplateGroup>([])
                .when(CreateGroup { settings: bad })
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
        given::<TemplateGroup>([created().into()])
            .when(CreateGroup { settings: settings("a", 1) })
            .refused(RefusalCode::AlreadyExists);
    }
}
