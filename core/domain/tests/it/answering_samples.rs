//! At least one value of every event of a connection to a model, and of what came with it: agents that
//! name one, replies that cost something, leads of whom something was learned.

use std::collections::BTreeMap;

use convolog_domain::agent::{AgentSettings, AgentUpdated, HandoffRules};
use convolog_domain::conversation::{AgentReplied, Effort};
use convolog_domain::lead::{
    LeadFieldsChanged, LeadRules, LeadScored, LeadStageChanged, Learned, Money, Qualification,
    Rank, Stage,
};
use convolog_domain::model_connection::{
    ConnectionSettings, ModelBudget, ModelConnectionAdded, ModelConnectionChanged,
    ModelConnectionChecked, ModelConnectionRemoved, TokenPrice,
};
use convolog_domain::workspace::LeadRulesSet;
use convolog_domain::{AgentId, ConversationId, Event, Hash32, MessageId, ModelConnectionId};

use crate::agent_samples::full;
use crate::samples::{id, secret};

const AT: i64 = 1_767_225_600;

fn connection() -> ModelConnectionId {
    ModelConnectionId(id(60))
}

fn settings() -> ConnectionSettings {
    ConnectionSettings {
        name: "Ours".into(),
        provider: "openai_compatible".into(),
        model: "small".into(),
        timeout_milliseconds: 20_000,
        budget: Some(ModelBudget { tokens: Some(1_000_000), cost: Some(5_000) }),
        price: Some(TokenPrice { currency: "EUR".into(), input: 300, output: 1_500 }),
    }
}

fn effort() -> Effort {
    Effort { input_tokens: 900, output_tokens: 40, milliseconds: 700, cost_millionths: 330_000 }
}

/// Every event, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let host = || "models.example.com".to_owned();
    let bare = ConnectionSettings { budget: None, price: None, ..settings() };
    let added = ModelConnectionAdded { settings: settings(), host: host(), key: Some(secret(61)) };
    let changed = ModelConnectionChanged {
        old_settings: bare.clone(),
        settings: settings(),
        host: host(),
        address_at: 1,
        key: Some(secret(62)),
    };
    let checked = ModelConnectionChecked {
        connection: connection(),
        outcome: "ok".into(),
        at: AT,
        effort: effort(),
    };
    let mut all: Vec<Event> = vec![
        added.into(),
        ModelConnectionAdded { settings: bare, host: host(), key: None }.into(),
        changed.clone().into(),
        ModelConnectionChanged { key: None, ..changed }.into(),
        ModelConnectionRemoved {}.into(),
        checked.into(),
    ];
    all.extend(agents());
    all.extend(leads());
    all
}

fn agents() -> [Event; 2] {
    let handoff = HandoffRules { guess_when_unsure: true, ..full().handoff };
    let settings = AgentSettings { handoff, connection: Some(connection()), ..full() };
    let replied = AgentReplied {
        agent: AgentId(id(23)),
        version: 3,
        answered: MessageId(id(26)),
        message: None,
        at: AT,
        outcome: "unknown".into(),
        sure: false,
        sources: vec![],
        passages: vec![],
        provider: "built_in".into(),
        model: None,
        failed: Some("openai_compatible: budget_exhausted".into()),
        effort: effort(),
        connection: Some(connection()),
    };
    [AgentUpdated { version: 2, settings, instructions_at: 1 }.into(), replied.into()]
}

fn leads() -> Vec<Event> {
    let money = Some(Money { amount: 150_000, currency: "BRL".into() });
    let rule = Qualification {
        name: "ready_to_buy".into(),
        fields: vec!["email".into()],
        budget_at_least: money.clone(),
        score_at_least: Some(50),
    };
    let rules =
        LeadRules { currency: Some("BRL".into()), qualifies: vec![rule], ..LeadRules::usual() };
    let agent = Some(AgentId(id(23)));
    let values = [("budget", 63), ("email", 64)];
    let learned = Learned {
        conversation: ConversationId(id(20)),
        message: MessageId(id(26)),
        agent,
        heard: (AT * 1_000_000, 7),
        values: values.map(|(name, byte)| (name.to_owned(), Hash32([byte; 32]))).into(),
        budget: money,
    };
    let bare = Learned { agent: None, values: BTreeMap::new(), budget: None, ..learned.clone() };
    let fields = |learned| LeadFieldsChanged {
        set: vec!["budget".into(), "email".into()],
        removed: vec![],
        phone: None,
        email: None,
        learned: Some(learned),
    };
    vec![
        LeadRulesSet { agent, old: None, rules: Some(rules.clone()), at: AT }.into(),
        LeadRulesSet { agent: None, old: Some(rules), rules: None, at: AT }.into(),
        fields(learned).into(),
        fields(bare).into(),
        LeadScored {
            old: None,
            score: 50,
            reasons: vec!["has-budget".into(), "has-email".into()],
            taken_away: false,
            by_rule: true,
        }
        .into(),
        LeadStageChanged {
            from: Stage::New,
            to: Stage::Qualified,
            at: AT,
            since: AT - 60,
            value: None,
            rank: Rank::on_top(AT * 1_000_000, id(30)),
            again: false,
            rule: Some("ready_to_buy".into()),
        }
        .into(),
    ]
}
