//! Who hears of what an agent does.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{Event as Told, State, SubscriptionSettings};
use convolog_domain::{AgentId, Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::wire::{ByAgent, WEBHOOK, agent, time};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::surfaces::ids;
use crate::v1::webhooks::{Subscribing, subscribe};
use crate::v1::wire::Secret;

/// `POST /api/v1/agents/{id}/webhooks/`
pub(super) struct RegisterWebhook;

/// Where to, and what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    /// Where events are posted: an https address on the public internet.
    #[schemars(with = "String", length(min = 1, max = 2000))]
    url: Sensitive,
    /// The events that are told, each once.
    #[schemars(length(min = 1, max = 12))]
    events: Vec<EventName>,
    /// The secret that signs; yours to choose and to keep.
    secret: Secret,
}

macro_rules! events {
    ($($variant:ident $name:literal $means:literal;)*) => {
        /// An event.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
        enum EventName { $(#[doc = $means] #[serde(rename = $name)] $variant),* }

        impl EventName {
            /// Its name.
            const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Every event.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$variant),*];
        }
    };
}

events! {
    MessageReceived "message.received" "Somebody wrote.";
    MessageSent "message.sent" "A message left.";
    MessageDelivered "message.delivered" "It reached a phone.";
    MessageRead "message.read" "It was read.";
    MessageFailed "message.failed" "It will not arrive.";
    ConversationStarted "conversation.started" "Somebody wrote for the first time.";
    ConversationClosed "conversation.closed" "A conversation was closed.";
    LeadCreated "lead.created" "Somebody may become a customer.";
    LeadQualified "lead.qualified" "They are worth a call.";
    AppointmentBooked "appointment.booked" "An appointment was booked.";
    HandoffTriggered "handoff.triggered" "A person is asked to take over.";
    HandoffResolved "handoff.resolved" "The agent answers again.";
}

/// A webhook of an agent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub(super) struct WebhookRow {
    /// Which one.
    id: String,
    /// The agent of which it hears.
    agent_id: String,
    /// Where events are posted.
    url: String,
    /// The events that are told.
    events: Vec<EventName>,
    /// Always `active`.
    status: &'static str,
    /// When it was registered.
    created_at: String,
}

impl Endpoint for RegisterWebhook {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/agents/{id}/webhooks/",
        "register_webhook",
        "Hear of what an agent does",
    )
    .describing("One POST for each event. `X-ConvoAI-Signature` is `sha256=` and the HMAC-SHA-256 of the body with your secret, in hexadecimal. The secret is not shown again.")
    .group("Webhooks")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::CREATED, "The webhook.")
    .fails_with(&[Code::AddressRefused]);
    type Path = ByAgent;
    type Query = NoParameters;
    type Body = JsonBody<NewWebhook>;
    type Ok = Json<WebhookRow>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (JsonBody(new), workspace) = (&call.body, call.workspace());
        let settings = |agent: Uuid| SubscriptionSettings {
            name: "ConvoAI".to_owned(),
            events: new.events.iter().map(|event| event.name().to_owned()).collect(),
            order: "ordered_by_conversation".to_owned(),
            signature: Some("convoai".to_owned()),
            agent: Some(AgentId(agent)),
            ..SubscriptionSettings::default()
        };
        let earlier = call.earlier_answer()?;
        let answered = if let Some(earlier) = earlier {
            earlier
        } else {
            let (agent, _) = agent(&call)?;
            let (settings, secret) = (settings(agent), new.secret.text().clone());
            let id = call.new_id("webhook");
            let asked = Subscribing { id, settings, url: &new.url, secret };
            let answer = |_: &State, _: &[Event]| Answer::open(201, json!({}), workspace);
            subscribe(&call, asked, answer).await?
        };
        let created = ids::event_of(&call.app, answered.position, |event| {
            matches!(event, Event::Subscription(Told::SubscriptionCreated(_)))
        })?;
        let row = WebhookRow {
            id: ids::short(WEBHOOK, created.position),
            agent_id: call.path.id.clone(),
            url: new.url.expose().to_owned(),
            events: once_each(&new.events),
            status: "active",
            created_at: time(created.at),
        };
        Reply::answering(answered, &row)
    }
}

/// Without what was said before.
fn once_each(events: &[EventName]) -> Vec<EventName> {
    let mut once: Vec<EventName> = Vec::new();
    for event in events {
        if !once.contains(event) {
            once.push(*event);
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use convolog_domain::subscription::EVERYDAY;

    use super::*;

    #[test]
    fn there_are_as_many_events_as_the_document_says_and_each_is_told() {
        assert_eq!(EventName::ALL.len(), 12);
        for event in EventName::ALL {
            assert!(EVERYDAY.iter().any(|row| row.name == event.name()), "{}", event.name());
        }
    }
}
