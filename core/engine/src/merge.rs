//! Two contacts are one person, or turn out not to be: one commit over both streams.

use convolog_domain::{
    ContactId,
    contact::{AbsorbContact, MergeContact, ReleaseContact, UnmergeContact},
};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{ATTEMPTS, Done};
use crate::plan::Plan;

impl Engine {
    /// `survivor` goes on for both.
    pub async fn merge_contacts(
        &self,
        caller: &Caller,
        survivor: ContactId,
        other: ContactId,
    ) -> Result<Done, EngineError> {
        self.two_sided(caller, || {
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
    ) -> Result<Done, EngineError> {
        self.two_sided(caller, || {
            let unmerge = UnmergeContact { from: survivor };
            let release = ReleaseContact { other };
            Ok([self.decide(caller, other.0, unmerge)?, self.decide(caller, survivor.0, release)?])
        })
        .await
    }

    async fn two_sided(
        &self,
        caller: &Caller,
        decide: impl Fn() -> Result<[(Plan, Vec<convolog_domain::Event>); 2], EngineError>,
    ) -> Result<Done, EngineError> {
        for _ in 0..ATTEMPTS {
            let mut whole = Plan::default();
            let mut events = Vec::new();
            for (plan, decided) in decide()? {
                whole.steps.extend(plan.steps);
                whole.requires.extend(plan.requires);
                events.extend(decided);
            }
            match self.commit(caller, &whole).await {
                Ok(committed) => return Ok(Done { position: committed.position, events }),
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }
}
