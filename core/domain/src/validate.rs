//! Checks that several commands share. Each gives the value as it will be recorded, or a refusal
//! that names the field. No refusal repeats the value: it may be personal.

use std::ops::RangeInclusive;

use crate::hash::Sensitive;
use crate::limits::{
    DOCUMENT_TITLE_CHARS_MAX, GRAPH_URL_CHARS_MAX, NAME_CHARS_MAX, REASON_CHARS_MAX, TAG_CHARS_MAX,
    WEB_ADDRESS_CHARS_MAX,
};
use crate::refusal::Refusal;

/// A name that people read: trimmed, 1 to [`NAME_CHARS_MAX`] characters, on one line.
pub(crate) fn name(field: &'static str, value: &str) -> Result<String, Refusal> {
    line(field, value, NAME_CHARS_MAX)
}

/// What people call a document: as [`line()`], 1 to [`DOCUMENT_TITLE_CHARS_MAX`] characters.
pub(crate) fn title(field: &'static str, value: &Sensitive) -> Result<String, Refusal> {
    line(field, value.expose(), DOCUMENT_TITLE_CHARS_MAX)
}

/// A reason that people read: trimmed, 1 to [`REASON_CHARS_MAX`] characters, on one line.
pub(crate) fn reason(field: &'static str, value: &str) -> Result<String, Refusal> {
    line(field, value, REASON_CHARS_MAX)
}

/// One line of text: trimmed, 1 to `chars_max` characters, no control characters.
pub(crate) fn line(field: &'static str, value: &str, chars_max: usize) -> Result<String, Refusal> {
    let value = value.trim();
    let length = value.chars().count();
    if !(1..=chars_max).contains(&length) {
        return Err(Refusal::field(field, format!("needs 1 to {chars_max} characters")));
    }
    if value.chars().any(char::is_control) {
        return Err(Refusal::field(field, "must be one line without control characters"));
    }
    Ok(value.to_owned())
}

/// A tag: trimmed, in lower case, 1 to [`TAG_CHARS_MAX`] letters, digits and `-_.:/`, in any script.
pub(crate) fn tag(field: &'static str, value: &str) -> Result<String, Refusal> {
    let tag = value.trim().to_lowercase();
    let plain = tag.chars().all(|c| c.is_alphanumeric() || "-_.:/".contains(c));
    if plain && (1..=TAG_CHARS_MAX).contains(&tag.chars().count()) {
        return Ok(tag);
    }
    Err(Refusal::field(
        field,
        format!("a tag is 1 to {TAG_CHARS_MAX} letters, digits and -_.:/ without spaces"),
    ))
}

/// A word of a kind, such as `instagram_ad`: lower-case letters, digits, underscores and hyphens, a
/// letter first. It stands in the clear, so it must not be able to hold what people write.
pub(crate) fn slug(field: &'static str, value: &str, chars_max: usize) -> Result<String, Refusal> {
    let begins = value.bytes().next().is_some_and(|c| c.is_ascii_lowercase());
    let plain =
        value.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"_-".contains(&c));
    if begins && plain && value.len() <= chars_max {
        return Ok(value.to_owned());
    }
    Err(Refusal::field(
        field,
        format!(
            "must be a word of at most {chars_max} lower-case letters, digits, underscores and \
             hyphens, beginning with a letter"
        ),
    ))
}

/// A short code: letters, digits and the signs that stand in languages and time zones.
pub(crate) fn code(
    field: &'static str,
    value: Option<&str>,
    chars_max: usize,
) -> Result<(), Refusal> {
    let Some(value) = value else { return Ok(()) };
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_+/".contains(&byte));
    if plain && (1..=chars_max).contains(&value.len()) {
        return Ok(());
    }
    Err(Refusal::field(field, format!("needs 1 to {chars_max} letters, digits and -_+/")))
}

/// A text of people's own: kept as it is, not blank, at most `chars_max` characters.
pub(crate) fn text(
    field: &'static str,
    value: Sensitive,
    chars_max: usize,
) -> Result<Sensitive, Refusal> {
    let text = value.expose();
    if text.trim().is_empty() || text.chars().count() > chars_max {
        let detail = format!("needs 1 to {chars_max} characters that are not all blank");
        return Err(Refusal::field(field, detail));
    }
    Ok(value)
}

/// The type of a file as it may stand in the clear: `type/subtype` in lower case, without parameters;
/// anything else is any file.
pub(crate) fn mime_type(value: &str) -> String {
    let named = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let token = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-+._".contains(c);
        (1..=80).contains(&part.len()) && part.chars().all(plain)
    };
    match named.split_once('/') {
        Some((kind, subtype)) if token(kind) && token(subtype) => named,
        _ => "application/octet-stream".to_owned(),
    }
}

