//! What the plan of a workspace allows, and how much of it is used.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::workspace::Month;
use convolog_engine::Standing;
use schemars::JsonSchema;
use serde::Serialize;

use super::wire::seconds;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, Reply};
use crate::problem::{Outcome, Problem};

/// `GET /v1/limits`
pub(crate) struct ShowLimits;

/// What the plan allows.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Limits {
    /// The plan of the workspace.
    plan: String,
    /// Everything that a plan can limit.
    limits: Vec<LimitView>,
}

/// One limit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Limit")]
pub(crate) struct LimitView {
    /// What is limited: `channels`, `keys`, `people`, `messages`, `knowledge_writes`, `generations`.
    name: &'static str,
    /// How many there are; messages, changes of documents and answers of agents: how many there were
    /// in this calendar month (UTC), those of test keys left out. Null where the plan sets no limit.
    used: Option<u64>,
    /// How many there may be; null for any number.
    allowed: Option<u64>,
    /// When it counts from nothing again; null for what is limited at any time.
    resets_at: Option<String>,
}

impl LimitView {
    fn of(standing: &Standing, now: i64) -> Self {
        let resets = standing.limit.is_monthly() && standing.allowed.is_some();
        Self {
            name: standing.limit.name(),
            used: standing.used,
            allowed: standing.allowed,
            resets_at: resets.then(|| seconds(Month::of(now).next().start())),
        }
    }
}

impl Endpoint for ShowLimits {
    const DECLARATION: Declaration =
        Declaration::get("/v1/limits", "show_limits", "Show what the plan allows")
            .describing("Every limit of the workspace's plan and how much of it is used, counted from the events. Whoever reaches one is told `plan_limit_reached`.")
            .group("Workspaces")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The limits.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Limits>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (engine, workspace) = (call.app.engine(), call.workspace());
        let plan = engine.plan_of(workspace)?.ok_or_else(Problem::no_workspace)?;
        let now = engine.clock().now().0.div_euclid(1_000_000);
        let standings = engine.standings(workspace).await?;
        let limits = standings.iter().map(|standing| LimitView::of(standing, now)).collect();
        Reply::json(&Limits { plan, limits })
    }
}
