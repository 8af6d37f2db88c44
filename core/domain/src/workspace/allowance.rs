//! What a plan allows, and what counts against it.
//!
//! Things that are there at a time (channels, keys, people) hold one of their workspace's places from
//! the event that brings them about to the event that ends them. A place is a unique key: two who
//! want the last one cannot both get it. Messages that are asked for count by the calendar month
//! (UTC), and so do documents that are written and answers that agents make. What people write to the
//! workspace is never counted, so no plan keeps a message out.

use std::collections::BTreeMap;

use crate::conversation::Effort;
use crate::event::Event;
use crate::ids::ModelConnectionId;
use crate::limits::{PLACES_MAX, PLANS};
use crate::refusal::{LimitReached, Refusal, RefusalCode};
use crate::{api_key, channel, conversation, document, model_connection, person};

/// Something that a plan limits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Limit {
    /// What is there at a time.
    Places(Counted),
    /// Messages that were asked for within a calendar month (UTC), those of test keys left out.
    Messages,
    /// Documents that were added or changed within a calendar month (UTC).
    KnowledgeWrites,
    /// Answers that agents made within a calendar month (UTC), and whatever models were asked for.
    Generations,
}

/// What holds a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Counted {
    /// Connected channels.
    Channels,
    /// API keys that were not revoked.
    Keys,
    /// People of the staff who were not removed.
    People,
}

impl Limit {
    /// Everything that a plan limits.
    pub const ALL: [Self; 6] = [
        Self::Places(Counted::Channels),
        Self::Places(Counted::Keys),
        Self::Places(Counted::People),
        Self::Messages,
        Self::KnowledgeWrites,
        Self::Generations,
    ];

    /// The name that the API shows and the configuration takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Places(Counted::Channels) => "channels",
            Self::Places(Counted::Keys) => "keys",
            Self::Places(Counted::People) => "people",
            Self::Messages => "messages",
            Self::KnowledgeWrites => "knowledge_writes",
            Self::Generations => "generations",
        }
    }

    /// Whether it counts from nothing again with each calendar month.
    pub const fn is_monthly(self) -> bool {
        !matches!(self, Self::Places(_))
    }

    /// What is said when it is reached: which limit, its count, and what helps. `now` (seconds since
    /// 1970) is when a message was asked for.
    pub fn refusal(self, plan: &str, used: u64, allowed: u64, now: Option<i64>) -> Refusal {
        let larger = "or ask the administrator for a larger plan";
        let resets_at = now.map(|now| Month::of(now).next().start());
        let detail = match self {
            Self::Places(counted) => {
                let (things, remedy) = counted.words();
                format!(
                    "The plan {plan} allows {allowed} {things}, and this workspace has {used}. To add another, {remedy}, {larger}."
                )
            }
            Self::Messages | Self::KnowledgeWrites | Self::Generations => {
                let next = now.map(|now| Month::of(now).next().to_string()).unwrap_or_default();
                let (things, did, go_on) = match self {
                    Self::KnowledgeWrites => {
                        ("changes of documents", "made", "Change documents again")
                    }
                    Self::Generations => {
                        ("answers of agents", "used", "People may answer; agents answer again")
                    }
                    _ => ("messages", "asked for", "Send more"),
                };
                format!(
                    "The plan {plan} allows {allowed} {things} a month, and this workspace {did} {used} in this one. {go_on} from {next}-01T00:00:00Z on, {larger}."
                )
            }
        };
        let wait = resets_at.zip(now).map(|(at, now)| at.saturating_sub(now));
        let resets_in = wait.and_then(|wait| u64::try_from(wait).ok());
        let limit = LimitReached { limit: self.name(), used, allowed, resets_at, resets_in };
        Refusal {
            limit: Some(Box::new(limit)),
            ..Refusal::new(RefusalCode::PlanLimitReached, detail)
        }
    }
}

impl Counted {
    /// What people call it, and what makes room.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Channels => ("channels", "disconnect one that is not needed"),
            Self::Keys => ("API keys", "revoke one that is not needed"),
            Self::People => ("people", "remove somebody who left"),
        }
    }

    /// What stands in the unique key of a place, for ever.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Channels => "channel",
            Self::Keys => "key",
            Self::People => "person",
        }
    }

    /// What this event makes one more of.
    pub const fn taken_by(event: &Event) -> Option<Self> {
        match event {
            Event::Channel(channel::Event::ChannelConnected(_)) => Some(Self::Channels),
            Event::ApiKey(api_key::Event::KeyCreated(_)) => Some(Self::Keys),
            Event::Person(person::Event::PersonAdded(_)) => Some(Self::People),
            _ => None,
        }
    }

    /// What this event makes one less of.
    pub const fn given_back_by(event: &Event) -> Option<Self> {
        match event {
            Event::Channel(channel::Event::ChannelDisconnected(_)) => Some(Self::Channels),
            Event::ApiKey(api_key::Event::KeyRevoked(_)) => Some(Self::Keys),
            Event::Person(person::Event::PersonRemoved(_)) => Some(Self::People),
            _ => None,
        }
    }
}

