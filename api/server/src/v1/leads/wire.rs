//! What requests about leads are made of.

use std::collections::BTreeMap;

use convolog_domain::lead::{FieldChanges, Money, Score, Stage};
use convolog_domain::{PersonId, Sensitive};
use convolog_engine::LeadChanges;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use crate::problem::{Outcome, Problem};

/// How far a lead has come.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "LeadStatus")]
pub(crate) enum Status {
    /// Nobody has looked at it.
    New,
    /// It is worth the effort.
    Qualified,
    /// Somebody is talking with them.
    Contacted,
    /// They bought.
    Won,
    /// They will not buy.
    Lost,
}

impl From<Status> for Stage {
    fn from(status: Status) -> Self {
        match status {
            Status::New => Self::New,
            Status::Qualified => Self::Qualified,
            Status::Contacted => Self::Contacted,
            Status::Won => Self::Won,
            Status::Lost => Self::Lost,
        }
    }
}

/// An amount of money.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewMoney")]
pub(crate) struct Amount {
    /// How much, in the smallest unit of the currency (cents).
    #[schemars(range(min = 0, max = 1_000_000_000_000_u64))]
    amount: u64,
    /// The currency: three capital letters (ISO 4217).
    #[schemars(length(min = 3, max = 3))]
    currency: String,
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        let Amount { amount, currency } = amount;
        Self { amount, currency }
    }
}

/// What is known of a lead. What is left out stays as it is; null takes a value away.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Known {
    /// Their name.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    name: Given<Sensitive>,
    /// Their phone number.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    phone: Given<Sensitive>,
    /// Their e-mail address.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    email: Given<Sensitive>,
    /// Their company.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    company: Given<Sensitive>,
    /// What somebody noted.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    note: Given<Sensitive>,
    /// Any other fields: words of lower-case letters, digits, underscores and hyphens, each with a
    /// text. The texts are sealed, the words are not.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Option<String>>")]
    fields: FieldChanges,
    /// How promising they are, 0 to 100.
    #[serde(default)]
    #[schemars(with = "Option<u8>", range(min = 0, max = 100))]
    score: Given<u8>,
    /// Why, in words of a kind such as `asked_for_price`.
    #[serde(default)]
    #[schemars(length(max = 10))]
    score_reasons: Vec<String>,
    /// Why, in people's own words.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    score_explanation: Option<Sensitive>,
    /// What they are worth.
    #[serde(default)]
    #[schemars(with = "Option<Amount>")]
    value: Given<Amount>,
    /// Who looks after them: one of the staff.
    #[serde(default)]
    #[schemars(with = "Option<Uuid>")]
    owner_id: Given<Uuid>,
}

/// A member that may be left out, and may be null when it is there.
#[derive(Clone, Debug, Default)]
enum Given<T> {
    /// It stays as it is.
    #[default]
    LeftOut,
    /// It is to have this value, or none.
    To(Option<T>),
}

impl<T> Given<T> {
    /// Tells the new value, if there is to be one or none.
    fn tell(&self, to: impl FnOnce(Option<&T>)) {
        if let Self::To(value) = self {
            to(value.as_ref());
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::To)
    }
}

/// The fields that have a member of their own.
pub(crate) const OWN_FIELDS: [&str; 5] = ["name", "phone", "email", "company", "note"];

impl Known {
    /// As the engine takes it.
    pub(crate) fn changes(&self) -> Outcome<LeadChanges> {
        let mut fields = self.fields.clone();
        if let Some(name) = OWN_FIELDS.into_iter().find(|name| fields.contains_key(*name)) {
            let detail =
                format!("{name} is a member of its own; give it beside fields, not in it.");
            return Err(Problem::field("fields", detail));
        }
        let own = [&self.name, &self.phone, &self.email, &self.company, &self.note];
        for (name, value) in OWN_FIELDS.into_iter().zip(own) {
            value.tell(|value| drop(fields.insert(name.to_owned(), value.cloned())));
        }
        let (reasons, explanation) = (self.score_reasons.clone(), self.score_explanation.clone());
        let score = match self.score {
            Given::To(Some(score)) => Some(Some(Score { score, reasons, explanation })),
            Given::To(None) if reasons.is_empty() && explanation.is_none() => Some(None),
            Given::LeftOut if reasons.is_empty() && explanation.is_none() => None,
            Given::To(None) | Given::LeftOut => {
                return Err(Problem::field(
                    "score",
                    "score is missing: there is nothing to explain.",
                ));
            }
        };
        let mut changes = LeadChanges { fields, score, ..LeadChanges::default() };
        self.value.tell(|value| changes.value = Some(value.cloned().map(Into::into)));
        self.owner_id.tell(|owner| changes.owner = Some(owner.copied().map(PersonId)));
        Ok(changes)
    }
}
