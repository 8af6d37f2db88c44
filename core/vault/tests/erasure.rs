//! Erasing: what goes, what stays in its place, and for how long.

use convolog_vault::{
    ErasureOrder, INSTALLATION, KEEP_SECONDS, KeptStop, KeyState, MasterKey, Opened, Purged,
    SecretString, Vault, VaultError, day_number, day_subject,
};
use std::sync::Arc;
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);
const OTHER: Uuid = Uuid::from_u128(0xAA);
const MARIA: Uuid = Uuid::from_u128(0xB);
const AHMED: Uuid = Uuid::from_u128(0xC);
const ANEW: Uuid = Uuid::from_u128(0xD);
const EVENT: Uuid = Uuid::from_u128(0xE);
const PHONE: u8 = 1;
const NOW: i64 = 1_795_000_000;

fn vault(dir: &tempfile::TempDir) -> Result<Arc<Vault>, VaultError> {
    let master = MasterKey::parse(&"5c".repeat(32))?;
    Vault::open(&dir.path().join("vault/keys.vault"), &master, 0)
}

#[test]
fn a_person_leaves_a_tombstone_that_expires() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let first = v.identity_token(WORKSPACE, PHONE, b"5511999", MARIA).unwrap();
    let kept = v.identity_token(WORKSPACE, PHONE, b"4915111", AHMED).unwrap();
    let elsewhere = v.identity_token(OTHER, PHONE, b"5511999", MARIA).unwrap();
    v.erase(WORKSPACE, MARIA, NOW).unwrap();
    drop(v);

    let v = vault(&dir).unwrap();
    let erased = |value: &[u8], now| v.erased_identity(WORKSPACE, PHONE, value, now).unwrap();
    assert_eq!(erased(b"5511999", NOW), Some(NOW));
    assert_eq!(erased(b"5511999", NOW + KEEP_SECONDS), None, "30 days later");
    assert_eq!(erased(b"4915111", NOW), None);
    assert_eq!(v.find_identity(WORKSPACE, PHONE, b"4915111").unwrap(), Some(kept));
    assert_eq!(v.find_identity(OTHER, PHONE, b"5511999").unwrap(), Some(elsewhere));

    assert_eq!(v.find_identity(WORKSPACE, PHONE, b"5511999").unwrap(), None);
    let refused = v.identity_token(WORKSPACE, PHONE, b"5511999", MARIA);
    assert!(matches!(refused, Err(VaultError::Erased { .. })));
    let anew = v.identity_token(WORKSPACE, PHONE, b"5511999", Uuid::from_u128(77)).unwrap();
    assert_ne!(anew.token, first.token, "writes again: somebody new");

    assert_eq!(v.purge(NOW + KEEP_SECONDS - 1, 0).unwrap(), Purged::default());
    assert_eq!(v.purge(NOW + KEEP_SECONDS, 0).unwrap(), Purged { tombstones: 1, days: 0 });
    assert_eq!(v.status().tombstones, 0);
    assert_eq!(v.key_state(WORKSPACE, MARIA), KeyState::Erased, "for ever");
}

#[test]
fn the_file_is_rewritten_under_a_new_epoch_and_the_old_bytes_are_gone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vault/keys.vault");
    let v = vault(&dir).unwrap();
    v.ensure_subject(WORKSPACE, MARIA).unwrap();
    v.ensure_subject(WORKSPACE, AHMED).unwrap();
    v.sync().unwrap();
    let (epoch, before) = (v.epoch(), std::fs::read(&path).unwrap());
    // A second name keeps the replaced file within reach, as a forensic reader would have it.
    let second_name = dir.path().join("second-name");
    std::fs::hard_link(&path, &second_name).unwrap();
    let erasure = v.erase(WORKSPACE, MARIA, NOW).unwrap();
    assert_eq!(erasure.epoch, epoch + 1);
    assert_eq!(erasure.backups_expire_at, NOW + KEEP_SECONDS);
    let after = std::fs::read(&path).unwrap();
    // Apart from the first fields of the header, which name the vault.
    let after = &after[64..];
    assert!(!before.windows(24).any(|w| after.windows(24).any(|x| x == w)), "nothing is shared");
    assert!(std::fs::read(&second_name).unwrap().iter().all(|&b| b == 0), "overwritten");
}

#[test]
fn many_go_with_one_rewrite() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let order = |n| ErasureOrder { workspace: WORKSPACE, subject: Uuid::from_u128(n), at: NOW };
    for n in 1..=100 {
        v.ensure_subject(WORKSPACE, Uuid::from_u128(n)).unwrap();
    }
    let epoch = v.epoch();
    let orders: Vec<_> = (1..=50).map(order).collect();
    let erasures = v.erase_all(&orders).unwrap();
    assert_eq!(erasures.len(), 50);
    assert!(erasures.iter().all(|e| e.epoch == epoch + 1));
    assert_eq!(v.erase_all(&orders).unwrap(), erasures);
    assert_eq!(v.epoch(), epoch + 1, "nothing new, no rewrite");
    let status = v.status();
    assert_eq!((status.subjects, status.erased), (50, 50));
}

