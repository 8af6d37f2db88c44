//! Bytes as text: by what the sender or the file itself says, else UTF-8, else Windows-1252.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its own word about its characters is looked for.
const DECLARED_WITHIN: usize = 1_024;

/// The text; none if it is no text: it holds characters that no text holds.
pub(crate) fn decode(bytes: &[u8], said: Option<&str>) -> Option<String> {
    let text = decode_leniently(bytes, said);
    (!text.contains('\0')).then_some(text)
}

/// The text, whatever it is.
pub(crate) fn decode_leniently(bytes: &[u8], said: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let said = said.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = said.or_else(|| declared(bytes)) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        if !wrong || encoding != UTF_8 {
            return text.into_owned();
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Cut in the middle of a character at its end, or not UTF-8 at all.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// `charset=…` near the front of a page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let front = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let front = String::from_utf8_lossy(front).to_ascii_lowercase();
    let at = front.find("charset")?;
    let rest = front.get(at + "charset".len()..)?.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_by_what_is_said_of_it() {
        let hebrew = [0xf9, 0xec, 0xe5, 0xed];
        assert_eq!(decode(&hebrew, Some("windows-1255")).unwrap(), "שלום");
        let page = [b"<meta charset=\"windows-1255\">".as_slice(), &hebrew].concat();
        assert!(decode(&page, None).unwrap().ends_with("שלום"));
        assert_eq!(decode(b"caf\xe9 caf\xe9", None).unwrap(), "café café");
        assert_eq!(decode("\u{feff}é".as_bytes(), None).unwrap(), "é");
        assert_eq!(decode(&[0xff, 0xfe, 0xd0, 0x05], None).unwrap(), "א");
        assert_eq!(decode(b"\x00\x01binary", None), None);
    }
}
