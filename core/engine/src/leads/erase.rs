//! Erasing leads: with the person who is erased, or by themselves where no contact stands for them.

use convolog_domain::contact::{Contact, ErasePersonalData};
use convolog_domain::lead::{EraseLead, Lead, State};
use convolog_domain::{
    ClaimKey, ContactId, LeadId, Refusal, RefusalCode, StreamKind, SubjectId, WorkspaceId,
};
use convolog_log::Position;

use crate::engine::{Caller, Engine};
use crate::erase::Erased;
use crate::error::EngineError;
use crate::execute::ATTEMPTS;
use crate::plan::{Plan, Require, Step};
use crate::recorded::Stream;

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
    /// Erases the leads of these contacts, and those merged with them that are nobody else's. Refuses if
    /// one of them is sealed for another contact as well, whose key is not theirs to destroy.
    pub(crate) fn erase_leads_of(
        &self,
        caller: &Caller,
        contacts: &[ContactId],
    ) -> Result<LeadErasures, EngineError> {
        if let Some((lead, other)) = self.leads_shared(caller.workspace, contacts)?.first() {
            let detail = format!(
                "the lead {lead} of this contact is sealed for the contact {other} as well; merge the two contacts if they are the same person, then erase them together"
            );
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
        }
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
            let promised = self.promised_to(caller.workspace, lead, &state)?;
            out.subjects.extend(state.subjects.iter().chain(&promised));
            // Without its conditions: whatever happens to the lead meanwhile, the erasure stands.
            let command = EraseLead { reason: None, promised };
            out.steps.extend(self.decide(caller, lead.0, command)?.0.steps);
        }
        Ok(out)
    }

    /// Erases what is known of a lead that no contact stands for, and of every lead that was merged
    /// with it. The vault goes first, as for a contact; asking again after a crash completes it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, it was erased before, a contact stands for
    /// it or for one merged with it, or became whom its number was promised to, or the reason is not
    /// one of the list; nothing was erased then.
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
            let contact = match state.contact {
                Some(contact) => Some(contact),
                None => self.contact_among(caller.workspace, &state.subjects)?,
            };
            if let Some(contact) = contact {
                let detail = format!(
                    "the contact {contact} stands for this lead; what is known of the lead is erased with the contact"
                );
                return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
            }
            let promised = self.promised_to(caller.workspace, *id, &state)?;
            subjects.extend(state.subjects.iter().chain(&promised));
            let command = EraseLead { reason: Some(reason.to_owned()), promised };
            match self.decide(caller, id.0, command) {
                Err(EngineError::Refused(refusal))
                    if refusal.code == RefusalCode::Erased && *id != lead => {}
                // Without its conditions: whatever happens to the lead meanwhile, the erasure stands.
                decided => plan.steps.extend(decided?.0.steps),
            }
        }
        let erasure = self.destroy_keys(caller.workspace, subjects.clone()).await?;
        let (contacts, position) = self.say_erased(caller, &plan, &subjects, reason).await?;
        Ok(Erased { contacts, leads, at: erasure.at, erasure, position })
    }

    /// The contact with whom a lead was erased, if it was: their certificate is the lead's.
    pub fn erased_with(
        &self,
        workspace: WorkspaceId,
        lead: LeadId,
    ) -> Result<Option<ContactId>, EngineError> {
        if !self.load::<Lead>(workspace, lead.0)?.state.erased {
            return Ok(None);
        }
        for one in self.one_lead(workspace, lead)? {
            if let Some(contact) = self.load::<Lead>(workspace, one.0)?.state.contact {
                return self.standing(workspace, contact).map(Some);
            }
        }
        Ok(None)
    }

    /// Records an erasure whose keys are destroyed. Whoever wrote in that very moment, sealed with a
    /// key that is gone by now, is erased as well. Answers these contacts, and where history says so.
    async fn say_erased(
        &self,
        caller: &Caller,
        said: &Plan,
        subjects: &[SubjectId],
        reason: &str,
    ) -> Result<(Vec<ContactId>, Position), EngineError> {
        for _ in 0..ATTEMPTS {
            let (mut plan, mut contacts) = (said.clone(), Vec::new());
            for subject in subjects {
                let contact = self.load::<Contact>(caller.workspace, subject.0)?;
                let stream = Stream::new(caller.workspace, StreamKind::Contact, subject.0);
                plan.requires.push(Require::StreamAt(stream, contact.version));
                if !contact.state.created || contact.state.erased {
                    continue;
                }
                let by = caller.actor.on_behalf_of;
                let command =
                    ErasePersonalData { by, reason: reason.to_owned(), stops: Vec::new() };
                let (part, _) = self.decide_on(caller, subject.0, &contact, command)?;
                plan.steps.extend(part.steps);
                contacts.push(ContactId(subject.0));
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => return Ok((contacts, committed.position)),
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// The contact that one of these subjects became and whose data was not erased. Its key is its
    /// own, and it may be under legal hold.
    fn contact_among(
        &self,
        workspace: WorkspaceId,
        subjects: &[SubjectId],
    ) -> Result<Option<ContactId>, EngineError> {
        for subject in subjects {
            let contact = ContactId(subject.0);
            let state = self.load::<Contact>(workspace, contact.0)?.state;
            if state.created && !state.erased {
                return Ok(Some(self.standing(workspace, contact)?));
            }
        }
        Ok(None)
    }

    /// Those to whom the vault had promised a number or address of a lead before the lead had it, and
    /// who became neither a contact nor another lead: nothing but this lead leads to them.
    fn promised_to(
        &self,
        workspace: WorkspaceId,
        lead: LeadId,
        state: &State,
    ) -> Result<Vec<SubjectId>, EngineError> {
        let mut promised = Vec::new();
        for token in &state.tokens {
            let subject = self.vault().subject_of_token(workspace.0, token.0).map(SubjectId);
            let Some(subject) = subject.filter(|id| !state.subjects.contains(id)) else { continue };
            let claim = self.claim_hash(workspace, &ClaimKey::Identity(*token))?;
            let is_somebody = self.log().holder(&claim)?.is_some()
                || self.load::<Contact>(workspace, subject.0)?.state.created
                || self.lead_of(workspace, subject)?.is_some_and(|other| other != lead);
            if !is_somebody && !promised.contains(&subject) {
                promised.push(subject);
            }
        }
        Ok(promised)
    }

    /// The leads of these contacts that are sealed for a contact that is none of them: it was linked
    /// with one person, and its number became another.
    pub fn leads_shared(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
    ) -> Result<Vec<(LeadId, ContactId)>, EngineError> {
        let mut shared = Vec::new();
        for lead in self.leads_of(workspace, contacts)? {
            let state = self.load::<Lead>(workspace, lead.0)?.state;
            let is_other = |subject: &SubjectId| !contacts.contains(&ContactId(subject.0));
            let others: Vec<_> = state.subjects.iter().copied().filter(is_other).collect();
            let other = self.contact_among(workspace, &others)?;
            shared.extend(other.map(|other| (lead, other)));
        }
        Ok(shared)
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
            let state = self.load::<Lead>(workspace, lead.0)?.state;
            subjects
                .extend(state.subjects.iter().chain(&self.promised_to(workspace, lead, &state)?));
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
            let lead = self.lead_of(workspace, (*contact).into())?;
            found.extend(lead.filter(|lead| !found.contains(lead)));
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
