//! The pipeline as people read it.

use std::collections::BTreeMap;

use convolog_domain::lead::{Period, Stage};
use convolog_domain::workspace::Target;
use convolog_projections::pipeline::{Counted, StageTally, Tally};
use convolog_projections::view::{MoneyView, Time};
use schemars::JsonSchema;
use serde::Serialize;

use crate::v1::wire::share;

/// All leads by status.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Pipeline")]
pub(crate) struct PipelineView {
    /// Every status, in the order of the board.
    stages: Vec<StageView>,
    /// Leads that were ever opened.
    opened: u64,
    /// Leads that ever became WON.
    won: u64,
    /// The share of those that were opened that became WON, 0 to 1; null if none was opened.
    conversion: Option<f64>,
    /// Leads that were merged into others.
    merged: u64,
    /// What is wanted, and how far it is reached.
    targets: Vec<TargetView>,
    /// Everything recorded before this moment is counted, and nothing after; null if everything is.
    counted_until: Option<Time>,
}

/// One status.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PipelineStage")]
struct StageView {
    /// Which one.
    status: &'static str,
    /// Leads that have it.
    count: u64,
    /// What those are worth, by currency.
    value: Vec<MoneyView>,
    /// How often a lead came to it.
    entered: u64,
    /// How many leads ever had it.
    reached: u64,
    /// How often a lead left it, merged ones included.
    left: u64,
    /// How long those that left had stayed, on average.
    mean_seconds: Option<u64>,
    /// Where they went, by status.
    moves: BTreeMap<&'static str, u64>,
    /// The share of moves that did not go to LOST, 0 to 1; null if there was none.
    conversion: Option<f64>,
}

/// What is wanted of one status within a period.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PipelineTarget")]
pub(crate) struct TargetView {
    /// Which status.
    status: &'static str,
    /// For when: a year, a quarter or a month, in UTC.
    period: String,
    /// When that begins.
    starts_at: Time,
    /// When the next one begins.
    ends_at: Time,
    /// So many leads are to come to it.
    count: Option<u64>,
    /// They are to be worth so much when they do.
    value: Option<MoneyView>,
    /// So many came to it, each for its first time.
    reached: u64,
    /// They were worth so much when they did, by currency.
    reached_value: Vec<MoneyView>,
}

impl PipelineView {
    pub(super) fn of(counted: &Counted, targets: Vec<TargetView>) -> Self {
        let tally = &counted.tally;
        let (opened, won) = (tally.stage(Stage::New).reached, tally.stage(Stage::Won).reached);
        Self {
            stages: Stage::ALL.into_iter().map(|stage| StageView::of(tally, stage)).collect(),
            opened,
            won,
            conversion: share(won, opened),
            merged: tally.merged,
            targets,
            counted_until: counted.until.map(Time::from),
        }
    }
}

impl StageView {
    fn of(tally: &Tally, stage: Stage) -> Self {
        let counted = tally.stage(stage);
        let StageTally { entered, reached, left, stayed, ref value, .. } = counted;
        let went = |to: &Stage| tally.moved(stage, *to);
        let moves: BTreeMap<_, _> =
            Stage::ALL.iter().map(|to| (to.name(), went(to))).filter(|(_, n)| *n > 0).collect();
        let all: u64 = moves.values().sum();
        let value = value.iter().map(|(currency, amount)| MoneyView {
            amount: u64::try_from(*amount).unwrap_or(0),
            currency: currency.clone(),
        });
        Self {
            status: stage.name(),
            count: u64::try_from(counted.count()).unwrap_or(0),
            value: value.collect(),
            entered,
            reached,
            left,
            mean_seconds: stayed.checked_div(left),
            conversion: share(all.saturating_sub(went(&Stage::Lost)), all),
            moves,
        }
    }
}

impl TargetView {
    /// A target and what was counted within its period.
    pub(super) fn of(stage: Stage, period: Period, target: &Target, within: &Tally) -> Self {
        let counted = within.stage(stage);
        let value = counted.reached_value.iter();
        Self {
            status: stage.name(),
            period: period.to_string(),
            starts_at: Time::of_seconds(period.start()),
            ends_at: Time::of_seconds(period.end()),
            count: target.count,
            value: target.value.as_ref().map(Into::into),
            reached: counted.reached,
            reached_value: value
                .map(|(currency, amount)| MoneyView { amount: *amount, currency: currency.clone() })
                .collect(),
        }
    }
}
