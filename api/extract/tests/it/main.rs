//! Whole files: what they say, and that what is wrong with one is told and does no harm.

mod docx;
mod pdf;

use convolog_extract::{Extracted, Failure, FileKind, Written, extract};

/// What one document holds.
const PART: usize = 512 * 1024;

fn read(kind: FileKind, bytes: &[u8]) -> Result<Extracted, Failure> {
    extract(kind, bytes, PART)
}

#[test]
fn text_and_markdown_stay_as_they_are() {
    let markdown = "# Hours\n\nOpen *daily*.\n";
    let read = read(FileKind::Markdown, markdown.as_bytes()).unwrap();
    assert_eq!((read.title.as_deref(), read.written), (Some("Hours"), Written::Markdown));
    assert_eq!(read.parts, [markdown]);
    assert_eq!(self::read(FileKind::Text, b"\x00\x01\x02"), Err(Failure::Broken));
    assert_eq!(self::read(FileKind::Text, b" \n\t "), Err(Failure::NoText));
    assert_eq!(self::read(FileKind::Html, b"<script>x</script>"), Err(Failure::NoText));
}

#[test]
fn what_is_too_long_for_one_document_becomes_several() {
    let text = "A line of a long list.\n".repeat(60_000);
    let read = read(FileKind::Text, text.as_bytes()).unwrap();
    assert_eq!(read.parts.len(), 3);
    assert!(read.parts.iter().all(|part| part.len() <= PART && part.ends_with('\n')));
    assert_eq!(read.parts.concat(), text);
}

#[test]
fn a_page_that_nests_without_end_is_read_in_its_length() {
    let deep = format!("{}text", "<div><b><table><tr><td>".repeat(300_000));
    let read = read(FileKind::Html, deep.as_bytes()).unwrap();
    assert!(read.parts.concat().contains("text"));
}
