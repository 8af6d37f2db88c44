//! What must be seen, worked out from the facts alone: no order, no engine.

use std::collections::BTreeMap;

use super::facts::{Fact, History, Naming, Said, What};

/// The emojis of the histories.
pub(super) const EMOJIS: [&str; 3] = ["👍", "🙏", "❤️"];
/// The statuses of the histories, the furthest last, but for a failure.
pub(super) const STATUSES: [&str; 5] = ["sent", "failed", "delivered", "read", "played"];

/// A person: what was said, each message in a line, sorted.
pub(super) type Person = Vec<String>;
/// A tenant: its people, sorted.
pub(super) type Tenant = Vec<Person>;

pub(super) fn text(fact: usize) -> String {
    format!("What was said in fact {fact}")
}

pub(super) fn edited(fact: usize) -> String {
    format!("What it became in fact {fact}")
}

pub(super) fn file(target: usize) -> String {
    format!("77000000{target:05}")
}

#[expect(clippy::struct_excessive_bools, reason = "each is told or not")]
/// One message in a line. The same for the model and for what is seen.
pub(super) struct Line {
    pub(super) outbound: bool,
    pub(super) kind: String,
    pub(super) text: Option<String>,
    pub(super) media: Option<String>,
    pub(super) second: i64,
    pub(super) status: String,
    /// (name, second)
    pub(super) statuses: Vec<(String, i64)>,
    pub(super) errors: Vec<i64>,
    /// (side, emoji)
    pub(super) reactions: Vec<(String, String)>,
    pub(super) edited: bool,
    pub(super) revoked: bool,
    pub(super) answers: bool,
}

impl Line {
    pub(super) fn print(mut self) -> String {
        self.statuses.sort();
        self.reactions.sort();
        let Self {
            outbound,
            kind,
            text,
            media,
            second,
            status,
            statuses,
            errors,
            reactions,
            edited,
            revoked,
            answers,
        } = self;
        format!(
            "{outbound} {kind} {text:?} {media:?} at {second} {status} {statuses:?} {errors:?} \
             {reactions:?} edited {edited} revoked {revoked} answers {answers}"
        )
    }
}

/// What every tenant must see.
pub(super) fn expected(history: &History) -> Vec<Tenant> {
    let names = Names::of(history);
    let mut tenants = vec![BTreeMap::<usize, Person>::new(); super::facts::TENANTS];
    for said in history.said() {
        let who = names.who(Names::message(said.fact));
        let person = tenants[said.tenant].entry(who).or_default();
        person.push(line(history, &said).print());
    }
    let sorted = |people: BTreeMap<usize, Person>| {
        let mut people: Tenant = people.into_values().collect();
        for person in &mut people {
            person.sort();
        }
        people.sort();
        people
    };
    tenants.into_iter().map(sorted).collect()
}

/// Who is who: names, and messages, that facts show to be one person's. Each points to another of
/// the same person, or to itself.
struct Names(Vec<usize>);

impl Names {
    /// Places of names, before those of messages.
    const NAMES: usize = 2 * super::facts::TENANTS * super::facts::PEOPLE;

    fn of(history: &History) -> Self {
        let mut names = Self((0..Self::NAMES + history.facts.len()).collect());
        for (at, fact) in history.facts.iter().enumerate() {
            let own = || history.said().into_iter().find(|said| said.fact == at);
            let Some(said) = history.target(at).or_else(own) else { continue };
            let phone = 2 * (said.tenant * super::facts::PEOPLE + said.person);
            let (first, second) = match fact.naming {
                Naming::Phone | Naming::ShortPhone => (phone, phone),
                Naming::Scoped => (phone + 1, phone + 1),
                Naming::Both => (phone, phone + 1),
            };
            names.join(first, second);
            names.join(first, Self::message(said.fact));
        }
        names
    }

    const fn message(fact: usize) -> usize {
        Self::NAMES + fact
    }

    fn who(&self, mut place: usize) -> usize {
        while self.0[place] != place {
            place = self.0[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.who(one), self.who(other));
        self.0[other] = one;
    }
}

fn line(history: &History, said: &Said) -> Line {
    let about: Vec<(usize, &Fact)> = history
        .facts
        .iter()
        .enumerate()
        .filter(|(at, _)| history.target(*at).is_some_and(|target| target.fact == said.fact))
        .collect();
    let newest = |wanted: &dyn Fn(&What) -> bool| {
        about.iter().rev().find(|(_, fact)| wanted(&fact.what)).map(|(at, _)| *at)
    };
    let edit = newest(&|what| matches!(what, What::Edit { .. }));
    let mut statuses = BTreeMap::new();
    for (at, fact) in &about {
        if let What::Status { status, .. } = fact.what {
            statuses
                .entry(STATUSES[status].to_owned())
                .or_insert_with(|| super::facts::second_of(*at));
        }
    }
    let furthest = STATUSES.iter().rev().find(|name| statuses.contains_key(**name));
    let reactions = [false, true].into_iter().filter_map(|side| {
        let newest =
            newest(&|what| matches!(what, What::React { outbound, .. } if *outbound == side))?;
        let What::React { emoji, .. } = history.facts[newest].what else { return None };
        Some((direction(side), EMOJIS[emoji?].to_owned()))
    });
    let filled = newest(&|what| matches!(what, What::File { .. })).is_some();
    let answers = matches!(history.facts[said.fact].what, What::Text { answers: Some(_), .. });
    Line {
        outbound: said.outbound,
        kind: if said.picture { "image" } else { "text" }.to_owned(),
        text: Some(edit.map_or_else(|| text(said.fact), edited)),
        media: if said.picture && filled { Some(file(said.fact)) } else { None },
        second: said.second,
        status: if said.outbound {
            (*furthest.unwrap_or(&"sent")).to_owned()
        } else {
            "received".to_owned()
        },
        errors: if statuses.contains_key("failed") { vec![131_047] } else { Vec::new() },
        statuses: statuses.into_iter().collect(),
        reactions: reactions.collect(),
        edited: edit.is_some(),
        revoked: newest(&|what| matches!(what, What::Revoke { .. })).is_some(),
        answers,
    }
}

pub(super) fn direction(outbound: bool) -> String {
    if outbound { "outbound" } else { "inbound" }.to_owned()
}
