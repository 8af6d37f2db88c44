//! A small world for tests: a log in memory, a clock that stands still, contents in plain sight.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::contact::{ContactCreated, IdentityAdded, IdentityKind, ProfileSeen};
use convolog_domain::conversation::{
    ConversationOpened, Direction, MessageFacts, MessageReceived, StatusReceived,
};
use convolog_domain::{
    ActorKind, ChannelId, ContactId, Content, ConversationId, Event, Hash32, IdentityContent,
    MessageContent, MessageId, PersonId, ProfileContent, StreamKind, SubjectId, Token, WorkspaceId,
};
use convolog_engine::{Disclose, Disclosure, Opened, Recorded, Stream};
use convolog_log::{
    Actor, Body, Commit, Draft, EventLog, ManualClock, MemoryLog, Mode, OnClash, Origin, Position,
    SealedContent, SealedPart, Timestamp,
};
use parking_lot::Mutex;
use uuid::Uuid;

use crate::{Options, ReadModels};

pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(0xAA));
pub(super) const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(0xC1));

/// The second at which every test begins.
pub(super) const NOW: i64 = 1_800_000_000;

/// Longer than any test waits for something that comes.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

pub(super) struct World {
    pub(super) log: Arc<MemoryLog>,
    pub(super) clock: Arc<ManualClock>,
    pub(super) keys: Arc<PlainKeys>,
    pub(super) origin: Origin,
    pub(super) mode: Mode,
    /// The member of the staff who acts.
    pub(super) person: Option<PersonId>,
}

/// Opens parts that were never sealed, but for subjects that were erased.
#[derive(Default)]
pub(super) struct PlainKeys(Mutex<HashSet<SubjectId>>);

impl PlainKeys {
    pub(super) fn erase(&self, subject: SubjectId) {
        self.0.lock().insert(subject);
    }
}

impl Disclose for PlainKeys {
    fn open(&self, event: &Recorded) -> Vec<Opened> {
        let part = |part: &SealedPart| {
            let subject = SubjectId(part.subject);
            let SealedContent::Inline(bytes) = &part.content else { panic!("no blobs here") };
            let disclosure = if self.0.lock().contains(&subject) {
                Disclosure::Erased
            } else {
                rmp_serde::from_slice(bytes)
                    .map_or_else(|e| Disclosure::Unreadable(e.to_string()), Disclosure::Content)
            };
            Opened { subject, disclosure }
        };
        event.sealed.iter().map(part).collect()
    }
}

pub(super) fn contact(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(0x1000 + n))
}

pub(super) fn conversation(n: u128) -> ConversationId {
    ConversationId(Uuid::from_u128(0x2000 + n))
}

pub(super) fn message(n: u128) -> MessageId {
    MessageId(Uuid::from_u128(0x3000 + n))
}

pub(super) fn token(n: u128) -> Token {
    Token(Uuid::from_u128(0x4000 + n))
}

pub(super) fn hash(n: u8) -> Hash32 {
    Hash32([n; 32])
}

pub(super) fn text(text: &str) -> Content {
    Content::Message(Box::new(MessageContent {
        text: Some(text.into()),
        ..MessageContent::default()
    }))
}

pub(super) fn facts(n: u128, second: i64) -> MessageFacts {
    MessageFacts {
        message: message(n),
        direction: Direction::Inbound,
        kind: "text".into(),
        sent_at: Some(second),
        rank: 3,
        fragment: hash(1),
        reply_to: None,
        errors: vec![],
        referral: false,
        group: false,
        history_status: None,
        word: None,
        media_until: None,
    }
}

pub(super) fn status(n: u128, name: &str, second: i64) -> StatusReceived {
    StatusReceived {
        message: message(n),
        channel: CHANNEL,
        status: name.into(),
        at: Some(second),
        fact: hash(50),
        fragment: hash(u8::try_from(name.len()).unwrap()),
        errors: vec![],
        pricing: None,
        market: None,
        call: false,
        bulk: None,
    }
}

