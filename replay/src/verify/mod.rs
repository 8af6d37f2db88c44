//! Checks everything that can be checked: the log against itself, the vault and the blobs against
//! the log, and each read model against a fresh rebuild.
//!
//! Reports in numbers, and says the first thing that is wrong in each part. Changes nothing but the
//! read models, which catch up with the log first.

mod blobs;
mod events;
mod live;
mod report;

use std::path::Path;

use convolog_engine::{DataFolder, Engine, EngineError, ReadError};
use convolog_log::{LogError, Position, SledLog};
use convolog_projections::{Finding, QueryError, ReadModels, Verified};

pub use live::{judge_log, judge_models, judge_transcripts};
pub use report::{BlobPart, EventPart, LogPart, ModelPart, ModelState, Report, VaultPart};

/// Where the rebuilt read models lie while they are compared, within the data folder: beside the
/// live ones, so that there is room for them.
const SCRATCH: &str = "verify";

/// A check that could not be made. Nothing is known to be wrong.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The log could not be read.
    #[error("the log could not be read to its end")]
    Log(#[from] LogError),
    /// A read model could not be read or rebuilt.
    #[error("a read model could not be compared")]
    Models(#[from] QueryError),
    /// The engine could not load a stream.
    #[error("a stream could not be loaded")]
    Engine(#[from] EngineError),
    /// An event could not be read.
    #[error("an event could not be read")]
    Read(#[from] ReadError),
    /// The operating system refused.
    #[error("could not clear {path}")]
    Io {
        /// The folder.
        path: std::path::PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}

/// How far a check is: (what is being checked, position, of how many).
pub type Progress<'p> = &'p mut dyn FnMut(&str, Position, Position);

/// Checks a stopped data folder.
pub fn verify(folder: &DataFolder, progress: Progress<'_>) -> Result<Report, VerifyError> {
    let head = convolog_log::EventLog::head(&**folder.log());
    let mut report = verify_log(folder.engine(), Some(folder.log()), progress)?;
    let scratch = folder.path().join(SCRATCH);
    clear(&scratch)?;
    let models = DataFolder::models_path(folder.path());
    let verified =
        convolog_projections::verify(&models, &scratch, &**folder.log(), &mut |name, position| {
            progress(name, position, head);
        });
    clear(&scratch)?;
    report.models = verified?.into_iter().map(ModelPart::from).collect();
    Ok(report)
}

/// Checks a log that is in use, and the read models that serve. What comes in meanwhile is left out,
/// except that a read model may be ahead of its rebuild: ask again then.
pub fn verify_running(
    engine: &Engine,
    log: Option<&SledLog>,
    models: &ReadModels,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    let mut report = verify_log(engine, log, progress)?;
    for name in convolog_projections::names() {
        report.models.push(models.compare_with_rebuild(name)?.into());
    }
    Ok(report)
}

fn verify_log(
    engine: &Engine,
    log: Option<&SledLog>,
    progress: Progress<'_>,
) -> Result<Report, VerifyError> {
    let head = engine.log().head();
    let of_log = log.map(|log| log.verify(&mut |at, of| progress("log", at, of)));
    let of_log = of_log.map_or_else(LogPart::default, LogPart::from);
    let broken = of_log.problem.is_some();
    let mut report = Report {
        log_id: Some(engine.log().id().0),
        position: head.0,
        log: of_log,
        ..Report::default()
    };
    // What is not as it was written cannot be read as events.
    if !broken {
        let found = events::check(engine, head, &mut |at| progress("events", at, head))?;
        report.blobs = blobs::check(engine, &found.blobs)?;
        (report.events, report.vault) = (found.events, found.vault);
    }
    Ok(report)
}

fn clear(path: &Path) -> Result<(), VerifyError> {
    match std::fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(VerifyError::Io { path: path.to_path_buf(), source }),
    }
}

impl From<Verified> for ModelPart {
    fn from(verified: Verified) -> Self {
        let Verified { name, position, same, finding } = verified;
        let (state, difference) = match finding {
            Finding::Identical => (ModelState::Identical, None),
            Finding::Different(difference) => (ModelState::Different, Some(difference.to_string())),
            Finding::Missing => (ModelState::Missing, None),
            Finding::Damaged(why) => (ModelState::Damaged, Some(why)),
        };
        Self { name: name.to_owned(), state, position: position.0, lines: same, difference }
    }
}
