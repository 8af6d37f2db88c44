//! Take note that the file at an address could not be read.

use super::{Media, MediaLinkFailed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::WorkspaceId;
use crate::limits::MEDIA_LINK_TROUBLES;
use crate::personal::{Content, MediaContent, Personal};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Somebody named a file by its address, and it could not be read there: nothing is kept. Reading harms
/// nobody, so that no intent is recorded, only that it failed.
///
/// Who: a key with the scope `write`. Refuses: a file that was added before (`already_exists`), a reason
/// that is none of [`MEDIA_LINK_TROUBLES`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteUnreadLink {
    /// Whose file it would have been: its key seals the address.
    pub workspace: WorkspaceId,
    /// Where it was to lie.
    pub link: Sensitive,
    /// Why it was not read, one of [`MEDIA_LINK_TROUBLES`].
    pub reason: String,
    /// The HTTP status of the answer, if there was one.
    pub http_status: Option<u16>,
}

impl Command for NoteUnreadLink {
    type Aggregate = Media;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.added.is_some() {
            let detail = "this file was added before";
            return Err(Refusal::new(RefusalCode::AlreadyExists, detail));
        }
        let reason = validate::one_of("reason", &self.reason, &MEDIA_LINK_TROUBLES)?;
        let (at, http_status) = (ctx.now_seconds(), self.http_status);
        let content = MediaContent { link: Some(self.link), ..MediaContent::default() };
        let (subject, content) = (self.workspace.into(), Content::Media(content));
        let failed = Decision::new(MediaLinkFailed { reason, at, http_status });
        Ok(vec![failed.sealing(Personal { subject, content })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::media::fixtures::added;
    use crate::testing::{NOW_SECONDS, given};

    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn note(reason: &str) -> NoteUnreadLink {
        NoteUnreadLink {
            workspace: HOME,
            link: "https://a.example/x.png".into(),
            reason: reason.into(),
            http_status: Some(404),
        }
    }

    #[test]
    fn why_it_could_not_be_read_is_said_and_its_address_is_sealed() {
        let failed =
            MediaLinkFailed { reason: "refused".into(), at: NOW_SECONDS, http_status: Some(404) };
        let content = MediaContent {
            link: Some("https://a.example/x.png".into()),
            ..MediaContent::default()
        };
        given::<Media>([])
            .when(note("refused"))
            .then([failed.into()])
            .sealing([Personal { subject: HOME.into(), content: Content::Media(content) }]);
        given::<Media>([]).when(note("a mood")).refused(RefusalCode::InvalidField).at("reason");
        given::<Media>([added().into()]).when(note("refused")).refused(RefusalCode::AlreadyExists);
    }
}
