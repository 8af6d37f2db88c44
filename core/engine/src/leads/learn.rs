//! Learning of a lead from what they said.

use std::collections::BTreeMap;

use convolog_domain::contact::IdentityKind;
use convolog_domain::lead::{Found, Lead, LeadRules, LearnFromMessage, Learned, Tokens};
use convolog_domain::{Command, ContactId, LeadId, Sensitive, WorkspaceId};
use convolog_log::Position;

use super::change::{FIELD_EMAIL, FIELD_PHONE};
use super::find::{MAX_MERGES, compared_by};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::Answer;

/// What a field's value is hashed under, beside its name.
const LABEL: &str = "lead-learned";

impl Engine {
    /// Learns of the lead that a contact is; nothing if they are none. What is no phone number or no
    /// e-mail address is not learned as one. Where it stands in the log; none if nothing was news.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`LearnFromMessage`] says.
    pub async fn learn_from_message(
        &self,
        caller: &Caller,
        contact: ContactId,
        source: Learned,
        fields: BTreeMap<String, Sensitive>,
        rules: LeadRules,
    ) -> Result<Option<Position>, EngineError> {
        let workspace = caller.workspace;
        let contact = self.standing(workspace, contact)?;
        let Some(lead) = self.lead_of(workspace, contact.into())? else { return Ok(None) };
        let lead = self.standing_lead(workspace, lead)?;
        let mut found = BTreeMap::new();
        for (name, value) in fields {
            let is_one =
                |field: &str, kind| name != field || compared_by(kind, value.expose()).is_some();
            if is_one(FIELD_PHONE, IdentityKind::Phone) && is_one(FIELD_EMAIL, IdentityKind::Email)
            {
                let parts = [name.as_bytes(), value.expose().as_bytes()];
                let hash = self.keyed_hash(workspace, LABEL, &parts)?;
                found.insert(name, Found { value, hash });
            }
        }
        let tokens = Tokens::default();
        let command = LearnFromMessage { lead, source, found, tokens, rules };
        let loaded = self.load::<Lead>(workspace, lead.0)?;
        // What is no news asks the vault for nothing.
        if command.clone().decide(&loaded.state, &mut self.ctx())?.is_empty() {
            return Ok(None);
        }
        let decide = || {
            let loaded = self.load::<Lead>(workspace, lead.0)?;
            let mut command = command.clone();
            if let Some(subject) = loaded.state.subject() {
                let value = |field: &str| command.found.get(field).map(|found| &found.value);
                let (phone, email) = (value(FIELD_PHONE), value(FIELD_EMAIL));
                command.tokens = self.tokens_of(workspace, subject, phone, email)?;
            }
            Ok((self.decide_on(caller, lead.0, &loaded, command)?.0, Answer::none()))
        };
        Ok(Some(self.commit_once(caller, None, decide).await?.position))
    }

    /// The lead that goes on for this one.
    fn standing_lead(
        &self,
        workspace: WorkspaceId,
        mut lead: LeadId,
    ) -> Result<LeadId, EngineError> {
        for _ in 0..MAX_MERGES {
            let Some(into) = self.load::<Lead>(workspace, lead.0)?.state.merged_into else { break };
            lead = into;
        }
        Ok(lead)
    }
}
