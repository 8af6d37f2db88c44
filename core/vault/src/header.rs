//! The front of a vault file: which vault, which epoch, which generation; vouched for by a MAC.
//!
//! It holds nothing secret, so that a backup can be recognised and expired without the master key.

use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::entry::Fields;
use crate::error::VaultError;
use crate::key::{Key, random};
use crate::master::MasterKey;

pub(crate) const MAGIC: [u8; 8] = *b"CNVLVLT\n";
const FORMAT: u16 = 1;
/// The fields that the checksum and the MAC cover.
const FIELDS_LEN: usize = 8 + 2 + 1 + 1 + 16 + 4 + 8 + 8 + 8 + 32;

/// The keys of one file: for entries, for the header.
pub(crate) type FileKeys = (Key, Key);

/// What one vault file says of itself. Rewritten as a whole with the file, never in place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Header {
    /// Which vault; stays the same through rewrites, backups and restores.
    pub(crate) vault: Uuid,
    /// Goes up by one with every rewrite.
    pub(crate) epoch: u32,
    /// The generation that the first `base_count` entries amount to; each later entry adds one.
    pub(crate) base_generation: u64,
    /// Entries written with the header; fewer is corruption, never a torn tail.
    pub(crate) base_count: u64,
    /// For a backup, the end of its life in seconds since 1970; 0 for a vault.
    pub(crate) expires_at: i64,
    /// Random for each file, so that no two files ever share a key.
    pub(crate) salt: [u8; 32],
}

impl Header {
    /// Bytes of a header: fields, CRC32C, HMAC-SHA256.
    pub(crate) const LEN: usize = FIELDS_LEN + 4 + 32;

    /// The header of a new file.
    pub(crate) fn new(vault: Uuid, epoch: u32, generation: u64, count: u64, expires: i64) -> Self {
        Self {
            vault,
            epoch,
            base_generation: generation,
            base_count: count,
            expires_at: expires,
            salt: random(),
        }
    }

    /// Whether the file is a backup.
    pub(crate) const fn is_backup(&self) -> bool {
        self.expires_at != 0
    }

    /// The keys of this file.
    pub(crate) fn keys(&self, master: &MasterKey) -> Result<FileKeys, VaultError> {
        master.file_keys(&self.salt, self.vault, self.epoch)
    }

    fn fields(&self) -> Vec<u8> {
        [
            &MAGIC[..],
            &FORMAT.to_be_bytes(),
            &[u8::from(self.is_backup())],
            &[0],
            self.vault.as_bytes(),
            &self.epoch.to_be_bytes(),
            &self.base_generation.to_be_bytes(),
            &self.base_count.to_be_bytes(),
            &self.expires_at.to_be_bytes(),
            &self.salt,
        ]
        .concat()
    }

    /// The bytes, vouched for with the header key.
    pub(crate) fn encode(&self, (_, header_key): &FileKeys) -> Vec<u8> {
        let mut out = self.fields();
        out.extend_from_slice(&crc32c::crc32c(&out).to_be_bytes());
        out.extend_from_slice(&tag(header_key, &out));
        out
    }

    /// Reads a header without trusting it: no master key needed.
    pub(crate) fn peek(bytes: &[u8], path: &Path) -> Result<Self, VaultError> {
        let corrupt = |what| VaultError::corrupt(what, path);
        let (fields, rest) =
            bytes.split_at_checked(FIELDS_LEN).ok_or_else(|| corrupt("less than a header"))?;
        let mut r = Fields(fields);
        if r.take() != Some(MAGIC) {
            return Err(corrupt("something that is not a vault"));
        }
        if r.take().map(u16::from_be_bytes) != Some(FORMAT) {
            return Err(corrupt("a format that this version does not know"));
        }
        let crc = Fields(rest).take().map(u32::from_be_bytes);
        if crc != Some(crc32c::crc32c(fields)) {
            return Err(corrupt("a damaged header"));
        }
        let header = Self::read(&mut r).ok_or_else(|| corrupt("a damaged header"))?;
        if header.fields() == fields { Ok(header) } else { Err(corrupt("a damaged header")) }
    }

    fn read(r: &mut Fields<'_>) -> Option<Self> {
        let _kind_and_reserved: [u8; 2] = r.take()?;
        Some(Self {
            vault: r.uuid()?,
            epoch: u32::from_be_bytes(r.take()?),
            base_generation: u64::from_be_bytes(r.take()?),
            base_count: u64::from_be_bytes(r.take()?),
            expires_at: i64::from_be_bytes(r.take()?),
            salt: r.take()?,
        })
    }

    /// Reads a header and checks that this master key made it.
    pub(crate) fn decode(
        bytes: &[u8],
        master: &MasterKey,
        path: &Path,
    ) -> Result<(Self, FileKeys), VaultError> {
        let header = Self::peek(bytes, path)?;
        let keys = header.keys(master)?;
        let (signed, rest) = bytes
            .split_at_checked(FIELDS_LEN + 4)
            .ok_or_else(|| VaultError::corrupt("less than a header", path))?;
        let found: [u8; 32] =
            Fields(rest).take().ok_or_else(|| VaultError::corrupt("less than a header", path))?;
        if bool::from(tag(&keys.1, signed).ct_eq(&found)) {
            Ok((header, keys))
        } else {
            Err(VaultError::WrongMaster { path: path.to_path_buf() })
        }
    }
}

fn tag(header_key: &Key, bytes: &[u8]) -> [u8; 32] {
    let mut block = zeroize::Zeroizing::new([0; 64]);
    let (front, _) = block.split_at_mut(32);
    front.copy_from_slice(header_key.bytes());
    Hmac::<Sha256>::new((&*block).into()).chain_update(bytes).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_changed_bit_is_noticed() {
        let master = MasterKey::parse(&MasterKey::generate()).unwrap();
        let header = Header::new(Uuid::from_u128(1), 3, 40, 5, 0);
        let bytes = header.encode(&header.keys(&master).unwrap());
        let path = Path::new("keys.vault");
        assert_eq!(bytes.len(), Header::LEN);
        assert_eq!(Header::decode(&bytes, &master, path).unwrap().0, header);
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(Header::decode(&changed, &master, path).is_err(), "bit {bit}");
        }
        for len in 0..bytes.len() {
            assert!(Header::decode(&bytes[..len], &master, path).is_err(), "length {len}");
        }
    }

    #[test]
    fn another_master_key_is_told_apart_from_damage() {
        let [a, b] =
            [MasterKey::generate(), MasterKey::generate()].map(|m| MasterKey::parse(&m).unwrap());
        let header = Header::new(Uuid::from_u128(1), 3, 40, 5, 0);
        let bytes = header.encode(&header.keys(&a).unwrap());
        let refused = Header::decode(&bytes, &b, Path::new("keys.vault"));
        assert!(matches!(refused, Err(VaultError::WrongMaster { .. })));
    }
}
