//! Entity tags: weak, made from the answer itself, so that a rename or an erasure elsewhere that
//! shows in an answer changes its tag too. They protect nothing, so a quick hash makes them: SHA-256
//! took longer over a page than writing it.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use xxhash_rust::xxh3::xxh3_128;

/// Adds the tag; if the caller has this very answer already, says only that.
pub(crate) async fn tag(response: Response, if_none_match: Option<&HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    // The content is in memory already: this copies nothing and cannot fail.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let tag = format!("W/\"{:032x}\"", xxh3_128(&bytes));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    parts.headers.append(header::VARY, HeaderValue::from_static("Authorization"));
    if if_none_match.is_some_and(|given| matches(given, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Weak comparison (RFC 9110, section 8.8.3.2) with each tag of the list.
fn matches(given: &HeaderValue, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.to_str().is_ok_and(|list| {
        list.trim() == "*" || list.split(',').any(|candidate| opaque(candidate) == opaque(tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_compare_weakly_in_lists() {
        for (given, fits) in [
            ("W/\"a\"", true),
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("W/\"b\"", false),
            ("a", false),
        ] {
            assert_eq!(matches(&HeaderValue::from_static(given), "W/\"a\""), fits, "{given}");
        }
    }
}
