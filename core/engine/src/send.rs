//! Asking for a message to be sent: the rules that need more than the conversation itself.

use convolog_domain::{
    ContactId, ConversationId, Event, Refusal, RefusalCode,
    channel::Channel,
    contact::Contact,
    conversation::{Conversation, SendMessage},
    template::Template,
};

use convolog_log::Mode;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};

impl Engine {
    /// Records that a message is to be sent. Sending is a reactor's work; until it did, the message
    /// is queued.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such conversation, its contact's data was erased, they
    /// opted out of such messages, its channel is disconnected, or its template cannot be sent as it is
    /// given.
    pub async fn send_message(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        mut command: SendMessage,
        once: Option<&Once>,
        answer: impl Fn(&[Event], ContactId) -> Answer,
    ) -> Result<Answered, EngineError> {
        let loaded = self.load::<Conversation>(caller.workspace, conversation.0)?;
        let opened =
            loaded.state.opened.as_ref().ok_or_else(|| {
                Refusal::new(RefusalCode::NotFound, "there is no such conversation")
            })?;
        if self.load::<Contact>(caller.workspace, opened.contact.0)?.state.erased {
            let detail =
                "the data of this contact was erased; nothing can be sent to them any more";
            return Err(Refusal::new(RefusalCode::Erased, detail).into());
        }
        if self.load::<Channel>(caller.workspace, opened.channel.0)?.state.live().is_none() {
            let detail = "the channel of this conversation is disconnected; connect it again first";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
        }
        if let Some(answered) = command.reply_to
            && !self.is_in(caller.workspace, conversation, answered)?
        {
            let detail = "names no message of this conversation";
            return Err(Refusal::field("reply_to", detail).into());
        }
        command.preferences = self.preferences(caller.workspace, opened.contact)?;
        if command.content.is_unresolved_template()
            && let Some(element) = command.content.as_element()
        {
            command.content = self.template_message(caller.workspace, opened.channel, &element)?;
        }
        let templates = command.content.templates();
        if command.marketing.is_none() && !templates.is_empty() {
            // What may be sent in its place counts as well; what is not known counts as marketing.
            let mut marketing = false;
            for template in templates {
                let known = self.load::<Template>(caller.workspace, template.0)?.state;
                marketing |= known.is_marketing();
            }
            command.marketing = Some(marketing);
        }
        // Whoever writes for the business takes over from its agent; in the sandbox nobody writes.
        if caller.mode == Mode::Live {
            command.takes_over = self.agent_of_channel(caller.workspace, opened.channel)?;
        }
        let contact = opened.contact;
        let answer = move |events: &[Event]| answer(events, contact);
        self.execute_once(caller, conversation.0, command, once, answer).await
    }
}
