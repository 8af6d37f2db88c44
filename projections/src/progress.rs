//! How a rebuild gets on, measured over its last stretch.
//!
//! Times are those of a monotonic clock and stay outside the folds.

use std::time::{Duration, Instant};

use convolog_log::Position;

/// How long a stretch is measured: long enough to be steady, short enough to follow.
const WINDOW: Duration = Duration::from_secs(1);

/// Where a rebuild stands.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Progress {
    /// Everything up to here is done.
    pub position: Position,
    /// Over the last stretch; none before its end.
    pub speed: Option<Speed>,
}

/// How fast it goes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Speed {
    /// Events in a second.
    pub events_per_second: f64,
    /// The share of the time that it rested for the sake of commits, 0 to 1.
    pub throttled: f64,
}

impl Progress {
    /// At a position, before anything was measured.
    pub const fn at(position: Position) -> Self {
        Self { position, speed: None }
    }

    /// Seconds until `head` is reached at this speed; none while nothing is known of it.
    pub(crate) fn seconds_left(&self, head: Position) -> Option<f64> {
        let speed = self.speed.filter(|speed| speed.events_per_second > 0.0)?;
        let missing = head.0.saturating_sub(self.position.0);
        Some((float(missing) / speed.events_per_second).round())
    }
}

/// Measures one rebuild.
#[derive(Debug)]
pub struct Meter {
    begun: Instant,
    from: Position,
    rested: Duration,
    progress: Progress,
}

impl Meter {
    /// Begins at a position.
    pub const fn new(now: Instant, position: Position) -> Self {
        let progress = Progress::at(position);
        Self { begun: now, from: position, rested: Duration::ZERO, progress }
    }

    /// It got to `position` by `now`, after it had rested for `rested`.
    pub fn step(&mut self, now: Instant, position: Position, rested: Duration) -> Progress {
        self.rested += rested;
        self.progress.position = position;
        let passed = now.saturating_duration_since(self.begun);
        if passed >= WINDOW {
            let seconds = passed.as_secs_f64();
            self.progress.speed = Some(Speed {
                events_per_second: float(position.0.saturating_sub(self.from.0)) / seconds,
                throttled: (self.rested.as_secs_f64() / seconds).min(1.0),
            });
            (self.begun, self.from, self.rested) = (now, position, Duration::ZERO);
        }
        self.progress
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a figure for people; 2^53 events are far away"
)]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_a_stretch_and_says_how_long_the_rest_takes() {
        let begun = crate::rebuild::now();
        let mut meter = Meter::new(begun, Position(100));
        let half = meter.step(begun + WINDOW / 2, Position(600), WINDOW / 4);
        assert_eq!((half.position, half.speed), (Position(600), None));
        assert_eq!(half.seconds_left(Position(9_000)), None, "nothing is known yet");
        let whole = meter.step(begun + WINDOW, Position(1_100), WINDOW / 4);
        let speed = whole.speed.unwrap();
        assert!((speed.events_per_second - 1_000.0).abs() < 1e-6, "{speed:?}");
        assert!((speed.throttled - 0.5).abs() < 1e-6, "{speed:?}");
        assert_eq!(whole.seconds_left(Position(11_100)), Some(10.0));
        assert_eq!(whole.seconds_left(Position(1)), Some(0.0));
        // The next stretch counts alone; one in which nothing moved says nothing of the end.
        let still = meter.step(begun + WINDOW * 2, Position(1_100), WINDOW);
        assert_eq!(still.seconds_left(Position(11_100)), None);
    }
}
