//! Counting leads: what one event adds, and how two tallies add up.

use std::collections::BTreeMap;

use convolog_domain::lead::{Event as Happened, Money, Stage};
use serde::{Deserialize, Serialize};

/// What happened with leads within some time, or ever.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// By stage.
    pub stages: BTreeMap<Stage, StageTally>,
    /// Moves from one stage to another.
    pub moves: BTreeMap<(Stage, Stage), u64>,
    /// Leads that were merged into others.
    pub merged: u64,
}

/// What happened in one stage.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StageTally {
    /// How often a lead came to it.
    pub entered: u64,
    /// How many leads came to it for the first time.
    pub reached: u64,
    /// What those were worth at that moment, by currency, in its smallest unit.
    pub reached_value: BTreeMap<String, u64>,
    /// How often a lead left it.
    pub left: u64,
    /// How long those had stayed, in seconds.
    pub stayed: u64,
    /// What is worth more in it than before, by currency, in its smallest unit. Of everything that
    /// ever happened: what its leads are worth.
    pub value: BTreeMap<String, i64>,
}

impl StageTally {
    /// How many leads more there are in it than before. Of everything that ever happened: how many
    /// there are.
    pub fn count(&self) -> i64 {
        signed(self.entered).saturating_sub(signed(self.left))
    }

    fn worth(&mut self, value: Option<&Money>, more: bool) {
        let Some(Money { amount, currency }) = value else { return };
        let sum = self.value.entry(currency.clone()).or_default();
        let amount = signed(*amount);
        *sum = if more { sum.saturating_add(amount) } else { sum.saturating_sub(amount) };
        if *sum == 0 {
            self.value.remove(currency);
        }
    }

    fn leave(&mut self, value: Option<&Money>, stayed: i64) {
        self.left += 1;
        self.stayed = self.stayed.saturating_add(u64::try_from(stayed).unwrap_or(0));
        self.worth(value, false);
    }

    fn enter(&mut self, value: Option<&Money>, again: bool) {
        self.entered += 1;
        self.worth(value, true);
        if again {
            return;
        }
        self.reached += 1;
        if let Some(Money { amount, currency }) = value {
            let sum = self.reached_value.entry(currency.clone()).or_default();
            *sum = sum.saturating_add(*amount);
        }
    }

    fn add(&mut self, more: &Self) {
        let Self { entered, reached, reached_value, left, stayed, value } = more;
        self.entered += entered;
        self.reached += reached;
        self.left += left;
        self.stayed = self.stayed.saturating_add(*stayed);
        for (currency, amount) in reached_value {
            let sum = self.reached_value.entry(currency.clone()).or_default();
            *sum = sum.saturating_add(*amount);
        }
        for (currency, amount) in value {
            let sum = self.value.entry(currency.clone()).or_default();
            *sum = sum.saturating_add(*amount);
        }
        self.value.retain(|_, sum| *sum != 0);
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Tally {
    /// One stage; nothing, if nothing happened there.
    pub fn stage(&self, stage: Stage) -> StageTally {
        self.stages.get(&stage).cloned().unwrap_or_default()
    }

    /// How often a lead went from one stage to another.
    pub fn moved(&self, from: Stage, to: Stage) -> u64 {
        self.moves.get(&(from, to)).copied().unwrap_or(0)
    }

    /// Counts what happened.
    pub(crate) fn count(&mut self, happened: &Happened) {
        match happened {
            Happened::LeadOpened(_) => self.at(Stage::New).enter(None, false),
            Happened::LeadStageChanged(changed) => {
                let value = changed.value.as_ref();
                let stayed = changed.at.saturating_sub(changed.since);
                self.at(changed.from).leave(value, stayed);
                self.at(changed.to).enter(value, changed.again);
                *self.moves.entry((changed.from, changed.to)).or_default() += 1;
            }
            Happened::LeadValued(valued) => {
                let stage = self.at(valued.stage);
                stage.worth(valued.old.as_ref(), false);
                stage.worth(valued.value.as_ref(), true);
            }
            Happened::LeadMerged(merged) => {
                let stayed = merged.at.saturating_sub(merged.since);
                self.at(merged.stage).leave(merged.value.as_ref(), stayed);
                self.merged += 1;
            }
            Happened::LeadFieldsChanged(_)
            | Happened::LeadScored(_)
            | Happened::LeadAssigned(_)
            | Happened::LeadLinked(_)
            | Happened::LeadMoved(_)
            | Happened::LeadAbsorbed(_)
            | Happened::LeadErased(_) => {}
        }
    }

    fn at(&mut self, stage: Stage) -> &mut StageTally {
        self.stages.entry(stage).or_default()
    }

    /// Both together.
    pub(crate) fn add(&mut self, more: &Self) {
        let Self { stages, moves, merged } = more;
        for (stage, tally) in stages {
            self.at(*stage).add(tally);
        }
        for (way, count) in moves {
            *self.moves.entry(*way).or_default() += count;
        }
        self.merged += merged;
    }

    pub(super) fn dump(&self) -> String {
        let Self { stages, moves, merged } = self;
        let stages: Vec<_> = stages
            .iter()
            .map(|(stage, tally)| {
                let StageTally { entered, reached, reached_value, left, stayed, value } = tally;
                format!(
                    "{stage} entered {entered} reached {reached} worth {reached_value:?} left {left} \
                     stayed {stayed} value {value:?}"
                )
            })
            .collect();
        let moves: Vec<_> =
            moves.iter().map(|((from, to), count)| format!("{from}>{to} {count}")).collect();
        format!("[{}] moves [{}] merged {merged}", stages.join(", "), moves.join(", "))
    }
}
