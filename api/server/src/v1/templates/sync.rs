//! Having the templates of the platform read, and how that went.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::{Channel, State, TemplateSync};
use convolog_domain::{Aggregate, ChannelId, Event};
use convolog_engine::Answer;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::seconds;

/// `POST /v1/templates/sync`
pub(crate) struct SyncTemplates;
/// `GET /v1/templates/sync`
pub(crate) struct ShowTemplateSync;

/// Through which channel.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    /// The channel whose business account is read.
    channel_id: Uuid,
}

/// A reading of the platform's templates.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "TemplateSync")]
pub(crate) struct SyncView {
    /// The channel whose business account is read.
    channel_id: Uuid,
    /// `pending`, `done`, or `failed`: the platform's list was not read to its end.
    status: &'static str,
    /// When it was asked for.
    requested_at: String,
    /// When it ended.
    finished_at: Option<String>,
    /// Templates on the platform's list.
    seen: u32,
    /// Those of which something was not known.
    recorded: u32,
    /// Those known before that are not on it any more.
    gone: u32,
    /// The HTTP status of the answer that ended it early.
    http_status: Option<u16>,
    /// The platform's error code in it.
    code: Option<i64>,
}

impl SyncView {
    fn of(channel: Uuid, sync: &TemplateSync) -> Self {
        let finished = sync.finished.as_ref();
        Self {
            channel_id: channel,
            status: match finished {
                None => "pending",
                Some(finished) if finished.complete => "done",
                Some(_) => "failed",
            },
            requested_at: seconds(sync.requested.at),
            finished_at: finished.map(|finished| seconds(finished.at)),
            seen: finished.map_or(0, |finished| finished.seen),
            recorded: finished.map_or(0, |finished| finished.recorded),
            gone: finished.map_or(0, |finished| finished.gone),
            http_status: finished.and_then(|finished| finished.http_status),
            code: finished.and_then(|finished| finished.code),
        }
    }
}

impl Endpoint for SyncTemplates {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/templates/sync",
        "sync_templates",
        "Read the templates of the platform",
    )
    .describing("Reads the list of the channel's business account, page by page, and records what differs from what is known. While a reading goes on, asking again answers with it. With a test key nothing is read.")
    .group("Templates")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::ACCEPTED, "It is read; `GET /v1/templates/sync` says how that went.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Through>;
    type Ok = Json<SyncView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.body.0.channel_id, call.caller(), call.app.engine());
        let answer = |before: &State, events: &[Event]| {
            let mut state = before.clone();
            for event in events {
                if let Event::Channel(event) = event {
                    Channel::evolve(&mut state, event);
                }
            }
            let view = state.template_sync.as_ref().map(|sync| SyncView::of(id, sync));
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(202, body, caller.workspace)
        };
        let (once, channel) = (call.facts.once.as_ref(), ChannelId(id));
        let answered = engine.request_template_sync(&caller, channel, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

impl Read for ShowTemplateSync {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/templates/sync",
        "show_template_sync",
        "Show the newest reading of the platform's templates",
    )
    .group("Templates")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The reading.")
    .tagged();
    type Path = NoParameters;
    type Query = Through;
    type Shown = SyncView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let id = call.query.channel_id;
        let channel = call.app.engine().load::<Channel>(call.workspace(), id)?.state;
        if channel.settings.is_none() {
            return Err(Problem::not_found("channel"));
        }
        let sync = channel.template_sync.as_ref();
        sync.map(|sync| SyncView::of(id, sync)).ok_or_else(|| Problem::not_found("template sync"))
    }
}