/// One value of a closed list.
pub(crate) fn one_of(
    field: &'static str,
    value: &str,
    allowed: &[&str],
) -> Result<String, Refusal> {
    if allowed.contains(&value) {
        return Ok(value.to_owned());
    }
    Err(Refusal::field(field, format!("must be one of {}", allowed.join(", ")))
        .allowing(allowed.iter().copied()))
}

/// ASCII digits and nothing else, as many as `count` allows.
pub(crate) fn digits(
    field: &'static str,
    value: &str,
    count: RangeInclusive<usize>,
) -> Result<String, Refusal> {
    if count.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(value.to_owned());
    }
    let (min, max) = count.into_inner();
    Err(Refusal::field(field, format!("must be {min} to {max} digits and nothing else")))
}

/// The address of a platform's API: `https://host[:port][/path]`, or `http://` where the caller
/// allows it. No user name (it would put a secret into the log), no query, no fragment. Whether the
/// host may be reached at all is for the guard of outgoing requests to say, not for this check.
pub(crate) fn api_address(
    field: &'static str,
    value: &str,
    plain_http_allowed: bool,
) -> Result<String, Refusal> {
    let rest = after_scheme(field, value, plain_http_allowed)?;
    let authority = rest.split('/').next().unwrap_or_default();
    let host_is_there = authority.bytes().next().is_some_and(|byte| byte != b':');
    let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"@?#\\\"<>".contains(&byte));
    if !host_is_there || !plain || value.len() > GRAPH_URL_CHARS_MAX {
        return Err(Refusal::field(
            field,
            format!(
                "must be https://host[:port][/path] of at most {GRAPH_URL_CHARS_MAX} characters, \
                 without user name, query or fragment"
            ),
        ));
    }
    Ok(value.to_owned())
}

/// What follows `https://`, or `http://` where the caller allows it.
fn after_scheme<'a>(
    field: &'static str,
    value: &'a str,
    plain_http_allowed: bool,
) -> Result<&'a str, Refusal> {
    match (value.strip_prefix("https://"), value.strip_prefix("http://")) {
        (Some(rest), _) => Ok(rest),
        (None, Some(rest)) if plain_http_allowed => Ok(rest),
        _ => Err(Refusal::field(field, "must begin with https://")),
    }
}

/// The address of a subscriber: `https://host[:port]/path?query`, or `http://` where the caller
/// allows it. No user name. Gives the host and port. Whether the host may be reached at all is for
/// the guard of outgoing requests to say.
pub(crate) fn web_address(
    field: &'static str,
    value: &str,
    plain_http_allowed: bool,
) -> Result<String, Refusal> {
    let rest = after_scheme(field, value, plain_http_allowed)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>#".contains(&byte));
    let named = !host.is_empty() && !host.starts_with(':') && !host.contains('@');
    if named && plain && value.len() <= WEB_ADDRESS_CHARS_MAX {
        return Ok(host.to_ascii_lowercase());
    }
    Err(Refusal::field(
        field,
        format!(
            "must be https://host[:port]/path?query of at most {WEB_ADDRESS_CHARS_MAX} characters, \
             without user name or fragment"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_counted_in_characters() {
        assert_eq!(name("name", "  Café ☕ ").unwrap(), "Café ☕");
        assert_eq!(name("name", &"é".repeat(NAME_CHARS_MAX)).unwrap().chars().count(), 100);
        for bad in ["", "   ", "two\nlines", &"é".repeat(NAME_CHARS_MAX + 1)] {
            assert_eq!(name("name", bad).unwrap_err().field, Some("name"));
        }
    }

    #[test]
    fn digits_are_ascii_and_as_many_as_allowed() {
        assert!(digits("id", "12345", 5..=20).is_ok());
        for bad in ["", "1234", "12345a", "+12345", "١٢٣٤٥", &"1".repeat(21)] {
            assert!(digits("id", bad, 5..=20).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_closed_list_says_what_it_allows() {
        let refusal = one_of("plan", "gold", &["free", "pro"]).unwrap_err();
        assert_eq!(refusal.allowed, ["free", "pro"]);
    }

    #[test]
    fn plain_http_needs_permission_and_secrets_in_addresses_are_refused() {
        for good in ["https://graph.example.com", "https://h:8443/v1/x"] {
            assert!(api_address("graph_url", good, false).is_ok(), "{good}");
        }
        assert!(api_address("graph_url", "http://127.0.0.1:9", true).is_ok());
        for bad in [
            "http://127.0.0.1:9",
            "https://",
            "https:///path",
            "https://:443",
            "https://user:secret@host",
            "https://host/?token=1",
            "https://host/#x",
            "https://ho st",
            "ftp://host",
            "graph.example.com",
        ] {
            assert!(api_address("graph_url", bad, false).is_err(), "{bad}");
        }
    }
}
