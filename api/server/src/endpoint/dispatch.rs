//! From an HTTP request to a checked call and back. Not generic: compiled once.
//!
//! The order is fixed: who asks, how often, whether they may, path, query, headers, body, freshness.
//! A request that may not be made is refused before its body is read. Where a key stands within its
//! limits is told on every answer to it.

use std::sync::Arc;

use axum::RequestExt;
use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use convolog_engine::{Answer, Answered, Caller, Once};
use convolog_log::Position;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::call::{ADMINISTRATOR_KEY, RequestFacts, fingerprint};
use super::caller::recognise;
use super::check::{Place as At, check};
use super::form::plain_type;
use super::reply::REPLAYED;
use super::{Declaration, Json, Paging, Reply, Route};
use crate::app::App;
use crate::auth::{self, Known, Session};
use crate::etag;
use crate::freshness;
use crate::middleware::RequestId;
use crate::problem::{Code, Outcome, Problem};
use crate::rates::{self, Standing};

/// The header that makes a command safe to repeat.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// Bytes over the limit of a body that are read, so that the refusal comes as an answer.
const BODY_SLACK_BYTES: usize = 64 * 1024;

/// A body that may be larger waits for its turn.
const LARGE_BODY_BYTES: usize = 32 << 20;

/// Characters of an idempotency key.
const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;

/// A request whose parts passed their checks, but for the body.
pub struct Prepared {
    pub(super) session: Session,
    pub(super) path: Value,
    pub(super) query: Value,
    pub(super) body: Bytes,
    pub(super) route: Arc<Route>,
    pub(super) paging: Paging,
    pub(super) as_of: Option<Position>,
    pub(super) headers: HeaderMap,
    pub(super) facts: RequestFacts,
}

/// Answers one request at one route.
pub async fn dispatch(app: App, route: Arc<Route>, request: Request) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::new_v4, |id| id.0);
    let if_none_match = request.headers().get(header::IF_NONE_MATCH).cloned();
    let (surface, declaration) = (route.surface, route.declaration);
    let limit = app.config().request_timeout();
    let (known, standing) = recognise(&app, &route, &request);
    let answered = match (standing.as_ref().and_then(Standing::refusal), known) {
        (Some(problem), _) | (None, Err(problem)) => Err(problem),
        (None, Ok(known)) => {
            let work = answer(app, route, request, known, id);
            if declaration.endless {
                work.await
            } else {
                tokio::time::timeout(limit, work)
                    .await
                    .unwrap_or_else(|_| Err(Problem::plain(Code::Timeout).retry_after(1)))
            }
        }
    };
    let mut response = match answered {
        Ok(response) if declaration.tagged && response.status() == StatusCode::OK => {
            etag::tag(response, if_none_match.as_ref()).await
        }
        Ok(response) => response,
        Err(problem) => {
            (declaration.refused)(problem.code());
            problem.answer(surface, id)
        }
    };
    if let Some(standing) = standing {
        standing.tell(response.headers_mut());
    }
    if let Some(deprecated) = declaration.deprecated {
        deprecated.tell(response.headers_mut());
    }
    response
}

async fn answer(
    app: App,
    route: Arc<Route>,
    mut request: Request,
    known: Known,
    id: Uuid,
) -> Outcome<Response> {
    let declaration = route.declaration;
    let session = auth::permit(&app, &route, request.headers(), &known, id)?;
    let path = path_values(&route, &mut request).await?;
    let (query, common) = query_values(&route, &request)?;
    let (parts, body) = request.into_parts();
    check_media_type(&route, &parts.headers)?;
    // A body of this size is in memory until it is dealt with: only so many at a time.
    let _turn = match declaration.body_bytes_max {
        ..LARGE_BODY_BYTES => None,
        _ => Arc::clone(app.uploading()).acquire_owned().await.ok(),
    };
    let body = read_body(&declaration, &parts.headers, body).await?;
    let asked = parts.uri.path_and_query().map_or("/", |asked| asked.as_str()).to_owned();
    let once = once(&declaration, &session, &parts.headers, &asked, &body)?;
    let kept = once.clone().filter(|_| declaration.answer_kept_after);
    let kept = kept.map(|once| (session.caller(id), once));
    if let Some((caller, once)) = &kept
        && let Some(earlier) = app.engine().earlier_answer(caller, once)?
    {
        return Ok(again(earlier, declaration.success));
    }
    if declaration.at_least {
        freshness::wait(&app, common.at_least, declaration.searches).await?;
    }
    let as_of = freshness::position(&app, common.as_of).await?;
    let mut headers = parts.headers;
    headers.remove(header::AUTHORIZATION);
    let prepared = Prepared {
        session,
        path,
        query,
        body,
        route: Arc::clone(&route),
        paging: common.paging,
        as_of,
        headers,
        facts: RequestFacts { id, once, asked },
    };
    let place = match (&known, declaration.uses) {
        (Known::Key(found), Some(quota)) if !was_answered(&app, &prepared)? => {
            rates::take(&app, found, quota).await?
        }
        _ => None,
    };
    let answered = match (route.handler)(app.clone(), prepared) {
        Ok(work) => work.await,
        Err(problem) => Err(problem),
    };
    // What was refused, or done before, uses nothing up.
    let came_to_something =
        answered.as_ref().is_ok_and(|response| !response.headers().contains_key(REPLAYED));
    if let Some(place) = place.filter(|_| !came_to_something) {
        place.give_back(&app);
    }
    match (answered?, kept) {
        (response, Some((caller, once))) => keep(&app, &caller, &once, response).await,
        (response, None) => Ok(response),
    }
}

