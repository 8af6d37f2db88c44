//! What a failed request is told: problem+json (RFC 9457) with a stable code.
//!
//! Owns the shape of every error answer. Never holds personal data, secrets, or the words of an
//! inner error: those go to the log under the request id.

mod code;
mod from_engine;

use crate::text::add;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use code::Code;

use crate::surfaces::{Refused, Surface};

/// An error answer before it is written.
#[derive(Clone, Debug)]
pub struct Problem {
    code: Code,
    detail: String,
    field: Option<Box<str>>,
    allowed: Vec<String>,
    more: Option<Box<More>>,
    retry_after_seconds: Option<u64>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What few problems say.
#[derive(Clone, Debug, Default)]
struct More {
    limit: Option<LimitBody>,
    other: Option<OtherBody>,
}

/// A failed request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemBody {
    /// Where the code is explained: a path of this server.
    #[serde(rename = "type")]
    pub kind: String,
    /// What went wrong, the same words for the same code.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What went wrong this time and what would help.
    pub detail: String,
    /// The stable code: branch on this.
    pub code: String,
    /// Names this request in the server's log.
    pub request_id: Uuid,
    /// The member, parameter or header at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What would be taken instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// The limit of the plan that was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitBody>,
    /// What stands in the way: read it, or deal with it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherBody>,
}

/// A limit of the plan that was reached.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LimitReached")]
pub struct LimitBody {
    /// Which one: its name in `/v1/limits`.
    pub name: String,
    /// How many there are.
    pub used: u64,
    /// How many there may be.
    pub allowed: u64,
    /// When it counts from nothing again; null if waiting does not help.
    pub resets_at: Option<String>,
}

/// Something of the same workspace that stands in the way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Other")]
pub struct OtherBody {
    /// What it is: `lead`, `contact`, `channel`, `agent`, `person`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

/// The answer to one request, or what it is told instead.
pub type Outcome<T> = Result<T, Problem>;

impl Problem {
    /// A problem with words of its own.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            field: None,
            allowed: Vec::new(),
            more: None,
            retry_after_seconds: None,
            headers: Vec::new(),
        }
    }

    /// A problem that the title says all about.
    pub fn plain(code: Code) -> Self {
        Self::new(code, format!("{}.", code.title()))
    }

    /// A value that is not allowed.
    pub fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Code::InvalidField, detail).at(field)
    }

    /// Something that is not there, or belongs to another workspace: the answer is the same.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what} in this workspace."))
    }

    /// The workspace itself is not there.
    pub fn no_workspace() -> Self {
        Self::new(Code::NotFound, "There is no such workspace.")
    }

    /// Something broke. The cause goes to the log, not to the caller.
    pub fn internal(doing: &str, cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(doing, cause = %chain(cause), "a request failed inside");
        Self::new(Code::Internal, "Something went wrong inside; the server's log says what.")
    }

    /// Naming the member, parameter or header at fault.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into().into_boxed_str());
        self
    }

    /// With the member at fault under the name that a surface has for it.
    #[must_use]
    pub(crate) fn calling(mut self, ours: &str, theirs: &str) -> Self {
        if self.field.as_deref() == Some(ours) {
            if let Some(rest) = self.detail.strip_prefix(ours) {
                self.detail = format!("{theirs}{rest}");
            }
            self.field = Some(theirs.into());
        }
        self
    }

    /// With what would be taken instead.
    #[must_use]
    pub fn allowing<T: ToString>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(|value| value.to_string()).collect();
        self
    }

    /// Naming the limit of the plan that was reached.
    #[must_use]
    pub fn of_limit(mut self, limit: LimitBody) -> Self {
        self.more.get_or_insert_default().limit = Some(limit);
        self
    }

    /// Naming what stands in the way.
    #[must_use]
    pub fn because_of(mut self, other: OtherBody) -> Self {
        self.more.get_or_insert_default().other = Some(other);
        self
    }

    /// With the number of seconds after which trying again makes sense.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// With a header of its own.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Its code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// What went wrong this time.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The member, parameter or header at fault.
    pub(crate) fn at_fault(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What stands in the way.
    pub(crate) fn other(&self) -> Option<&OtherBody> {
        self.more.as_ref()?.other.as_ref()
    }

    /// What else would be taken.
    pub(crate) fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// The limit that was reached.
    pub(crate) fn limit(&self) -> Option<&LimitBody> {
        self.more.as_ref()?.limit.as_ref()
    }

    /// As the native API tells it.
    pub(crate) fn body(&self, request_id: Uuid) -> ProblemBody {
        let code = self.code;
        ProblemBody {
            kind: format!("/docs/errors#{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status().as_u16(),
            detail: self.detail.clone(),
            code: code.as_str().to_owned(),
            request_id,
            field: self.field.as_deref().map(str::to_owned),
            allowed: self.allowed.clone(),
            limit: self.limit().cloned(),
            other: self.other().cloned(),
        }
    }

    /// The answer to the request of that id, in the words of the surface that was called.
    pub fn answer(self, surface: &Surface, request_id: Uuid) -> Response {
        let Refused { status, media, body } = (surface.refusal)(&self, request_id);
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (status, Body::from(bytes)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // A signature is no credential that could be asked for.
        let signed = self.code == Code::InvalidSignature;
        if status == axum::http::StatusCode::UNAUTHORIZED && !signed {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        headers.extend(self.headers.into_iter().map(|(name, value)| (Some(name), value)));
        response.extensions_mut().insert(self.code);
        response
    }
}

/// An error and what led to it, in one line for the log.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// The documentation of every code, in Markdown.
pub fn errors_markdown() -> String {
    let mut page = String::from(
        "# Errors\n\n<!-- Generated from api/server/src/problem/code.rs; `make generated` writes it again. -->\n\n\
         Every error of the native API is `application/problem+json` (RFC 9457). Branch on `code`: \
         codes are never renamed. `request_id` names the request in the server's log; `field` and \
         `allowed` say what to change; `other` names what stands in the way by its `type` and `id`, where \
         it is something of the same workspace.\n\n| code | status | |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        let (name, status) = (code.as_str(), code.status().as_u16());
        add(&mut page, format_args!("| [`{name}`](#{name}) | {status} | {} |\n", code.title()));
    }
    for code in Code::ALL {
        let (name, status) = (code.as_str(), code.status().as_u16());
        add(
            &mut page,
            format_args!(
                "\n<a id=\"{name}\"></a>\n## {name}\n\n**{status}.** {}.\n\n{}\n",
                code.title(),
                code.help()
            ),
        );
    }
    page
}
