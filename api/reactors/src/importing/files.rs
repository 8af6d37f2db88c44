//! A file: its text taken out and kept, as one document or as several where it is too long for one.

use convolog_domain::document::{DocumentDraft, DocumentFormat};
use convolog_domain::import::{
    FileFormat, ImportFailure, ImportKind, ImportRequested, PageOutcome, PageReason, RecordPages,
    SeenPage,
};
use convolog_domain::limits::DOCUMENT_TITLE_CHARS_MAX;
use convolog_domain::{ImportId, Sensitive};
use convolog_engine::{Caller, EngineError, ImportOrder, Reading};
use convolog_extract::{Extracted, FileKind, Written};

use super::Stopped;
use crate::acting::Acting;

/// Reads the file of a job. Answers whether there was more than is kept, or nothing if the job goes on
/// later.
pub(super) async fn read(
    acting: &Acting,
    caller: &Caller,
    id: ImportId,
    requested: &ImportRequested,
    order: ImportOrder,
) -> Result<Option<bool>, Stopped> {
    let lost = || Stopped::Job(ImportFailure::Lost);
    let (Some(content), Some(file), Some(format)) = (order.content, order.file, requested.format)
    else {
        return Err(lost());
    };
    let size = u32::try_from(file.bytes.0.len()).unwrap_or(u32::MAX);
    let extracted = acting.cage().extract(kind(format), file.bytes.0).await?;
    let title = title(&extracted, content.title.as_ref(), &content.source);
    let address = content.source;
    let mut kept = Vec::new();
    for reading in readings(id, requested, (&title, &address), extracted) {
        if !acting.may_act() {
            return Ok(None);
        }
        kept.push(keep(acting, caller, &reading, size).await?);
    }
    if kept.iter().all(|page| page.outcome == PageOutcome::Failed) {
        return Err(Stopped::Job(ImportFailure::NoText));
    }
    let parts = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    kept.extend(
        remove_surplus(acting, caller, requested, (ImportKind::File, &address), parts).await?,
    );
    let record = RecordPages { workspace: caller.workspace, pages: kept, found: vec![] };
    acting.engine().execute(caller, id.0, record).await?;
    Ok(Some(false))
}

/// What is to be kept of a file or a page, part by part.
pub(super) fn readings(
    id: ImportId,
    requested: &ImportRequested,
    (title, address): (&str, &Sensitive),
    extracted: Extracted,
) -> Vec<Reading> {
    let Extracted { title: _, written, parts } = extracted;
    let several = parts.len() > 1;
    let count = parts.len();
    let format = match written {
        Written::Text => DocumentFormat::Text,
        Written::Markdown => DocumentFormat::Markdown,
        Written::Html => DocumentFormat::Html,
    };
    (1..)
        .zip(parts)
        .map(|(number, content)| {
            let title = if several { of_part(title, number, count) } else { title.to_owned() };
            Reading {
                import: id,
                kind: requested.kind,
                address: address.clone(),
                part: several.then_some(number),
                draft: DocumentDraft {
                    title: title.into(),
                    content: content.into(),
                    format,
                    language: requested.language.clone(),
                    agent: requested.agent,
                },
            }
        })
        .collect()
}

/// Keeps one part; what came of it.
pub(super) async fn keep(
    acting: &Acting,
    caller: &Caller,
    reading: &Reading,
    bytes: u32,
) -> Result<SeenPage, EngineError> {
    let (outcome, reason, document) = match acting.engine().keep_reading(caller, reading).await {
        Ok((document, outcome)) => (outcome, None, Some(document)),
        // What holds no word, such as a part of nothing but signs.
        Err(EngineError::Refused(_)) => (PageOutcome::Failed, Some(PageReason::Refused), None),
        Err(error) => return Err(error),
    };
    let address = reading.address.clone();
    Ok(SeenPage { address, outcome, reason, document, status: None, bytes })
}

/// Removes the documents of parts that a file or a page no longer has.
pub(super) async fn remove_surplus(
    acting: &Acting,
    caller: &Caller,
    requested: &ImportRequested,
    (kind, address): (ImportKind, &Sensitive),
    parts: u32,
) -> Result<Vec<SeenPage>, EngineError> {
    let (engine, mut removed, mut part) = (acting.engine(), Vec::new(), parts.saturating_add(1));
    loop {
        let source = (kind, address, Some(part));
        let key = engine.source_key(caller, requested.agent, source)?;
        let Some(document) = engine.remove_source(caller, key).await? else { return Ok(removed) };
        removed.push(SeenPage {
            address: address.clone(),
            outcome: PageOutcome::Removed,
            reason: Some(PageReason::Gone),
            document: Some(document),
            status: None,
            bytes: 0,
        });
        part = part.saturating_add(1);
    }
}

/// What the document is called: as somebody said, as the file says, or as the file is called.
fn title(extracted: &Extracted, given: Option<&Sensitive>, name: &Sensitive) -> String {
    let name = name.expose();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    let given = given.map(Sensitive::expose).or(extracted.title.as_deref());
    let title = given.unwrap_or(if stem.is_empty() { name } else { stem });
    title.chars().take(DOCUMENT_TITLE_CHARS_MAX).collect()
}

fn of_part(title: &str, number: u32, count: usize) -> String {
    let suffix = format!(" ({number}/{count})");
    let room = DOCUMENT_TITLE_CHARS_MAX.saturating_sub(suffix.chars().count());
    title.chars().take(room).chain(suffix.chars()).collect()
}

const fn kind(format: FileFormat) -> FileKind {
    match format {
        FileFormat::Pdf => FileKind::Pdf,
        FileFormat::Docx => FileKind::Docx,
        FileFormat::Html => FileKind::Html,
        FileFormat::Markdown => FileKind::Markdown,
        FileFormat::Text => FileKind::Text,
    }
}
