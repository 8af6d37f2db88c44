//! What goes with a person who is erased: what is known of them as a lead.

use convolog_domain::lead::{EraseLead, Lead};
use convolog_domain::{ContactId, LeadId, SubjectId, WorkspaceId};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::plan::Step;

/// The part of an erasure that concerns leads.
pub(crate) struct LeadErasures {
    /// What history says.
    pub(crate) steps: Vec<Step>,
    /// Whose keys are destroyed, besides those of the contacts.
    pub(crate) subjects: Vec<SubjectId>,
}

impl Engine {
    /// Erases the leads of these contacts, and those merged with them that are nobody else's.
    pub(crate) fn erase_leads_of(
        &self,
        caller: &Caller,
        contacts: &[ContactId],
    ) -> Result<LeadErasures, EngineError> {
        let mut out = LeadErasures { steps: Vec::new(), subjects: Vec::new() };
        for lead in self.leads_of(caller.workspace, contacts)? {
            let state = self.load::<Lead>(caller.workspace, lead.0)?.state;
            if state.erased || state.opened.is_none() {
                continue;
            }
            out.subjects.extend(&state.subjects);
            // Without its conditions: whatever happens to the lead meanwhile, the erasure stands.
            out.steps.extend(self.decide(caller, lead.0, EraseLead)?.0.steps);
        }
        Ok(out)
    }

    /// Those for whom the leads of these contacts are sealed: they are erased together.
    pub fn lead_subjects_of(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
    ) -> Result<Vec<SubjectId>, EngineError> {
        let mut subjects = Vec::new();
        for lead in self.leads_of(workspace, contacts)? {
            subjects.extend(&self.load::<Lead>(workspace, lead.0)?.state.subjects);
        }
        Ok(subjects)
    }

    fn leads_of(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
    ) -> Result<Vec<LeadId>, EngineError> {
        let mut found = Vec::new();
        for contact in contacts {
            found.extend(self.lead_of(workspace, (*contact).into())?);
        }
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let state = self.load::<Lead>(workspace, id.0)?.state;
            for other in state.absorbed.iter().copied().chain(state.merged_into) {
                let of = self.load::<Lead>(workspace, other.0)?.state.contact;
                let is_theirs = of.is_none_or(|contact| contacts.contains(&contact));
                if is_theirs && !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        Ok(found)
    }
}
