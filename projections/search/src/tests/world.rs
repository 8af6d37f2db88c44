//! A small installation for tests: commands and facts go through the engine, sealed as always.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::contact::{ContactCreated, ProfileSeen};
use convolog_domain::conversation::{
    ConversationOpened, Direction, MessageEdited, MessageFacts, MessageReceived,
};
use convolog_domain::document::{
    AddDocument, DocumentDraft, DocumentFormat, RemoveDocument, UpdateDocument,
};
use convolog_domain::{
    AgentId, ChannelId, ContactId, Content, ConversationId, Decision, DocumentId, Event, Hash32,
    MessageContent, MessageId, Personal, ProfileContent, StreamKind, WorkspaceId,
};
use convolog_engine::{Caller, CountedEntropy, Engine, Plan, Step, Stream};
use convolog_log::{BlobStore, EventLog, ManualClock, MemoryLog, Position, Timestamp};
use convolog_vault::{MasterKey, Vault};
use uuid::Uuid;

use crate::{Answers, MessageHit, MessageSearch, Options, PassageHit, PassageSearch, Search};

/// The second at which every test begins.
pub(super) const NOW: i64 = 1_800_000_000;

/// Longer than any test waits for something that comes.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(0xA1));
pub(super) const NEXT_DOOR: WorkspaceId = WorkspaceId(Uuid::from_u128(0xA2));
pub(super) const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(0xC1));

pub(super) struct World {
    pub(super) engine: Engine,
    pub(super) clock: Arc<ManualClock>,
    dir: tempfile::TempDir,
}

pub(super) fn document(n: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(0xD000 + n))
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

pub(super) fn text(title: &str, content: &str) -> DocumentDraft {
    DocumentDraft {
        title: title.into(),
        content: content.into(),
        format: DocumentFormat::Markdown,
        language: None,
        agent: None,
    }
}

