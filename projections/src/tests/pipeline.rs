//! Leads and the pipeline against a naive recount: any history, told in any batches, twice, now and
//! at any position of the past.

use std::collections::BTreeMap;
use std::sync::Arc;

use convolog_domain::lead::{
    AbsorbLead, ChangeLead, ChangeStage, Event as Happened, Lead, MergeLead, Money, MoveLead,
    OpenLead, Opening, Score, Stage, State,
};
use convolog_domain::workspace::{Target, TargetSet, WorkspaceCreated};
use convolog_domain::{Aggregate, Command, ContactId, Ctx, Decision, LeadId, StreamKind};
use convolog_log::{EventLog, Filter, Position};
use proptest::prelude::*;
use uuid::Uuid;

use super::world::{NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, run};
use crate::Batch;
use crate::dump::lines;
use crate::error::QueryError;
use crate::fold::ReadModel;
use crate::leads::{Direction, LeadFilter, LeadOrder, LeadQuery, LeadRow, Leads};
use crate::overlay::Overlay;
use crate::parked::ParkedStreams;
use crate::pipeline::{Pipeline, Tally};
use crate::store::{MemoryStore, Stored};

const LEADS: u128 = 4;

fn lead(n: u128) -> LeadId {
    LeadId(Uuid::from_u128(0x6000 + n))
}

/// What somebody does with a lead.
#[derive(Clone, Debug)]
enum Act {
    Open,
    To(Stage),
    Value(Option<u64>),
    Score(u8),
    Merge(u128),
    Top,
}

/// An act on a lead, some minutes after the one before.
type Step = (u128, Act, i64);

fn step() -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        3 => Just(Act::Open),
        6 => prop::sample::select(Stage::ALL.to_vec()).prop_map(Act::To),
        3 => prop::option::of(0..5_u64).prop_map(Act::Value),
        1 => (0..3_u8).prop_map(Act::Score),
        1 => (0..LEADS).prop_map(Act::Merge),
        1 => Just(Act::Top),
    ];
    (0..LEADS, act, prop_oneof![Just(0), 1..40_i64, Just(60 * 30)])
}

/// One event as it happened: where, when (seconds since 1970), to whom.
struct Told {
    position: Position,
    at: i64,
    lead: LeadId,
    event: Happened,
}

struct Teller<'w> {
    world: &'w World,
    now: i64,
    states: BTreeMap<LeadId, State>,
    told: Vec<Told>,
}

impl Teller<'_> {
    fn step(&mut self, (n, act, minutes): &Step) {
        self.now += minutes * 60;
        self.world.clock.advance_micros(minutes * 60_000_000);
        let id = lead(*n);
        match act {
            Act::Open => self.does(
                id,
                OpenLead {
                    lead: id,
                    subject: id.into(),
                    contact: Some(ContactId(id.0)),
                    opened_by: Opening::Command,
                    source: "api".into(),
                    channel: None,
                    external_id: None,
                    known: ChangeLead::default(),
                },
            ),
            Act::To(stage) => {
                self.does(id, ChangeStage { lead: id, stage: *stage, reason: None, freely: false });
            }
            Act::Value(amount) => {
                let currency = if n % 2 == 0 { "EUR" } else { "BRL" };
                let money = |amount| Money { amount, currency: currency.into() };
                let value = Some(amount.map(money));
                self.does(id, ChangeLead { value, ..ChangeLead::default() });
            }
            Act::Score(score) => {
                let score = Score { score: *score, reasons: vec![], explanation: None };
                self.does(id, ChangeLead { score: Some(Some(score)), ..ChangeLead::default() });
            }
            Act::Merge(other) => {
                let other = lead(*other);
                let absorb = AbsorbLead { survivor: id, other };
                let merge = MergeLead { lead: other, survivor: id };
                if let (Some(one), Some(two)) = (self.decide(id, absorb), self.decide(other, merge))
                {
                    self.put(id, one);
                    self.put(other, two);
                }
            }
            Act::Top => {
                let first = self.states.values().map(|state| state.rank.clone()).min();
                self.does(id, MoveLead { above: None, below: first });
            }
        }
    }

    fn decide(&self, id: LeadId, command: impl Command<Aggregate = Lead>) -> Option<Vec<Decision>> {
        let state = self.states.get(&id).cloned().unwrap_or_default();
        command.decide(&state, &mut Ctx::new(self.now * 1_000_000, [7; 32])).ok()
    }

    /// Does it, if it is allowed.
    fn does(&mut self, id: LeadId, command: impl Command<Aggregate = Lead>) {
        if let Some(decisions) = self.decide(id, command) {
            self.put(id, decisions);
        }
    }

    fn put(&mut self, lead: LeadId, decisions: Vec<Decision>) {
        for decision in decisions {
            let event = Happened::try_from(decision.event).unwrap();
            let position = self.world.put(StreamKind::Lead, lead.0, event.clone(), None);
            Lead::evolve(self.states.entry(lead).or_default(), &event);
            self.told.push(Told { position, at: self.now, lead, event });
        }
    }
}

