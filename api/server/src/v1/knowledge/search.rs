//! Searching what a business knows.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::{AgentId, DocumentId};
use convolog_log::Mode;
use convolog_projections::view::Reader;
use convolog_search::{PassageHit, PassageScope, PassageSearch, Snippet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::{Code, Outcome};
use crate::v1::search::{Found, SearchPage};

/// `GET /v1/knowledge/search`
pub(crate) struct SearchKnowledge;

/// What is looked for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Words, `"phrases"`, `begin*`, `mispelt~`, `+must`, `-must not`.
    #[schemars(length(min = 1, max = 500))]
    q: String,
    /// Only what this agent may answer from: its own documents and those for every agent.
    agent_id: Option<Uuid>,
    /// Only of this document.
    document_id: Option<Uuid>,
    /// Only in this language, a code of ISO 639 such as `pt`.
    #[schemars(length(min = 2, max = 3))]
    language: Option<String>,
    /// How many at most; 10 if not given.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// The `next_page` of the page before.
    page: Option<String>,
}

/// A passage that answers.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Passage {
    /// The document.
    document_id: Uuid,
    /// The version of the document.
    version: u32,
    /// Where that version stands in the log.
    position: u64,
    /// The number of the passage in it, from 1.
    #[serde(rename = "passage")]
    number: u32,
    /// What people call the document.
    title: String,
    /// The headings above the passage, the outermost first.
    headings: Vec<String>,
    /// The passage.
    text: String,
    /// Its first byte (UTF-8) in the text of the document.
    start: u32,
    /// The byte after its last one.
    end: u32,
    /// The language (ISO 639), if it is known.
    language: Option<String>,
    /// The agent that alone may answer from it; null: every agent may.
    agent_id: Option<Uuid>,
    /// How well it answers. Depends on nothing but this workspace.
    score: f32,
    /// A piece of it that shows what was asked for.
    snippet: Snippet,
}

impl Read for SearchKnowledge {
    const DECLARATION: Declaration =
        Declaration::get("/v1/knowledge/search", "search_knowledge", "Search knowledge")
            .describing("The passages that answer best, by BM25 over stems. What is no query is searched as words; `left_out` says so.")
            .group("Knowledge")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The passages, the best first.")
            .fails_with(&[Code::InvalidPage])
            .from_search();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Found<Passage>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (workspace, query) = (call.workspace(), &call.query);
        let question = asked(query);
        let page = SearchPage::read(
            (workspace, "knowledge/search", &question),
            query.page.as_deref(),
            query.limit,
        )?;
        let wanted = PassageSearch {
            text: query.q.clone(),
            scope: PassageScope {
                agent: query.agent_id.map(AgentId),
                sandbox: call.session.mode == Mode::Test,
                documents: query.document_id.map(|id| vec![DocumentId(id)]),
                language: query.language.as_ref().map(|language| language.to_ascii_lowercase()),
            },
            limit: page.depth(),
        };
        let answers = call.app.search().passages(workspace, &wanted)?;
        let begin = page.begin(&answers.hits, id);
        let end = begin.saturating_add(page.limit).min(answers.hits.len());
        let next = page.next(&answers.hits, end, id);
        let shown = answers.hits.into_iter().take(end).skip(begin);
        Ok(Found::new(shown.map(Passage::from).collect(), next, &answers.left_out))
    }
}

fn id(hit: &PassageHit) -> Vec<u8> {
    let mut id = hit.document.0.as_bytes().to_vec();
    id.extend(hit.number.to_be_bytes());
    id
}

/// Everything that is asked.
fn asked(wanted: &Wanted) -> String {
    let Wanted { q, agent_id, document_id, language, .. } = wanted;
    format!("{q:?} {agent_id:?} {document_id:?} {language:?}")
}

impl From<PassageHit> for Passage {
    fn from(hit: PassageHit) -> Self {
        let PassageHit {
            document,
            version,
            position,
            number,
            title,
            headings,
            text,
            start,
            end,
            language,
            agent,
            score,
            snippet,
        } = hit;
        Self {
            document_id: document.0,
            version,
            position: position.0,
            number,
            title,
            headings,
            text,
            start,
            end,
            language,
            agent_id: agent.map(|agent| agent.0),
            score,
            snippet,
        }
    }
}
