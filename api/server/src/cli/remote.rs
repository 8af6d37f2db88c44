//! Asking a server that runs, with a key or the administrator's token.

use std::time::Duration;

use convolog_domain::WorkspaceId;
use reqwest::{Method, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::outcome::Failure;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// A server and what opens it.
pub(crate) struct Remote {
    base: Url,
    token: SecretString,
    workspace: Option<WorkspaceId>,
    http: reqwest::Client,
    patience: Option<Duration>,
}

impl Remote {
    /// The server at `url`.
    pub(crate) fn new(url: &str, token: SecretString) -> Result<Self, Failure> {
        let base = Url::parse(url)
            .ok()
            .filter(|base| matches!(base.scheme(), "http" | "https") && base.has_host())
            .ok_or_else(|| Failure::usage(format!("{url} is no address of a server")))
            .map_err(|wrong| wrong.hint("give one like http://127.0.0.1:8080"))?;
        let http = convolog_reactors::http_client::builder().build()?;
        Ok(Self { base, token, workspace: None, http, patience: Some(PATIENCE) })
    }

    /// As the administrator in a workspace.
    pub(crate) fn within(self, workspace: WorkspaceId) -> Self {
        Self { workspace: Some(workspace), ..self }
    }

    /// Waiting for answers as long as it takes.
    pub(crate) fn patiently(self) -> Self {
        Self { patience: None, ..self }
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Failure> {
        self.ask(Method::GET, path, query, None).await
    }

    /// Orders.
    pub(crate) async fn post(&self, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        self.ask(Method::POST, path, &[], body).await
    }

    /// Takes away.
    pub(crate) async fn delete(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Value, Failure> {
        self.ask(Method::DELETE, path, query, None).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let url = self.base.join(path)?;
        let mut request = self.http.request(method, url).query(query);
        request = request.bearer_auth(self.token.expose_secret());
        if let Some(workspace) = self.workspace {
            request = request.header("Convolog-Workspace", workspace.to_string());
        }
        if let Some(patience) = self.patience {
            request = request.timeout(patience);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(|error| self.unreachable(error))?;
        let status = answer.status();
        let text = answer.text().await?;
        let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(value);
        }
        let said = ["detail", "title"].into_iter().find_map(|key| value.get(key)?.as_str());
        let said = said.unwrap_or("the answer was no problem document; is this a Convolog server?");
        let failure = Failure::found(format!("the server refused ({status}): {said}"));
        Err(match status.as_u16() {
            401 => failure.hint("check the key or the administrator's token"),
            404 => failure.hint("check the id; a key sees its own workspace only"),
            _ => failure,
        })
    }

    fn unreachable(&self, error: reqwest::Error) -> Failure {
        let failure = Failure::from(error.without_url());
        failure.hint(format!("is a server running at {}?", self.base))
    }
}
