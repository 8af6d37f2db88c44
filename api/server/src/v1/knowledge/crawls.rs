//! Reading a site, and reading it again.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::import::{CrawlSite as Crawl, Import, ImportKind, ImportRequested};
use convolog_domain::{AgentId, ImportId, Refusal, RefusalCode, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::imports::{ImportAsked, asked};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::rates::Quota;
use crate::v1::wire::ById;

/// `POST /v1/knowledge/crawls`
pub(crate) struct CrawlSite;
/// `POST /v1/knowledge/imports/{id}/again`
pub(crate) struct ImportAgain;

/// Links that a page may be away from the first one, if nobody says.
const DEPTH: u32 = 3;
/// Pages that are read, if nobody says.
pub(crate) const PAGES: u32 = 100;

/// A site to be read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCrawl {
    /// The first page.
    #[schemars(with = "String", length(min = 1, max = 2048))]
    url: Sensitive,
    /// How many links from the first page a page may be away; 3 if not given.
    #[serde(default)]
    #[schemars(range(max = 10))]
    depth: Option<u32>,
    /// How many pages are read at most; 100 if not given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pages: Option<u32>,
    /// The language of all of it, a code of ISO 639 such as `pt`; worked out page by page if not given.
    #[serde(default)]
    #[schemars(length(min = 2, max = 3))]
    language: Option<String>,
    /// The agent that alone may answer from it; every agent may if not given.
    #[serde(default)]
    agent_id: Option<Uuid>,
}

impl Endpoint for CrawlSite {
    const DECLARATION: Declaration =
        Declaration::post("/v1/knowledge/crawls", "crawl_site", "Read a site")
            .describing("An import reads the pages of the same host, from this one on, one at a time and as slowly as its `robots.txt` asks; each becomes a document. What `robots.txt`, `noindex` or `nofollow` excludes is left out. Only what is in the main part of a page is kept; PDF, DOCX, Markdown and text are read too.")
            .group("Knowledge")
            .access(Access::Key(Scope::Write))
            .using(Quota::KnowledgeWrites)
            .fails_with(&[Code::AddressRefused])
            .answers(StatusCode::ACCEPTED, "The import, which waits for its turn.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewCrawl>;
    type Ok = Json<ImportAsked>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(NewCrawl { url, depth, pages, language, agent_id }) = call.body.clone();
        let command = Crawl {
            workspace: call.workspace(),
            url,
            depth: depth.unwrap_or(DEPTH),
            pages: pages.unwrap_or(PAGES),
            language,
            agent: agent_id.map(AgentId),
            again_of: None,
            plain_http_allowed: false,
        };
        ask(&call, command).await
    }
}

impl Endpoint for ImportAgain {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/knowledge/imports/{id}/again",
        "import_again",
        "Read a site again",
    )
    .describing("A new import of the same site, with the same bounds: pages that changed are new versions of their documents, pages that are there no more lose them. A file is read again by taking it in again.")
    .group("Knowledge")
    .access(Access::Key(Scope::Write))
            .using(Quota::KnowledgeWrites)
    .fails_with(&[Code::AddressRefused, Code::NotAllowedNow])
    .answers(StatusCode::ACCEPTED, "The new import, which waits for its turn.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ImportAsked>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (workspace, before) = (call.workspace(), ImportId(call.path.id));
        let state = call.app.engine().load::<Import>(workspace, before.0)?.state;
        let requested = state.requested.clone().ok_or_else(|| Problem::not_found("import"))?;
        let ImportRequested { kind, agent, language, depth, pages, .. } = requested;
        if kind == ImportKind::File {
            let detail = "a file is read again by taking it in again";
            return Err(Refusal::new(RefusalCode::NotAllowedNow, detail).into());
        }
        let order = call.blocking(move |app| Ok(app.engine().import_order(workspace, before)?));
        let content = order.await?.and_then(|order| order.content);
        let content = content.ok_or_else(|| {
            let detail = "the address of this import cannot be opened any more";
            Refusal::new(RefusalCode::NotAllowedNow, detail)
        })?;
        let command = Crawl {
            workspace,
            url: content.source,
            depth: depth.unwrap_or(DEPTH),
            pages: pages.unwrap_or(PAGES),
            language,
            agent,
            again_of: Some(before),
            plain_http_allowed: false,
        };
        ask(&call, command).await
    }
}

/// Asks for a site to be read, if its address may be called: what its text gives away is refused now;
/// whatever its name stands for is looked at when it is called.
async fn ask<E: Endpoint<Ok = Json<ImportAsked>>>(
    call: &Call<E>,
    command: Crawl,
) -> Outcome<Reply<Json<ImportAsked>>> {
    let guard = call.app.outgoing();
    let url = guard.read_public("url", command.url.expose())?;
    let command = Crawl { plain_http_allowed: guard.lists(&url), ..command };
    let (id, workspace) = (ImportId(call.new_id("import")), call.workspace());
    let answer = move |_: &[_]| Answer::open(202, asked(id), workspace);
    let (caller, once) = (call.caller(), call.facts.once.as_ref());
    let answered = call.app.engine().crawl_site(&caller, id, command, once, answer).await?;
    Ok(Reply::answered(answered))
}
