//! Searches a workspace that knows much: passages of made-up words, as common as words are.
//!
//! Prints how long indexing took and the p50 and p99 of each kind of question, as JSON. The mark is a
//! p99 of 10 ms over 100,000 passages.

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use convolog_domain::WorkspaceId;
use convolog_domain::document::{AddDocument, DocumentDraft, DocumentFormat};
use convolog_engine::{Caller, CountedEntropy, Engine};
use convolog_log::{BlobStore, Clock, EventLog, MemoryLog, SystemClock};
use convolog_search::{Options, PassageSearch, Search};
use convolog_vault::{MasterKey, Vault};
use hdrhistogram::Histogram;
use uuid::Uuid;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error>;

const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// Words there are.
const VOCABULARY: u64 = 30_000;

/// Words of a passage: as many as it may have, so that each section is one passage.
const WORDS: usize = 180;

/// Passages of a document.
const SECTIONS: usize = 50;

/// How much is searched, and how often.
#[derive(Parser)]
struct Arguments {
    /// Passages
    #[arg(long, default_value_t = 100_000)]
    passages: usize,

    /// Questions of each kind
    #[arg(long, default_value_t = 500)]
    questions: u32,
}

/// Numbers that look drawn at random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A word; the `n`th one comes about `1 / n` as often as the first.
    fn word(&mut self) -> String {
        let bits = VOCABULARY.ilog2();
        let upto = 1_u64 << (self.next() % u64::from(bits + 1));
        let mut n = upto + self.next() % upto;
        let mut word = String::new();
        while n > 0 {
            let digit = usize::try_from(n % 40).unwrap_or_default();
            word.push_str(SYLLABLES.get(digit).copied().unwrap_or_default());
            n /= 40;
        }
        word
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

const SYLLABLES: [&str; 40] = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
    "we", "xi", "yo", "zu", "bra", "cle", "dri", "flo", "gru", "pla", "ste", "tri", "spo", "tru",
    "an", "er", "in", "on", "un", "ast", "ent", "ist", "ost", "ust",
];

fn document(numbers: &mut Numbers, sections: usize) -> DocumentDraft {
    let mut content = String::new();
    for _ in 0..sections {
        content.push_str("# ");
        content.push_str(&numbers.words(3));
        content.push_str("\n\n");
        content.push_str(&numbers.words(WORDS));
        content.push_str(".\n\n");
    }
    DocumentDraft {
        title: numbers.words(4).into(),
        content: content.into(),
        format: DocumentFormat::Markdown,
        language: Some("en".to_owned()),
        agent: None,
    }
}

fn question(numbers: &mut Numbers, kind: &str) -> String {
    match kind {
        "one word" => numbers.word(),
        "three words" => numbers.words(3),
        "a sentence" => numbers.words(9),
        "all words" => format!("+{} +{}", numbers.word(), numbers.word()),
        "phrase" => format!("\"{}\"", numbers.words(2)),
        "beginning" => {
            let word = numbers.word();
            format!("{}*", word.chars().take(4).collect::<String>())
        }
        _ => format!("{}~", numbers.words(1)),
    }
}

const KINDS: [&str; 7] =
    ["one word", "three words", "a sentence", "all words", "phrase", "beginning", "misspelt"];

async fn index(engine: &Engine, search: &Search, passages: usize) -> Result<Duration, Failure> {
    let mut numbers = Numbers(7);
    let begun = Instant::now();
    for n in 0..passages.div_ceil(SECTIONS) {
        let draft = document(&mut numbers, SECTIONS.min(passages - n * SECTIONS));
        let command = AddDocument { workspace: WORKSPACE, draft };
        let id = Uuid::from_u128(1_000 + u128::try_from(n)?);
        engine.execute(&Caller::system(WORKSPACE), id, command).await?;
    }
    search.at_least(engine.log().head(), Duration::from_hours(1)).await?;
    Ok(begun.elapsed())
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse();
    let dir = tempfile::tempdir()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let log: Arc<dyn EventLog> = Arc::new(MemoryLog::new(Arc::clone(&clock)));
    let master = MasterKey::parse(&"5a".repeat(32))?;
    let vault = Vault::open(&dir.path().join("keys.vault"), &master, 0)?;
    let blobs = Arc::new(BlobStore::open(&dir.path().join("blobs"))?);
    let entropy = Arc::new(CountedEntropy::default());
    let engine = Engine::new(Arc::clone(&log), vault, blobs, Arc::clone(&clock), entropy);
    let disclose = Arc::new(engine.clone());
    let folder = dir.path().join("search");
    let search = Search::open(&folder, log, disclose, clock, Options::default())?;
    let indexing = index(&engine, &search, arguments.passages).await?;
    let mut figures = serde_json::Map::new();
    let mut all = Histogram::<u64>::new(3)?;
    for kind in KINDS {
        let (mut times, mut numbers) = (Histogram::<u64>::new(3)?, Numbers(1_000));
        for _ in 0..arguments.questions {
            let text = question(&mut numbers, kind);
            let wanted = PassageSearch { text, limit: 10, ..PassageSearch::default() };
            let begun = Instant::now();
            std::hint::black_box(search.passages(WORKSPACE, &wanted)?);
            let took = u64::try_from(begun.elapsed().as_micros())?;
            times.record(took)?;
            all.record(took)?;
        }
        figures.insert(kind.to_owned(), in_millis(&times));
    }
    figures.insert("all".to_owned(), in_millis(&all));
    let status = search.status();
    println!(
        "{:#}",
        serde_json::json!({
            "passages": arguments.passages,
            "indexing_seconds": indexing.as_secs_f64(),
            "index_bytes": status.bytes,
            "milliseconds": figures,
        })
    );
    Ok(ExitCode::from(u8::from(all.value_at_quantile(0.99) > 10_000)))
}

fn in_millis(times: &Histogram<u64>) -> serde_json::Value {
    let at =
        |quantile| Duration::from_micros(times.value_at_quantile(quantile)).as_secs_f64() * 1e3;
    serde_json::json!({ "p50": at(0.5), "p99": at(0.99) })
}
