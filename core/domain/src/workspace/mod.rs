//! A tenant: everything else belongs to one.

mod allowance;
mod change_plan;
mod create_workspace;
mod rename_workspace;
mod set_lead_rules;
mod set_opt_out_words;
mod set_rate_card;
mod set_target;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::contact::PreferenceScope;
use crate::contact::words::OwnWords;
use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::ids::AgentId;
use crate::lead::{LeadRules, Money, Period, Stage};
use crate::refusal::{Refusal, RefusalCode};

pub use allowance::{Account, Allowance, Counted, Limit, Month, Plans};
pub use change_plan::ChangePlan;
pub use create_workspace::CreateWorkspace;
pub use rename_workspace::RenameWorkspace;
pub use set_lead_rules::SetLeadRules;
pub use set_opt_out_words::SetOptOutWords;
pub use set_rate_card::SetRateCard;
pub use set_target::SetTarget;

/// A workspace was set up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkspaceCreated {
    /// What its people call it.
    pub name: String,
    /// The plan, which sets limits.
    pub plan: String,
}

/// It got another name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkspaceRenamed {
    /// The name before.
    pub old_name: String,
    /// The name now.
    pub name: String,
}

/// It got another plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WorkspacePlanChanged {
    /// The plan before.
    pub old_plan: String,
    /// The plan now.
    pub plan: String,
}

/// What is wanted of a stage within a period.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// So many leads are to come to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// They are to be worth so much when they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}

/// It wants to reach something with its leads, or no longer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TargetSet {
    /// Of which stage.
    pub stage: Stage,
    /// For when.
    pub period: Period,
    /// What was wanted before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Target>,
    /// What is wanted now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

/// It said by which words of its own its people opt out or come back, and what that stops. All of them:
/// those that were set before are no more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OptOutWordsSet {
    /// Nothing more is wanted; sorted, as they are compared.
    pub stop: Vec<String>,
    /// It is wanted again; sorted, as they are compared.
    pub start: Vec<String>,
    /// What a word of theirs stops.
    pub scope: PreferenceScope,
}

/// Other rules hold for what is learned of its leads, or none any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadRulesSet {
    /// The agent in whose conversations they hold; none for all where no others hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The rules before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<LeadRules>,
    /// The rules now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<LeadRules>,
    /// When (seconds since 1970).
    pub at: i64,
}

/// Rules that hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadRulesHeld {
    /// The rules.
    pub rules: LeadRules,
    /// Since when there have been any here (seconds since 1970): what was said before is not read.
    pub since: i64,
}

/// What is charged for one message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// The platform's category: `marketing`, `utility` …
    pub category: String,
    /// The calling code of the recipient's country; none for every other country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market: Option<String>,
    /// Millionths of the currency's unit.
    pub micros: u64,
}

/// It said what messages cost from a time on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RateCardSet {
    /// From then on (seconds since 1970), until the next card.
    pub valid_from: i64,
    /// ISO 4217.
    pub currency: String,
    /// Sorted.
    pub rates: Vec<Rate>,
}

events! {
    /// What happened to a workspace.
    Workspace {
        1 "workspace_created" @1 WorkspaceCreated(WorkspaceCreated)
            by [create_workspace::CreateWorkspace],
        2 "workspace_renamed" @1 WorkspaceRenamed(WorkspaceRenamed)
            by [rename_workspace::RenameWorkspace],
        3 "target_set" @1 TargetSet(TargetSet) by [set_target::SetTarget],
        4 "workspace_plan_changed" @1 WorkspacePlanChanged(WorkspacePlanChanged)
            by [change_plan::ChangePlan],
        9 "opt_out_words_set" @1 OptOutWordsSet(OptOutWordsSet)
            by [set_opt_out_words::SetOptOutWords],
        5 "lead_rules_set" @1 LeadRulesSet(LeadRulesSet) by [set_lead_rules::SetLeadRules],
        10 "rate_card_set" @1 RateCardSet(RateCardSet) by [set_rate_card::SetRateCard],
    }
}

