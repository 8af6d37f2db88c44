//! Reading channels.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::ChannelView;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/channels`
pub(crate) struct ListChannels;

impl Read for ListChannels {
    const DECLARATION: Declaration =
        Declaration::list("/v1/channels", "list_channels", "List channels")
            .describing(
                "In the order in which they were first connected, disconnected ones among them.",
            )
            .group("Channels")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of channels.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ChannelView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

/// `GET /v1/channels/{id}`
pub(crate) struct ShowChannel;

impl Read for ShowChannel {
    const DECLARATION: Declaration =
        Declaration::get("/v1/channels/{id}", "show_channel", "Show a channel")
            .group("Channels")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The channel.")
            .tagged();
    type Path = ById;
    type Query = NoParameters;
    type Shown = ChannelView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::show(&call.app, call.workspace(), call.path.id)
    }
}
