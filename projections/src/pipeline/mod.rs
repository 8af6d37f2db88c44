//! The read model `pipeline`: how many leads are in which stage, what they are worth, how they move
//! on, and what is wanted.
//!
//! Three tallies count each event: of everything, of its day, of its hour. Sums of days and hours
//! show the past at any full hour; only what a tally and an event say is needed to count on.

mod query;
mod tally;

use convolog_domain::lead::{Event as Happened, Money, Period, Stage};
use convolog_domain::workspace::{Event as Settled, Target};
use convolog_domain::{Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use serde::{Deserialize, Serialize};

use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::seconds;
use crate::store::keys::Key;

pub use query::{Counted, Targets};
pub use tally::{StageTally, Tally};

/// All rows by their keys.
const BY_KEY: u8 = 0x10;

/// Seconds of an hour.
const HOUR: i64 = 3_600;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Span {
    /// Everything.
    All,
    /// What was recorded within a day.
    Day,
    /// What was recorded within an hour.
    Hour,
    /// Targets.
    Targets,
}

impl Span {
    const fn code(self) -> u8 {
        match self {
            Self::All => 1,
            Self::Day => 2,
            Self::Hour => 3,
            Self::Targets => 4,
        }
    }

    /// The rows of this span.
    fn of(self, workspace: WorkspaceId) -> Key {
        Key::part().uuid(workspace.0).u8(self.code())
    }

    /// The row that counts what happened at a second.
    fn at(self, workspace: WorkspaceId, second: i64) -> RowKey {
        let start = match self {
            Self::Day => second.div_euclid(DAY) * DAY,
            Self::Hour => second.div_euclid(HOUR) * HOUR,
            Self::All | Self::Targets => 0,
        };
        self.of(workspace).i64(start).done()
    }
}

/// One row: a tally, or one target.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PipelineRow {
    /// What was counted.
    pub tally: Tally,
    /// What is wanted of which stage, and for when.
    pub target: Option<(Stage, Period, Option<Wanted>)>,
}

/// A target as a row keeps it. The event's own type leaves out what is not set, which only a format
/// with names can read back.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// So many leads.
    pub count: Option<u64>,
    /// Worth so much.
    pub value: Option<Money>,
}

impl From<Target> for Wanted {
    fn from(Target { count, value }: Target) -> Self {
        Self { count, value }
    }
}

impl From<Wanted> for Target {
    fn from(Wanted { count, value }: Wanted) -> Self {
        Self { count, value }
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline;

impl ReadModel for Pipeline {
    const NAME: &'static str = "pipeline";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Lead, StreamKind::Workspace];
    type Row = PipelineRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        let workspace = event.workspace();
        match &event.event {
            Event::Lead(
                Happened::LeadOpened(_)
                | Happened::LeadStageChanged(_)
                | Happened::LeadValued(_)
                | Happened::LeadMerged(_),
            ) => {
                let second = seconds(event.at);
                let spans = [Span::All, Span::Day, Span::Hour];
                keys.extend(spans.map(|span| span.at(workspace, second)));
            }
            Event::Workspace(Settled::TargetSet(set)) => {
                let key = Span::Targets.of(workspace).u8(set.stage.place());
                keys.push(key.bytes(set.period.to_string().as_bytes()).done());
            }
            _ => {}
        }
    }

    fn fold(row: &mut PipelineRow, event: &Recorded) -> Result<(), FoldError> {
        match &event.event {
            Event::Lead(happened) => row.tally.count(happened),
            Event::Workspace(Settled::TargetSet(set)) => {
                row.target = Some((set.stage, set.period, set.target.clone().map(Wanted::from)));
            }
            _ => return Err(FoldError("an event of another kind in the pipeline".into())),
        }
        Ok(())
    }

    fn index(key: &RowKey, row: &PipelineRow, entries: &mut Vec<IndexKey>) {
        if *row != PipelineRow::default() {
            entries.push(Key::of(BY_KEY).bytes(key).done());
        }
    }

    fn dump(row: &PipelineRow) -> String {
        let PipelineRow { tally, target } = row;
        format!("pipeline {} target {target:?}", tally.dump())
    }
}
