//! What the demo remembers between two starts, in its data folder.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use convolog_server::surfaces::Surface;
use convolog_vault::MasterKey;
use serde::{Deserialize, Serialize};

use crate::cli::{Failure, demo_file};

/// Everything that a second start needs. A demo keeps its keys in its folder; nobody else should.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) admin_token: String,
    pub(super) businesses: Vec<Known>,
    /// Every conversation was told to its end.
    pub(super) seeded: bool,
    /// Where the simulated WhatsApp listens: the channels name this address.
    #[serde(default)]
    pub(super) platform: Option<SocketAddr>,
    /// How many exchanges the simulated customers had.
    #[serde(default)]
    pub(super) exchanges: u64,
}

/// A business that was set up.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Known {
    /// The name of its script.
    pub(super) script: String,
    pub(super) workspace: String,
    pub(super) key: String,
    pub(super) app_secret: String,
    /// A key of each dialect, by its name.
    #[serde(default)]
    pub(super) dialects: BTreeMap<String, String>,
}

impl Known {
    /// The key with which a path is called: that of the dialect at whose prefix it stands, else the
    /// native one.
    pub(super) fn key_for(&self, path: &str) -> &str {
        self.dialects.get(Surface::at(path).name).unwrap_or(&self.key)
    }
}

impl State {
    fn path(data: &Path) -> PathBuf {
        data.join("demo.json")
    }

    /// What is remembered, or a new demo.
    pub(super) fn load(data: &Path) -> Result<Self, Failure> {
        match std::fs::read(Self::path(data)) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if data.join("log").exists() {
                    let what = format!("{} holds data that no demo made", data.display());
                    let hint = "name another folder with --data, or use `convolog serve`";
                    return Err(Failure::usage(what).hint(hint));
                }
                std::fs::create_dir_all(data)?;
                Ok(Self { admin_token: MasterKey::generate().to_string(), ..Self::default() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Remembers.
    pub(super) fn save(&self, data: &Path) -> Result<(), Failure> {
        write_private(&Self::path(data), &serde_json::to_vec_pretty(self)?)
    }
}

/// The demo's master key, made if there is none.
pub(super) fn master_key(data: &Path) -> Result<String, Failure> {
    let path = demo_file(data);
    if let Ok(text) = std::fs::read_to_string(&path) {
        return Ok(text.trim().to_owned());
    }
    let key = MasterKey::generate();
    write_private(&path, format!("{}\n", key.as_str()).as_bytes())?;
    Ok(key.to_string())
}

/// Writes a file that only its owner reads, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    let new = path.with_extension("new");
    let mut file =
        std::fs::File::options().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    Ok(())
}
