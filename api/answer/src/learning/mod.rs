//! What somebody says about themselves: name, e-mail address, phone number, what they need, what they
//! want to spend, and when. Deterministic, by the same text files a language as answering.
//!
//! Careful rather than clever: what is not said plainly is not learned, because nobody looks at it
//! before it stands in a lead.

mod dates;
mod identity;
mod money;
mod said;
#[cfg(test)]
mod tests;
mod wishes;

use std::collections::BTreeMap;

use convolog_domain::Sensitive;
use convolog_domain::lead::Money;

use crate::packs::{self, Pack};
use said::Said;

pub use dates::Day;

/// Characters of a message that are read.
const CHARS_MAX: usize = 4_000;

/// What somebody said about themselves.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Learned {
    /// The values, by the name of their field.
    pub fields: BTreeMap<&'static str, Sensitive>,
    /// What they want to spend, where the amount and its currency are known.
    pub budget: Option<Money>,
}

/// Reads a message. `today` is the day on which it was written, where it was written; `currency` is
/// meant where nobody names one.
pub fn learn(text: &str, today: Day, currency: Option<&str>) -> Learned {
    let text: String = text.chars().take(CHARS_MAX).collect();
    let said = Said::of(&text);
    let packs: Vec<&Pack> = match crate::language::tell(&text, &[], &[]).language {
        Some(language) => packs::of(&language).into_iter().collect(),
        None => packs::all().iter().collect(),
    };
    let mut learned = Learned::default();
    let mut take = |field: &'static str, value: Option<String>| {
        learned.fields.extend(value.map(|value| (field, Sensitive::from(value))));
    };
    take("email", identity::email(&text));
    take("phone", identity::phone(&said, &packs));
    take("name", identity::name(&said, &packs));
    take("need", wishes::need(&said, &packs));
    take("date", dates::date(&said, &packs, today));
    if let Some(budget) = money::budget(&said, &packs, currency) {
        take("budget", Some(budget.text));
        learned.budget = budget.money;
    }
    learned
}
