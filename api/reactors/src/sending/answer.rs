//! What the platform's answer to a message means.
//!
//! Only a clear yes is a yes, only a clear no is a no. Anything else (no answer, half of one, a
//! failure on the platform's side) leaves open whether it has the message, and is never a reason to
//! send it again.

use convolog_domain::{Sensitive, StatusContent};
use serde::Deserialize;

/// The largest answer that is read.
pub(super) const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// It has the message, under this id.
    Yes(Sensitive),
    /// It did not take it.
    No {
        /// The HTTP status; none if it could not be reached.
        http_status: Option<u16>,
        /// Its error code, if it gave one.
        code: Option<i64>,
        /// For how many seconds it asked to wait.
        retry_after: Option<i64>,
        /// Its words.
        words: Option<Sensitive>,
    },
    /// Nothing that could be understood.
    Nothing,
}

impl Said {
    /// What is sealed of it.
    pub(super) fn sealed(&self) -> StatusContent {
        match self {
            Self::Yes(id) => {
                StatusContent { platform_id: Some(id.clone()), ..StatusContent::default() }
            }
            Self::No { words, .. } => {
                StatusContent { error_details: words.clone(), ..StatusContent::default() }
            }
            Self::Nothing => StatusContent::default(),
        }
    }
}

#[derive(Deserialize)]
struct Accepted {
    messages: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Refused {
    error: GraphError,
}

#[derive(Deserialize)]
struct GraphError {
    code: i64,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    error_data: Option<ErrorData>,
}

#[derive(Deserialize)]
struct ErrorData {
    #[serde(default)]
    details: Option<String>,
}

/// What an answer of this status, with this body, means.
pub(super) fn read(status: u16, retry_after: Option<i64>, body: &[u8]) -> Said {
    if (200..300).contains(&status) {
        let id = serde_json::from_slice::<Accepted>(body)
            .ok()
            .and_then(|accepted| accepted.messages.into_iter().next().map(|message| message.id));
        return id.filter(|id| !id.is_empty()).map_or(Said::Nothing, |id| Said::Yes(id.into()));
    }
    let error = serde_json::from_slice::<Refused>(body).ok().map(|refused| refused.error);
    // A failure on its side may have come before or after it took the message; that it is busy is
    // said before.
    let failed = status >= 500 && !(status == 503 && error.is_some());
    if failed || !(400..600).contains(&status) {
        return Said::Nothing;
    }
    let code = error.as_ref().map(|error| error.code);
    let words =
        error.and_then(|error| error.error_data.and_then(|data| data.details).or(error.message));
    Said::No { http_status: Some(status), code, retry_after, words: words.map(Into::into) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(http_status: u16, code: Option<i64>, words: Option<&str>) -> Said {
        let words = words.map(Into::into);
        Said::No { http_status: Some(http_status), code, retry_after: None, words }
    }

    #[test]
    fn a_yes_names_the_message() {
        let body = br#"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.A","message_status":"accepted"}]}"#;
        assert_eq!(read(200, None, body), Said::Yes("wamid.A".into()));
        for half in [&b"{}"[..], b"", b"{\"messages\":[]}", b"{\"messages\":[{\"id\":\"\"}]}"] {
            assert_eq!(read(200, None, half), Said::Nothing);
        }
    }

    #[test]
    fn a_no_is_a_no_only_if_it_is_clear() {
        let body = br#"{"error":{"message":"(#131047) Re-engagement message","code":131047,"error_data":{"details":"More than 24 hours"}}}"#;
        assert_eq!(read(400, None, body), no(400, Some(131_047), Some("More than 24 hours")));
        assert_eq!(read(503, None, body), no(503, Some(131_047), Some("More than 24 hours")));
        assert_eq!(read(404, None, b"not found"), no(404, None, None));
        for status in [500, 502, 504, 302, 199] {
            assert_eq!(read(status, None, body), Said::Nothing, "{status}");
        }
        assert_eq!(read(503, None, b"<html>"), Said::Nothing);
    }
}
