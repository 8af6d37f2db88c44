//! Go on sending with a number.

use super::{Channel, SendingResumed, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// What stood in the way was put right: what waits is sent. A number that is not stopped changes
/// nothing.
///
/// Who: a key with the scope `manage`. Refuses: a channel that is not connected.
#[derive(Clone, Copy, Debug)]
pub struct ResumeSending;

impl Command for ResumeSending {
    type Aggregate = Channel;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        let stopped = state.stopped.then(|| Decision::new(SendingResumed {}));
        Ok(stopped.into_iter().collect())
    }
}
