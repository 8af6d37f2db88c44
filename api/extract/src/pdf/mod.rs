//! PDF: each page's characters with their places, put together into lines, paragraphs, rows and
//! headings. A page that cannot be read is left out; the file is broken if none can.

mod direction;
mod layout;
mod line;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{
    Dictionary, Document, MediaBox, Object, OutputDev, OutputError, Transform, output_doc_page,
};

use crate::blocks::Block;
use crate::{Failure, PDF_PAGES_MAX};
use line::{Glyph, Line, Lines};

/// Characters that are taken from a file.
const GLYPHS_MAX: usize = 5_000_000;

/// The title and the blocks of a file.
pub(crate) fn read(bytes: &[u8]) -> Result<(Option<String>, Vec<Block>), Failure> {
    let document = quietly(|| open(bytes)).unwrap_or(Err(Failure::Broken))?;
    let pages = quietly(|| document.get_pages()).ok_or(Failure::Broken)?;
    if pages.is_empty() {
        return Err(Failure::Broken);
    }
    if pages.len() > PDF_PAGES_MAX {
        return Err(Failure::TooLarge);
    }
    let (mut read, mut broken, mut glyphs) = (Vec::new(), 0, 0);
    for page in pages.keys() {
        match page_lines(&document, *page, GLYPHS_MAX - glyphs) {
            Some((lines, count)) => {
                glyphs += count;
                read.push(lines);
            }
            None => broken += 1,
        }
        if glyphs >= GLYPHS_MAX {
            return Err(Failure::TooLarge);
        }
    }
    if broken == pages.len() {
        return Err(Failure::Broken);
    }
    let blocks = layout::blocks(&read);
    let title = quietly(|| title(&document)).flatten();
    Ok((title.or_else(|| layout::first_heading(&blocks)), blocks))
}

fn open(bytes: &[u8]) -> Result<Document, Failure> {
    let mut document = Document::load_mem(bytes).map_err(|error| match error {
        pdf_extract::Error::Decryption(_) => Failure::Encrypted,
        _ => Failure::Broken,
    })?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| Failure::Encrypted)?;
    }
    Ok(document)
}

/// The lines of a page and how many characters they have; none if it cannot be read.
fn page_lines(document: &Document, page: u32, glyphs_max: usize) -> Option<(Vec<Line>, usize)> {
    let mut taker = Taker { lines: Lines::default(), left: glyphs_max, taken: 0 };
    let drawn = quietly(|| output_doc_page(document, &mut taker, page));
    let whole = matches!(drawn, Some(Ok(())));
    // Half a page is better than none.
    (whole || taker.taken > 0).then(|| (taker.lines.finish(), taker.taken))
}

/// What a function answers; none if it panicked, as the parser does on files that are not what they
/// should be.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn title(document: &Document) -> Option<String> {
    let reference = document.trailer.get(b"Info").ok()?;
    let (_, info) = document.dereference(reference).ok()?;
    let info: &Dictionary = info.as_dict().ok()?;
    let (_, title) = document.dereference(info.get(b"Title").ok()?).ok()?;
    let Object::String(bytes, _) = title else { return None };
    let text = match bytes.as_slice() {
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
        _ => crate::charset::decode_leniently(bytes, None),
    };
    let named = text.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    // What a word processor writes when nobody gave it one.
    let made_up =
        ["untitled", "microsoft word - "].iter().any(|it| text.to_lowercase().starts_with(it));
    (named && !made_up).then_some(text)
}

/// Takes the characters of a page.
struct Taker {
    lines: Lines,
    left: usize,
    taken: usize,
}

impl OutputDev for Taker {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.taken >= self.left {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        self.taken += 1;
        // How large a square of the font's size is drawn.
        let drawn = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let size = drawn * font_size.abs();
        let glyph =
            Glyph { x: place.m31, y: place.m32, width: width * size, size, text: text.to_owned() };
        if glyph.is_somewhere() {
            self.lines.add(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
