//! What happens to webhook subscriptions, as a story tells it.

use convolog_domain::Refusal;
use convolog_domain::delivery::{AttemptOutcome, Delivery, Made, RecordAttempts, Taken};
use convolog_domain::subscription::{
    Address, CreateSubscription, DeleteSubscription, PauseSubscription, ResumeSubscription,
    RotateSecret, Subscription, SubscriptionChanges, SubscriptionSettings, UpdateSubscription,
};
use convolog_engine::{Caller, EngineError, Recorded};
use convolog_log::{Filter, Origin, Position};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::Stopped;
use super::commands::{Call, unexpected};
use crate::story::command::Command;
use crate::story::host::Outcome;

/// Events looked at for one that is asked for.
const LOOKED_AT: usize = 1_000;

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
                    ..SubscriptionSettings::default()
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
            Command::Deliver { webhook, outcome } => self.deliver(webhook, outcome).await,
            Command::Webhook { webhook, action } => match action.as_str() {
                "pause" => self.execute(webhook, PauseSubscription, 200).await,
                "resume" => self.execute(webhook, ResumeSubscription, 200).await,
                "delete" => self.execute(webhook, DeleteSubscription, 200).await,
                _ => Err(Refusal::field("action", "is not known").into()),
            },
            other => Err(unexpected(&other)),
        }
    }

    /// Records an attempt of what waits longest, or of the next event that is asked for.
    async fn deliver(&self, webhook: Uuid, outcome: AttemptOutcome) -> Result<Outcome, Stopped> {
        let (engine, workspace) = (self.engine, self.caller.workspace);
        let state = engine.load::<Delivery>(workspace, webhook)?.state;
        let subscription = engine.load::<Subscription>(workspace, webhook)?.state;
        let settings = subscription.settings.clone().unwrap_or_default();
        let after = match state.waiting.keys().next() {
            Some(position) => position.saturating_sub(1),
            None => state.cursor.unwrap_or(0),
        };
        let types = settings.codes();
        let filter = Filter { workspace: Some(workspace.0), stream: None, types };
        let read = engine.log().read(Position(after), LOOKED_AT, &filter);
        let (records, _) = read.map_err(EngineError::from)?;
        for record in &records {
            let event = Recorded::read(record).map_err(EngineError::from)?;
            if settings.told_as(&event.event, event.origin == Origin::Live).is_none() {
                continue;
            }
            let (position, code) = (event.position.0, event.event.event_type().code);
            let what = Taken { position, event: event.event_id, code, job: None, holds: false };
            let made = Made {
                what,
                at: engine.clock().now().0,
                outcome,
                status: None,
                milliseconds: 10,
                retry_after: None,
                answer: None,
            };
            let command = RecordAttempts {
                workspace,
                cursor: position,
                made: vec![made],
                begun: Vec::new(),
                jobs: Vec::new(),
            };
            engine.execute(&Caller::reactor(workspace), webhook, command).await?;
            return Ok(Outcome::ok(200, json!({ "id": webhook })));
        }
        Err(Refusal::field("webhook", "has nothing that waits to be delivered").into())
    }
}
