//! Avelto: leads, conversations, agents, channels, knowledge and webhooks of a workspace.
//!
//! Lists are bare arrays, so that paging stands in headers; keys have seven scopes of their own.

mod agents;
mod bulk;
mod channels;
mod conversations;
mod errors;
mod facts;
mod integrations;
mod knowledge;
mod leads;
mod operator;
mod transcript;
mod wire;

use convolog_domain::api_key::Scope;

use super::key_shape::HEXADECIMAL;
use super::{About, KeyShape, Paging, Surface};
use crate::api::ApiBuilder;
use crate::endpoint::{Access, Grant};
use crate::rates::{RateRules, Requests, Told};

/// Avelto.
pub static AVELTO: Surface = Surface {
    name: "avelto",
    prefix: "/avelto",
    about: About {
        title: "Avelto",
        version: "1.0.0",
        summary: "Avelto's Convo Public API v1, spoken by Convolog.",
        introduction: INTRODUCTION,
        keys: "A token of the workspace: `convo_` and 32 hexadecimal digits.",
    },
    keys: KeyShape { live: "convo_", test: None, alphabet: HEXADECIMAL, length: 32, shown: 12 },
    guests: &[],
    is_native: false,
    paging: Paging::InHeaders,
    rates: RateRules {
        requests: Requests::ByRoute(600),
        anonymous: Some(60),
        quota: |_, _| None,
        told: Told::WaitOnly,
    },
    refusal: errors::refusal,
    refusal_schema: errors::schema,
    endpoints,
    contract: Some(&facts::CONTRACT),
};

const INTRODUCTION: &str = "\
- Every request carries a token: `Authorization: Bearer convo_…`. A token belongs to one workspace and has the scopes it was made with.
- Lists are arrays. They take `page` and `limit` (1 to 200, 50 if not given); the header `Link` leads to the next page, `X-Total-Count` says how many there are.
- What goes wrong is told as `{\"statusCode\", \"error\", \"message\", \"code\", \"requestId\", …}`; a 403 names the scope in `missingScope`.
- 600 requests a minute to each endpoint for a workspace; `Retry-After` says when to come back.
- Every POST takes an `Idempotency-Key`: the same request under the same key is carried out once and answered alike.";

#[rustfmt::skip]
fn endpoints(api: ApiBuilder) -> ApiBuilder {
    api
        .endpoint::<leads::AllLeads>()
        .endpoint::<leads::CreateLead>()
        .endpoint::<leads::ChangeStatus>()
        .endpoint::<conversations::AllConversations>()
        .endpoint::<transcript::ShowConversation>()
        .endpoint::<operator::SayAsOperator>()
        .endpoint::<bulk::ActOnMany>()
        .endpoint::<agents::AllAgents>()
        .endpoint::<agents::ShowAgent>()
        .endpoint::<channels::AllChannels>()
        .endpoint::<knowledge::UploadFile>()
        .endpoint::<knowledge::CrawlSite>()
        .endpoint::<knowledge::ShowJob>()
        .endpoint::<integrations::Subscribe>()
        .endpoint::<integrations::AllIntegrations>()
}

const CONVERSATIONS_READ: Access = granted("conversations:read", Scope::Read);
const CONVERSATIONS_WRITE: Access = granted("conversations:write", Scope::Write);
const LEADS_READ: Access = granted("leads:read", Scope::Read);
const LEADS_WRITE: Access = granted("leads:write", Scope::Write);
const AGENTS_READ: Access = granted("agents:read", Scope::Read);

const fn granted(name: &'static str, scope: Scope) -> Access {
    Access::Granted(Grant { name, scope })
}
