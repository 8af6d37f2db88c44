//! What is learned of leads from what they say, and what follows from it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::agent::Agent;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::{self as rules, Money};
use convolog_domain::workspace::{LeadRulesHeld, SetLeadRules, State, Workspace};
use convolog_domain::{AgentId, Aggregate, Event, WorkspaceId};
use convolog_engine::Answer;
use convolog_projections::view::{MoneyView, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::leads::Amount;
use super::wire::seconds;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, List, NoParameters, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/lead-rules`
pub(crate) struct ListLeadRules;
/// `POST /v1/lead-rules`
pub(crate) struct ChangeLeadRules;

/// Rules about leads.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "LeadRules")]
pub(crate) struct RulesView {
    /// The agent in whose conversations they hold; null where no others hold.
    agent_id: Option<Uuid>,
    /// Whether anything is learned; false in the answer that takes the rules away.
    enabled: bool,
    /// The fields that are learned.
    learn: Vec<String>,
    /// The currency that is meant where nobody names one.
    currency: Option<String>,
    /// What each field that is known adds to the score, learned or entered.
    points: BTreeMap<String, u8>,
    /// A new lead that fits one of these is qualified.
    qualifies: Vec<QualificationView>,
    /// What was said from then on is read; null where nothing is.
    since: Option<String>,
}

/// What makes a new lead a qualified one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "LeadQualification")]
pub(crate) struct QualificationView {
    /// What the move gives as its reason.
    name: String,
    /// Fields that must be known.
    fields: Vec<String>,
    /// What they must have said at least that they want to spend.
    budget_at_least: Option<MoneyView>,
    /// The score that they must have at least.
    score_at_least: Option<u8>,
}

/// Rules to be set. What is left out is as is usual.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The agent in whose conversations they hold, instead of the workspace's own; none for those.
    #[serde(default)]
    agent_id: Option<Uuid>,
    /// False takes the rules away: without any, nothing is learned.
    #[serde(default = "yes")]
    enabled: bool,
    /// The fields that are learned: some of `name`, `email`, `phone`, `need`, `budget`, `date`; all
    /// if not given.
    #[serde(default)]
    #[schemars(length(max = 6))]
    learn: Option<Vec<String>>,
    /// The currency that is meant where nobody names one (ISO 4217).
    #[serde(default)]
    #[schemars(length(min = 3, max = 3))]
    currency: Option<String>,
    /// What each field that is known adds to the score, 0 to 100; an empty object for no score by
    /// rule.
    #[serde(default)]
    points: Option<BTreeMap<String, u8>>,
    /// A new lead that fits one of these is qualified.
    #[serde(default)]
    #[schemars(length(max = 20))]
    qualifies: Vec<Qualification>,
}

/// What makes a new lead a qualified one; all of it must hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewLeadQualification")]
pub(crate) struct Qualification {
    /// What the move gives as its reason: a word of lower-case letters, digits, underscores and
    /// hyphens.
    #[schemars(length(min = 1, max = 40))]
    name: String,
    /// Fields that must be known, learned or entered.
    #[serde(default)]
    #[schemars(length(max = 10))]
    fields: Vec<String>,
    /// What they must have said at least that they want to spend, in this currency.
    #[serde(default)]
    budget_at_least: Option<Amount>,
    /// The score that they must have at least.
    #[serde(default)]
    #[schemars(range(max = 100))]
    score_at_least: Option<u8>,
}

const fn yes() -> bool {
    true
}

impl Wanted {
    fn rules(self) -> Option<rules::LeadRules> {
        let usual = rules::LeadRules::usual();
        let qualifies = self.qualifies.into_iter().map(|rule| rules::Qualification {
            name: rule.name,
            fields: rule.fields,
            budget_at_least: rule.budget_at_least.map(Money::from),
            score_at_least: rule.score_at_least,
        });
        self.enabled.then(|| rules::LeadRules {
            learn: self.learn.unwrap_or(usual.learn),
            currency: self.currency,
            points: self.points.unwrap_or(usual.points),
            qualifies: qualifies.collect(),
        })
    }
}

impl RulesView {
    fn of(agent: Option<AgentId>, held: Option<&LeadRulesHeld>) -> Self {
        let qualifies = held.into_iter().flat_map(|held| &held.rules.qualifies);
        let rules = held.map(|held| &held.rules);
        Self {
            agent_id: agent.map(|agent| agent.0),
            enabled: held.is_some(),
            learn: rules.map(|rules| rules.learn.clone()).unwrap_or_default(),
            currency: rules.and_then(|rules| rules.currency.clone()),
            points: rules.map(|rules| rules.points.clone()).unwrap_or_default(),
            qualifies: qualifies
                .map(|rule| QualificationView {
                    name: rule.name.clone(),
                    fields: rule.fields.clone(),
                    budget_at_least: rule.budget_at_least.as_ref().map(Into::into),
                    score_at_least: rule.score_at_least,
                })
                .collect(),
            since: held.map(|held| seconds(held.since)),
        }
    }
}

impl Read for ListLeadRules {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/lead-rules",
        "show_lead_rules",
        "Show the rules about leads",
    )
    .describing("Those of the workspace first, then those of agents. None: nothing is learned of leads from what they say.")
    .group("Leads")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "Every rule.")
    .tagged();
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<RulesView>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let state = call.app.engine().load::<Workspace>(workspace, workspace.0)?.state;
        let shown = state.lead_rules.iter().map(|(agent, held)| RulesView::of(*agent, Some(held)));
        Ok(List::whole(shown.collect()))
    }
}

impl Endpoint for ChangeLeadRules {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/lead-rules",
        "set_lead_rules",
        "Set the rules about leads",
    )
    .describing("What customers say about themselves from now on (name, e-mail address, phone number, need, budget, date) is learned into their lead, with the message it stands in. What people entered, moved or scored stays as they left it. An agent's own rules hold instead of the workspace's where it serves. They replace those before; an empty object is all that is usual.")
    .group("Leads")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The rules.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<RulesView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = call.body.clone();
        let (caller, agent) = (call.caller(), wanted.agent_id.map(AgentId));
        let engine = call.app.engine();
        if let Some(agent) = agent
            && engine.load::<Agent>(caller.workspace, agent.0)?.state.newest().is_none()
        {
            let detail = "agent_id names an agent that this workspace does not have.";
            return Err(Problem::field("agent_id", detail));
        }
        let command = SetLeadRules { agent, rules: wanted.rules() };
        let workspace: WorkspaceId = caller.workspace;
        let answer = |before: &State, events: &[Event]| {
            let mut state = before.clone();
            for event in events {
                if let Event::Workspace(event) = event {
                    Workspace::evolve(&mut state, event);
                }
            }
            let view = RulesView::of(agent, state.lead_rules.get(&agent));
            Answer::open(200, serde_json::to_value(view).unwrap_or_default(), workspace)
        };
        let once = call.facts.once.as_ref();
        let done = engine.execute_knowing(&caller, workspace.0, command, once, answer).await?;
        Ok(Reply::answered(done))
    }
}
