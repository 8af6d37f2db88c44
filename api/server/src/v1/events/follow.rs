//! Events as they happen: server-sent events that resume where they were cut off.
//!
//! Every event carries its position as `id`, so that `Last-Event-ID` names where to go on: no gap,
//! no duplicate. Nothing is read ahead of the caller: a slow reader holds up only itself.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use convolog_domain::api_key::Scope;
use convolog_engine::Recorded;
use convolog_log::{Filter, Position, Subscription, subscribe};
use futures::stream::{self, Stream};
use schemars::JsonSchema;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use super::EventView;
use super::wanted::filter;
use crate::app::{App, Entered};
use crate::auth::{self, Session};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, EventStream, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::text::add;

/// Events read at a time.
const BATCH: usize = 256;
/// The header with which a reader goes on.
const LAST_EVENT_ID: &str = "Last-Event-ID";

/// `GET /v1/events/stream`
pub(crate) struct StreamEvents;

/// Which events.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only events after this position; only new ones if neither this nor `Last-Event-ID` is given.
    after: Option<u64>,
    /// Only these types, separated by commas.
    #[serde(rename = "type")]
    types: Option<String>,
    /// Only this stream: `kind/id`.
    stream: Option<String>,
    /// The answer ends after so many events; it goes on until the reader leaves if not given.
    #[schemars(range(min = 1))]
    limit: Option<usize>,
}

impl Endpoint for StreamEvents {
    const DECLARATION: Declaration =
        Declaration::get("/v1/events/stream", "stream_events", "Follow events")
            .describing("Server-sent events: `id` is the position, `event` the type, `data` an event as in the list. A reader that was cut off goes on with `Last-Event-ID`, without gap or duplicate. A comment is sent every 15 seconds (unless configured otherwise) when nothing happens, with the position that was reached.")
            .group("Events")
            .access(Access::Key(Scope::Read))
            .rate(RateClass::Stream)
            .answers(StatusCode::OK, "Events, until the reader goes away or had as many as it wanted.")
            .fails_with(&[Code::Overloaded])
            .endless();
    type Path = NoParameters;
    type Query = Wanted;
    type Body = NoParameters;
    type Ok = EventStream;

    async fn call(call: Call<Self>) -> Outcome<Reply<EventStream>> {
        let wanted = &call.query;
        let filter =
            filter(call.session.workspace, wanted.types.as_deref(), wanted.stream.as_deref())?;
        let head = call.app.engine().log().head();
        let (field, after) = match last_seen(&call.headers)? {
            Some(seen) => (LAST_EVENT_ID, Position(seen)),
            None => ("after", wanted.after.map_or(head, Position)),
        };
        if after > head {
            let detail = format!("{field} is past the end of the log, which is at {head}.");
            return Err(Problem::field(field, detail));
        }
        let counted = call.app.streams().enter();
        if call.app.streams().count() > call.app.config().streams_max {
            let detail = "As many streams of events are open as the configuration allows.";
            return Err(Problem::new(Code::Overloaded, detail).retry_after(5));
        }
        let follow = Follow::new(&call, after, filter, counted);
        Ok(Reply::events(Body::from_stream(follow.chunks())))
    }
}

fn last_seen(headers: &HeaderMap) -> Outcome<Option<u64>> {
    let Some(value) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    let position = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    position.map(Some).ok_or_else(|| {
        Problem::field(
            LAST_EVENT_ID,
            "Last-Event-ID must be a position: the id of the last event that was seen.",
        )
    })
}

/// One reader's place in the log.
struct Follow {
    app: App,
    session: Session,
    subscription: Subscription,
    /// The position that the reader was last told.
    told: Position,
    /// How many events it still wants, if it said how many.
    left: Option<usize>,
    stopping: CancellationToken,
    greeted: bool,
    _counted: Entered,
}

impl Follow {
    fn new(call: &Call<StreamEvents>, after: Position, filter: Filter, counted: Entered) -> Self {
        let (app, session) = (call.app.clone(), call.session);
        let log = std::sync::Arc::clone(app.engine().log());
        let subscription = subscribe(log, after, filter).with_batch(BATCH);
        let stopping = app.stopping().clone();
        Self {
            app,
            session,
            subscription,
            told: after,
            left: call.query.limit,
            stopping,
            greeted: false,
            _counted: counted,
        }
    }

    /// The next piece is made when the reader took the one before.
    fn chunks(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, |mut follow| async move {
            let chunk = follow.next().await?;
            Some((Ok(chunk), follow))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        if !self.greeted {
            self.greeted = true;
            return Some(Bytes::from(format!("retry: 1000\nid: {}\n: following\n\n", self.told)));
        }
        loop {
            if self.left == Some(0) {
                return None;
            }
            let (stopping, quiet) = (self.stopping.clone(), self.app.config().keep_alive());
            let batch = tokio::select! {
                biased;
                () = stopping.cancelled() => return None,
                batch = self.subscription.next_batch() => batch,
                () = tokio::time::sleep(quiet) => return self.may_go_on().then(|| self.keep_alive()),
            };
            if !self.may_go_on() {
                return None;
            }
            let mut batch = match batch {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(%error, "a stream of events ended");
                    return None;
                }
            };
            if batch.records.is_empty() {
                continue;
            }
            if let Some(left) = &mut self.left {
                batch.records.truncate(*left);
                *left = left.saturating_sub(batch.records.len());
            }
            let app = self.app.clone();
            let written = tokio::task::spawn_blocking(move || write(&app, &batch.records)).await;
            return match written {
                Ok(Ok((bytes, told))) => {
                    self.told = told;
                    Some(bytes)
                }
                failed => {
                    tracing::error!(?failed, "an event could not be shown; its stream ends");
                    None
                }
            };
        }
    }

    /// Whether the reader's key still works: it is looked at before every piece.
    fn may_go_on(&self) -> bool {
        auth::still_stands(&self.app, &self.session).unwrap_or_else(|problem| {
            tracing::error!(?problem, "a stream of events ends: its key could not be looked up");
            false
        })
    }

    /// A comment; with the position that was reached, so that a reader whose filter passes little
    /// does not search the same stretch again.
    fn keep_alive(&mut self) -> Bytes {
        let reached = self.subscription.position();
        if reached > self.told {
            self.told = reached;
            return Bytes::from(format!(": keep-alive\nid: {reached}\n\n"));
        }
        Bytes::from_static(b": keep-alive\n\n")
    }
}

fn write(app: &App, records: &[convolog_log::Record]) -> Result<(Bytes, Position), String> {
    let mut text = String::new();
    let mut last = Position::START;
    for record in records {
        let event = Recorded::read(record).map_err(|error| error.to_string())?;
        let view = EventView::of(&event, app.engine());
        // JSON has no line breaks of its own: one data line is the whole event.
        let data = serde_json::to_string(&view).map_err(|error| error.to_string())?;
        add(
            &mut text,
            format_args!("id: {}\nevent: {}\ndata: {data}\n\n", view.position, view.kind),
        );
        last = event.position;
    }
    Ok((Bytes::from(text), last))
}