fn tell<'w>(world: &'w World, steps: &[Step]) -> Teller<'w> {
    let mut teller = Teller { world, now: NOW, states: BTreeMap::new(), told: Vec::new() };
    for step in steps {
        teller.step(step);
    }
    teller
}

/// The states after those events, and what a clerk who sees each lead would have counted.
fn recount<'t>(told: impl Iterator<Item = &'t Told>) -> (BTreeMap<LeadId, State>, Tally) {
    let (mut states, mut tally) = (BTreeMap::<LeadId, State>::new(), Tally::default());
    let mut came = BTreeMap::new();
    for Told { at, lead, event, .. } in told {
        let state = states.entry(*lead).or_default();
        let before = state.clone();
        Lead::evolve(state, event);
        let was_there = before.opened.is_some() && before.merged_into.is_none();
        let is_there = state.merged_into.is_none();
        if was_there && (!is_there || before.stage != state.stage) {
            let there = tally.stages.entry(before.stage).or_default();
            there.left += 1;
            there.stayed += u64::try_from(at - came[lead]).unwrap();
            tally.merged += u64::from(!is_there);
        }
        if is_there && (!was_there || before.stage != state.stage) {
            came.insert(*lead, *at);
            let there = tally.stages.entry(state.stage).or_default();
            there.entered += 1;
            if !before.visited.contains(&state.stage) {
                there.reached += 1;
                if let Some(Money { amount, currency }) = &state.value {
                    *there.reached_value.entry(currency.clone()).or_default() += amount;
                }
            }
        }
        if was_there && is_there && before.stage != state.stage {
            *tally.moves.entry((before.stage, state.stage)).or_default() += 1;
        }
    }
    for state in states.values().filter(|state| state.merged_into.is_none()) {
        if let Some(Money { amount, currency }) = state.value.as_ref().filter(|v| v.amount > 0) {
            let there = tally.stages.entry(state.stage).or_default();
            *there.value.entry(currency.clone()).or_default() += i64::try_from(*amount).unwrap();
        }
    }
    (states, tally)
}

/// Without stages in which nothing happened that counts.
fn tidy(mut tally: Tally) -> Tally {
    tally.stages.retain(|_, stage| stage.entered > 0);
    tally
}

/// Folds the log into a store, in batches of such a size, each of them twice.
pub(super) fn fold_twice<M: ReadModel>(world: &World, size: usize) -> MemoryStore {
    let store = MemoryStore::default();
    let (records, _) = world.log.read(Position::START, usize::MAX, &Filter::default()).unwrap();
    let mut overlay = Overlay::<M>::default();
    let mut parked = ParkedStreams::default();
    for chunk in records.chunks(size) {
        let batch = Batch::of(chunk).unwrap();
        for _ in 0..2 {
            overlay.apply(&batch, &store, &mut parked).unwrap();
        }
    }
    store
}

