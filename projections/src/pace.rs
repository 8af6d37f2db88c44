//! How fast a rebuild may go: it yields to commits.
//!
//! Small stretches, each followed by a pause in proportion to the work, leave the processor to whoever
//! writes. Measured figures are in the decision records.

use std::time::Duration;

use convolog_log::Position;

/// Events in a stretch while commits may come in.
pub(crate) const STRETCH: usize = 500;

/// The longest pause between two stretches.
const LONGEST: Duration = Duration::from_millis(250);

/// After so many stretches without a commit, nobody is there to yield to.
const QUIET: u32 = 32;

/// Keeps a rebuild to a share of the time while commits come in, and lets it run when none do.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Hundredths of the time that may be spent working while commits come in (1 to 100).
    percent: u32,
    head: Position,
    /// Stretches since the last commit.
    quiet: u32,
}

impl Pace {
    /// Begins at the head of the log.
    pub fn new(percent: u8, head: Position) -> Self {
        Self { percent: u32::from(percent).clamp(1, 100), head, quiet: QUIET }
    }

    /// How long to rest after a stretch that took `busy`, the log having grown to `head`.
    pub fn rest(&mut self, busy: Duration, head: Position) -> Duration {
        let commits = std::mem::replace(&mut self.head, head) != head;
        self.quiet = if commits { 0 } else { self.quiet.saturating_add(1) };
        if self.quiet >= QUIET {
            return Duration::ZERO;
        }
        (busy * (100 - self.percent) / self.percent).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_while_commits_come_in_and_for_a_while_after() {
        let mut pace = Pace::new(25, Position(7));
        let busy = Duration::from_millis(10);
        assert_eq!(pace.rest(busy, Position(7)), Duration::ZERO, "nobody writes");
        assert_eq!(pace.rest(busy, Position(8)), Duration::from_millis(30));
        for _ in 1..QUIET {
            assert_eq!(pace.rest(busy, Position(8)), Duration::from_millis(30));
        }
        assert_eq!(pace.rest(busy, Position(8)), Duration::ZERO);
        assert_eq!(pace.rest(Duration::from_secs(9), Position(9)), LONGEST);
        assert_eq!(Pace::new(100, Position(1)).rest(busy, Position(2)), Duration::ZERO);
    }
}
