//! What may happen, and how it may be delivered. Shrinks to few facts, told once, in order.

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;

/// Tenants.
pub(super) const TENANTS: usize = 3;
/// People of a tenant.
pub(super) const PEOPLE: usize = 3;
/// Facts of a history.
const FACTS_MAX: usize = 24;
/// The second at which the histories begin, about an hour before they are delivered.
pub(super) const BEGIN: i64 = 1_795_165_200;

/// When everything is delivered.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(BEGIN + 3_600).unwrap()
}

/// How a person is named in a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Naming {
    Phone,
    /// Without Brazil's ninth digit, where there is one.
    ShortPhone,
    Scoped,
    Both,
}

/// One fact of a history; `target` counts the messages said so far.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) naming: Naming,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Text {
        tenant: usize,
        person: usize,
        outbound: bool,
        second: i64,
        answers: Option<usize>,
    },
    Picture {
        tenant: usize,
        person: usize,
        second: i64,
    },
    /// The picture again, now with its file.
    File {
        target: usize,
    },
    /// A text again, before the platform could hand it out.
    Placeholder {
        target: usize,
    },
    Edit {
        target: usize,
    },
    Revoke {
        target: usize,
    },
    React {
        target: usize,
        outbound: bool,
        emoji: Option<usize>,
    },
    Status {
        target: usize,
        status: usize,
    },
}

/// What happened.
#[derive(Clone, Debug)]
pub(super) struct History {
    pub(super) facts: Vec<Fact>,
}

/// The number of a message, and who said it to whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) fact: usize,
    pub(super) tenant: usize,
    pub(super) person: usize,
    pub(super) outbound: bool,
    pub(super) picture: bool,
    pub(super) second: i64,
}

impl History {
    /// The messages, in the order of the facts.
    pub(super) fn said(&self) -> Vec<Said> {
        let said = |(fact, it): (usize, &Fact)| match it.what {
            What::Text { tenant, person, outbound, second, .. } => {
                Some(Said { fact, tenant, person, outbound, picture: false, second })
            }
            What::Picture { tenant, person, second } => {
                Some(Said { fact, tenant, person, outbound: false, picture: true, second })
            }
            _ => None,
        };
        self.facts.iter().enumerate().filter_map(said).collect()
    }

    /// The message that a fact is about, if it can be about one.
    pub(super) fn target(&self, fact: usize) -> Option<Said> {
        let wants = |said: &Said| match self.facts[fact].what {
            What::File { .. } => said.picture,
            What::Placeholder { .. } => !said.picture && !said.outbound,
            What::Edit { .. } => !said.picture,
            What::Status { .. } => said.outbound,
            _ => true,
        };
        let index = match self.facts[fact].what {
            What::Text { .. } | What::Picture { .. } => return None,
            What::File { target }
            | What::Placeholder { target }
            | What::Edit { target }
            | What::Revoke { target }
            | What::React { target, .. }
            | What::Status { target, .. } => target,
        };
        let fitting: Vec<Said> = self.said().into_iter().filter(wants).collect();
        if fitting.is_empty() { None } else { Some(fitting[index % fitting.len()]) }
    }
}

/// The second of a fact that is not a message: no two facts about one message share it.
pub(super) fn second_of(fact: usize) -> i64 {
    BEGIN + 1_000 + i64::try_from(fact).unwrap()
}

fn naming() -> impl Strategy<Value = Naming> {
    prop_oneof![
        3 => Just(Naming::Both),
        2 => Just(Naming::Phone),
        1 => Just(Naming::ShortPhone),
        2 => Just(Naming::Scoped),
    ]
}

fn what() -> impl Strategy<Value = What> {
    let (tenant, person, target) = (0..TENANTS, 0..PEOPLE, 0_usize..16);
    let second = BEGIN..BEGIN + 5;
    let text = (tenant.clone(), person.clone(), any::<bool>(), second.clone());
    let text = (text, proptest::option::weighted(0.2, target.clone()));
    prop_oneof![
        5 => text.prop_map(|((tenant, person, outbound, second), answers)| {
            What::Text { tenant, person, outbound, second, answers }
        }),
        2 => (tenant, person, second).prop_map(|(tenant, person, second)| {
            What::Picture { tenant, person, second }
        }),
        1 => target.clone().prop_map(|target| What::File { target }),
        1 => target.clone().prop_map(|target| What::Placeholder { target }),
        2 => target.clone().prop_map(|target| What::Edit { target }),
        1 => target.clone().prop_map(|target| What::Revoke { target }),
        2 => (target.clone(), any::<bool>(), proptest::option::weighted(0.7, 0_usize..3))
            .prop_map(|(target, outbound, emoji)| What::React { target, outbound, emoji }),
        3 => (target, 0_usize..5).prop_map(|(target, status)| What::Status { target, status }),
    ]
}

/// Random histories.
pub(super) fn histories() -> impl Strategy<Value = History> {
    vec((naming(), what()), 1..FACTS_MAX).prop_map(|facts| {
        let facts = facts.into_iter().map(|(naming, what)| Fact { naming, what }).collect();
        History { facts }
    })
}

/// One way of delivering a history.
#[derive(Clone, Debug)]
pub(super) struct Delivery {
    /// When each fact is told, perhaps more than once.
    pub(super) times: Vec<Vec<u16>>,
    /// How many updates each post takes, in turn.
    pub(super) sizes: Vec<usize>,
    /// How many posts are under way at once.
    pub(super) workers: usize,
}

impl Delivery {
    /// The facts in the order in which they are told.
    pub(super) fn order(&self, facts: usize) -> Vec<usize> {
        let told = self.times.iter().take(facts).enumerate();
        let mut told: Vec<(u16, usize)> =
            told.flat_map(|(fact, times)| times.iter().map(move |time| (*time, fact))).collect();
        told.sort_unstable();
        told.into_iter().map(|(_, fact)| fact).collect()
    }
}

/// Random ways of delivering any history. Independent of it, so that both shrink well.
pub(super) fn deliveries() -> impl Strategy<Value = Delivery> {
    let times = vec(any::<u16>(), 1..4);
    (vec(times, FACTS_MAX), vec(1_usize..5, 1..6), 1_usize..4)
        .prop_map(|(times, sizes, workers)| Delivery { times, sizes, workers })
}
