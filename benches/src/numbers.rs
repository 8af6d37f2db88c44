//! Numbers as figures print them.

use std::time::Duration;

/// A count as a number to divide.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "figures to print")]
pub const fn float(count: u64) -> f64 {
    count as f64
}

/// A length as a number to divide.
pub fn float_of(count: usize) -> f64 {
    float(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Things a second.
pub fn per(count: usize, elapsed: Duration) -> f64 {
    float_of(count) / elapsed.as_secs_f64().max(f64::EPSILON)
}

/// Microseconds a thing.
pub fn micros_each(spent: Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e6 / float_of(count.max(1))
}
