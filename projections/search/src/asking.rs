//! Questions: parsed, put to the index of one workspace, answered from what is stored there.

use std::collections::BTreeSet;

use convolog_domain::{AgentId, DocumentId, WorkspaceId};
use convolog_log::Mode;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};
use uuid::Uuid;

use crate::analysis::Stems;
use crate::error::SearchError;
use crate::index::{Fields, Kind, PassageRow, Row, Shard, StoredItem, direction, reader};
use crate::query::{Asked, Marker, OfKind, Question, Snippet, build, parse};
use crate::search::Search;
use crate::wanted::{
    Answers, ContactHit, LeadHit, MessageHit, MessageSearch, NameSearch, PassageHit, PassageScope,
    PassageSearch,
};

/// How deep a search goes from page to page: so many of the best come in one order, however many are
/// asked for at a time.
pub const DEPTH: usize = 200;

/// How many more are looked at than are asked for.
const MORE: usize = 32;

/// A stored item that was found, with its score.
struct Hit {
    item: StoredItem,
    score: f32,
}

/// A question of one kind, as it is put to any index.
struct Typed<'q> {
    text: &'q str,
    /// Whether every word is needed.
    occur: Occur,
    kind: Kind,
    limit: usize,
}

/// What a question becomes in one index.
struct Put {
    query: Box<dyn Query>,
    /// What else must hold, whatever it counts for.
    filters: Vec<Box<dyn Query>>,
}

impl Search {
    /// Passages of documents that answer a question. Words are wished for: the more of them and the
    /// rarer they are, the better.
    pub fn passages(
        &self,
        workspace: WorkspaceId,
        wanted: &PassageSearch,
    ) -> Result<Answers<PassageHit>, SearchError> {
        let (text, limit) = (&*wanted.text, wanted.limit);
        let typed = Typed { text, occur: Occur::Should, kind: Kind::Passage, limit };
        let put = |shard: &Shard, searcher: &Searcher, question: &Question| {
            let fields = *shard.fields();
            let filters = within_scope(&fields, &wanted.scope);
            let texts = vec![fields.passage, fields.heading];
            let asked = Asked { texts, languages: languages(shard, searcher)? };
            Ok(Put { query: build(question, &asked), filters })
        };
        self.answers(workspace, &typed, put, |hit, marker| passage(&hit, marker).map(Some))
    }

    /// Messages that answer a question. Every word is needed.
    pub fn messages(
        &self,
        workspace: WorkspaceId,
        wanted: &MessageSearch,
    ) -> Result<Answers<MessageHit>, SearchError> {
        let (text, limit) = (&*wanted.text, wanted.limit);
        let typed = Typed { text, occur: Occur::Must, kind: Kind::Message, limit };
        let put = |shard: &Shard, searcher: &Searcher, question: &Question| {
            let fields = *shard.fields();
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
            let languages = languages(shard, searcher)?;
            let asked = Asked { texts: vec![fields.message], languages };
            Ok(Put { query: build(question, &asked), filters })
        };
        self.answers(workspace, &typed, put, |Hit { item, score }, _| {
            let Row::Message(stored) = Row::decode(Kind::Message, &item.row)? else {
                return Ok(None);
            };
            let (message, spoken) = (stored.row.id, stored.row.spoken);
            Ok(spoken.map(|spoken| MessageHit {
                message,
                conversation: spoken.conversation,
                score,
            }))
        })
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
        let typed = Typed { text: &wanted.text, occur: Occur::Must, kind, limit: wanted.limit };
        let put = |shard: &Shard, _: &Searcher, question: &Question| {
            let fields = shard.fields();
            let names = if kind == Kind::Lead { fields.lead_name } else { fields.contact_name };
            let asked = Asked { texts: vec![names], languages: vec![Stems::of(None)] };
            let query = build(&question.clone().with_unfinished_words(), &asked);
            Ok(Put { query, filters: Vec::new() })
        };
        self.answers(workspace, &typed, put, |Hit { item, score }, _| {
            Ok(hit(Row::decode(kind, &item.row)?, score))
        })
    }

