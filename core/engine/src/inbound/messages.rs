//! Messages, edits, revocations and reactions: what somebody said, in the order nobody promised.

use convolog_domain::contact::words::PreferenceWord;
use convolog_domain::limits::{HISTORY_MEDIA_SECONDS, MEDIA_SECONDS, PERSON_TOOK_OVER};
use convolog_domain::{
    AgentId, ChannelId, ClaimKey, Command as _, ContactId, Content, ConversationId, Decision,
    Event, MediaContent, MessageContent, MessageId, Personal, StreamKind,
    conversation::{
        self, Conversation, ConversationOpened, Direction, HandOff, MessageEdited, MessageEnriched,
        MessageFacts, MessageReceived, MessageRevoked, ReactionChanged,
        unmatched::{MessageAnnounced, Unmatched},
    },
};
use convolog_log::Origin;
use convolog_whatsapp::{self as whatsapp, Fragment, Media, Message, MessageType, Party};

use super::planner::{Item, Planner, Telling};
use crate::error::EngineError;
use crate::plan::Require;
use crate::recorded::Stream;

impl Planner<'_> {
    pub(crate) fn plan_message(
        &mut self,
        item: &mut Item<'_>,
        message: &Message,
    ) -> Result<(), EngineError> {
        let party = customer(item, message);
        let id = match &message.wamid {
            Some(wamid) => self.message_id(item.channel, wamid)?,
            None => MessageId(super::planner::shortened(item.fragment)),
        };
        let target = self.target(item, message)?;
        let subject = target.unwrap_or(id);
        let about = match self.conversation_of(subject)? {
            None if message.group_id.is_none() => self.announced(subject)?,
            known => known,
        };
        if self.is_about_erased(&party, message.timestamp, about)? {
            self.received.refused += 1;
            return Ok(());
        }
        let origin = match message.origin {
            whatsapp::Origin::History => Origin::HistoryImport,
            whatsapp::Origin::Live | whatsapp::Origin::Echo => Origin::Live,
        };
        // In a group, whoever reacts to a message need not be whoever wrote it.
        let same_person = target.is_none() || message.group_id.is_none();
        let anchor = about.filter(|_| same_person).map(|(_, contact)| contact);
        let mut contact = self.contact_of(&party, anchor, origin)?;
        if message.direction == whatsapp::Direction::Inbound {
            self.see_profile(contact, &party, message.timestamp, origin)?;
        }
        let key = match target {
            Some(_) => ClaimKey::Fragment(item.fragment),
            None => ClaimKey::Message(id),
        };
        let telling = self.telling(&key, item)?;
        if telling == Telling::Same {
            return Ok(());
        }
        if let Some(after) = &message.new_identity {
            let before = message.old_identity.as_ref().unwrap_or(&party);
            contact = self.identity_changed(contact, before, after, message.timestamp, origin)?;
        }
        self.received.accepted += 1;
        let word = match (target, telling) {
            (None, Telling::First) => self.take_at_word(message, (contact, id), origin)?,
            _ => None,
        };
        self.meet_lead(item.channel, message, contact, origin)?;
        match target {
            Some(target) => self.plan_change(item, message, (contact, id, target), origin),
            None => self.plan_said(item, message, (contact, id, telling), (word, origin)),
        }
    }

    /// The message that an edit, a revocation or a reaction is about.
    fn target(
        &mut self,
        item: &Item<'_>,
        message: &Message,
    ) -> Result<Option<MessageId>, EngineError> {
        match (&message.kind, &message.target) {
            (MessageType::Reaction | MessageType::Edit | MessageType::Revoke, Some(target)) => {
                let target = self.message_id(item.channel, target)?;
                self.own_id(target).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Whether it is about somebody whose data was erased after it happened.
    pub(crate) fn is_about_erased(
        &mut self,
        party: &Party,
        at: Option<i64>,
        about: Option<(ConversationId, ContactId)>,
    ) -> Result<bool, EngineError> {
        if let Some((_, contact)) = about
            && self.person(contact)?.state.erased
        {
            return Ok(true);
        }
        self.was_erased_since(party, at)
    }

    /// A message: new, or told again in other words.
    fn plan_said(
        &mut self,
        item: &Item<'_>,
        message: &Message,
        (contact, id, telling): (ContactId, MessageId, Telling),
        (word, origin): (Option<PreferenceWord>, Origin),
    ) -> Result<(), EngineError> {
        let mut facts = MessageFacts { word, ..self.facts(item, message, id)? };
        if facts.media_until.is_some() {
            // What is kept or lost is not fetched again, however often it is told.
            let ended = ClaimKey::File(facts.message);
            if self.holder(&ended)?.is_some() {
                facts.media_until = None;
            } else if telling == Telling::Another {
                self.plan.requires.push(Require::Free(self.workspace, ended));
            }
        }
        if telling == Telling::Another
            && let Some((conversation, owner)) = self.conversation_of(id)?
        {
            let decision = Decision::new(MessageEnriched { facts })
                .sealing(said(item, message, owner))
                .claiming(ClaimKey::Fragment(item.fragment));
            self.push(StreamKind::Conversation, conversation.0, decision, origin);
            return Ok(());
        }
        let conversation = self.conversation(item.channel, contact, origin)?;
        if origin == Origin::Live && message.direction == whatsapp::Direction::Inbound {
            self.bring_back(conversation, id)?;
        }
        if origin == Origin::Live && message.direction == whatsapp::Direction::Outbound {
            self.take_over(item.channel, conversation)?;
        }
        self.messages.insert(id, (conversation, contact));
        let decision = Decision::new(MessageReceived { facts })
            .sealing(said(item, message, contact))
            .claiming(ClaimKey::Message(id));
        self.push(StreamKind::Conversation, conversation.0, decision, origin);
        self.take_waiting(id, conversation, origin)
    }

    /// An edit, a revocation, a reaction. They name their message, known or not.
    fn plan_change(
        &mut self,
        item: &Item<'_>,
        message: &Message,
        (contact, id, target): (ContactId, MessageId, MessageId),
        origin: Origin,
    ) -> Result<(), EngineError> {
        let (conversation, subject) = if let Some(known) = self.conversation_of(target)? {
            known
        } else {
            let conversation = self.conversation(item.channel, contact, origin)?;
            if message.group_id.is_none() {
                self.announce(target, MessageAnnounced { conversation, contact }, origin);
            }
            (conversation, contact)
        };
        let (direction, at, fragment) = (direction(message), message.timestamp, item.fragment);
        let event: Event = match message.kind {
            MessageType::Edit => MessageEdited { id, target, at, direction, fragment }.into(),
            MessageType::Revoke => MessageRevoked { id, target, at, direction, fragment }.into(),
            _ => {
                let removed = message.is_removed_reaction();
                ReactionChanged { id, target, direction, at, removed, fragment }.into()
            }
        };
        let decision = Decision::new(event)
            .sealing(said(item, message, subject))
            .claiming(ClaimKey::Fragment(item.fragment));
        self.push(StreamKind::Conversation, conversation.0, decision, origin);
        Ok(())
    }

    fn facts(
        &mut self,
        item: &Item<'_>,
        message: &Message,
        id: MessageId,
    ) -> Result<MessageFacts, EngineError> {
        let answered = message.context.as_ref().and_then(|context| context.wamid.as_ref());
        let kind = message.kind.unknown_name().unwrap_or_else(|| message.kind.name());
        Ok(MessageFacts {
            message: self.own_id(id)?,
            direction: direction(message),
            kind: kind.to_owned(),
            sent_at: message.timestamp,
            rank: message.rank.value(),
            fragment: item.fragment,
            reply_to: match answered {
                Some(wamid) => {
                    let answered = self.message_id(item.channel, wamid)?;
                    Some(self.own_id(answered)?)
                }
                None => None,
            },
            errors: message.errors.iter().filter_map(|error| error.code).collect(),
            referral: message.referral.is_some(),
            group: message.group_id.is_some(),
            history_status: message.history_status.as_ref().map(|s| s.name().to_owned()),
            word: None,
            media_until: self.media_until(message),
        })
    }

    /// Until when the file of a message can be fetched, if it has one. Files of a handed-over history
    /// are there only for what was said lately.
    fn media_until(&self, message: &Message) -> Option<i64> {
        message.media.as_ref().and_then(|media| media.id.as_ref())?;
        let now = self.ctx.now_seconds();
        let said = message.timestamp.unwrap_or(now);
        let old = message.origin == whatsapp::Origin::History && said + HISTORY_MEDIA_SECONDS < now;
        (!old).then_some(now + MEDIA_SECONDS)
    }

    /// The conversation of a channel and a contact, opened if there is none. A contact that goes on
    /// for others goes on with their conversations.
    pub(crate) fn conversation(
        &mut self,
        channel: ChannelId,
        contact: ContactId,
        origin: Origin,
    ) -> Result<ConversationId, EngineError> {
        for person in &self.parts_of(contact)? {
            if let Some(known) = self.conversations.get(&(channel, *person)) {
                return Ok(*known);
            }
            let key = ClaimKey::Conversation(channel, *person);
            if let Some(holder) = self.holder(&key)? {
                let conversation = ConversationId(holder.stream.id);
                self.conversations.insert((channel, *person), conversation);
                return Ok(conversation);
            }
        }
        // A merge at this moment may bring a conversation along.
        self.person(contact)?.relied_on = true;
        let conversation = ConversationId(self.ctx.next_id());
        self.conversations.insert((channel, contact), conversation);
        self.in_front.insert(conversation);
        // One look at the index for each conversation, none for each message.
        let agent = self.engine.agent_of_channel(self.workspace, channel)?;
        let decision = Decision::new(ConversationOpened { channel, contact, agent })
            .claiming(ClaimKey::Conversation(channel, contact));
        self.push(StreamKind::Conversation, conversation.0, decision, origin);
        Ok(conversation)
    }

    /// Where a message stands and who its contact is, if it is known.
    pub(crate) fn conversation_of(
        &mut self,
        id: MessageId,
    ) -> Result<Option<(ConversationId, ContactId)>, EngineError> {
        if let Some(known) = self.messages.get(&id) {
            return Ok(Some(*known));
        }
        let Some(holder) = self.holder(&ClaimKey::Message(id))? else { return Ok(None) };
        let conversation = ConversationId(holder.stream.id);
        let loaded = self.engine.load::<Conversation>(self.workspace, conversation.0)?;
        let contact = loaded.state.opened.as_ref().map(|opened| opened.contact);
        let Some(contact) = contact else { return Ok(None) };
        let known = (conversation, self.root_of(contact)?);
        self.messages.insert(id, known);
        Ok(Some(known))
    }

    /// Somebody answered from the phone: the agent is silent from then on. Once a post is enough; if
    /// two come at once, both say the same.
    fn take_over(
        &mut self,
        channel: ChannelId,
        conversation: ConversationId,
    ) -> Result<(), EngineError> {
        let agent = self.engine.agent_of_channel(self.workspace, channel)?;
        if agent.is_none() || !self.taken_over.insert(conversation) {
            return Ok(());
        }
        let loaded = self.engine.load::<Conversation>(self.workspace, conversation.0)?;
        if loaded.state.attention.handoff.is_some() || loaded.state.opened.is_none() {
            return Ok(());
        }
        self.hand_off(conversation, &loaded.state, (PERSON_TOOK_OVER, agent));
        Ok(())
    }

    /// A person is to answer from now on, for a reason that what came in gives; a conversation in which
    /// nobody can is left as it is.
    pub(super) fn hand_off(
        &mut self,
        conversation: ConversationId,
        state: &conversation::State,
        (reason, agent): (&str, Option<AgentId>),
    ) {
        let command = HandOff { reason: reason.to_owned(), agent };
        for decision in command.decide(state, &mut self.ctx).unwrap_or_default() {
            self.push(StreamKind::Conversation, conversation.0, decision, Origin::Live);
        }
    }

    /// Whose message it is, if an edit, a revocation or a reaction came before it. In a group those
    /// may be anybody's.
    fn announced(
        &mut self,
        id: MessageId,
    ) -> Result<Option<(ConversationId, ContactId)>, EngineError> {
        if !self.unmatched.contains_key(&id) {
            let loaded = self.engine.load::<Unmatched>(self.workspace, id.0)?;
            self.unmatched.insert(id, (loaded.version, loaded.state.announced));
        }
        match self.unmatched.get(&id).and_then(|(_, announced)| *announced) {
            Some(MessageAnnounced { conversation, contact }) => {
                Ok(Some((conversation, self.root_of(contact)?)))
            }
            None => Ok(None),
        }
    }

    /// Says whose a message is that has not come. It must still not have come, and nobody else must
    /// have said so.
    fn announce(&mut self, id: MessageId, whose: MessageAnnounced, origin: Origin) {
        let Some((version, announced @ None)) = self.unmatched.get_mut(&id) else { return };
        *announced = Some(whose);
        let stream = Stream::new(self.workspace, StreamKind::Unmatched, id.0);
        self.plan.requires.push(Require::StreamAt(stream, *version));
        self.plan.requires.push(Require::Free(self.workspace, ClaimKey::Message(id)));
        self.push(StreamKind::Unmatched, id.0, Decision::new(whose), origin);
    }

    /// Statuses that came before their message move into its conversation. None may come in between.
    fn take_waiting(
        &mut self,
        id: MessageId,
        conversation: ConversationId,
        origin: Origin,
    ) -> Result<(), EngineError> {
        let (waiting, version) = self.engine.waiting_for(self.workspace, id)?;
        // Whose it is was read before; what came since may say something else.
        let seen = self.unmatched.get(&id).map_or(version, |(seen, _)| *seen);
        let stream = Stream::new(self.workspace, StreamKind::Unmatched, id.0);
        self.plan.requires.push(Require::StreamAt(stream, seen));
        for told in waiting {
            self.meet_recipient(id, &told.personal, origin)?;
            let mut decision = Decision::new(told.status);
            decision.personal = told.personal;
            self.push(StreamKind::Conversation, conversation.0, decision, origin);
        }
        Ok(())
    }

    /// A status that waited names its recipient as well as any other.
    fn meet_recipient(
        &mut self,
        id: MessageId,
        personal: &[Personal],
        origin: Origin,
    ) -> Result<(), EngineError> {
        let anchor = self.conversation_of(id)?.map(|(_, contact)| contact);
        for part in personal {
            let Content::Status(content) = &part.content else { continue };
            let Some(fragment) = &content.fragment else { continue };
            if let Some(recipient) = super::statuses::recipient_in(fragment.expose()) {
                self.contact_of(&recipient, anchor, origin)?;
            }
        }
        Ok(())
    }
}

/// Who it is about. Somebody the platform does not name at all is "unknown", one for each channel, so
/// that what they say is kept and shown.
fn customer(item: &Item<'_>, message: &Message) -> Party {
    let mut party = message.customer().clone();
    if party.is_unknown() {
        party.other = Some(format!("unknown sender of channel {}", item.channel));
    }
    party
}

const fn direction(message: &Message) -> Direction {
    match message.direction {
        whatsapp::Direction::Inbound => Direction::Inbound,
        whatsapp::Direction::Outbound => Direction::Outbound,
    }
}

fn media_content(media: &Media) -> MediaContent {
    MediaContent {
        id: media.id.clone().map(Into::into),
        mime_type: media.mime_type.clone(),
        sha256: media.sha256.clone().map(Into::into),
        filename: media.filename.clone().map(Into::into),
        link: None,
    }
}

pub(crate) fn alongside(fragments: &[Fragment]) -> Vec<convolog_domain::Sensitive> {
    fragments.iter().map(|fragment| fragment.text.as_str().into()).collect()
}

/// What is sealed of a message.
fn said(item: &Item<'_>, message: &Message, subject: ContactId) -> Personal {
    let media =
        message.edit.as_ref().and_then(|edit| edit.media.as_ref()).or(message.media.as_ref());
    Personal {
        subject: subject.into(),
        content: Content::Message(Box::new(MessageContent {
            platform_id: message.wamid.clone().map(Into::into),
            text: message.text.clone().map(Into::into),
            media: media.map(media_content),
            fragment: Some(item.update.fragment.text.as_str().into()),
            alongside: alongside(&item.update.alongside),
        })),
    }
}
