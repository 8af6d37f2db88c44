//! Endpoints that will go away, and how callers are told.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Something that will go away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deprecated {
    /// Since when nobody should begin to use it (seconds since 1970).
    pub since: i64,
    /// What to use instead: an address.
    pub instead: &'static str,
}

impl Deprecated {
    /// Tells a caller: `Deprecation` (RFC 9745) and where to go.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let since = format!("@{}", self.since);
        let link = format!("<{}>; rel=\"successor-version\"", self.instead);
        for (name, value) in [(HeaderName::from_static("deprecation"), since), (header::LINK, link)]
        {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_go_away_says_so_and_where_to_go() {
        let mut headers = HeaderMap::new();
        let instead = "/convoai/api/v2/me/";
        Deprecated { since: 1_798_761_600, instead }.tell(&mut headers);
        assert_eq!(headers["deprecation"], "@1798761600");
        assert_eq!(headers["link"], "</convoai/api/v2/me/>; rel=\"successor-version\"");
    }
}
