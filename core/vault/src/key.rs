//! Keys in memory: wiped when dropped, never printed, compared in constant time.
//!
//! Owns the derivations and keyed hashes that everything else builds on. Labels separate domains;
//! parts are length-prefixed, so that no two lists of parts hash alike.

use std::fmt;
use std::sync::Arc;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::VaultError;

/// Bytes of every key.
pub(crate) const KEY_LEN: usize = 32;

/// Random bytes fit for keys, ids and nonces.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    rand::rng().fill_bytes(&mut out);
    out
}

/// Thirty-two secret bytes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key([u8; KEY_LEN]);

impl Key {
    /// A fresh one.
    pub(crate) fn random() -> Arc<Self> {
        Arc::new(Self(random()))
    }

    pub(crate) const fn new(bytes: [u8; KEY_LEN]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.0
    }

    /// HKDF-Expand: a key of its own for each label and context. The key is uniform, so the extract
    /// step of HKDF adds nothing (RFC 5869 §3.3).
    pub(crate) fn derive(&self, label: &str, context: &[&[u8]]) -> Result<Self, VaultError> {
        let refused = |_| VaultError::Crypto { action: "derive a key" };
        let hkdf = Hkdf::<Sha256>::from_prk(&self.0)
            .map_err(|_| VaultError::Crypto { action: "derive a key" })?;
        let mut info = Vec::with_capacity(label.len() + 1 + context.len() * 17);
        info.extend_from_slice(label.as_bytes());
        info.push(0);
        for part in context {
            info.extend_from_slice(part);
        }
        let mut out = Zeroizing::new([0; KEY_LEN]);
        hkdf.expand(&info, out.as_mut()).map_err(refused)?;
        Ok(Self(*out))
    }

    /// HMAC-SHA256 over label and parts, each with its length in front.
    pub(crate) fn mac(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        // The fixed-length form cannot fail, unlike `new_from_slice`: a key of one block.
        let mut block = Zeroizing::new([0; 64]);
        if let Some(front) = block.get_mut(..KEY_LEN) {
            front.copy_from_slice(&self.0);
        }
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        let mut feed = |part: &[u8]| {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        };
        feed(label.as_bytes());
        for part in parts {
            feed(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}
impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Enough of a keyed hash to tell values apart.
pub(crate) fn front(mac: &[u8; 32]) -> [u8; 8] {
    mac.first_chunk().copied().unwrap_or_default()
}

/// The hashing key of one workspace (or, under the nil id, of the installation). Never changes,
/// because claims are hashed with it for ever. Cheap to clone.
#[derive(Clone, Debug)]
pub struct WorkspaceKey(pub(crate) Arc<Key>);

impl WorkspaceKey {
    /// HMAC-SHA256 of the parts under a label that says what they are. Parts are length-prefixed.
    pub fn mac(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.0.mac(label, parts)
    }

    /// Tells this key apart from any other, for the log: recorded when a workspace is made, it lets
    /// a check notice that a vault hashes with another key than the claims were made with.
    pub fn fingerprint(&self) -> [u8; 8] {
        front(&self.mac("convolog/workspace-key/1", &[]))
    }
}

/// The key of one sealed part; whoever has it can read that part and nothing else. For case files.
#[derive(PartialEq, Eq, Debug)]
pub struct EventKey(pub(crate) Key);

impl EventKey {
    /// For the case file, which is the one place where it may be written.
    pub fn disclose(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.bytes()))
    }

    /// Reads what [`Self::disclose`] wrote; `None` for anything but 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        hex::decode_to_slice(text, bytes.as_mut()).ok()?;
        Some(Self(Key::new(*bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_shifted() {
        let key = Key::new([7; 32]);
        assert_ne!(key.mac("a", &[b"bc", b"d"]), key.mac("a", &[b"b", b"cd"]));
        assert_ne!(key.mac("a", &[b"b"]), key.mac("ab", &[]));
        assert_ne!(key.mac("a", &[]), key.mac("a", &[b""]));
    }

    #[test]
    fn a_mac_is_hmac_sha256() {
        let parts: Vec<u8> =
            [&5u64.to_be_bytes()[..], b"label", &2u64.to_be_bytes(), b"hi"].concat();
        let mut plain = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        plain.update(&parts);
        let expected: [u8; 32] = plain.finalize().into_bytes().into();
        assert_eq!(Key::new([7; 32]).mac("label", &[b"hi"]), expected);
    }

    #[test]
    fn debug_shows_nothing() {
        let key = EventKey(Key::new([0xab; 32]));
        assert!(!format!("{key:?}").contains("ab"));
        assert_eq!(EventKey::parse(&key.disclose()), Some(key));
        assert_eq!(EventKey::parse("abc"), None);
    }
}
