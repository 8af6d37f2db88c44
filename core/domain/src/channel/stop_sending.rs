//! Stop sending with a number, because nothing could arrive.

use super::{Channel, SendingStopped, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// The platform refuses everything that is sent with this number until somebody puts something
/// right: a token, a payment, a registration. What waits keeps waiting. A number that is stopped
/// already stays stopped for the first reason.
///
/// Who: the sender. Refuses: a channel that is not connected.
#[derive(Clone, Copy, Debug)]
pub struct StopSending {
    /// The platform's error code, if it gave one.
    pub code: Option<i64>,
}

impl Command for StopSending {
    type Aggregate = Channel;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        if state.stopped {
            return Ok(Vec::new());
        }
        Ok(vec![Decision::new(SendingStopped { code: self.code, at: ctx.now_seconds() })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::fixtures::{connected, token};
    use crate::channel::{ChannelTokenReplaced, ResumeSending, SendingResumed};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const STOP: StopSending = StopSending { code: Some(190) };

    fn stopped() -> SendingStopped {
        SendingStopped { code: Some(190), at: NOW_SECONDS }
    }

    #[test]
    fn a_number_is_stopped_once() {
        given::<Channel>([connected().into()]).when(STOP).then([stopped().into()]);
        given::<Channel>([connected().into(), stopped().into()]).when(STOP).then([]);
        given::<Channel>([]).when(STOP).refused(RefusalCode::NotFound);
    }

    #[test]
    fn a_new_token_or_a_person_lets_it_go_on() {
        let history = [connected().into(), stopped().into()];
        given::<Channel>(history.clone()).when(ResumeSending).then([SendingResumed {}.into()]);
        let token = ChannelTokenReplaced { access_token: token(2) };
        given::<Channel>(history.into_iter().chain([token.into()])).when(ResumeSending).then([]);
    }
}
