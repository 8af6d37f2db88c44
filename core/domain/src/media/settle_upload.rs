//! Take note of what became of an upload.

use super::{Media, MediaUploadFailed, MediaUploaded, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::{ChannelId, WorkspaceId};
use crate::limits::UPLOAD_SECONDS;
use crate::personal::{Content, MediaContent, Personal};
use crate::refusal::Refusal;

/// What the platform answered to an upload.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UploadAnswer {
    /// It has it, under this id.
    Taken(Sensitive),
    /// It does not, or nobody knows: an upload that is made again harms nobody.
    Failed {
        /// The HTTP status, if there was an answer.
        http_status: Option<u16>,
        /// Its error code, if it gave one.
        code: Option<i64>,
    },
}

/// The upload is over. The platform's id is good for [`UPLOAD_SECONDS`].
///
/// Who: the sender, also for a file that was removed meanwhile. Refuses: a file that was never added
/// (`not_found`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettleUpload {
    /// Whose file it is.
    pub workspace: WorkspaceId,
    /// For which number.
    pub channel: ChannelId,
    /// What became of it.
    pub answer: UploadAnswer,
}

impl Command for SettleUpload {
    type Aggregate = Media;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        let (channel, at) = (self.channel, ctx.now_seconds());
        Ok(vec![match self.answer {
            UploadAnswer::Taken(id) => {
                let content = MediaContent { id: Some(id), ..MediaContent::default() };
                let (subject, content) = (self.workspace.into(), Content::Media(content));
                let until = at + UPLOAD_SECONDS;
                Decision::new(MediaUploaded { channel, at, until })
                    .sealing(Personal { subject, content })
            }
            UploadAnswer::Failed { http_status, code } => {
                Decision::new(MediaUploadFailed { channel, at, http_status, code })
            }
        }])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::media::MediaRemoved;
    use crate::media::fixtures::added;
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(4));
    const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(9));

    fn settle(answer: UploadAnswer) -> SettleUpload {
        SettleUpload { workspace: HOME, channel: CHANNEL, answer }
    }

    #[test]
    fn the_platforms_id_is_sealed_and_forgotten_in_time() {
        let until = NOW_SECONDS + UPLOAD_SECONDS;
        let uploaded = MediaUploaded { channel: CHANNEL, at: NOW_SECONDS, until };
        let content = MediaContent { id: Some("901".into()), ..MediaContent::default() };
        given::<Media>([added().into()])
            .when(settle(UploadAnswer::Taken("901".into())))
            .then([uploaded.into()])
            .sealing([Personal { subject: HOME.into(), content: Content::Media(content) }]);
    }

    #[test]
    fn what_failed_says_why() {
        let failed = MediaUploadFailed {
            channel: CHANNEL,
            at: NOW_SECONDS,
            http_status: Some(400),
            code: Some(131_053),
        };
        let (http_status, code) = (failed.http_status, failed.code);
        given::<Media>([added().into()])
            .when(settle(UploadAnswer::Failed { http_status, code }))
            .then([failed.clone().into()]);
        given::<Media>([added().into(), MediaRemoved {}.into()])
            .when(settle(UploadAnswer::Failed { http_status, code }))
            .then([failed.into()]);
        given::<Media>([])
            .when(settle(UploadAnswer::Failed { http_status, code }))
            .refused(RefusalCode::NotFound);
    }
}
