//! HTML as a row of tags and texts, in one pass. Lenient: whatever comes, something is read; nothing
//! nests, so nothing can nest too deep.

/// A tag, or the text between two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token<'s> {
    /// Text as it is written, references and all.
    Text(&'s str),
    /// A tag.
    Tag(Tag<'s>),
}

/// What stands between `<` and `>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tag<'s> {
    /// In small letters.
    pub(super) name: String,
    pub(super) closing: bool,
    inner: &'s str,
}

/// Elements whose content is no HTML.
const RAW: [&str; 6] = ["script", "style", "textarea", "noscript", "template", "iframe"];

impl Tag<'_> {
    /// The value of an attribute, references read.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.inner;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || "=/".contains(c));
            let (key, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
            if key.is_empty() && after.is_empty() {
                return None;
            }
            let spaced = after.trim_start();
            let (value, left) = match spaced.strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(characters(value));
            }
            // A stray sign is passed over, so that every turn comes nearer to the end.
            rest = if left.len() < rest.len() { left } else { rest.get(1..).unwrap_or_default() };
        }
    }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return match quoted.split_once(quote) {
                Some((value, rest)) => (value, rest),
                None => (quoted, ""),
            };
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Calls `each` for every token, in order.
pub(super) fn read<'s>(source: &'s str, mut each: impl FnMut(Token<'s>)) {
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at_checked(at).unwrap_or((rest, ""));
        if !text.is_empty() {
            each(Token::Text(text));
        }
        let (token, len) = tag(tagged);
        rest = tagged.get(len..).unwrap_or_default();
        match token {
            Some(tag) => {
                let raw = !tag.closing && RAW.contains(&tag.name.as_str());
                let name = tag.name.clone();
                each(Token::Tag(tag));
                if raw {
                    rest = at_end_of(rest, &name);
                }
            }
            None if len == 1 => each(Token::Text("<")),
            None => {}
        }
    }
    if !rest.is_empty() {
        each(Token::Text(rest));
    }
}

/// The tag at the front and how long it is; none for comments, declarations and a bracket that was
/// meant.
fn tag(text: &str) -> (Option<Tag<'_>>, usize) {
    if text.starts_with("<!--") {
        return (None, text.find("-->").map_or(text.len(), |at| at + 3));
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        return (None, text.find('>').map_or(text.len(), |at| at + 1));
    }
    let after = text.get(1..).unwrap_or_default();
    let (closing, inner) = after.strip_prefix('/').map_or((false, after), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 1);
    }
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(end).unwrap_or((inner, ""));
    let stop = end_of_tag(attributes);
    let before = text.len() - attributes.len();
    let tag = Tag {
        name: name.to_ascii_lowercase(),
        closing,
        inner: attributes.get(..stop).unwrap_or_default(),
    };
    (Some(tag), (before + stop + 1).min(text.len()))
}

/// Where the attributes end: before the first `>` outside quotes; a quote that never ends is none.
fn end_of_tag(attributes: &str) -> usize {
    let (mut quote, mut value) = (None, false);
    for (at, c) in attributes.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') if value => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, c) if !c.is_whitespace() => value = c == '=',
            _ => {}
        }
    }
    attributes.find('>').unwrap_or(attributes.len())
}

/// What follows from the end tag of an element on; nothing if it never ends.
fn at_end_of<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        let tagged = rest.get(at..).unwrap_or_default();
        let inner = tagged.get(2..).unwrap_or_default();
        if inner.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tagged;
        }
        rest = inner;
    }
    ""
}

/// With the characters that were written as references.
pub(super) fn characters(text: &str) -> String {
    let (mut written, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, reference)) = rest.split_once('&') {
        written.push_str(before);
        let end = reference.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((end, character(reference.get(..end)?)?)));
        if let Some((end, c)) = found {
            written.push_str(&c);
            rest = reference.get(end + 1..).unwrap_or_default();
        } else {
            written.push('&');
            rest = reference;
        }
    }
    written.push_str(rest);
    written
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => " ",
        "shy" | "zwnj" | "zwj" | "lrm" | "rlm" => "",
        _ => return super::names::named(name).map(str::to_owned),
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let (found, _) = tag("<A  data-x HREF = '/a?b=1&amp;c=2' title=x/y rel=\"no\">");
        let found = found.unwrap();
        assert_eq!(found.name, "a");
        assert_eq!(found.attribute("href").as_deref(), Some("/a?b=1&c=2"));
        assert_eq!(found.attribute("data-x").as_deref(), Some(""));
        assert_eq!(found.attribute("rel").as_deref(), Some("no"));
        assert_eq!(found.attribute("nope"), None);
        let (odd, _) = tag("<a = / \"' href");
        assert!(odd.unwrap().attribute("href").is_some());
    }

    #[test]
    fn a_quotation_in_text_does_not_swallow_what_follows() {
        let mut texts = String::new();
        read("<p title=\"a>b\">x<p>Don't<br>stop <3 &eacute;&#x41;", |token| {
            if let Token::Text(text) = token {
                texts.push_str(&characters(text));
            }
        });
        assert_eq!(texts, "xDon'tstop <3 éA");
    }
}
