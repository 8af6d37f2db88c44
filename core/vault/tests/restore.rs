//! Backup and restore: nobody who was erased comes back, and no loss goes unsaid.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::PathBuf;

use convolog_vault::{
    ErasureOrder, KEEP_SECONDS, KeptStop, KeyState, Location, LogFacts, MasterKey, Opened, Restore,
    Restored, SecretString, Vault, VaultError, erasures, expire_backups,
};
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);
const MARIA: Uuid = Uuid::from_u128(0xB);
const AHMED: Uuid = Uuid::from_u128(0xC);
const LATER: Uuid = Uuid::from_u128(0xD);
const EVENT: Uuid = Uuid::from_u128(0xE);
const NOW: i64 = 1_795_000_000;

struct House {
    dir: tempfile::TempDir,
    master: MasterKey,
}

impl House {
    fn new() -> Self {
        let master = MasterKey::parse(&"aa".repeat(32)).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), master }
    }
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    fn vault(&self, generation: u64) -> Result<std::sync::Arc<Vault>, VaultError> {
        Vault::open(&self.path("keys.vault"), &self.master, generation)
    }
    fn restore(
        &self,
        log: &LogFacts,
        change: impl Fn(&mut Restore<'_>),
    ) -> Result<Restored, VaultError> {
        self.restore_from("backup", log, change)
    }

    fn restore_from(
        &self,
        backup: &str,
        log: &LogFacts,
        change: impl Fn(&mut Restore<'_>),
    ) -> Result<Restored, VaultError> {
        let (backup, path) = (self.path(backup), self.path("keys.vault"));
        let mut restore = Restore {
            backup: &backup,
            backup_master: &self.master,
            to: Location { path: &path, mirror: None },
            master: &self.master,
            now: NOW,
            accept_loss: false,
            accept_expired: false,
        };
        change(&mut restore);
        restore.run(log)
    }
}

fn stop(subject: Uuid) -> KeptStop {
    KeptStop { workspace: WORKSPACE, subject, scope: 1, since: NOW - 20 }
}

fn order(subject: Uuid) -> ErasureOrder {
    ErasureOrder { workspace: WORKSPACE, subject, at: NOW - 10 }
}

#[test]
fn yesterdays_backup_does_not_bring_an_erased_person_back() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    let marias = vault.seal(WORKSPACE, MARIA, EVENT, b"maria").unwrap();
    let ahmeds = vault.seal(WORKSPACE, AHMED, EVENT, b"ahmed").unwrap();
    vault.identity_token(WORKSPACE, 1, b"5511999", MARIA).unwrap();
    let secret = vault.put_secret(WORKSPACE, &SecretString::from("s")).unwrap();
    let backup = vault.backup(&house.path("backup"), NOW).unwrap();
    assert_eq!(backup.expires_at, NOW + KEEP_SECONDS);
    assert_eq!(vault.remove_secrets(&[(WORKSPACE, secret.id)]).unwrap(), 1);
    let head = vault.erase(WORKSPACE, MARIA, NOW - 10).unwrap().generation;
    drop(vault);
    std::fs::remove_file(house.path("keys.vault")).unwrap();

    let log = LogFacts {
        erasures: vec![order(MARIA)],
        needed: [(WORKSPACE, MARIA), (WORKSPACE, AHMED)].into(),
        stops: vec![stop(MARIA)],
        removed_secrets: vec![(WORKSPACE, secret.id)],
        before_day: 0,
        generation: head,
    };
    let restored = house.restore(&log, |_| ()).unwrap();
    assert_eq!((restored.erased_again, restored.erased, restored.subjects), (1, 1, 1));
    assert_eq!((restored.unreadable, restored.workspaces_lost), (0, 0));
    assert!(restored.generation > head, "so that HEAD accepts it");

    let vault = house.vault(restored.generation).unwrap();
    assert_eq!(vault.open_part(WORKSPACE, EVENT, &marias.as_part()), Opened::Erased);
    assert!(matches!(vault.open_part(WORKSPACE, EVENT, &ahmeds.as_part()), Opened::Plain(_)));
    assert_eq!(vault.find_identity(WORKSPACE, 1, b"5511999").unwrap(), None);
    assert_eq!(vault.erased_identity(WORKSPACE, 1, b"5511999", NOW).unwrap(), Some(NOW - 10));
    assert_eq!(vault.kept_stop(WORKSPACE, (1, b"5511999"), 1).unwrap(), Some(NOW - 20));
    assert!(vault.secret(WORKSPACE, secret.id).is_none());
}

#[test]
fn a_backup_cannot_be_slipped_in_as_the_vault() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    vault.backup(&house.path("backup"), NOW).unwrap();
    let twice = vault.backup(&house.path("keys.vault"), NOW);
    assert!(matches!(twice, Err(VaultError::Exists { .. })));
    drop(vault);
    std::fs::copy(house.path("backup"), house.path("keys.vault")).unwrap();
    assert!(matches!(house.vault(0), Err(VaultError::IsBackup { .. })));
}

