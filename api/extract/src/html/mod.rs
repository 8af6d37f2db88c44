//! A page: what it calls itself, what it says, where it leads, and whether it wants to be kept.

mod names;
mod tags;

use crate::blocks::{self, Block, CELL, Kind};
use crate::charset;
use tags::{Tag, Token, characters};

/// Elements that stand around what a page says, on every page of a site alike.
const AROUND: [&str; 6] = ["nav", "footer", "aside", "form", "dialog", "menu"];
/// Elements whose content nobody reads as text.
const UNREAD: [&str; 12] = [
    "script", "style", "template", "noscript", "svg", "iframe", "object", "select", "textarea",
    "button", "math", "canvas",
];
/// Elements that stand within a line.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
    "wbr",
];
/// A page whose main part says less than this many characters is read whole.
const MAIN_CHARS_MIN: usize = 40;
/// Links that are taken from a page.
const LINKS_MAX: usize = 2_000;

/// A link of a page, as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link(pub String);

/// What there is to know of a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// Its title.
    pub title: Option<String>,
    /// It does not want to be kept.
    pub noindex: bool,
    /// Its links are not to be followed.
    pub nofollow: bool,
    /// What its links start from, if it says so.
    pub base: Option<String>,
    /// Where it leads, in order.
    pub links: Vec<Link>,
    blocks: Vec<Block>,
}

impl Page {
    /// What it says, as HTML in parts of at most `bytes_max` bytes.
    pub fn into_parts(self, bytes_max: usize) -> Vec<String> {
        blocks::written(&self.blocks, bytes_max)
    }
}

/// Reads a page; `charset` is what the server says of its characters.
pub fn page(bytes: &[u8], charset: Option<&str>) -> Page {
    let source = charset::decode_leniently(bytes, charset);
    let mut reader = PageReader::default();
    tags::read(&source, |token| match token {
        Token::Text(text) => reader.text(text),
        Token::Tag(tag) => reader.tag(&tag),
    });
    reader.finish()
}

#[derive(Default)]
struct PageReader {
    page: Page,
    title: Option<String>,
    in_title: bool,
    /// How deep in elements that are not read, by name.
    hidden: Vec<String>,
    in_head: bool,
    /// Depth of `main` and `article`.
    main: u32,
    /// Whether each block stands in the main part.
    all: Vec<(bool, Block)>,
    open: String,
    kind: Option<Kind>,
    verbatim: bool,
    row: Option<String>,
}

