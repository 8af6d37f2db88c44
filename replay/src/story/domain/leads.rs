//! A story's commands about leads, as the engine takes them.

use convolog_domain::lead::{Money, Opening, Score, Stage};
use convolog_domain::workspace::{SetTarget, Target};
use convolog_domain::{ContactId, LeadId, PersonId, Refusal};
use convolog_engine::{Answer, LeadChanges, NewLead};
use serde_json::json;

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::{Command, Known};
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_leads(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller) = (self.engine, &self.caller);
        let id = match command.clone() {
            Command::OpenLead { source, contact, external_id, known } => {
                let id = LeadId(self.new_id());
                let new = NewLead {
                    opened_by: Opening::Command,
                    source,
                    contact: contact.map(ContactId),
                    external_id: external_id.map(Into::into),
                    known: changes(known)?,
                };
                let answer = |_, _| made(id.0)(&[]);
                let once = self.once.as_ref();
                return Ok(outcome(engine.open_lead(caller, id, &new, once, answer).await?));
            }
            Command::ChangeLead { lead, known } => {
                engine.change_lead(caller, LeadId(lead), None, &changes(known)?).await?;
                lead
            }
            Command::SetTarget { status, period, count, value } => {
                let period =
                    period.parse().map_err(|_| Refusal::field("period", "is no period"))?;
                let value = value.map(|value| money(&value)).transpose()?.flatten();
                let (stage, target) = (stage(&status)?, Some(Target { count, value }));
                let command = SetTarget { stage, period, target };
                return self.execute(caller.workspace.0, command, 200).await;
            }
            Command::ChangeStage { lead, status, reason } => {
                let stage = stage(&status)?;
                let reason = reason.map(Into::into);
                engine.change_stage(caller, LeadId(lead), stage, reason).await?;
                lead
            }
            Command::LinkLead { lead, contact } => {
                let (contact, nothing) = (Some(ContactId(contact)), LeadChanges::default());
                engine.change_lead(caller, LeadId(lead), contact, &nothing).await?;
                lead
            }
            Command::MoveLead { lead, after, before } => {
                let (after, before) = (after.map(LeadId), before.map(LeadId));
                engine.move_lead(caller, LeadId(lead), after, before).await?;
                lead
            }
            Command::EraseLead { lead, reason } => {
                engine.erase_lead(caller, LeadId(lead), &reason).await?;
                lead
            }
            Command::MergeLeads { lead, merged } => {
                let answer = || Answer { status: 200, ..made(lead)(&[]) };
                let (lead, merged, once) = (LeadId(lead), LeadId(merged), self.once.as_ref());
                return Ok(outcome(engine.merge_leads(caller, lead, merged, once, answer).await?));
            }
            other => return Err(unexpected(&other)),
        };
        Ok(Outcome::ok(200, json!({ "id": id })))
    }
}

fn stage(name: &str) -> Result<Stage, Stopped> {
    let wrong = || Refusal::field("status", "is no status").allowing(Stage::ALL);
    Ok(Stage::named(name).ok_or_else(wrong)?)
}

fn changes(known: Known) -> Result<LeadChanges, Stopped> {
    let Known { fields, score, score_reasons: reasons, value, person } = known;
    let fields = fields.into_iter().map(|(name, value)| (name, value.map(Into::into)));
    Ok(LeadChanges {
        fields: fields.collect(),
        score: score.map(|score| Some(Score { score, reasons, explanation: None })),
        value: value.map(|value| money(&value)).transpose()?,
        owner: person.map(|person| Some(PersonId(person))),
    })
}

/// `150000 BRL`, or nothing.
pub(super) fn money(text: &str) -> Result<Option<Money>, Stopped> {
    let Some((amount, currency)) = text.split_once(' ') else {
        return if text.is_empty() { Ok(None) } else { Err(no_money()) };
    };
    let amount = amount.parse().map_err(|_| no_money())?;
    Ok(Some(Money { amount, currency: currency.to_owned() }))
}

fn no_money() -> Stopped {
    Refusal::field("value", "must be an amount and a currency").into()
}
