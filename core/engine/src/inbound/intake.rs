//! One workspace's part of a post: planned, committed, planned again if somebody was faster.

use convolog_domain::{Actor, ClaimKey};
use convolog_whatsapp::Post;

use super::planner::Planner;
use super::{Inbound, Received, Share, Signed};
use crate::engine::Caller;
use crate::error::EngineError;
use crate::execute::ATTEMPTS;

impl Inbound {
    /// Takes what one workspace takes of a post.
    pub(crate) async fn intake(
        &self,
        signed: &Signed,
        share: &Share,
        post: &Post,
    ) -> Result<Received, EngineError> {
        let workspace = share.workspace;
        let caller = Caller { actor: Actor::platform(signed.app.id), ..Caller::system(workspace) };
        for _ in 0..ATTEMPTS {
            let mut planner = Planner::new(&self.engine, workspace, Some(signed));
            match planner.plan_post(&share.claim, post) {
                Ok(()) => {}
                // Somebody was erased between two looks at them.
                Err(error) if error.is_overtaken() => continue,
                Err(error) => return Err(error),
            }
            let Planner { plan, mut received, .. } = planner;
            if plan.steps.is_empty() {
                return Ok(received);
            }
            match self.engine.commit(&caller, &plan).await {
                Ok(committed) => {
                    received.position = received.position.max(committed.position);
                    let dropped = committed.outcomes.iter().filter(|o| o.is_err()).count();
                    received.repeated += dropped;
                    received.accepted = received.accepted.saturating_sub(dropped);
                    return Ok(received);
                }
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }
}

impl Planner<'_> {
    /// Whether a unique key is held in the log; if so the answer relies on its holder.
    pub(crate) fn is_held(&mut self, key: &ClaimKey) -> Result<bool, EngineError> {
        let held = self.holder(key)?;
        if let Some(holder) = held {
            self.received.position = self.received.position.max(holder.position);
        }
        Ok(held.is_some())
    }
}
