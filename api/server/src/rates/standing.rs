//! Where a key stands within its minute, as headers and as a refusal.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use convolog_log::Timestamp;

use crate::endpoint::RateClass;
use crate::problem::{Code, Problem};
use crate::v1::wire::seconds;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The headers and what they mean, as the documentation shows them.
pub(crate) const HEADERS: [(&str, &str); 3] = [
    (
        "X-RateLimit-Limit",
        "Calls of this class (`x-rate-class`) that the key may make within a minute. On every answer to a key, unless the class has no limit.",
    ),
    ("X-RateLimit-Remaining", "Those that are left within this minute."),
    ("X-RateLimit-Reset", "When the next minute begins: whole seconds since 1970, UTC."),
];

/// Where a key stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    class: RateClass,
    limit: u32,
    before: u64,
    ends: i64,
    wait: u64,
}

impl Standing {
    /// After a call, when there were `before` others of its class in the minute that ends at `ends`
    /// (seconds since 1970).
    pub(super) fn new(
        class: RateClass,
        limit: u32,
        before: u64,
        ends: i64,
        now: Timestamp,
    ) -> Self {
        Self { class, limit, before, ends, wait: wait(ends, now) }
    }

    /// Whether the call was one too many.
    pub(super) fn is_over(&self) -> bool {
        self.before >= u64::from(self.limit)
    }

    /// Tells where the key stands.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let used = self.before.saturating_add(1);
        headers.insert(LIMIT, HeaderValue::from(self.limit));
        headers.insert(REMAINING, HeaderValue::from(u64::from(self.limit).saturating_sub(used)));
        headers.insert(RESET, HeaderValue::from(self.ends));
    }

    /// What a call that is one too many is told.
    pub(super) fn problem(&self) -> Problem {
        let Self { class, limit, ends, wait, .. } = self;
        let detail = format!(
            "The key may make {limit} calls of the class {} within a minute and has made them. Come back in {wait} seconds, at {}.",
            class.name(),
            seconds(*ends),
        );
        Problem::new(Code::RateLimited, detail).retry_after(*wait)
    }
}

/// What an address is told that was wrong about keys too often.
pub(super) fn too_many_failures(limit: u32, ends: i64, now: Timestamp) -> Problem {
    let wait = wait(ends, now);
    let detail = format!(
        "This address offered {limit} keys within a minute that are not known; no further one is looked at before it is over. Come back in {wait} seconds, at {}.",
        seconds(ends),
    );
    Problem::new(Code::RateLimited, detail).at("Authorization").retry_after(wait)
}

/// Seconds until then, at least one.
fn wait(ends: i64, now: Timestamp) -> u64 {
    u64::try_from(ends.saturating_sub(now.0.div_euclid(1_000_000))).unwrap_or(0).max(1)
}
