//! Where a command looks: a data folder whose server is stopped, or a server that runs.

use std::path::{Path, PathBuf};

use clap::Args;
use convolog_engine::{DataFolder, FolderOptions};

use super::master_key::MasterKeyArgs;
use super::outcome::Failure;

/// A data folder. Its server must be stopped.
#[derive(Clone, Debug, Args)]
pub(crate) struct Folder {
    /// The data folder; its server must be stopped
    #[arg(long, env = "CONVOLOG_DATA", value_name = "DIR")]
    pub(crate) data: PathBuf,

    #[command(flatten)]
    pub(crate) keys: Keys,
}

/// What opens a data folder.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Keys {
    #[command(flatten)]
    pub(crate) master: MasterKeyArgs,

    /// The second place of the vault, if the server has one
    #[arg(long, env = "CONVOLOG_VAULT_MIRROR", value_name = "FILE")]
    pub(crate) vault_mirror: Option<PathBuf>,
}

impl Folder {
    /// Opens it.
    pub(crate) fn open(&self) -> Result<DataFolder, Failure> {
        self.keys.open(&self.data)
    }
}

impl Keys {
    /// Opens a data folder.
    pub(crate) fn open(&self, data: &Path) -> Result<DataFolder, Failure> {
        if !DataFolder::log_path(data).join("MANIFEST").is_file() {
            let missing = convolog_engine::FolderError::Missing(data.to_owned());
            return Err(missing.into());
        }
        let master = self.master.load(data)?;
        let options =
            FolderOptions { vault_mirror: self.vault_mirror.clone(), ..FolderOptions::default() };
        Ok(DataFolder::open(data, &master, options)?)
    }
}

/// A data folder or a server.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    #[command(flatten)]
    pub(crate) which: Which,

    #[command(flatten)]
    pub(crate) keys: Keys,
}

/// One of the two.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Which {
    /// The data folder; its server must be stopped
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// The address of a server that runs, such as `http://127.0.0.1:8080`
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}

/// Where a command looks, decided.
pub(crate) enum Target {
    /// An open data folder.
    Folder(DataFolder),
    /// The address of a server.
    Server(String),
}

impl Place {
    /// Opens the folder, or answers the address.
    pub(crate) fn target(&self) -> Result<Target, Failure> {
        match (&self.which.data, &self.which.url) {
            (Some(data), _) => Ok(Target::Folder(self.keys.open(data)?)),
            (None, Some(url)) => Ok(Target::Server(url.clone())),
            (None, None) => Err(Failure::usage("name a place with --data or --url")),
        }
    }
}
