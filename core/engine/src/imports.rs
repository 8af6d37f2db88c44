//! Reading files and sites: asking for it, and keeping what was read under the name of its source.
//!
//! One document stands for each file name, page and part of it (for each agent): its keyed hash is a
//! claim that the document holds, so that what is read again finds what came of it before, and two
//! jobs that read the same thing make one document.

use std::collections::BTreeSet;

use convolog_domain::agent::Agent;
use convolog_domain::document::{
    Document, DocumentDraft, DocumentSource, Event as Written, ImportDocument, RemoveDocument,
};
use convolog_domain::import::{
    CrawlSite, DiscardFile, Import, ImportFile, ImportKind, PageOutcome,
};
use convolog_domain::{
    AgentId, ClaimKey, Command, Content, DocumentId, DocumentOrigin, Event, FileContent, Hash32,
    ImportContent, ImportId, PagesContent, Refusal, Sensitive, StreamKind, WorkspaceId,
};
use convolog_log::Mode;

use crate::disclose::{Disclose, Disclosure};
use crate::documents::may_be_changed;
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{ATTEMPTS, Answer, Answered, Done, Once};
use crate::recorded::{Recorded, Stream};

/// Events of a job read at a time.
const STRETCH: usize = 256;

/// Where a document comes from: one document stands for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SourceKey(Hash32);

/// What is read of a file or a page.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The job that read it.
    pub import: ImportId,
    /// What was read.
    pub kind: ImportKind,
    /// The name of the file, or the address of the page.
    pub address: Sensitive,
    /// Which part of it, from 1; none if it is whole.
    pub part: Option<u32>,
    /// What it says.
    pub draft: DocumentDraft,
}

/// A job as whoever carries it out needs it.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// Live, or in the sandbox.
    pub mode: Mode,
    /// The file's name or the address of the first page, if it can be opened.
    pub content: Option<ImportContent>,
    /// The file, if there is one that can be opened.
    pub file: Option<FileContent>,
    /// What was recorded of its pages, in order: results and addresses.
    pub progress: Vec<(convolog_domain::import::ImportProgressed, Option<PagesContent>)>,
}

impl Engine {
    /// Asks for a file to be taken in.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if it is for an agent that does not exist, or as [`ImportFile`]
    /// refuses.
    pub async fn import_file(
        &self,
        caller: &Caller,
        command: ImportFile,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let (id, agent) = (command.import, command.agent);
        self.ask_for_import(caller, id, agent, command, once, answer).await
    }

    /// Asks for a site to be read.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if it is for an agent that does not exist, or as [`CrawlSite`]
    /// refuses.
    pub async fn crawl_site(
        &self,
        caller: &Caller,
        id: ImportId,
        command: CrawlSite,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let agent = command.agent;
        self.ask_for_import(caller, id, agent, command, once, answer).await
    }

