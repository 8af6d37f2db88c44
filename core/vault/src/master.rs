//! The master key: the one secret that lives outside the data folder.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::key::{KEY_LEN, Key, random};

/// Opens the vault. Comes from the environment or from a file outside the data folder.
pub struct MasterKey(Key);

impl MasterKey {
    /// Reads 64 hexadecimal digits; surrounding white space is ignored, as files end in a newline.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        hex::decode_to_slice(text.trim(), bytes.as_mut()).map_err(|_| VaultError::BadMaster)?;
        Ok(Self(Key::new(*bytes)))
    }

    /// A fresh one, as 64 hexadecimal digits, to be shown or stored once.
    pub fn generate() -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*Zeroizing::new(random::<KEY_LEN>())))
    }

    /// The two keys of one vault file: the first encrypts entries, the second vouches for the header.
    pub(crate) fn file_keys(
        &self,
        salt: &[u8; 32],
        vault: Uuid,
        epoch: u32,
    ) -> Result<(Key, Key), VaultError> {
        let hkdf = Hkdf::<Sha256>::new(Some(salt), self.0.bytes());
        let expand = |label: &[u8]| {
            let mut out = Zeroizing::new([0; KEY_LEN]);
            let info = [label, &[0], vault.as_bytes(), &epoch.to_be_bytes()];
            hkdf.expand_multi_info(&info, out.as_mut())
                .map_err(|_| VaultError::Crypto { action: "derive the keys of the vault" })?;
            Ok(Key::new(*out))
        };
        Ok((expand(b"convolog/vault/entries/1")?, expand(b"convolog/vault/header/1")?))
    }

    /// A second handle, for a vault that must rewrite itself later.
    pub(crate) fn duplicate(&self) -> Self {
        Self(Key::new(*self.0.bytes()))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_64_hex_digits_are_a_master_key() {
        assert!(MasterKey::parse(&MasterKey::generate()).is_ok());
        assert!(MasterKey::parse(&format!("{}\n", "0a".repeat(32))).is_ok());
        for bad in ["", "0a", &"0a".repeat(33), &"zz".repeat(32)] {
            assert!(matches!(MasterKey::parse(bad), Err(VaultError::BadMaster)));
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let text = format!("{:?}", MasterKey::parse(&"ab".repeat(32)).unwrap());
        assert!(!text.contains("ab"), "{text}");
    }
}
