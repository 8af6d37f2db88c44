//! Looking for bytes in the entries of a vault file, as a scan for leftovers does.
//!
//! The entries are decrypted here and only counts leave: they hold keys.

use std::path::Path;

use crate::entry::Entry;
use crate::error::VaultError;
use crate::file::VaultFile;
use crate::header::MAGIC;
use crate::master::MasterKey;

/// What was found in a vault file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Searched {
    /// Entries that were decrypted.
    pub entries: u64,
    /// For each of the byte strings, in their order, how many entries hold it.
    pub holding: Vec<u64>,
}

/// Whether a file that begins with these bytes is a vault, a mirror or a backup.
pub fn is_vault_file(front: &[u8]) -> bool {
    front.starts_with(&MAGIC)
}

/// Counts the entries of a vault file (or its mirror, or a backup) that hold each of `needles`,
/// wherever they may stand: names, keys, hashes, secrets. Does not touch the file.
///
/// # Errors
/// [`VaultError`] if the file is not a vault, or of another master key.
pub fn search_file(
    path: &Path,
    master: &MasterKey,
    needles: &[&[u8]],
) -> Result<Searched, VaultError> {
    let (_, _, entries) = VaultFile::read(path, master)?;
    let mut found = Searched { entries: 0, holding: vec![0; needles.len()] };
    for plain in entries.iter().map(Entry::encode) {
        found.entries += 1;
        for (needle, count) in needles.iter().zip(&mut found.holding) {
            let held = !needle.is_empty() && plain.windows(needle.len()).any(|at| at == *needle);
            *count += u64::from(held);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::vault::Vault;

    const WORKSPACE: Uuid = Uuid::from_u128(1);
    const PERSON: Uuid = Uuid::from_u128(2);

    #[test]
    fn the_key_of_a_person_is_in_the_file_until_they_are_erased() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.vault");
        let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
        let vault = Vault::open(&path, &master, 0).unwrap();
        vault.ensure_subject(WORKSPACE, PERSON).unwrap();
        vault.identity_token(WORKSPACE, 1, b"5511999990001", PERSON).unwrap();
        vault.sync().unwrap();
        let key = *vault.shared.state.read().subject_key(WORKSPACE, PERSON).unwrap().bytes();
        let count = || search_file(&path, &master, &[&key, b"5511999990001"]).unwrap();
        assert_eq!(count().holding, [1, 0], "{:?}", count());
        vault.erase(WORKSPACE, PERSON, 7).unwrap();
        assert_eq!(count().holding, [0, 0]);
        assert!(count().entries > 0);
        let raw = std::fs::read(&path).unwrap();
        assert!(is_vault_file(&raw) && !raw.windows(key.len()).any(|at| at == key));
    }

    #[test]
    fn another_master_key_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.vault");
        let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
        drop(Vault::open(&path, &master, 0).unwrap());
        let other = MasterKey::parse(&"5f".repeat(32)).unwrap();
        assert!(search_file(&path, &other, &[b"x"]).is_err());
    }
}