/// What the history of a workspace amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// Name and plan as they are now; none before it was set up.
    pub settings: Option<WorkspaceCreated>,
    /// What is wanted of which stage, and for when.
    pub targets: BTreeMap<(Stage, Period), Target>,
    /// How its people opt out.
    pub opt_out: OptOutWords,
    /// What is learned of leads, by the agent that serves a conversation; under none, elsewhere.
    pub lead_rules: BTreeMap<Option<AgentId>, LeadRulesHeld>,
    /// What messages cost, by the time from which it holds.
    pub rate_cards: BTreeMap<i64, RateCardSet>,
}

/// How the people of a workspace opt out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OptOutWords {
    /// Its own words, beside those that everybody has.
    pub words: OwnWords,
    /// What a word stops.
    pub scope: PreferenceScope,
}

impl Default for OptOutWords {
    fn default() -> Self {
        Self { words: OwnWords::default(), scope: PreferenceScope::Marketing }
    }
}

impl State {
    /// The rules that hold for a conversation that this agent serves, if any.
    pub fn lead_rules_for(&self, agent: Option<AgentId>) -> Option<&LeadRulesHeld> {
        self.lead_rules.get(&agent).or_else(|| self.lead_rules.get(&None))
    }

    /// What a message of a category to a market cost at a time (seconds since 1970), in millionths, and
    /// in which currency; none if no card says. The card that holds then decides alone.
    pub fn rate(&self, at: i64, category: &str, market: Option<&str>) -> Option<(u64, &str)> {
        let (_, card) = self.rate_cards.range(..=at).next_back()?;
        let of = |wanted: Option<&str>| {
            let mut rates = card.rates.iter();
            rates.find(|rate| rate.category == category && rate.market.as_deref() == wanted)
        };
        let rate = market.and_then(|market| of(Some(market))).or_else(|| of(None))?;
        Some((rate.micros, &card.currency))
    }

    /// The settings of a workspace that must exist.
    fn existing(&self) -> Result<&WorkspaceCreated, Refusal> {
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such workspace");
        self.settings.as_ref().ok_or_else(missing)
    }
}

/// A tenant.
#[derive(Clone, Copy, Debug)]
pub struct Workspace;

impl Aggregate for Workspace {
    const KIND: StreamKind = StreamKind::Workspace;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::WorkspaceCreated(created) => state.settings = Some(created.clone()),
            Event::TargetSet(TargetSet { stage, period, old: _, target }) => {
                match target {
                    Some(target) => state.targets.insert((*stage, *period), target.clone()),
                    None => state.targets.remove(&(*stage, *period)),
                };
            }
            Event::RateCardSet(card) => {
                state.rate_cards.insert(card.valid_from, card.clone());
            }
            Event::OptOutWordsSet(OptOutWordsSet { stop, start, scope }) => {
                let (stop, start) =
                    (stop.iter().cloned().collect(), start.iter().cloned().collect());
                state.opt_out = OptOutWords { words: OwnWords { stop, start }, scope: *scope };
            }
            Event::LeadRulesSet(LeadRulesSet { agent, old: _, rules, at }) => {
                let since = state.lead_rules.get(agent).map_or(*at, |held| held.since);
                match rules {
                    Some(rules) => {
                        let held = LeadRulesHeld { rules: rules.clone(), since };
                        state.lead_rules.insert(*agent, held)
                    }
                    None => state.lead_rules.remove(agent),
                };
            }
            Event::WorkspaceRenamed(renamed) => {
                if let Some(settings) = &mut state.settings {
                    settings.name.clone_from(&renamed.name);
                }
            }
            Event::WorkspacePlanChanged(changed) => {
                if let Some(settings) = &mut state.settings {
                    settings.plan.clone_from(&changed.plan);
                }
            }
        }
    }
}
