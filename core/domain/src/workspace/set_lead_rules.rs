//! Say what is learned of leads from what they say, and what follows from it.

use super::{LeadRulesSet, State, Workspace};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::AgentId;
use crate::lead::LeadRules;
use crate::limits::LEAD_RULES_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// From now on the rules hold for what is said: those of the agent that serves a conversation, else
/// those of the workspace. What was said before is not read again. Without any rules nothing is
/// learned. Rules that are as they were change nothing.
///
/// Who: a key with the scope `manage`. Refuses: a workspace that was never set up (`not_found`),
/// rules that cannot be, those of more than [`LEAD_RULES_MAX`] agents (`not_allowed_now`). That the
/// agent exists stands in another stream; the caller looks there.
#[derive(Clone, Debug)]
pub struct SetLeadRules {
    /// The agent in whose conversations they hold; none for all where no others hold.
    pub agent: Option<AgentId>,
    /// The rules; none takes them away.
    pub rules: Option<LeadRules>,
}

impl Command for SetLeadRules {
    type Aggregate = Workspace;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        let Self { agent, rules } = self;
        let rules = rules.map(LeadRules::checked).transpose()?;
        let old = state.lead_rules.get(&agent).map(|held| held.rules.clone());
        if rules == old {
            return Ok(Vec::new());
        }
        if old.is_none() && state.lead_rules.len() >= LEAD_RULES_MAX {
            let detail =
                format!("a workspace has rules of its own for at most {LEAD_RULES_MAX} agents");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(LeadRulesSet { agent, old, rules, at: ctx.now_seconds() })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::lead::{Money, Qualification};
    use crate::testing::{NOW_SECONDS, given};
    use crate::workspace::{Event, WorkspaceCreated};

    const MIA: AgentId = AgentId(Uuid::from_u128(5));

    fn created() -> Event {
        WorkspaceCreated { name: "Salon".into(), plan: "pro".into() }.into()
    }

    fn set(agent: Option<AgentId>, rules: Option<LeadRules>) -> SetLeadRules {
        SetLeadRules { agent, rules }
    }

    #[test]
    fn an_agents_rules_stand_beside_those_of_the_workspace() {
        let usual = || Some(LeadRules::usual().checked().unwrap());
        let event = |agent, old, rules| LeadRulesSet { agent, old, rules, at: NOW_SECONDS };
        given::<Workspace>([created()]).when(set(None, Some(LeadRules::usual()))).then([event(
            None,
            None,
            usual(),
        )
        .into()]);
        let before = || [created(), event(None, None, usual()).into()];
        given::<Workspace>(before()).when(set(None, usual())).then([]);
        given::<Workspace>(before())
            .when(set(None, None))
            .then([event(None, usual(), None).into()]);
        given::<Workspace>(before()).when(set(Some(MIA), usual())).then([event(
            Some(MIA),
            None,
            usual(),
        )
        .into()]);
        given::<Workspace>([]).when(set(None, usual())).refused(RefusalCode::NotFound);
    }

    #[test]
    fn rules_that_cannot_be_are_refused() {
        let rule = |fields: &[&str], budget, score| Qualification {
            name: "ready".into(),
            fields: fields.iter().map(|name| (*name).to_owned()).collect(),
            budget_at_least: budget,
            score_at_least: score,
        };
        let euros = |currency: &str| Some(Money { amount: 1, currency: currency.into() });
        let qualifies = |rule| LeadRules { qualifies: vec![rule], ..LeadRules::usual() };
        let learn = LeadRules { learn: vec!["age".into()], ..LeadRules::usual() };
        let currency = LeadRules { currency: Some("eur".into()), ..LeadRules::usual() };
        for (rules, field) in [
            (learn, "learn"),
            (currency, "currency"),
            (qualifies(rule(&[], None, None)), "qualifies"),
            (qualifies(rule(&["E Mail"], None, None)), "qualifies"),
            (qualifies(rule(&[], euros("euros"), None)), "budget_at_least"),
            (qualifies(rule(&[], None, Some(101))), "qualifies"),
        ] {
            given::<Workspace>([created()])
                .when(set(None, Some(rules)))
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
    }
}