fn assert_is(row: &Stored<LeadRow>, state: &State) {
    let row = &row.row;
    let opened = row.opened.as_ref().map(|opened| opened.source.clone());
    assert_eq!(opened, state.opened.as_ref().map(|opened| opened.source.clone()));
    let score = row.score.as_ref().map(|scored| scored.score);
    assert_eq!((row.stage, row.stage_since, score), (state.stage, state.since, state.score));
    assert_eq!((&row.value, &row.rank), (&state.value, &state.rank));
    assert_eq!(row.merged_into, state.merged_into);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counters_and_lists_are_what_a_recount_says(
        steps in prop::collection::vec(step(), 1..40),
        size in 1..9_usize,
    ) {
        let world = World::new();
        let told = tell(&world, &steps).told;
        for stores in [fold_twice::<Pipeline>(&world, size), fold_twice::<Pipeline>(&world, 1_000)] {
            let table = crate::Table::<Pipeline>::new(Arc::new(stores));
            let (_, expected) = recount(told.iter());
            prop_assert_eq!(tidy(table.total(WORKSPACE).unwrap()), expected);
        }
        let print = |size| {
            let store = fold_twice::<Leads>(&world, size);
            lines::<Leads>(&store).map(Result::unwrap).collect::<Vec<_>>()
        };
        prop_assert_eq!(print(size), print(1_000));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn now_and_then_are_what_a_recount_says(steps in prop::collection::vec(step(), 1..30)) {
        let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
        let told = tell(&world, &steps).told;
        let models = world.models(dir.path());
        let head = world.log.head();
        let (states, expected) = recount(told.iter());
        let now = models.now().pipeline(WORKSPACE).unwrap();
        prop_assert_eq!(tidy(now.tally.clone()), expected);
        let at_head = run(models.as_of(head, PATIENCE)).unwrap();
        prop_assert_eq!(at_head.pipeline(WORKSPACE).unwrap(), now);
        let all = |query: &LeadQuery| models.now().leads(query).unwrap().items;
        for order in [LeadOrder::Score, LeadOrder::Value, LeadOrder::TimeInStage, LeadOrder::Board] {
            let query = LeadQuery { order, limit: 2, ..LeadQuery::of(WORKSPACE) };
            let whole = all(&LeadQuery { limit: 100, ..query.clone() });
            let standing = states.values().filter(|state| state.merged_into.is_none()).count();
            prop_assert_eq!(whole.len(), standing);
            let mut paged = all(&query);
            let mut next = models.now().leads(&query).unwrap().next;
            while let Some(page) = next {
                let page = LeadQuery { page: Some(page), ..query.clone() };
                let found = models.now().leads(&page).unwrap();
                paged.extend(found.items);
                next = found.next;
            }
            prop_assert_eq!(paged, whole);
        }
        for cut in told.iter().map(|told| told.position) {
            let then = run(models.as_of(cut, PATIENCE)).unwrap();
            let (states, _) = recount(told.iter().filter(|told| told.position <= cut));
            for (id, state) in &states {
                assert_is(&then.lead(WORKSPACE, *id).unwrap().unwrap(), state);
            }
            let query = LeadQuery { direction: Direction::Reversed, ..LeadQuery::of(WORKSPACE) };
            let listed = then.leads(&query).unwrap().items;
            let standing = states.values().filter(|state| state.merged_into.is_none()).count();
            prop_assert_eq!(listed.len(), standing);
            // The pipeline is that of the last full hour before the next event.
            let next = told.iter().find(|told| told.position > cut).map(|told| told.at);
            let until = next.map_or(i64::MAX, |next| next.div_euclid(3_600) * 3_600);
            let (_, expected) = recount(told.iter().filter(|told| told.at < until));
            prop_assert_eq!(tidy(then.pipeline(WORKSPACE).unwrap().tally), expected);
        }
        assert_rebuilds_the_same(&models);
    }
}

#[test]
fn a_period_counts_what_came_within_it_and_targets_are_exact() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let created = WorkspaceCreated { name: "Padaria Sol".into(), plan: "pro".into() };
    world.put(StreamKind::Workspace, WORKSPACE.0, created, None);
    // 2027-01-15: the month that every test begins in.
    let period = "2027-01".parse().unwrap();
    let target = |count| Some(Target { count: Some(count), value: None });
    let set = |old, target| TargetSet { stage: Stage::Won, period, old, target };
    let first = world.put(StreamKind::Workspace, WORKSPACE.0, set(None, target(2)), None);
    let minutes_of_a_month = 60 * 24 * 31;
    tell(
        &world,
        &[
            (0, Act::Open, 0),
            (0, Act::Value(Some(4)), 0),
            (0, Act::To(Stage::Qualified), 90),
            (0, Act::To(Stage::Won), 90),
            (1, Act::Open, 0),
            (1, Act::To(Stage::Contacted), minutes_of_a_month),
            (1, Act::To(Stage::Won), 0),
        ],
    );
    world.put(StreamKind::Workspace, WORKSPACE.0, set(target(2), None), None);
    let models = world.models(dir.path());
    let now = models.now();
    let within = now.pipeline_within(WORKSPACE, period.start(), period.end()).unwrap();
    let won = within.stage(Stage::Won);
    assert_eq!((won.reached, won.reached_value["EUR"]), (1, 4));
    assert_eq!(now.pipeline(WORKSPACE).unwrap().tally.stage(Stage::Won).reached, 2);
    let hour = NOW.div_euclid(3_600) * 3_600;
    let hours = now.pipeline_within(WORKSPACE, hour + 3_600, hour + 3 * 3_600).unwrap();
    assert_eq!(hours.stage(Stage::Qualified).entered, 1);
    assert_eq!(hours.stage(Stage::New).entered, 0);
    assert_eq!(now.targets(WORKSPACE).unwrap(), []);
    let then = run(models.as_of(first, PATIENCE)).unwrap();
    let wanted = Target { count: Some(2), value: None };
    assert_eq!(then.targets(WORKSPACE).unwrap(), [(Stage::Won, period, wanted)]);
    assert_eq!(run(models.as_of(Position(1), PATIENCE)).unwrap().targets(WORKSPACE).unwrap(), []);
    let query = LeadQuery { order: LeadOrder::Score, ..LeadQuery::of(WORKSPACE) };
    assert!(matches!(then.leads(&query), Err(QueryError::NotAsOf { parameter: "sort", .. })));
    let filter = LeadFilter { stage: Some(Stage::Won), ..LeadFilter::default() };
    let won = LeadQuery { filter, ..LeadQuery::of(WORKSPACE) };
    assert_eq!(now.leads(&won).unwrap().items.len(), 2);
}
