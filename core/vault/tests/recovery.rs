//! Opening: what is taken back after a crash, and what is refused.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use convolog_vault::{KeyState, Location, MasterKey, Opened, Vault, VaultError};
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);
const MARIA: Uuid = Uuid::from_u128(0xB);
const EVENT: Uuid = Uuid::from_u128(0xE);

fn master(byte: &str) -> MasterKey {
    MasterKey::parse(&byte.repeat(32)).unwrap()
}

fn path(dir: &tempfile::TempDir) -> PathBuf {
    dir.path().join("vault").join("keys.vault")
}

fn open(path: &Path) -> Arc<Vault> {
    Vault::open(path, &master("aa"), 0).unwrap()
}

fn subject(n: usize) -> Uuid {
    Uuid::from_u128(1 + u128::try_from(n).unwrap())
}

#[test]
fn a_wrong_master_key_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(&path(&dir)));
    let before = std::fs::read(path(&dir)).unwrap();
    let refused = Vault::open(&path(&dir), &master("bb"), 0);
    assert!(matches!(refused, Err(VaultError::WrongMaster { .. })));
    assert_eq!(std::fs::read(path(&dir)).unwrap(), before);
}

#[test]
fn a_vault_older_than_head_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(&path(&dir));
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.sync().unwrap();
    let yesterday = std::fs::read(path(&dir)).unwrap();
    let head = vault.erase(WORKSPACE, MARIA, 5).unwrap().generation;
    drop(vault);
    std::fs::write(path(&dir), yesterday).unwrap();
    let refused = Vault::open(&path(&dir), &master("aa"), head).unwrap_err();
    assert!(matches!(refused, VaultError::WentBack { .. }));
    assert!(refused.to_string().contains("keys restore"));
    std::fs::remove_file(path(&dir)).unwrap();
    let refused = Vault::open(&path(&dir), &master("aa"), head);
    assert!(matches!(refused, Err(VaultError::Missing { .. })), "never an empty new one");
}

#[test]
fn a_torn_tail_is_dropped_at_every_byte_and_the_vault_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(&path(&dir));
    for n in 0..3 {
        vault.ensure_subject(WORKSPACE, subject(n)).unwrap();
        vault.sync().unwrap();
    }
    drop(vault);
    let whole = std::fs::read(path(&dir)).unwrap();
    let entry = 8 + 16 + 24 + 4 + 65 + 16;
    for cut in 1..entry {
        std::fs::write(path(&dir), &whole[..whole.len() - cut]).unwrap();
        let vault = open(&path(&dir));
        assert_eq!(vault.status().subjects, 2, "cut {cut}");
        vault.ensure_subject(WORKSPACE, subject(9)).unwrap();
        let generation = vault.sync().unwrap();
        drop(vault);
        let vault = Vault::open(&path(&dir), &master("aa"), generation).unwrap();
        assert_eq!(vault.key_state(WORKSPACE, subject(9)), KeyState::Present, "cut {cut}");
    }
}

#[test]
fn damage_to_an_acknowledged_entry_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(&path(&dir));
    for n in 0..2 {
        vault.ensure_subject(WORKSPACE, subject(n)).unwrap();
        vault.sync().unwrap();
    }
    drop(vault);
    let whole = std::fs::read(path(&dir)).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() - 200] ^= 1;
    std::fs::write(path(&dir), damaged).unwrap();
    let refused = Vault::open(&path(&dir), &master("aa"), 0);
    assert!(matches!(refused, Err(VaultError::Corrupt { .. })));
}

#[test]
fn a_second_process_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(&path(&dir));
    let refused = Vault::open(&path(&dir), &master("aa"), 0);
    assert!(matches!(refused, Err(VaultError::InUse { .. })));
    drop(vault);
    drop(open(&path(&dir)));
}

#[test]
fn only_the_owner_can_read_it() {
    let dir = tempfile::tempdir().unwrap();
    let vault = open(&path(&dir));
    vault.erase(WORKSPACE, MARIA, 5).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path(&dir)), 0o600);
    assert_eq!(mode(path(&dir).parent().unwrap()), 0o700);
}

#[test]
fn a_mirror_holds_the_same_bytes_before_the_answer() {
    let dir = tempfile::tempdir().unwrap();
    let (path, mirror) = (path(&dir), dir.path().join("second/keys.vault"));
    let at = Location { path: &path, mirror: Some(&mirror) };
    let vault = Vault::open_at(&at, &master("aa"), 0).unwrap();
    let same = || std::fs::read(&path).unwrap() == std::fs::read(&mirror).unwrap();
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.sync().unwrap();
    assert!(same());
    vault.erase(WORKSPACE, MARIA, 5).unwrap();
    assert!(same());
    vault.ensure_subject(WORKSPACE, subject(7)).unwrap();
    let generation = vault.sync().unwrap();
    assert!(same());
    drop(vault);

    // The disk of the vault dies; the mirror is the vault.
    std::fs::remove_file(&path).unwrap();
    let refused = Vault::open_at(&at, &master("aa"), 0);
    assert!(
        matches!(refused, Err(VaultError::Missing { .. })),
        "the mirror says that there was one"
    );
    std::fs::copy(&mirror, &path).unwrap();
    let vault = Vault::open_at(&at, &master("aa"), generation).unwrap();
    assert_eq!(vault.key_state(WORKSPACE, subject(7)), KeyState::Present);
}

