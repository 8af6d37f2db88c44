//! What can go wrong with the vault, and what to do about it.

use std::path::PathBuf;

use uuid::Uuid;

/// Why the vault refused. No variant ever carries a key, a secret or a personal value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The master key is not 64 hexadecimal digits.
    #[error("the master key is not 64 hexadecimal digits; make one with `openssl rand -hex 32`")]
    BadMaster,
    /// The file is whole, but this master key did not make it.
    #[error(
        "the vault {path} was made with another master key; set CONVOLOG_MASTER_KEY to the one it was made with"
    )]
    WrongMaster {
        /// The vault file.
        path: PathBuf,
    },
    /// The log needs a vault, and there is none.
    #[error(
        "there is no vault at {path}, but the log needs one of generation {needed} or later; bring it back with `convolog keys restore`"
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
        /// The generation that the log names.
        needed: u64,
    },
    /// The vault is older than the log: keys or erasures are missing from it.
    #[error(
        "the vault {path} is of generation {found}, the log or the mirror needs {needed} or later; put the newer file back, or use `convolog keys restore`, which applies every erasure again"
    )]
    WentBack {
        /// The vault file.
        path: PathBuf,
        /// Its generation.
        found: u64,
        /// What is needed.
        needed: u64,
    },
    /// A backup lies where the vault should be.
    #[error(
        "{path} is a backup, not a vault; use `convolog keys restore`, which applies every erasure again"
    )]
    IsBackup {
        /// The file.
        path: PathBuf,
    },
    /// A vault was named as a backup.
    #[error("{path} is not a backup made by `convolog keys backup`")]
    NotBackup {
        /// The file.
        path: PathBuf,
    },
    /// The mirror or the backup belongs to another vault.
    #[error(
        "{path} belongs to another vault; name the place that belongs to this one, or an empty one"
    )]
    OtherVault {
        /// The file.
        path: PathBuf,
    },
    /// A backup would replace a file.
    #[error("{path} exists; name a new file for the backup")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A backup past its day: erasure certificates promise that it no longer exists.
    #[error(
        "the backup {path} expired at {expired} (seconds since 1970); accept that explicitly to restore it all the same"
    )]
    Expired {
        /// The backup.
        path: PathBuf,
        /// When, in seconds since 1970.
        expired: i64,
    },
    /// A restore would leave sealed parts that nobody can read.
    #[error(
        "restoring this backup would leave {subjects} subjects and {workspaces} workspaces of the log without their keys; find a newer backup or the mirror, or accept the loss explicitly"
    )]
    WouldLose {
        /// Subjects whose keys the backup lacks.
        subjects: u64,
        /// Workspaces whose hashing keys it lacks.
        workspaces: u64,
    },
    /// Bytes that are not what was written.
    #[error(
        "the vault {path} holds {what}; put the mirror in its place, or use `convolog keys restore`"
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: &'static str,
    },
    /// Another process has it open.
    #[error("another process has the vault {path} open; stop it first, or ask it over its URL")]
    InUse {
        /// The vault file.
        path: PathBuf,
    },
    /// The subject was erased; it never gets a key again.
    #[error("subject {subject} was erased; nothing can be sealed for it any more")]
    Erased {
        /// Which subject.
        subject: Uuid,
    },
    /// The vault has no such key.
    #[error("the vault has no key for subject {subject}")]
    Unknown {
        /// Which subject.
        subject: Uuid,
    },
    /// Too much for one sealed part or one entry.
    #[error("{bytes} bytes are over the limit of {limit} for {what}")]
    TooLarge {
        /// What was too large.
        what: &'static str,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// A part of the cryptography or compression refused; this is a bug or a lack of memory.
    #[error("could not {action}")]
    Crypto {
        /// What was attempted.
        action: &'static str,
    },
    /// An earlier write or sync failed; the process must restart and recover.
    #[error("the vault stopped taking writes after a failed write: {0}; restart to recover")]
    Poisoned(String),
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

impl VaultError {
    /// Wraps an I/O error with what was attempted.
    pub(crate) fn io(
        action: &'static str,
        path: &std::path::Path,
    ) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_path_buf(), source }
    }

    /// A corruption of `path`.
    pub(crate) fn corrupt(what: &'static str, path: &std::path::Path) -> Self {
        Self::Corrupt { path: path.to_path_buf(), what }
    }
}
