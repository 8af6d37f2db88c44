//! How leads moved on, as people read it.

use convolog_domain::lead::Stage;
use convolog_projections::analytics::{Bucket, Durations};
use convolog_projections::hours::Detail;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::Figures;
use crate::v1::wire::share;

/// How leads moved on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Conversion")]
pub(crate) struct LeadsMoved {
    /// Leads that were opened.
    opened: u64,
    /// Leads that became WON for the first time.
    won: u64,
    /// Leads that became LOST for the first time.
    lost: u64,
    /// Leads that were merged into others.
    merged: u64,
    /// Those that became WON to those that were opened; null if none was opened. More than 1 if more
    /// were won than opened.
    conversion: Option<f64>,
    /// The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
    /// did.
    win_rate: Option<f64>,
    /// Every status to which or from which a lead came, in the order of the board.
    stages: Vec<StageFigures>,
    /// Every move that was made.
    transitions: Vec<Transition>,
}

/// What happened with one status.
#[derive(Serialize, JsonSchema)]
struct StageFigures {
    /// Which one.
    status: &'static str,
    /// How often a lead came to it.
    entered: u64,
    /// How many leads came to it for the first time.
    reached: u64,
    /// How often a lead left it, merged ones included.
    left: u64,
}

/// Moves from one status to another.
#[derive(Serialize, JsonSchema)]
struct Transition {
    /// The status before.
    from: &'static str,
    /// The status after.
    to: &'static str,
    /// How many moves.
    count: u64,
    /// Their share of all moves from the status before, 0 to 1.
    rate: Option<f64>,
    /// How long the leads had had the status before, in whole seconds: the mean.
    mean_seconds: Option<u64>,
    /// Half of them had it no longer: the end of a step of the histogram, at most a quarter too
    /// long.
    p50_seconds: Option<u64>,
    /// Nine of ten had it no longer, likewise.
    p90_seconds: Option<u64>,
}

impl From<&Bucket> for LeadsMoved {
    fn from(bucket: &Bucket) -> Self {
        let moves = &bucket.leads;
        let reached = |stage| moves.tally.stage(stage).reached;
        let (opened, won, lost) = (reached(Stage::New), reached(Stage::Won), reached(Stage::Lost));
        let stages = Stage::ALL.into_iter().map(|stage| (stage, moves.tally.stage(stage)));
        let stages = stages.filter(|(_, tally)| tally.entered > 0 || tally.left > 0);
        let all_from = |from: Stage| Stage::ALL.iter().map(|to| moves.tally.moved(from, *to)).sum();
        Self {
            opened,
            won,
            lost,
            merged: moves.tally.merged,
            conversion: share(won, opened),
            win_rate: share(won, won.saturating_add(lost)),
            stages: stages
                .map(|(stage, tally)| StageFigures {
                    status: stage.name(),
                    entered: tally.entered,
                    reached: tally.reached,
                    left: tally.left,
                })
                .collect(),
            transitions: moves
                .stays
                .iter()
                .map(|((from, to), stays)| Transition::of((*from, *to), stays, all_from(*from)))
                .collect(),
        }
    }
}

impl Transition {
    fn of((from, to): (Stage, Stage), stays: &Durations, all: u64) -> Self {
        Self {
            from: from.name(),
            to: to.name(),
            count: stays.count,
            rate: share(stays.count, all),
            mean_seconds: stays.mean(),
            p50_seconds: stays.percentile(50),
            p90_seconds: stays.percentile(90),
        }
    }
}

impl Figures for LeadsMoved {
    const DETAIL: Detail = Detail::Counts;
}
