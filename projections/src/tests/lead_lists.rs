//! Lists of many leads: what is asked for is read as a range, whatever else there is.

use std::sync::Arc;

use convolog_domain::lead::{
    LeadAssigned, LeadErased, LeadOpened, LeadScored, LeadStageChanged, LeadValued, Money, Opening,
    Rank, Stage,
};
use convolog_domain::{LeadId, PersonId, StreamKind};
use uuid::Uuid;

use super::pipeline::fold_twice;
use super::world::{NOW, WORKSPACE, World};
use crate::leads::{Direction, LeadFilter, LeadOrder, LeadQuery, Leads};
use crate::table::Table;

/// More leads than entries are looked at for a page.
const MANY: u128 = 4_200;

fn lead(n: u128) -> LeadId {
    LeadId(Uuid::from_u128(0x7000 + n))
}

fn at(n: u128) -> i64 {
    NOW + i64::try_from(n).unwrap()
}

fn rank(n: u128) -> Rank {
    Rank::on_top(at(n) * 1_000_000, lead(n).0)
}

fn put(world: &World, n: u128, event: impl Into<convolog_domain::Event>) {
    world.put(StreamKind::Lead, lead(n).0, event, None);
}

fn open(world: &World, n: u128) {
    let opened = LeadOpened {
        subject: lead(n).into(),
        contact: None,
        opened_by: Opening::Command,
        source: "api".into(),
        channel: None,
        at: at(n),
        rank: rank(n),
        external_id: None,
    };
    put(world, n, opened);
}

fn score(score: u8) -> LeadScored {
    LeadScored { old: None, score, reasons: vec![], taken_away: false, by_rule: false }
}

fn value(amount: u64, currency: &str) -> LeadValued {
    let value = Some(Money { amount, currency: currency.into() });
    LeadValued { stage: Stage::New, old: None, value }
}

fn contacted(n: u128) -> LeadStageChanged {
    LeadStageChanged {
        from: Stage::New,
        to: Stage::Contacted,
        at: at(2 * MANY),
        since: at(n),
        value: None,
        rank: rank(2 * MANY),
        again: false,
        rule: None,
    }
}

/// The numbers of the leads on the first page, and whether there is a next one.
fn listed(leads: &Table<Leads>, query: &LeadQuery) -> (Vec<u128>, bool) {
    let page = leads.leads(query).unwrap();
    let numbers = page.items.iter().map(|stored| stored.row.id.0.as_u128() - 0x7000);
    (numbers.collect(), page.next.is_some())
}

fn query(order: LeadOrder, direction: Direction, filter: LeadFilter) -> LeadQuery {
    LeadQuery { order, direction, filter, ..LeadQuery::of(WORKSPACE) }
}

#[test]
fn one_of_many_is_found_on_the_first_page() {
    let world = World::new();
    (0..MANY).for_each(|n| open(&world, n));
    let (odd, last) = (MANY, MANY + 1);
    open(&world, odd);
    put(&world, odd, score(50));
    put(&world, odd, value(700, "EUR"));
    open(&world, last);
    put(&world, last, contacted(last));
    let leads = Table::<Leads>::new(Arc::new(fold_twice::<Leads>(&world, 5_000)));
    let none = LeadFilter::default;
    let filters = [
        (LeadOrder::Board, LeadFilter { stage: Some(Stage::Contacted), ..none() }, last),
        (LeadOrder::Score, LeadFilter { score_min: Some(50), ..none() }, odd),
        (LeadOrder::Value, LeadFilter { value_min: Some(700), ..none() }, odd),
        (LeadOrder::Value, LeadFilter { value_max: Some(700), ..none() }, odd),
        (LeadOrder::TimeInStage, LeadFilter { since_min: Some(at(2 * MANY)), ..none() }, last),
    ];
    for (order, filter, expected) in filters {
        for direction in [Direction::Usual, Direction::Reversed] {
            let asked = query(order, direction, filter.clone());
            assert_eq!(listed(&leads, &asked), (vec![expected], false), "{asked:?}");
        }
    }
    // Whoever came to the stage last is at the far end of the order.
    let filter = LeadFilter { since_max: Some(at(0)), ..none() };
    let asked = query(LeadOrder::TimeInStage, Direction::Reversed, filter);
    assert_eq!(listed(&leads, &asked), (vec![0], false));
}

#[test]
fn bounds_hold_at_their_edges() {
    let world = World::new();
    for n in 0..4 {
        open(&world, n);
    }
    for (n, points, amount, currency) in
        [(0, 10, 100, "EUR"), (1, 20, 200, "EUR"), (2, 30, 200, "BRL")]
    {
        put(&world, n, score(points));
        put(&world, n, value(amount, currency));
    }
    let ana = PersonId(Uuid::from_u128(1));
    put(&world, 3, LeadAssigned { old: None, owner: Some(ana) });
    let leads = Table::<Leads>::new(Arc::new(fold_twice::<Leads>(&world, 3)));
    let none = LeadFilter::default;
    let euros = || LeadFilter { currency: Some("EUR".into()), ..none() };
    for (filter, expected) in [
        (LeadFilter { score_min: Some(20), score_max: Some(29), ..none() }, vec![1]),
        (LeadFilter { score_min: Some(21), ..none() }, vec![2]),
        (LeadFilter { score_max: Some(10), ..none() }, vec![0, 3]),
        (euros(), vec![0, 1]),
        (LeadFilter { value_min: Some(200), ..euros() }, vec![1]),
        (LeadFilter { value_max: Some(199), ..euros() }, vec![0]),
        (LeadFilter { value_min: Some(101), value_max: Some(199), ..euros() }, vec![]),
        (LeadFilter { since_min: Some(at(1)), since_max: Some(at(2)), ..none() }, vec![1, 2]),
        (LeadFilter { has_owner: Some(false), ..none() }, vec![0, 1, 2]),
        (LeadFilter { has_owner: Some(true), ..none() }, vec![3]),
    ] {
        let orders = [
            LeadOrder::Created,
            LeadOrder::Score,
            LeadOrder::Value,
            LeadOrder::TimeInStage,
            LeadOrder::Board,
        ];
        for order in orders {
            for direction in [Direction::Usual, Direction::Reversed] {
                let (mut found, mut page) = (Vec::new(), None);
                // Page by page.
                loop {
                    let asked = query(order, direction, filter.clone());
                    let part = leads.leads(&LeadQuery { limit: 1, page, ..asked }).unwrap();
                    found.extend(part.items.iter().map(|one| one.row.id.0.as_u128() - 0x7000));
                    page = part.next;
                    if page.is_none() {
                        break;
                    }
                }
                found.sort_unstable();
                assert_eq!(found, expected, "{order:?} {direction:?} {filter:?}");
            }
        }
    }
}

#[test]
fn whoever_was_erased_is_in_lists_and_not_on_the_board() {
    let world = World::new();
    (0..2).for_each(|n| open(&world, n));
    put(&world, 1, LeadErased { subjects: vec![lead(1).into()], reason: None });
    let leads = Table::<Leads>::new(Arc::new(fold_twice::<Leads>(&world, 1)));
    let all = |order| query(order, Direction::Usual, LeadFilter::default());
    assert_eq!(listed(&leads, &all(LeadOrder::Board)).0, [0]);
    assert_eq!(listed(&leads, &all(LeadOrder::Created)).0, [1, 0]);
    assert_eq!(listed(&leads, &all(LeadOrder::Score)).0, [1, 0]);
}
