//! Connecting a number: read it from the platform, reserve it, link its account, connect.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel as rules;
use convolog_domain::{AppId, ChannelId, Event, Sensitive};
use convolog_engine::{Answer, AppChoice, AppSecrets, ChannelSpec};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{ChannelView, platforms};
use crate::channels::{Claimed, prove};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::apps::graph_version;
use crate::v1::wire::Secret;

/// `POST /v1/channels`
pub(crate) struct ConnectChannel;

/// A number to be connected. Name an app with `app_id`, or give `app_secret` and `verify_token` to
/// make one of the workspace's own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewChannel {
    /// The platform.
    #[serde(rename = "type")]
    #[schemars(schema_with = "platforms")]
    platform: String,
    /// What its people call it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// The platform's id of the number (not the number).
    phone_number_id: String,
    /// The platform's id of the business account.
    waba_id: String,
    /// The number as people dial it.
    #[schemars(with = "String")]
    display_phone_number: Sensitive,
    /// The token with which Convolog reads and sends at this number.
    #[serde(default)]
    access_token: Option<Secret>,
    /// An app that is registered, of the workspace or of the installation.
    #[serde(default)]
    app_id: Option<Uuid>,
    /// The secret of an app of the workspace's own.
    #[serde(default)]
    app_secret: Option<Secret>,
    /// What the platform repeats in the handshake for that app.
    #[serde(default)]
    verify_token: Option<Secret>,
    /// Where the platform's API is.
    #[serde(default = "graph_url")]
    graph_url: String,
    /// The version of the Graph API; `v25.0` if not given.
    #[serde(default = "graph_version")]
    graph_version: String,
}

fn graph_url() -> String {
    "https://graph.facebook.com".to_owned()
}

impl Endpoint for ConnectChannel {
    const DECLARATION: Declaration =
        Declaration::post("/v1/channels", "connect_channel", "Connect a number")
            .describing("Reads the number from the platform with the access token, to show that it is the workspace's, and takes it: a number belongs to one channel of the whole installation. A number that this workspace had before is its old channel again: its conversations go on.")
            .group("Channels")
            .access(Access::Key(Scope::Manage))
            .rate(RateClass::Heavy)
            .answers(StatusCode::CREATED, "The channel.")
            .fails_with(&[
                Code::AlreadyExists,
                Code::OwnedByAnother,
                Code::OwnershipNotProved,
                Code::AddressRefused,
                Code::PlatformUnavailable,
                Code::PlanLimitReached,
            ]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewChannel>;
    type Ok = Json<ChannelView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let JsonBody(new) = &call.body;
        let app = app_choice(new)?;
        let guard = call.app.outgoing();
        let url = guard.read_public("graph_url", &new.graph_url)?;
        let access_token = new.access_token.as_ref().map(Secret::text);
        let plain_http_allowed = guard.lists(&url);
        let claimed = Claimed {
            phone_number_id: &new.phone_number_id,
            access_token,
            graph_url: url,
            graph_version: &new.graph_version,
        };
        let spec = ChannelSpec {
            platform: new.platform.clone(),
            name: new.name.clone(),
            app,
            phone_number_id: new.phone_number_id.clone(),
            waba_id: new.waba_id.clone(),
            display_phone_number: new.display_phone_number.clone(),
            access_token: access_token.cloned(),
            graph_url: new.graph_url.trim_end_matches('/').to_owned(),
            plain_http_allowed,
            proof: prove(&call.app, claimed).await?,
        };
        let (caller, engine) = (call.caller(), call.app.engine());
        let again = engine.former_channel(&caller, &new.phone_number_id).await?;
        let id = again.unwrap_or_else(|| ChannelId(call.new_id("channel")));
        let number = new.display_phone_number.expose();
        let answer = |events: &[Event]| {
            let body = connected(id, events, number);
            Answer::open(201, body, caller.workspace)
        };
        let once = call.facts.once.as_ref();
        let answered = engine.connect_channel(&caller, id, &spec, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn app_choice(new: &NewChannel) -> Outcome<AppChoice> {
    match (new.app_id, &new.app_secret, &new.verify_token) {
        (Some(app), None, None) => Ok(AppChoice::Registered(AppId(app))),
        (None, Some(secret), Some(verify_token)) => Ok(AppChoice::Own(AppSecrets {
            secret: secret.text().clone(),
            verify_token: verify_token.text().clone(),
            graph_version: new.graph_version.clone(),
        })),
        (Some(_), ..) => Err(Problem::field(
            "app_id",
            "app_id names a registered app; leave it out to give app_secret and verify_token.",
        )),
        (None, None, _) => Err(Problem::field(
            "app_secret",
            "app_secret and verify_token are needed, or app_id of a registered app.",
        )),
        (None, Some(_), None) => {
            Err(Problem::field("verify_token", "verify_token is needed together with app_secret."))
        }
    }
}

fn connected(id: ChannelId, events: &[Event], number: &str) -> Value {
    let view = events.iter().find_map(|event| match event {
        Event::Channel(rules::Event::ChannelConnected(settings)) => Some(ChannelView {
            display_phone_number: Some(number.trim().to_owned()),
            ..ChannelView::of(id.0, settings, true)
        }),
        _ => None,
    });
    serde_json::to_value(view).unwrap_or_default()
}
