//! Profiles: where a server is and the key to it, kept in one file that only its owner can read.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::outcome::Failure;

/// The profile that is meant when none is named.
pub(super) const DEFAULT: &str = "default";

/// A server and what opens it.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    /// Its address.
    pub(super) url: String,
    /// An API key.
    pub(super) key: SecretString,
}

/// A profile as it stands in the file.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    url: String,
    key: String,
}

/// The file of all profiles.
pub(super) struct Profiles {
    path: PathBuf,
    kept: BTreeMap<String, Kept>,
}

impl Profiles {
    /// Reads the file; none yet is fine.
    pub(super) fn read() -> Result<Self, Failure> {
        let path = path()?;
        let kept = match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .with_context(|| format!("could not read the profiles in {}", path.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => {
                let what = format!("could not read the profiles in {}", path.display());
                return Err(anyhow::Error::new(error).context(what).into());
            }
        };
        Ok(Self { path, kept })
    }

    /// The profile of that name.
    pub(super) fn named(&self, name: &str) -> Option<Profile> {
        let Kept { url, key } = self.kept.get(name)?.clone();
        Some(Profile { url, key: key.into() })
    }

    /// Keeps a profile, in place of one of the same name; answers where.
    pub(super) fn keep(mut self, name: &str, profile: &Profile) -> Result<PathBuf, Failure> {
        let Profile { url, key } = profile;
        let kept = Kept { url: url.clone(), key: key.expose_secret().to_owned() };
        self.kept.insert(name.to_owned(), kept);
        let folder = self.path.parent().unwrap_or(&self.path);
        let refused = || format!("could not write the profiles to {}", self.path.display());
        std::fs::create_dir_all(folder).with_context(refused)?;
        // A temporary file is its owner's only, and stays so under its new name.
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(refused)?;
        file.write_all(&serde_json::to_vec_pretty(&self.kept)?).with_context(refused)?;
        file.as_file().sync_all().with_context(refused)?;
        file.persist(&self.path).with_context(refused)?;
        Ok(self.path)
    }
}

fn path() -> Result<PathBuf, Failure> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let config = set("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".config")));
    let config = config.ok_or_else(|| {
        Failure::usage("there is no place for profiles").hint("set HOME or XDG_CONFIG_HOME")
    })?;
    Ok(config.join("convolog").join("profiles.json"))
}