    /// Parses what was typed, puts it to the index of the workspace, and tells what was found.
    fn answers<T>(
        &self,
        workspace: WorkspaceId,
        typed: &Typed<'_>,
        put: impl FnOnce(&Shard, &Searcher, &Question) -> Result<Put, SearchError>,
        tell: impl Fn(Hit, &Marker) -> Result<Option<T>, SearchError>,
    ) -> Result<Answers<T>, SearchError> {
        let (question, left_out) = parse(typed.text, typed.occur);
        let Some((shard, question)) = self.shard(workspace)?.zip(question) else {
            return Ok(Answers { hits: Vec::new(), left_out });
        };
        let searcher = shard.searcher();
        let Put { query, filters } = put(&shard, &searcher, &question)?;
        let found = ask(&shard, &searcher, typed.kind, query, filters, typed.limit)?;
        let marker = Marker::of(&question);
        let told = found.into_iter().filter_map(|hit| tell(hit, &marker).transpose());
        Ok(Answers { hits: told.collect::<Result<_, _>>()?, left_out })
    }

    /// Marks the words of a text that answer a question.
    pub fn snippet(typed: &str, text: &str) -> Snippet {
        let language = convolog_domain::document::detect_language(text);
        let marker = parse(typed, Occur::Must).0.as_ref().map(Marker::of).unwrap_or_default();
        marker.snippet(text, language)
    }
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

/// What only passages of a scope have.
pub(crate) fn within_scope(fields: &Fields, scope: &PassageScope) -> Vec<Box<dyn Query>> {
    let mut filters: Vec<Box<dyn Query>> = Vec::new();
    if let Some(agent) = scope.agent {
        let modes: &[Mode] = if scope.sandbox { &[Mode::Live, Mode::Test] } else { &[Mode::Live] };
        let readers =
            modes.iter().flat_map(|mode| [Some(agent.0), None].map(|it| reader(it, *mode)));
        filters.push(any_of(readers.map(|it| Term::from_field_bytes(fields.agent, &it))));
    }
    if let Some(documents) = &scope.documents {
        let documents: Vec<Uuid> = documents.iter().map(|document| document.0).collect();
        filters.push(one_of(fields.document, &documents));
    }
    if let Some(language) = &scope.language {
        filters.push(exactly(Term::from_field_bytes(fields.language, language.as_bytes())));
    }
    filters
}

/// A term, whatever it counts for.
pub(crate) fn exactly(term: Term) -> Box<dyn Query> {
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

/// One of several ids, whatever it counts for.
fn one_of(field: Field, ids: &[Uuid]) -> Box<dyn Query> {
    any_of(ids.iter().map(|id| Term::from_field_bytes(field, id.as_bytes())))
}

fn any_of(terms: impl Iterator<Item = Term>) -> Box<dyn Query> {
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

/// The languages that anything of the workspace is written in, with their stems.
fn languages(shard: &Shard, searcher: &Searcher) -> Result<Vec<Stems>, SearchError> {
    let found = written_in(shard, searcher)?;
    Ok(found.iter().map(|language| Stems::of(Some(language))).collect())
}

/// The languages that anything of the workspace is written in; an empty one is not known.
pub(crate) fn written_in(
    shard: &Shard,
    searcher: &Searcher,
) -> Result<BTreeSet<String>, SearchError> {
    let failed = |error| shard.failed(error);
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(shard.fields().language).map_err(failed)?;
        let mut stream = index.terms().stream().map_err(|error| failed(error.into()))?;
        while let Some((language, _)) = stream.next() {
            found.insert(String::from_utf8_lossy(language).into_owned());
        }
    }
    Ok(found)
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
    // A few more than asked for, so that those of one score come out in the same order always,
    // however many are asked for. Where these are not all of that score, as many as a search goes
    // deep. What scores less than the last one that is asked for is not even read.
    let limit = limit.max(1);
    let top = |count: usize| {
        let top = TopDocs::with_limit(count.saturating_add(MORE)).order_by_score();
        searcher.search_with_statistics_provider(&*query, &top, &statistics).map_err(failed)
    };
    let mut found = top(limit)?;
    let least = found.get(limit - 1).map_or(f32::NEG_INFINITY, |(score, _)| *score);
    if limit < DEPTH && found.get(limit + MORE - 1).is_some_and(|(score, _)| *score >= least) {
        found = top(DEPTH)?;
    }
    let mut hits = Vec::with_capacity(found.len());
    for (score, address) in found.into_iter().take_while(|(score, _)| *score >= least) {
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
