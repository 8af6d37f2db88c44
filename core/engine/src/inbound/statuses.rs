//! What became of messages: facts, recorded where their message is, or kept until it comes.

use convolog_domain::limits::REPLY_FAILED;
use convolog_domain::{
    ClaimKey, Command as _, ContactId, Content, ConversationId, Decision, Event, MessageId,
    Personal, StatusContent, StreamKind, SubjectId,
    broadcast::Bulk,
    conversation::{
        Answer, Conversation, Event as Said, Pricing, SettleAttempt, Settled, StatusReceived,
        unmatched::StatusWaiting,
    },
};
use convolog_log::Origin;
use convolog_whatsapp::{Kind, Party, Status, StatusKind, phone};
use uuid::Uuid;

use super::messages::alongside;
use super::planner::{Item, Planner, Telling};
use crate::engine::Loaded;
use crate::error::EngineError;
use crate::plan::Require;
use crate::recorded::Stream;

/// A message of our own that a status names.
struct Echo {
    message: MessageId,
    bulk: Option<Bulk>,
    conversation: ConversationId,
    contact: ContactId,
    loaded: Loaded<Conversation>,
}

impl Planner<'_> {
    pub(crate) fn plan_status(
        &mut self,
        item: &mut Item<'_>,
        status: &Status,
    ) -> Result<(), EngineError> {
        let platform = match &status.wamid {
            Some(wamid) => self.message_id(item.channel, wamid)?,
            None => MessageId(super::planner::shortened(item.fragment)),
        };
        let known = self.conversation_of(platform)?;
        let echo = if known.is_none() { self.echo_of(item, status)? } else { None };
        let about = known.or(echo.as_ref().map(|echo| (echo.conversation, echo.contact)));
        if self.is_about_erased(&status.recipient, status.timestamp, about)? {
            self.received.refused += 1;
            return Ok(());
        }
        if let Some(echo) = echo {
            self.settle(echo, status, platform)?;
        }
        let message = self.own_id(platform)?;
        if let Some((_, contact)) = about
            && !status.recipient.is_unknown()
            && status.group_id.is_none()
        {
            self.contact_of(&status.recipient, Some(contact), Origin::Live)?;
        }
        let received = self.status(item, status, platform)?;
        let key = ClaimKey::Status(received.fact);
        let claim = match self.telling(&key, item)? {
            Telling::Same => return Ok(()),
            Telling::First => key,
            Telling::Another => ClaimKey::Fragment(item.fragment),
        };
        self.received.accepted += 1;
        if let Some((conversation, contact)) = about {
            self.take_refusal(contact, message, status)?;
            let bulk = self.bulk_of(platform)?;
            let decision = Decision::new(StatusReceived { message, bulk, ..received })
                .sealing(content(item, status, contact.into()))
                .claiming(claim);
            self.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
            return self.see_to_failure(conversation, message, &status.kind);
        }
        let subject = self.subject_of(&status.recipient)?.unwrap_or(SubjectId(self.workspace.0));
        let decision = Decision::new(StatusWaiting { status: received })
            .sealing(content(item, status, subject))
            .claiming(claim);
        self.push(StreamKind::Unmatched, message.0, decision, Origin::Live);
        self.plan.requires.push(Require::Free(self.workspace, ClaimKey::Message(message)));
        Ok(())
    }

    /// Our own message that a status names by the id that we gave it. Only the number that it was
    /// handed to can tell of it, and only of what was handed over.
    fn echo_of(&mut self, item: &Item<'_>, status: &Status) -> Result<Option<Echo>, EngineError> {
        let ours = status.callback_data.as_deref().and_then(|data| data.parse::<Uuid>().ok());
        let (Some(ours), true) = (ours.map(MessageId), status.wamid.is_some()) else {
            return Ok(None);
        };
        let Some(asked) = self.engine.first_of_message(self.workspace, ours)? else {
            return Ok(None);
        };
        let Event::Conversation(Said::MessageRequested(requested)) = &asked.event else {
            return Ok(None);
        };
        let bulk = requested.bulk;
        let conversation = ConversationId(asked.stream.id);
        let loaded = self.engine.load::<Conversation>(self.workspace, conversation.0)?;
        let Some(opened) = &loaded.state.opened else { return Ok(None) };
        let waits = loaded.state.outbox.find(ours).is_some_and(|one| one.attempts == 0);
        if waits || opened.channel != item.channel {
            return Ok(None);
        }
        let contact = self.root_of(opened.contact)?;
        Ok(Some(Echo { message: ours, bulk, conversation, contact, loaded }))
    }

    /// The platform has a message after all whose sending nobody answered.
    fn settle(
        &mut self,
        echo: Echo,
        status: &Status,
        platform: MessageId,
    ) -> Result<(), EngineError> {
        let Echo { message, bulk, conversation, contact, loaded } = echo;
        let platform_id = status.wamid.as_deref().map(Into::into);
        let words = StatusContent { platform_id, ..StatusContent::default() };
        let answer = Answer::Accepted { platform, settled: Settled::Status };
        let one = loaded.state.outbox.find(message);
        let emoji = one.map(|one| self.engine.emoji(self.workspace, one)).transpose()?.flatten();
        let command = SettleAttempt { message, answer, words, emoji, fallback: None };
        for mut decision in command.decide(&loaded.state, &mut self.ctx)? {
            // Nothing else knows any more whom it was for.
            if let Event::Conversation(Said::MessageAccepted(accepted)) = &mut decision.event {
                accepted.bulk = bulk;
            }
            self.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
        }
        let stream = Stream::new(self.workspace, StreamKind::Conversation, conversation.0);
        self.plan.requires.push(Require::StreamAt(stream, loaded.version));
        self.messages.insert(platform, (conversation, contact));
        self.own_ids.insert(platform, (message, bulk));
        Ok(())
    }

    /// An agent's answer that the platform took and could not deliver asks for a person, as one that it
    /// did not take does. If two posts say so at once, both say the same.
    fn see_to_failure(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
        status: &StatusKind,
    ) -> Result<(), EngineError> {
        if *status != StatusKind::Failed {
            return Ok(());
        }
        let loaded = self.engine.load::<Conversation>(self.workspace, conversation.0)?;
        let attention = &loaded.state.attention;
        let Some(agent) = attention.lost(message) else { return Ok(()) };
        self.hand_off(conversation, &loaded.state, (REPLY_FAILED, Some(agent)));
        Ok(())
    }

    fn status(
        &self,
        item: &Item<'_>,
        status: &Status,
        message: MessageId,
    ) -> Result<StatusReceived, EngineError> {
        // Between two people the same status may name the recipient in one telling by number and in
        // another by business-scoped id; only in a group does the recipient make it another fact.
        let participant = status.group_id.as_ref().map(|_| participant_key(&status.recipient));
        let parts: [&[u8]; 3] = [
            message.0.as_bytes(),
            status.kind.name().as_bytes(),
            participant.as_deref().unwrap_or_default().as_bytes(),
        ];
        Ok(StatusReceived {
            message,
            channel: item.channel,
            status: status.kind.name().to_owned(),
            at: status.timestamp,
            fact: self.engine.keyed_hash(self.workspace, "status-fact", &parts)?,
            fragment: item.fragment,
            errors: status.errors.iter().filter_map(|error| error.code).collect(),
            pricing: status.pricing.as_ref().map(|pricing| Pricing {
                model: pricing.model.clone(),
                category: pricing.category.clone(),
                kind: pricing.kind.clone(),
                billable: pricing.billable,
            }),
            market: status.pricing.as_ref().and_then(|_| market(&status.recipient)),
            call: status.is_call,
            bulk: None,
        })
    }
}

