//! Remove a file.

use super::{Media, MediaRemoved, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Hash32;
use crate::refusal::Refusal;

/// Nobody sends it from now on; a message that waits to be sent with it fails. The same content can be
/// added again.
///
/// Who: a key with the scope `write`. Refuses: one that was never added, or was removed before
/// (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemoveMedia {
    /// SHA-256 of its bytes, if it can still be read: then the same content is free again.
    pub sha256: Option<Hash32>,
}

impl Command for RemoveMedia {
    type Aggregate = Media;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.live()?;
        let removed = Decision::new(MediaRemoved {});
        Ok(vec![match self.sha256 {
            Some(sha256) => removed.releasing(ClaimKey::MediaContent(sha256)),
            None => removed,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::fixtures::added;
    use crate::refusal::RefusalCode;
    use crate::testing::given;

    #[test]
    fn its_content_is_free_again_and_it_goes_once() {
        let remove = RemoveMedia { sha256: Some(Hash32([7; 32])) };
        given::<Media>([added().into()])
            .when(remove)
            .then([MediaRemoved {}.into()])
            .releasing([ClaimKey::MediaContent(Hash32([7; 32]))]);
        given::<Media>([added().into(), MediaRemoved {}.into()])
            .when(remove)
            .refused(RefusalCode::NotFound);
        given::<Media>([]).when(remove).refused(RefusalCode::NotFound);
    }
}
