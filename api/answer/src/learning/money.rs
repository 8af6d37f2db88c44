//! What somebody says they want to spend.

use convolog_domain::lead::Money;

use super::said::Said;
use crate::packs::{LEARN_BUDGET, LEARN_CURRENCIES, LEARN_MILLION, LEARN_THOUSAND, Pack};

/// Signs of one currency each; the longer ones first.
const SIGNS: [(&str, &str); 9] = [
    ("R$", "BRL"),
    ("US$", "USD"),
    ("MX$", "MXN"),
    ("A$", "AUD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₪", "ILS"),
    ("₹", "INR"),
    ("¥", "JPY"),
];
/// Stands for dollars and pesos of many countries.
const DOLLAR: &str = "$";
/// Codes that people write out.
const CODES: [&str; 16] = [
    "EUR", "USD", "GBP", "BRL", "MXN", "ARS", "CLP", "COP", "CHF", "ILS", "AED", "CAD", "AUD",
    "INR", "JPY", "PEN",
];
/// Currencies without a smaller unit.
const WHOLE: [&str; 6] = ["JPY", "KRW", "CLP", "PYG", "VND", "ISK"];
/// The longest number of an amount: more is something else.
const DIGITS_MAX: usize = 9;

/// What somebody wants to spend.
pub(super) struct Budget {
    /// As it is shown.
    pub(super) text: String,
    /// The amount, where its currency is known.
    pub(super) money: Option<Money>,
}

/// The largest amount of the sentence that speaks of a budget.
pub(super) fn budget(said: &Said<'_>, packs: &[&Pack], usual: Option<&str>) -> Option<Budget> {
    packs.iter().find_map(|pack| {
        said.after(pack.learns(LEARN_BUDGET)).find_map(|after| {
            let (from, to) = said.sentence(after.checked_sub(1)?);
            let amounts = (from..to).filter_map(|at| amount(said, at, pack, usual));
            let largest = amounts.max_by_key(|amount| amount.hundredths)?;
            // A bare number beside such a word may count anything.
            (largest.named || usual.is_some()).then(|| largest.budget(usual))
        })
    })
}

/// An amount of money as it was said.
struct Amount {
    hundredths: u64,
    currency: Option<String>,
    /// A currency stands beside it, in whatever way.
    named: bool,
}

impl Amount {
    fn budget(self, usual: Option<&str>) -> Budget {
        let whole = self.hundredths / 100;
        let number = match self.hundredths % 100 {
            0 => whole.to_string(),
            rest => format!("{whole}.{rest:02}"),
        };
        let Some(currency) = self.currency.or_else(|| usual.map(str::to_owned)) else {
            return Budget { text: number, money: None };
        };
        let amount = if WHOLE.contains(&currency.as_str()) { whole } else { self.hundredths };
        let text = format!("{number} {currency}");
        Budget { text, money: Some(Money { amount, currency }) }
    }
}

/// The amount whose number is this word.
fn amount(said: &Said<'_>, at: usize, pack: &Pack, usual: Option<&str>) -> Option<Amount> {
    let word = said.words.get(at)?;
    // The number may go on behind a comma or a point, and `5k` is one word.
    let before = said.text.get(..word.from)?;
    if before.ends_with(|c: char| c.is_ascii_digit() || ".,".contains(c)) {
        return None;
    }
    let rest = said.text.get(word.from..)?;
    let length = rest.find(|c: char| !(c.is_ascii_digit() || ".,'\u{a0}".contains(c)));
    let digits = rest.get(..length.unwrap_or(rest.len()))?.trim_end_matches(['.', ',']);
    let mut hundredths = number(digits)?;
    let end = word.from + digits.len();
    // `5k` is one word.
    let tail = said.text.get(end..).unwrap_or_default();
    let glued: String = tail.chars().take_while(|c| c.is_alphabetic()).collect();
    let thousands = glued.eq_ignore_ascii_case("k");
    let end = if thousands { end + glued.len() } else { end };
    let mut next = said.words.iter().position(|word| word.from >= end && word.to > end);
    let is = |at: Option<usize>, kind: &str| {
        let word = at.and_then(|at| said.words.get(at));
        word.is_some_and(|word| {
            word.from <= end + 1
                && pack.learns(kind).iter().any(|p| p == std::slice::from_ref(&word.folded))
        })
    };
    let mut tail = end;
    if thousands || is(next, LEARN_THOUSAND) {
        hundredths = hundredths.checked_mul(1_000)?;
    } else if is(next, LEARN_MILLION) {
        hundredths = hundredths.checked_mul(1_000_000)?;
    }
    if is(next, LEARN_THOUSAND) || is(next, LEARN_MILLION) {
        tail = next.and_then(|at| said.words.get(at)).map_or(end, |word| word.to);
        next = next.map(|at| at + 1);
    }
    let (currency, named) = currency(said, (before, tail, next), pack, usual);
    Some(Amount { hundredths, currency, named })
}

/// The currency beside a number: a sign before or after it, or a word after it.
fn currency(
    said: &Said<'_>,
    (before, tail, next): (&str, usize, Option<usize>),
    pack: &Pack,
    usual: Option<&str>,
) -> (Option<String>, bool) {
    let before = before.trim_end();
    let after = said.text.get(tail..).unwrap_or_default().trim_start();
    let stands = |sign: &str| before.ends_with(sign) || after.starts_with(sign);
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| stands(sign)) {
        return (Some((*code).to_owned()), true);
    }
    if stands(DOLLAR) {
        return (Some(usual.unwrap_or("USD").to_owned()), true);
    }
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if let Some(code) = CODES.iter().find(|code| **code == last.to_uppercase()) {
        return (Some((*code).to_owned()), true);
    }
    let Some(word) = next.and_then(|at| said.words.get(at)) else { return (None, false) };
    if let Some(code) = CODES.iter().find(|code| code.to_lowercase() == word.folded) {
        return (Some((*code).to_owned()), true);
    }
    let named = pack.pairs(LEARN_CURRENCIES).find(|(name, _)| *name == word.folded);
    match named.map(|(_, code)| code) {
        // Pesos of which country, only the business can tell.
        Some("?") => (usual.map(str::to_owned), true),
        Some(code) => (Some(code.to_owned()), true),
        None => (None, false),
    }
}

/// A number in hundredths, whichever sign parts thousands.
fn number(digits: &str) -> Option<u64> {
    let plain: String = digits.chars().filter(|c| !"'\u{a0}".contains(*c)).collect();
    let last = plain.rfind(['.', ',']);
    let (whole, rest) = match last {
        // One or two digits behind the last sign are a fraction, three are thousands.
        Some(at) if plain.len() - at <= 3 => (plain.get(..at)?, plain.get(at + 1..)?),
        _ => (plain.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() || whole.len() > DIGITS_MAX {
        return None;
    }
    let fraction: u64 = match rest.len() {
        1 => rest.parse::<u64>().ok()?.checked_mul(10)?,
        2 => rest.parse().ok()?,
        _ => 0,
    };
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(fraction)
}
