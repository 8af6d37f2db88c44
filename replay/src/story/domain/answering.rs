//! Connections to models, rules about leads and what is learned by them, as a story tells it.

use std::collections::BTreeMap;

use convolog_domain::conversation::{Conversation, Effort};
use convolog_domain::lead::{LeadRules, Learned, Qualification};
use convolog_domain::model_connection::{
    AddModelConnection, ChangeModelConnection, ConnectionChanges, ConnectionSettings, ModelAddress,
    RecordModelCheck, RemoveModelConnection,
};
use convolog_domain::workspace::{SetLeadRules, Workspace};
use convolog_domain::{AgentId, ModelConnectionId};
use secrecy::SecretString;
use serde_json::json;

use super::Stopped;
use super::commands::{Call, unexpected};
use super::leads::money;
use crate::story::command::Command;
use crate::story::host::{HostError, Outcome};

/// Milliseconds that a model of a story may take.
const TIMEOUT: u32 = 30_000;

impl Call<'_> {
    pub(super) async fn of_answering(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, workspace) = (self.engine, self.caller.workspace);
        let address =
            |url: String| ModelAddress { base_url: url.into(), plain_http_allowed: false };
        let keep = |key: String| engine.put_secret(workspace, &SecretString::from(key));
        match command.clone() {
            Command::AddModel { url, provider, model, secret } => {
                let settings = ConnectionSettings {
                    name: "Model".to_owned(),
                    provider,
                    model,
                    timeout_milliseconds: TIMEOUT,
                    budget: None,
                    price: None,
                };
                let key = secret.map(keep).transpose()?;
                let add = AddModelConnection { workspace, settings, address: address(url), key };
                self.execute(self.new_id(), add, 201).await
            }
            Command::ChangeModel { connection, url, model, secret } => {
                let changes = ConnectionChanges { model, ..ConnectionChanges::default() };
                let (address, key) = (url.map(address), secret.map(keep).transpose()?);
                let change = ChangeModelConnection { workspace, changes, address, key };
                self.execute(connection, change, 200).await
            }
            Command::RemoveModel { connection } => {
                self.execute(connection, RemoveModelConnection, 204).await
            }
            Command::RecordModelCheck { connection, outcome, tokens } => {
                let effort = Effort { input_tokens: tokens, ..Effort::default() };
                let id = ModelConnectionId(connection);
                let record = RecordModelCheck { connection: id, outcome, effort };
                self.execute(connection, record, 200).await
            }
            Command::SetLeadRules { agent, currency, needs, budget_at_least } => {
                let rule = Qualification {
                    name: "ready_to_buy".to_owned(),
                    fields: needs,
                    budget_at_least: budget_at_least.map(|m| money(&m)).transpose()?.flatten(),
                    score_at_least: None,
                };
                let rules = LeadRules { currency, qualifies: vec![rule], ..LeadRules::usual() };
                let set = SetLeadRules { agent: agent.map(AgentId), rules: Some(rules) };
                self.execute(workspace.0, set, 200).await
            }
            Command::LearnFromMessage { conversation, fields, budget } => {
                let state = engine.load::<Conversation>(workspace, conversation)?.state;
                let rules = engine.load::<Workspace>(workspace, workspace.0)?.state;
                let (Some(opened), Some(message), Some(held)) =
                    (&state.opened, state.attention.asked, rules.lead_rules_for(None))
                else {
                    let missing = "nobody said anything, or there are no rules";
                    return Err(Stopped::Host(HostError::Failed(missing.to_owned())));
                };
                let source = Learned {
                    conversation: convolog_domain::ConversationId(conversation),
                    message,
                    agent: None,
                    heard: (engine.clock().now().0, 1),
                    values: BTreeMap::new(),
                    budget: budget.map(|budget| money(&budget)).transpose()?.flatten(),
                };
                let fields = fields.into_iter().map(|(name, value)| (name, value.into())).collect();
                let (caller, rules) = (&self.caller, held.rules.clone());
                engine.learn_from_message(caller, opened.contact, source, fields, rules).await?;
                Ok(Outcome::ok(200, json!({ "id": message.0 })))
            }
            other => Err(unexpected(&other)),
        }
    }
}
