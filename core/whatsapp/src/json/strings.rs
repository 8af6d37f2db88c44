//! Text inside JSON strings: read whatever Meta escaped, write one spelling.

use std::borrow::Cow;

/// What stands in for half a surrogate pair, which is no character.
const REPLACEMENT: char = '\u{fffd}';

/// The text between the quotes of a string that the lexer has accepted. Half surrogate pairs, which Meta
/// can produce by cutting an escaped text, become U+FFFD.
pub(crate) fn decode(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(slash) = rest.find('\\') {
        let (plain, escaped) = rest.split_at_checked(slash).unwrap_or((rest, ""));
        text.push_str(plain);
        let (character, used) = unescape(escaped);
        text.push(character);
        rest = escaped.get(used..).unwrap_or("");
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The character that an escape stands for, and how many bytes the escape takes (always at least one).
fn unescape(escaped: &str) -> (char, usize) {
    match escaped.as_bytes().get(1) {
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => unicode(escaped),
        Some(other) if other.is_ascii() => (char::from(*other), 2),
        _ => (REPLACEMENT, escaped.len().max(1)),
    }
}

fn unicode(escaped: &str) -> (char, usize) {
    let Some(first) = unit(escaped, 2) else { return (REPLACEMENT, escaped.len()) };
    if let Some(character) = char::from_u32(first) {
        return (character, 6);
    }
    let second = escaped.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(escaped, 8));
    match (first, second) {
        (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            let code = 0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or(REPLACEMENT), 12)
        }
        _ => (REPLACEMENT, 6),
    }
}

fn unit(escaped: &str, at: usize) -> Option<u32> {
    u32::from_str_radix(escaped.get(at..at + 4)?, 16).ok()
}

/// Writes `text` as a JSON string in the one spelling that canonical JSON uses: only quote, backslash and
/// control characters are escaped, these as `\u00xx`.
pub(crate) fn encode_into(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        // All three are one byte in UTF-8 and part of no other character.
        if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            continue;
        }
        out.push_str(text.get(plain..at).unwrap_or_default());
        plain = at + 1;
        match char::from(byte) {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    let nibble = u32::from(control) >> shift & 0xf;
                    out.push(char::from_digit(nibble, 16).unwrap_or('0'));
                }
            }
        }
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        let cases = [
            (r"plain", "plain"),
            (r"\u00e4\u00f6\u00fc", "äöü"),
            (r"a\/b\\c\u0022d\n\t\b\f\r", "a/b\\c\"d\n\t\u{8}\u{c}\r"),
            (r"\ud83d\udc4d!", "👍!"),
            (r"\uD83D\uDC4D", "👍"),
            (r"\ud83d", "\u{fffd}"),
            (r"\udc4d\ud83d", "\u{fffd}\u{fffd}"),
            (r"\ud83dx", "\u{fffd}x"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u05e9\u05dc\u05d5\u05dd é", "שלום é"),
        ];
        for (inner, text) in cases {
            assert_eq!(decode(inner), text, "{inner}");
        }
    }

    #[test]
    fn one_spelling_is_written() {
        let mut out = String::new();
        encode_into(&mut out, "a\"\\\u{1f}\n/é👍");
        assert_eq!(out, "\"a\\\"\\\\\\u001f\\u000a/é👍\"");
        assert_eq!(decode(&out[1..out.len() - 1]), "a\"\\\u{1f}\n/é👍");
    }
}
