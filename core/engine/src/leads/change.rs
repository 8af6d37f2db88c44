//! Changing what is known of a lead.

use convolog_domain::lead::{
    ChangeLead, ChangeStage, FieldChanges, Lead, LinkContact, Money, MoveLead, Score, Stage, Tokens,
};
use convolog_domain::person::Person;
use convolog_domain::{ContactId, LeadId, PersonId, Refusal, RefusalCode, Sensitive, WorkspaceId};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::Done;

/// The field whose value is a phone number.
pub(super) const FIELD_PHONE: &str = "phone";
/// The field whose value is an e-mail address.
pub(super) const FIELD_EMAIL: &str = "email";

/// What is to be known of a lead; what is not named stays.
#[derive(Clone, Debug, Default)]
pub struct LeadChanges {
    /// Fields by name; none takes the value away.
    pub fields: FieldChanges,
    /// How promising they are.
    pub score: Option<Score>,
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
        ChangeLead { fields, tokens, score, value, owner }
    }
}

impl Engine {
    /// Changes what is known of a lead, in one commit.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, it was merged or erased, the owner is not
    /// one of the staff, or a value is not allowed.
    pub async fn change_lead(
        &self,
        caller: &Caller,
        id: LeadId,
        changes: &LeadChanges,
    ) -> Result<Done, EngineError> {
        let workspace = caller.workspace;
        self.check_owner(workspace, changes.owner.flatten())?;
        let state = self.load::<Lead>(workspace, id.0)?.state;
        // What can be refused is refused before the vault is asked to promise anything.
        let command = changes.command(Tokens::default());
        convolog_domain::Command::decide(command, &state, &mut self.ctx())?;
        let tokens = match state.subject() {
            Some(subject) => self.tokens_of(
                workspace,
                subject,
                changes.value_of(FIELD_PHONE),
                changes.value_of(FIELD_EMAIL),
            )?,
            None => Tokens::default(),
        };
        self.execute(caller, id.0, changes.command(tokens)).await
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
        self.execute(caller, lead.0, ChangeStage { lead, stage, reason }).await
    }

    /// Says which contact a lead is.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`LinkContact`] says, if there is no such contact (`not_found`),
    /// or it is another lead already (`already_exists`).
    pub async fn link_lead(
        &self,
        caller: &Caller,
        lead: LeadId,
        contact: ContactId,
    ) -> Result<Done, EngineError> {
        let contact = self.linkable(caller.workspace, contact)?;
        if self.lead_of(caller.workspace, contact.into())?.is_some_and(|other| other != lead) {
            self.is_no_lead(caller.workspace, contact.into())?;
        }
        self.execute(caller, lead.0, LinkContact { contact }).await
    }

    /// Puts a lead between two others of its stage; none is the edge of the board.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such lead, or a neighbour is not in its stage.
    pub async fn move_lead(
        &self,
        caller: &Caller,
        lead: LeadId,
        above: Option<LeadId>,
        below: Option<LeadId>,
    ) -> Result<Done, EngineError> {
        let moved = self.load::<Lead>(caller.workspace, lead.0)?.state;
        if moved.opened.is_none() {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such lead").into());
        }
        let rank = |field: &'static str, neighbour: Option<LeadId>| {
            let Some(neighbour) = neighbour else { return Ok(None) };
            let state = self.load::<Lead>(caller.workspace, neighbour.0)?.state;
            let there = state.opened.is_some() && state.merged_into.is_none();
            if there && state.stage == moved.stage {
                return Ok(Some(state.rank.clone()));
            }
            let detail = "there is no such lead in the stage of this one";
            Err(EngineError::from(Refusal::field(field, detail)))
        };
        let command = MoveLead { above: rank("after", above)?, below: rank("before", below)? };
        self.execute(caller, lead.0, command).await
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
