//! Signed changes that could not be accepted: visible with the reason, tried again after a fix.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::quarantine::{self as rules, Quarantine, Reason};
use convolog_domain::{Event, QuarantineId, StreamKind, WorkspaceId};
use convolog_engine::{Answer, Recorded, RetryOutcome};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, List, NoParameters, Read, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::settings::{self, Setting};
use crate::v1::wire::{ById, time};

/// `GET /v1/quarantine`
pub(crate) struct ListQuarantine;
/// `POST /v1/quarantine/{id}/retry`
pub(crate) struct RetryChange;

/// A change that was set aside.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuarantinedChange")]
pub(crate) struct ChangeView {
    /// Which one.
    id: Uuid,
    /// `waiting` or `accepted`.
    status: &'static str,
    /// Why it was not accepted when it was last tried.
    reason: String,
    /// The app that signed it.
    app_id: Uuid,
    /// The platform's id of the number it names.
    phone_number_id: Option<String>,
    /// The platform's id of the account it names.
    waba_id: Option<String>,
    /// The platform's field.
    field: Option<String>,
    /// When it was set aside; it can be tried again for 30 days.
    received_at: String,
    /// SHA-256 of the body it came in.
    body_sha256: String,
}

impl Setting for ChangeView {
    const KIND: StreamKind = StreamKind::Quarantine;
    const NAME: &'static str = "quarantined change";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let Event::Quarantine(rules::Event::ChangeQuarantined(change)) = &begun.event else {
            return Err(Problem::not_found("quarantined change"));
        };
        let loaded = app.engine().load::<Quarantine>(workspace, id)?;
        Ok(Self {
            id,
            status: if loaded.state.open { "waiting" } else { "accepted" },
            reason: reason(loaded.state.reason.unwrap_or(change.reason)),
            app_id: change.app.0,
            phone_number_id: change.phone_number_id.clone(),
            waba_id: change.waba_id.clone(),
            field: change.field.clone(),
            received_at: time(begun.at),
            body_sha256: format!("{:?}", change.body_sha256),
        })
    }
}

impl ChangeView {
    /// As it stands after a try.
    fn after(mut self, outcome: &RetryOutcome) -> Self {
        match outcome {
            RetryOutcome::Accepted(..) => self.status = "accepted",
            RetryOutcome::Refused(why) => self.reason = reason(*why),
        }
        self
    }
}

fn reason(reason: Reason) -> String {
    let name = serde_json::to_value(reason).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

impl Read for ListQuarantine {
    const DECLARATION: Declaration =
        Declaration::list("/v1/quarantine", "list_quarantine", "List quarantined changes")
            .describing("Signed changes that could not be accepted, the oldest first. What an app of the installation signed is listed for the administrator under the nil workspace.")
            .group("Operations")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of changes.")
            .from_read_models();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ChangeView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        settings::list(&call.app, call.workspace(), &call.paging)
    }
}

impl Endpoint for RetryChange {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/quarantine/{id}/retry",
        "retry_change",
        "Try a quarantined change again",
    )
    .describing("The answer says whether it was accepted now, or why it still was not.")
    .group("Operations")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The change as it stands after the try.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ChangeView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, id) = (call.session.workspace, call.path.id);
        let before =
            call.blocking(move |app| settings::show::<ChangeView>(app, workspace, id)).await?;
        let answer = |outcome: &RetryOutcome| {
            let view = before.clone().after(outcome);
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(200, body, workspace)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let retried = call.app.inbound().retry(&caller, QuarantineId(id), once, answer).await?;
        Ok(Reply::answered(retried))
    }
}
