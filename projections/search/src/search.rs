//! The handle: questions, and how the index is doing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use convolog_domain::conversation::Direction;
use convolog_domain::{
    AgentId, ChannelId, ContactId, ConversationId, DocumentId, LeadId, MessageId, WorkspaceId,
};
use convolog_engine::Disclose;
use convolog_log::{Clock, EventLog, Position};
use convolog_projections::{Brake, ModelStatus, Parked, QueryError, Swap, Verified};
use parking_lot::Mutex;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};
use tokio::sync::watch;
use uuid::Uuid;

use crate::NAME;
use crate::analysis::Stems;
use crate::error::SearchError;
use crate::feeder::{Feeder, Inbox};
use crate::index::{
    Folder, Generation, Kind, PassageRow, Row, Shard, ShardSettings, StoredItem, direction,
};
use crate::options::Options;
use crate::query::{Asked, Marker, OfKind, Question, Snippet, build, parse};
use crate::rebuild::{Orders, Rebuilder};
use crate::slot::{Building, Slot};
use crate::verify::compare_with_rebuild;

/// Why no generation waits or is kept.
const NONE_WAITS: &str = "keeps no other generation, because it holds text that erasures must reach; order a rebuild with `swap` `auto`";

/// Full-text search. Cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    settings: ShardSettings,
    slot: Arc<Slot>,
    orders: Mutex<Option<Orders>>,
    stop: watch::Sender<bool>,
    inbox: Arc<Inbox>,
    brake: Arc<Brake>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("applied", &self.applied()).finish_non_exhaustive()
    }
}

/// What was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Answers<T> {
    /// The best first.
    pub hits: Vec<T>,
    /// What of the question was left out, or taken otherwise than it was written.
    pub left_out: Vec<&'static str>,
}

/// Which passages are wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PassageSearch {
    /// What was typed.
    pub text: String,
    /// Only what this agent may answer from: its own documents and those for every agent.
    pub agent: Option<AgentId>,
    /// Only of this document.
    pub document: Option<DocumentId>,
    /// Only in this language.
    pub language: Option<String>,
    /// How many.
    pub limit: usize,
}

/// A passage that answers.
#[derive(Clone, PartialEq)]
pub struct PassageHit {
    /// The document.
    pub document: DocumentId,
    /// The number of its version.
    pub version: u32,
    /// The event that holds the version.
    pub position: Position,
    /// The number of the passage, from 1.
    pub number: u32,
    /// What people call the document.
    pub title: String,
    /// The headings above the passage, the outermost first.
    pub headings: Vec<String>,
    /// The passage.
    pub text: String,
    /// Its first byte in the text of the document.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// The language, if it is known.
    pub language: Option<String>,
    /// The agent that alone may answer from it.
    pub agent: Option<AgentId>,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
    /// A piece of it that shows what was asked for.
    pub snippet: Snippet,
}

impl std::fmt::Debug for PassageHit {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (document, number) = (self.document, self.number);
        write!(f, "PassageHit({document}, {number}, {})", self.score)
    }
}

/// Which messages are wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MessageSearch {
    /// What was typed.
    pub text: String,
    /// Only of this conversation.
    pub conversation: Option<ConversationId>,
    /// Only on this channel.
    pub channel: Option<ChannelId>,
    /// Only with these contacts (one person who was merged is several); empty = all.
    pub contacts: Vec<ContactId>,
    /// Only what this side wrote.
    pub direction: Option<Direction>,
    /// Only what was said at this second (since 1970) or later.
    pub since: Option<i64>,
    /// Only what was said before this second.
    pub before: Option<i64>,
    /// How many.
    pub limit: usize,
}

/// A message that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct MessageHit {
    /// The message.
    pub message: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}

/// Which people are wanted, by their names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameSearch {
    /// What was typed. The last word may be unfinished.
    pub text: String,
    /// How many.
    pub limit: usize,
}

/// A contact that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct ContactHit {
    /// The contact, as it was created; it may have been merged into another since.
    pub contact: ContactId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}

/// A lead that answers.
#[derive(Clone, PartialEq, Debug)]
pub struct LeadHit {
    /// The lead, as it was opened; it may have been merged into another since.
    pub lead: LeadId,
    /// How well it answers. Comparable within a workspace.
    pub score: f32,
}

/// A stored item that was found, with its score.
struct Hit {
    item: StoredItem,
    score: f32,
}

