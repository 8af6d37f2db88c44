//! Jobs that read files and sites, step by step: what the importer does by itself.

use convolog_domain::document::{DocumentDraft, DocumentFormat};
use convolog_domain::import::{
    BeginImport, CancelImport, CrawlSite, FailImport, FileFormat, FinishImport, Import,
    ImportFailure, ImportFile, ImportKind, PageOutcome, PageReason, RecordPages, SeenPage,
};
use convolog_domain::{AgentId, ImportId, SensitiveBytes};
use convolog_engine::Reading;
use serde_json::json;
use uuid::Uuid;

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::{Command, ImportStep};
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_imports(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (workspace, once) = (self.caller.workspace, self.once.as_ref());
        match command.clone() {
            Command::ImportFile { name, content, agent } => {
                let id = ImportId(self.new_id());
                let command = ImportFile {
                    workspace,
                    import: id,
                    format: match name.rsplit_once('.').map(|(_, ending)| ending) {
                        Some("html") => FileFormat::Html,
                        Some("md") => FileFormat::Markdown,
                        _ => FileFormat::Text,
                    },
                    name: name.into(),
                    title: None,
                    bytes: SensitiveBytes(content.into_bytes()),
                    language: None,
                    agent: agent.map(AgentId),
                };
                let asked = self.engine.import_file(&self.caller, command, once, made(id.0));
                Ok(outcome(asked.await?))
            }
            Command::CrawlSite { url, depth, pages } => {
                let id = ImportId(self.new_id());
                let command = CrawlSite {
                    workspace,
                    url: url.into(),
                    depth: depth.unwrap_or(3),
                    pages: pages.unwrap_or(100),
                    language: None,
                    agent: None,
                    again_of: None,
                    plain_http_allowed: false,
                };
                let asked = self.engine.crawl_site(&self.caller, id, command, once, made(id.0));
                Ok(outcome(asked.await?))
            }
            Command::Import { import, step } => self.import_goes_on(import, step).await,
            other => Err(unexpected(&other)),
        }
    }

    async fn import_goes_on(&self, import: Uuid, step: ImportStep) -> Result<Outcome, Stopped> {
        match step {
            ImportStep::Begin => self.execute(import, BeginImport, 200).await,
            ImportStep::Finish => self.execute(import, FinishImport { limited: false }, 200).await,
            ImportStep::Cancel => self.execute(import, CancelImport, 200).await,
            ImportStep::Fail => {
                self.execute(import, FailImport { reason: ImportFailure::Broken }, 200).await
            }
            ImportStep::Skip(address) => {
                let seen = SeenPage {
                    address: address.into(),
                    outcome: PageOutcome::Skipped,
                    reason: Some(PageReason::Robots),
                    document: None,
                    status: None,
                    bytes: 0,
                };
                self.record(import, seen).await
            }
            ImportStep::Read { address, title, content } => {
                let workspace = self.caller.workspace;
                let state = self.engine.load::<Import>(workspace, import)?.state;
                let asked = state.requested.as_ref();
                let reading = Reading {
                    import: ImportId(import),
                    kind: asked.map_or(ImportKind::File, |asked| asked.kind),
                    address: address.clone().into(),
                    part: None,
                    draft: DocumentDraft {
                        title: title.into(),
                        content: content.into(),
                        format: DocumentFormat::Text,
                        language: None,
                        agent: asked.and_then(|asked| asked.agent),
                    },
                };
                let (document, outcome) = self.engine.keep_reading(&self.caller, &reading).await?;
                let seen = SeenPage {
                    address: address.into(),
                    outcome,
                    reason: None,
                    document: Some(document),
                    status: None,
                    bytes: 0,
                };
                self.record(import, seen).await?;
                Ok(Outcome::ok(200, json!({ "id": document.0 })))
            }
        }
    }

    async fn record(&self, import: Uuid, page: SeenPage) -> Result<Outcome, Stopped> {
        let workspace = self.caller.workspace;
        let record = RecordPages { workspace, pages: vec![page], found: vec![] };
        self.execute(import, record, 200).await
    }
}
