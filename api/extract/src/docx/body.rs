//! The body of a Word document: paragraphs with their styles, items, rows of tables. One pass, no
//! recursion: however deep it nests, it takes no more than its length.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::attribute;
use crate::Failure;
use crate::blocks::{Block, CELL, Kind};

/// The blocks of `word/document.xml`.
pub(super) fn blocks(xml: &str, levels: &HashMap<String, u8>) -> Result<Vec<Block>, Failure> {
    let mut body = Body::new(levels);
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => body.start(&tag),
            Ok(Event::Empty(tag)) => {
                body.start(&tag);
                body.end(tag.local_name().into_inner());
            }
            Ok(Event::End(tag)) => body.end(tag.local_name().into_inner()),
            Ok(Event::Text(text)) if body.reads() => body.open.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) if body.reads() => body.open.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) if body.reads() => body.open.push_str(&referred(&name)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => return Err(Failure::Broken),
        }
    }
    body.paragraph();
    body.row_ends();
    Ok(body.done)
}

/// The first heading, if the document begins with one.
pub(super) fn first_heading(blocks: &[Block]) -> Option<String> {
    let first = blocks.first().filter(|block| matches!(block.kind, Kind::Heading(_)))?;
    Some(first.text.clone())
}

/// What a reference stands for; nothing for one that the document would have to declare: those can
/// be made to stand for anything.
pub(super) fn referred(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    match &*name.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

struct Body<'a> {
    levels: &'a HashMap<String, u8>,
    done: Vec<Block>,
    /// The paragraph being read.
    open: String,
    level: Option<u8>,
    item: bool,
    /// Within the properties of a paragraph, whose tags say how it looks.
    describes: bool,
    /// Within `w:t`.
    text: u32,
    /// Within something that repeats what stands elsewhere.
    hidden: u32,
    /// Tables around this place.
    tables: u32,
    /// The row being read.
    row: String,
}

impl<'a> Body<'a> {
    const fn new(levels: &'a HashMap<String, u8>) -> Self {
        Self {
            levels,
            done: Vec::new(),
            open: String::new(),
            level: None,
            item: false,
            describes: false,
            text: 0,
            hidden: 0,
            tables: 0,
            row: String::new(),
        }
    }

    const fn reads(&self) -> bool {
        self.text > 0 && self.hidden == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.into_inner() {
            // What Word offers to programs that do not know the newer form beside it.
            "Fallback" | "del" | "moveFrom" => self.hidden = self.hidden.saturating_add(1),
            "pPr" => self.describes = true,
            "pStyle" if self.describes => {
                let style = attribute(tag, "val").unwrap_or_default();
                self.level = self.level.or_else(|| self.levels.get(&style).copied());
            }
            "outlineLvl" if self.describes => {
                let level = attribute(tag, "val").and_then(|text| text.parse::<u8>().ok());
                self.level = level.filter(|level| *level < 9).map(|level| level + 1).or(self.level);
            }
            "numPr" if self.describes => self.item = true,
            "t" => self.text = self.text.saturating_add(1),
            "tab" if !self.describes && self.hidden == 0 => self.open.push('\t'),
            "br" | "cr" if self.hidden == 0 => self.open.push('\n'),
            "noBreakHyphen" if self.hidden == 0 => self.open.push('-'),
            "tbl" => self.tables = self.tables.saturating_add(1),
            "tr" if self.tables == 1 => self.row.clear(),
            "tc" if self.tables == 1 && !self.row.is_empty() => self.row.push(CELL),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" | "del" | "moveFrom" => self.hidden = self.hidden.saturating_sub(1),
            "pPr" => self.describes = false,
            "t" => self.text = self.text.saturating_sub(1),
            "p" => self.paragraph(),
            "tr" if self.tables == 1 => self.row_ends(),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.open);
        let (level, item) = (self.level.take(), std::mem::take(&mut self.item));
        if self.tables > 0 {
            self.row.push_str(&text.replace(CELL, " "));
            self.row.push(' ');
            return;
        }
        let kind = match level {
            Some(level) => Kind::Heading(level.min(6)),
            None if item => Kind::Item,
            None => Kind::Paragraph,
        };
        self.done.extend(Block::new(kind, &text));
    }

    fn row_ends(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.done.extend(Block::new(Kind::Row, &row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<(Kind, String)> {
        let levels = HashMap::from([("Titre2".to_owned(), 2)]);
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let blocks = blocks(&xml, &levels).unwrap();
        blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn paragraphs_headings_items_and_rows_are_told_apart() {
        let found = read(
            "<w:p><w:pPr><w:pStyle w:val=\"Titre2\"/></w:pPr><w:r><w:t>Fish &amp; chips</w:t></w:r></w:p>\
             <w:p><w:r><w:t>One</w:t></w:r><w:r><w:tab/><w:t>two&#233;</w:t><w:br/><w:t>three</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>item</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>\
             <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        assert_eq!(
            found,
            [
                (Kind::Heading(2), "Fish & chips".to_owned()),
                (Kind::Paragraph, "One twoé\nthree".to_owned()),
                (Kind::Item, "item".to_owned()),
                (Kind::Row, format!("a{CELL}b c")),
            ]
        );
    }

    #[test]
    fn what_was_struck_out_or_is_said_twice_is_not_read() {
        let found = read(
            "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>\
             <mc:Fallback><w:r><w:t>again</w:t></w:r></mc:Fallback><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>\
             <w:p><w:r><w:t>a &declared; b</w:t></w:r></w:p>",
        );
        let texts: Vec<_> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["kept", "a b"]);
    }

    #[test]
    fn however_deep_it_nests_it_is_read_in_one_pass() {
        let deep = format!("{}<w:t>x</w:t>{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
        assert_eq!(read(&deep), [(Kind::Paragraph, "x".to_owned())]);
    }
}
