//! Reading channels.

use axum::http::StatusCode;
use convolog_domain::StreamKind;
use convolog_domain::api_key::Scope;

use super::ChannelView;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::listing::{List, PageQuery};
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/channels`
pub(crate) struct ListChannels;

impl Endpoint for ListChannels {
    const DECLARATION: Declaration =
        Declaration::get("/v1/channels", "list_channels", "List channels")
            .describing(
                "In the order in which they were first connected, disconnected ones among them.",
            )
            .group("Channels")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of channels.")
            .fails_with(&[Code::InvalidPage])
            .from_read_models();
    type Path = NoParameters;
    type Query = PageQuery;
    type Body = NoParameters;
    type Ok = Json<List<ChannelView>>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, page) = (call.session.workspace, call.query.clone());
        let list = call
            .blocking(move |app| {
                settings::list(app, workspace, StreamKind::Channel, &page, |id| {
                    ChannelView::load(app, workspace, id)
                })
            })
            .await?;
        Reply::json(&list)
    }
}

/// `GET /v1/channels/{id}`
pub(crate) struct ShowChannel;

impl Endpoint for ShowChannel {
    const DECLARATION: Declaration =
        Declaration::get("/v1/channels/{id}", "show_channel", "Show a channel")
            .group("Channels")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The channel.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ChannelView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.session.workspace, call.path.id);
        let view = call.blocking(move |app| ChannelView::load(app, workspace, id)).await?;
        Reply::json(&view)
    }
}