impl World {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(NOW * 1_000_000)));
        let log: Arc<dyn EventLog> = Arc::new(MemoryLog::new(clock.clone()));
        let master = MasterKey::parse(&"5a".repeat(32)).unwrap();
        let vault = Vault::open(&dir.path().join("keys.vault"), &master, 0).unwrap();
        let blobs = Arc::new(BlobStore::open(&dir.path().join("blobs")).unwrap());
        let entropy = Arc::new(CountedEntropy::default());
        let engine = Engine::new(log, vault, blobs, clock.clone(), entropy);
        Self { engine, clock, dir }
    }

    /// Where the indexes lie.
    pub(super) fn folder(&self) -> PathBuf {
        self.dir.path().join("search")
    }

    pub(super) fn search(&self) -> Search {
        let (log, clock) = (self.engine.log().clone(), self.engine.clock().clone());
        let disclose = Arc::new(self.engine.clone());
        Search::open(&self.folder(), log, disclose, clock, Options::default()).unwrap()
    }

    /// Everything that was recorded can be found.
    pub(super) async fn found(&self, search: &Search) {
        search.ready().await.unwrap();
        search.at_least(self.engine.log().head(), PATIENCE).await.unwrap();
    }

    pub(super) async fn add(&self, workspace: WorkspaceId, id: DocumentId, draft: DocumentDraft) {
        let command = AddDocument { workspace, draft };
        self.engine.execute(&Caller::system(workspace), id.0, command).await.unwrap();
    }

    pub(super) async fn update(
        &self,
        workspace: WorkspaceId,
        id: DocumentId,
        draft: DocumentDraft,
    ) {
        let command = UpdateDocument { workspace, draft, same_words: false, origin: None };
        self.engine.execute(&Caller::system(workspace), id.0, command).await.unwrap();
    }

    pub(super) async fn remove(&self, workspace: WorkspaceId, id: DocumentId) {
        self.engine.execute(&Caller::system(workspace), id.0, RemoveDocument).await.unwrap();
    }

    async fn record(
        &self,
        workspace: WorkspaceId,
        steps: Vec<(StreamKind, Uuid, Decision)>,
    ) -> Position {
        let step =
            |(kind, id, decision)| Step { stream: Stream::new(workspace, kind, id), decision };
        let plan = Plan { steps: steps.into_iter().map(step).collect(), ..Plan::default() };
        self.engine.commit(&Caller::system(workspace), &plan).await.unwrap().position
    }

    /// Somebody becomes known by a name and begins to write.
    pub(super) async fn meet(&self, workspace: WorkspaceId, n: u128, name: &str) {
        let content = Content::Profile(ProfileContent {
            name: Some(name.into()),
            ..ProfileContent::default()
        });
        let seen = Decision::new(ProfileSeen { at: NOW, fingerprint: 1 })
            .sealing(Personal { subject: contact(n).into(), content });
        let opened = ConversationOpened { channel: CHANNEL, contact: contact(n), agent: None };
        let steps = vec![
            (StreamKind::Contact, contact(n).0, Decision::new(ContactCreated {})),
            (StreamKind::Contact, contact(n).0, seen),
            (StreamKind::Conversation, conversation(n).0, Decision::new(opened)),
        ];
        self.record(workspace, steps).await;
    }

    /// A message in the conversation with contact `n`.
    pub(super) async fn say(&self, workspace: WorkspaceId, n: u128, id: MessageId, text: &str) {
        let facts = MessageFacts {
            message: id,
            direction: Direction::Inbound,
            kind: "text".into(),
            sent_at: Some(NOW),
            rank: 1,
            fragment: Hash32([1; 32]),
            reply_to: None,
            errors: vec![],
            referral: false,
            group: false,
            history_status: None,
            word: None,
            media_until: None,
        };
        let event = MessageReceived { facts };
        self.record(workspace, vec![told(n, event, text)]).await;
    }

    /// An edit of a message.
    pub(super) async fn edit(
        &self,
        workspace: WorkspaceId,
        n: u128,
        target: MessageId,
        text: &str,
    ) {
        let event = MessageEdited {
            id: MessageId(Uuid::from_u128(0x4000 + n)),
            target,
            at: Some(NOW + 1),
            direction: Direction::Inbound,
            fragment: Hash32([2; 32]),
        };
        self.record(workspace, vec![told(n, event, text)]).await;
    }

    pub(super) async fn erase(&self, workspace: WorkspaceId, n: u128) {
        let caller = Caller::administrator(workspace);
        self.engine.erase_contact(&caller, contact(n), "requested").await.unwrap();
    }
}

fn told(n: u128, event: impl Into<Event>, text: &str) -> (StreamKind, Uuid, Decision) {
    let content = MessageContent { text: Some(text.into()), ..MessageContent::default() };
    let decision = Decision::new(event).sealing(Personal {
        subject: contact(n).into(),
        content: Content::Message(Box::new(content)),
    });
    (StreamKind::Conversation, conversation(n).0, decision)
}

pub(super) fn passages(
    search: &Search,
    workspace: WorkspaceId,
    typed: &str,
) -> Answers<PassageHit> {
    let wanted = PassageSearch { text: typed.into(), limit: 20, ..PassageSearch::default() };
    search.passages(workspace, &wanted).unwrap()
}

/// The documents that answer, the best first.
pub(super) fn documents(search: &Search, workspace: WorkspaceId, typed: &str) -> Vec<DocumentId> {
    passages(search, workspace, typed).hits.iter().map(|hit| hit.document).collect()
}

pub(super) fn messages(search: &Search, workspace: WorkspaceId, typed: &str) -> Vec<MessageId> {
    let wanted = MessageSearch { text: typed.into(), limit: 20, ..MessageSearch::default() };
    let hits: Vec<MessageHit> = search.messages(workspace, &wanted).unwrap().hits;
    hits.into_iter().map(|hit| hit.message).collect()
}

pub(super) fn agent(n: u128) -> AgentId {
    AgentId(Uuid::from_u128(0xE000 + n))
}