#[test]
fn a_subject_never_seen_can_be_erased() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    v.erase(WORKSPACE, MARIA, NOW).unwrap();
    assert!(matches!(v.ensure_subject(WORKSPACE, MARIA), Err(VaultError::Erased { .. })));
    assert!(v.ensure_subject(OTHER, MARIA).is_ok(), "another workspace's is another person");
    assert!(matches!(
        v.subject_fingerprint(WORKSPACE, MARIA, "name", b"Maria"),
        Err(VaultError::Erased { .. })
    ));
    assert!(matches!(v.event_key(WORKSPACE, MARIA, EVENT), Err(VaultError::Erased { .. })));
}

#[test]
fn a_quarantine_day_ends() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let today = day_number(NOW);
    let subject = v.ensure_day(INSTALLATION, today).unwrap();
    assert_eq!(subject, day_subject(today));
    let old = v.ensure_day(INSTALLATION, today - 30).unwrap();
    let seal = |day| v.seal(INSTALLATION, day, EVENT, b"{}").unwrap();
    let (kept, gone) = (seal(subject), seal(old));
    assert_eq!(v.destroy_day_keys(today - 29).unwrap(), 1);
    drop(v);
    let v = vault(&dir).unwrap();
    assert_eq!(v.open_part(INSTALLATION, EVENT, &gone.as_part()), Opened::Erased);
    assert!(matches!(v.open_part(INSTALLATION, EVENT, &kept.as_part()), Opened::Plain(_)));
    assert!(matches!(v.ensure_day(OTHER, today - 30), Err(VaultError::Erased { .. })));
}

#[test]
fn a_removed_secret_is_gone_and_only_its_workspace_removes_it() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let secret = SecretString::from("app-secret");
    let stored = v.put_secret(WORKSPACE, &secret).unwrap();
    assert_eq!(v.put_secret(OTHER, &secret).unwrap().fingerprint, stored.fingerprint);
    assert_eq!(v.secret_fingerprint(&secret).unwrap(), stored.fingerprint);
    assert_eq!(v.remove_secrets(&[(OTHER, stored.id)]).unwrap(), 0);
    assert_eq!(v.remove_secrets(&[(OTHER, stored.id), (WORKSPACE, stored.id)]).unwrap(), 1);
    drop(v);
    assert!(vault(&dir).unwrap().secret(WORKSPACE, stored.id).is_none());
}

#[test]
fn message_keys_are_refused_for_30_days() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let hash = v.workspace_key(WORKSPACE).unwrap().mac("message", &[b"wamid.X"]);
    v.entomb(WORKSPACE, hash, NOW).unwrap();
    assert_eq!(v.erased_key(WORKSPACE, &hash, NOW), Some(NOW));
    assert_eq!(v.erased_key(OTHER, &hash, NOW), None);
    assert_eq!(v.erased_key(WORKSPACE, &hash, NOW + KEEP_SECONDS), None);
}

#[test]
fn a_token_moves_with_a_merge_and_goes_with_its_new_subject() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let phone = v.identity_token(WORKSPACE, PHONE, b"5511999", MARIA).unwrap();
    assert!(v.move_token(WORKSPACE, phone.token, AHMED).unwrap());
    assert!(!v.move_token(OTHER, phone.token, AHMED).unwrap());
    let found = v.find_identity(WORKSPACE, PHONE, b"5511999").unwrap().unwrap();
    assert_eq!((found.token, found.subject), (phone.token, AHMED));
    v.erase(WORKSPACE, AHMED, NOW).unwrap();
    assert_eq!(v.find_identity(WORKSPACE, PHONE, b"5511999").unwrap(), None);
    assert!(matches!(v.move_token(WORKSPACE, phone.token, AHMED), Err(VaultError::Erased { .. })));
}

#[test]
fn a_stop_outlives_the_person_and_goes_when_they_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(&dir).unwrap();
    vault.identity_token(WORKSPACE, 1, b"5511999", MARIA).unwrap();
    vault.identity_token(WORKSPACE, 1, b"5511888", AHMED).unwrap();
    let stop = KeptStop { workspace: WORKSPACE, subject: MARIA, scope: 1, since: NOW };
    vault.keep_stop(&stop).unwrap();
    vault.erase(WORKSPACE, MARIA, NOW).unwrap();
    let kept = |value: &[u8], scope| vault.kept_stop(WORKSPACE, (1, value), scope).unwrap();
    assert_eq!(kept(b"5511999", 1), Some(NOW));
    assert_eq!((kept(b"5511999", 2), kept(b"5511888", 1)), (None, None));
    vault.purge(NOW + 100 * KEEP_SECONDS, 0).unwrap();
    assert_eq!(kept(b"5511999", 1), Some(NOW), "it does not run out");
    vault.identity_token(WORKSPACE, 1, b"5511999", ANEW).unwrap();
    vault.forget_stop(&KeptStop { subject: AHMED, ..stop }).unwrap();
    assert_eq!(kept(b"5511999", 1), Some(NOW));
    vault.forget_stop(&KeptStop { subject: ANEW, ..stop }).unwrap();
    assert_eq!(kept(b"5511999", 1), None);
}
