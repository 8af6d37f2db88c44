//! What agents answer from: files that are taken in, sites that are read.

use axum::http::{HeaderMap, StatusCode};
use convolog_domain::api_key::Scope;
use convolog_domain::import::{CrawlSite as Crawl, ImportFile};
use convolog_domain::limits::FILE_BYTES_MAX;
use convolog_domain::{ImportId, Sensitive, SensitiveBytes};
use convolog_engine::Answer;
use convolog_projections::view::{ImportView, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::{ById, shown};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, FileBody, Json, JsonBody, NoParameters, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::knowledge::{PAGES, Readable, file_format};

/// `POST /api/v1/knowledge/upload`
pub(super) struct UploadFile;
/// `POST /api/v1/knowledge/crawl`
pub(super) struct CrawlSite;
/// `GET /api/v1/knowledge/jobs/{id}`
pub(super) struct ShowJob;

/// The header with the name of the file.
const ORIGINAL_NAME: &str = "X-Original-Name";

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "KnowledgeType")]
enum Kind {
    /// A file.
    Upload,
    /// A site.
    Crawl,
}

/// Where a job stands.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(rename = "KnowledgeStatus")]
enum Status {
    /// It waits for its turn.
    Pending,
    /// It is being read.
    Processing,
    /// Agents answer from it.
    Ready,
    /// It could not be read.
    Failed,
}

impl Status {
    fn of(state: &str) -> Self {
        match state {
            "pending" => Self::Pending,
            "running" => Self::Processing,
            "ready" => Self::Ready,
            _ => Self::Failed,
        }
    }
}

/// A file that was handed over.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Uploaded {
    /// Which job reads it.
    id: Uuid,
    /// Always UPLOAD.
    #[serde(rename = "type")]
    kind: Kind,
    /// Always PENDING.
    status: Status,
    /// What the file is called.
    file_name: String,
}

/// A site that is to be read.
#[derive(Serialize, JsonSchema)]
pub(super) struct Crawling {
    /// Which job reads it.
    id: Uuid,
    /// Always CRAWL.
    #[serde(rename = "type")]
    kind: Kind,
    /// Always PENDING.
    status: Status,
    /// The first page.
    url: String,
}

