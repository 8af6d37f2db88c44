//! Delete a group of templates.

use super::{State, TemplateGroup, TemplateGroupDeleted};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nothing is sent by this group any more; its templates stay, and so do messages that were asked for.
///
/// Who: a key with the scope `manage`. Refuses: a group that is not there (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeleteGroup;

impl Command for DeleteGroup {
    type Aggregate = TemplateGroup;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.live()?;
        Ok(vec![Decision::new(TemplateGroupDeleted {})])
    }
}
