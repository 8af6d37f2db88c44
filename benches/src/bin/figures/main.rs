//! Prints the figures of docs/performance.md: each beside its floors, slices interleaved in one run.
//!
//! Writes to a temporary folder under the current one: the disk that is measured is the disk it
//! lies on. What is printed is Markdown, to be copied.

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

mod append;
mod fresh;
mod long;
mod page;
mod read;
mod rebuild;
mod scan;
mod talk;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use convolog_benches::probe::{fdatasync_p50, spare_cpu};
use convolog_benches::quiet::{TRIES, median};
use convolog_log::Options;
use convolog_vault::{MasterKey, Vault};

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The figures of docs/performance.md, each beside its floors.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    figure: Option<Figure>,
}

#[derive(Clone, Subcommand)]
enum Figure {
    /// Durable append by 1, 64 and 256 writers and by commits of 1,000, beside a plain file and `SQLite`.
    Append {
        /// One long run by 64 writers instead: CPU an event as the stores grow, such as 1,000,000.
        #[arg(long)]
        events: Option<usize>,
        /// Tries for a quiet disk.
        #[arg(long, default_value_t = TRIES)]
        tries: usize,
    },
    /// Reading all beside a decode of the same bytes from memory, a stream, the disk, opening again.
    Read {
        /// Events in the log.
        #[arg(long, default_value_t = 300_000)]
        events: usize,
    },
    /// Rebuilding the read models beside a decode of the same bytes from memory.
    Rebuild {
        /// Messages posted before.
        #[arg(long, default_value_t = 20_000)]
        messages: u64,
    },
    /// The board of leads and leads by time in stage, at 64 connections to the real server.
    Board {
        /// Leads, each opened by a first contact.
        #[arg(long, default_value_t = 100_000)]
        leads: u64,
    },
    /// Conversations of 1,000 messages as they stood, at 64 connections to the real server.
    AsOf {
        /// Events in the log.
        #[arg(long, default_value_t = 1_000_000)]
        events: u64,
    },
    /// How soon the read models and the event stream show what was answered.
    Fresh {
        /// Events that come in a second.
        #[arg(long, default_value_t = 2_000)]
        rate: u64,
    },
    /// The conversation loop: answers, many conversations at once, deliveries with one receiver hanging.
    Talk,
    /// A transcript page and a list of conversations of 50, at 64 connections to the real server.
    Page {
        /// Messages posted before.
        #[arg(long, default_value_t = 20_000)]
        messages: u64,
    },
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir_in(".")?;
    let place = folder.path();
    let all = vec![
        Figure::Append { events: None, tries: TRIES },
        Figure::Append { events: Some(1_000_000), tries: TRIES },
        Figure::Read { events: 300_000 },
        Figure::Rebuild { messages: 20_000 },
        Figure::Page { messages: 20_000 },
        Figure::Board { leads: 100_000 },
        Figure::AsOf { events: 1_000_000 },
        Figure::Fresh { rate: 2_000 },
        Figure::Talk,
    ];
    for figure in Arguments::parse().figure.map_or(all, |one| vec![one]) {
        println!("The machine: {}\n", machine(place)?);
        match figure {
            Figure::Append { events: None, tries } => append::figures(place, tries)?,
            Figure::Append { events: Some(events), .. } => long::figures(place, events)?,
            Figure::Read { events } => read::figures(place, events)?,
            Figure::Rebuild { messages } => rebuild::figures(place, messages)?,
            Figure::Page { messages } => page::figures(place, messages)?,
            Figure::Board { leads } => page::board(place, leads)?,
            Figure::AsOf { events } => page::as_of(place, events)?,
            Figure::Fresh { rate } => fresh::figures(place, rate)?,
            Figure::Talk => talk::figures(place)?,
        }
    }
    Ok(())
}

/// What the machine has to give at the moment.
fn machine(place: &Path) -> Outcome<String> {
    let sync = median((0..3).map(|_| fdatasync_p50(place)).collect::<Result<Vec<_>, _>>()?);
    let spare = spare_cpu(Duration::from_millis(300));
    Ok(format!("fdatasync p50 {} µs, {spare:.2} of a core for one busy thread", sync.as_micros()))
}

/// A new vault.
fn vault(folder: &Path) -> Outcome<Arc<Vault>> {
    let master = MasterKey::parse(&"5a".repeat(32))?;
    let path = folder.join(format!("keys-{}.vault", uuid::Uuid::new_v4()));
    Ok(Vault::open(&path, &master, 0)?)
}

fn options() -> Options {
    Options { free_floor_bytes: 0, ballast_bytes: 0, ..Options::default() }
}

/// A runtime for what speaks HTTP.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
