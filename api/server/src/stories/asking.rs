//! Requests to the server of a story, with the credentials of whoever acts.

use std::collections::BTreeMap;

use convolog_replay::story::{Actor, HostError, Outcome};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

use crate::auth::{ON_BEHALF_OF, WORKSPACE};

/// The administrator's token of every story's server.
pub(super) const ADMIN: &str = "the administrator of a story";

/// A way to ask one server.
pub(super) struct Asking {
    base: String,
    http: reqwest::Client,
    /// Keys that the story made, by their ids.
    keys: BTreeMap<Uuid, String>,
    /// For each workspace, the key through which its people act.
    staff: BTreeMap<Uuid, String>,
}

/// An answer, read whole.
pub(super) struct Reply {
    status: u16,
    headers: HeaderMap,
    /// The body; null if it is no JSON.
    pub(super) body: Value,
}

impl Asking {
    pub(super) fn new(base: String) -> Result<Self, HostError> {
        let http = convolog_reactors::http_client::builder().no_proxy().build().map_err(failed)?;
        Ok(Self { base, http, keys: BTreeMap::new(), staff: BTreeMap::new() })
    }

    /// Later requests of that key use this token.
    pub(super) fn know_key(&mut self, id: Uuid, token: String) {
        self.keys.insert(id, token);
    }

    /// People of this workspace act through a key with this token.
    pub(super) fn know_staff(&mut self, workspace: Uuid, token: String) {
        self.staff.insert(workspace, token);
    }

    /// A request without credentials.
    pub(super) fn plain(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A request of somebody in a workspace (nil: the installation).
    pub(super) fn of(
        &self,
        actor: Actor,
        workspace: Uuid,
        method: Method,
        path: &str,
    ) -> Result<RequestBuilder, HostError> {
        let request = self.plain(method, path);
        let Actor::Named(id) = actor else {
            return Ok(request.bearer_auth(ADMIN).header(WORKSPACE, workspace.to_string()));
        };
        if let Some(token) = self.keys.get(&id) {
            return Ok(request.bearer_auth(token));
        }
        let nobody = || HostError::Unsupported("a person of a workspace that `when` makes".into());
        let token = self.staff.get(&workspace).ok_or_else(nobody)?;
        Ok(request.bearer_auth(token).header(ON_BEHALF_OF, id.to_string()))
    }

    /// Reads as the administrator in a workspace; the answer must be fine.
    pub(super) async fn read(
        &self,
        workspace: Uuid,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Value, HostError> {
        let request = self.of(Actor::Administrator, workspace, Method::GET, path)?;
        let reply = send(request.query(query)).await?;
        if reply.status < 400 {
            return Ok(reply.body);
        }
        let Reply { status, body, .. } = reply;
        Err(HostError::Failed(format!("GET {path} answered {status}: {body}")))
    }
}

/// Sends a request and reads its answer.
pub(super) async fn send(request: RequestBuilder) -> Result<Reply, HostError> {
    let response = request.send().await.map_err(failed)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.map_err(failed)?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Reply { status, headers, body })
}

impl Reply {
    /// What became of a step that was answered so.
    pub(super) fn outcome(self) -> Outcome {
        let Self { status, headers, mut body } = self;
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        if status >= 400 {
            let refused = text("code").unwrap_or_else(|| "no problem document".to_owned());
            let field = text("field");
            return Outcome { refused: Some(refused), field, ..Outcome::ok(status, body) };
        }
        if headers.contains_key("idempotency-replayed")
            && let Some(members) = body.as_object_mut()
        {
            members.insert("repeated".to_owned(), true.into());
        }
        Outcome::ok(status, body)
    }
}

pub(super) fn failed(error: impl std::error::Error) -> HostError {
    HostError::failed(&error)
}
