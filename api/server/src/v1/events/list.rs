//! Reading events page by page.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;
use convolog_engine::{Recorded, Stream};
use convolog_log::{Filter, Position};
use convolog_projections::page::Question;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Deserialize;

use super::EventView;
use super::wanted::filter;
use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, List, NoParameters, Paging, Read};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// How many stretches of the log one request looks at; then it answers what it has, with a token.
const STRETCHES_MAX: usize = 16;

/// `GET /v1/events`
pub(crate) struct ListEvents;

/// Which events.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only events after this position, instead of `page`; from the beginning if not given.
    after: Option<u64>,
    /// Only these types, separated by commas.
    #[serde(rename = "type")]
    types: Option<String>,
    /// Only this stream: `kind/id`.
    stream: Option<String>,
}

impl Read for ListEvents {
    const DECLARATION: Declaration =
        Declaration::list("/v1/events", "list_events", "List events")
            .describing("Everything that happened in the workspace, in the order of the log. A page can be short, even empty, while `next_page` is not null: the log was searched in part.")
            .group("Events")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of events.")
            .tagged();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<EventView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let wanted = &call.query;
        let filter = filter(call.workspace(), wanted.types.as_deref(), wanted.stream.as_deref())?;
        let asked = |text: &Option<String>| text.clone().unwrap_or_default();
        let question = Question::new(
            "events",
            &[
                call.workspace().0.as_bytes(),
                asked(&wanted.types).as_bytes(),
                asked(&wanted.stream).as_bytes(),
            ],
        );
        let after = match (&call.paging.token, wanted.after) {
            (Some(_), Some(_)) => {
                return Err(Problem::field(
                    "after",
                    "after and page cannot be combined: page says where to go on.",
                ));
            }
            (Some(token), None) => place(&question, token)?,
            (None, after) => Position(after.unwrap_or(0)),
        };
        let head = call.app.engine().log().head();
        if after > head {
            let detail = format!("after is past the end of the log, which is at {head}.");
            return Err(Problem::field("after", detail));
        }
        let (data, next) = read(&call.app, after, call.paging.limit, &filter)?;
        Ok(List { data, next_page: next.map(|after| token(&question, after)) })
    }
}

/// Events beyond a position, and where to go on, if there may be more.
fn read(
    app: &App,
    mut after: Position,
    limit: usize,
    filter: &Filter,
) -> Outcome<(Vec<EventView>, Option<Position>)> {
    let log = app.engine().log();
    let mut data = Vec::new();
    for _ in 0..STRETCHES_MAX {
        let wanted = limit.saturating_sub(data.len());
        let (records, upto) = log.read(after, wanted, filter)?;
        for record in &records {
            data.push(EventView::of(&Recorded::read(record)?, app.engine()));
        }
        let stuck = upto <= after;
        after = after.max(upto);
        if data.len() >= limit || after >= log.head() || stuck {
            break;
        }
    }
    Ok((data, Some(after).filter(|after| *after < log.head())))
}

/// A page of the events of the thing that the path names, up to the moment that is asked for.
///
/// # Errors
/// [`Code::NotFound`] if this workspace has no such thing, `what`.
pub(crate) fn events_of<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    kind: StreamKind,
    what: &str,
) -> Outcome<List<EventView>> {
    let stream = Stream::new(call.workspace(), kind, call.path.id);
    if call.app.engine().log().stream_version(&stream.key())? == 0 {
        return Err(Problem::not_found(what));
    }
    read_stream(&call.app, stream, &call.paging, call.as_of)
}

/// Events of one stream, up to a position.
pub(crate) fn read_stream(
    app: &App,
    stream: Stream,
    paging: &Paging,
    as_of: Option<Position>,
) -> Outcome<List<EventView>> {
    let key = stream.key();
    let question =
        Question::new("events of a stream", &[key.workspace.as_bytes(), key.id.as_bytes()]);
    let after = paging.token.as_deref().map(|token| place(&question, token)).transpose()?;
    let after = after.unwrap_or_default();
    let limit = paging.limit;
    let one_more = limit.saturating_add(1);
    let mut records = app.engine().log().read_stream(&key, after.0, one_more)?;
    records.retain(|record| as_of.is_none_or(|cut| record.header.position <= cut));
    let more = records.len() > limit;
    records.truncate(limit);
    let last = records.last().map(|record| Position(record.header.version));
    let data = records
        .iter()
        .map(|record| Ok(EventView::of(&Recorded::read(record)?, app.engine())))
        .collect::<Outcome<Vec<_>>>()?;
    let next_page = last.filter(|_| more).map(|last| token(&question, last));
    Ok(List { data, next_page })
}

/// The token of the page after this place.
fn token(question: &Question, after: Position) -> String {
    question.token(&after.0.to_be_bytes())
}

/// The place that a token names.
fn place(question: &Question, token: &str) -> Outcome<Position> {
    let invalid = || Problem::plain(Code::InvalidPage).at("page");
    let place = question.place(token).map_err(|_| invalid())?;
    let place = place.try_into().map_err(|_| invalid())?;
    Ok(Position(u64::from_be_bytes(place)))
}
