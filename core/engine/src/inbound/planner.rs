//! Plans the commit for one post: what is known (from the log, and from earlier in this very post),
//! what is new, and what must still be true when it is written.

use std::collections::{HashMap, HashSet};

use convolog_domain::broadcast::Bulk;
use convolog_domain::contact;
use convolog_domain::{
    ChannelId, ClaimKey, ContactId, Content, ConversationId, Ctx, Decision, Event, FragmentContent,
    Hash32, MessageId, Personal, StreamKind, SubjectId, Token, WorkspaceId,
    conversation::{self, unmatched::MessageAnnounced},
    receipt::{FragmentPlace, PostReceived},
};
use convolog_log::{Holder, Origin, Position};
use convolog_whatsapp::{Kind, Place, Post, Update};
use uuid::{Builder, Uuid};

use super::{Received, Signed};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::plan::{Plan, Require, Step};
use crate::recorded::{Recorded, Stream};

/// Most places of fragments that a receipt lists in the clear: all of them stand in one record, whose
/// size is limited. More of them stand beside the skeleton, which may be a blob.
const MAX_PLACES: usize = 100;

/// A contact as it will be when the plan is written.
pub(crate) struct Person {
    pub(crate) state: contact::State,
    /// The version of its stream in the log.
    pub(crate) version: u64,
    /// The plan writes to its stream.
    pub(crate) written: bool,
    /// The plan relies on its stream as it was read.
    pub(crate) relied_on: bool,
}

/// What a delivery tells about something, given what was told before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Telling {
    /// It is news.
    First,
    /// It is known; these very words are not.
    Another,
    /// The same again.
    Same,
}

/// The plan of one workspace's part of a post.
pub(crate) struct Planner<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) workspace: WorkspaceId,
    /// The post that it comes of; none if it comes of a command.
    pub(crate) signed: Option<&'a Signed>,
    pub(crate) ctx: Ctx,
    /// The business account of the update that is being planned.
    pub(crate) account: Option<String>,
    pub(crate) plan: Plan,
    pub(crate) received: Received,
    pub(crate) people: HashMap<ContactId, Person>,
    pub(crate) holders: HashMap<Token, ContactId>,
    /// Whoever became a lead, or was found to be one, in this plan.
    pub(crate) leads: HashSet<ContactId>,
    pub(crate) conversations: HashMap<(ChannelId, ContactId), ConversationId>,
    pub(crate) messages: HashMap<MessageId, (ConversationId, ContactId)>,
    /// Messages by the platform's id, the ids by which they are known here, and for whom they were.
    pub(crate) own_ids: HashMap<MessageId, (MessageId, Option<Bulk>)>,
    /// Messages that are not known: the version of their stream in the log, and whose they are.
    pub(crate) unmatched: HashMap<MessageId, (u64, Option<MessageAnnounced>)>,
    told: HashMap<ClaimKey, Vec<Hash32>>,
    pub(crate) channels: HashMap<String, ChannelId>,
    /// Conversations of which it is known that they are, or will be, in front of the operators.
    pub(crate) in_front: HashSet<ConversationId>,
    /// Channels of which this post tells that they are used on a phone as well.
    pub(crate) coexisting: HashSet<ChannelId>,
    /// Conversations that somebody answered from the phone.
    pub(crate) taken_over: HashSet<ConversationId>,
}

