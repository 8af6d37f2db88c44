//! What happens to webhook subscriptions, as a story tells it.

use convolog_domain::Refusal;
use convolog_domain::subscription::{
    Address, CreateSubscription, DeleteSubscription, PauseSubscription, ResumeSubscription,
    RotateSecret, SubscriptionChanges, SubscriptionSettings, UpdateSubscription,
};
use secrecy::SecretString;

use super::Stopped;
use super::commands::{Call, unexpected};
use crate::story::command::Command;
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_webhooks(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, workspace) = (self.engine, self.caller.workspace);
        let address = |url: String| Address { url: url.into(), plain_http_allowed: false };
        match command.clone() {
            Command::CreateWebhook { url, events, secret } => {
                let order = "ordered".to_owned();
                let secret = engine.put_secret(workspace, &SecretString::from(secret))?;
                let settings = SubscriptionSettings {
                    name: "Webhook".to_owned(),
                    events,
                    order,
                    signature: None,
                };
                let address = address(url);
                let create = CreateSubscription { workspace, settings, address, secret };
                self.execute(self.new_id(), create, 201).await
            }
            Command::UpdateWebhook { webhook, url, events } => {
                let changes = SubscriptionChanges { events, ..SubscriptionChanges::default() };
                let address = url.map(address);
                let update = UpdateSubscription { workspace, changes, address };
                self.execute(webhook, update, 200).await
            }
            Command::RotateWebhookSecret { webhook, secret, overlap_seconds } => {
                let secret = engine.put_secret(workspace, &SecretString::from(secret))?;
                self.execute(webhook, RotateSecret { secret, overlap_seconds }, 200).await
            }
            Command::Webhook { webhook, action } => match action.as_str() {
                "pause" => self.execute(webhook, PauseSubscription, 200).await,
                "resume" => self.execute(webhook, ResumeSubscription, 200).await,
                "delete" => self.execute(webhook, DeleteSubscription, 200).await,
                _ => Err(Refusal::field("action", "is not known").into()),
            },
            other => Err(unexpected(&other)),
        }
    }
}