#[test]
fn a_loss_is_refused_until_it_is_accepted_and_stays_known() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    vault.workspace_key(WORKSPACE).unwrap();
    vault.ensure_subject(WORKSPACE, AHMED).unwrap();
    vault.backup(&house.path("backup"), NOW).unwrap();
    let lost = vault.seal(WORKSPACE, LATER, EVENT, b"after the backup").unwrap();
    let head = vault.sync().unwrap();
    drop(vault);
    std::fs::remove_file(house.path("keys.vault")).unwrap();

    let needed = [(WORKSPACE, AHMED), (WORKSPACE, LATER)].into();
    let log = LogFacts { needed, generation: head, ..LogFacts::default() };
    let refused = house.restore(&log, |_| ());
    assert!(matches!(refused, Err(VaultError::WouldLose { subjects: 1, workspaces: 0 })));
    assert!(!house.path("keys.vault").exists(), "nothing was written");

    let restored = house.restore(&log, |r| r.accept_loss = true).unwrap();
    assert_eq!(restored.unreadable, 1);
    let vault = house.vault(restored.generation).unwrap();
    assert_eq!(vault.open_part(WORKSPACE, EVENT, &lost.as_part()), Opened::Unknown);
    let anew = vault.seal(WORKSPACE, LATER, Uuid::from_u128(9), b"writes again").unwrap();
    assert_eq!(vault.open_part(WORKSPACE, EVENT, &lost.as_part()), Opened::Unknown, "not corrupt");
    let opened = vault.open_part(WORKSPACE, Uuid::from_u128(9), &anew.as_part());
    assert!(matches!(opened, Opened::Plain(_)));
}

#[test]
fn a_lost_workspace_key_is_counted_and_the_new_one_tells() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    vault.backup(&house.path("backup"), NOW).unwrap();
    let fingerprint = vault.workspace_key(WORKSPACE).unwrap().fingerprint();
    let head = vault.sync().unwrap();
    drop(vault);
    std::fs::remove_file(house.path("keys.vault")).unwrap();
    let log = LogFacts {
        needed: [(WORKSPACE, WORKSPACE)].into(),
        generation: head,
        ..LogFacts::default()
    };
    let refused = house.restore(&log, |_| ());
    assert!(matches!(refused, Err(VaultError::WouldLose { subjects: 1, workspaces: 1 })));
    let restored = house.restore(&log, |r| r.accept_loss = true).unwrap();
    assert_eq!(restored.workspaces_lost, 1);
    let vault = house.vault(restored.generation).unwrap();
    assert_eq!(vault.status().lost, 2, "the workspace as a subject, and its hashing key");
    assert_ne!(vault.workspace_key(WORKSPACE).unwrap().fingerprint(), fingerprint);
}

#[test]
fn what_is_still_readable_in_its_place_is_kept() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    vault.workspace_key(WORKSPACE).unwrap();
    vault.ensure_subject(WORKSPACE, MARIA).unwrap();
    vault.backup(&house.path("backup"), NOW).unwrap();
    vault.erase(WORKSPACE, MARIA, NOW - 10).unwrap();
    vault.ensure_subject(WORKSPACE, LATER).unwrap();
    let generation = vault.sync().unwrap();
    drop(vault);
    let known = erasures(&house.path("keys.vault"), &house.master).unwrap();
    assert_eq!(known, [order(MARIA)]);

    // The log was restored as well, to a day before the erasure: only the leftover file knows of it.
    let needed = [(WORKSPACE, MARIA), (WORKSPACE, LATER)].into();
    let log = LogFacts { needed, ..LogFacts::default() };
    let restored = house.restore(&log, |_| ()).unwrap();
    assert_eq!((restored.erased, restored.subjects, restored.unreadable), (1, 1, 0));
    assert!(restored.generation > generation);
    let vault = house.vault(restored.generation).unwrap();
    assert_eq!(vault.key_state(WORKSPACE, MARIA), KeyState::Erased);
    assert_eq!(vault.key_state(WORKSPACE, LATER), KeyState::Present);
}

#[test]
fn an_expired_backup_is_refused_and_removed() {
    let house = House::new();
    let vault = house.vault(0).unwrap();
    vault.backup(&house.path("backup"), NOW - KEEP_SECONDS).unwrap();
    vault.backup(&house.path("younger"), NOW).unwrap();
    drop(vault);
    let refused = house.restore(&LogFacts::default(), |_| ());
    assert!(matches!(refused, Err(VaultError::Expired { .. })));
    house.restore(&LogFacts::default(), |r| r.accept_expired = true).unwrap();
    let removed = expire_backups(house.dir.path(), NOW).unwrap();
    assert_eq!(removed, [house.path("backup")]);
    assert!(house.path("younger").exists() && house.path("keys.vault").exists());
}

#[test]
fn only_a_backup_of_the_same_vault_is_restored() {
    let house = House::new();
    drop(house.vault(0).unwrap());
    let foreign = Vault::open(&house.path("other/keys.vault"), &house.master, 0).unwrap();
    foreign.backup(&house.path("backup"), NOW).unwrap();
    drop(foreign);
    let refused = house.restore(&LogFacts::default(), |_| ());
    assert!(matches!(refused, Err(VaultError::OtherVault { .. })));
    let refused = house.restore_from("other/keys.vault", &LogFacts::default(), |_| ());
    assert!(matches!(refused, Err(VaultError::NotBackup { .. })));
}
