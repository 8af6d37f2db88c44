//! What a lead is worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::limits::MONEY_MAX;
use crate::refusal::Refusal;

/// An amount of money.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct Money {
    /// How much, in the smallest unit of the currency (cents).
    pub amount: u64,
    /// The currency: three capital letters (ISO 4217).
    pub currency: String,
}

impl Money {
    /// Whether it can be recorded.
    ///
    /// # Errors
    /// A refusal of the field if the amount is over [`MONEY_MAX`] or the currency is not three
    /// capital letters.
    pub(crate) fn checked(self, field: &'static str) -> Result<Self, Refusal> {
        if self.amount > MONEY_MAX {
            return Err(Refusal::field(field, format!("amount must be at most {MONEY_MAX}")));
        }
        if self.currency.len() != 3 || !self.currency.bytes().all(|c| c.is_ascii_uppercase()) {
            return Err(Refusal::field(
                field,
                "currency must be three capital letters, such as EUR",
            ));
        }
        Ok(self)
    }
}
