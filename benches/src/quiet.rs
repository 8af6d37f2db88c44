//! When a durable ratio may be judged: while the disk is quiet.
//!
//! On a shared disk the same `fdatasync` takes 0.2 ms in one minute and 20 ms in the next, and a ratio
//! to a floor means nothing while it swings. So a measurement is tried until the median sync of its
//! own run is below [`QUIET`], at most [`TRIES`] times; then the best try is shown as what it is.

use std::fmt;
use std::time::Duration;

/// A durable ratio is judged below this median of `fdatasync`.
pub const QUIET: Duration = Duration::from_micros(600);

/// Tries before the best one is reported.
pub const TRIES: usize = 10;

/// What was measured, and how the disk was meanwhile.
#[derive(Clone, Debug)]
pub struct Try<T> {
    /// Median `fdatasync` of the run.
    pub sync: Duration,
    /// What it showed.
    pub measured: T,
}

/// The try to report.
#[derive(Clone, Debug)]
pub struct Judged<T> {
    /// The first quiet try, or the quietest of all.
    pub best: Try<T>,
    /// How many were made.
    pub tries: usize,
}

impl<T> Judged<T> {
    /// Whether its ratios count.
    pub fn counts(&self) -> bool {
        self.best.sync < QUIET
    }

    /// A line that says whether they do.
    pub fn verdict(&self) -> impl fmt::Display {
        let (sync, tries) = (self.best.sync.as_micros(), self.tries);
        if self.counts() {
            format!("judged: fdatasync p50 {sync} µs, try {tries}")
        } else {
            format!("not judged: fdatasync p50 {sync} µs, the best of {tries} tries")
        }
    }
}

/// Measures until the disk was quiet meanwhile, at most `tries` times.
///
/// # Errors
/// The first failure of a try.
pub fn judge<T, E>(
    tries: usize,
    mut attempt: impl FnMut() -> Result<Try<T>, E>,
) -> Result<Judged<T>, E> {
    let mut best = attempt()?;
    let mut made = 1;
    while best.sync >= QUIET && made < tries {
        let next = attempt()?;
        made += 1;
        if next.sync < best.sync {
            best = next;
        }
    }
    Ok(Judged { best, tries: made })
}

/// The middle one.
pub fn median<T: Copy + PartialOrd + Default>(values: impl IntoIterator<Item = T>) -> T {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(syncs: &[u64]) -> (Judged<usize>, usize) {
        let mut made = 0;
        let judged = judge(TRIES, || {
            made += 1;
            let sync = Duration::from_micros(syncs[(made - 1) % syncs.len()]);
            Ok::<_, ()>(Try { sync, measured: made })
        });
        (judged.unwrap(), made)
    }

    #[test]
    fn the_first_quiet_try_counts() {
        let (judged, made) = judged(&[900, 700, 599, 100]);
        assert_eq!((judged.best.measured, judged.tries, made), (3, 3, 3));
        assert!(judged.counts());
    }

    #[test]
    fn after_the_last_try_the_best_is_reported_as_not_judged() {
        let (judged, made) = judged(&[900, 700, 800]);
        assert_eq!((judged.best.measured, judged.tries, made), (2, TRIES, TRIES));
        assert!(!judged.counts());
        let expected = "not judged: fdatasync p50 700 µs, the best of 10 tries";
        assert_eq!(judged.verdict().to_string(), expected);
    }
}
