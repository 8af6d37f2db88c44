//! Events as the engine writes them: an envelope of format 1, a payload of named fields, a really
//! sealed part.

use std::sync::Arc;

use bytes::Bytes;
use convolog_domain::conversation::{Direction, MessageFacts, MessageReceived};
use convolog_domain::{Content, Event, Hash32, MessageContent, MessageId, StreamKind};
use convolog_log::{
    Actor, Body, ClaimAction, ClaimHash, Commit, Draft, LogError, Mode, OnClash, Origin,
    RecordedClaim, SealedContent, SealedPart, StreamKey,
};
use convolog_vault::Vault;
use uuid::Uuid;

/// Streams that events are spread over.
const STREAMS: u64 = 10_000;

/// Draws events, the same in every run.
pub struct Workload {
    vault: Arc<Vault>,
    state: u64,
    drawn: u64,
}

impl std::fmt::Debug for Workload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workload").field("drawn", &self.drawn).finish_non_exhaustive()
    }
}

impl Workload {
    /// A sequence of its own for each seed.
    pub const fn new(vault: Arc<Vault>, seed: u64) -> Self {
        Self { vault, state: seed, drawn: 0 }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn id(&mut self) -> Uuid {
        let (high, low) = (self.next(), self.next());
        Uuid::from_u64_pair(high, low)
    }

    fn hash(&mut self) -> [u8; 32] {
        let mut out = [0; 32];
        for chunk in out.chunks_exact_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes());
        }
        out
    }

    /// A commit of `events` messages, each with one claim.
    ///
    /// # Errors
    /// If the vault cannot seal or an event does not fit a record.
    pub fn commit(&mut self, events: usize) -> Result<Commit, Box<dyn std::error::Error>> {
        let commit_id = self.id();
        let drafts: Result<Vec<_>, _> = (0..events).map(|_| self.draft(commit_id)).collect();
        Ok(Commit { conditions: Vec::new(), drafts: drafts? })
    }

    fn draft(&mut self, commit_id: Uuid) -> Result<Draft, Box<dyn std::error::Error>> {
        self.drawn += 1;
        let workspace = Uuid::from_u128(7);
        let stream = Uuid::from_u64_pair(3, self.next() % STREAMS);
        let event_id = self.id();
        let event: Event = MessageReceived { facts: self.facts() }.into();
        let row = event.event_type();
        let said = Content::Message(Box::new(MessageContent {
            platform_id: Some(format!("wamid.HBgL{:016X}", self.next()).into()),
            text: Some(self.text().into()),
            fragment: Some(self.text().into()),
            ..MessageContent::default()
        }));
        let plain = rmp_serde::to_vec_named(&said)?;
        let sealed = self.vault.seal(workspace, stream, event_id, &plain)?;
        let claim = RecordedClaim { action: ClaimAction::Hold, hash: ClaimHash(self.hash()) };
        let body = Body {
            event_id,
            stream: StreamKey { workspace, kind: StreamKind::Conversation.code(), id: stream },
            type_code: row.code,
            schema: row.schema,
            commit_id,
            actor: Actor { kind: 4, id: Uuid::from_u128(9), key: None, on_behalf_of: None },
            causation: None,
            correlation: None,
            mode: Mode::Live,
            origin: Origin::Live,
            claims: vec![claim],
            imported_from: None,
            blobs: Vec::new(),
            payload: Bytes::from(event.payload()?),
            sealed: vec![SealedPart {
                subject: stream,
                epoch: sealed.epoch,
                algorithm: sealed.algorithm,
                dictionary: sealed.dictionary,
                commitment: sealed.commitment,
                content: SealedContent::Inline(Bytes::from(sealed.ciphertext)),
            }],
        };
        Draft::new(&body, |_| OnClash::Fail).map_err(|error: LogError| error.into())
    }

    fn facts(&mut self) -> MessageFacts {
        MessageFacts {
            message: MessageId(self.id()),
            direction: Direction::Inbound,
            kind: "text".to_owned(),
            sent_at: Some(1_795_168_800),
            rank: 70,
            fragment: Hash32(self.hash()),
            reply_to: None,
            errors: Vec::new(),
            referral: false,
            group: false,
            history_status: None,
            word: None,
            media_until: None,
        }
    }

    /// A sentence or two of invented words.
    fn text(&mut self) -> String {
        const WORDS: [&str; 24] = [
            "please",
            "tomorrow",
            "the",
            "kitchen",
            "flowers",
            "morning",
            "price",
            "appointment",
            "could",
            "you",
            "send",
            "address",
            "thanks",
            "delivery",
            "before",
            "noon",
            "white",
            "roses",
            "tiles",
            "tooth",
            "hurts",
            "again",
            "and",
            "photo",
        ];
        let count = 8 + self.next() % 30;
        let mut text = String::new();
        for _ in 0..count {
            let at = usize::try_from(self.next() % 24).unwrap_or_default();
            text.push_str(WORDS.get(at).copied().unwrap_or_default());
            text.push(' ');
        }
        text
    }
}