#[test]
fn a_file_older_than_its_mirror_and_a_foreign_mirror_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (path, mirror) = (path(&dir), dir.path().join("second/keys.vault"));
    let at = Location { path: &path, mirror: Some(&mirror) };
    let vault = Vault::open_at(&at, &master("aa"), 0).unwrap();
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.sync().unwrap();
    let old = std::fs::read(&path).unwrap();
    vault.erase(WORKSPACE, MARIA, 5).unwrap();
    drop(vault);
    std::fs::write(&path, old).unwrap();
    let refused = Vault::open_at(&at, &master("aa"), 0);
    assert!(
        matches!(refused, Err(VaultError::WentBack { .. })),
        "HEAD may be lost, the mirror knows"
    );

    let foreign = dir.path().join("third/keys.vault");
    drop(open(&foreign));
    let at = Location { path: &path, mirror: Some(&foreign) };
    let refused = Vault::open_at(&at, &master("aa"), 0);
    assert!(matches!(refused, Err(VaultError::OtherVault { .. })));
}

#[test]
fn a_new_master_key_takes_over() {
    let dir = tempfile::tempdir().unwrap();
    let (path, mirror) = (path(&dir), dir.path().join("second/keys.vault"));
    let at = Location { path: &path, mirror: Some(&mirror) };
    let vault = Vault::open_at(&at, &master("aa"), 0).unwrap();
    let sealed = vault.seal(WORKSPACE, MARIA, EVENT, b"hello").unwrap();
    let mac = vault.workspace_key(WORKSPACE).unwrap().mac("x", &[]);
    vault.sync().unwrap();
    let old_mirror = std::fs::read(&mirror).unwrap();
    vault.rotate_master(master("bb")).unwrap();
    vault.ensure_subject(WORKSPACE, subject(7)).unwrap();
    let generation = vault.sync().unwrap();
    drop(vault);
    assert!(matches!(
        Vault::open(&path, &master("aa"), generation),
        Err(VaultError::WrongMaster { .. })
    ));
    // The crash came between the file and its mirror.
    std::fs::write(&mirror, old_mirror).unwrap();
    let vault = Vault::open_at(&at, &master("bb"), generation).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&mirror).unwrap());
    assert!(matches!(vault.open_part(WORKSPACE, EVENT, &sealed.as_part()), Opened::Plain(_)));
    assert_eq!(vault.workspace_key(WORKSPACE).unwrap().mac("x", &[]), mac, "claims stay valid");
}

#[test]
fn many_callers_share_syncs_and_each_finds_its_key_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let path = path(&dir);
    let vault = open(&path);
    std::thread::scope(|scope| {
        for t in 0..8 {
            let (vault, path) = (&vault, &path);
            scope.spawn(move || {
                for n in 0..20 {
                    vault.ensure_subject(WORKSPACE, subject(t * 100 + n)).unwrap();
                    let generation = if n % 2 == 0 {
                        vault.sync().unwrap()
                    } else {
                        futures::executor::block_on(vault.synced()).unwrap()
                    };
                    assert!(std::fs::metadata(path).unwrap().len() > 69 * (generation - 1));
                }
            });
        }
    });
    assert_eq!(vault.generation(), 1 + 160, "one for each new subject, none for the syncs");
    drop(vault);
    assert_eq!(open(&path).status().subjects, 160);
}

#[test]
fn erasures_and_new_keys_do_not_get_in_each_others_way() {
    let dir = tempfile::tempdir().unwrap();
    let path = path(&dir);
    let vault = open(&path);
    for n in 0..20 {
        vault.ensure_subject(WORKSPACE, subject(n)).unwrap();
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..20 {
                vault.erase(WORKSPACE, subject(n), 5).unwrap();
            }
        });
        scope.spawn(|| {
            for n in 100..200 {
                vault.ensure_subject(WORKSPACE, subject(n)).unwrap();
                if n % 7 == 0 {
                    vault.sync().unwrap();
                }
            }
            vault.sync().unwrap();
        });
    });
    let generation = vault.generation();
    drop(vault);
    let status = Vault::open(&path, &master("aa"), generation).unwrap().status();
    assert_eq!((status.subjects, status.erased, status.generation), (100, 20, generation));
}
