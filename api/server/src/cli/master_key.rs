//! Where the master key comes from: the environment or a file outside the data folder.
//!
//! Never from an argument, because arguments show in the list of processes. Only the demo keeps a
//! key in its data folder, and says so.

use std::path::{Path, PathBuf};

use clap::Args;
use convolog_server::read_master_key;
use convolog_vault::MasterKey;
use secrecy::{ExposeSecret, SecretString};

use super::out;
use super::outcome::Failure;

/// The variable that holds the key.
pub(crate) const VARIABLE: &str = "CONVOLOG_MASTER_KEY";

/// The file in which the demo keeps its key.
const DEMO_FILE: &str = "DEMO-MASTER-KEY";

/// How the master key is given.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct MasterKeyArgs {
    /// A file outside the data folder that holds the master key (64 hexadecimal digits); not
    /// together with the variable `CONVOLOG_MASTER_KEY`
    #[arg(long, env = "CONVOLOG_MASTER_KEY_FILE", value_name = "FILE")]
    master_key_file: Option<PathBuf>,
}

impl MasterKeyArgs {
    /// The key for a data folder.
    pub(crate) fn load(&self, data: &Path) -> Result<MasterKey, Failure> {
        Ok(MasterKey::parse(self.text(data)?.expose_secret())?)
    }

    /// The key for a data folder, as text.
    pub(crate) fn text(&self, data: &Path) -> Result<SecretString, Failure> {
        match (of_variable(VARIABLE), &self.master_key_file) {
            (Some(_), Some(file)) => return Err(two(VARIABLE, file)),
            (Some(text), None) => return Ok(text),
            (None, Some(file)) => return Ok(read_master_key(file, data)?),
            (None, None) => {}
        }
        let demo = demo_file(data);
        if demo.is_file() {
            out::note(format!("using the demo's master key in {}", demo.display()));
            return read(&demo);
        }
        Err(missing(VARIABLE, "--master-key-file"))
    }
}

/// A key from the environment or from a file, not from both.
pub(crate) fn from(variable: &str, flag: &str, file: Option<&Path>) -> Result<MasterKey, Failure> {
    let text = match (of_variable(variable), file) {
        (Some(_), Some(file)) => return Err(two(variable, file)),
        (Some(text), None) => text,
        (None, Some(file)) => read(file)?,
        (None, None) => return Err(missing(variable, flag)),
    };
    Ok(MasterKey::parse(text.expose_secret())?)
}

fn of_variable(name: &str) -> Option<SecretString> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty()).map(SecretString::from)
}

fn two(variable: &str, file: &Path) -> Failure {
    let file = file.display();
    let what =
        format!("two master keys are given: {variable} is set, and the file {file} is named");
    Failure::usage(what).hint("give one of them, so that nobody has to guess which one is meant")
}

fn missing(variable: &str, flag: &str) -> Failure {
    let what = format!("there is no master key: set {variable} or name a file with {flag}");
    Failure::usage(what).hint(
        "make one with `openssl rand -hex 32` and keep it apart from the data folder; without it \
         nobody can read what the folder holds",
    )
}

fn read(file: &Path) -> Result<SecretString, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::found(format!("could not read {}: {error}", file.display())))?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// Where the demo keeps its key.
pub(crate) fn demo_file(data: &Path) -> PathBuf {
    data.join(DEMO_FILE)
}
