//! What a crash leaves behind, at each step of a write. The "crash" is an error at a named point;
//! the vault is then opened again from what lies on the disk.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use crate::file::{crash_at, crash_reached, temporary};
use crate::{KeyState, Location, MasterKey, Opened, Vault, VaultError};

const WORKSPACE: Uuid = Uuid::from_u128(1);
const MARIA: Uuid = Uuid::from_u128(2);
const AHMED: Uuid = Uuid::from_u128(3);
const EVENT: Uuid = Uuid::from_u128(4);

fn master() -> MasterKey {
    MasterKey::parse(&"11".repeat(32)).unwrap()
}

fn open(path: &Path, generation: u64) -> Arc<Vault> {
    Vault::open(path, &master(), generation).unwrap()
}

#[test]
fn an_erasure_cut_short_before_the_rename_can_be_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.vault");
    let vault = open(&path, 0);
    let sealed = vault.seal(WORKSPACE, MARIA, EVENT, b"hello").unwrap();
    let generation = vault.sync().unwrap();
    crash_at("before rename");
    assert!(vault.erase(WORKSPACE, MARIA, 10).is_err());
    assert!(crash_reached());
    assert!(temporary(&path).exists(), "the new file was written");
    assert_eq!(
        vault.open_part(WORKSPACE, EVENT, &sealed.as_part()),
        Opened::Erased,
        "fails closed"
    );
    assert!(matches!(vault.erase(WORKSPACE, MARIA, 10), Err(VaultError::Poisoned(_))));
    assert!(matches!(vault.ensure_subject(WORKSPACE, AHMED), Err(VaultError::Poisoned(_))));
    drop(vault);

    let vault = open(&path, generation);
    assert!(!temporary(&path).exists());
    assert_eq!(
        vault.key_state(WORKSPACE, MARIA),
        KeyState::Present,
        "not erased, and not answered"
    );
    vault.erase(WORKSPACE, MARIA, 10).unwrap();
    assert_eq!(vault.key_state(WORKSPACE, MARIA), KeyState::Erased);
}

#[test]
fn an_erasure_cut_short_after_the_rename_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.vault");
    let vault = open(&path, 0);
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.sync().unwrap();
    crash_at("after rename");
    assert!(vault.erase(WORKSPACE, MARIA, 10).is_err());
    drop(vault);
    let vault = open(&path, 0);
    assert_eq!(vault.key_state(WORKSPACE, MARIA), KeyState::Erased);
    let erasure = vault.erase(WORKSPACE, MARIA, 99).unwrap();
    assert_eq!(erasure.generation, vault.generation(), "the first time counts");
}

#[test]
fn a_full_disk_fails_the_erasure_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.vault");
    let vault = open(&path, 0);
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    let secret = vault.put_secret(WORKSPACE, &"secret".into()).unwrap();
    vault.sync().unwrap();
    let epoch = vault.epoch();
    for erase in [true, false] {
        crash_at("before the new file is synced");
        if erase {
            assert!(vault.erase(WORKSPACE, MARIA, 10).is_err());
        } else {
            assert!(vault.remove_secrets(&[(WORKSPACE, secret.id)]).is_err());
        }
        assert!(crash_reached());
        assert!(!temporary(&path).exists(), "its room is given back");
    }
    vault.ensure_subject(WORKSPACE, AHMED).unwrap();
    vault.sync().unwrap();
    assert_eq!(vault.epoch(), epoch);
    let again = vault.remove_secrets(&[(WORKSPACE, secret.id)]).unwrap();
    assert_eq!(again, 0, "memory has dropped it already");
    assert_eq!(vault.epoch(), epoch + 1, "and now the file has, too");
    let erasure = vault.erase(WORKSPACE, MARIA, 10).unwrap();
    assert_eq!((erasure.generation, erasure.epoch), (vault.generation(), epoch + 1));
    drop(vault);
    let vault = open(&path, erasure.generation);
    assert_eq!(vault.key_state(WORKSPACE, MARIA), KeyState::Erased);
    assert_eq!(vault.key_state(WORKSPACE, AHMED), KeyState::Present);
    assert!(vault.secret(WORKSPACE, secret.id).is_none());
    assert_eq!(vault.erase(WORKSPACE, MARIA, 99).unwrap(), erasure);
}

#[test]
fn a_failed_write_answers_nobody_and_poisons() {
    for point in ["before append", "before sync"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.vault");
        let vault = open(&path, 0);
        vault.ensure_subject(WORKSPACE, AHMED).unwrap();
        let generation = vault.sync().unwrap();
        vault.ensure_subject(WORKSPACE, MARIA).unwrap();
        crash_at(point);
        assert!(matches!(vault.sync(), Err(VaultError::Io { .. })), "{point}");
        assert!(matches!(vault.sync(), Err(VaultError::Poisoned(_))), "{point}");
        assert!(vault.poisoned().is_some(), "{point}");
        let awaited = futures::executor::block_on(vault.synced());
        assert!(matches!(awaited, Err(VaultError::Poisoned(_))), "{point}");
        assert_eq!(vault.generation(), generation, "{point}");
        drop(vault);
        let vault = open(&path, generation);
        assert_eq!(vault.key_state(WORKSPACE, AHMED), KeyState::Present, "{point}");
    }
}

#[test]
fn a_mirror_that_missed_a_write_or_a_rewrite_catches_up() {
    let dir = tempfile::tempdir().unwrap();
    let (path, mirror) = (dir.path().join("a/keys.vault"), dir.path().join("b/keys.vault"));
    let at = || Location { path: &path, mirror: Some(&mirror) };
    let vault = Vault::open_at(&at(), &master(), 0).unwrap();
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.sync().unwrap();
    let before = std::fs::read(&mirror).unwrap();
    vault.erase(WORKSPACE, MARIA, 10).unwrap();
    drop(vault);
    std::fs::write(&mirror, before).unwrap();
    drop(Vault::open_at(&at(), &master(), 0).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&mirror).unwrap());
}
