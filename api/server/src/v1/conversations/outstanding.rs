//! Messages of a workspace that wait, that failed, or of which nobody knows what became.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::transcripts::Outstanding;
use convolog_projections::view::{MessageView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::Outcome;

/// `GET /v1/messages`
pub(crate) struct ListOutstanding;

/// Which messages.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WantedOutstanding")]
pub(crate) struct Wanted {
    /// What they came to: `queued`, `undetermined` or `failed`.
    status: Outstanding,
}

impl Read for ListOutstanding {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/messages",
        "list_outstanding",
        "List messages that wait, failed or are undetermined",
    )
    .describing("Of all conversations, those asked for here, the newest first: what waits to be sent, what failed and why, and what a person has to look at because the platform never said whether it has it.")
    .group("Conversations")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of messages.")
    .from_read_models();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<MessageView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, status) = (call.workspace(), call.query.status);
        let (token, limit) = (call.paging.token.as_deref(), call.paging.limit);
        let table = call.app.models().transcripts()?;
        let page = table.outstanding(workspace, status, token, limit)?;
        let shown =
            page.try_map(|(conversation, message)| view.message(workspace, conversation, message))?;
        Ok(shown.flatten().into())
    }
}
