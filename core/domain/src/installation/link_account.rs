//! Tell which channel changes of a business account go to.

use super::{AccountLinked, Installation, Link, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::{AppId, ChannelId, WorkspaceId};
use crate::limits::{PLATFORM_ID_DIGITS_MAX, PLATFORM_ID_DIGITS_MIN};
use crate::refusal::Refusal;
use crate::validate;

/// Changes that name only the account may go to this channel from now on. Several channels, even of
/// several workspaces, may be linked to one account; a change goes to a workspace only if it alone
/// uses the account. The link that stands already changes nothing.
///
/// Who: Convolog, on behalf of somebody who connects a channel. Refuses: an id that is not 5 to 20
/// digits.
#[derive(Clone, Debug)]
pub struct LinkAccount {
    /// The platform's id of the business account.
    pub waba_id: String,
    /// Whose channel.
    pub workspace: WorkspaceId,
    /// Which channel.
    pub channel: ChannelId,
    /// The app whose secret must sign what arrives for it.
    pub app: AppId,
}

impl Command for LinkAccount {
    type Aggregate = Installation;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let waba_id = validate::digits(
            "waba_id",
            &self.waba_id,
            PLATFORM_ID_DIGITS_MIN..=PLATFORM_ID_DIGITS_MAX,
        )?;
        let Self { workspace, channel, app, .. } = self;
        let link = Link { workspace, channel, app };
        if state.accounts.get(&waba_id).is_some_and(|links| links.contains(&link)) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(AccountLinked { waba_id, workspace, channel, app })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::installation::fixtures::{ACCOUNT, OTHER_WORKSPACE, linked};
    use crate::refusal::RefusalCode;
    use crate::testing::{given, state_of};

    fn link() -> LinkAccount {
        let AccountLinked { waba_id, workspace, channel, app } = linked();
        LinkAccount { waba_id, workspace, channel, app }
    }

    #[test]
    fn a_channel_is_linked_once() {
        given::<Installation>([]).when(link()).then([linked().into()]);
        given::<Installation>([linked().into()]).when(link()).then([]);
    }

    #[test]
    fn a_channel_of_another_workspace_may_share_the_account() {
        let channel = ChannelId(Uuid::from_u128(99));
        let second = AccountLinked { workspace: OTHER_WORKSPACE, channel, ..linked() };
        given::<Installation>([linked().into()])
            .when(LinkAccount { workspace: OTHER_WORKSPACE, channel, ..link() })
            .then([second.clone().into()]);
        let state = state_of::<Installation>([linked().into(), second.into()]);
        assert_eq!(state.accounts[ACCOUNT].len(), 2);
    }

    #[test]
    fn a_channel_that_changes_its_app_has_one_link_still() {
        let app = AppId(Uuid::from_u128(99));
        let relinked = AccountLinked { app, ..linked() };
        given::<Installation>([linked().into()])
            .when(LinkAccount { app, ..link() })
            .then([relinked.clone().into()]);
        let state = state_of::<Installation>([linked().into(), relinked.into()]);
        assert_eq!(state.accounts[ACCOUNT].iter().map(|link| link.app).collect::<Vec<_>>(), [app]);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        given::<Installation>([])
            .when(LinkAccount { waba_id: "shop".into(), ..link() })
            .refused(RefusalCode::InvalidField)
            .at("waba_id");
    }
}