impl Endpoint for UploadFile {
    const DECLARATION: Declaration =
        Declaration::post("/api/v1/knowledge/upload", "upload_file", "Hand a file over")
            .describing("The body is the file as it is, with its `Content-Type` (PDF, DOCX, HTML, Markdown or text); the header `X-Original-Name` says what it is called, percent-encoded where it is not ASCII. At most 10 MB. A file of the same name that says something else is the next version.")
            .group("Knowledge")
            .access(Access::AnyKey(Scope::Write))
            .needing(ORIGINAL_NAME, "What the file is called, percent-encoded where it is not ASCII.")
            .body_up_to(FILE_BYTES_MAX)
            .answers(StatusCode::CREATED, "The job that reads it.")
            .fails_with(&[Code::PlanLimitReached]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = FileBody<Readable>;
    type Ok = Json<Uploaded>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (ImportId(call.new_id("import")), call.workspace());
        let name = original_name(&call.headers)?;
        let file_name = name.expose().to_owned();
        let command = ImportFile {
            workspace,
            import: id,
            format: file_format(&call.headers, &name)?,
            name,
            title: None,
            bytes: SensitiveBytes(call.body.bytes.to_vec()),
            language: None,
            agent: None,
        };
        let (kind, status) = (Kind::Upload, Status::Pending);
        let uploaded = Uploaded { id: id.0, kind, status, file_name };
        let body = serde_json::to_value(uploaded).unwrap_or_default();
        let answer = move |_: &[_]| Answer::open(201, body.clone(), workspace);
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answered = call.app.engine().import_file(&caller, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

/// What the file is called.
fn original_name(headers: &HeaderMap) -> Outcome<Sensitive> {
    let wrong = |what: &str| Problem::field(ORIGINAL_NAME, format!("{ORIGINAL_NAME} {what}."));
    let given =
        headers.get(ORIGINAL_NAME).ok_or_else(|| wrong("is missing: what is the file called?"))?;
    let mut bytes = Vec::new();
    let mut rest = given.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let escaped = escaped.and_then(|digits| hex::decode(digits).ok());
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
        bytes.push(escaped.and_then(|byte| byte.first().copied()).unwrap_or(*first));
    }
    let name = String::from_utf8(bytes).map_err(|_| wrong("must be UTF-8"))?;
    Ok(name.as_str().into())
}

/// A site to be read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCrawl {
    /// The first page.
    #[schemars(with = "String", length(min = 1, max = 2048))]
    url: Sensitive,
    /// How many links from the first page a page may be away; 1 if not given.
    #[serde(default = "one")]
    #[schemars(range(max = 10))]
    depth: u32,
}

const fn one() -> u32 {
    1
}

impl Endpoint for CrawlSite {
    const DECLARATION: Declaration =
        Declaration::post("/api/v1/knowledge/crawl", "crawl_site", "Read a site")
            .describing("Pages of the same host, from this one on. `GET /api/v1/knowledge/jobs/{id}` says how far it has come.")
            .group("Knowledge")
            .access(Access::AnyKey(Scope::Write))
            .answers(StatusCode::CREATED, "The job that reads it.")
            .fails_with(&[Code::AddressRefused]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewCrawl>;
    type Ok = Json<Crawling>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(NewCrawl { url, depth }) = call.body.clone();
        let (id, workspace) = (ImportId(call.new_id("import")), call.workspace());
        let guard = call.app.outgoing();
        let plain_http_allowed = guard.lists(&guard.read_public("url", url.expose())?);
        let (kind, status) = (Kind::Crawl, Status::Pending);
        let crawling = Crawling { id: id.0, kind, status, url: url.expose().to_owned() };
        let command = Crawl {
            workspace,
            url,
            depth,
            pages: PAGES,
            language: None,
            agent: None,
            again_of: None,
            plain_http_allowed,
        };
        let body = serde_json::to_value(crawling).unwrap_or_default();
        let answer = move |_: &[_]| Answer::open(201, body.clone(), workspace);
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answered = call.app.engine().crawl_site(&caller, id, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

/// A job that reads a file or a site.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "KnowledgeJob")]
pub(super) struct Job {
    /// Which one.
    id: Uuid,
    /// What is read.
    #[serde(rename = "type")]
    kind: Kind,
    /// Where it stands.
    status: Status,
    /// The first page of the site; missing for a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// What the file is called; missing for a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    /// Why it failed; null if it did not.
    error: Option<&'static str>,
    /// Pages, or parts of a file, that are known.
    pages_found: u32,
    /// Those that are done.
    pages_done: u32,
    /// When it was asked for.
    created_at: String,
    /// When it ended; null before.
    finished_at: Option<String>,
}

impl From<ImportView> for Job {
    fn from(import: ImportView) -> Self {
        let kind = if import.kind == "site" { Kind::Crawl } else { Kind::Upload };
        let (url, file_name) = match kind {
            Kind::Crawl => (import.source, None),
            Kind::Upload => (None, import.source),
        };
        Self {
            id: import.id,
            kind,
            status: Status::of(import.state),
            url,
            file_name,
            error: import.reason,
            pages_found: import.progress.found,
            pages_done: import.progress.done,
            created_at: shown(import.created_at),
            finished_at: import.ended_at.map(shown),
        }
    }
}

impl Read for ShowJob {
    const DECLARATION: Declaration = Declaration::get(
        "/api/v1/knowledge/jobs/{id}",
        "knowledge_job",
        "Show how far a job has come",
    )
    .group("Knowledge")
    .access(Access::AnyKey(Scope::Read))
    .answers(StatusCode::OK, "The job.")
    .from_read_models();
    type Path = ById;
    type Query = NoParameters;
    type Shown = Job;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.import(call.workspace(), ImportId(call.path.id))?;
        Ok(found.ok_or_else(|| Problem::not_found("job"))?.into())
    }
}