/// One update with what every kind needs.
pub(crate) struct Item<'p> {
    pub(crate) update: &'p Update,
    pub(crate) channel: ChannelId,
    pub(crate) fragment: Hash32,
    /// If it was known: the claim by which its event is found.
    pub(crate) known_by: Option<Hash32>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        workspace: WorkspaceId,
        signed: Option<&'a Signed>,
    ) -> Self {
        Self {
            engine,
            workspace,
            signed,
            ctx: engine.ctx(),
            account: None,
            plan: Plan::default(),
            received: Received::default(),
            people: HashMap::new(),
            holders: HashMap::new(),
            leads: HashSet::new(),
            conversations: HashMap::new(),
            messages: HashMap::new(),
            own_ids: HashMap::new(),
            unmatched: HashMap::new(),
            told: HashMap::new(),
            channels: HashMap::new(),
            in_front: HashSet::new(),
            coexisting: HashSet::new(),
            taken_over: HashSet::new(),
        }
    }

    /// Plans every update. Messages come first, so that what is about a message of the same post
    /// finds it.
    pub(crate) fn plan_post(&mut self, claim: &ClaimKey, post: &Post) -> Result<(), EngineError> {
        if self.is_held(claim)? {
            self.received.repeated = post.updates.len();
            return Ok(());
        }
        let mut items = Vec::with_capacity(post.updates.len());
        for update in &post.updates {
            let channel = self.channel_of(&update.place)?;
            let fragment = self.fragment_hash(channel, &update.canonical)?;
            items.push(Item { update, channel, fragment, known_by: None });
        }
        for about_another in [false, true] {
            for item in &mut items {
                if let Kind::Message(message) = &item.update.kind
                    && message.target.is_some() == about_another
                {
                    self.account.clone_from(&item.update.place.account_id);
                    self.plan_message(item, message)?;
                }
            }
        }
        for item in &mut items {
            self.account.clone_from(&item.update.place.account_id);
            match &item.update.kind {
                Kind::Message(_) => {}
                Kind::Status(status) => self.plan_status(item, status)?,
                Kind::Notice(notice) => self.plan_notice(item, notice)?,
            }
        }
        self.plan_receipt(claim.clone(), &post.skeleton.0, places(&items))?;
        self.require_people();
        Ok(())
    }

    /// What a delivery tells about `key`. If it is the same again, the item remembers by which
    /// claim its event is found.
    pub(crate) fn telling(
        &mut self,
        key: &ClaimKey,
        item: &mut Item<'_>,
    ) -> Result<Telling, EngineError> {
        let fragment = item.fragment;
        if !self.told.contains_key(key) {
            let Some(holder) = self.holder(key)? else {
                self.told.insert(key.clone(), vec![fragment]);
                return Ok(Telling::First);
            };
            self.received.position = self.received.position.max(holder.position);
            let first = self.fragment_at(holder.position)?;
            self.told.insert(key.clone(), first.into_iter().collect());
        }
        let again = ClaimKey::Fragment(fragment);
        let same = self.told.get(key).is_some_and(|told| told.contains(&fragment));
        if same || self.is_held(&again)? {
            let found_by = if same { key } else { &again };
            item.known_by = Some(Hash32(self.engine.claim_hash(self.workspace, found_by)?.0));
            self.received.repeated += 1;
            return Ok(Telling::Same);
        }
        self.told.entry(key.clone()).or_default().push(fragment);
        Ok(Telling::Another)
    }

    /// The keyed hash of the element that the event at `position` told first.
    fn fragment_at(&self, position: Position) -> Result<Option<Hash32>, EngineError> {
        let Some(record) = self.engine.log().get(position)? else { return Ok(None) };
        Ok(fragment_of(&Recorded::read(&record)?.event))
    }

    fn plan_receipt(
        &mut self,
        claim: ClaimKey,
        skeleton: &str,
        mut fragments: Vec<FragmentPlace>,
    ) -> Result<(), EngineError> {
        let Some(signed) = self.signed else { return Ok(()) };
        let mut alongside = Vec::new();
        if fragments.len() > MAX_PLACES {
            let list = serde_json::to_string(&fragments)
                .map_err(|error| EngineError::Encoding(error.to_string()))?;
            alongside.push(list.into());
            fragments.clear();
        }
        let decision = Decision::new(PostReceived {
            body_sha256: signed.body_sha256,
            body_bytes: signed.body_bytes,
            signature: signed.signature.clone(),
            app: signed.app.id,
            secret: signed.app.secret,
            quarantined: signed.quarantined,
            fragments,
        })
        .sealing(Personal {
            subject: SubjectId::from(self.workspace),
            content: Content::Fragment(FragmentContent { fragment: skeleton.into(), alongside }),
        })
        .claiming(claim);
        self.push(StreamKind::Receipt, signed.app.id.0, decision, Origin::Live);
        Ok(())
    }

    /// Whoever is written to must still be as they were.
    pub(crate) fn require_people(&mut self) {
        let relied = |person: &Person| person.written || person.relied_on;
        for (id, person) in self.people.iter().filter(|(_, person)| relied(person)) {
            let stream = Stream::new(self.workspace, StreamKind::Contact, id.0);
            self.plan.requires.push(Require::StreamAt(stream, person.version));
        }
    }

    /// Adds an event to the plan.
    pub(crate) fn push(&mut self, kind: StreamKind, id: Uuid, decision: Decision, origin: Origin) {
        let stream = Stream::new(self.workspace, kind, id);
        self.plan.steps.push(Step { stream, decision });
        self.plan.origins.push(origin);
    }

    /// Who holds a unique key in the log.
    pub(crate) fn holder(&self, key: &ClaimKey) -> Result<Option<Holder>, EngineError> {
        let claim = self.engine.claim_hash(self.workspace, key)?;
        Ok(self.engine.log().holder(&claim)?)
    }

    fn fragment_hash(&self, channel: ChannelId, canonical: &str) -> Result<Hash32, EngineError> {
        let parts: [&[u8]; 2] = [channel.0.as_bytes(), canonical.as_bytes()];
        self.engine.keyed_hash(self.workspace, "fragment-hash", &parts)
    }

    /// The id of a platform's message: keyed, so that it can be named before the message is known.
    pub(crate) fn message_id(
        &self,
        channel: ChannelId,
        platform_id: &str,
    ) -> Result<MessageId, EngineError> {
        self.engine.platform_message(self.workspace, channel, platform_id)
    }

    /// The id by which a message is known here: a message that was asked for here has one of its own,
    /// every other goes by the platform's.
    pub(crate) fn own_id(&mut self, platform: MessageId) -> Result<MessageId, EngineError> {
        Ok(self.known_as(platform)?.0)
    }

    /// The recipient of a broadcast that it was for, if it was.
    pub(crate) fn bulk_of(&mut self, platform: MessageId) -> Result<Option<Bulk>, EngineError> {
        Ok(self.known_as(platform)?.1)
    }

    fn known_as(&mut self, platform: MessageId) -> Result<(MessageId, Option<Bulk>), EngineError> {
        if let Some(known) = self.own_ids.get(&platform) {
            return Ok(*known);
        }
        let first = self.engine.first_of_message(self.workspace, platform)?;
        let known = match first.map(|recorded| recorded.event) {
            Some(Event::Conversation(conversation::Event::MessageAccepted(accepted))) => {
                (accepted.message, accepted.bulk)
            }
            _ => (platform, None),
        };
        self.own_ids.insert(platform, known);
        Ok(known)
    }

    /// The channel that speaks for a place; a change was only sorted here if there is one.
    fn channel_of(&mut self, place: &Place) -> Result<ChannelId, EngineError> {
        let key = place.phone_number_id.clone().unwrap_or_else(|| {
            format!("account {}", place.account_id.as_deref().unwrap_or_default())
        });
        if let Some(channel) = self.channels.get(&key) {
            return Ok(*channel);
        }
        let inbound = super::Inbound::new(self.engine.clone());
        let channel = inbound.channel_for(self.workspace, place)?;
        self.channels.insert(key, channel);
        Ok(channel)
    }
}

