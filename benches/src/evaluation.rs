//! How well questions are answered: knowledge bases of `fixtures/evaluation`, each in a workspace of
//! its own, asked through the engine, the index and the answering that serve customers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use convolog_answer::{
    Agent, Answering, Ask, Outcome, Outgoing, PassageId, ProviderChoice, Refused,
};
use convolog_domain::agent::AgentSettings;
use convolog_domain::document::{AddDocument, DocumentDraft, DocumentFormat};
use convolog_domain::{AgentId, DocumentId, Sensitive, WorkspaceId};
use convolog_engine::{Caller, CountedEntropy, Engine};
use convolog_log::{BlobStore, Clock, EventLog, MemoryLog, SystemClock};
use convolog_search::{Options, PassageScope, PassageSearch, Search};
use convolog_vault::{MasterKey, Vault};
use futures::future::BoxFuture;
use reqwest::Url;
use serde::Deserialize;
use uuid::Uuid;

/// The knowledge bases.
pub const BASES: [&str; 4] = ["dental-clinic", "shoe-shop", "boutique-hotel", "property-agency"];

/// Which of them are asked the questions of which other one.
const STRANGERS: [(usize, usize); 2] = [(1, 3), (3, 1)];

/// Longer than indexing ever takes.
const PATIENCE: Duration = Duration::from_mins(5);

/// Which questions are asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// Those that answering was developed with.
    Development,
    /// Those that were written, and are kept, without sight of the code that answers.
    Test,
}

impl Half {
    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Development => "development half",
            Self::Test => "test half",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Development => "questions.dev.yaml",
            Self::Test => "questions.test.yaml",
        }
    }
}

/// A question, as `fixtures/evaluation/README.md` describes it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
struct Asked {
    question: String,
    answerable: bool,
    #[serde(flatten)]
    at: Option<Place>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    also: Vec<Place>,
}

/// Where an answer stands.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
struct Place {
    document: String,
    evidence: String,
}

/// A file of questions: a list, bare or under a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Bare(Vec<Asked>),
    Named { questions: Vec<Asked> },
}

/// How questions were answered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Questions that the documents answer.
    pub answerable: u32,
    /// Of these: the right passage came first.
    pub first: u32,
    /// The right passage was among the first three.
    pub top_three: u32,
    /// The answer says what it must.
    pub answered: u32,
    /// There was an answer, and it says something else.
    pub wrong: u32,
    /// Questions that the documents do not answer.
    pub unanswerable: u32,
    /// Of these: a person was called.
    pub handed_off: u32,
    /// What became of each question, a line each.
    pub lines: Vec<String>,
}

impl Marks {
    /// Adds those of another knowledge base.
    pub fn add(&mut self, more: &Self) {
        self.answerable += more.answerable;
        self.first += more.first;
        self.top_three += more.top_three;
        self.answered += more.answered;
        self.wrong += more.wrong;
        self.unanswerable += more.unanswerable;
        self.handed_off += more.handed_off;
        self.lines.extend(more.lines.iter().cloned());
    }

    /// Questions that the documents do not answer and that were answered all the same.
    pub const fn made_up(&self) -> u32 {
        self.unanswerable - self.handed_off
    }

    fn row(&self, name: &str) -> String {
        let of = |part: u32, all: u32| {
            format!("{part}/{all} ({:.0} %)", 100.0 * f64::from(part) / f64::from(all.max(1)))
        };
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            of(self.first, self.answerable),
            of(self.top_three, self.answerable),
            of(self.answered, self.answerable),
            of(self.wrong, self.answerable),
            of(self.handed_off, self.unanswerable),
            of(self.made_up(), self.unanswerable),
        )
    }
}

/// The marks of each knowledge base as a Markdown table, with the total.
pub fn table(half: Half, marks: &[(&str, Marks)]) -> String {
    let mut table = format!("## {}\n\n", half.name());
    table.push_str("| Knowledge base | Right passage first | In the top 3 | Answered | Answered wrongly | Unanswerable: handed off | Unanswerable: answered |\n");
    table.push_str("|---|---|---|---|---|---|---|\n");
    let mut total = Marks::default();
    for (name, marks) in marks {
        total.add(marks);
        // Writing to a string does not fail.
        writeln!(table, "{}", marks.row(name)).ok();
    }
    writeln!(table, "{}", total.row("**all**")).ok();
    table
}

