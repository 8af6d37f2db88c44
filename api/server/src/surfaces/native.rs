//! The native API: everything there is, under `/v1`.

use schemars::SchemaGenerator;
use serde_json::Value;
use uuid::Uuid;

use super::key_shape::HEXADECIMAL;
use super::{About, KeyShape, Paging, Refused, Surface};
use crate::problem::{Problem, ProblemBody};
use crate::rates::{RateRules, Requests, Told};

/// The native API.
pub static NATIVE: Surface = Surface {
    name: "native",
    prefix: "",
    about: About {
        title: "Convolog",
        version: env!("CARGO_PKG_VERSION"),
        summary: "The conversation engine that can prove what was said.",
        introduction: INTRODUCTION,
        keys: "An API key of a workspace: `cl_live_…` or `cl_test_…`.",
    },
    keys: KeyShape {
        live: "cl_live_",
        test: Some("cl_test_"),
        alphabet: HEXADECIMAL,
        length: 64,
        shown: 14,
    },
    // ConvoAI's document advertises more than it describes: its keys find the rest here.
    guests: &["convoai"],
    is_native: true,
    paging: Paging::InBody,
    rates: RateRules {
        requests: Requests::ByClass,
        anonymous: None,
        quota: |_, _| None,
        told: Told::Limits,
    },
    refusal,
    refusal_schema,
    endpoints: crate::routes::native,
    contract: None,
};

const INTRODUCTION: &str = "\
- Lists answer `{\"data\": […], \"next_page\": token | null}` and take `page` and `limit` (1 to 200, 50 if not given).
- Every POST takes an `Idempotency-Key`: the same request under the same key is carried out once and answered alike.
- A read shows everything that was acknowledged before it was asked (search: within a second). A command answers with the header `Convolog-Position`; a read with `at_least` set to it is refused rather than answered without what the command did.
- `as_of` shows things as they stood at a position or a time.
- Errors are `application/problem+json`; each `code` is explained at `/docs/errors`.
- Every answer to a key says in `X-RateLimit-*` how many calls of its class the key may still make within the minute, unless the class has no limit; 429 says in `Retry-After` when to come back.
- Times are RFC 3339 in UTC.";

fn refusal(problem: &Problem, request: Uuid) -> Refused {
    Refused {
        status: problem.code().status(),
        media: "application/problem+json",
        body: serde_json::to_value(problem.body(request)).unwrap_or_default(),
    }
}

fn refusal_schema(generator: &mut SchemaGenerator) -> (&'static str, Value) {
    ("application/problem+json", generator.subschema_for::<ProblemBody>().to_value())
}
