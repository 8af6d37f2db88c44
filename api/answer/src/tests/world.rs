//! A business with documents, and whoever asks it.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::agent::AgentSettings;
use convolog_domain::document::{AddDocument, DocumentDraft, DocumentFormat};
use convolog_domain::{AgentId, DocumentId, WorkspaceId};
use convolog_engine::{Caller, CountedEntropy, Engine};
use convolog_log::{BlobStore, EventLog, ManualClock, MemoryLog, Timestamp};
use convolog_search::{Options, Search};
use convolog_vault::{MasterKey, Vault};
use futures::future::BoxFuture;
use reqwest::Url;
use uuid::Uuid;

use crate::provider::Passage;
use crate::{
    Agent, Answering, Ask, Outcome, Outgoing, PassageId, ProviderChoice, Refused, Reply, Speaker,
    Turn,
};

pub(crate) const HOME: WorkspaceId = WorkspaceId(Uuid::from_u128(0xA1));
pub(crate) const NEXT_DOOR: WorkspaceId = WorkspaceId(Uuid::from_u128(0xA2));

/// What the business at home knows.
pub(crate) const SHOP: &str = "# Visiting us\n\n## Opening hours\n\nWe open at 9am and close at 6pm.\n\
    On Sundays we are closed.\n\n## Prices\n\n| Job | Price | Time |\n|---|---|---|\n\
    | Heel tips | £11 | 20 minutes |\n| New zip | £32 | 7 days |\n\n## Parking\n\n\
    There is free parking behind the building for the customers of the shop.\n";

/// A passage of a document.
pub(crate) fn passage(number: u32, text: &str) -> Passage {
    let document = DocumentId(Uuid::from_u128(0xD));
    Passage {
        id: PassageId { document, version: 1, number },
        title: "Title".into(),
        headings: vec![],
        text: text.into(),
        language: Some("en".into()),
        score: 1.0,
    }
}

/// Calls go nowhere.
pub(crate) struct Nowhere;

impl Outgoing for Nowhere {
    fn client_for<'a>(
        &'a self,
        _: &'a Url,
    ) -> BoxFuture<'a, Result<(reqwest::Client, Url), Refused>> {
        Box::pin(async { Err(Refused { reason: "nothing is called here".into() }) })
    }
}

pub(crate) struct World {
    engine: Engine,
    pub(crate) search: Search,
    pub(crate) answering: Answering,
    _dir: tempfile::TempDir,
}

/// An agent as it usually is.
pub(crate) fn agent() -> Agent {
    Agent {
        id: AgentId(Uuid::from_u128(0xE1)),
        version: 3,
        settings: AgentSettings::named("Mia"),
        instructions: "Be brief.".into(),
    }
}

/// A question of a customer at home.
pub(crate) fn ask(asked: &str) -> Ask {
    let provider = ProviderChoice::BuiltIn;
    Ask {
        workspace: HOME,
        sandbox: false,
        agent: agent(),
        turns: vec![],
        asked: asked.into(),
        provider,
    }
}

/// What a customer said.
pub(crate) fn said(text: &str) -> Turn {
    Turn { by: Speaker::Customer, text: text.into() }
}

impl World {
    pub(crate) fn calling(outgoing: Arc<dyn Outgoing>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_800_000_000_000_000)));
        let log: Arc<dyn EventLog> = Arc::new(MemoryLog::new(clock.clone()));
        let master = MasterKey::parse(&"5a".repeat(32)).unwrap();
        let vault = Vault::open(&dir.path().join("keys.vault"), &master, 0).unwrap();
        let blobs = Arc::new(BlobStore::open(&dir.path().join("blobs")).unwrap());
        let entropy = Arc::new(CountedEntropy::default());
        let engine = Engine::new(log.clone(), vault, blobs, clock.clone(), entropy);
        let disclose = Arc::new(engine.clone());
        let index = dir.path().join("search");
        let search = Search::open(&index, log, disclose, clock, Options::default()).unwrap();
        let answering = Answering::new(search.clone(), outgoing);
        Self { engine, search, answering, _dir: dir }
    }

    /// A business that knows these documents.
    pub(crate) async fn knowing(documents: &[&str]) -> Self {
        let world = Self::calling(Arc::new(Nowhere));
        for (n, content) in (1..).zip(documents) {
            world.add(HOME, n, content, None).await;
        }
        world
    }

    pub(crate) async fn add(
        &self,
        workspace: WorkspaceId,
        n: u128,
        content: &str,
        agent: Option<AgentId>,
    ) {
        let draft = DocumentDraft {
            title: "Document".into(),
            content: content.into(),
            format: DocumentFormat::Markdown,
            language: None,
            agent,
        };
        let command = AddDocument { workspace, draft };
        let id = Uuid::from_u128(0xD000 + n);
        self.engine.execute(&Caller::system(workspace), id, command).await.unwrap();
        self.search.at_least(self.engine.log().head(), Duration::from_mins(1)).await.unwrap();
    }

    pub(crate) async fn reply(&self, ask: &Ask) -> Reply {
        self.answering.answer(ask).await.unwrap()
    }

    /// What is answered: the text, and whether it is certain.
    pub(crate) async fn answer(&self, asked: &str) -> Option<(String, bool)> {
        match self.reply(&ask(asked)).await.outcome {
            Outcome::Answer { text, sure, .. } => Some((text.0, sure)),
            _ => None,
        }
    }
}
