//! Remove a canned reply.

use super::{CannedReply, CannedReplyRemoved, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// Nobody sends it from now on, and its word is free for another. What was sent stays as it was.
///
/// Who: a key with the scope `write`. Refuses: one that was never added, or was removed before
/// (`not_found`).
#[derive(Clone, Copy, Debug)]
pub struct RemoveCannedReply;

impl Command for RemoveCannedReply {
    type Aggregate = CannedReply;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let shortcut = state.live()?.shortcut.clone();
        let removed = Decision::new(CannedReplyRemoved {});
        Ok(vec![removed.releasing(ClaimKey::Shortcut(shortcut))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canned_reply::{CannedReplyAdded, CannedReplyVersion, Event};
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    fn added() -> Event {
        let shortcut = "hello".to_owned();
        let version = CannedReplyVersion { shortcut, language: None, tags: vec![], characters: 5 };
        CannedReplyAdded { version }.into()
    }

    #[test]
    fn its_word_is_free_again() {
        given::<CannedReply>([added()])
            .when(RemoveCannedReply)
            .then([CannedReplyRemoved {}.into()])
            .releasing([ClaimKey::Shortcut("hello".into())]);
    }

    #[test]
    fn what_is_not_there_cannot_go() {
        for history in [vec![], vec![added(), CannedReplyRemoved {}.into()]] {
            given::<CannedReply>(history).when(RemoveCannedReply).refused(RefusalCode::NotFound);
        }
    }
}
