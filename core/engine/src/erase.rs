//! Erasing a person: every key that opens what was sealed for them, and every token that leads to
//! them.
//!
//! The vault goes first: once history says "erased", it is true. A crash in between leaves data that
//! nobody can open and nobody was told about; asking again completes it.

use std::sync::Arc;

use convolog_domain::{
    ContactId, Event, LeadId, Refusal, RefusalCode, SubjectId, WorkspaceId,
    contact::{Contact, ErasePersonalData, PlaceLegalHold, Preferences},
};
use convolog_log::Position;
use convolog_vault::{Erasure, ErasureOrder};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::Plan;

/// What was erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erased {
    /// The contact and those that were found to be the same person; none if no contact stands for the
    /// lead, unless they wrote in that very moment.
    pub contacts: Vec<ContactId>,
    /// What was known of them as leads.
    pub leads: Vec<LeadId>,
    /// What the vault certifies.
    pub erasure: Erasure,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Where history says so.
    pub position: Position,
}

impl Engine {
    /// Erases the personal data of a contact and of every contact merged into it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such contact, it was erased before, a legal hold stands
    /// on any of them, a lead of theirs is sealed for somebody else as well, or the reason is not one
    /// of the list; nothing was erased then.
    pub async fn erase_contact(
        &self,
        caller: &Caller,
        contact: ContactId,
        reason: &str,
    ) -> Result<Erased, EngineError> {
        let (plan, erased) = self.erase_keys(caller, contact, reason).await?;
        let committed = self.commit(caller, &plan).await?;
        Ok(Erased { position: committed.position, ..erased })
    }

    /// The same at most once for each idempotency key. `answer` is made before the position is
    /// known: it is the position of what is answered.
    pub async fn erase_contact_once(
        &self,
        caller: &Caller,
        (contact, reason): (ContactId, &str),
        once: Option<&Once>,
        answer: impl Fn(&Erased) -> Answer,
    ) -> Result<Answered, EngineError> {
        if let Some(earlier) = self.earlier(caller, once)? {
            return Ok(earlier);
        }
        let (plan, erased) = self.erase_keys(caller, contact, reason).await?;
        self.commit_once(caller, once, || Ok((plan.clone(), answer(&erased)))).await
    }

    /// Places a legal hold, at most once for each idempotency key. Waits for an erasure that is under
    /// way, so that no hold is answered for somebody whose keys are being destroyed.
    pub async fn place_legal_hold(
        &self,
        caller: &Caller,
        command: PlaceLegalHold,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let _erasing = self.0.erasing.lock().await;
        self.execute_once(caller, command.contact.0, command, once, answer).await
    }

    /// Destroys the keys. What is left to do is to say so.
    async fn erase_keys(
        &self,
        caller: &Caller,
        contact: ContactId,
        reason: &str,
    ) -> Result<(Plan, Erased), EngineError> {
        let _erasing = self.0.erasing.lock().await;
        let contacts = self.one_person(caller.workspace, contact)?;
        let leads = self.erase_leads_of(caller, &contacts)?;
        let mut known = Preferences::NONE;
        for id in &contacts {
            known = known.with(self.load::<Contact>(caller.workspace, id.0)?.state.preferences);
        }
        let mut plan = Plan { steps: leads.steps, ..Plan::default() };
        for id in &contacts {
            let (by, stops) = (caller.actor.on_behalf_of, known.kept());
            let command = ErasePersonalData { by, reason: reason.to_owned(), stops };
            let (part, _) = match self.decide(caller, id.0, command) {
                Err(EngineError::Refused(refusal))
                    if refusal.code == RefusalCode::Erased && *id != contact =>
                {
                    continue;
                }
                decided => decided?,
            };
            // Without its conditions: whatever happens to the contact meanwhile, the erasure stands.
            plan.steps.extend(part.steps);
        }
        self.keep_stops(caller.workspace, &contacts, &known)?;
        // The contact last: what the vault answers for it is what is certified.
        let subjects = leads.subjects.iter().copied();
        let subjects = subjects.chain(contacts.iter().map(|id| SubjectId::from(*id))).collect();
        let erasure = self.destroy_keys(caller.workspace, subjects).await?;
        let (at, position) = (erasure.at, Position::START);
        Ok((plan, Erased { contacts, leads: leads.leads, erasure, at, position }))
    }

    /// Destroys the keys of these subjects, and the tokens that lead to them. What the vault answers
    /// for the last one is what is certified.
    pub(crate) async fn destroy_keys(
        &self,
        workspace: WorkspaceId,
        subjects: Vec<SubjectId>,
    ) -> Result<Erasure, EngineError> {
        let at = self.clock().now().0.div_euclid(1_000_000);
        let orders: Vec<_> = subjects
            .into_iter()
            .map(|subject| ErasureOrder { workspace: workspace.0, subject: subject.0, at })
            .collect();
        let vault = Arc::clone(self.vault());
        let erased = tokio::task::spawn_blocking(move || vault.erase_all(&orders));
        let erasures = erased.await.map_err(|_| EngineError::Interrupted("erasing"))??;
        // An earlier try may have come this far: what it destroyed was gone then, not now.
        let erasure = erasures
            .into_iter()
            .max_by_key(|erasure| erasure.generation)
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is nobody to erase"))?;
        self.log().note_vault_generation(erasure.generation);
        Ok(erasure)
    }

    /// A contact and every contact that was found to be the same person.
    pub fn one_person(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<Vec<ContactId>, EngineError> {
        let mut found = vec![contact];
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let state = self.load::<Contact>(workspace, id.0)?.state;
            for other in state.absorbed.iter().copied().chain(state.merged_into) {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        Ok(found)
    }
}
