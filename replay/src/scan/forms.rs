//! What is looked for: each text in every form in which a file may hold it.
//!
//! One pass finds all forms of all texts. ASCII letters match in both cases, so that a form need
//! not be listed twice.

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::ScanError;

/// A text of fewer bytes is found everywhere.
const LEAST_BYTES: usize = 4;
/// A form of a text that is shorter than this is found by chance.
const LEAST_FORM_BYTES: usize = 8;

/// How a text was written where it was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// As it is, in UTF-8.
    Text,
    /// In UTF-16, either byte order.
    Utf16,
    /// With `%XX`, as in addresses.
    Percent,
    /// With `\uXXXX`, as in JSON.
    Json,
    /// In hex digits.
    Hex,
    /// In base64, wherever in a group of three bytes it begins.
    Base64,
    /// The bytes that its hex digits stand for.
    Bytes,
    /// Its words, folded as a search index folds them, in one item, in any order.
    Words,
}

impl Form {
    /// As the report names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Utf16 => "UTF-16",
            Self::Percent => "percent-encoded",
            Self::Json => "JSON-escaped",
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Bytes => "bytes",
            Self::Words => "words",
        }
    }
}

/// The texts to look for.
pub struct Canaries {
    texts: Vec<String>,
    needles: Vec<Needle>,
    finder: AhoCorasick,
}

struct Needle {
    canary: usize,
    form: Form,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Canaries {
    /// They name people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Canaries({})", self.texts.len())
    }
}

impl Canaries {
    /// Prepares to look for `texts`. Hex digits (16 or more) are also looked for as bytes.
    ///
    /// # Errors
    /// [`ScanError::TooShort`] for a text of fewer than four bytes, [`ScanError::Nothing`] for none.
    pub fn new(texts: &[String]) -> Result<Self, ScanError> {
        if texts.is_empty() {
            return Err(ScanError::Nothing);
        }
        if let Some(at) = texts.iter().position(|text| text.len() < LEAST_BYTES) {
            return Err(ScanError::TooShort { number: at + 1, least: LEAST_BYTES });
        }
        let mut needles: Vec<Needle> = Vec::new();
        for (canary, text) in texts.iter().enumerate() {
            for (form, bytes) in forms(text) {
                let known = |needle: &Needle| {
                    needle.canary == canary && needle.bytes.eq_ignore_ascii_case(&bytes)
                };
                if !needles.iter().any(known) {
                    needles.push(Needle { canary, form, bytes });
                }
            }
        }
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(needles.iter().map(|needle| needle.bytes.as_slice()))
            .map_err(|_| ScanError::Nothing)?;
        Ok(Self { texts: texts.to_vec(), needles, finder })
    }

    /// The texts, in their order.
    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Tells `found` (canary, form, where it ends) about everything that `bytes` holds.
    pub(super) fn find(&self, bytes: &[u8], mut found: impl FnMut(usize, Form, usize)) {
        for hit in self.finder.find_overlapping_iter(bytes) {
            if let Some(needle) = self.needles.get(hit.pattern().as_usize()) {
                found(needle.canary, needle.form, hit.end());
            }
        }
    }

    /// Each form as bytes, for what can only count: (canary, form, bytes).
    pub(super) fn needles(&self) -> impl Iterator<Item = (usize, Form, &[u8])> {
        self.needles.iter().map(|needle| (needle.canary, needle.form, needle.bytes.as_slice()))
    }

    /// The length of the longest form.
    pub(super) fn longest(&self) -> usize {
        self.needles.iter().map(|needle| needle.bytes.len()).max().unwrap_or(0)
    }
}

fn forms(text: &str) -> Vec<(Form, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let percent = percent_encoded(text);
    let mut all: Vec<(Form, Vec<u8>)> = vec![
        (Form::Utf16, utf16(u16::to_le_bytes)),
        (Form::Utf16, utf16(u16::to_be_bytes)),
        (Form::Percent, percent.replace("%20", "+").into()),
        (Form::Percent, percent.into()),
        (Form::Json, json_escaped(text, true).into()),
        (Form::Json, json_escaped(text, false).into()),
        (Form::Hex, hex::encode(text).into()),
    ];
    for before in 0..3 {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(text.as_bytes());
        // Characters that also depend on what stands before or after are left out.
        let (from, to) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
        for encoded in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
            all.push((Form::Base64, encoded.get(from..to).unwrap_or_default().into()));
        }
    }
    if let Some(bytes) = hex::decode(text).ok().filter(|bytes| bytes.len() >= LEAST_FORM_BYTES) {
        all.push((Form::Bytes, bytes));
    }
    all.retain(|(_, bytes)| bytes.len() >= LEAST_FORM_BYTES);
    all.insert(0, (Form::Text, text.into()));
    all
}

fn percent_encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn json_escaped(text: &str, slashes: bool) -> String {
    let one = |unit: u16| match u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from) {
        Some('/') if slashes => "\\/".to_owned(),
        Some('"') => "\\\"".to_owned(),
        Some('\\') => "\\\\".to_owned(),
        Some('\n') => "\\n".to_owned(),
        Some(plain) => plain.to_string(),
        None => format!("\\u{unit:04x}"),
    };
    text.encode_utf16().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, bytes: &[u8]) -> Vec<Form> {
        let canaries = Canaries::new(&[text.to_owned()]).unwrap();
        let mut forms = Vec::new();
        canaries.find(bytes, |_, form, _| forms.push(form));
        forms.dedup();
        forms
    }

    #[test]
    fn a_text_is_found_however_it_is_written() {
        let name = "José Perón/2";
        assert_eq!(found(name, "it was José Perón/2.".as_bytes()), [Form::Text]);
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(found(name, &utf16), [Form::Utf16]);
        assert_eq!(found(name, b"?q=Jos%C3%A9+Per%c3%b3n%2F2&x"), [Form::Percent]);
        assert_eq!(found(name, b"?q=Jos%C3%A9%20Per%C3%B3n%2F2"), [Form::Percent]);
        assert_eq!(found(name, br#"{"name":"Jos\u00E9 Per\u00f3n\/2"}"#), [Form::Json]);
        assert_eq!(found(name, hex::encode_upper(name).as_bytes()), [Form::Hex]);
        for before in ["", "a", "ab", "abc", "abcd"] {
            let whole = format!("{before}{name} and more");
            let encoded = URL_SAFE_NO_PAD.encode(whole);
            assert_eq!(found(name, encoded.as_bytes()), [Form::Base64], "{before}");
        }
        assert_eq!(found(name, "Jose Peron".as_bytes()), []);
    }

    #[test]
    fn hex_digits_are_also_looked_for_as_bytes() {
        let key = "00112233445566778899aabbccddeeff";
        assert_eq!(found(key, &hex::decode(key).unwrap()), [Form::Bytes]);
        assert_eq!(found(key, key.to_uppercase().as_bytes()), [Form::Text]);
    }

    #[test]
    fn what_would_be_found_everywhere_is_refused() {
        let new = |texts: &[&str]| {
            Canaries::new(&texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>())
        };
        assert!(matches!(new(&["Maria", "Ana"]), Err(ScanError::TooShort { number: 2, .. })));
        assert!(matches!(new(&[]), Err(ScanError::Nothing)));
    }
}