impl World {
    pub(super) fn new() -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp(NOW * 1_000_000)));
        let log = Arc::new(MemoryLog::new(clock.clone()));
        Self {
            log,
            clock,
            keys: Arc::default(),
            origin: Origin::Live,
            mode: Mode::Live,
            person: None,
        }
    }

    /// Appends one event with what is sealed in it.
    pub(super) fn put(
        &self,
        kind: StreamKind,
        id: Uuid,
        event: impl Into<Event>,
        sealed: Option<(ContactId, Content)>,
    ) -> Position {
        let event = event.into();
        let row = event.event_type();
        self.put_bytes(kind, id, row.code, event.payload().unwrap(), sealed)
    }

    pub(super) fn put_bytes(
        &self,
        kind: StreamKind,
        id: Uuid,
        type_code: u16,
        payload: Vec<u8>,
        sealed: Option<(ContactId, Content)>,
    ) -> Position {
        let number = u128::from(self.log.head().0) + 1;
        let part = |(subject, content): (ContactId, Content)| SealedPart {
            subject: subject.0,
            epoch: 1,
            algorithm: 1,
            dictionary: 0,
            commitment: [0; 32],
            content: SealedContent::Inline(rmp_serde::to_vec_named(&content).unwrap().into()),
        };
        let body = Body {
            event_id: Uuid::from_u128(0x9_0000 + number),
            stream: Stream::new(WORKSPACE, kind, id).key(),
            type_code,
            schema: 1,
            commit_id: Uuid::from_u128(0x8_0000 + number),
            actor: self.person.map_or_else(Actor::default, |person| Actor {
                kind: ActorKind::Person.code(),
                id: person.0,
                ..Actor::default()
            }),
            causation: None,
            correlation: None,
            mode: self.mode,
            origin: self.origin,
            claims: vec![],
            imported_from: None,
            blobs: vec![],
            payload: payload.into(),
            sealed: sealed.map(part).into_iter().collect(),
        };
        let draft = Draft::new(&body, |_| OnClash::Fail).unwrap();
        let ack = self.log.append(Commit { conditions: vec![], drafts: vec![draft] });
        ack.wait().unwrap().position
    }

    pub(super) fn say(&self, n: u128, event: impl Into<Event>, words: Option<&str>) -> Position {
        let sealed = words.map(|words| (contact(n), text(words)));
        self.put(StreamKind::Conversation, conversation(n).0, event, sealed)
    }

    /// A contact with a phone number and a name.
    pub(super) fn meet(&self, n: u128, name: &str) -> Position {
        let id = contact(n);
        self.put(StreamKind::Contact, id.0, ContactCreated {}, None);
        let value = format!("+1555{n:07}").into();
        let identity = Content::Identity(IdentityContent { value });
        let added = IdentityAdded { kind: IdentityKind::Phone, token: token(n), seen_with: None };
        self.put(StreamKind::Contact, id.0, added, Some((id, identity)));
        self.name(n, name, NOW)
    }

    pub(super) fn name(&self, n: u128, name: &str, at: i64) -> Position {
        let profile = ProfileContent { name: Some(name.into()), ..ProfileContent::default() };
        let fingerprint = u64::try_from(name.len()).unwrap();
        let seen = ProfileSeen { at, fingerprint };
        let sealed = Some((contact(n), Content::Profile(profile)));
        self.put(StreamKind::Contact, contact(n).0, seen, sealed)
    }

    /// The conversation of contact `n`.
    pub(super) fn open(&self, n: u128) -> Position {
        let opened = ConversationOpened { channel: CHANNEL, contact: contact(n), agent: None };
        self.say(n, opened, None)
    }

    /// A message of contact `n`.
    pub(super) fn hear(&self, n: u128, id: u128, second: i64, words: &str) -> Position {
        self.say(n, MessageReceived { facts: facts(id, second) }, Some(words))
    }

    /// Read models in `dir`, all serving and caught up.
    pub(super) fn models(&self, dir: &std::path::Path) -> ReadModels {
        let models =
            ReadModels::open(dir, self.log.clone(), self.clock.clone(), Options::default())
                .unwrap();
        run(models.ready()).unwrap();
        self.catch_up(&models);
        models
    }

    pub(super) fn catch_up(&self, models: &ReadModels) {
        run(models.at_least(self.log.head(), PATIENCE)).unwrap();
    }
}

/// Waits on this thread.
pub(super) fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

/// Nothing of what every live model holds differs from a rebuild.
pub(super) fn assert_rebuilds_the_same(models: &ReadModels) {
    for name in crate::names() {
        let verified = models.compare_with_rebuild(name).unwrap();
        assert_eq!(verified.finding, crate::Finding::Identical, "{name}");
    }
}
