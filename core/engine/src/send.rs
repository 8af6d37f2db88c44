//! Asking for a message to be sent: the rules that need more than the conversation itself.

use std::collections::BTreeSet;

use convolog_domain::{
    ChannelId, ClaimKey, ContactId, ConversationId, Event, MessageId, Refusal, RefusalCode,
    Sensitive, StreamKind, WorkspaceId,
    channel::Channel,
    contact::Contact,
    conversation::{Conversation, Event as ConversationEvent, Fate, SendMessage, Sendable},
    template::Template,
};
use convolog_log::Mode;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::recorded::{Recorded, Stream};

/// Events of a conversation read at a time.
const STRETCH: usize = 256;

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
        // Whoever writes for the business takes over from its agent; in the sandbox nobody writes.
        if caller.mode == Mode::Live {
            let opened = &self.load::<Conversation>(caller.workspace, conversation.0)?.state.opened;
            if let Some(opened) = opened {
                command.takes_over = self.agent_of_channel(caller.workspace, opened.channel)?;
            }
        }
        self.send_for_agent(caller, conversation, command, once, answer).await
    }

    /// The same, but the agent says it and goes on answering.
    ///
    /// # Errors
    /// As [`Engine::send_message`].
    pub async fn send_for_agent(
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
        if let Some(answered) = command.reply_to {
            self.can_be_answered(caller.workspace, conversation, answered)?;
        }
        command.preferences = self.preferences(caller.workspace, opened.contact)?;
        if command.content.is_unresolved_template()
            && let Some(element) = command.content.as_element()
        {
            command.content = self.template_message(caller.workspace, opened.channel, &element)?;
        }
        if let Some(attached) = command.content.attached() {
            self.can_be_sent(caller.workspace, attached)?;
        }
        if command.marketing.is_none() {
            command.marketing = self.promotes(caller.workspace, &command.content)?;
        }
        command.sandbox = caller.mode == Mode::Test;
        let contact = opened.contact;
        let answer = move |events: &[Event]| answer(events, contact);
        self.execute_once(caller, conversation.0, command, once, answer).await
    }

    /// A message that is to be answered, or reacted to, must be one of the conversation, and the platform
    /// must know it, or be about to: one that waits leaves before what answers it.
    fn can_be_answered(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<(), EngineError> {
        let here = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        let first = self.first_of_message(workspace, message)?;
        let Some(first) = first.filter(|first| first.stream == here) else {
            let detail = "names no message of this conversation";
            return Err(Refusal::field("reply_to", detail).into());
        };
        if !matches!(first.event, Event::Conversation(ConversationEvent::MessageRequested(_))) {
            // The platform told of it.
            return Ok(());
        }
        let (mut after, mut fate) = (first.version.saturating_sub(1), Fate::default());
        while fate.may_change() {
            let page = self.log().read_stream(&here.key(), after, STRETCH)?;
            let Some(last) = page.last() else { break };
            after = last.header.version;
            for record in &page {
                if let Event::Conversation(event) = Recorded::read(record)?.event {
                    fate.heard(message, &event);
                }
            }
        }
        Ok(fate.can_be_answered()?)
    }

    /// The conversation that somebody with this phone number has at one of these channels; none if they
    /// never wrote there.
    ///
    /// # Errors
    /// [`EngineError`] if log or vault cannot be read.
    pub fn conversation_with(
        &self,
        workspace: WorkspaceId,
        channels: &BTreeSet<ChannelId>,
        phone: &Sensitive,
    ) -> Result<Option<ConversationId>, EngineError> {
        let Some(subject) = self.known_by_phone(workspace, phone)? else { return Ok(None) };
        self.conversation_at(workspace, channels, ContactId(subject.0))
    }

    /// The conversation that a person has at one of these channels: of several the one in which
    /// something may be written for longest.
    pub(crate) fn conversation_at(
        &self,
        workspace: WorkspaceId,
        channels: &BTreeSet<ChannelId>,
        contact: ContactId,
    ) -> Result<Option<ConversationId>, EngineError> {
        let mut found = None;
        for contact in self.one_person(workspace, contact)? {
            for channel in channels {
                let claim = ClaimKey::Conversation(*channel, contact);
                let holder = self.log().holder(&self.claim_hash(workspace, &claim)?)?;
                let Some(holder) = holder else { continue };
                let id = holder.stream.id;
                let open_until =
                    self.load::<Conversation>(workspace, id)?.state.outbox.window_until();
                found = found.max(Some((open_until, ConversationId(id))));
            }
        }
        Ok(found.map(|(_, id)| id))
    }

    /// Whether the templates that a message may be made of promote something: what may be sent in its
    /// place counts as well, and what is not known counts as marketing. None if no template of it is
    /// known here.
    pub(crate) fn promotes(
        &self,
        workspace: WorkspaceId,
        content: &Sendable,
    ) -> Result<Option<bool>, EngineError> {
        let mut promotes = None;
        for template in content.templates() {
            let known = self.load::<Template>(workspace, template.0)?.state;
            promotes = Some(promotes.unwrap_or(false) || known.is_marketing());
        }
        Ok(promotes)
    }
}
