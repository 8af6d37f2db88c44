//! Broadcasts, as a story tells them.

use convolog_domain::broadcast::{
    Bulk, CancelBroadcast, CreateBroadcast, FinishBroadcast, PauseBroadcast, ResumeBroadcast,
    StartBroadcast,
};
use convolog_domain::conversation::Sendable;
use convolog_domain::{BroadcastId, ChannelId, Event, Refusal, StreamKind};
use convolog_engine::{
    Answer, EngineError, Named, NewRecipient, RecipientsAdded, Recorded, Stream,
};
use serde_json::json;

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::{Command, Recipient};
use crate::story::host::{HostError, Outcome};

/// Why a turn cannot be given.
const NOBODY: &str = "the broadcast has no recipient of this number";

impl Call<'_> {
    pub(super) async fn of_broadcasts(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        match command.clone() {
            Command::CreateBroadcast {
                channel,
                name,
                kind,
                text,
                element,
                marketing,
                per_minute,
            } => {
                let (workspace, channel) = (caller.workspace, ChannelId(channel));
                let template = element.clone().filter(|_| text.is_none() && kind == "template");
                let content = match (text, &template, element) {
                    (Some(text), ..) => Sendable::text(text.into())?,
                    (None, Some(asked), _) => engine.template_message(workspace, channel, asked)?,
                    (None, None, element) => {
                        Sendable::element(&kind, &element.unwrap_or_default())?
                    }
                };
                let command = CreateBroadcast {
                    workspace,
                    name,
                    channel,
                    content,
                    template,
                    marketing,
                    per_minute,
                    sandbox: false,
                };
                let id = self.new_id();
                let created =
                    engine.create_broadcast(caller, BroadcastId(id), command, once, made(id));
                Ok(outcome(created.await?))
            }
            Command::AddRecipients { broadcast, recipients } => {
                self.add_recipients(BroadcastId(broadcast), recipients).await
            }
            Command::Broadcast { broadcast, action } => match action.as_str() {
                "start" => self.execute(broadcast, StartBroadcast { from: None }, 200).await,
                "pause" => {
                    let reason = "asked".to_owned();
                    self.execute(broadcast, PauseBroadcast { reason }, 200).await
                }
                "resume" => self.execute(broadcast, ResumeBroadcast, 200).await,
                "cancel" => self.execute(broadcast, CancelBroadcast, 200).await,
                "finish" => self.execute(broadcast, FinishBroadcast, 200).await,
                _ => Err(Refusal::field("action", "is not known").into()),
            },
            Command::GiveTurn { broadcast, number } => {
                self.give_turn(BroadcastId(broadcast), number).await
            }
            other => Err(unexpected(&other)),
        }
    }

    async fn add_recipients(
        &self,
        id: BroadcastId,
        recipients: Vec<Recipient>,
    ) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let recipients: Vec<_> = recipients
            .into_iter()
            .map(|recipient| NewRecipient {
                named: Named::Phone(recipient.phone.into()),
                values: recipient
                    .parameters
                    .into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect(),
            })
            .collect();
        let answer = |done: &RecipientsAdded| {
            let refused: Vec<_> = done
                .refused
                .iter()
                .map(|(index, refusal)| json!({ "index": index, "code": refusal.code.as_str() }))
                .collect();
            let (added, repeated) = (done.added, done.repeated);
            let body = json!({ "added": added, "repeated": repeated, "refused": refused });
            Answer::open(200, body, caller.workspace)
        };
        let added = engine.add_recipients(caller, id, &recipients, once, answer);
        Ok(outcome(added.await?))
    }

    async fn give_turn(&self, id: BroadcastId, number: u32) -> Result<Outcome, Stopped> {
        use convolog_domain::broadcast::Event as Ordered;
        let (engine, caller) = (self.engine, &self.caller);
        let stream = Stream::new(caller.workspace, StreamKind::Broadcast, id.0).key();
        let records = engine.log().read_stream(&stream, 0, 1_000).map_err(EngineError::from)?;
        let missing = || Stopped::Host(HostError::Failed(NOBODY.to_owned()));
        let mut added = None;
        for record in &records {
            let recorded = Recorded::read(record).map_err(EngineError::from)?;
            if let Event::Broadcast(Ordered::RecipientAdded(event)) = &recorded.event
                && event.number == number
            {
                added = Some((event.contact, recorded.position));
            }
        }
        let (contact, position) = added.ok_or_else(missing)?;
        let values = engine.recipient_values(position)?;
        let message = engine.broadcast_message(caller.workspace, id)?.ok_or_else(missing)?;
        let bulk = Bulk { broadcast: id, recipient: number };
        engine.give_turn(caller, bulk, (contact, &values), &message.content).await?;
        Ok(Outcome::ok(200, json!({ "id": id.0 })))
    }
}