/// Something that is counted by the calendar month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// What a plan limits.
    Plan(Limit),
    /// Tokens that the model of a connection read and wrote.
    ModelTokens(ModelConnectionId),
    /// What they cost, in millionths of the smallest unit of the connection's currency.
    ModelCost(ModelConnectionId),
}

impl Account {
    /// What an event that was recorded at a time (seconds since 1970) adds to which account, and when
    /// it counts.
    pub fn charged_by(event: &Event, recorded_at: i64) -> (i64, Vec<(Self, u64)>) {
        let of_model = |connection: ModelConnectionId, effort: &Effort| {
            let tokens = (Self::ModelTokens(connection), effort.tokens());
            [tokens, (Self::ModelCost(connection), effort.cost_millionths)]
        };
        let (at, mut charged) = match event {
            Event::Conversation(conversation::Event::MessageRequested(requested)) => {
                (requested.requested_at, vec![(Self::Plan(Limit::Messages), 1)])
            }
            Event::Conversation(conversation::Event::AgentReplied(replied)) => {
                let one = u64::from(replied.is_generation());
                let mut charged = vec![(Self::Plan(Limit::Generations), one)];
                let model = replied.connection.map(|id| of_model(id, &replied.effort));
                charged.extend(model.into_iter().flatten());
                (replied.at, charged)
            }
            Event::Document(
                document::Event::DocumentAdded(_) | document::Event::DocumentUpdated(_),
            ) => (recorded_at, vec![(Self::Plan(Limit::KnowledgeWrites), 1)]),
            Event::ModelConnection(model_connection::Event::ModelConnectionChecked(checked)) => {
                (checked.at, of_model(checked.connection, &checked.effort).to_vec())
            }
            _ => (recorded_at, Vec::new()),
        };
        charged.retain(|(_, count)| *count > 0);
        (at, charged)
    }

    /// The names of the types whose events can add to an account.
    pub const CHARGING: [&'static str; 5] = [
        "message_requested",
        "agent_replied",
        "document_added",
        "document_updated",
        "model_connection_checked",
    ];
}

/// How many of each a plan allows; what is not named may be any number.
pub type Allowance = BTreeMap<Limit, u64>;

/// Every plan and what it allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plans(BTreeMap<&'static str, Allowance>);

impl Default for Plans {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Plans {
    /// What plans allow unless the configuration says something else.
    pub fn built_in() -> Self {
        let allows = |counts: [u64; 6]| Limit::ALL.into_iter().zip(counts).collect();
        Self(BTreeMap::from([
            ("free", allows([2, 10, 5, 1_000, 1_000, 500])),
            ("pro", allows([20, 100, 50, 100_000, 50_000, 50_000])),
            ("business", allows([200, 1_000, 1_000, 2_000_000, 1_000_000, 1_000_000])),
            ("enterprise", Allowance::new()),
        ]))
    }

    /// With another limit; none = any number.
    ///
    /// # Errors
    /// What is wrong with it: a plan that there is not, more places than [`PLACES_MAX`].
    pub fn with(mut self, plan: &str, limit: Limit, most: Option<u64>) -> Result<Self, String> {
        let Some((_, allowance)) = self.0.iter_mut().find(|(name, _)| **name == plan) else {
            return Err(format!("there is no plan {plan}; there are {}", PLANS.join(", ")));
        };
        if matches!(limit, Limit::Places(_)) && most.is_some_and(|most| most > PLACES_MAX.into()) {
            let name = limit.name();
            return Err(format!("a plan allows at most {PLACES_MAX} {name}, or any number"));
        }
        match most {
            Some(most) => allowance.insert(limit, most),
            None => allowance.remove(&limit),
        };
        Ok(self)
    }

    /// How many a plan allows; none = any number.
    pub fn most(&self, plan: &str, limit: Limit) -> Option<u64> {
        self.0.get(plan)?.get(&limit).copied()
    }