impl PageReader {
    fn text(&mut self, written: &str) {
        if self.in_title {
            self.title.get_or_insert_default().push_str(&characters(written));
        } else if self.hidden.is_empty() && !self.in_head {
            let text = characters(written);
            let into = self.row.as_mut().unwrap_or(&mut self.open);
            if self.verbatim {
                into.push_str(&text);
            } else {
                into.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        match (name, tag.closing) {
            ("title", closing) if self.hidden.is_empty() => {
                self.in_title = !closing && self.title.is_none();
            }
            ("head", closing) => self.in_head = !closing,
            // A head that was never closed ends where the body begins.
            ("body", _) => self.in_head = false,
            ("meta", _) => self.meta(tag),
            ("base", _) => {
                self.page.base = self.page.base.take().or_else(|| tag.attribute("href"));
            }
            ("a" | "area", false) => self.link(tag),
            _ => {}
        }
        if self.hides(name) {
            return self.hide(tag);
        }
        if self.hidden.is_empty() && !self.in_head {
            self.block(tag);
        }
    }

    fn hides(&self, name: &str) -> bool {
        UNREAD.contains(&name)
            || AROUND.contains(&name)
            // The head of a page stands around it; that of an article belongs to it.
            || (name == "header" && (self.main == 0 || self.hidden.iter().any(|it| it == "header")))
    }

    fn hide(&mut self, tag: &Tag<'_>) {
        if !tag.closing {
            self.end_block();
            // However deep it nests, a few are enough to know.
            if self.hidden.len() < 64 {
                self.hidden.push(tag.name.clone());
            }
        } else if let Some(at) = self.hidden.iter().rposition(|name| *name == tag.name) {
            self.hidden.truncate(at);
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let named = tag.attribute("name").unwrap_or_default().to_ascii_lowercase();
        if !matches!(named.as_str(), "robots" | "convologbot") {
            return;
        }
        let said = tag.attribute("content").unwrap_or_default().to_ascii_lowercase();
        let says =
            |word: &str| said.split(',').any(|it| matches!(it.trim(), "none") || it.trim() == word);
        self.page.noindex |= says("noindex");
        self.page.nofollow |= says("nofollow");
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let rel = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let followed = !rel.split_whitespace().any(|word| word == "nofollow");
        if let Some(href) = tag.attribute("href").filter(|_| followed)
            && self.page.links.len() < LINKS_MAX
        {
            self.page.links.push(Link(href));
        }
    }

    fn block(&mut self, tag: &Tag<'_>) {
        let closing = tag.closing;
        match tag.name.as_str() {
            "main" | "article" => {
                self.end_block();
                self.main =
                    if closing { self.main.saturating_sub(1) } else { self.main.saturating_add(1) };
            }
            "br" => self.row.as_mut().unwrap_or(&mut self.open).push('\n'),
            "tr" => {
                self.end_row();
                self.end_block();
                self.row = (!closing).then(String::new);
            }
            "td" | "th" => match &mut self.row {
                Some(row) if !closing && !row.is_empty() => row.push(CELL),
                Some(_) => {}
                None => self.end_block(),
            },
            "table" => {
                self.end_row();
                self.end_block();
            }
            "pre" => {
                self.end_block();
                self.verbatim = !closing;
                self.kind = (!closing).then_some(Kind::Verbatim);
            }
            "li" | "dd" | "dt" => {
                self.end_block();
                self.kind = (!closing).then_some(Kind::Item);
            }
            name if INLINE.contains(&name) => {}
            name => {
                if let Some(row) = &mut self.row {
                    row.push(' ');
                } else {
                    self.end_block();
                    // A paragraph in an item or a heading is that item, or heading.
                    if let Some(level) = heading(name) {
                        self.kind = (!closing).then_some(Kind::Heading(level));
                    }
                }
            }
        }
    }

    fn end_row(&mut self) {
        if let Some(row) = self.row.take() {
            let main = self.main > 0;
            self.all.extend(Block::new(Kind::Row, &row).map(|block| (main, block)));
        }
    }

    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.open);
        let kind = self.kind.take().unwrap_or(Kind::Paragraph);
        if text.chars().any(|c| c != '\n' && !c.is_whitespace()) {
            let main = self.main > 0;
            self.all.extend(Block::new(kind, &text).map(|block| (main, block)));
        } else if matches!(kind, Kind::Item | Kind::Heading(_)) {
            // `<li><p>…`: the paragraph is the item.
            self.kind = Some(kind);
        }
        if self.verbatim {
            self.kind = Some(Kind::Verbatim);
        }
    }

    fn finish(mut self) -> Page {
        self.end_row();
        self.end_block();
        let main = self.all.iter().filter(|(main, _)| *main);
        let said: usize = main.map(|(_, block)| block.text.chars().count()).sum();
        let whole = said < MAIN_CHARS_MIN;
        let blocks = self.all.into_iter().filter(|(main, _)| *main || whole);
        self.page.blocks = blocks.map(|(_, block)| block).collect();
        let heading = || {
            let mut all = self.page.blocks.iter();
            all.find(|block| matches!(block.kind, Kind::Heading(1))).map(|block| block.text.clone())
        };
        let title = self.title.map(|title| crate::line(&title)).filter(|title| !title.is_empty());
        self.page.title = title.or_else(heading);
        self.page
    }
}

/// The level of a heading.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> String {
        page(source.as_bytes(), None).into_parts(10_000).concat().replace('\n', "")
    }

    #[test]
    fn a_page_is_what_stands_in_its_main_part() {
        let source = "<!doctype html><html><head><title>Rooms &amp; prices</title>\
            <meta name=robots content='noindex, nofollow'><base href=/en/></head><body>\
            <header>Logo</header><nav><a href=/a>Home</a></nav>\
            <main><header><h1>Our rooms</h1></header><p>Each room<br>has a <b>view</b> of the sea.\
            <ul><li><p>Towels</p></li><li>Soap</ul><table><tr><th>Room<td>90</tr></table>\
            <aside>Ads</aside><pre>a\n b</pre><a href='/b?x=1&amp;y=2'>More</a>\
            <a rel='nofollow' href=/c>No</a></main><footer>Imprint</footer><script>x<p></script>";
        let read = page(source.as_bytes(), None);
        assert_eq!(read.title.as_deref(), Some("Rooms & prices"));
        assert_eq!((read.noindex, read.nofollow, read.base.as_deref()), (true, true, Some("/en/")));
        assert_eq!(read.links, [Link("/a".into()), Link("/b?x=1&y=2".into())]);
        assert_eq!(
            said(source),
            "<h1>Our rooms</h1><p>Each room<br>has a view of the sea.</p>\
             <ul><li>Towels</li><li>Soap</li></ul><table><tr><td>Room</td><td>90</td></tr></table>\
             <pre>a b</pre><p>MoreNo</p>"
        );
    }

    #[test]
    fn a_page_without_a_main_part_is_read_whole() {
        assert_eq!(said("<p>One<div>Two <main>x</main></div>"), "<p>One</p><p>Two</p><p>x</p>");
        assert_eq!(said("<title>T<p>never closed"), "");
        assert_eq!(said("<head><meta><body>Text"), "<p>Text</p>");
    }

    #[test]
    fn however_deep_it_nests_it_is_read_in_one_pass() {
        let deep =
            format!("{}deep{}", "<div><nav>".repeat(200_000), "</nav></div>".repeat(200_000));
        assert_eq!(said(&format!("<p>before</p>{deep}<p>after")), "<p>before</p><p>after</p>");
    }
}
