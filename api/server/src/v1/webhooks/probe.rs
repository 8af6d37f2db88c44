//! Asking whether a receiver answers.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::delivery::{self as rules, Delivery};
use convolog_log::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::deliveries::existing;
use super::{HealthView, WebhookView};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Outcome, Problem};
use crate::v1::installation::is_armed;
use crate::v1::wire::ById;

/// `POST /v1/webhooks/{id}/probe`
pub(crate) struct ProbeWebhook;

/// How much longer than a receiver may take the answer waits.
const MARGIN: Duration = Duration::from_secs(3);

/// A probe and what came of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Probe")]
pub(crate) struct ProbeView {
    /// Which one.
    id: Uuid,
    /// `pending` while it is not sent or not answered, else how it ended, as for attempts.
    outcome: &'static str,
    /// The status of the answer; null if there was none.
    http_status: Option<u16>,
    /// How long it took; null while it is pending.
    milliseconds: Option<u32>,
    /// How the endpoint is doing now.
    health: HealthView,
}

impl ProbeView {
    fn of(state: &rules::State, now: Timestamp) -> Option<Self> {
        let probe = state.probe.as_ref()?;
        let result = probe.result.as_ref();
        Some(Self {
            id: probe.id,
            outcome: result.map_or("pending", |result| result.outcome.name()),
            http_status: result.and_then(|result| result.status),
            milliseconds: result.map(|result| result.milliseconds),
            health: HealthView::of(state, now),
        })
    }
}

impl Endpoint for ProbeWebhook {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/webhooks/{id}/probe",
        "probe_webhook",
        "Ask a webhook's receiver whether it answers",
    )
    .describing("Sends one signed message of the type `webhook.probe` and waits for the answer. A good one brings back an endpoint that was paused by itself or disabled. While this instance is not armed, the probe stays `pending` and is sent once it is.")
    .group("Webhooks")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "What came of it.")
    .keeps_its_answer_after();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ProbeView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (call.path.id, call.workspace());
        existing(&call, id)?;
        let engine = call.app.engine().clone();
        let probe = call.new_id("probe");
        let mut head = engine.log().watch();
        let done = call.execute_plainly(id, rules::RequestProbe { probe }).await?;
        let read =
            || Ok::<Arc<rules::State>, Problem>(engine.load::<Delivery>(workspace, id)?.state);
        let waits = |state: &Arc<rules::State>| {
            state.probe.as_ref().is_some_and(|probe| probe.result.is_none())
        };
        let armed = is_armed(&call.app)?;
        let patience = call.app.config().webhook_timeout() + MARGIN;
        let answered = async {
            while armed && waits(&read()?) && head.changed().await.is_ok() {}
            Ok::<_, Problem>(())
        };
        // Whatever came of it by then is the answer.
        if let Ok(read) = tokio::time::timeout(patience, answered).await {
            read?;
        }
        let view = ProbeView::of(&*read()?, engine.clock().now()).ok_or_else(|| {
            Problem::not_found(<WebhookView as crate::v1::settings::Setting>::NAME)
        })?;
        Ok(Reply::json(&view)?.at(done.position))
    }
}
