//! Erasing leads: with the person who is erased, or by themselves where no contact stands for them.

use convolog_domain::lead::{EraseLead, Lead};
use convolog_domain::{ContactId, LeadId, Refusal, RefusalCode, SubjectId, WorkspaceId};

use crate::engine::{Caller, Engine};
use crate::erase::Erased;
use crate::error::EngineError;
use crate::plan::{Plan, Step};

/// The part of an erasure that concerns leads.
pub(crate) struct LeadErasures {
    /// Which ones, those that were erased before among them.
    pub(crate) leads: Vec<LeadId>,
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
        let mut out = LeadErasures { leads: Vec::new(), steps: Vec::new(), subjects: Vec::new() };
        for lead in self.leads_of(caller.workspace, contacts)? {
            let state = self.load::<Lead>(caller.workspace, lead.0)?.state;
            if state.opened.is_none() {
                continue;
            }
            out.leads.push(lead);
            if state.erased {
                continue;
            }
            out.subjects.extend(&state.subjects);
            // Without its conditions: whatever happens to the lead meanwhile, the erasure stands.
            out.steps.extend(self.decide(caller, lead.0, EraseLead { reason: None })?.0.steps);
        }
        Ok(out)
    }

    /// Erases what is known of a lead that no contact stands for, and of every lead that was merged
    /// with it. The vault goes first, as for a contact; asking again after a crash completes it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, it was erased before, a contact stands for
    /// it or for one merged with it, or the reason is not one of the list; nothing was erased then.
    pub async fn erase_lead(
        &self,
        caller: &Caller,
        lead: LeadId,
        reason: &str,
    ) -> Result<Erased, EngineError> {
        let _erasing = self.0.erasing.lock().await;
        let leads = self.one_lead(caller.workspace, lead)?;
        let (mut plan, mut subjects) = (Plan::default(), Vec::new());
        for id in &leads {
            let state = self.load::<Lead>(caller.workspace, id.0)?.state;
            if let Some(contact) = state.contact {
                let detail = format!(
                    "the contact {contact} stands for this lead; what is known of the lead is erased with the contact"
                );
                return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
            }
            let command = EraseLead { reason: Some(reason.to_owned()) };
            match self.decide(caller, id.0, command) {
                Err(EngineError::Refused(refusal))
                    if refusal.code == RefusalCode::Erased && *id != lead => {}
                // Without its conditions: whatever happens to the lead meanwhile, the erasure stands.
                decided => plan.steps.extend(decided?.0.steps),
            }
            subjects.extend(&state.subjects);
        }
        let erasure = self.destroy_keys(caller.workspace, subjects).await?;
        let position = self.commit(caller, &plan).await?.position;
        Ok(Erased { contacts: Vec::new(), leads, at: erasure.at, erasure, position })
    }

    /// A lead and every lead that was merged with it, however far away.
    pub fn one_lead(
        &self,
        workspace: WorkspaceId,
        lead: LeadId,
    ) -> Result<Vec<LeadId>, EngineError> {
        self.merged_with(workspace, vec![lead], |_| true)
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

    /// The leads of these contacts, and those merged with them that are nobody else's.
    pub fn leads_of(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
    ) -> Result<Vec<LeadId>, EngineError> {
        let mut found = Vec::new();
        for contact in contacts {
            found.extend(self.lead_of(workspace, (*contact).into())?);
        }
        let is_theirs = |contact: ContactId| contacts.contains(&contact);
        self.merged_with(workspace, found, is_theirs)
    }

    /// These leads and those merged with them, as far as nobody else's contact stands for one.
    fn merged_with(
        &self,
        workspace: WorkspaceId,
        mut found: Vec<LeadId>,
        is_theirs: impl Fn(ContactId) -> bool,
    ) -> Result<Vec<LeadId>, EngineError> {
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let state = self.load::<Lead>(workspace, id.0)?.state;
            for other in state.absorbed.iter().copied().chain(state.merged_into) {
                let of = self.load::<Lead>(workspace, other.0)?.state.contact;
                if of.is_none_or(&is_theirs) && !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        Ok(found)
    }
}
