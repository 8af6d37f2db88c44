//! A story's steps of a message on its way out: what the sender records, with nobody sending.

use convolog_domain::conversation::{Answer as Became, Conversation, SettleAttempt, Settled};
use convolog_domain::{ConversationId, MessageId, StatusContent};
use convolog_engine::Answer;
use serde_json::json;

use super::Stopped;
use super::commands::Call;
use crate::story::command::SendingStep;
use crate::story::host::{HostError, Outcome};

/// Why a step cannot be taken.
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
        let settle = |answer, words| SettleAttempt { message, answer, words };
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
}

fn done(message: MessageId) -> Outcome {
    Outcome::ok(200, json!({ "id": message.0 }))
}
