//! Reading a document: its text without its format, and the passages that the text is cut into.
//!
//! Done once, by the command that takes the document in; what came of it is recorded, so that an
//! answer can name the same passage for ever, whatever these rules become. Never fails: what is not
//! well formed is read as far as it goes.

mod blocks;
mod html;
mod language;
mod markdown;
mod passages;

use crate::document::DocumentFormat;
use crate::personal::PassageMark;

pub use language::detect_language;
pub use passages::PASSAGE_WORDS_MAX;

/// A document without its format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plain {
    /// The text: blocks with an empty line between them, headings among them.
    pub(super) text: String,
    /// How it is cut, in order.
    pub(super) passages: Vec<PassageMark>,
}

/// Reads a document.
pub(super) fn read(format: DocumentFormat, source: &str) -> Plain {
    let blocks = match format {
        DocumentFormat::Text => blocks::of_text(source),
        DocumentFormat::Markdown => markdown::blocks(source),
        DocumentFormat::Html => html::blocks(source),
    };
    passages::cut(&blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_page_reads_alike_in_every_format() {
        let text = "Hours\n\nOpen daily.\n\nClosed on holidays.";
        let markdown = "Hours\n=====\n\nOpen **daily**.\n\nClosed on\nholidays.";
        let html =
            "<h1>Hours</h1><p>Open <b>daily</b>.<p>Closed on\n holidays.<script>x()</script>";
        for (format, source) in [
            (DocumentFormat::Text, text),
            (DocumentFormat::Markdown, markdown),
            (DocumentFormat::Html, html),
        ] {
            let read = read(format, source);
            assert_eq!(read.text, text, "{format:?}");
            assert_eq!(read.passages.len(), 1, "{format:?}");
        }
    }
}
