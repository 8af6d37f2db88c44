//! Makes a golden log: tells a story on a data folder and keeps the folder, with everything that
//! must come out of it again.
//!
//! `cargo run -p convolog-replay --example golden_log -- fixtures/logs/engine/format-N`: the folder
//! holds `story.yaml` and gets `data/`, `master-key`, `models.txt`, `transcripts.txt`. Sealing draws
//! nonces, so that a golden log is made once for each format and never again.
#![expect(clippy::print_stderr, reason = "a program that says what it did")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use convolog_domain::{ConversationId, Event};
use convolog_engine::{DataFolder, Engine, FolderOptions, Recorded};
use convolog_log::{EventLog, Filter, Options, Position};
use convolog_replay::conversation::{Format, Question, Transcript};
use convolog_replay::story::{Backend, DomainHost, Paths, load, run};
use convolog_vault::MasterKey;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from).ok_or("name the folder of the log")?;
    let data = folder.join("data");
    if data.exists() {
        return Err("there is a golden log already; a format has one".into());
    }
    tell(&folder, &data).await?;
    fs::write(folder.join("master-key"), format!("{}\n", DomainHost::MASTER_KEY))?;
    let options = Options { ballast_bytes: 0, free_floor_bytes: 0, ..Options::default() };
    let options = FolderOptions { log: options, ..FolderOptions::default() };
    let master = MasterKey::parse(DomainHost::MASTER_KEY)?;
    let opened = DataFolder::open(&data, &master, options)?;
    opened.log().close_volume()?;
    let (seen, conversations) = look(opened.engine())?;
    let missing: Vec<_> =
        Event::catalogue().iter().map(|row| row.name).filter(|name| !seen.contains(name)).collect();
    eprintln!("event types that the story does not bring about: {missing:?}");
    let models = convolog_projections::dump_all(&**opened.log(), opened.log().head())?;
    fs::write(folder.join("models.txt"), models.join("\n") + "\n")?;
    fs::write(folder.join("transcripts.txt"), transcripts(opened.engine(), &conversations)?)?;
    drop(opened);
    strip(&data)
}

/// Tells the folder's story on its data folder.
async fn tell(folder: &Path, data: &Path) -> Result<(), Box<dyn Error>> {
    let stories = load(&folder.join("story.yaml"))?;
    let data = data.to_path_buf();
    let make = move |at| {
        let data = data.clone();
        async move { DomainHost::in_folder(&data, Backend::Disk, at) }
    };
    let report = run(&stories, &Paths::default(), make, |_| {}).await;
    eprintln!("{report}");
    if report.is_clean() { Ok(()) } else { Err("the story failed".into()) }
}

/// The event types and the conversations of a log.
type Seen = (BTreeSet<&'static str>, Vec<ConversationId>);

/// Looks at every event.
fn look(engine: &Engine) -> Result<Seen, Box<dyn Error>> {
    let (mut seen, mut conversations) = (BTreeSet::new(), Vec::new());
    let mut at = Position::START;
    while at < engine.log().head() {
        let (records, reached) = engine.log().read(at, 1_000, &Filter::default())?;
        for record in &records {
            let event = Recorded::read(record)?;
            let name = event.event.event_type().name;
            seen.insert(name);
            if name == "conversation_opened" {
                conversations.push(ConversationId(event.stream.id));
            }
        }
        at = reached;
    }
    Ok((seen, conversations))
}

fn transcripts(
    engine: &Engine,
    conversations: &[ConversationId],
) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for conversation in conversations {
        let question = Question { conversation: *conversation, as_of: None, history: true };
        text.push_str(&Transcript::read(engine, &question)?.print(Format::Text)?);
        text.push('\n');
    }
    Ok(text)
}

/// Takes away what is made again: read models, locks, the empty volume after the last.
fn strip(data: &Path) -> Result<(), Box<dyn Error>> {
    fs::remove_dir_all(DataFolder::models_path(data))?;
    for name in ["LOCK", "log/LOCK", "log/ballast", "vault/keys.lock"] {
        fs::remove_file(data.join(name)).or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
    }
    for entry in fs::read_dir(DataFolder::log_path(data).join("volumes"))? {
        let path = entry?.path();
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        }
    }
    Ok(())
}
