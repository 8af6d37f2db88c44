//! A scan for leftovers: every file of a stopped data folder, decoded by its format, and its bytes.
//!
//! Owns the proof that an erasure left nothing: what a person was called, their number, the ids and
//! the words of their messages are in no file, in no form. Reports places and counts, never the
//! texts. Changes nothing but what opening a folder clears away, and that is looked at first.

mod contents;
mod files;
mod forms;
mod report;

use std::path::{Path, PathBuf};

use convolog_engine::{DataFolder, FolderError, FolderOptions};
use convolog_log::LogError;
use convolog_vault::{MasterKey, VaultError};

pub use forms::{Canaries, Form};
use report::Findings;
pub use report::{Find, Place, Report};

/// A scan that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// There is nothing to look for.
    #[error("nothing to look for; name at least one text")]
    Nothing,
    /// A text that would be found everywhere.
    #[error("text {number} is too short to mean anything; give at least {least} bytes")]
    TooShort {
        /// Which one, from 1.
        number: usize,
        /// The fewest bytes.
        least: usize,
    },
    /// The folder could not be opened.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The log could not be read.
    #[error("the log could not be read to its end")]
    Log(#[from] LogError),
    /// The vault could not be asked.
    #[error("the vault could not be asked")]
    Vault(#[from] VaultError),
    /// The operating system refused.
    #[error("could not {action} {path}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}

/// A scan that is under way.
struct Scan<'a> {
    data: &'a Path,
    master: &'a MasterKey,
    options: &'a FolderOptions,
    canaries: &'a Canaries,
    report: Report,
    findings: Findings,
}

/// Looks for texts in a data folder whose server is stopped, and in the mirror of its vault.
///
/// # Errors
/// [`ScanError`] if the folder is in use, or could not be read at all. What could not be read by its
/// format alone is a problem of the report.
pub fn scan(
    data: &Path,
    master: &MasterKey,
    options: &FolderOptions,
    canaries: &Canaries,
) -> Result<Report, ScanError> {
    let (report, findings) = (Report::default(), Findings::default());
    let mut scan = Scan { data, master, options, canaries, report, findings };
    let lock = DataFolder::hold(data)?;
    scan.files()?;
    drop(lock);
    let folder = DataFolder::open(data, master, options.clone())?;
    scan.log(&folder)?;
    scan.stores()?;
    scan.indexes()?;
    scan.report.found = scan.findings.finish();
    Ok(scan.report)
}

impl Scan<'_> {
    fn search(&mut self, bytes: &[u8], place: &Place, position: Option<u64>) {
        let findings = &mut self.findings;
        self.canaries.find(bytes, |canary, form, _| findings.add(canary, form, place, position));
    }

    /// A path as the report shows it.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.data).unwrap_or(path).to_string_lossy().into_owned()
    }
}
