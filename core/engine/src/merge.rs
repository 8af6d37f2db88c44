//! Two contacts are one person, or turn out not to be: one commit over both streams.

use convolog_domain::{
    ContactId, Event,
    contact::{AbsorbContact, MergeContact, ReleaseContact, UnmergeContact},
};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::Plan;

impl Engine {
    /// `survivor` goes on for both.
    pub async fn merge_contacts(
        &self,
        caller: &Caller,
        survivor: ContactId,
        other: ContactId,
        once: Option<&Once>,
        answer: impl Fn() -> Answer,
    ) -> Result<Answered, EngineError> {
        self.two_sided(caller, (once, answer), || {
            let absorb = AbsorbContact { survivor, other };
            let merge = MergeContact { contact: other, survivor };
            Ok([self.decide(caller, survivor.0, absorb)?, self.decide(caller, other.0, merge)?])
        })
        .await
    }

    /// `other` stands for itself again.
    pub async fn unmerge_contacts(
        &self,
        caller: &Caller,
        survivor: ContactId,
        other: ContactId,
        once: Option<&Once>,
        answer: impl Fn() -> Answer,
    ) -> Result<Answered, EngineError> {
        self.two_sided(caller, (once, answer), || {
            let unmerge = UnmergeContact { from: survivor };
            let release = ReleaseContact { other };
            // Whoever is asked about comes first: there may be no such contact.
            let released = self.decide(caller, survivor.0, release)?;
            Ok([self.decide(caller, other.0, unmerge)?, released])
        })
        .await
    }

    pub(crate) async fn two_sided(
        &self,
        caller: &Caller,
        (once, answer): (Option<&Once>, impl Fn() -> Answer),
        decide: impl Fn() -> Result<[(Plan, Vec<Event>); 2], EngineError>,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let mut whole = Plan::default();
            for (plan, _) in decide()? {
                whole.steps.extend(plan.steps);
                whole.requires.extend(plan.requires);
            }
            Ok((whole, answer()))
        })
        .await
    }
}
