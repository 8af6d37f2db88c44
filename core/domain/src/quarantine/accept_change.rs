//! A change from the quarantine found its owner.

use super::{ChangeAccepted, Quarantine, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::Refusal;

/// A quarantined change was tried again and taken: what it says stands in the workspace's streams
/// now.
///
/// Who: Convolog, when it tries again after a fix. Refuses: a change that was never quarantined
/// (`not_found`), or that was accepted before (`not_allowed_now`).
#[derive(Clone, Copy, Debug)]
pub struct AcceptChange {
    /// By which workspace.
    pub workspace: WorkspaceId,
}

impl Command for AcceptChange {
    type Aggregate = Quarantine;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.must_be_open()?;
        Ok(vec![Decision::new(ChangeAccepted { workspace: self.workspace })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quarantine::Reason;
    use crate::quarantine::fixtures::{WORKSPACE, accepted, quarantined, retry_failed};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    const ACCEPT: AcceptChange = AcceptChange { workspace: WORKSPACE };

    #[test]
    fn an_open_change_is_accepted_even_after_failed_retries() {
        given::<Quarantine>([quarantined()]).when(ACCEPT).then([accepted().into()]);
        given::<Quarantine>([quarantined(), retry_failed(Reason::NumberNotOfApp).into()])
            .when(ACCEPT)
            .then([accepted().into()]);
    }

    #[test]
    fn a_change_is_accepted_once() {
        given::<Quarantine>([quarantined(), accepted().into()])
            .when(ACCEPT)
            .refused(RefusalCode::NotAllowedNow);
    }

    #[test]
    fn what_was_never_set_aside_cannot_be_accepted() {
        given::<Quarantine>([]).when(ACCEPT).refused(RefusalCode::NotFound);
    }
}
