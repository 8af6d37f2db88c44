//! At least one value of every event of imports, and of every kind of content that they seal.

use convolog_domain::document::{DocumentAdded, DocumentFormat, DocumentSource, DocumentVersion};
use convolog_domain::import::{
    FileDiscarded, FileFormat, ImportBegun, ImportFailed, ImportFailure, ImportFinished,
    ImportKind, ImportProgressed, ImportRequested, PageOutcome, PageReason, PageResult,
};
use convolog_domain::{
    AgentId, Content, DocumentContent, DocumentId, DocumentOrigin, Event, FileContent, Hash32,
    ImportContent, ImportId, PageAddress, PagesContent, SensitiveBytes,
};

use crate::samples::id;

const JOB: ImportId = ImportId(id(70));

/// Every event, in the order of the catalogue, and a document that came of one.
pub(crate) fn events() -> Vec<Event> {
    let file = ImportRequested {
        kind: ImportKind::File,
        agent: Some(AgentId(id(15))),
        language: Some("pt".into()),
        format: Some(FileFormat::Docx),
        bytes: Some(12_345),
        depth: None,
        pages: None,
        again_of: None,
    };
    let site = ImportRequested {
        kind: ImportKind::Site,
        agent: None,
        language: None,
        format: None,
        bytes: None,
        depth: Some(3),
        pages: Some(100),
        again_of: Some(JOB),
    };
    let added = PageResult {
        number: 1,
        outcome: PageOutcome::Added,
        reason: None,
        document: Some(DocumentId(id(24))),
        status: Some(200),
        bytes: 4_321,
    };
    let skipped = PageResult {
        number: 2,
        outcome: PageOutcome::Skipped,
        reason: Some(PageReason::Robots),
        document: None,
        status: None,
        bytes: 0,
    };
    let source = DocumentSource {
        kind: ImportKind::Site,
        import: JOB,
        key: Hash32([7; 32]),
        content: Hash32([8; 32]),
    };
    let version = DocumentVersion {
        format: DocumentFormat::Html,
        agent: None,
        language: None,
        language_detected: false,
        characters: 9,
        passages: 1,
        source: Some(source),
    };
    vec![
        file.into(),
        site.into(),
        ImportBegun {}.into(),
        ImportProgressed { pages: vec![added, skipped], found: 3 }.into(),
        ImportProgressed { pages: vec![], found: 1 }.into(),
        ImportFinished { limited: false }.into(),
        ImportFinished { limited: true }.into(),
        ImportFailed { reason: ImportFailure::TooLarge }.into(),
        FileDiscarded {}.into(),
        DocumentAdded { version }.into(),
    ]
}

/// Every kind of content; every text in it holds the word `canary`.
pub(crate) fn contents() -> Vec<Content> {
    let origin = DocumentOrigin { import: JOB, address: "canary.pdf".into(), part: Some(2) };
    let document = DocumentContent {
        title: "canary".into(),
        source: "<p>canary</p>".into(),
        text: Some("canary".into()),
        passages: vec![],
        origin: Some(origin),
    };
    let found = PageAddress { address: "https://canary.example/b".into(), depth: 2 };
    vec![
        Content::Document(Box::new(document)),
        Content::Import(ImportContent {
            source: "canary.pdf".into(),
            title: Some("canary".into()),
        }),
        Content::Import(ImportContent { source: "https://canary.example/".into(), title: None }),
        Content::File(FileContent { bytes: SensitiveBytes(b"%PDF canary".to_vec()) }),
        Content::Pages(PagesContent {
            seen: vec!["https://canary.example/a".into()],
            found: vec![found],
        }),
        Content::Pages(PagesContent::default()),
    ]
}
