//! A web page that may call the API from a browser.

use std::str::FromStr;

use axum::http::{HeaderValue, Uri};

/// An origin (scheme, host, port), or any.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Every page there is.
    Any,
    /// Pages of this origin, as browsers write it.
    Only(HeaderValue),
}

/// What is no origin.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "an origin is a scheme and a host, such as https://app.example.com or http://localhost:3000, without a path; or * for any"
)]
pub struct NoOrigin;

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let text = text.trim();
        if text == "*" {
            return Ok(Self::Any);
        }
        let uri: Uri = text.parse().map_err(|_| NoOrigin)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(NoOrigin);
        };
        // Browsers send lower case and neither path nor user: anything else would never match.
        let plain = format!("{scheme}://{authority}");
        if plain != text || text != text.to_lowercase() || authority.as_str().contains('@') {
            return Err(NoOrigin);
        }
        HeaderValue::from_str(text).map(Self::Only).map_err(|_| NoOrigin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        assert_eq!("*".parse(), Ok(Origin::Any));
        for text in ["https://app.example.com", "http://localhost:3000"] {
            assert_eq!(text.parse(), Ok(Origin::Only(HeaderValue::from_static(text))));
        }
        for text in [
            "",
            "app.example.com",
            "https://a.example/",
            "https://u@a.example",
            "https://A.example",
            "null",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NoOrigin), "{text}");
        }
    }
}
