//! The entries of a vault file as frames: length, CRC32C, number, and the encrypted entry.
//!
//! Every frame also says how many entries were known to be on the disk when it was written. So a
//! damaged frame that a later one counts as synced is corruption, and only the tail of a write that
//! was never acknowledged is dropped.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::entry::{Entry, Fields, MAX_SECRET_BYTES};
use crate::error::VaultError;
use crate::key::{Key, random};

/// Length and checksum.
const PREFIX_LEN: usize = 8;
const NONCE_LEN: usize = 24;
/// Number, synced count, nonce and tag.
const MIN_BODY_LEN: usize = 8 + 8 + NONCE_LEN + 16;
const MAX_BODY_LEN: usize = MIN_BODY_LEN + MAX_SECRET_BYTES + 64;

/// Encrypts entries of one file.
pub(crate) struct Sealer(XChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(key: &Key) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Appends the frame of entry number `index`, written when `synced` entries were on the disk.
    pub(crate) fn push(
        &self,
        out: &mut Vec<u8>,
        index: u64,
        synced: u64,
        entry: &Entry,
    ) -> Result<(), VaultError> {
        let refused = VaultError::Crypto { action: "encrypt an entry of the vault" };
        let nonce: [u8; NONCE_LEN] = random();
        let aad = [index.to_be_bytes(), synced.to_be_bytes()].concat();
        let plain = entry.encode();
        let Ok(sealed) = self.0.encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &aad })
        else {
            return Err(refused);
        };
        let Ok(len) = u32::try_from(aad.len() + NONCE_LEN + sealed.len()) else {
            return Err(refused);
        };
        let crc = crc32c::crc32c(&aad);
        let crc = crc32c::crc32c_append(crc32c::crc32c_append(crc, &nonce), &sealed);
        out.extend_from_slice(&len.to_be_bytes());
        out.extend_from_slice(&crc.to_be_bytes());
        out.extend_from_slice(&aad);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(())
    }

    fn open(&self, frame: &Frame<'_>) -> Option<Entry> {
        let mut r = Fields(frame.body);
        let aad: [u8; 16] = r.take()?;
        let nonce: [u8; NONCE_LEN] = r.take()?;
        let plain = self.0.decrypt(&XNonce::from(nonce), Payload { msg: r.0, aad: &aad }).ok()?;
        Entry::decode(&Zeroizing::new(plain))
    }
}

struct Frame<'a> {
    index: u64,
    synced: u64,
    body: &'a [u8],
}

/// A whole frame at the front of `bytes`, its checksum right.
fn frame(bytes: &[u8]) -> Option<Frame<'_>> {
    let mut r = Fields(bytes);
    let len = usize::try_from(u32::from_be_bytes(r.take()?)).ok()?;
    let crc = u32::from_be_bytes(r.take()?);
    if !(MIN_BODY_LEN..=MAX_BODY_LEN).contains(&len) {
        return None;
    }
    let body = r.0.get(..len)?;
    if crc32c::crc32c(body) != crc {
        return None;
    }
    let mut r = Fields(body);
    let (index, synced) = (u64::from_be_bytes(r.take()?), u64::from_be_bytes(r.take()?));
    Some(Frame { index, synced, body })
}

/// What a file's frames hold.
pub(crate) struct Scan {
    /// In their order.
    pub(crate) entries: Vec<Entry>,
    /// Bytes of whole frames; what follows was never acknowledged.
    pub(crate) valid_len: usize,
}

/// Reads all frames. `base_count` is how many the header promises.
pub(crate) fn scan(
    bytes: &[u8],
    sealer: &Sealer,
    base_count: u64,
    path: &Path,
) -> Result<Scan, VaultError> {
    let mut scan = Scan { entries: Vec::new(), valid_len: 0 };
    let mut index = 0;
    while let Some(rest) = bytes.get(scan.valid_len..).filter(|rest| !rest.is_empty()) {
        let Some(frame) = frame(rest).filter(|frame| frame.index == index) else {
            if acknowledged(rest, index) {
                return Err(VaultError::corrupt("a damaged entry that had been synced", path));
            }
            break;
        };
        let entry = sealer
            .open(&frame)
            .ok_or_else(|| VaultError::corrupt("an entry that was changed or moved", path))?;
        scan.valid_len += PREFIX_LEN + frame.body.len();
        scan.entries.push(entry);
        index += 1;
    }
    if index < base_count {
        return Err(VaultError::corrupt("fewer entries than its header says", path));
    }
    Ok(scan)
}

/// Whether some whole frame in `rest` was written after entry `index` had been synced. A false yes
/// would need a checksum to fit by chance, and refuses; it never drops anything.
fn acknowledged(rest: &[u8], index: u64) -> bool {
    (0..rest.len()).any(|from| {
        rest.get(from..)
            .and_then(frame)
            .is_some_and(|frame| frame.index > index && frame.synced > index)
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn file(batches: &[u64]) -> (Sealer, Vec<u8>, Vec<usize>) {
        let sealer = Sealer::new(&Key::new([3; 32]));
        let (mut out, mut ends, mut index) = (Vec::new(), vec![0], 0);
        for &batch in batches {
            let synced = index;
            for _ in 0..batch {
                let entry = Entry::Subject {
                    workspace: Uuid::nil(),
                    subject: Uuid::from_u128(u128::from(index)),
                    key: Key::random(),
                };
                sealer.push(&mut out, index, synced, &entry).unwrap();
                ends.push(out.len());
                index += 1;
            }
        }
        (sealer, out, ends)
    }

    fn count(bytes: &[u8], sealer: &Sealer, base: u64) -> Result<usize, VaultError> {
        scan(bytes, sealer, base, Path::new("keys.vault")).map(|scan| scan.entries.len())
    }

    #[test]
    fn a_cut_at_any_byte_keeps_what_is_whole() {
        let (sealer, bytes, ends) = file(&[1, 2, 3]);
        for len in 0..=bytes.len() {
            let whole = ends.iter().filter(|&&end| end <= len).count() - 1;
            assert_eq!(count(&bytes[..len], &sealer, 0).unwrap(), whole);
        }
        assert!(count(&bytes[..ends[3]], &sealer, 4).is_err(), "the header promised four");
    }

    #[test]
    fn damage_to_synced_entries_refuses_and_to_the_last_batch_drops() {
        let (sealer, bytes, ends) = file(&[1, 2, 3]);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            let result = count(&damaged, &sealer, 0);
            if at < ends[3] {
                assert!(matches!(result, Err(VaultError::Corrupt { .. })), "byte {at}");
            } else {
                let whole = ends.iter().filter(|&&end| end <= at).count() - 1;
                assert_eq!(result.unwrap(), whole, "byte {at}");
            }
        }
    }

    #[test]
    fn frames_cannot_change_places() {
        let (sealer, bytes, ends) = file(&[1, 1, 1]);
        let swapped = [&bytes[ends[1]..ends[2]], &bytes[..ends[1]], &bytes[ends[2]..]].concat();
        assert!(count(&swapped, &sealer, 0).is_err());
        let doubled = [&bytes[..ends[1]], &bytes[..ends[1]]].concat();
        assert_eq!(count(&doubled, &sealer, 0).unwrap(), 1);
    }
}
