//! The vault from outside: what comes back, what is refused, what stays away.

use convolog_vault::{ExposeSecret, KeyState, MasterKey, Opened, SecretString, Vault, VaultError};
use uuid::Uuid;

const WORKSPACE: Uuid = Uuid::from_u128(0xA);
const MARIA: Uuid = Uuid::from_u128(0xB);
const EVENT: Uuid = Uuid::from_u128(0xE);

fn master() -> MasterKey {
    MasterKey::parse(&"5c".repeat(32)).unwrap_or_else(|_| unreachable!("64 hexadecimal digits"))
}

#[test]
fn what_was_sealed_opens_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vault/keys.vault");
    let vault = Vault::open(&path, &master(), 0).unwrap();
    let sealed = vault.seal(WORKSPACE, MARIA, EVENT, b"hello").unwrap();
    let mac = vault.workspace_key(WORKSPACE).unwrap().mac("x", &[b"y"]);
    let token = vault.identity_token(WORKSPACE, 1, b"5511999", MARIA).unwrap();
    let secret = vault.put_secret(WORKSPACE, &SecretString::from("EAAG")).unwrap();
    let generation = vault.sync().unwrap();
    assert_eq!(generation, 1 + 5, "two workspace keys, a subject, a token, a secret");
    drop(vault);

    let vault = Vault::open(&path, &master(), generation).unwrap();
    let opened = vault.open_part(WORKSPACE, EVENT, &sealed.as_part());
    assert_eq!(opened, Opened::Plain(b"hello".to_vec().into()));
    assert_eq!(vault.workspace_key(WORKSPACE).unwrap().mac("x", &[b"y"]), mac);
    assert_eq!(vault.identity_token(WORKSPACE, 1, b"5511999", Uuid::nil()).unwrap(), token);
    assert_eq!(vault.secret(WORKSPACE, secret.id).unwrap().expose_secret(), "EAAG");
    assert!(vault.secret(Uuid::nil(), secret.id).is_none(), "another workspace's");
}

#[test]
fn erased_stays_erased() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.vault");
    let vault = Vault::open(&path, &master(), 0).unwrap();
    let sealed = vault.seal(WORKSPACE, MARIA, EVENT, b"hello").unwrap();
    let erasure = vault.erase(WORKSPACE, MARIA, 1_000).unwrap();
    assert_eq!(vault.erase(WORKSPACE, MARIA, 2_000).unwrap(), erasure, "once");
    drop(vault);
    let vault = Vault::open(&path, &master(), erasure.generation).unwrap();
    assert_eq!(vault.key_state(WORKSPACE, MARIA), KeyState::Erased);
    assert_eq!(vault.open_part(WORKSPACE, EVENT, &sealed.as_part()), Opened::Erased);
    let again = vault.seal(WORKSPACE, MARIA, EVENT, b"hello");
    assert!(matches!(again, Err(VaultError::Erased { .. })));
}
