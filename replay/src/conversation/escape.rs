//! Text of somebody else in a Markdown page: escaped where Markdown would take it for markup, and
//! nowhere else, so that times, dates and sentences read as they are.

use super::text::harmless;

/// Text that stands within a line.
pub(super) fn escaped(text: &str) -> String {
    let text = harmless(text);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let after = rest.chars().next();
        match c {
            '<' if after.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?')) => {
                out.push_str("&lt;");
            }
            '&' if after.is_some_and(|c| c.is_alphanumeric() || c == '#') => out.push_str("&amp;"),
            _ => {
                if is_markup(c, before, rest, text.get(..at).unwrap_or_default()) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        before = Some(c);
    }
    out
}

/// Whether a character formats or links, given what stands around it.
fn is_markup(c: char, before: Option<char>, rest: &str, earlier: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
        // Within a word it means nothing.
        '_' => !(is_word(before) && is_word(rest.chars().next())),
        // Addresses become links by themselves.
        ':' => rest.starts_with("//"),
        '@' => is_word(before),
        '.' => earlier
            .get(earlier.len().saturating_sub(3)..)
            .is_some_and(|end| end.eq_ignore_ascii_case("www")),
        _ => false,
    }
}

/// Text that begins a line, where some characters make headings, lists, quotations or code.
pub(super) fn escaped_line(text: &str) -> String {
    let bare = text.trim_start_matches([' ', '\t']);
    let indent = text.len() - bare.len();
    let mut out = if indent < 4 { " ".repeat(indent) } else { "&nbsp;".repeat(indent) };
    if let Some(first) = bare.chars().next().filter(|c| matches!(c, '#' | '-' | '+' | '=' | '>')) {
        let ends = bare.trim_start_matches(first);
        if first == '>' || ends.is_empty() || ends.starts_with([' ', '\t']) {
            out.push('\\');
        }
    }
    // A number in a list.
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = bare.split_at(digits);
    let tail = rest.strip_prefix(['.', ')']);
    let numbered = tail.is_some_and(|tail| tail.is_empty() || tail.starts_with([' ', '\t']));
    if digits > 0 && numbered {
        out.push_str(number);
        out.push('\\');
        out.push_str(&escaped(rest));
    } else {
        out.push_str(&escaped(bare));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_formats_and_links_nothing() {
        for (written, shown) in [
            ("![x](http://a/b) <script> *b*", r"!\[x\](http\://a/b) &lt;script> \*b\*"),
            ("_a_ __b__ `c` ~~d~~ \\", r"\_a\_ \_\_b\_\_ \`c\` \~\~d\~\~ \\"),
            ("www.example.com ana@example.com", r"www\.example.com ana\@example.com"),
            ("&amp; &#33; </p> <!-- x -->", "&amp;amp; &amp;#33; &lt;/p> &lt;!-- x -->"),
            ("a | b", r"a \| b"),
        ] {
            assert_eq!(escaped(written), shown);
        }
    }

    #[test]
    fn what_means_nothing_stays_as_it_is() {
        for plain in [
            "15:23:21Z",
            "2026-11-19",
            "Oi! Vi o anúncio (ontem). +55 31 98765-0142",
            "snake_case, 3 < 4 & 5 > 4, @lucia, {a}, #tag",
        ] {
            assert_eq!(escaped(plain), plain);
            assert_eq!(escaped_line(plain), plain);
        }
        assert_eq!(escaped_line("-5 degrees"), "-5 degrees");
        assert_eq!(escaped_line("1.5 hours"), "1.5 hours");
    }

    #[test]
    fn a_line_begins_neither_heading_nor_list_nor_code() {
        for (written, shown) in [
            ("# a", r"\# a"),
            ("- a", r"\- a"),
            ("---", r"\---"),
            ("===", r"\==="),
            ("+ a", r"\+ a"),
            ("> a", r"\> a"),
            ("12. a", r"12\. a"),
            ("1)", r"1\)"),
            ("    a", "&nbsp;&nbsp;&nbsp;&nbsp;a"),
        ] {
            assert_eq!(escaped_line(written), shown);
        }
    }
}
