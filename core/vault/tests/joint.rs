//! Joint subjects: one part about two people.

use convolog_vault::{KeyState, MasterKey, Opened, Vault, VaultError};
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);
const MARIA: Uuid = Uuid::from_u128(0xB);
const AHMED: Uuid = Uuid::from_u128(0xC);
const EVENT: Uuid = Uuid::from_u128(0xE);

fn vault(dir: &tempfile::TempDir) -> Result<std::sync::Arc<Vault>, VaultError> {
    Vault::open(&dir.path().join("keys.vault"), &MasterKey::parse(&"5c".repeat(32))?, 0)
}

#[test]
fn it_is_readable_until_the_first_member_is_erased() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    let both = v.joint_subject(WORKSPACE, &[MARIA, AHMED]).unwrap();
    assert_eq!(v.joint_subject(WORKSPACE, &[AHMED, MARIA, AHMED]).unwrap(), both);
    let sealed = v.seal(WORKSPACE, both, EVENT, b"Maria is now Ahmed's number").unwrap();
    drop(v);
    let v = vault(&dir).unwrap();
    assert!(matches!(v.open_part(WORKSPACE, EVENT, &sealed.as_part()), Opened::Plain(_)));
    assert_eq!(v.status().subjects, 2, "no third key is stored");
    v.erase(WORKSPACE, AHMED, 5).unwrap();
    assert_eq!(v.open_part(WORKSPACE, EVENT, &sealed.as_part()), Opened::Erased);
    assert_eq!(v.key_state(WORKSPACE, both), KeyState::Erased);
    assert_eq!(v.key_state(WORKSPACE, MARIA), KeyState::Present);
    drop(v);
    let v = vault(&dir).unwrap();
    assert_eq!(v.open_part(WORKSPACE, EVENT, &sealed.as_part()), Opened::Erased);
    assert!(matches!(v.seal(WORKSPACE, both, EVENT, b"x"), Err(VaultError::Erased { .. })));
    let again = v.joint_subject(WORKSPACE, &[MARIA, AHMED]);
    assert!(matches!(again, Err(VaultError::Erased { .. })));
}

#[test]
fn one_member_is_itself_and_other_sets_are_others() {
    let dir = tempfile::tempdir().unwrap();
    let v = vault(&dir).unwrap();
    assert_eq!(v.joint_subject(WORKSPACE, &[MARIA, MARIA]).unwrap(), MARIA);
    let both = v.joint_subject(WORKSPACE, &[MARIA, AHMED]).unwrap();
    let third = Uuid::from_u128(0xD);
    assert_ne!(v.joint_subject(WORKSPACE, &[MARIA, third]).unwrap(), both);
    assert_ne!(v.joint_subject(Uuid::nil(), &[MARIA, AHMED]).unwrap(), both);
    let nested = v.joint_subject(WORKSPACE, &[both, third]);
    assert!(matches!(nested, Err(VaultError::Unknown { .. })));
    let many: Vec<_> = (1..=1_001).map(Uuid::from_u128).collect();
    let refused = v.joint_subject(WORKSPACE, &many);
    assert!(matches!(refused, Err(VaultError::TooLarge { .. })));
    assert!(v.joint_subject(WORKSPACE, &many[..1_000]).is_ok());
    v.sync().unwrap();
    drop(v);
    assert!(vault(&dir).is_ok());
}

#[test]
fn nobody_at_all_is_no_joint_subject() {
    let dir = tempfile::tempdir().unwrap();
    let refused = vault(&dir).unwrap().joint_subject(WORKSPACE, &[]);
    assert!(matches!(refused, Err(VaultError::Unknown { .. })));
}
