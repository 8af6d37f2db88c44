//! Give a canned reply a new version.

use super::{CannedReply, CannedReplyDraft, CannedReplyUpdated, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::WorkspaceId;
use crate::refusal::Refusal;

/// A new version, which is sent from now on. A version that says the same changes nothing; what was
/// sent before names the version that it came from.
///
/// Who: a key with the scope `write`. Refuses: one that was never added or was removed (`not_found`),
/// and what adding refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UpdateCannedReply {
    /// Whose words they are.
    pub workspace: WorkspaceId,
    /// All that it is to say.
    pub draft: CannedReplyDraft,
    /// The text is that of the version before.
    pub same_text: bool,
}

impl Command for UpdateCannedReply {
    type Aggregate = CannedReply;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let before = state.live()?;
        let (version, personal) = self.draft.read(self.workspace)?;
        if self.same_text && version == *before {
            return Ok(Vec::new());
        }
        let (old, new) = (before.shortcut.clone(), version.shortcut.clone());
        let decision = Decision::new(CannedReplyUpdated { version }).sealing(personal);
        Ok(vec![if old == new {
            decision
        } else {
            decision.releasing(ClaimKey::Shortcut(old)).claiming(ClaimKey::Shortcut(new))
        }])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::canned_reply::{CannedReplyAdded, CannedReplyRemoved, CannedReplyVersion, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn version(shortcut: &str) -> CannedReplyVersion {
        let shortcut = shortcut.to_owned();
        CannedReplyVersion { shortcut, language: None, tags: vec![], characters: 5 }
    }

    fn added() -> Event {
        CannedReplyAdded { version: version("hello") }.into()
    }

    fn update(shortcut: &str, same_text: bool) -> UpdateCannedReply {
        let draft = CannedReplyDraft {
            shortcut: shortcut.into(),
            text: "Hello".into(),
            language: None,
            tags: vec![],
        };
        UpdateCannedReply { workspace: WorkspaceId(Uuid::from_u128(9)), draft, same_text }
    }

    #[test]
    fn another_word_gives_the_old_one_back() {
        let decided = given::<CannedReply>([added()])
            .when(update("hi", true))
            .then([CannedReplyUpdated { version: version("hi") }.into()]);
        decided.claiming([ClaimKey::Shortcut("hi".into())]);
        decided.releasing([ClaimKey::Shortcut("hello".into())]);
    }

    #[test]
    fn the_same_again_changes_nothing_another_text_does() {
        given::<CannedReply>([added()]).when(update("hello", true)).then([]);
        given::<CannedReply>([added()])
            .when(update("hello", false))
            .then([CannedReplyUpdated { version: version("hello") }.into()])
            .claiming([]);
    }

    #[test]
    fn what_is_not_there_cannot_change() {
        for history in [vec![], vec![added(), CannedReplyRemoved {}.into()]] {
            given::<CannedReply>(history).when(update("hi", false)).refused(RefusalCode::NotFound);
        }
    }
}
