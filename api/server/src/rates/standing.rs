//! Where a caller stands within its minute, as headers and as a refusal.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use convolog_log::Timestamp;

use super::rules::{Quota, Told};
use crate::endpoint::RateClass;
use crate::problem::{Code, LimitBody, Problem};
use crate::v1::wire::seconds;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The headers and what they mean, as the documentation shows them: of the native API, and of a
/// dialect.
pub(crate) const HEADERS: [(&str, &str, &str); 3] = [
    (
        "X-RateLimit-Limit",
        "Calls of this class (`x-rate-class`) that the key may make within a minute. On every answer to a key, unless the class has no limit.",
        "Calls that may be made within a minute; where another limit was reached, how much it allows.",
    ),
    (
        "X-RateLimit-Remaining",
        "Those that are left within this minute.",
        "Those that are left of this limit.",
    ),
    (
        "X-RateLimit-Reset",
        "When the next minute begins: whole seconds since 1970, UTC.",
        "When this limit counts from nothing again: whole seconds since 1970, UTC.",
    ),
];

/// Whose calls are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Counts {
    /// Those of a key, of one class.
    Class(RateClass),
    /// Those of a key.
    Key,
    /// Those of a workspace to one endpoint.
    Route,
    /// Those of an address that shows no key that works.
    Address,
}

/// Where a caller stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    counts: Counts,
    told: Told,
    limit: u32,
    before: u64,
    ends: i64,
    wait: u64,
}

impl Standing {
    /// After a call, when `before` others were counted with it in the minute that ends at `ends`
    /// (seconds since 1970).
    pub(super) fn new(
        (counts, told): (Counts, Told),
        limit: u32,
        before: u64,
        ends: i64,
        now: Timestamp,
    ) -> Self {
        Self { counts, told, limit, before, ends, wait: wait(ends, now) }
    }

    /// What a call that is one too many is told; none if it is not.
    pub(crate) fn refusal(&self) -> Option<Problem> {
        (self.before >= u64::from(self.limit)).then(|| self.problem())
    }

    /// Tells where the caller stands, unless the answer itself says where it stands within another
    /// limit.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let used = self.before.saturating_add(1);
        let remaining = u64::from(self.limit).saturating_sub(used);
        let mut say = |name: HeaderName, value: HeaderValue| {
            headers.entry(name).or_insert(value);
        };
        if self.told != Told::WaitOnly {
            say(LIMIT, HeaderValue::from(self.limit));
            say(REMAINING, HeaderValue::from(remaining));
            say(RESET, HeaderValue::from(self.ends));
        }
        if self.told == Told::LimitsAndWait {
            say(header::RETRY_AFTER, HeaderValue::from(self.wait));
        }
    }

    fn problem(&self) -> Problem {
        let Self { counts, limit, ends, wait, .. } = self;
        let counted = match counts {
            Counts::Class(class) => {
                format!("The key may make {limit} calls of the class {}", class.name())
            }
            Counts::Key => format!("The key may make {limit} requests"),
            Counts::Route => format!("The workspace may make {limit} requests to this endpoint"),
            Counts::Address => {
                format!("Without a key that works, an address may make {limit} requests")
            }
        };
        let detail = format!(
            "{counted} within a minute and has made them. Come back in {wait} seconds, at {}.",
            seconds(*ends),
        );
        let problem = Problem::new(Code::RateLimited, detail).retry_after(*wait);
        if let Counts::Class(_) = counts {
            return problem;
        }
        problem.of_limit(LimitBody {
            name: "requests_per_minute".to_owned(),
            used: self.before,
            allowed: u64::from(*limit),
            resets_at: Some(seconds(*ends)),
        })
    }
}

/// A quota that is used up.
pub(super) struct Exhausted<'a> {
    pub(super) quota: Quota,
    pub(super) plan: &'a str,
    pub(super) used: u64,
    pub(super) most: u64,
    /// When it counts from nothing again, in seconds since 1970.
    pub(super) ends: i64,
    pub(super) now: Timestamp,
}

impl Exhausted<'_> {
    /// What a call is told. Its headers speak of the quota, not of the minute.
    pub(super) fn problem(&self) -> Problem {
        let Self { quota, plan, used, most, ends, now } = self;
        let (wait, at) = (wait(*ends, *now), seconds(*ends));
        let detail = format!(
            "On the plan {plan} a key may make {most} {} and has made {used}. Come back in {wait} seconds, at {at}.",
            quota.words(),
        );
        let limit = LimitBody {
            name: quota.name().to_owned(),
            used: *used,
            allowed: *most,
            resets_at: Some(at),
        };
        Problem::new(Code::RateLimited, detail)
            .of_limit(limit)
            .retry_after(wait)
            .with_header(LIMIT, HeaderValue::from(*most))
            .with_header(REMAINING, HeaderValue::from(0))
            .with_header(RESET, HeaderValue::from(*ends))
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
