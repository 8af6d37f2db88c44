//! Takes the text out of files and pages: PDF, DOCX, HTML, Markdown, plain text.
//!
//! Owns how a file becomes content that a document can hold: its headings, paragraphs, items and rows,
//! written as plain HTML where the format was another one, cut where it is too long for one document.
//! Guarantees bounds on what it reads out of a file and on what it gives; what is broken is refused
//! with a reason. PDF is read by a parser that a hostile file can make panic, loop or fill memory:
//! whoever reads one does it in a process of its own. Pure: no I/O, no clock, no network.

mod blocks;
mod charset;
mod docx;
mod html;
mod parts;
mod pdf;

use serde::{Deserialize, Serialize};

pub use html::{Link, Page, page};

/// Bytes of a file that is taken in.
pub const FILE_BYTES_MAX: usize = 10 << 20;

/// Pages of a PDF that are read.
pub const PDF_PAGES_MAX: usize = 1_000;

/// Bytes of text that one file may give.
pub const TEXT_BYTES_MAX: usize = 10 << 20;

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// Word (Office Open XML).
    Docx,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

impl FileKind {
    /// Whether it is read by a parser that needs a process of its own.
    pub const fn needs_a_cage(self) -> bool {
        matches!(self, Self::Pdf | Self::Docx)
    }

    /// What the first bytes of a file say it is; none if they say nothing.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let front = bytes.get(..1_024).unwrap_or(bytes);
        if front.windows(5).any(|five| five == b"%PDF-") {
            return Some(Self::Pdf);
        }
        front.starts_with(b"PK\x03\x04").then_some(Self::Docx)
    }
}

/// How the content of an extracted file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML of headings, paragraphs, items, rows and nothing else.
    Html,
}

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Extracted {
    /// What it calls itself.
    pub title: Option<String>,
    /// How its parts are written.
    pub written: Written,
    /// Its content: one part, or several if it is too long for one.
    pub parts: Vec<String>,
}

/// Why a file gave nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// It is not what it says it is, or broken beyond reading.
    Broken,
    /// It opens with a password only.
    Encrypted,
    /// It unpacks to more than is read.
    TooLarge,
    /// Nothing in it is text, such as a scan.
    NoText,
}

/// Reads a file into parts of at most `part_bytes_max` bytes.
///
/// # Errors
/// [`Failure`] says why it gave nothing.
pub fn extract(kind: FileKind, bytes: &[u8], part_bytes_max: usize) -> Result<Extracted, Failure> {
    let (title, written, parts) = match kind {
        FileKind::Pdf | FileKind::Docx => {
            let (title, blocks) =
                if kind == FileKind::Pdf { pdf::read(bytes)? } else { docx::read(bytes)? };
            (title, Written::Html, blocks::written(&blocks, part_bytes_max))
        }
        FileKind::Html => {
            let mut page = page(bytes, None);
            (page.title.take(), Written::Html, page.into_parts(part_bytes_max))
        }
        FileKind::Markdown | FileKind::Text => {
            let text = charset::decode(bytes, None).ok_or(Failure::Broken)?;
            let marked = kind == FileKind::Markdown;
            let title = if marked { parts::first_heading(&text) } else { None };
            let written = if marked { Written::Markdown } else { Written::Text };
            (title, written, parts::cut(&text, part_bytes_max, marked))
        }
    };
    if parts.iter().all(|part| part.trim().is_empty()) {
        return Err(Failure::NoText);
    }
    if parts.iter().map(String::len).sum::<usize>() > TEXT_BYTES_MAX {
        return Err(Failure::TooLarge);
    }
    Ok(Extracted {
        title: title.map(|title| line(&title)).filter(|it| !it.is_empty()),
        written,
        parts,
    })
}

/// A text on one line, as a title.
fn line(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let joined = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    joined.chars().take(200).collect()
}
