//! The platform as a channel reaches it: its address, its version, its token; and what its answers
//! mean.
//!
//! Every call goes through the guard of outgoing requests, has a time limit, and reads no more than
//! it is told to. Only a clear yes is a yes, only a clear no is a no; anything else (no answer, half
//! of one, a failure on the platform's side) is open: it may have done what was asked or not.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{Sensitive, WorkspaceId, channel::ChannelConnected, meta_app::MetaApp};
use convolog_engine::{Engine, EngineError};
use reqwest::{Method, RequestBuilder, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::outgoing::OutgoingGuard;

/// How long the platform may take to answer.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take to be reached.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The field that a refused address is reported for.
const FIELD: &str = "graph_url";
/// The largest answer that is read to a question: a page of templates.
const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The largest answer that is read to anything else.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// The platform, as a channel reaches it.
#[derive(Clone)]
pub(crate) struct Platform {
    base: Url,
    phone_number_id: String,
    token: Arc<SecretString>,
}

/// What it answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Said<T = Value> {
    /// It did, and this is its answer.
    Yes(T),
    /// It did not.
    No(Refused),
    /// Nothing that could be understood: it may have done it or not.
    Nothing,
}

/// A clear no.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Refused {
    /// The HTTP status; none if it could not be reached.
    pub(crate) http_status: Option<u16>,
    /// Its error code, if it gave one.
    pub(crate) code: Option<i64>,
    /// For how many seconds it asked to wait.
    pub(crate) retry_after: Option<i64>,
    /// Its words.
    pub(crate) words: Option<Sensitive>,
}

#[derive(Deserialize)]
struct Failed {
    error: GraphError,
}

#[derive(Deserialize)]
struct GraphError {
    code: i64,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    error_user_msg: Option<String>,
    #[serde(default)]
    error_data: Option<ErrorData>,
}

#[derive(Deserialize)]
struct ErrorData {
    #[serde(default)]
    details: Option<String>,
}

impl<T> Said<T> {
    /// What a yes says; one that does not say it says nothing.
    pub(crate) fn saying<S>(self, read: impl FnOnce(T) -> Option<S>) -> Said<S> {
        match self {
            Self::Yes(answer) => read(answer).map_or(Said::Nothing, Said::Yes),
            Self::No(refused) => Said::No(refused),
            Self::Nothing => Said::Nothing,
        }
    }
}

impl Platform {
    /// The platform through a channel; none if the channel has no token, or its app no version.
    pub(crate) fn through(
        engine: &Engine,
        workspace: WorkspaceId,
        channel: &ChannelConnected,
    ) -> Result<Option<Self>, EngineError> {
        let owner = if channel.installation_app { WorkspaceId::INSTALLATION } else { workspace };
        let app = engine.load::<MetaApp>(owner, channel.app.0)?.state;
        let token = channel.access_token.as_ref();
        let token = token.and_then(|token| engine.vault().secret(workspace.0, token.id.0));
        let (Some(version), Some(token), Ok(mut base)) =
            (app.graph_version.as_deref(), token, Url::parse(&channel.graph_url))
        else {
            return Ok(None);
        };
        if let Ok(mut path) = base.path_segments_mut() {
            path.pop_if_empty().push(version);
        }
        Ok(Some(Self { base, phone_number_id: channel.phone_number_id.clone(), token }))
    }

    /// The address of something there.
    pub(crate) fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The address of something of the number itself.
    pub(crate) fn of_number(&self, what: &str) -> Url {
        self.url(&[&self.phone_number_id, what], &[])
    }

    /// Whether an address is one of the platform's own host.
    pub(crate) fn is_at(&self, url: &Url) -> bool {
        url.scheme() == self.base.scheme()
            && url.host_str() == self.base.host_str()
            && url.port_or_known_default() == self.base.port_or_known_default()
    }

    /// A request with the number's token.
    pub(crate) fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.bearer_auth(self.token.expose_secret())
    }

    /// Calls it.
    pub(crate) async fn call(
        &self,
        guard: &OutgoingGuard,
        method: Method,
        url: Url,
        body: Option<&Value>,
    ) -> Said {
        self.call_with(guard, (method, url), TIMEOUT, |request| match body {
            Some(body) => request
                .header("content-type", "application/json")
                .body(serde_json::to_vec(body).unwrap_or_default()),
            None => request,
        })
        .await
    }

    /// Calls it with a request that somebody else fills, and waits so long for the end of its answer.
    pub(crate) async fn call_with(
        &self,
        guard: &OutgoingGuard,
        (method, url): (Method, Url),
        patience: Duration,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder + Send,
    ) -> Said {
        let unreached = Said::No(Refused::default());
        let most = if method == Method::GET { PAGE_BYTES_MAX } else { ANSWER_BYTES_MAX };
        let Ok(destination) = guard.resolve(FIELD, url).await else { return unreached };
        let client = destination.client().timeout(patience).connect_timeout(CONNECT_TIMEOUT);
        let Ok(client) = client.build() else { return unreached };
        let request = self.signed(client.request(method, destination.url));
        match fill(request).send().await {
            Ok(response) => understand(response, most).await,
            // Nothing left this machine.
            Err(error) if error.is_connect() || error.is_builder() => unreached,
            Err(_) => Said::Nothing,
        }
    }
}

async fn understand(mut response: reqwest::Response, most: usize) -> Said {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    while body.len() <= most {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return read(status, retry_after, &body),
            Err(_) => return Said::Nothing,
        }
    }
    Said::Nothing
}

/// What an answer of this status, with this body, means.
fn read(status: u16, retry_after: Option<i64>, body: &[u8]) -> Said {
    if (200..300).contains(&status) {
        return serde_json::from_slice(body).map_or(Said::Nothing, Said::Yes);
    }
    let error = serde_json::from_slice::<Failed>(body).ok().map(|failed| failed.error);
    // A failure on its side may have come before or after it did what was asked; that it is busy is
    // said before.
    let failed = status >= 500 && !(status == 503 && error.is_some());
    if failed || !(400..600).contains(&status) {
        return Said::Nothing;
    }
    let code = error.as_ref().map(|error| error.code);
    let words = error.and_then(|error| {
        let details = error.error_data.and_then(|data| data.details);
        error.error_user_msg.or(details).or(error.message)
    });
    let words = words.map(Into::into);
    Said::No(Refused { http_status: Some(status), code, retry_after, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(http_status: u16, code: Option<i64>, words: Option<&str>) -> Said {
        let words = words.map(Into::into);
        Said::No(Refused { http_status: Some(http_status), code, retry_after: None, words })
    }

    #[test]
    fn only_what_is_clear_is_a_yes() {
        assert!(matches!(read(200, None, b"{\"id\":\"1\"}"), Said::Yes(_)));
        assert_eq!(read(200, None, b"<html>"), Said::Nothing);
        let id = |answer: Value| answer.get("id")?.as_str().map(str::to_owned);
        assert_eq!(read(200, None, b"{\"id\":\"1\"}").saying(id), Said::Yes("1".to_owned()));
        assert_eq!(read(200, None, b"{}").saying(id), Said::Nothing);
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
        let body = b"{\"error\":{\"code\":100,\"message\":\"m\",\"error_user_msg\":\"u\"}}";
        assert_eq!(read(400, None, body), no(400, Some(100), Some("u")));
        let Said::No(refused) = read(400, Some(3), body) else { panic!("it is a no") };
        assert_eq!(refused.retry_after, Some(3));
    }
}