    async fn ask_for_import<C: Command<Aggregate = Import> + Clone>(
        &self,
        caller: &Caller,
        id: ImportId,
        agent: Option<AgentId>,
        command: C,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            if let Some(agent) = agent
                && self.load::<Agent>(caller.workspace, agent.0)?.state.newest().is_none()
            {
                let detail = "names an agent that this workspace does not have";
                return Err(Refusal::field("agent_id", detail).into());
            }
            let (plan, events) = self.decide(caller, id.0, command.clone())?;
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// A job with everything that is sealed in it; none if there is no such one.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn import_order(
        &self,
        workspace: WorkspaceId,
        id: ImportId,
    ) -> Result<Option<ImportOrder>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::Import, id.0).key();
        let (mut after, mut order) = (0, None);
        loop {
            let records = self.log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { return Ok(order) };
            after = last.header.version;
            for record in &records {
                self.take_into(&mut order, &Recorded::read(record)?);
            }
        }
    }

    fn take_into(&self, order: &mut Option<ImportOrder>, event: &Recorded) {
        use convolog_domain::import::Event as Happened;
        let opened = || {
            self.open(event).into_iter().filter_map(|part| match part.disclosure {
                Disclosure::Content(content) => Some(content),
                _ => None,
            })
        };
        match (&event.event, order) {
            (Event::Import(Happened::ImportRequested(_)), order) => {
                let mut asked =
                    ImportOrder { mode: event.mode, content: None, file: None, progress: vec![] };
                for content in opened() {
                    match content {
                        Content::Import(content) => asked.content = Some(content),
                        Content::File(file) => asked.file = Some(file),
                        _ => {}
                    }
                }
                *order = Some(asked);
            }
            (Event::Import(Happened::ImportProgressed(progressed)), Some(order)) => {
                let pages = opened().find_map(|content| match content {
                    Content::Pages(pages) => Some(pages),
                    _ => None,
                });
                order.progress.push((progressed.clone(), pages));
            }
            _ => {}
        }
    }

    /// The name under which a document of this source is kept; what the sandbox reads replaces nothing
    /// that people are told from.
    ///
    /// # Errors
    /// [`EngineError`] if the vault has no key for the workspace.
    pub fn source_key(
        &self,
        caller: &Caller,
        agent: Option<AgentId>,
        (kind, address, part): (ImportKind, &Sensitive, Option<u32>),
    ) -> Result<SourceKey, EngineError> {
        let agent = agent.map(|agent| *agent.0.as_bytes()).unwrap_or_default();
        let part = part.unwrap_or(1).to_be_bytes();
        let kind = kind.name().as_bytes();
        let parts: [&[u8]; 4] = [kind, &agent, address.expose().as_bytes(), &part];
        let label = match caller.mode {
            Mode::Live => "source",
            Mode::Test => "source in the sandbox",
        };
        Ok(SourceKey(self.keyed_hash(caller.workspace, label, &parts)?))
    }

    /// The document that stands for a source, if one does.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn document_of(
        &self,
        workspace: WorkspaceId,
        key: SourceKey,
    ) -> Result<Option<DocumentId>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::Source(key.0))?;
        let Some(holder) = self.log().holder(&claim)? else { return Ok(None) };
        let Some(record) = self.log().get(holder.position)? else { return Ok(None) };
        let stream = Recorded::read(&record)?.stream;
        Ok((stream.kind == StreamKind::Document).then_some(DocumentId(stream.id)))
    }

    /// Keeps what was read: a new document, a new version of the one that stands for its source, or
    /// nothing if that was read with the same words before.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`ImportDocument`] refuses.
    pub async fn keep_reading(
        &self,
        caller: &Caller,
        reading: &Reading,
    ) -> Result<(DocumentId, PageOutcome), EngineError> {
        let Reading { import, kind, address, part, draft } = reading;
        let workspace = caller.workspace;
        let key = self.source_key(caller, draft.agent, (*kind, address, *part))?;
        let words: [&[u8]; 4] = [
            draft.title.expose().as_bytes(),
            draft.content.expose().as_bytes(),
            draft.format.name().as_bytes(),
            draft.language.as_deref().unwrap_or_default().as_bytes(),
        ];
        let content = self.keyed_hash(workspace, "source content", &words)?;
        let source = DocumentSource { kind: *kind, import: *import, key: key.0, content };
        let origin = DocumentOrigin { import: *import, address: address.clone(), part: *part };
        for _ in 0..ATTEMPTS {
            let known = self.document_of(workspace, key)?;
            let id = known.unwrap_or_else(|| DocumentId(self.ctx().next_id()));
            let command = ImportDocument {
                workspace,
                draft: draft.clone(),
                source: source.clone(),
                origin: origin.clone(),
            };
            let (plan, events) = self.decide(caller, id.0, command)?;
            let outcome = match events.first() {
                None => return Ok((id, self.kept_before(caller.workspace, id, *import)?)),
                Some(Event::Document(Written::DocumentAdded(_))) => PageOutcome::Added,
                Some(_) => PageOutcome::Updated,
            };
            match self.commit(caller, &plan).await {
                Ok(_) => return Ok((id, outcome)),
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// What became of a document that says already what was read: if this very job brought it there
    /// before it was interrupted, that is what it did.
    fn kept_before(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        import: ImportId,
    ) -> Result<PageOutcome, EngineError> {
        let state = self.load::<Document>(workspace, document.0)?.state;
        let source = state.latest.as_ref().and_then(|version| version.source.as_ref());
        Ok(match source {
            Some(source) if source.import == import && state.number == 1 => PageOutcome::Added,
            Some(source) if source.import == import => PageOutcome::Updated,
            _ => PageOutcome::Unchanged,
        })
    }

    /// Removes a document, and destroys the keys of the files that its versions were read from: they
    /// cannot be opened any more, wherever copies of them lie. The keys go first: once history says
    /// so, it is true.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such document, or no longer.
    pub async fn remove_document(
        &self,
        caller: &Caller,
        document: DocumentId,
    ) -> Result<Done, EngineError> {
        if let Some(newest) = self.newest_of_document(caller.workspace, document)? {
            may_be_changed(caller, &newest)?;
        }
        for _ in 0..ATTEMPTS {
            let (mut plan, events) = self.decide(caller, document.0, RemoveDocument)?;
            let mut subjects = Vec::new();
            for import in self.files_of(caller.workspace, document)? {
                let (part, discarded) = self.decide(caller, import.0, DiscardFile)?;
                if !discarded.is_empty() {
                    subjects.push(import.into());
                    plan.steps.extend(part.steps);
                }
            }
            if !subjects.is_empty() {
                self.destroy_keys(caller.workspace, subjects).await?;
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => return Ok(Done { position: committed.position, events }),
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// The jobs that read a version of a document from a file.
    fn files_of(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<BTreeSet<ImportId>, EngineError> {
        let stream = Stream::new(workspace, StreamKind::Document, document.0).key();
        let (mut after, mut found) = (0, BTreeSet::new());
        loop {
            let records = self.log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { return Ok(found) };
            after = last.header.version;
            for record in &records {
                let version = match Recorded::read(record)?.event {
                    Event::Document(Written::DocumentAdded(added)) => added.version,
                    Event::Document(Written::DocumentUpdated(updated)) => updated.version,
                    _ => continue,
                };
                let source = version.source.filter(|source| source.kind == ImportKind::File);
                found.extend(source.map(|source| source.import));
            }
        }
    }

    /// Removes the document that stands for a source; none if none does.
    ///
    /// # Errors
    /// [`EngineError`] if it cannot be recorded.
    pub async fn remove_source(
        &self,
        caller: &Caller,
        key: SourceKey,
    ) -> Result<Option<DocumentId>, EngineError> {
        let Some(id) = self.document_of(caller.workspace, key)? else { return Ok(None) };
        let state = self.load::<Document>(caller.workspace, id.0)?.state;
        if state.removed {
            return Ok(None);
        }
        self.execute(caller, id.0, RemoveDocument).await?;
        Ok(Some(id))
    }
}
