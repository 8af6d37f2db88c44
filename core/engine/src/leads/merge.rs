//! Two leads are one: one commit over both streams.

use convolog_domain::LeadId;
use convolog_domain::lead::{AbsorbLead, MergeLead};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};

impl Engine {
    /// `survivor` goes on for both.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`AbsorbLead`] says.
    pub async fn merge_leads(
        &self,
        caller: &Caller,
        survivor: LeadId,
        other: LeadId,
        once: Option<&Once>,
        answer: impl Fn() -> Answer,
    ) -> Result<Answered, EngineError> {
        self.two_sided(caller, (once, answer), || {
            let absorb = AbsorbLead { survivor, other };
            let merge = MergeLead { lead: other, survivor };
            Ok([self.decide(caller, survivor.0, absorb)?, self.decide(caller, other.0, merge)?])
        })
        .await
    }
}