impl Search {
    /// Opens the indexes in `dir` and starts to feed them from `log`.
    ///
    /// # Errors
    /// If the folder cannot be used at all; indexes that are damaged or do not match the log are
    /// rebuilt instead.
    pub fn open(
        dir: &Path,
        log: Arc<dyn EventLog>,
        disclose: Arc<dyn Disclose>,
        clock: Arc<dyn Clock>,
        options: Options,
    ) -> Result<Self, SearchError> {
        let settings = ShardSettings { log, disclose, clock };
        let folder = Folder::new(dir, settings.clone());
        let mut found = folder.open()?;
        let slot = Arc::new(Slot::new());
        // A new log has nothing to rebuild from: its index is complete as it is.
        if found.serving.is_none() && settings.log.head() == Position::START {
            let mut feed = folder.begin()?;
            feed.complete();
            feed.note()?;
            found.serving = Some(feed);
        }
        let (orders, ordered) = Orders::new();
        if let Some(live) = &found.serving {
            slot.serve(Some(Arc::clone(&live.generation)));
            slot.advance(live.position(), None, live.parked());
        }
        if found.serving.is_none() || found.building.is_some() {
            orders.rebuild(&slot);
        }
        let (stop, stopped) = watch::channel(false);
        let (inbox, brake) = (Arc::new(Inbox::default()), Arc::new(Brake::default()));
        let feeder = Feeder {
            settings: settings.clone(),
            options,
            slot: Arc::clone(&slot),
            inbox: Arc::clone(&inbox),
            orders: orders.clone(),
            stop: stopped,
            live: found.serving,
            joining: None,
        };
        let rebuilder = Rebuilder {
            folder,
            settings: settings.clone(),
            slot: Arc::clone(&slot),
            inbox: Arc::clone(&inbox),
            brake: Arc::clone(&brake),
            percent: options.rebuild_percent,
            unfinished: found.building,
        };
        let waits = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| SearchError::Stopped(error.to_string()))?;
        let threads = vec![
            spawn("search", Arc::clone(&slot), move || feeder.run(&waits))?,
            spawn("search-rebuild", Arc::clone(&slot), move || rebuilder.run(&ordered))?,
        ];
        Ok(Self(Arc::new(Inner {
            dir: dir.to_owned(),
            settings,
            slot,
            orders: Mutex::new(Some(orders)),
            stop,
            inbox,
            brake,
            threads: Mutex::new(threads),
        })))
    }

    /// Passages of documents that answer a question. Words are wished for: the more of them and the
    /// rarer they are, the better.
    pub fn passages(
        &self,
        workspace: WorkspaceId,
        wanted: &PassageSearch,
    ) -> Result<Answers<PassageHit>, SearchError> {
        let (question, left_out) = parse(&wanted.text, Occur::Should);
        let Some((shard, question)) = self.shard(workspace)?.zip(question) else {
            return Ok(Answers { hits: Vec::new(), left_out });
        };
        let fields = *shard.fields();
        let searcher = shard.searcher();
        let mut filters: Vec<Box<dyn Query>> = Vec::new();
        if let Some(agent) = wanted.agent {
            filters.push(one_of(fields.agent, &[agent.0, Uuid::nil()]));
        }
        if let Some(document) = wanted.document {
            filters.push(one_of(fields.document, &[document.0]));
        }
        if let Some(language) = &wanted.language {
            filters.push(exactly(Term::from_field_bytes(fields.language, language.as_bytes())));
        }
        let asked = Asked {
            texts: vec![fields.passage, fields.heading],
            languages: languages(&shard, &searcher)?,
        };
        let found =
            ask(&shard, &searcher, Kind::Passage, build(&question, &asked), filters, wanted.limit)?;
        let marker = Marker::of(&question);
        let hits = found.into_iter().map(|hit| passage(&hit, &marker)).collect::<Result<_, _>>()?;
        Ok(Answers { hits, left_out })
    }

    /// Messages that answer a question. Every word is needed.
    pub fn messages(
        &self,
        workspace: WorkspaceId,
        wanted: &MessageSearch,
    ) -> Result<Answers<MessageHit>, SearchError> {
        let (question, left_out) = parse(&wanted.text, Occur::Must);
        let Some((shard, question)) = self.shard(workspace)?.zip(question) else {
            return Ok(Answers { hits: Vec::new(), left_out });
        };
        let fields = *shard.fields();
        let searcher = shard.searcher();
        let mut filters: Vec<Box<dyn Query>> = Vec::new();
        if let Some(conversation) = wanted.conversation {
            filters.push(one_of(fields.conversation, &[conversation.0]));
        }
        if let Some(channel) = wanted.channel {
            filters.push(one_of(fields.channel, &[channel.0]));
        }
        if !wanted.contacts.is_empty() {
            let contacts: Vec<Uuid> = wanted.contacts.iter().map(|contact| contact.0).collect();
            filters.push(one_of(fields.contact, &contacts));
        }
        if let Some(side) = wanted.direction {
            filters.push(exactly(Term::from_field_bytes(fields.direction, direction(side))));
        }
        filters.extend(within(fields.at, wanted.since, wanted.before));
        let asked = Asked { texts: vec![fields.message], languages: languages(&shard, &searcher)? };
        let found =
            ask(&shard, &searcher, Kind::Message, build(&question, &asked), filters, wanted.limit)?;
        let mut hits = Vec::with_capacity(found.len());
        for Hit { item, score } in found {
            if let Row::Message(stored) = Row::decode(Kind::Message, &item.row)?
                && let Some(spoken) = &stored.row.spoken
            {
                let (message, conversation) = (stored.row.id, spoken.conversation);
                hits.push(MessageHit { message, conversation, score });
            }
        }
        Ok(Answers { hits, left_out })
    }

    /// Contacts whose names answer a question. Every word is needed; each may be unfinished.
    pub fn contacts(
        &self,
        workspace: WorkspaceId,
        wanted: &NameSearch,
    ) -> Result<Answers<ContactHit>, SearchError> {
        self.named(workspace, Kind::Contact, wanted, |row, score| match row {
            Row::Contact(stored) => Some(ContactHit { contact: stored.row.id, score }),
            _ => None,
        })
    }

    /// Leads whose own names answer a question: those of their contacts are found as contacts.
    /// Every word is needed; each may be unfinished.
    pub fn leads(
        &self,
        workspace: WorkspaceId,
        wanted: &NameSearch,
    ) -> Result<Answers<LeadHit>, SearchError> {
        self.named(workspace, Kind::Lead, wanted, |row, score| match row {
            Row::Lead(stored) => Some(LeadHit { lead: stored.row.id, score }),
            _ => None,
        })
    }

    fn named<T>(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        wanted: &NameSearch,
        hit: impl Fn(Row, f32) -> Option<T>,
    ) -> Result<Answers<T>, SearchError> {
        let (question, left_out) = parse(&wanted.text, Occur::Must);
        let Some((shard, question)) = self.shard(workspace)?.zip(question) else {
            return Ok(Answers { hits: Vec::new(), left_out });
        };
        let searcher = shard.searcher();
        let fields = shard.fields();
        let names = if kind == Kind::Lead { fields.lead_name } else { fields.contact_name };
        let asked = Asked { texts: vec![names], languages: vec![Stems::of(None)] };
        let question = build(&question.with_unfinished_words(), &asked);
        let found = ask(&shard, &searcher, kind, question, Vec::new(), wanted.limit)?;
        let mut hits = Vec::with_capacity(found.len());
        for Hit { item, score } in found {
            hits.extend(hit(Row::decode(kind, &item.row)?, score));
        }
        Ok(Answers { hits, left_out })
    }

    /// Marks the words of a text that answer a question.
    pub fn snippet(typed: &str, text: &str) -> Snippet {
        let language = convolog_domain::document::detect_language(text);
        let marker = parse(typed, Occur::Must).0.as_ref().map(Marker::of).unwrap_or_default();
        marker.snippet(text, language)
    }

    pub(crate) fn shard(&self, workspace: WorkspaceId) -> Result<Option<Arc<Shard>>, SearchError> {
        self.generation()?.shard(workspace)
    }

    fn generation(&self) -> Result<Arc<Generation>, SearchError> {
        self.0.slot.generation(self.0.settings.log.head())
    }

    /// Waits until everything up to `position` is found. Whoever waits need not wait for the next
    /// commit that is due anyway.
    ///
    /// # Errors
    /// [`SearchError::BeyondHead`] at once if the position does not exist,
    /// [`SearchError::Rebuilding`] at once if nothing can be found, [`SearchError::NotYet`] when
    /// `patience` is over.
    pub async fn at_least(
        &self,
        position: Position,
        patience: Duration,
    ) -> Result<(), SearchError> {
        let head = self.0.settings.log.head();
        if position > head {
            return Err(SearchError::BeyondHead { asked: position, head });
        }
        self.generation()?;
        self.0.slot.want(position);
        let mut applied = self.0.slot.follow();
        let reached = applied.wait_for(|applied| *applied >= position);
        match tokio::time::timeout(patience, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(SearchError::Stopped("it was shut down".into())),
            Err(_) => Err(SearchError::NotYet { asked: position, at: self.applied() }),
        }
    }

    /// Waits until it answers, however long it takes.
    ///
    /// # Errors
    /// [`SearchError::Stopped`] if it is shut down meanwhile.
    pub async fn ready(&self) -> Result<(), SearchError> {
        self.unless_stopped(self.0.slot.served()).await
    }

    /// Waits until no rebuild is going on, however long it takes.
    ///
    /// # Errors
    /// [`SearchError::Stopped`] if it is shut down meanwhile.
    pub async fn rebuilt(&self) -> Result<(), SearchError> {
        self.unless_stopped(self.0.slot.built()).await
    }

    async fn unless_stopped(&self, done: impl Future<Output = ()>) -> Result<(), SearchError> {
        let mut stop = self.0.stop.subscribe();
        tokio::select! {
            () = done => Ok(()),
            _ = stop.wait_for(|stop| *stop) => Err(SearchError::Stopped("it was shut down".into())),
        }
    }

    /// The rebuild that is wanted or going on.
    pub(crate) fn building(&self) -> Option<Building> {
        self.0.slot.building()
    }

    /// Everything up to here is found.
    pub fn applied(&self) -> Position {
        self.0.slot.applied()
    }

    /// How it is doing.
    pub fn status(&self) -> ModelStatus {
        self.0.slot.status(self.0.settings.log.head(), self.0.settings.clock.now())
    }

    /// The streams that it stopped following.
    pub fn parked(&self) -> Vec<Parked> {
        self.0.slot.parked()
    }

    /// Rebuilds all indexes beside the live ones and swaps them in when they have caught up.
    ///
    /// # Errors
    /// [`QueryError::Rebuilding`] if that is being done already; [`QueryError::NotNow`] if it shall
    /// wait for a swap: indexes hold text, and a generation that only lies there would keep what
    /// erasures take out of the live one.
    pub fn rebuild(&self, swap: Swap) -> Result<(), QueryError> {
        if swap == Swap::Manual {
            return Err(Self::not_now(NONE_WAITS));
        }
        let orders = self.0.orders.lock();
        let Some(orders) = orders.as_ref() else {
            return Err(QueryError::Stopped("it was shut down".into()));
        };
        if orders.rebuild(&self.0.slot) {
            return Ok(());
        }
        let position = self.0.slot.building().unwrap_or_default().progress.position;
        Err(QueryError::Rebuilding { model: NAME, position, head: self.0.settings.log.head() })
    }

    /// Calls a rebuild off; the live indexes go on.
    ///
    /// # Errors
    /// [`QueryError::NotNow`] if there is none, or nothing else could serve.
    pub fn call_off(&self) -> Result<(), QueryError> {
        let slot = &self.0.slot;
        if !slot.serves() {
            return Err(Self::not_now(
                "has nothing else that could serve; its rebuild cannot be called off",
            ));
        }
        if slot.building().is_none() {
            return Err(Self::not_now("is not being rebuilt"));
        }
        slot.set_building(None);
        self.0.inbox.ring();
        Ok(())
    }

    /// What answers when another generation is asked for that waits or is kept: there never is one.
    pub const fn none_beside() -> QueryError {
        Self::not_now(NONE_WAITS)
    }

    const fn not_now(why: &'static str) -> QueryError {
        QueryError::NotNow { model: NAME, why }
    }

    /// Compares what is found with a fresh rebuild. Exact only while no events come in.
    pub fn compare_with_rebuild(&self) -> Result<Verified, SearchError> {
        let folder = Folder::new(&self.0.dir, self.0.settings.clone());
        compare_with_rebuild(&*self.generation()?, &self.0.settings, self.applied(), &folder)
    }

    /// Stops the threads and writes what was taken. Blocks.
    pub fn shutdown(&self) {
        self.0.shutdown();
    }
}

