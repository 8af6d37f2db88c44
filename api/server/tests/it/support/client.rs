//! A small client whose requests are awaited as they are built.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// Calls one server with one token.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// A request in the making.
pub(crate) struct Request(reqwest::RequestBuilder);

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Client {
    pub(crate) fn new(base: String, token: Option<&str>) -> Self {
        let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
        Self { http, base, token: token.map(str::to_owned) }
    }

    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The token.
    #[track_caller]
    pub(crate) fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// The same token at another's server.
    pub(crate) fn at(&self, other: &Self) -> Self {
        Self { token: self.token.clone(), ..other.clone() }
    }

    pub(crate) fn without_token(&self) -> Self {
        Self { token: None, ..self.clone() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> Request {
        let request = self.http.request(method, format!("{}{path}", self.base));
        Request(match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }

    pub(crate) fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    pub(crate) fn patch(&self, path: &str) -> Request {
        self.request(Method::PATCH, path)
    }

    pub(crate) fn delete(&self, path: &str) -> Request {
        self.request(Method::DELETE, path)
    }
}

impl Request {
    pub(crate) fn json(self, body: &Value) -> Self {
        Self(self.0.header("content-type", "application/json").body(body.to_string()))
    }

    pub(crate) fn body(self, body: impl Into<reqwest::Body>) -> Self {
        Self(self.0.body(body))
    }

    pub(crate) fn header(self, name: &str, value: impl AsRef<str>) -> Self {
        Self(self.0.header(name, value.as_ref()))
    }

    /// The answer as it comes, for streams.
    pub(crate) async fn open(self) -> reqwest::Response {
        self.0.send().await.unwrap()
    }
}

impl IntoFuture for Request {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let response = self.open().await;
            Reply {
                status: response.status().as_u16(),
                headers: response.headers().clone(),
                text: response.text().await.unwrap(),
            }
        })
    }
}

impl Reply {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The body as JSON, if the status is this one.
    #[track_caller]
    pub(crate) fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// The problem, if it has this status and code.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/docs/errors#{code}"));
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The position of a command.
    #[track_caller]
    pub(crate) fn position(&self) -> u64 {
        self.header("convolog-position").parse().unwrap()
    }
}
