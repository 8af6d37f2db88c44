//! Say what messages cost from a time on.

use std::collections::BTreeSet;

use super::{Rate, RateCardSet, State, Workspace};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::{MONEY_MAX, RATE_CARDS_MAX, RATES_MAX, SLUG_CHARS_MAX};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// What the platform charges from a time on, as its price list says. A card for the same time replaces
/// the one before; what is set already changes nothing. Nobody invents prices: what no card names has no
/// amount.
///
/// Who: a key with the scope `manage`. Refuses: a workspace that does not exist (`not_found`), a
/// currency that is not three capital letters, a category that is no word, a market that is no calling
/// code, two rates for the same, more than [`RATES_MAX`] rates or [`RATE_CARDS_MAX`] cards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetRateCard {
    /// From then on (seconds since 1970).
    pub valid_from: i64,
    /// ISO 4217.
    pub currency: String,
    /// What is charged for what.
    pub rates: Vec<Rate>,
}

impl Command for SetRateCard {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        let Self { valid_from, currency, mut rates } = self;
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Refusal::field("currency", "must be three capital letters, such as EUR"));
        }
        if rates.len() > RATES_MAX {
            return Err(Refusal::field("rates", format!("has at most {RATES_MAX} rates")));
        }
        let mut named = BTreeSet::new();
        for rate in &rates {
            validate::slug("category", &rate.category, SLUG_CHARS_MAX)?;
            if let Some(market) = &rate.market {
                validate::digits("market", market, 1..=3)?;
            }
            if rate.micros > MONEY_MAX {
                let detail = format!("must be at most {MONEY_MAX}");
                return Err(Refusal::field("micros", detail));
            }
            if !named.insert((&rate.category, &rate.market)) {
                return Err(Refusal::field("rates", "names the same category and market twice"));
            }
        }
        rates.sort();
        let card = RateCardSet { valid_from, currency, rates };
        let known = state.rate_cards.get(&valid_from);
        if known == Some(&card) {
            return Ok(Vec::new());
        }
        if known.is_none() && state.rate_cards.len() >= RATE_CARDS_MAX {
            let detail = format!("a workspace has at most {RATE_CARDS_MAX} rate cards");
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail));
        }
        Ok(vec![Decision::new(card)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::given;
    use crate::workspace::{Event, WorkspaceCreated};

    fn created() -> Event {
        WorkspaceCreated { name: "Padaria Sol".into(), plan: "pro".into() }.into()
    }

    fn rate(category: &str, market: Option<&str>, micros: u64) -> Rate {
        Rate { category: category.into(), market: market.map(str::to_owned), micros }
    }

    fn set(rates: Vec<Rate>) -> SetRateCard {
        SetRateCard { valid_from: 1_790_000_000, currency: "USD".into(), rates }
    }

    fn event(rates: Vec<Rate>) -> RateCardSet {
        RateCardSet { valid_from: 1_790_000_000, currency: "USD".into(), rates }
    }

    #[test]
    fn a_card_is_set_replaced_and_used_from_its_time_on() {
        let rates = || vec![rate("marketing", None, 50_000), rate("marketing", Some("55"), 62_500)];
        let mut turned = rates();
        turned.reverse();
        given::<Workspace>([created()]).when(set(turned)).then([event(rates()).into()]);
        given::<Workspace>([created(), event(rates()).into()]).when(set(rates())).then([]);
        let cheaper = || vec![rate("marketing", None, 1)];
        given::<Workspace>([created(), event(rates()).into()])
            .when(set(cheaper()))
            .then([event(cheaper()).into()]);
        let state = crate::testing::state_of::<Workspace>([created(), event(rates()).into()]);
        let of = |at, market| state.rate(at, "marketing", market).map(|(micros, _)| micros);
        assert_eq!(of(1_790_000_000, Some("55")), Some(62_500));
        assert_eq!(of(1_790_000_001, Some("49")), Some(50_000));
        assert_eq!(of(1_790_000_001, None), Some(50_000));
        assert_eq!(of(1_789_999_999, Some("55")), None, "before any card");
        assert_eq!(state.rate(1_790_000_001, "utility", None), None, "no prices are invented");
    }

    #[test]
    fn a_card_names_each_thing_once_and_as_it_is_compared() {
        for (command, field) in [
            (SetRateCard { currency: "usd".into(), ..set(vec![]) }, "currency"),
            (set(vec![rate("Marketing!", None, 1)]), "category"),
            (set(vec![rate("marketing", Some("BR"), 1)]), "market"),
            (set(vec![rate("marketing", None, MONEY_MAX + 1)]), "micros"),
            (set(vec![rate("marketing", None, 1), rate("marketing", None, 2)]), "rates"),
        ] {
            given::<Workspace>([created()])
                .when(command)
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
        given::<Workspace>([]).when(set(vec![])).refused(RefusalCode::NotFound);
    }
}