impl Inner {
    fn shutdown(&self) {
        self.stop.send_replace(true);
        self.brake.stop();
        drop(self.orders.lock().take());
        for thread in self.threads.lock().drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the search index had panicked");
            }
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// Starts a thread. Should it ever panic, the status says so.
fn spawn(
    name: &'static str,
    slot: Arc<Slot>,
    f: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, SearchError> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(f)).is_err() {
            slot.set_error(Some(format!("the thread `{name}` broke down; restart")));
        }
    };
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(guarded);
    thread.map_err(|error| SearchError::Stopped(format!("no thread could be started: {error}")))
}

fn passage(hit: &Hit, marker: &Marker) -> Result<PassageHit, SearchError> {
    let row = PassageRow::decode(&hit.item.row)?;
    let snippet = marker.snippet(&row.text, row.language.as_deref());
    let PassageRow {
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
    } = row;
    let (document, agent, score) = (DocumentId(document), agent.map(AgentId), hit.score);
    Ok(PassageHit {
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
    })
}

/// A term, whatever it counts for.
fn exactly(term: Term) -> Box<dyn Query> {
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

/// One of several ids, whatever it counts for.
fn one_of(field: Field, ids: &[Uuid]) -> Box<dyn Query> {
    let terms = ids.iter().map(|id| Term::from_field_bytes(field, id.as_bytes()));
    Box::new(BooleanQuery::union(terms.map(exactly).collect()))
}

/// Seconds from the one on, up to the other.
fn within(field: Field, since: Option<i64>, before: Option<i64>) -> Option<Box<dyn Query>> {
    use std::ops::Bound;
    if since.is_none() && before.is_none() {
        return None;
    }
    let term = |second| Term::from_field_i64(field, second);
    let lower = since.map_or(Bound::Unbounded, |second| Bound::Included(term(second)));
    let upper = before.map_or(Bound::Unbounded, |second| Bound::Excluded(term(second)));
    Some(Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(lower, upper)), 0.0)))
}

