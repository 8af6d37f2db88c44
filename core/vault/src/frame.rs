//! The entries of a vault file as frames: length, CRC32C, number, and the encrypted entries.
//!
//! A frame holds many entries, because one encryption of 64 KiB costs far less than 700 of 100
//! bytes. Every frame also says how many entries were known to be on the disk when it was written.
//! So a damaged frame that a later one counts as synced is corruption, and only the tail of a write
//! that was never acknowledged is dropped.

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
/// Plain bytes after which a frame is closed.
const FULL: usize = 64 * 1024;
/// The last entry may be a long one.
const MAX_PLAIN_LEN: usize = FULL + MAX_SECRET_BYTES + 64;
const MAX_BODY_LEN: usize = MIN_BODY_LEN + MAX_PLAIN_LEN;

const REFUSED: VaultError = VaultError::Crypto { action: "encrypt entries of the vault" };

/// Encrypts entries of one file.
pub(crate) struct Sealer(XChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(key: &Key) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Appends the frames of entries from number `index` on, written when `synced` entries were on
    /// the disk.
    pub(crate) fn push(
        &self,
        out: &mut Vec<u8>,
        mut index: u64,
        synced: u64,
        entries: &[Entry],
    ) -> Result<(), VaultError> {
        // Never grows, so no unwiped copy is left behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(MAX_PLAIN_LEN));
        let mut count = 0;
        for entry in entries {
            let bytes = entry.encode();
            let len = u32::try_from(bytes.len()).map_err(|_| REFUSED)?;
            plain.extend_from_slice(&len.to_be_bytes());
            plain.extend_from_slice(&bytes);
            count += 1;
            if plain.len() >= FULL {
                self.close(out, index, synced, &plain)?;
                plain.clear();
                index += count;
                count = 0;
            }
        }
        if count > 0 { self.close(out, index, synced, &plain) } else { Ok(()) }
    }

    fn close(
        &self,
        out: &mut Vec<u8>,
        index: u64,
        synced: u64,
        plain: &[u8],
    ) -> Result<(), VaultError> {
        let nonce: [u8; NONCE_LEN] = random();
        let aad = [index.to_be_bytes(), synced.to_be_bytes()].concat();
        let payload = Payload { msg: plain, aad: &aad };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| REFUSED)?;
        let len = u32::try_from(aad.len() + NONCE_LEN + sealed.len()).map_err(|_| REFUSED)?;
        let crc = crc32c::crc32c_append(crc32c::crc32c(&aad), &nonce);
        out.extend_from_slice(&len.to_be_bytes());
        out.extend_from_slice(&crc32c::crc32c_append(crc, &sealed).to_be_bytes());
        out.extend_from_slice(&aad);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(())
    }

    /// The entries of a frame, at least one; `None` if it was not encrypted here.
    fn open(&self, frame: &Frame<'_>) -> Option<Vec<Entry>> {
        let mut r = Fields(frame.body);
        let aad: [u8; 16] = r.take()?;
        let nonce: [u8; NONCE_LEN] = r.take()?;
        let payload = Payload { msg: r.0, aad: &aad };
        let plain = Zeroizing::new(self.0.decrypt(&XNonce::from(nonce), payload).ok()?);
        let mut r = Fields(&plain);
        let mut entries = Vec::with_capacity(plain.len() / 64);
        while !r.0.is_empty() {
            let len = usize::try_from(u32::from_be_bytes(r.take()?)).ok()?;
            let (entry, rest) = r.0.split_at_checked(len)?;
            entries.push(Entry::decode(entry)?);
            r = Fields(rest);
        }
        (!entries.is_empty()).then_some(entries)
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
        let mut entries = sealer
            .open(&frame)
            .ok_or_else(|| VaultError::corrupt("entries that were changed or moved", path))?;
        scan.valid_len += PREFIX_LEN + frame.body.len();
        scan.entries.append(&mut entries);
        index = u64::try_from(scan.entries.len()).unwrap_or(u64::MAX);
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

    /// Frames as batches wrote them, and where each ends: (byte, entries so far).
    fn file(batches: &[u64]) -> (Sealer, Vec<u8>, Vec<(usize, usize)>) {
        let sealer = Sealer::new(&Key::new([3; 32]));
        let (mut out, mut ends, mut index) = (Vec::new(), vec![(0, 0)], 0);
        for &batch in batches {
            let entries: Vec<_> = (0..batch)
                .map(|n| {
                    let subject = Uuid::from_u128(u128::from(index + n));
                    Entry::Subject { workspace: Uuid::nil(), subject, key: Key::random() }
                })
                .collect();
            sealer.push(&mut out, index, index, &entries).unwrap();
            index += batch;
            ends.push((out.len(), usize::try_from(index).unwrap()));
        }
        (sealer, out, ends)
    }

    fn count(bytes: &[u8], sealer: &Sealer, base: u64) -> Result<usize, VaultError> {
        scan(bytes, sealer, base, Path::new("keys.vault")).map(|scan| scan.entries.len())
    }

    fn whole(ends: &[(usize, usize)], len: usize) -> usize {
        ends.iter().rev().find(|(end, _)| *end <= len).unwrap().1
    }

    #[test]
    fn a_cut_at_any_byte_keeps_what_is_whole() {
        let (sealer, bytes, ends) = file(&[1, 2, 3]);
        for len in 0..=bytes.len() {
            assert_eq!(count(&bytes[..len], &sealer, 0).unwrap(), whole(&ends, len));
        }
        assert!(count(&bytes[..ends[2].0], &sealer, 4).is_err(), "the header promised four");
    }

    #[test]
    fn damage_to_synced_entries_refuses_and_to_the_last_batch_drops() {
        let (sealer, bytes, ends) = file(&[1, 2, 3]);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            let result = count(&damaged, &sealer, 0);
            if at < ends[2].0 {
                assert!(matches!(result, Err(VaultError::Corrupt { .. })), "byte {at}");
            } else {
                assert_eq!(result.unwrap(), 3, "byte {at}");
            }
        }
    }

    #[test]
    fn a_large_batch_is_cut_into_frames_that_stand_alone() {
        let (sealer, bytes, _) = file(&[2_000]);
        assert_eq!(count(&bytes, &sealer, 2_000).unwrap(), 2_000);
        let first = PREFIX_LEN + frame(&bytes).unwrap().body.len();
        let kept = count(&bytes[..bytes.len() - 1], &sealer, 0).unwrap();
        assert!(kept > 0 && kept < 2_000 && first < bytes.len());
        let mut damaged = bytes;
        damaged[first + 100] ^= 1;
        let kept = count(&damaged, &sealer, 0).unwrap();
        assert_eq!(kept, sealer.open(&frame(&damaged).unwrap()).unwrap().len());
    }

    #[test]
    fn the_longest_entries_fit() {
        let sealer = Sealer::new(&Key::new([3; 32]));
        let value = std::sync::Arc::new(secrecy::SecretString::from("s".repeat(MAX_SECRET_BYTES)));
        let long = Entry::Secret { workspace: Uuid::nil(), id: Uuid::nil(), value };
        let members = (0..1_000).map(Uuid::from_u128).collect::<Vec<_>>().into();
        let joint = Entry::Joint { workspace: Uuid::nil(), id: Uuid::nil(), members };
        let entries: Vec<_> = (0..9).flat_map(|_| [long.clone(), joint.clone()]).collect();
        let mut out = Vec::new();
        sealer.push(&mut out, 0, 0, &entries).unwrap();
        assert_eq!(count(&out, &sealer, 18).unwrap(), 18);
    }

    #[test]
    fn frames_cannot_change_places() {
        let (sealer, bytes, ends) = file(&[1, 1, 1]);
        let [one, two] = [ends[1].0, ends[2].0];
        let swapped = [&bytes[one..two], &bytes[..one], &bytes[two..]].concat();
        assert!(count(&swapped, &sealer, 0).is_err());
        let doubled = [&bytes[..one], &bytes[..one]].concat();
        assert_eq!(count(&doubled, &sealer, 0).unwrap(), 1);
    }
}
