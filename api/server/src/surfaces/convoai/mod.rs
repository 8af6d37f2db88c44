//! ConvoAI: agents, what they know, what they say, and who hears of it.
//!
//! Its document shows five endpoints; its keys work on the native API as well, which has the rest.

mod agents;
mod errors;
mod facts;
mod knowledge;
mod me;
mod messages;
mod webhooks;
mod wire;

use super::key_shape::ALPHANUMERIC;
use super::{About, KeyShape, Paging, Surface};
use crate::api::ApiBuilder;
use crate::rates::{Quota, RateRules, Requests, Told};

/// The version that its document names.
const VERSION: &str = "v1.4";

/// ConvoAI.
pub static CONVOAI: Surface = Surface {
    name: "convoai",
    prefix: "/convoai",
    about: About {
        title: "ConvoAI",
        version: "1.4.0",
        summary: "The ConvoAI API v1.4, spoken by Convolog.",
        introduction: INTRODUCTION,
        keys: "An API key: `ck_live_…`, or `ck_test_…` for the sandbox.",
    },
    keys: KeyShape {
        live: "ck_live_",
        test: Some("ck_test_"),
        alphabet: ALPHANUMERIC,
        length: 28,
        shown: 14,
    },
    guests: &[],
    is_native: false,
    paging: Paging::InBody,
    rates: RateRules {
        requests: Requests::ByPlan(requests_a_minute),
        anonymous: Some(FREE.requests_a_minute),
        quota,
        told: Told::LimitsAndWait,
    },
    refusal: errors::refusal,
    refusal_schema: errors::schema,
    endpoints,
    contract: Some(&facts::CONTRACT),
};

const INTRODUCTION: &str = "\
- Every request carries a key: `Authorization: Bearer ck_live_…`. Keys that begin with `ck_test_` do everything but reach a person's phone.
- Paths end in a slash. Bodies are JSON.
- Every answer says in `X-RateLimit-*` and `Retry-After` where the key stands within its minute, or within the limit that was reached.
- What goes wrong is told as `{\"error\": {\"code\", \"message\", …}}`.
- Every POST takes an `Idempotency-Key`: the same request under the same key is carried out once and answered alike.
- The same keys work on the native API of this server (`/v1`, `/docs`), which has conversations, leads, appointments, hand-offs and usage.";

#[rustfmt::skip]
fn endpoints(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<me::ShowMe>()
        .endpoint::<agents::AllAgents>()
        .endpoint::<knowledge::PushKnowledge>()
        .endpoint::<messages::SendMessage>()
        .endpoint::<webhooks::RegisterWebhook>()
}

/// What a plan allows a key; none for any number.
struct Plan {
    name: &'static str,
    requests_a_minute: u32,
    messages_an_hour: Option<u64>,
    knowledge_writes_a_day: Option<u64>,
}

const FREE: Plan = Plan {
    name: "free",
    requests_a_minute: 30,
    messages_an_hour: Some(60),
    knowledge_writes_a_day: Some(20),
};
const PRO: Plan = Plan {
    name: "pro",
    requests_a_minute: 300,
    messages_an_hour: Some(1_000),
    knowledge_writes_a_day: Some(500),
};
const ENTERPRISE: Plan = Plan {
    name: "enterprise",
    requests_a_minute: 3_000,
    messages_an_hour: None,
    knowledge_writes_a_day: None,
};

/// ConvoAI's plan for a plan of ours: it has none that is called `business`.
fn plan(name: &str) -> &'static Plan {
    match name {
        "enterprise" => &ENTERPRISE,
        "pro" | "business" => &PRO,
        _ => &FREE,
    }
}

fn requests_a_minute(name: &str) -> u32 {
    plan(name).requests_a_minute
}

fn quota(name: &str, quota: Quota) -> Option<u64> {
    match quota {
        Quota::Messages => plan(name).messages_an_hour,
        Quota::KnowledgeWrites => plan(name).knowledge_writes_a_day,
    }
}
