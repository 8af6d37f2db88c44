//! What a file says as a row of blocks, and how they are written: as HTML that holds nothing else.

/// What kind of block it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A heading of this level, 1 the highest.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table; its cells are parted by [`CELL`].
    Row,
    /// Lines whose breaks mean something.
    Verbatim,
}

/// Stands between the cells of a row: no text holds it.
pub(crate) const CELL: char = '\u{1f}';

/// One block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) text: String,
}

impl Block {
    /// With white space put in order; none if nothing is left.
    pub(crate) fn new(kind: Kind, text: &str) -> Option<Self> {
        let text = match kind {
            Kind::Verbatim => text.trim_matches('\n').replace(CELL, " "),
            Kind::Row => {
                let cells: Vec<_> = text.split(CELL).map(tidy).collect();
                let filled = cells.iter().any(|cell| !cell.is_empty());
                if filled { cells.join(&CELL.to_string()) } else { String::new() }
            }
            _ => tidy(text),
        };
        (!text.trim().is_empty()).then_some(Self { kind, text })
    }
}

/// Each line with single spaces; no empty lines, no control characters.
fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let apart = line.split(|c: char| c.is_whitespace() || c.is_control());
        apart.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The blocks as HTML, in parts of at most `bytes_max` bytes. A part begins with the headings under
/// which it stands.
pub(crate) fn written(blocks: &[Block], bytes_max: usize) -> Vec<String> {
    let mut out = Writer { bytes_max: bytes_max.max(1_024), ..Writer::default() };
    for block in blocks {
        out.add(block);
    }
    out.finish()
}

#[derive(Default)]
struct Writer {
    bytes_max: usize,
    done: Vec<String>,
    part: String,
    /// The list or table that is open.
    open: Option<&'static str>,
    /// The headings above, outermost first.
    path: Vec<(u8, String)>,
    /// Something but headings stands in the part.
    filled: bool,
}

impl Writer {
    fn add(&mut self, block: &Block) {
        for piece in pieces(&block.text, self.bytes_max / 2) {
            self.add_piece(block.kind, piece);
        }
    }

    fn add_piece(&mut self, kind: Kind, text: &str) {
        let written = element(kind, text);
        if self.filled && self.part.len() + written.len() + 64 > self.bytes_max {
            self.begin_part();
        }
        if let Kind::Heading(level) = kind {
            self.path.retain(|(above, _)| *above < level);
            self.path.push((level, written.chars().take(2_000).collect()));
        } else {
            self.filled = true;
        }
        self.within(match kind {
            Kind::Item => Some("ul"),
            Kind::Row => Some("table"),
            _ => None,
        });
        self.part.push_str(&written);
        self.part.push('\n');
    }

    fn within(&mut self, list: Option<&'static str>) {
        if self.open == list {
            return;
        }
        if let Some(open) = self.open.take() {
            self.part.extend(["</", open, ">\n"]);
        }
        if let Some(list) = list {
            self.part.extend(["<", list, ">\n"]);
        }
        self.open = list;
    }

    fn begin_part(&mut self) {
        self.within(None);
        self.done.push(std::mem::take(&mut self.part));
        self.filled = false;
        let above: usize = self.path.iter().map(|(_, heading)| heading.len() + 1).sum();
        if above < self.bytes_max / 4 {
            for (_, heading) in &self.path {
                self.part.push_str(heading);
                self.part.push('\n');
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.within(None);
        if !self.part.is_empty() && (self.filled || self.done.is_empty()) {
            self.done.push(self.part);
        }
        self.done
    }
}

fn element(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Heading(level) => {
            let level = level.clamp(1, 6);
            format!("<h{level}>{}</h{level}>", escaped(text, " "))
        }
        Kind::Paragraph => format!("<p>{}</p>", escaped(text, "<br>")),
        Kind::Item => format!("<li>{}</li>", escaped(text, " ")),
        Kind::Row => {
            let cells = text.split(CELL).map(|cell| format!("<td>{}</td>", escaped(cell, " ")));
            format!("<tr>{}</tr>", cells.collect::<Vec<_>>().concat())
        }
        Kind::Verbatim => format!("<pre>{}</pre>", escaped(text, "\n")),
    }
}

fn escaped(text: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str(line_break),
            c => out.push(c),
        }
    }
    out
}

/// A text in pieces whose HTML has at most `bytes_max` bytes, cut between words where there are any.
fn pieces(text: &str, bytes_max: usize) -> Vec<&str> {
    // An escaped character takes at most five times its room.
    let room = (bytes_max / 5).max(16);
    let (mut rest, mut found) = (text, Vec::new());
    while rest.len() > room {
        let mut at = room;
        while !rest.is_char_boundary(at) {
            at -= 1;
        }
        let front = rest.get(..at).unwrap_or_default();
        let cut = front.rfind(char::is_whitespace).filter(|cut| *cut > 0).unwrap_or(at);
        found.push(rest.get(..cut).unwrap_or_default());
        rest = rest.get(cut..).unwrap_or_default();
    }
    found.push(rest);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: Kind, text: &str) -> Block {
        Block::new(kind, text).unwrap()
    }

    #[test]
    fn blocks_are_written_as_html_that_says_nothing_else() {
        let blocks = [
            block(Kind::Heading(2), "Fish & chips"),
            block(Kind::Paragraph, "a <b>  c\n\nd"),
            block(Kind::Item, "one"),
            block(Kind::Item, "two"),
            block(Kind::Row, "x\u{1f} y "),
            block(Kind::Verbatim, "p\n  q"),
        ];
        assert_eq!(
            written(&blocks, 10_000),
            ["<h2>Fish &amp; chips</h2>\n<p>a &lt;b&gt; c<br>d</p>\n<ul>\n<li>one</li>\n\
              <li>two</li>\n</ul>\n<table>\n<tr><td>x</td><td>y</td></tr>\n</table>\n\
              <pre>p\n  q</pre>\n"]
        );
        assert!(Block::new(Kind::Row, " \u{1f} ").is_none());
    }

    #[test]
    fn what_is_too_long_is_cut_between_blocks_and_keeps_its_headings() {
        let long = "word ".repeat(150);
        let mut blocks = vec![block(Kind::Heading(1), "A"), block(Kind::Heading(2), "B")];
        blocks.extend((0..4).map(|_| block(Kind::Paragraph, &long)));
        let parts = written(&blocks, 2_000);
        assert!(parts.len() > 1);
        for part in &parts {
            assert!(part.len() <= 2_000, "{}", part.len());
            assert!(part.starts_with("<h1>A</h1>\n<h2>B</h2>\n"), "{part}");
        }
        let words: usize = parts.iter().map(|part| part.matches("word").count()).sum();
        assert_eq!(words, 600);
    }
}
