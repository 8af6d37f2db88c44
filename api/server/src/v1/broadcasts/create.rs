//! Making a broadcast.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::broadcast::{CreateBroadcast as Command, State};
use convolog_domain::{BroadcastId, ChannelId, Event};
use convolog_engine::Answer;
use convolog_log::Mode;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::BroadcastView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::conversations::NewMessage;

/// `POST /v1/broadcasts`
pub(crate) struct CreateBroadcast;

/// What is to be said to many people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewBroadcast {
    /// What its people call it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// With which number.
    channel_id: Uuid,
    /// What to say, as a message is asked for (without `reply_to` and `send_at`). In every text of it
    /// `{{name}}` is filled in for each recipient.
    message: NewMessage,
    /// Whether it promotes something, so that nobody is sent it who opted out of that; if nothing is
    /// said, the category of its template decides, and what has none promotes something.
    #[serde(default)]
    marketing: Option<bool>,
    /// At most so many messages a minute; as fast as the number may if nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1, max = 60_000))]
    per_minute: Option<u32>,
}

impl Endpoint for CreateBroadcast {
    const DECLARATION: Declaration =
        Declaration::post("/v1/broadcasts", "create_broadcast", "Make a broadcast")
            .describing("In draft: add recipients, try it, then start it. A text reaches only those whose 24-hour window is open when their turn comes; a template reaches everybody.")
            .group("Broadcasts")
            .access(Access::Key(Scope::Write))
            .answers(StatusCode::CREATED, "The broadcast.")
            .fails_with(&[Code::NotAllowedNow, Code::TemplateUnavailable, Code::AddressRefused]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewBroadcast>;
    type Ok = Json<BroadcastView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        // What was made once stays made, whatever became of its template since.
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let JsonBody(asked) = &call.body;
        let id = call.new_id("broadcast");
        let caller = call.caller();
        let channel = ChannelId(asked.channel_id);
        call.app.engine().usable_for_broadcasts(caller.workspace, channel)?;
        let (content, template, category) = asked.message.to_many(&call, channel)?;
        let command = Command {
            workspace: caller.workspace,
            name: asked.name.clone(),
            channel,
            content,
            template,
            marketing: asked.marketing.or(category),
            per_minute: asked.per_minute,
            sandbox: caller.mode == Mode::Test,
        };
        let answer = |events: &[Event]| {
            let view = BroadcastView::after(id, &State::default(), events);
            Answer::open(201, serde_json::to_value(view).unwrap_or_default(), caller.workspace)
        };
        let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
        let id = BroadcastId(id);
        Ok(Reply::answered(engine.create_broadcast(&caller, id, command, once, answer).await?))
    }
}
