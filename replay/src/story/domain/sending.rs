//! A story's steps of a message on its way out: what the sender records, with nobody sending.

use convolog_domain::conversation::{
    AgentReplied, Answer as Became, Conversation, Effort, ReplyAsAgent, Sendable, SettleAttempt,
    Settled,
};
use convolog_domain::{AgentId, ConversationId, MessageId, StatusContent};
use convolog_engine::Answer;
use serde_json::json;

use super::Stopped;
use super::commands::Call;
use crate::story::command::SendingStep;
use crate::story::host::{HostError, Outcome};

/// Why a step cannot be taken.
const UNASKED: &str = "the customer of this conversation asked nothing that is open";
/// The same.
const NOTHING: &str = "no message of this conversation is on its way out";

impl Call<'_> {
    /// Carries out a step of the conversation's first message whose fate is open.
    pub(super) async fn send_on(
        &self,
        conversation: ConversationId,
        step: &SendingStep,
    ) -> Result<Outcome, Stopped> {
        let loaded = self.engine.load::<Conversation>(self.caller.workspace, conversation.0)?;
        let (outbox, opened) = (&loaded.state.outbox, loaded.state.opened.as_ref());
        let (Some(first), Some(opened)) = (outbox.messages.first(), opened) else {
            return Err(Stopped::Host(HostError::Failed(NOTHING.to_owned())));
        };
        let (message, engine, caller) = (first.message, self.engine, &self.caller);
        let settle =
            |answer, words| SettleAttempt { message, answer, words, emoji: None, fallback: None };
        let command = match step {
            SendingStep::Attempt => {
                engine.begin_attempt(caller, conversation, message).await?;
                return Ok(done(message));
            }
            SendingStep::GiveUp => {
                engine.give_up(caller, conversation, message).await?;
                return Ok(done(message));
            }
            SendingStep::Cancel => {
                let answer = |_: &[_]| Answer::open(200, json!({}), caller.workspace);
                engine.cancel_message(caller, conversation, message, None, answer).await?;
                return Ok(done(message));
            }
            SendingStep::Accept(wamid) => {
                let channel = opened.channel;
                let platform = engine.platform_message(caller.workspace, channel, wamid)?;
                let words = StatusContent {
                    platform_id: Some(wamid.as_str().into()),
                    ..StatusContent::default()
                };
                settle(Became::Accepted { platform, settled: Settled::Answer }, words)
            }
            SendingStep::Reject(code) => {
                let (http_status, code) = (Some(400), Some(*code));
                let answer = Became::Rejected { http_status, code, retry_after: None };
                settle(answer, StatusContent::default())
            }
            SendingStep::Lose => settle(Became::Nothing, StatusContent::default()),
        };
        engine.settle_attempt(caller, conversation, command).await?;
        Ok(done(message))
    }
    /// An agent deals with what the customer wrote last.
    pub(super) async fn reply_as(
        &self,
        (conversation, agent): (ConversationId, AgentId),
        text: Option<String>,
        hand_off: Option<String>,
    ) -> Result<Outcome, Stopped> {
        let loaded = self.engine.load::<Conversation>(self.caller.workspace, conversation.0)?;
        let asked = loaded.state.attention.asked;
        let answered = asked.ok_or_else(|| Stopped::Host(HostError::Failed(UNASKED.to_owned())))?;
        let reply = AgentReplied {
            agent,
            version: 1,
            answered,
            message: None,
            at: 0,
            outcome: if hand_off.is_some() { "handoff" } else { "answer" }.to_owned(),
            sure: hand_off.is_none(),
            sources: Vec::new(),
            passages: Vec::new(),
            provider: "built_in".to_owned(),
            model: None,
            failed: None,
            effort: Effort::default(),
            connection: None,
        };
        let say = text.map(|text| Sendable::text(text.into())).transpose()?;
        let command = ReplyAsAgent { reply, say, hand_off };
        self.engine.execute(&self.caller, conversation.0, command).await?;
        Ok(done(answered))
    }
}

fn done(message: MessageId) -> Outcome {
    Outcome::ok(200, json!({ "id": message.0 }))
}
