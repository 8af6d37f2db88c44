//! Keys: sealing, unsealing, erasing, secrets.
//!
//! Owns the one file that must never be in a backup of the log: what a person said is sealed with
//! that person's key, and erasing the key erases it everywhere, without breaking a proof.
//! Guarantees that a key is on the disk before anybody is told that it is, and that an erased
//! subject never gets one again. Knows nothing of events or conversations; reads no clock.

mod backup;
#[cfg(test)]
mod crash_tests;
pub mod dictionary;
mod entry;
mod erase;
mod error;
mod file;
mod frame;
mod fresh;
mod header;
mod identity;
mod joint;
mod key;
mod master;
mod quarantine;
mod restore;
mod seal;
mod search;
mod secret;
mod shared;
mod state;
mod stops;
mod store;
mod vault;

pub use backup::{Backup, expire_backups};
pub use erase::{Erasure, ErasureOrder, Footprint, Purged};
pub use error::VaultError;
pub use key::{EventKey, WorkspaceKey};
pub use master::MasterKey;
pub use quarantine::{day_number, day_subject};
pub use restore::{LogFacts, Restore, Restored, erasures};
pub use seal::{ALGORITHM, OVERHEAD_BYTES, Opened, Part, Sealed, open_with_event_key};
pub use search::{Searched, is_vault_file, search_file};
pub use secrecy::{ExposeSecret, SecretString};
pub use secret::{SecretDraft, StoredSecret};
pub use state::{Identity, KeyState};
pub use stops::KeptStop;
pub use store::Location;
pub use vault::{INSTALLATION, KEEP_SECONDS, Status, Synced, Vault};
