//! How fast a rebuild may go: it yields to commits.

use std::time::Duration;

use convolog_log::Position;

/// The longest pause between two stretches.
const LONGEST: Duration = Duration::from_millis(250);

/// Keeps a rebuild to a share of one processor while commits come in, and lets it run when none do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Hundredths of the time that may be spent working while commits come in (1 to 100).
    percent: u32,
    head: Position,
}

impl Pace {
    pub(crate) fn new(percent: u8) -> Self {
        Self { percent: u32::from(percent).clamp(1, 100), head: Position::START }
    }

    /// How long to rest after a stretch that took `busy`, the log having grown to `head`.
    pub(crate) fn rest(&mut self, busy: Duration, head: Position) -> Duration {
        let commits = std::mem::replace(&mut self.head, head) != head;
        if !commits {
            return Duration::ZERO;
        }
        (busy * (100 - self.percent) / self.percent).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_only_while_commits_come_in() {
        let mut pace = Pace::new(25);
        let busy = Duration::from_millis(10);
        assert_eq!(pace.rest(busy, Position(100)), Duration::from_millis(30));
        assert_eq!(pace.rest(busy, Position(100)), Duration::ZERO);
        assert_eq!(pace.rest(busy, Position(101)), Duration::from_millis(30));
        assert_eq!(pace.rest(Duration::from_secs(9), Position(102)), LONGEST);
        assert_eq!(Pace::new(100).rest(busy, Position(1)), Duration::ZERO);
    }
}