/// The country of a number, by its calling code: so coarse that it names nobody.
fn market(recipient: &Party) -> Option<String> {
    recipient.phone.as_deref().and_then(phone::calling_code).map(str::to_owned)
}

/// What tells two recipients of one message in a group apart.
fn participant_key(recipient: &Party) -> String {
    recipient
        .bsuid
        .clone()
        .or_else(|| recipient.phone_identity())
        .or_else(|| recipient.parent_bsuid.clone())
        .or_else(|| recipient.other.clone())
        .unwrap_or_default()
}

/// The recipient that a kept status element names.
pub(crate) fn recipient_in(fragment: &str) -> Option<Party> {
    let post = format!(
        "{{\"object\":\"whatsapp_business_account\",\"entry\":[{{\"changes\":[{{\"field\":\"messages\",\"value\":{{\"statuses\":[{fragment}]}}}}]}}]}}"
    );
    let post = convolog_whatsapp::parse(post.as_bytes()).ok()?;
    post.updates.into_iter().find_map(|update| match update.kind {
        Kind::Status(status) if status.group_id.is_none() && !status.recipient.is_unknown() => {
            Some(status.recipient)
        }
        _ => None,
    })
}

fn content(item: &Item<'_>, status: &Status, subject: SubjectId) -> Personal {
    let details: Vec<&str> = status
        .errors
        .iter()
        .filter_map(|error| error.details.as_deref().or(error.title.as_deref()))
        .collect();
    Personal {
        subject,
        content: Content::Status(Box::new(StatusContent {
            platform_id: status.wamid.clone().map(Into::into),
            error_details: (!details.is_empty()).then(|| details.join("; ").into()),
            fragment: Some(item.update.fragment.text.as_str().into()),
            alongside: alongside(&item.update.alongside),
        })),
    }
}
