//! Changing what is known of a lead.

use convolog_domain::contact::IdentityKind;
use convolog_domain::lead::{
    ChangeLead, ChangeStage, FieldChanges, Lead, Money, MoveLead, Rank, Score, Stage, Tokens,
};
use convolog_domain::person::Person;
use convolog_domain::{
    Command, ContactId, LeadId, PersonId, Refusal, RefusalCode, Sensitive, SubjectId, WorkspaceId,
};
use convolog_log::Position;

use super::find::compared_by;
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Done};
use crate::plan::Plan;

/// The field whose value is a phone number.
pub(super) const FIELD_PHONE: &str = "phone";
/// The field whose value is an e-mail address.
pub(super) const FIELD_EMAIL: &str = "email";

/// What is to be known of a lead; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct LeadChanges {
    /// Fields by name; none takes the value away.
    pub fields: FieldChanges,
    /// How promising they are; none inside takes the score away.
    pub score: Option<Option<Score>>,
    /// What they are worth; none inside takes the value away.
    pub value: Option<Option<Money>>,
    /// Who looks after them; none inside takes the owner away.
    pub owner: Option<Option<PersonId>>,
}

impl LeadChanges {
    /// The new value of a field, if it gets one.
    pub(super) fn value_of(&self, field: &str) -> Option<&Sensitive> {
        self.fields.get(field)?.as_ref()
    }

    pub(super) fn command(&self, tokens: Tokens) -> ChangeLead {
        let Self { fields, score, value, owner } = self.clone();
        ChangeLead { contact: None, fields, tokens, score, value, owner }
    }

    /// Refuses a phone number or an e-mail address that is none: nobody would be found by it.
    pub(super) fn check_identities(&self) -> Result<(), Refusal> {
        let identities = [
            (FIELD_PHONE, IdentityKind::Phone, "must be a phone number such as +351 912 345 678"),
            (FIELD_EMAIL, IdentityKind::Email, "must be an e-mail address such as ana@example.com"),
        ];
        for (field, kind, detail) in identities {
            let text = self.value_of(field);
            if text.is_some_and(|text| compared_by(kind, text.expose()).is_none()) {
                return Err(Refusal::field(field, detail));
            }
        }
        Ok(())
    }
}

impl Engine {
    /// Changes what is known of a lead, and says which contact it is if that is known now, in one
    /// commit.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, it was merged or erased, the owner is not
    /// one of the staff, there is no such contact (`not_found`) or it is another lead already
    /// (`already_exists`), or a value is not allowed; nothing changed then.
    pub async fn change_lead(
        &self,
        caller: &Caller,
        id: LeadId,
        contact: Option<ContactId>,
        changes: &LeadChanges,
    ) -> Result<Position, EngineError> {
        changes.check_identities()?;
        let decide = || Ok((self.decide_change(caller, id, contact, changes)?, Answer::none()));
        Ok(self.commit_once(caller, None, decide).await?.position)
    }

    fn decide_change(
        &self,
        caller: &Caller,
        id: LeadId,
        contact: Option<ContactId>,
        changes: &LeadChanges,
    ) -> Result<Plan, EngineError> {
        let workspace = caller.workspace;
        self.check_owner(workspace, changes.owner.flatten())?;
        let contact = contact.map(|contact| self.linkable(workspace, contact)).transpose()?;
        if let Some(contact) = contact
            && self.lead_of(workspace, contact.into())?.is_some_and(|other| other != id)
        {
            self.is_no_lead(workspace, contact.into(), "contact_id")?;
        }
        let loaded = self.load::<Lead>(workspace, id.0)?;
        let command = |tokens| ChangeLead { contact, ..changes.command(tokens) };
        // What can be refused is refused before the vault is asked to promise anything.
        command(Tokens::default()).decide(&loaded.state, &mut self.ctx())?;
        let tokens = match contact.map(SubjectId::from).or_else(|| loaded.state.subject()) {
            Some(subject) => self.tokens_of(
                workspace,
                subject,
                changes.value_of(FIELD_PHONE),
                changes.value_of(FIELD_EMAIL),
            )?,
            None => Tokens::default(),
        };
        Ok(self.decide_on(caller, id.0, &loaded, command(tokens))?.0)
    }

    /// Says how far a lead has come.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`ChangeStage`] says.
    pub async fn change_stage(
        &self,
        caller: &Caller,
        lead: LeadId,
        stage: Stage,
        reason: Option<Sensitive>,
    ) -> Result<Done, EngineError> {
        self.execute(caller, lead.0, ChangeStage { lead, stage, reason, freely: false }).await
    }

    /// The same, from any stage to any other: for dialects that know no order of stages.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`ChangeStage`] says.
    pub async fn set_stage(
        &self,
        caller: &Caller,
        lead: LeadId,
        stage: Stage,
    ) -> Result<Done, EngineError> {
        let command = ChangeStage { lead, stage, reason: None, freely: true };
        self.execute(caller, lead.0, command).await
    }

    /// Puts a lead between two others of its stage; none is the edge of the board.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, or a neighbour does not stand in its stage.
    pub async fn move_lead(
        &self,
        caller: &Caller,
        lead: LeadId,
        above: Option<LeadId>,
        below: Option<LeadId>,
    ) -> Result<Done, EngineError> {
        let above = above.map(|above| self.rank_beside(caller, lead, ("after", above)));
        let below = below.map(|below| self.rank_beside(caller, lead, ("before", below)));
        let command = MoveLead { above: above.transpose()?, below: below.transpose()? };
        self.execute(caller, lead.0, command).await
    }

    /// The place of another lead on the part of the board where a lead stands.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, or the other one does not stand in its
    /// stage.
    pub fn rank_beside(
        &self,
        caller: &Caller,
        lead: LeadId,
        (field, other): (&'static str, LeadId),
    ) -> Result<Rank, EngineError> {
        let moved = self.load::<Lead>(caller.workspace, lead.0)?.state;
        if moved.opened.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such lead").into());
        }
        let other = self.load::<Lead>(caller.workspace, other.0)?.state;
        let there = other.opened.is_some() && other.merged_into.is_none() && !other.erased;
        if there && other.stage == moved.stage {
            return Ok(other.rank.clone());
        }
        let detail = "there is no such lead on the board in the stage of this one";
        Err(Refusal::field(field, detail).into())
    }

    /// Refuses an owner who is not one of the staff.
    pub(super) fn check_owner(
        &self,
        workspace: WorkspaceId,
        owner: Option<PersonId>,
    ) -> Result<(), EngineError> {
        let Some(owner) = owner else { return Ok(()) };
        let person = self.load::<Person>(workspace, owner.0)?.state;
        if person.role.is_some() && !person.removed {
            return Ok(());
        }
        let refusal = Refusal::new(RefusalCode::NotFound, "there is no such person, or they left");
        Err(Refusal { field: Some("owner_id"), ..refusal }.into())
    }
}