/// The languages that anything of the workspace is written in.
fn languages(shard: &Shard, searcher: &Searcher) -> Result<Vec<Stems>, SearchError> {
    let failed = |error| shard.failed(error);
    let mut found = std::collections::BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(shard.fields().language).map_err(failed)?;
        let mut stream = index.terms().stream().map_err(|error| failed(error.into()))?;
        while let Some((language, _)) = stream.next() {
            found.insert(String::from_utf8_lossy(language).into_owned());
        }
    }
    Ok(found.iter().map(|language| Stems::of(Some(language))).collect())
}

/// Asks an index. Scores are measured by the items of the kind alone.
fn ask(
    shard: &Shard,
    searcher: &Searcher,
    kind: Kind,
    question: Box<dyn Query>,
    filters: Vec<Box<dyn Query>>,
    limit: usize,
) -> Result<Vec<Hit>, SearchError> {
    let failed = |error| shard.failed(error);
    let of_kind = Term::from_field_bytes(shard.fields().kind, &[kind.code()]);
    let Some(statistics) = OfKind::new(searcher, &of_kind).map_err(failed)? else {
        return Ok(Vec::new());
    };
    let query: Box<dyn Query> = if filters.is_empty() {
        question
    } else {
        let filters = filters.into_iter().map(|filter| (Occur::Must, filter));
        Box::new(BooleanQuery::new(
            std::iter::once((Occur::Must, question)).chain(filters).collect(),
        ))
    };
    // A few more than asked for, so that those of one score come out in the same order always.
    let top = TopDocs::with_limit(limit.max(1) + 32).order_by_score();
    let found =
        searcher.search_with_statistics_provider(&*query, &top, &statistics).map_err(failed)?;
    let mut hits = Vec::with_capacity(found.len());
    for (score, address) in found {
        hits.push(Hit { item: shard.item(searcher, address)?, score });
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.item.key.cmp(&b.item.key)));
    hits.truncate(limit);
    Ok(hits)
}

impl Question {
    /// The same with every word taken for the beginning of one.
    fn with_unfinished_words(self) -> Self {
        match self {
            Self::Word(word) => Self::All(vec![
                (Occur::Must, Self::Beginning(word.clone())),
                (Occur::Should, Self::Word(word)),
            ]),
            Self::All(parts) => {
                let parts = parts.into_iter();
                Self::All(
                    parts.map(|(occur, part)| (occur, part.with_unfinished_words())).collect(),
                )
            }
            other => other,
        }
    }
}
