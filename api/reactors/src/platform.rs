//! The platform's management API as a channel reaches it: its address, its version, its token.
//!
//! Every call goes through the guard of outgoing requests, has a time limit, and reads no more than
//! it is told to. Only a clear yes is a yes, only a clear no is a no; anything else is open.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{Sensitive, WorkspaceId, channel::ChannelConnected, meta_app::MetaApp};
use convolog_engine::{Engine, EngineError};
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::outgoing::OutgoingGuard;

/// How long the platform may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take to be reached.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The field that a refused address is reported for.
const FIELD: &str = "graph_url";
/// The largest answer that is read: a page of templates.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The platform, as a channel reaches it.
#[derive(Clone)]
pub(crate) struct Platform {
    base: Url,
    token: Arc<SecretString>,
}

/// What it answered.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// It did, and this is its answer.
    Yes(Value),
    /// It did not.
    No(Refused),
    /// Nothing that could be understood: it may have done it or not.
    Nothing,
}

/// A clear no.
#[derive(Clone, Debug, Default)]
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
        Ok(Some(Self { base, token }))
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

    /// Calls it.
    pub(crate) async fn call(
        &self,
        guard: &OutgoingGuard,
        method: Method,
        url: Url,
        body: Option<&Value>,
    ) -> Said {
        let unreached = Said::No(Refused::default());
        let Ok(destination) = guard.resolve(FIELD, url).await else { return unreached };
        let client = destination.client().timeout(TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
        let Ok(client) = client.build() else { return unreached };
        let mut request =
            client.request(method, destination.url).bearer_auth(self.token.expose_secret());
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(serde_json::to_vec(body).unwrap_or_default());
        }
        match request.send().await {
            Ok(response) => understand(response).await,
            // Nothing left this machine.
            Err(error) if error.is_connect() || error.is_builder() => unreached,
            Err(_) => Said::Nothing,
        }
    }
}

async fn understand(mut response: reqwest::Response) -> Said {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    while body.len() <= ANSWER_BYTES_MAX {
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
    let words = error.and_then(|error| error.error_user_msg.or(error.message)).map(Into::into);
    Said::No(Refused { http_status: Some(status), code, retry_after, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_clear_is_clear() {
        assert!(matches!(read(200, None, b"{\"id\":\"1\"}"), Said::Yes(_)));
        assert!(matches!(read(200, None, b"<html>"), Said::Nothing));
        assert!(matches!(read(500, None, b"{\"error\":{\"code\":1}}"), Said::Nothing));
        let body = b"{\"error\":{\"code\":100,\"message\":\"m\",\"error_user_msg\":\"u\"}}";
        let Said::No(refused) = read(400, Some(3), body) else { panic!("it is a no") };
        let Refused { http_status, code, retry_after, words } = refused;
        assert_eq!((http_status, code, retry_after), (Some(400), Some(100), Some(3)));
        assert_eq!(words, Some("u".into()));
    }
}