/// The knowledge bases, indexed.
pub struct Evaluation {
    folder: PathBuf,
    search: Search,
    answering: Answering,
    _engine: Engine,
    _dir: tempfile::TempDir,
}

/// The built-in provider calls nobody.
struct Nowhere;

impl Outgoing for Nowhere {
    fn client_for<'a>(
        &'a self,
        _: &'a Url,
    ) -> BoxFuture<'a, Result<(reqwest::Client, Url), Refused>> {
        Box::pin(async { Err(Refused { reason: "nothing outside is asked".into() }) })
    }
}

fn workspace(base: usize) -> WorkspaceId {
    WorkspaceId(Uuid::from_u128(0xE000 + u128::try_from(base).unwrap_or_default()))
}

impl Evaluation {
    /// Indexes what `folder` holds, each knowledge base in a workspace of its own.
    pub async fn open(folder: &Path) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let log: Arc<dyn EventLog> = Arc::new(MemoryLog::new(Arc::clone(&clock)));
        let master = MasterKey::parse(&"5a".repeat(32))?;
        let vault = Vault::open(&dir.path().join("keys.vault"), &master, 0)?;
        let blobs = Arc::new(BlobStore::open(&dir.path().join("blobs"))?);
        let entropy = Arc::new(CountedEntropy::default());
        let engine = Engine::new(Arc::clone(&log), vault, blobs, Arc::clone(&clock), entropy);
        let disclose = Arc::new(engine.clone());
        let index = dir.path().join("search");
        let search = Search::open(&index, log, disclose, clock, Options::default())?;
        for (base, name) in BASES.iter().enumerate() {
            for (number, path) in documents(&folder.join(name))?.iter().enumerate() {
                let content = std::fs::read_to_string(path)?;
                let command = AddDocument { workspace: workspace(base), draft: draft(&content) };
                let id = document(number).0;
                engine.execute(&Caller::system(workspace(base)), id, command).await?;
            }
        }
        search.at_least(engine.log().head(), PATIENCE).await?;
        let answering = Answering::new(search.clone(), Arc::new(Nowhere));
        Ok(Self { folder: folder.to_owned(), search, answering, _engine: engine, _dir: dir })
    }

    /// Asks every question of a half, and judges what comes.
    pub async fn run(&self, half: Half) -> Result<Vec<(&'static str, Marks)>> {
        let mut all = Vec::new();
        for (base, name) in BASES.iter().enumerate() {
            let mut marks = Marks::default();
            for asked in &self.questions(base, half)? {
                self.judge(base, asked, &mut marks).await?;
            }
            all.push((*name, marks));
        }
        Ok(all)
    }

    /// Asks each knowledge base what another one in the same language answers: nearly nothing of it
    /// stands here, so that nearly every answer is made up. How many were asked, and what was said.
    pub async fn strangers(&self, half: Half) -> Result<(u32, Vec<String>)> {
        let (mut asked, mut answered) = (0, Vec::new());
        for (base, other) in STRANGERS {
            for question in self.questions(other, half)?.iter().filter(|asked| asked.answerable) {
                let mut marks = Marks::default();
                let stranger = Asked { answerable: false, ..question.clone() };
                self.judge(base, &stranger, &mut marks).await?;
                asked += 1;
                answered.extend(marks.lines.into_iter().filter(|_| marks.handed_off == 0));
            }
        }
        Ok((asked, answered))
    }

    fn questions(&self, base: usize, half: Half) -> Result<Vec<Asked>> {
        let path = self.folder.join(BASES.get(base).copied().unwrap_or_default()).join(half.file());
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        // The cause would quote the file, and nobody who works on answering shall read it.
        match serde_yaml_ng::from_str::<File>(&text) {
            Ok(File::Bare(questions) | File::Named { questions }) => Ok(questions),
            Err(_) => bail!("{} is not a list of questions", path.display()),
        }
    }

    async fn judge(&self, base: usize, asked: &Asked, marks: &mut Marks) -> Result<()> {
        let reply = self
            .answering
            .answer(&Ask {
                workspace: workspace(base),
                sandbox: false,
                agent: Agent {
                    id: AgentId(Uuid::from_u128(1)),
                    version: 1,
                    settings: AgentSettings::named("Ada"),
                    instructions: Sensitive::default(),
                },
                turns: vec![],
                asked: asked.question.as_str().into(),
                provider: ProviderChoice::BuiltIn,
            })
            .await?;
        let (text, sure) = match &reply.outcome {
            Outcome::Answer { text, sure, .. } => (text.expose(), *sure),
            _ => ("", false),
        };
        let covers = reply.made.confidence.unwrap_or_default();
        let line = |what: &str| {
            let shown: String = match &reply.outcome {
                Outcome::HandOff { reason, .. } => reason.code().to_owned(),
                _ => text.replace('\n', " / ").chars().take(200).collect(),
            };
            format!(
                "{what} [{covers:.2}{}] {} -> {shown}",
                if sure { "!" } else { "" },
                asked.question
            )
        };
        if !asked.answerable {
            marks.unanswerable += 1;
            marks.handed_off += u32::from(text.is_empty());
            marks.lines.push(line(if text.is_empty() { "right, handed off" } else { "MADE UP" }));
            return Ok(());
        }
        marks.answerable += 1;
        let rank = self.rank(base, asked, &reply.made.passages)?;
        marks.first += u32::from(rank == Some(0));
        marks.top_three += u32::from(rank.is_some_and(|rank| rank < 3));
        let said = text.to_lowercase();
        let right =
            !said.is_empty() && asked.says.iter().all(|part| said.contains(&part.to_lowercase()));
        marks.answered += u32::from(right);
        marks.wrong += u32::from(!right && !said.is_empty());
        let what = match (right, text.is_empty()) {
            (true, _) => "right",
            (false, true) => "SILENT",
            (false, false) => "WRONG",
        };
        marks.lines.push(line(&format!("{what}, rank {rank:?}")));
        Ok(())
    }

    /// Where the first passage stands that holds the evidence, from 0.
    fn rank(&self, base: usize, asked: &Asked, looked_at: &[PassageId]) -> Result<Option<usize>> {
        let documents = documents(&self.folder.join(BASES.get(base).copied().unwrap_or_default()))?;
        let mut right = Vec::new();
        for place in asked.at.iter().chain(&asked.also) {
            let stem = |path: &PathBuf| {
                path.file_stem().is_some_and(|stem| stem == place.document.as_str())
            };
            let Some(number) = documents.iter().position(stem) else {
                bail!("there is no document {}", place.document);
            };
            let scope =
                PassageScope { documents: Some(vec![document(number)]), ..PassageScope::default() };
            let wanted = PassageSearch { text: plain(&place.evidence, " "), scope, limit: 50 };
            let hits = self.search.passages(workspace(base), &wanted)?.hits;
            let holds = |text: &str| plain(text, "").contains(&plain(&place.evidence, ""));
            let held = hits.iter().filter(|hit| holds(&hit.text));
            right.extend(held.map(|hit| (hit.document, hit.number)));
        }
        Ok(looked_at.iter().position(|id| right.contains(&(id.document, id.number))))
    }
}

/// A text without its signs, in small letters.
fn plain(text: &str, between: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(between)
}

fn document(number: usize) -> DocumentId {
    DocumentId(Uuid::from_u128(0xD000 + u128::try_from(number).unwrap_or_default()))
}

/// The documents of a knowledge base, in order.
fn documents(base: &Path) -> Result<Vec<PathBuf>> {
    let folder = base.join("documents");
    let mut paths = Vec::new();
    for entry in
        std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?
    {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A document is called what its first heading says.
fn draft(content: &str) -> DocumentDraft {
    let title = content.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Document");
    DocumentDraft {
        title: title.into(),
        content: content.into(),
        format: DocumentFormat::Markdown,
        language: None,
        agent: None,
    }
}
