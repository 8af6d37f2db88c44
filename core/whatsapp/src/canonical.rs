//! The canonical form of an element: what two deliveries of the same thing have in common.
//!
//! Keys sorted, strings in one spelling, numbers literally as sent, and without links that expire. It is
//! hashed (keyed) for the claim that drops the same again; it is never shown and never stored.

use crate::json::{Document, Kind, Value, encode_into};

/// Links of an advertisement that are signed for a time.
const EXPIRING_IN_REFERRAL: [&str; 3] = ["image_url", "video_url", "thumbnail_url"];

/// The canonical form of a JSON text, or `None` if it is not JSON (or nested too deeply).
///
/// Left out: `url` beside `mime_type` or `sha256` (media, valid for five minutes), and the image, video and
/// thumbnail links of a `referral`. Everything else counts, unknown fields included.
pub fn canonical_json(text: &str) -> Option<String> {
    let document = Document::read(text).ok()?;
    let mut out = String::with_capacity(text.len());
    write_canonical(&mut out, document.root(), false);
    Some(out)
}

/// Appends the canonical form of `value`. Recursion is bounded by the depth that was read.
pub(crate) fn write_canonical(out: &mut String, value: Value<'_>, in_referral: bool) {
    match value.kind() {
        Kind::Object => write_object(out, value, in_referral),
        Kind::Array => {
            out.push('[');
            for (index, element) in value.elements().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(out, element, in_referral);
            }
            out.push(']');
        }
        Kind::String | Kind::Key => encode_into(out, &value.string().unwrap_or_default()),
        Kind::Number | Kind::Bool | Kind::Null => out.push_str(value.raw()),
    }
}

fn write_object(out: &mut String, value: Value<'_>, in_referral: bool) {
    let mut members: Vec<_> =
        value.members().map(|(key, member)| (key.string().unwrap_or_default(), member)).collect();
    let is_media = members.iter().any(|(key, _)| key == "mime_type" || key == "sha256");
    members.retain(|(key, _)| {
        let expires =
            is_media && key == "url" || in_referral && EXPIRING_IN_REFERRAL.contains(&key.as_ref());
        !expires
    });
    // Stable: repeated keys keep the order in which they were sent.
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    out.push('{');
    for (index, (key, member)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        encode_into(out, key);
        out.push(':');
        write_canonical(out, *member, key == "referral");
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        canonical_json(a).unwrap() == canonical_json(b).unwrap()
    }

    #[test]
    fn order_space_and_escapes_do_not_count() {
        assert!(same(r#"{"b":1,"a":"\u00e4\/"}"#, "{ \"a\" : \"ä/\",\n \"b\":1 }"));
        assert!(same(r#"{"\u0061":[{"y":null,"x":true}]}"#, r#"{"a":[{"x":true,"y":null}]}"#));
    }

    #[test]
    fn content_counts() {
        assert!(!same(r#"{"a":1}"#, r#"{"a":1.0}"#));
        assert!(!same(r#"{"a":9007199254740993}"#, r#"{"a":9007199254740992}"#));
        assert!(!same(r#"{"a":"1"}"#, r#"{"a":1}"#));
        assert!(!same("[1,2]", "[2,1]"));
        assert!(!same(r#"{"a":1,"a":2}"#, r#"{"a":2,"a":1}"#));
    }

    #[test]
    fn only_expiring_links_are_left_out() {
        assert!(same(
            r#"{"image":{"id":"1","mime_type":"image/jpeg","url":"https://a.example/1"}}"#,
            r#"{"image":{"id":"1","mime_type":"image/jpeg"}}"#
        ));
        assert!(same(
            r#"{"referral":{"source_id":"1","image_url":"https://a.example/1?oe=1"}}"#,
            r#"{"referral":{"source_id":"1","image_url":"https://a.example/1?oe=2"}}"#
        ));
        assert!(!same(
            r#"{"location":{"latitude":1,"url":"https://a.example/1"}}"#,
            r#"{"location":{"latitude":1}}"#
        ));
        assert!(!same(r#"{"referral":{"source_url":"a"}}"#, r#"{"referral":{"source_url":"b"}}"#));
    }

    #[test]
    fn no_json_has_no_form() {
        assert_eq!(canonical_json("{"), None);
        assert_eq!(canonical_json(""), None);
        assert_eq!(canonical_json("{} {}"), None);
    }
}
