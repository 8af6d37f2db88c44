//! Two leads are one: one commit over both streams.

use convolog_domain::LeadId;
use convolog_domain::lead::{AbsorbLead, MergeLead};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::Done;

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
    ) -> Result<Done, EngineError> {
        self.two_sided(caller, || {
            let absorb = AbsorbLead { survivor, other };
            let merge = MergeLead { lead: other, survivor };
            Ok([self.decide(caller, survivor.0, absorb)?, self.decide(caller, other.0, merge)?])
        })
        .await
    }
}
