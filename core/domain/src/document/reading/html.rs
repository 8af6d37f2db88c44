//! HTML without its tags. Lenient: whatever comes, something is read, in one pass.

use super::blocks::{Block, Blocks};

/// Elements whose content nobody reads.
const HIDDEN: [&str; 9] =
    ["script", "style", "head", "template", "noscript", "svg", "iframe", "object", "select"];

/// Elements that stand within a line.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// Names of characters that pages use. Others stay as they are written.
const NAMED: [(&str, &str); 33] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("shy", ""),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("pound", "£"),
    ("deg", "°"),
    ("times", "×"),
    ("aacute", "á"),
    ("eacute", "é"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("atilde", "ã"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
];

/// The blocks of an HTML document.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks = Blocks::default();
    read(source, &mut blocks);
    blocks.finish()
}

/// Adds what a piece of HTML says.
pub(super) fn read(source: &str, blocks: &mut Blocks) {
    let (mut rest, mut verbatim) = (source, false);
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        say(text, verbatim, blocks);
        let Some(tag) = Tag::read(tagged) else {
            say("<", verbatim, blocks);
            rest = tagged.get(1..).unwrap_or_default();
            continue;
        };
        rest = tagged.get(tag.len..).unwrap_or_default();
        if tag.name == "pre" {
            verbatim = !tag.closing;
        }
        if !tag.closing && HIDDEN.contains(&tag.name.as_str()) {
            rest = after_element(rest, &tag.name);
        }
        act(&tag, blocks);
    }
    say(rest, verbatim, blocks);
}

fn say(text: &str, verbatim: bool, blocks: &mut Blocks) {
    let text = characters(text);
    if verbatim { blocks.verbatim(&text) } else { blocks.words(&text) }
}

fn act(tag: &Tag, blocks: &mut Blocks) {
    match tag.name.as_str() {
        "" => {}
        "br" | "li" | "dt" | "dd" | "tr" | "option" => blocks.line(),
        "td" | "th" => {
            if !tag.closing {
                blocks.cell();
            }
        }
        name if INLINE.contains(&name) => {}
        name => blocks.next(heading(name).filter(|_| !tag.closing)),
    }
}

/// The level of a heading.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What stands between `<` and `>`.
struct Tag {
    /// In small letters; empty for comments and declarations.
    name: String,
    closing: bool,
    /// Bytes, the brackets included.
    len: usize,
}

impl Tag {
    /// The tag at the beginning of `text`; none if it is no tag but a bracket that was meant.
    fn read(text: &str) -> Option<Self> {
        let nothing = |len| Some(Self { name: String::new(), closing: false, len });
        if text.starts_with("<!--") {
            return nothing(text.find("-->").map_or(text.len(), |at| at + 3));
        }
        if text.starts_with("<!") || text.starts_with("<?") {
            return nothing(text.find('>').map_or(text.len(), |at| at + 1));
        }
        let inner = text.strip_prefix('<')?;
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name: String = inner
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        Some(Self { name, closing, len: end_of_tag(text) })
    }
}

/// Where a tag ends: at the first `>` outside quotes; a quote that never ends is none.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// What follows the end tag of an element; nothing if it never ends.
fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        let tagged = rest.get(at..).unwrap_or_default();
        let Some(inner) = tagged.get(2..) else { break };
        let same = inner.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if same {
            return tagged.find('>').and_then(|end| tagged.get(end + 1..)).unwrap_or_default();
        }
        rest = inner;
    }
    ""
}

/// With the characters that were written as references.
fn characters(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        written.push_str(before);
        let inner = reference.get(1..).unwrap_or_default();
        let end = inner.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((end, character(inner.get(..end)?)?)));
        if let Some((end, c)) = found {
            written.push_str(&c);
            rest = inner.get(end + 1..).unwrap_or_default();
        } else {
            written.push('&');
            rest = inner;
        }
    }
    written.push_str(rest);
    written
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| (*c).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        blocks(source).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_part_and_what_is_not_shown_goes() {
        let source = "<!doctype html><HEAD><title>t</title></HEAD><body><!-- no -->\
            <h2 class='a>b'>Caf&eacute; &#x26; bar</h2><p>One<br>two <i>three</i></p>\
            <ul><li>a<li>b</ul><table><tr><td>1<td>2</tr></table>\
            <STYLE>p { }</style ><pre>x\n  y</pre>end";
        assert_eq!(
            texts(source),
            ["Café & bar", "One\ntwo three", "a\nb", "1 | 2", "x\n  y", "end"]
        );
        assert_eq!(blocks(source).first().and_then(|block| block.heading), Some(2));
    }

    #[test]
    fn what_is_no_tag_and_no_reference_is_text() {
        assert_eq!(texts("1 < 2 && 3 <4 &nope; &#xD800; &"), ["1 < 2 && 3 <4 &nope; &#xD800; &"]);
        assert_eq!(texts("a<script>never ends"), ["a"]);
        assert_eq!(texts("a <b title=\"never ends>b"), ["a b"]);
        assert_eq!(texts("a <!-- never ends"), ["a"]);
    }
}
