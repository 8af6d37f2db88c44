//! Begin to upload a file for a number.

use super::{Media, MediaUploadBegun, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ChannelId;
use crate::refusal::Refusal;

/// The file is about to be handed to the platform: the intent. What the platform has for this number
/// already changes nothing.
///
/// Who: the sender. Refuses: a file that was never added, or was removed (`not_found`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BeginUpload {
    /// For which number.
    pub channel: ChannelId,
}

impl Command for BeginUpload {
    type Aggregate = Media;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.live()?;
        let (channel, at) = (self.channel, ctx.now_seconds());
        if state.is_uploaded(channel, at) {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(MediaUploadBegun { channel, at })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::media::fixtures::added;
    use crate::media::{MediaRemoved, MediaUploaded};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(4));

    #[test]
    fn it_is_uploaded_for_each_number_and_again_when_it_was_forgotten() {
        let intent = || MediaUploadBegun { channel: CHANNEL, at: NOW_SECONDS };
        let uploaded = |channel, until| MediaUploaded { channel, at: NOW_SECONDS - 60, until };
        let begin = BeginUpload { channel: CHANNEL };
        given::<Media>([added().into()]).when(begin).then([intent().into()]);
        given::<Media>([added().into(), uploaded(CHANNEL, NOW_SECONDS + 1).into()])
            .when(begin)
            .then([]);
        given::<Media>([added().into(), uploaded(CHANNEL, NOW_SECONDS).into()])
            .when(begin)
            .then([intent().into()]);
        let other = ChannelId(Uuid::from_u128(5));
        given::<Media>([added().into(), uploaded(other, NOW_SECONDS + 1).into()])
            .when(begin)
            .then([intent().into()]);
        given::<Media>([added().into(), MediaRemoved {}.into()])
            .when(begin)
            .refused(RefusalCode::NotFound);
    }
}
