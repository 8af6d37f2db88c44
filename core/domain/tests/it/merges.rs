//! Whatever is merged, undone and erased in whatever order: both sides of a merge agree, and
//! following merges always comes to an end.

use convolog_domain::contact::{
    AbsorbContact, Contact, ContactCreated, ErasePersonalData, MergeContact, ReleaseContact, State,
    UnmergeContact,
};
use convolog_domain::testing::{ctx, state_of};
use convolog_domain::{Aggregate, Command, ContactId, Decision};
use proptest::prelude::*;
use uuid::Uuid;

const CONTACTS: usize = 5;

#[derive(Clone, Copy, Debug)]
enum Step {
    Merge { survivor: usize, other: usize },
    Unmerge { survivor: usize, other: usize },
    Erase(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let pair = || (0..CONTACTS, 0..CONTACTS);
    prop_oneof![
        3 => pair().prop_map(|(survivor, other)| Step::Merge { survivor, other }),
        2 => pair().prop_map(|(survivor, other)| Step::Unmerge { survivor, other }),
        1 => (0..CONTACTS).prop_map(Step::Erase),
    ]
}

fn id(n: usize) -> ContactId {
    ContactId(Uuid::from_u64_pair(1, u64::try_from(n).unwrap_or(u64::MAX)))
}

fn decide<C: Command<Aggregate = Contact>>(command: C, state: &State) -> Option<Vec<Decision>> {
    command.decide(state, &mut ctx()).ok()
}

fn apply(state: &mut State, decisions: Vec<Decision>) {
    for decision in decisions {
        if let Ok(event) = decision.event.try_into() {
            Contact::evolve(state, &event);
        }
    }
}

/// As a commit over two streams does it: both sides or neither.
#[expect(clippy::indexing_slicing, reason = "every step is drawn from the contacts there are")]
fn take(states: &mut [State], step: Step) {
    let (one, other, sides) = match step {
        Step::Merge { survivor, other } => (
            survivor,
            other,
            decide(AbsorbContact { survivor: id(survivor), other: id(other) }, &states[survivor])
                .zip(decide(
                    MergeContact { contact: id(other), survivor: id(survivor) },
                    &states[other],
                )),
        ),
        Step::Unmerge { survivor, other } => (
            survivor,
            other,
            decide(ReleaseContact { other: id(other) }, &states[survivor])
                .zip(decide(UnmergeContact { from: id(survivor) }, &states[other])),
        ),
        Step::Erase(n) => {
            let erase = ErasePersonalData { by: None, reason: "requested".into(), stops: vec![] };
            (n, n, decide(erase, &states[n]).map(|decisions| (decisions, Vec::new())))
        }
    };
    if let Some((first, second)) = sides {
        apply(&mut states[one], first);
        apply(&mut states[other], second);
    }
}

proptest! {
    #[test]
    fn both_sides_agree_and_every_chain_ends(steps in prop::collection::vec(step(), 0..60)) {
        let mut states = vec![state_of::<Contact>([ContactCreated {}.into()]); CONTACTS];
        for step in steps {
            take(&mut states, step);
            for (n, state) in states.iter().enumerate() {
                for (m, other) in states.iter().enumerate() {
                    prop_assert_eq!(
                        state.absorbed.contains(&id(m)),
                        other.merged_into == Some(id(n)),
                        "after {:?}: {} and {}", step, n, m
                    );
                }
                let mut end = state;
                for _ in 0..CONTACTS {
                    let Some(into) = end.merged_into else { break };
                    end = &states[(0..CONTACTS).find(|n| id(*n) == into).unwrap()];
                }
                prop_assert!(end.merged_into.is_none(), "after {:?}: a ring with {}", step, n);
            }
        }
    }
}
