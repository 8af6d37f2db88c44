//! Reading broadcasts, and who was to hear them.

use axum::http::StatusCode;
use convolog_domain::BroadcastId;
use convolog_domain::api_key::Scope;
use convolog_projections::recipients::{Outcome as Became, RecipientRow};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BroadcastView, existing};
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;
use crate::v1::settings;
use crate::v1::wire::ById;

/// `GET /v1/broadcasts`
pub(crate) struct ListBroadcasts;
/// `GET /v1/broadcasts/{id}`
pub(crate) struct ShowBroadcast;
/// `GET /v1/broadcasts/{id}/recipients`
pub(crate) struct ListRecipients;

/// Which recipients.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WantedRecipients")]
pub(crate) struct Wanted {
    /// Only those who came to this.
    outcome: Option<Became>,
}

/// One recipient.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Recipient")]
pub(crate) struct RecipientView {
    /// The how manieth, from 1.
    number: u32,
    /// Who.
    contact_id: Option<Uuid>,
    /// What became of them.
    outcome: Became,
    /// Why they were passed over, if they were.
    reason: Option<String>,
    /// The platform's error codes, if it failed.
    codes: Vec<i64>,
    /// In which conversation they were written to.
    conversation_id: Option<Uuid>,
    /// Their message.
    message_id: Option<Uuid>,
}

impl From<RecipientRow> for RecipientView {
    fn from(row: RecipientRow) -> Self {
        Self {
            number: row.number,
            contact_id: row.added.map(|(contact, _)| contact.0),
            outcome: row.outcome(),
            conversation_id: row.message.map(|(conversation, _)| conversation.0),
            message_id: row.message.map(|(_, message)| message.0),
            codes: row.codes.into_iter().collect(),
            reason: row.skipped,
        }
    }
}

impl Read for ListBroadcasts {
    const DECLARATION: Declaration =
        Declaration::list("/v1/broadcasts", "list_broadcasts", "List broadcasts")
            .describing("In the order in which they were made, without counts.")
            .group("Broadcasts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of broadcasts.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<BroadcastView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

impl Read for ShowBroadcast {
    const DECLARATION: Declaration =
        Declaration::get("/v1/broadcasts/{id}", "show_broadcast", "Show a broadcast")
            .describing("How far it has come, and what became of its recipients, counted now.")
            .group("Broadcasts")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The broadcast.")
            .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = BroadcastView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), call.path.id);
        let view: BroadcastView = settings::show(&call.app, workspace, id)?;
        let counts = call.app.models().recipients()?.counts(workspace, BroadcastId(id))?;
        Ok(BroadcastView { counts: Some(counts.into()), ..view })
    }
}

impl Read for ListRecipients {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/broadcasts/{id}/recipients",
        "list_recipients",
        "List the recipients of a broadcast",
    )
    .describing("In the order in which they were added, with what became of each.")
    .group("Broadcasts")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of recipients.")
    .from_read_models();
    type Path = ById;
    type Query = Wanted;
    type Shown = List<RecipientView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let of = (call.workspace(), BroadcastId(call.path.id));
        existing(&call.app, of.0, of.1)?;
        let (token, limit) = (call.paging.token.as_deref(), call.paging.limit);
        let table = call.app.models().recipients()?;
        let page = table.recipients(of, call.query.outcome, token, limit)?;
        Ok(page.try_map(|row| Ok::<_, crate::problem::Problem>(RecipientView::from(row)))?.into())
    }
}
