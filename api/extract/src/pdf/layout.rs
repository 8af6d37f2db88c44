//! Lines of pages as blocks: headings by their size, paragraphs by the room between lines, rows by the
//! gaps in them. What stands at the head or foot of most pages is said on none.

use std::collections::{BTreeMap, HashMap};

use super::line::Line;
use crate::blocks::{Block, CELL, Kind};

/// A line that is this much larger than the text is a heading.
const HEADING: f64 = 1.15;
/// Characters of a heading.
const HEADING_CHARS_MAX: usize = 200;
/// Lines of a paragraph are at most this far apart, in sizes.
const LEADING: f64 = 1.75;
/// Lines at each end of a page that may be its head or foot.
const MARGIN_LINES: usize = 2;
/// Fewest pages of which a head or foot can be told.
const PAGES_MIN: usize = 3;

/// The blocks of all pages.
pub(super) fn blocks(pages: &[Vec<Line>]) -> Vec<Block> {
    let running = running_lines(pages);
    let own = |(at, line): &(usize, &Line), count: usize| {
        let margin = *at < MARGIN_LINES || at + MARGIN_LINES >= count;
        !(margin && running.contains_key(&outline(&line.text)))
    };
    let pages: Vec<Vec<&Line>> = pages
        .iter()
        .map(|lines| {
            let kept = lines.iter().enumerate().filter(|it| own(it, lines.len()));
            kept.map(|(_, line)| line).collect()
        })
        .collect();
    let levels = Levels::of(&pages);
    let mut writer = Writer::default();
    for lines in &pages {
        for line in lines {
            writer.add(line, levels.level(line));
        }
        writer.page_ends();
    }
    writer.finish()
}

/// The first heading, if the document begins with one.
pub(super) fn first_heading(blocks: &[Block]) -> Option<String> {
    let first = blocks.first().filter(|block| matches!(block.kind, Kind::Heading(_)))?;
    Some(first.text.clone())
}

/// Lines at the ends of pages that most pages have, but for numbers in them.
fn running_lines(pages: &[Vec<Line>]) -> HashMap<String, usize> {
    let mut counted: HashMap<String, usize> = HashMap::new();
    for lines in pages {
        let ends = lines.iter().take(MARGIN_LINES).chain(lines.iter().rev().take(MARGIN_LINES));
        let mut outlines: Vec<_> = ends.map(|line| outline(&line.text)).collect();
        outlines.sort_unstable();
        outlines.dedup();
        for outline in outlines {
            *counted.entry(outline).or_default() += 1;
        }
    }
    counted.retain(|_, count| pages.len() >= PAGES_MIN && *count * 2 > pages.len());
    counted
}

/// A line without its numbers.
fn outline(text: &str) -> String {
    text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect()
}

/// Which sizes are headings.
struct Levels {
    body: f64,
    /// Sizes of headings, the largest first.
    sizes: Vec<f64>,
}

/// A size that can be compared: tenths.
fn tenths(size: f64) -> f64 {
    (size * 10.0).round()
}

impl Levels {
    fn of(pages: &[Vec<&Line>]) -> Self {
        let mut counted: BTreeMap<u64, usize> = BTreeMap::new();
        for line in pages.iter().flatten() {
            *counted.entry(tenths(line.size).to_bits()).or_default() += line.text.chars().count();
        }
        let most = counted.iter().max_by_key(|(_, count)| **count);
        let body = most.map_or(1.0, |(bits, _)| f64::from_bits(*bits));
        let sizes = counted.keys().rev().map(|bits| f64::from_bits(*bits));
        Self { body, sizes: sizes.filter(|size| *size >= body * HEADING).take(6).collect() }
    }

    fn level(&self, line: &Line) -> Option<u8> {
        let size = tenths(line.size);
        if size < self.body * HEADING || line.text.chars().count() > HEADING_CHARS_MAX {
            return None;
        }
        let at = self.sizes.iter().position(|known| size >= *known)?;
        u8::try_from(at + 1).ok()
    }
}

#[derive(Default)]
struct Writer {
    done: Vec<Block>,
    open: String,
    kind: Option<Kind>,
    last: Option<(f64, f64)>,
}

impl Writer {
    fn add(&mut self, line: &Line, level: Option<u8>) {
        let item = line.text.strip_prefix(['•', '‣', '▪', '●', '◦', '–']).map(str::trim_start);
        let kind = match (level, item) {
            (Some(level), _) => Kind::Heading(level),
            (None, Some(_)) => Kind::Item,
            (None, None) if line.text.contains(CELL) => Kind::Row,
            (None, None) => Kind::Paragraph,
        };
        let near = self.last.is_none_or(|(y, size)| {
            let down = y - line.y;
            down >= 0.0 && down <= LEADING * size.max(line.size)
        });
        let goes_on = match (self.kind, kind) {
            (Some(Kind::Heading(before)), Kind::Heading(now)) => before == now && near,
            (Some(Kind::Paragraph | Kind::Item), Kind::Paragraph) => near,
            _ => false,
        };
        if !goes_on {
            self.end();
            self.kind = Some(kind);
        }
        join(&mut self.open, item.unwrap_or(&line.text));
        self.last = Some((line.y, line.size));
    }

    /// A sentence may go on on the next page.
    fn page_ends(&mut self) {
        let closed = self.open.trim_end().ends_with(['.', '!', '?', ':', '׃', '…']);
        if closed || self.kind != Some(Kind::Paragraph) {
            self.end();
        }
        self.last = None;
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.open);
        if let Some(kind) = self.kind.take() {
            self.done.extend(Block::new(kind, &text));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end();
        self.done
    }
}

/// Adds a line; a word that was parted at the end of the line before is made whole.
fn join(text: &mut String, line: &str) {
    let begins_small = line.chars().next().is_some_and(char::is_lowercase);
    if text.ends_with('-') && begins_small {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f64, size: f64) -> Line {
        Line { text: text.to_owned(), y, size }
    }

    fn kinds(pages: &[Vec<Line>]) -> Vec<(Kind, String)> {
        blocks(pages).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn sizes_make_headings_and_room_makes_paragraphs() {
        let page = vec![
            line("Rooms", 700.0, 24.0),
            line("Prices", 660.0, 16.0),
            line("A room is cheap in the off-sea-", 640.0, 11.0),
            line("son and on Mondays.", 627.0, 11.0),
            line("Ask us.", 590.0, 11.0),
            line("• Breakfast", 570.0, 11.0),
            line(&format!("Double{CELL}90"), 550.0, 11.0),
        ];
        assert_eq!(
            kinds(&[page]),
            [
                (Kind::Heading(1), "Rooms".to_owned()),
                (Kind::Heading(2), "Prices".to_owned()),
                (Kind::Paragraph, "A room is cheap in the off-season and on Mondays.".to_owned()),
                (Kind::Paragraph, "Ask us.".to_owned()),
                (Kind::Item, "Breakfast".to_owned()),
                (Kind::Row, format!("Double{CELL}90")),
            ]
        );
    }

    #[test]
    fn what_every_page_repeats_is_left_out_and_a_sentence_goes_on_over_the_page() {
        let page = |n: u32, text: &str| {
            vec![
                line("The Gull Hotel", 800.0, 9.0),
                line(text, 400.0, 11.0),
                line(&format!("Page {n} of 3"), 20.0, 9.0),
            ]
        };
        let pages = [page(1, "We are open"), page(2, "every day."), page(3, "Come in.")];
        let expected = ["We are open every day.", "Come in."];
        let found: Vec<_> = kinds(&pages).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, expected);
    }
}
