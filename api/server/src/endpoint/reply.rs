//! What an endpoint gives: a status, headers and one kind of content.

use std::marker::PhantomData;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use convolog_engine::Answered;
use convolog_log::Position;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::problem::{Outcome, Problem};

/// The header that tells where a command stands in the log.
pub(crate) const POSITION: HeaderName = HeaderName::from_static("convolog-position");
/// The header of an answer that was given before.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A kind of content.
pub trait Output: Send + 'static {
    /// The media type and the schema; none if there is no content.
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)>;
}

/// One JSON value.
pub struct Json<T>(PhantomData<fn() -> T>);
/// No content.
pub struct Nothing;
/// A page for people.
pub struct Html;
/// Lines of text.
pub struct PlainText;
/// An iCalendar file.
pub struct Calendar;
/// Server-sent events.
pub struct EventStream;
/// A file, of whatever type it is.
pub struct File;

impl<T: JsonSchema + 'static> Output for Json<T> {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("application/json", generator.subschema_for::<T>()))
    }
}

impl Output for Nothing {
    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        None
    }
}

impl Output for Html {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("text/html", generator.subschema_for::<String>()))
    }
}

impl Output for PlainText {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("text/plain", generator.subschema_for::<String>()))
    }
}

impl Output for Calendar {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("text/calendar", generator.subschema_for::<String>()))
    }
}

impl Output for EventStream {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("text/event-stream", generator.subschema_for::<String>()))
    }
}

impl Output for File {
    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("*/*", schemars::json_schema!({ "type": "string", "format": "binary" })))
    }
}

/// An answer before it is written.
pub struct Reply<O> {
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    pub(super) content: Content,
    kind: PhantomData<fn() -> O>,
}

pub(super) enum Content {
    Empty,
    Whole(&'static str, Bytes),
    Endless(&'static str, Body),
    File(HeaderValue, Body),
}

impl<O> Reply<O> {
    fn of(content: Content) -> Self {
        Self { status: None, headers: HeaderMap::new(), content, kind: PhantomData }
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// With the position that a later read can ask for (`at_least`).
    #[must_use]
    pub fn at(self, position: Position) -> Self {
        self.with(POSITION, HeaderValue::from(position.0))
    }

    /// With another status than the declared one.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// The answer, with the declared status unless it has one of its own.
    pub(super) fn respond(self, success: StatusCode) -> Response {
        let named = HeaderValue::from_static;
        let (media, body) = match self.content {
            Content::Empty => (None, Body::empty()),
            Content::Whole(media, bytes) => (Some(named(media)), Body::from(bytes)),
            Content::Endless(media, body) => (Some(named(media)), body),
            Content::File(media, body) => (Some(media), body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status.unwrap_or(success);
        *response.headers_mut() = self.headers;
        if let Some(media) = media {
            response.headers_mut().insert(header::CONTENT_TYPE, media);
        }
        response
    }
}

impl<T: Serialize> Reply<Json<T>> {
    /// One value.
    pub fn json(value: &T) -> Outcome<Self> {
        let bytes =
            serde_json::to_vec(value).map_err(|e| Problem::internal("writing an answer", &e))?;
        Ok(Self::of(Content::Whole("application/json", Bytes::from(bytes))))
    }
}

impl<T> Reply<Json<T>> {
    /// What a command was answered, now or when it came first.
    pub fn answered(answered: Answered) -> Self {
        let Answered { status, body, position, repeated } = answered;
        let bytes = Bytes::from(body.to_string());
        drop(body);
        let reply = Self::of(Content::Whole("application/json", bytes)).at(position);
        let reply = match StatusCode::from_u16(status) {
            Ok(status) => reply.status(status),
            Err(_) => reply,
        };
        if repeated { reply.with(REPLAYED, HeaderValue::from_static("true")) } else { reply }
    }

    /// The same, but for the body: what was made is named in it only once it is known where it stands.
    pub fn answering(mut answered: Answered, value: &T) -> Outcome<Self>
    where
        T: Serialize,
    {
        answered.body =
            serde_json::to_value(value).map_err(|e| Problem::internal("writing an answer", &e))?;
        Ok(Self::answered(answered))
    }

    /// JSON that is written already.
    pub fn written(bytes: Bytes) -> Self {
        Self::of(Content::Whole("application/json", bytes))
    }
}

impl Reply<Nothing> {
    /// Nothing to say.
    pub fn nothing() -> Self {
        Self::of(Content::Empty)
    }
}

impl Reply<Html> {
    /// A page.
    pub fn html(page: impl Into<Bytes>) -> Self {
        Self::of(Content::Whole("text/html; charset=utf-8", page.into()))
    }
}

impl Reply<PlainText> {
    /// Lines of text of this media type.
    pub fn text(media: &'static str, text: impl Into<Bytes>) -> Self {
        Self::of(Content::Whole(media, text.into()))
    }
}

impl Reply<Calendar> {
    /// An iCalendar file.
    pub fn calendar(text: impl Into<Bytes>) -> Self {
        Self::of(Content::Whole("text/calendar; charset=utf-8", text.into()))
    }
}

impl Reply<File> {
    /// A file that somebody else made: whatever it holds, no browser runs it here.
    pub fn file(media: HeaderValue, body: Body) -> Self {
        let always = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
            (header::CACHE_CONTROL, "private, no-store"),
        ];
        let reply = Self::of(Content::File(media, body));
        always
            .into_iter()
            .fold(reply, |reply, (name, value)| reply.with(name, HeaderValue::from_static(value)))
    }
}

impl Reply<EventStream> {
    /// Events as they come.
    pub fn events(body: Body) -> Self {
        Self::of(Content::Endless("text/event-stream", body))
            .with(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
            .with(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"))
    }
}