/// Whether this very request was carried out before: then it uses nothing up, and nothing stops it.
fn was_answered(app: &App, prepared: &Prepared) -> Outcome<bool> {
    let Some(once) = &prepared.facts.once else { return Ok(false) };
    let caller = prepared.session.caller(prepared.facts.id);
    Ok(app.engine().earlier_answer(&caller, once)?.is_some())
}

/// What was answered to the same request before.
fn again(earlier: Answered, success: StatusCode) -> Response {
    Reply::<Json<Value>>::answered(earlier).respond(success)
}

/// Keeps an answer for repetitions of the request. Of two that came at the same moment, both get the
/// one that was kept first.
async fn keep(app: &App, caller: &Caller, once: &Once, response: Response) -> Outcome<Response> {
    let (parts, body) = response.into_parts();
    let wrong = |error: &(dyn std::error::Error + 'static)| {
        Problem::internal("keeping an answer for repetitions", error)
    };
    // The content is in memory already.
    let bytes = axum::body::to_bytes(body, usize::MAX).await.map_err(|error| wrong(&error))?;
    let body = serde_json::from_slice(&bytes).map_err(|error| wrong(&error))?;
    let answer = Answer::open(parts.status.as_u16(), body, caller.workspace);
    let kept = app.engine().keep_answer(caller, once, answer).await?;
    if kept.repeated {
        return Ok(again(kept, parts.status));
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

async fn path_values(route: &Route, request: &mut Request) -> Outcome<Value> {
    let raw = request
        .extract_parts::<RawPathParams>()
        .await
        .map_err(|_| Problem::new(Code::NoSuchEndpoint, "The path is not valid UTF-8."))?;
    let properties = route.schemas.path.get("properties");
    let value = |name: &str, text: &str| {
        let schema = properties.and_then(|all| all.get(name)).unwrap_or(&Value::Null);
        (name.to_owned(), typed(schema, text.to_owned()))
    };
    let values: Map<String, Value> = raw.iter().map(|(name, text)| value(name, text)).collect();
    let values = Value::Object(values);
    let place = At { name: "", unknown: Code::InvalidField };
    check(&route.schemas.path, &route.definitions, &values, place)?;
    Ok(values)
}

/// Parameters that the declaration adds to the query.
#[derive(Default)]
struct Common {
    at_least: Option<u64>,
    as_of: Option<String>,
    paging: Paging,
}

fn query_values(route: &Route, request: &Request) -> Outcome<(Value, Common)> {
    let declaration = &route.declaration;
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(request.uri())
        .map_err(|_| Problem::new(Code::InvalidField, "The query is not URL-encoded UTF-8."))?;
    let empty = Map::new();
    let known = route.schemas.query.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let mut values = Map::new();
    let mut common = Common::default();
    for (name, text) in pairs.0 {
        let twice = match name.as_str() {
            "at_least" if declaration.at_least && route.surface.is_native => {
                let value = text.parse().map_err(|_| {
                    Problem::field("at_least", "at_least must be a position: a whole number.")
                })?;
                common.at_least.replace(value).is_some()
            }
            "as_of" if declaration.as_of.is_some() => common.as_of.replace(text).is_some(),
            _ => match known.get(&name) {
                Some(schema) => values.insert(name.clone(), typed(schema, text)).is_some(),
                None => return Err(unknown_parameter(route, known, &name)),
            },
        };
        if twice {
            return Err(Problem::field(&name, format!("{name} is given twice.")));
        }
    }
    if common.as_of.is_some() {
        check_with_as_of(declaration, &values)?;
    }
    let mut values = Value::Object(values);
    let place = At { name: "", unknown: Code::UnknownParameter };
    check(&route.schemas.query, &route.definitions, &values, place)?;
    if declaration.paged
        && let Some(members) = values.as_object_mut()
    {
        common.paging = Paging::take(members)
            .map_err(|error| Problem::internal("reading the parameters of a page", &error))?;
    }
    Ok((values, common))
}

fn unknown_parameter(route: &Route, known: &Map<String, Value>, name: &str) -> Problem {
    let declaration = &route.declaration;
    let mut allowed: Vec<&str> = known.keys().map(String::as_str).collect();
    if declaration.at_least && route.surface.is_native {
        allowed.push("at_least");
    }
    if declaration.as_of.is_some() {
        allowed.push("as_of");
    }
    let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    Problem::new(Code::UnknownParameter, format!("{shown} is not known here."))
        .at(shown)
        .allowing(allowed)
}

fn check_with_as_of(declaration: &Declaration, values: &Map<String, Value>) -> Outcome<()> {
    let allowed = declaration.together_with_as_of().unwrap_or_default();
    match values.keys().find(|name| !allowed.contains(&name.as_str())) {
        Some(name) => Err(Problem::new(
            Code::NotAllowedWithAsOf,
            format!("{name} cannot be combined with as_of: only the order of creation is kept for the past."),
        )
        .at(name)
        .allowing(allowed)),
        None => Ok(()),
    }
}

/// A path and a query hold texts; the schema says which of them are numbers or truth values.
fn typed(schema: &Value, text: String) -> Value {
    let is = |kind: &str| match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    };
    if is("integer")
        && let Ok(number) = text.parse::<u64>()
    {
        return Value::from(number);
    }
    match text.as_str() {
        "true" if is("boolean") => Value::Bool(true),
        "false" if is("boolean") => Value::Bool(false),
        _ => Value::String(text),
    }
}

/// What the body says it is, where the surface minds.
fn check_media_type(route: &Route, headers: &HeaderMap) -> Outcome<()> {
    let Some((media, _)) = route.schemas.body.as_ref().filter(|_| !route.surface.is_native) else {
        return Ok(());
    };
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let given = plain_type(given.to_str().unwrap_or_default());
    let others = route.schemas.other_bodies.iter().map(|(media, _)| *media);
    let taken: Vec<&str> = std::iter::once(*media).chain(others).collect();
    if taken.iter().any(|media| media.eq_ignore_ascii_case(&given)) {
        return Ok(());
    }
    let detail = format!("The Content-Type must be {}.", taken.join(" or "));
    Err(Problem::new(Code::UnsupportedMediaType, detail).at("Content-Type").allowing(taken))
}

async fn read_body(declaration: &Declaration, headers: &HeaderMap, body: Body) -> Outcome<Bytes> {
    let max = declaration.body_bytes_max;
    let too_large = || {
        Problem::new(
            Code::BodyTooLarge,
            format!("The body is larger than {max} bytes, the most that this endpoint takes."),
        )
        .with_header(header::CONNECTION, HeaderValue::from_static("close"))
    };
    let read = max.saturating_add(BODY_SLACK_BYTES);
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > read) {
        return Err(too_large());
    }
    let bytes = axum::body::to_bytes(body, read).await.map_err(|error| {
        let outermost: &(dyn std::error::Error + 'static) = &error;
        let mut causes = std::iter::successors(Some(outermost), |cause| cause.source());
        if causes.any(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>) {
            too_large()
        } else {
            Problem::new(Code::MalformedBody, "The connection ended before the body did.")
        }
    })?;
    if bytes.len() > max { Err(too_large()) } else { Ok(bytes) }
}

fn once(
    declaration: &Declaration,
    session: &Session,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Outcome<Option<Once>> {
    if !declaration.idempotent_by_key {
        return Ok(None);
    }
    let Some(given) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = given.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_CHARS_MAX {
        let detail = format!(
            "Idempotency-Key needs 1 to {IDEMPOTENCY_KEY_CHARS_MAX} visible ASCII characters."
        );
        return Err(Problem::field(IDEMPOTENCY_KEY, detail));
    }
    Ok(Some(Once {
        key: session.key.unwrap_or(ADMINISTRATOR_KEY),
        idempotency_key: key.to_owned(),
        fingerprint: fingerprint(declaration.method.upper_case(), path, body),
    }))
}
