//! Ask for the templates of the platform to be read.

use super::{Channel, State, TemplateSyncRequested};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::refusal::Refusal;

/// What the platform lists is to be compared with what is known. While such a reading goes on,
/// asking again changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a channel that is not connected.
#[derive(Clone, Copy, Debug)]
pub struct RequestTemplateSync {
    /// It is asked for with a test key.
    pub sandbox: bool,
}

impl Command for RequestTemplateSync {
    type Aggregate = Channel;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.connected_settings()?;
        if state.template_sync.as_ref().is_some_and(|sync| sync.finished.is_none()) {
            return Ok(Vec::new());
        }
        let (at, sandbox) = (ctx.now_seconds(), self.sandbox);
        Ok(vec![Decision::new(TemplateSyncRequested { at, sandbox })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::fixtures::connected;
    use crate::channel::{FinishTemplateSync, TemplateSyncFinished};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const SYNC: RequestTemplateSync = RequestTemplateSync { sandbox: false };

    #[test]
    fn one_reading_goes_on_at_a_time_and_ends_once() {
        let asked = TemplateSyncRequested { at: NOW_SECONDS, sandbox: false };
        let finished = TemplateSyncFinished { complete: true, seen: 3, ..Default::default() };
        let ended = TemplateSyncFinished { at: NOW_SECONDS, ..finished.clone() };
        let end = FinishTemplateSync { finished };
        let begun = [connected().into(), asked.clone().into()];
        let over = begun.clone().into_iter().chain([ended.clone().into()]);
        given::<Channel>([connected().into()]).when(SYNC).then([asked.clone().into()]);
        given::<Channel>(begun.clone()).when(SYNC).then([]);
        given::<Channel>(begun).when(end.clone()).then([ended.into()]);
        given::<Channel>(over.clone()).when(end).then([]);
        given::<Channel>(over).when(SYNC).then([asked.into()]);
        given::<Channel>([]).when(SYNC).refused(RefusalCode::NotFound);
    }
}
