//! Enter an app in the directory.

use super::{AppEnlisted, Installation, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{AppId, WorkspaceId};
use crate::refusal::{Refusal, RefusalCode};

/// The app's secrets are tried on inbound posts from now on. What the directory has already changes
/// nothing, so that the registration that follows can be tried again.
///
/// Who: Convolog, on behalf of somebody who registers the app. Refuses: an app of another workspace
/// (`owned_by_another`).
#[derive(Clone, Copy, Debug)]
pub struct EnlistApp {
    /// Whose app; nil for the installation's own.
    pub workspace: WorkspaceId,
    /// Which app.
    pub app: AppId,
}

impl Command for EnlistApp {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let Self { workspace, app } = self;
        match state.apps.get(&app) {
            None => Ok(vec![Decision::new(AppEnlisted { workspace, app })]),
            Some(owner) if *owner == workspace => Ok(Vec::new()),
            Some(_) => Err(Refusal::new(
                RefusalCode::OwnedByAnother,
                "this app belongs to another workspace; register it under an id of its own",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::installation::fixtures::{APP, OTHER_WORKSPACE, WORKSPACE};
    use crate::testing::given;

    const ENLIST: EnlistApp = EnlistApp { workspace: WORKSPACE, app: APP };
    const ENLISTED: AppEnlisted = AppEnlisted { workspace: WORKSPACE, app: APP };

    #[test]
    fn an_app_is_entered_once() {
        given::<Installation>([]).when(ENLIST).then([ENLISTED.into()]);
        given::<Installation>([ENLISTED.into()]).when(ENLIST).then([]);
    }

    #[test]
    fn nobody_takes_anothers_app() {
        given::<Installation>([ENLISTED.into()])
            .when(EnlistApp { workspace: OTHER_WORKSPACE, ..ENLIST })
            .refused(RefusalCode::OwnedByAnother);
        given::<Installation>([ENLISTED.into()])
            .when(EnlistApp { workspace: WorkspaceId::INSTALLATION, ..ENLIST })
            .refused(RefusalCode::OwnedByAnother);
    }
}
