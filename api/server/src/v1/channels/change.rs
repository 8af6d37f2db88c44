//! Changing a channel: another access token, how much may be sent with it, what its customers see
//! while an agent answers.

use axum::http::StatusCode;
use convolog_domain::WorkspaceId;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::{self as rules, Channel, ChannelConnected, ReadMarks, SetLimits};
use convolog_engine::Caller;
use convolog_log::Position;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use uuid::Uuid;

use super::ChannelView;
use crate::app::App;
use crate::channels::{Claimed, prove};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::apps::AppView;
use crate::v1::settings;
use crate::v1::wire::{ById, Secret};

/// `PATCH /v1/channels/{id}`
pub(crate) struct ChangeChannel;

/// What is to be different about a channel.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangedChannel")]
pub(crate) struct Wanted {
    /// The token with which Convolog reads and sends at this number from now on.
    #[serde(default)]
    access_token: Option<Secret>,
    /// Messages a second, where it is not told by the platform: 20 for a number that is used on a phone
    /// as well.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    messages_a_second: Option<u32>,
    /// People to whom the portfolio may write first within 24 hours, until the platform says otherwise.
    #[serde(default)]
    #[schemars(range(min = 1, max = 10_000_000))]
    people_a_day: Option<u64>,
    /// What its customers see while an agent answers them: nothing (`off`, as long as nobody says
    /// otherwise), that their message is read (`read`), and that somebody writes too (`typing`).
    #[serde(default)]
    read_marks: Option<ReadMarks>,
}

impl Endpoint for ChangeChannel {
    const DECLARATION: Declaration = Declaration::patch(
        "/v1/channels/{id}",
        "change_channel",
        "Change a channel",
    )
    .describing("What is left out stays as it is: its access token, how much may be sent with it, what its customers see while an agent answers. With `access_token`: reads the number from the platform with the new token, as when it was connected; the old token is forgotten. Safe to repeat.")
    .group("Channels")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "The channel.")
    .fails_with(&[
        Code::NotAllowedNow,
        Code::OwnershipNotProved,
        Code::AddressRefused,
        Code::PlatformUnavailable,
    ]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<ChannelView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller) = (call.path.id, call.caller());
        let Wanted { access_token, messages_a_second, people_a_day, read_marks } = &call.body.0;
        let mut position = None;
        if let Some(token) = access_token {
            position = Some(replace_token(&call.app, &caller, id, token.text()).await?);
        }
        let limits =
            SetLimits { messages_a_second: *messages_a_second, people_a_day: *people_a_day };
        if limits != SetLimits::default() {
            position = Some(call.execute_plainly(id, limits).await?.position);
        }
        if let Some(marks) = *read_marks {
            let command = rules::SetReadMarks { marks };
            position = Some(call.execute_plainly(id, command).await?.position);
        }
        let channel: ChannelView = settings::show(&call.app, caller.workspace, id)?;
        let Some(position) = position else {
            let detail = "access_token, messages_a_second, people_a_day or read_marks is needed.";
            return Err(Problem::field("access_token", detail));
        };
        Ok(Reply::json(&channel)?.at(position))
    }
}

/// Gives it another token, which must read its number.
async fn replace_token(
    app: &App,
    caller: &Caller,
    id: Uuid,
    token: &SecretString,
) -> Outcome<Position> {
    let engine = app.engine();
    let channel = engine.load::<Channel>(caller.workspace, id)?.state;
    // What is not connected has no number to read: the command says so.
    if let Some(settings) = channel.live() {
        reads_its_number(app, caller.workspace, settings, token).await?;
    }
    let command = |access_token| rules::ReplaceToken { access_token };
    Ok(engine.execute_with_secret(caller, id, token, command).await?.position)
}

/// Refuses a token that the platform does not show the number to.
async fn reads_its_number(
    app: &App,
    workspace: WorkspaceId,
    settings: &ChannelConnected,
    token: &SecretString,
) -> Outcome<()> {
    let owner = if settings.installation_app { WorkspaceId::INSTALLATION } else { workspace };
    let meta_app: AppView = settings::show(app, owner, settings.app.0)?;
    let claimed = Claimed {
        phone_number_id: &settings.phone_number_id,
        access_token: Some(token),
        graph_url: app.outgoing().read_public("graph_url", &settings.graph_url)?,
        graph_version: &meta_app.graph_version,
    };
    prove(app, claimed).await?;
    Ok(())
}