    /// Places that somebody may take: as many as the largest plan has. Somebody may hold a higher one
    /// (below [`PLACES_MAX`]) from when a plan had more.
    pub fn places(&self, counted: Counted) -> u32 {
        let limit = Limit::Places(counted);
        let all = self.0.values();
        let most = all.filter_map(|allowance| allowance.get(&limit)).max().copied();
        u32::try_from(most.unwrap_or(0)).unwrap_or(PLACES_MAX)
    }
}

/// A calendar month of UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month {
    year: i64,
    /// 1 to 12.
    month: i64,
}

impl Month {
    /// The month that a second (since 1970) lies in.
    pub const fn of(second: i64) -> Self {
        // Days of the Gregorian calendar, counted from 0000-03-01 in cycles of 400 years.
        let days = second.div_euclid(86_400) + 719_468;
        let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_cycle = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = cycle * 400 + year_of_cycle;
        Self { year: if month <= 2 { year + 1 } else { year }, month }
    }

    /// The second since 1970 with which it begins.
    pub const fn start(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let from_march = (self.month + 9) % 12;
        let (cycle, year_of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * from_march + 2) / 5;
        let day = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        (cycle * 146_097 + day - 719_468) * 86_400
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            return Self { year: self.year + 1, month: 1 };
        }
        Self { year: self.year, month: self.month + 1 }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{PersonAdded, PersonRemoved, Role};

    #[test]
    fn every_plan_has_its_allowance_and_a_larger_one_allows_more() {
        let plans = Plans::built_in();
        assert!(PLANS.iter().all(|plan| plans.0.contains_key(plan)));
        assert_eq!(plans.0.len(), PLANS.len());
        for limit in Limit::ALL {
            let most = PLANS.map(|plan| plans.most(plan, limit).unwrap_or(u64::MAX));
            assert!(most.is_sorted_by(|one, next| one < next), "{limit:?}");
            assert!(most.iter().all(|most| *most > 0));
        }
    }

    #[test]
    fn a_plan_can_be_given_other_limits() {
        let keys = Limit::Places(Counted::Keys);
        let plans = Plans::built_in().with("free", keys, Some(3)).unwrap();
        let plans = plans.with("pro", Limit::Messages, None).unwrap();
        assert_eq!(plans.most("free", keys), Some(3));
        assert_eq!(
            (plans.most("pro", Limit::Messages), plans.most("pro", keys)),
            (None, Some(100))
        );
        // Places are those of the largest plan.
        assert_eq!(plans.places(Counted::Keys), 1_000);
        let fewer = plans.clone().with("business", keys, Some(7)).unwrap();
        assert_eq!(fewer.places(Counted::Keys), 100);
        assert!(plans.clone().with("gold", keys, Some(3)).unwrap_err().contains("enterprise"));
        assert!(plans.with("free", keys, Some(20_000)).unwrap_err().contains("10000 keys"));
    }

    #[test]
    fn what_ends_gives_its_place_back() {
        let added: Event = PersonAdded { role: Role::Owner }.into();
        assert_eq!(Counted::taken_by(&added), Some(Counted::People));
        assert_eq!(Counted::given_back_by(&added), None);
        let removed: Event = PersonRemoved {}.into();
        assert_eq!(Counted::given_back_by(&removed), Some(Counted::People));
        assert_eq!(Counted::taken_by(&removed), None);
    }

    #[test]
    fn a_refusal_says_which_limit_its_count_the_plan_and_what_to_do() {
        let refusal = Limit::Places(Counted::Keys).refusal("free", 10, 10, None);
        assert_eq!(refusal.code, RefusalCode::PlanLimitReached);
        for part in ["plan free", "10 API keys", "revoke one"] {
            assert!(refusal.detail.contains(part), "{refusal}");
        }
        let refusal = Limit::Messages.refusal("free", 1_000, 1_000, Some(1_767_225_590));
        assert!(refusal.detail.contains("from 2026-01-01T00:00:00Z on"), "{refusal}");
        let limit = refusal.limit.unwrap();
        assert_eq!((limit.limit, limit.used, limit.allowed), ("messages", 1_000, 1_000));
        assert_eq!((limit.resets_at, limit.resets_in), (Some(1_767_225_600), Some(10)));
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        for (start, name) in [
            (0, "1970-01"),
            (951_782_400, "2000-02"),
            (954_547_200, "2000-04"),
            (1_767_225_600, "2026-01"),
            (1_772_323_200, "2026-03"),
            (4_107_542_400, "2100-03"),
        ] {
            let month = Month::of(start);
            assert_eq!(month.to_string(), name);
            assert_eq!(Month::of(month.start()), month);
            assert_eq!(Month::of(month.next().start() - 1), month);
            assert_eq!(Month::of(month.start() - 1).next(), month);
        }
        assert_eq!(Month::of(1_767_225_600).start(), 1_767_225_600);
    }
}
