//! Limits of plans that the configuration changes.

use std::fmt;
use std::str::FromStr;

use convolog_domain::workspace::{Limit, Plans};

/// One limit of one plan: `free.messages=2000`, `pro.people=any`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanLimit {
    plan: String,
    limit: Limit,
    most: Option<u64>,
}

impl PlanLimit {
    /// Plans as they are built in, with these limits.
    pub fn plans(limits: &[Self]) -> Plans {
        limits.iter().fold(Plans::built_in(), |plans, it| {
            // What cannot be was refused when it was read.
            plans.clone().with(&it.plan, it.limit, it.most).unwrap_or(plans)
        })
    }
}

impl FromStr for PlanLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            let names = Limit::ALL.map(Limit::name).join(", ");
            format!(
                "must be PLAN.LIMIT=COUNT (or any), such as free.messages=2000, where LIMIT is one of {names}"
            )
        };
        let (place, most) = text.split_once('=').ok_or_else(wrong)?;
        let (plan, limit) = place.trim().split_once('.').ok_or_else(wrong)?;
        let limit = Limit::ALL.into_iter().find(|it| it.name() == limit).ok_or_else(wrong)?;
        let most = match most.trim() {
            "any" => None,
            count => Some(count.parse().map_err(|_| wrong())?),
        };
        let parsed = Self { plan: plan.to_owned(), limit, most };
        Plans::built_in().with(&parsed.plan, limit, most)?;
        Ok(parsed)
    }
}

impl fmt::Display for PlanLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}=", self.plan, self.limit.name())?;
        match self.most {
            Some(most) => most.fmt(f),
            None => f.write_str("any"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_wrong_ones_are_named() {
        let limits = ["free.messages=2000", "pro.people=any"].map(|text| text.parse().unwrap());
        let plans = PlanLimit::plans(&limits);
        assert_eq!(plans.most("free", Limit::Messages), Some(2_000));
        assert_eq!(plans.most("pro", Limit::ALL[2]), None);
        assert_eq!(limits.map(|limit| limit.to_string()), ["free.messages=2000", "pro.people=any"]);
        for (wrong, said) in [
            ("free", "PLAN.LIMIT"),
            ("free.cats=3", "channels, keys, people, messages"),
            ("free.keys=many", "any"),
            ("gold.keys=3", "enterprise"),
            ("free.keys=20000", "10000"),
        ] {
            let error = wrong.parse::<PlanLimit>().unwrap_err();
            assert!(error.contains(said), "{wrong}: {error}");
        }
    }
}
