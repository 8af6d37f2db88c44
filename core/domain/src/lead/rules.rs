//! What a workspace learns of its leads from what they say, and what follows from it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FIELD_BUDGET, Money, State};
use crate::limits::{QUALIFICATIONS_MAX, SCORE_MAX, SCORE_REASONS_MAX, SLUG_CHARS_MAX};
use crate::refusal::Refusal;
use crate::validate;

/// What can be learned from what somebody says.
pub const LEARNED_FIELDS: [&str; 6] = ["name", "email", "phone", "need", FIELD_BUDGET, "date"];

/// What is learned of leads from what they say, and what follows from it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadRules {
    /// The fields that are learned: some of `name`, `email`, `phone`, `need`, `budget`, `date`.
    pub learn: Vec<String>,
    /// The currency that is meant where nobody names one (ISO 4217).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What each field that is known adds to the score, learned or entered; none = no score by rule.
    pub points: BTreeMap<String, u8>,
    /// A new lead that fits one of these is qualified.
    pub qualifies: Vec<Qualification>,
}

/// What makes a new lead a qualified one; all of it must hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Qualification {
    /// What the move gives as its reason: a word of a kind.
    pub name: String,
    /// Fields that must be known, learned or entered.
    pub fields: Vec<String>,
    /// What they must have said at least that they want to spend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_at_least: Option<Money>,
    /// The score that they must have at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score_at_least: Option<u8>,
}

impl LeadRules {
    /// What is usual: everything is learned and adds to the score; nobody is qualified by it.
    pub fn usual() -> Self {
        let points = [
            ("name", 10),
            ("email", 20),
            ("phone", 10),
            ("need", 15),
            (FIELD_BUDGET, 30),
            ("date", 15),
        ];
        Self {
            learn: LEARNED_FIELDS.map(str::to_owned).to_vec(),
            currency: None,
            points: points.map(|(field, points)| (field.to_owned(), points)).into(),
            qualifies: Vec::new(),
        }
    }

    /// The rules as they will be recorded.
    pub(crate) fn checked(mut self) -> Result<Self, Refusal> {
        for field in &self.learn {
            validate::one_of("learn", field, &LEARNED_FIELDS)?;
        }
        self.learn.sort_unstable();
        self.learn.dedup();
        if let Some(currency) = self.currency.take() {
            let money = Money { amount: 0, currency };
            self.currency = Some(money.checked("currency")?.currency);
        }
        for (field, points) in &self.points {
            validate::slug("points", field, SLUG_CHARS_MAX)?;
            if *points > SCORE_MAX {
                return Err(Refusal::field("points", format!("takes at most {SCORE_MAX} a field")));
            }
        }
        if self.points.len() > POINTS_MAX || self.qualifies.len() > QUALIFICATIONS_MAX {
            let detail = format!(
                "takes at most {QUALIFICATIONS_MAX} rules, and points for {POINTS_MAX} fields"
            );
            return Err(Refusal::field("qualifies", detail));
        }
        self.qualifies =
            self.qualifies.into_iter().map(Qualification::checked).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The score of a lead, and what makes it; none where the rules give no points.
    pub(super) fn score(&self, state: &State) -> Option<(u8, Vec<String>)> {
        if self.points.is_empty() {
            return None;
        }
        let known: Vec<(&String, u8)> = self
            .points
            .iter()
            .filter(|(field, points)| state.fields.contains(*field) && **points > 0)
            .map(|(field, points)| (field, *points))
            .collect();
        let score = known.iter().fold(0_u8, |sum, (_, points)| sum.saturating_add(*points));
        let reasons = known.iter().map(|(field, _)| format!("has-{field}"));
        let reasons = reasons.map(|reason| reason.chars().take(SLUG_CHARS_MAX).collect());
        Some((score.min(SCORE_MAX), reasons.collect()))
    }

    /// The first rule that a lead fits.
    pub(super) fn qualifying(&self, state: &State) -> Option<&Qualification> {
        self.qualifies.iter().find(|rule| rule.fits(state))
    }
}

/// Fields that may add to a score: each is a reason of it.
const POINTS_MAX: usize = SCORE_REASONS_MAX;

impl Qualification {
    fn checked(mut self) -> Result<Self, Refusal> {
        let field = "qualifies";
        self.name = validate::slug(field, &self.name, SLUG_CHARS_MAX)?;
        if self.fields.is_empty() && self.budget_at_least.is_none() && self.score_at_least.is_none()
        {
            let detail =
                "needs in each rule at least one of fields, budget_at_least, score_at_least";
            return Err(Refusal::field(field, detail));
        }
        if self.fields.len() > POINTS_MAX {
            return Err(Refusal::field(field, format!("takes at most {POINTS_MAX} fields a rule")));
        }
        for name in &self.fields {
            validate::slug(field, name, SLUG_CHARS_MAX)?;
        }
        self.budget_at_least =
            self.budget_at_least.map(|money| money.checked("budget_at_least")).transpose()?;
        if self.score_at_least.is_some_and(|score| score > SCORE_MAX) {
            let detail = format!("takes a score_at_least of at most {SCORE_MAX}");
            return Err(Refusal::field(field, detail));
        }
        Ok(self)
    }

    /// Amounts in different currencies are not compared: they do not fit.
    fn fits(&self, state: &State) -> bool {
        let enough = |least: &Money| {
            state.budget.as_ref().is_some_and(|budget| {
                budget.currency == least.currency && budget.amount >= least.amount
            })
        };
        self.fields.iter().all(|field| state.fields.contains(field))
            && self.budget_at_least.as_ref().is_none_or(enough)
            && self.score_at_least.is_none_or(|least| state.score.is_some_and(|s| s >= least))
    }
}