/// Where each piece of the post belongs.
fn places(items: &[Item<'_>]) -> Vec<FragmentPlace> {
    items
        .iter()
        .flat_map(|item| {
            let pieces = std::iter::once(&item.update.fragment).chain(&item.update.alongside);
            pieces.zip(0u16..).map(|(piece, part)| FragmentPlace {
                slot: piece.slot,
                fragment: item.fragment,
                known_by: item.known_by,
                part,
            })
        })
        .collect()
}

/// The keyed hash of the element that an event tells, if it tells one.
pub(crate) fn fragment_of(event: &Event) -> Option<Hash32> {
    use convolog_domain::{channel, conversation, conversation::unmatched};
    Some(match event {
        Event::Conversation(event) => match event {
            conversation::Event::MessageReceived(event) => event.facts.fragment,
            conversation::Event::MessageEnriched(event) => event.facts.fragment,
            conversation::Event::MessageEdited(event) => event.fragment,
            conversation::Event::MessageRevoked(event) => event.fragment,
            conversation::Event::ReactionChanged(event) => event.fragment,
            conversation::Event::StatusReceived(event) => event.fragment,
            _ => return None,
        },
        Event::Unmatched(unmatched::Event::StatusWaiting(event)) => event.status.fragment,
        Event::Channel(channel::Event::NoticeReceived(event)) => event.fragment,
        _ => return None,
    })
}

/// The first 16 bytes of a keyed hash, in the form of an id.
pub(crate) fn shortened(hash: Hash32) -> Uuid {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash.0) {
        *to = from;
    }
    Builder::from_custom_bytes(bytes).into_uuid()
}
