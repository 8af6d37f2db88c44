//! Setting what is wanted.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::{Money, Period, Stage};
use convolog_domain::workspace as rules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::leads::{Amount, Status};

/// `POST /v1/pipeline/targets`
pub(crate) struct SetTarget;

/// What is wanted of one status within a period.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTarget")]
pub(crate) struct Wanted {
    /// Which status.
    status: Status,
    /// For when, in UTC: a year (`2026`), a quarter (`2026-Q4`) or a month (`2026-11`).
    #[schemars(length(min = 4, max = 7))]
    period: String,
    /// So many leads are to come to it.
    #[serde(default)]
    count: Option<u64>,
    /// They are to be worth so much when they do.
    #[serde(default)]
    value: Option<Amount>,
}

/// What is wanted from now on.
#[derive(Serialize, JsonSchema)]
pub(crate) struct TargetSet {
    /// Which status.
    status: String,
    /// For when.
    period: String,
    /// So many leads are to come to it.
    count: Option<u64>,
    /// They are to be worth so much when they do.
    value: Option<convolog_projections::view::MoneyView>,
}

impl Endpoint for SetTarget {
    const DECLARATION: Declaration =
        Declaration::post("/v1/pipeline/targets", "set_target", "Set a target")
            .describing("One for each status and period; it replaces the one before. With neither `count` nor `value` the target is taken away.")
            .group("Leads")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The target.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<TargetSet>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(Wanted { status, period, count, value }) = call.body.clone();
        let period: Period =
            period.parse().map_err(|error| Problem::field("period", format!("period {error}.")))?;
        let (stage, value) = (Stage::from(status), value.map(Money::from));
        let target = rules::Target { count, value: value.clone() };
        let command = rules::SetTarget { stage, period, target: Some(target) };
        let answer = |_: &[convolog_domain::Event]| json!({ "status": stage.name(), "period": period, "count": count, "value": value });
        let workspace = call.workspace();
        Ok(Reply::answered(call.execute(workspace.0, command, 200, answer).await?))
    }
}
