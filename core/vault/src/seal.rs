//! Sealing one part of one event: algorithm 1, frozen.
//!
//! `k_event = HKDF(subject key, event id)`. From it come the encryption key and the commitment
//! `SHA-256(label ‖ k_event)`, which stands in the leaf: one part opens with one key, to one text.
//! The ciphertext is nonce (24, random) ‖ XChaCha20-Poly1305(zstd(text)); event, workspace, subject,
//! epoch, algorithm and dictionary are bound as associated data, so that a part cannot be moved.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::dictionary;
use crate::error::VaultError;
use crate::key::{EventKey, Key, random};

/// XChaCha20-Poly1305 over zstd.
pub const ALGORITHM: u8 = 1;

/// What sealing adds to the compressed text: nonce and tag.
pub const OVERHEAD_BYTES: usize = NONCE_LEN + 16;

const NONCE_LEN: usize = 24;
const EVENT_LABEL: &str = "convolog/seal/1/event";
const CIPHER_LABEL: &str = "convolog/seal/1/cipher";
const COMMITMENT_LABEL: &[u8] = b"convolog/seal/1/commitment\0";
const CONTEXT_LABEL: &[u8] = b"convolog/seal/1/context\0";

/// One sealed part, ready for the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// For whom.
    pub subject: Uuid,
    /// The epoch of the vault when it was sealed.
    pub epoch: u32,
    /// [`ALGORITHM`].
    pub algorithm: u8,
    /// The compression dictionary.
    pub dictionary: u16,
    /// Binds the part to the one key that opens it.
    pub commitment: [u8; 32],
    /// Nonce and ciphertext.
    pub ciphertext: Vec<u8>,
}

impl Sealed {
    /// The borrowed form, for opening.
    pub fn as_part(&self) -> Part<'_> {
        Part {
            subject: self.subject,
            epoch: self.epoch,
            algorithm: self.algorithm,
            dictionary: self.dictionary,
            commitment: &self.commitment,
            ciphertext: &self.ciphertext,
        }
    }
}

/// One sealed part as it stands in a record.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// For whom.
    pub subject: Uuid,
    /// The epoch of the vault when it was sealed.
    pub epoch: u32,
    /// How it was sealed.
    pub algorithm: u8,
    /// The compression dictionary.
    pub dictionary: u16,
    /// Binds the part to the one key that opens it.
    pub commitment: &'a [u8; 32],
    /// Nonce and ciphertext.
    pub ciphertext: &'a [u8],
}

/// What opening a part gives.
#[derive(PartialEq, Eq)]
pub enum Opened {
    /// The text; wiped when dropped.
    Plain(Zeroizing<Vec<u8>>),
    /// The subject was erased, or the day of the quarantine is over.
    Erased,
    /// The vault has no key for the subject, or lost the one that this part needs.
    Unknown,
    /// The part is not what was sealed here, or a newer version sealed it.
    Corrupt(&'static str),
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(text) => write!(f, "Plain({} bytes)", text.len()),
            Self::Erased => f.write_str("Erased"),
            Self::Unknown => f.write_str("Unknown"),
            Self::Corrupt(why) => write!(f, "Corrupt({why})"),
        }
    }
}

/// The commitment does not fit the key.
pub(crate) const WRONG_KEY: &str = "a commitment to another key";

/// `k_event`.
pub(crate) fn event_key(subject_key: &Key, event_id: Uuid) -> Result<EventKey, VaultError> {
    subject_key.derive(EVENT_LABEL, &[event_id.as_bytes()]).map(EventKey)
}

/// The value that stands in the leaf for `key`.
pub(crate) fn commitment(key: &EventKey) -> [u8; 32] {
    Sha256::new().chain_update(COMMITMENT_LABEL).chain_update(key.0.bytes()).finalize().into()
}

fn cipher(key: &EventKey) -> Result<XChaCha20Poly1305, VaultError> {
    let key = key.0.derive(CIPHER_LABEL, &[])?;
    Ok(XChaCha20Poly1305::new(key.bytes().into()))
}

/// All fields have a fixed width, so the concatenation has one reading.
fn context(workspace: Uuid, event: Uuid, part: (Uuid, u32, u8, u16)) -> Vec<u8> {
    let (subject, epoch, algorithm, dictionary) = part;
    [
        CONTEXT_LABEL,
        event.as_bytes(),
        workspace.as_bytes(),
        subject.as_bytes(),
        &epoch.to_be_bytes(),
        &[algorithm],
        &dictionary.to_be_bytes(),
    ]
    .concat()
}

/// Seals `plaintext` for one subject and event.
pub(crate) fn seal(
    key: &EventKey,
    workspace: Uuid,
    event: Uuid,
    (subject, epoch): (Uuid, u32),
    plaintext: &[u8],
) -> Result<Sealed, VaultError> {
    let compressed = dictionary::compress(plaintext)?;
    seal_compressed(key, workspace, event, (subject, epoch), (&compressed, random()))
}

/// The part of [`seal`] that is the same for ever; compressors may improve.
fn seal_compressed(
    key: &EventKey,
    workspace: Uuid,
    event: Uuid,
    (subject, epoch): (Uuid, u32),
    (compressed, nonce): (&[u8], [u8; NONCE_LEN]),
) -> Result<Sealed, VaultError> {
    let (algorithm, dictionary) = (ALGORITHM, dictionary::CURRENT);
    let aad = context(workspace, event, (subject, epoch, algorithm, dictionary));
    let sealed = cipher(key)?
        .encrypt(&XNonce::from(nonce), Payload { msg: compressed, aad: &aad })
        .map_err(|_| VaultError::Crypto { action: "encrypt a sealed part" })?;
    let mut ciphertext = Vec::with_capacity(NONCE_LEN + sealed.len());
    ciphertext.extend_from_slice(&nonce);
    ciphertext.extend_from_slice(&sealed);
    Ok(Sealed { subject, epoch, algorithm, dictionary, commitment: commitment(key), ciphertext })
}

/// Opens a part with the key of its event: what a reader of a case file does, who has no vault.
/// Never answers [`Opened::Erased`] or [`Opened::Unknown`].
pub fn open_with_event_key(
    key: &EventKey,
    workspace: Uuid,
    event_id: Uuid,
    part: &Part<'_>,
) -> Opened {
    if part.algorithm != ALGORITHM {
        return Opened::Corrupt("an algorithm that this version does not know");
    }
    if dictionary::bytes(part.dictionary).is_none() {
        return Opened::Corrupt("a dictionary that this version does not have");
    }
    if !bool::from(commitment(key).ct_eq(part.commitment)) {
        return Opened::Corrupt(WRONG_KEY);
    }
    let Some((nonce, sealed)) = part.ciphertext.split_first_chunk::<NONCE_LEN>() else {
        return Opened::Corrupt("a ciphertext that ends too early");
    };
    let aad =
        context(workspace, event_id, (part.subject, part.epoch, part.algorithm, part.dictionary));
    let opened = cipher(key)
        .ok()
        .and_then(|c| c.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &aad }).ok());
    let Some(compressed) = opened.map(Zeroizing::new) else {
        return Opened::Corrupt("a ciphertext that was changed or moved");
    };
    dictionary::decompress(part.dictionary, &compressed)
        .map_or(Opened::Corrupt("a text that does not decompress"), Opened::Plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORKSPACE: Uuid = Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
    const SUBJECT: Uuid = Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10);
    const EVENT: Uuid = Uuid::from_u128(0xf0e0_d0c0_b0a0_9080_7060_5040_3020_1000);

    fn key() -> EventKey {
        event_key(&Key::new([0x42; 32]), EVENT).unwrap()
    }

    fn open(key: &EventKey, sealed: &Sealed) -> Opened {
        open_with_event_key(key, WORKSPACE, EVENT, &sealed.as_part())
    }

    /// A frame without its magic, by hand: one uncompressed block. No dictionary takes part in it.
    fn stored(text: &[u8]) -> Vec<u8> {
        let len = u8::try_from(text.len()).unwrap();
        [&[0x20, len, (len << 3) | 1, len >> 5, 0], text].concat()
    }

    #[test]
    fn the_format_is_frozen() {
        let nonce = std::array::from_fn(|i| u8::try_from(i).unwrap());
        let sealed =
            seal_compressed(&key(), WORKSPACE, EVENT, (SUBJECT, 7), (&stored(b"hello"), nonce))
                .unwrap();
        assert_eq!(*key().disclose(), GOLDEN_EVENT_KEY);
        assert_eq!(hex::encode(sealed.commitment), GOLDEN_COMMITMENT);
        assert_eq!(hex::encode(&sealed.ciphertext), GOLDEN_CIPHERTEXT);
        assert_eq!(open(&key(), &sealed), Opened::Plain(b"hello".to_vec().into()));
    }

    #[test]
    fn every_field_is_bound() {
        let sealed = seal(&key(), WORKSPACE, EVENT, (SUBJECT, 7), b"hello").unwrap();
        let changed = |change: &dyn Fn(&mut Sealed)| {
            let mut other = sealed.clone();
            change(&mut other);
            matches!(open(&key(), &other), Opened::Corrupt(_))
        };
        assert!(changed(&|s| s.subject = Uuid::nil()));
        assert!(changed(&|s| s.epoch = 8));
        assert!(changed(&|s| s.algorithm = 2));
        assert!(changed(&|s| s.dictionary = 0));
        assert!(changed(&|s| s.dictionary = 2));
        assert!(changed(&|s| s.commitment[0] ^= 1));
        assert!(changed(&|s| s.ciphertext.push(0)));
        assert!(changed(&|s| s.ciphertext.truncate(10)));
        for at in 0..sealed.ciphertext.len() {
            assert!(changed(&|s| s.ciphertext[at] ^= 1), "byte {at}");
        }
        let part = sealed.as_part();
        for (workspace, event) in [(Uuid::nil(), EVENT), (WORKSPACE, Uuid::nil())] {
            let moved = open_with_event_key(&key(), workspace, event, &part);
            assert!(matches!(moved, Opened::Corrupt(_)));
        }
        let other = event_key(&Key::new([0x43; 32]), EVENT).unwrap();
        assert_eq!(open(&other, &sealed), Opened::Corrupt(WRONG_KEY));
    }

    #[test]
    fn each_event_has_its_own_key_and_each_sealing_its_own_nonce() {
        let other = event_key(&Key::new([0x42; 32]), Uuid::nil()).unwrap();
        assert_ne!(other, key());
        let twice = [0; 2].map(|_| seal(&key(), WORKSPACE, EVENT, (SUBJECT, 7), b"hello").unwrap());
        assert_ne!(twice[0].ciphertext[..24], twice[1].ciphertext[..24]);
        assert_eq!(twice[0].commitment, twice[1].commitment);
    }

    #[test]
    fn what_follows_the_frame_or_lies_about_its_size_is_refused() {
        let opened = |compressed: &[u8]| {
            let (at, body) = ((SUBJECT, 7), (compressed, [9; NONCE_LEN]));
            open(&key(), &seal_compressed(&key(), WORKSPACE, EVENT, at, body).unwrap())
        };
        let hello = stored(b"hello");
        assert!(matches!(opened(&hello), Opened::Plain(_)));
        let trailing = [&hello[..], b"\0"].concat();
        let second_frame = [&hello[..], &0xFD2F_B528_u32.to_le_bytes(), &hello].concat();
        let skippable = [&hello[..], &0x184D_2A50_u32.to_le_bytes(), &[1, 0, 0, 0, 7]].concat();
        // Four bytes of content size, and a claim of 4 GiB; then one of six bytes for five.
        let bomb = [&[0xa0, 0xff, 0xff, 0xff, 0xff], &hello[2..]].concat();
        let mut short = hello.clone();
        short[1] = 6;
        // No content size at all: a window descriptor instead.
        let unsized_frame = [&[0x00, 0x00], &hello[2..]].concat();
        for bad in [&trailing, &second_frame, &skippable, &bomb, &short, &unsized_frame, &vec![]] {
            assert!(matches!(opened(bad), Opened::Corrupt(_)), "{bad:02x?}");
        }
    }

    proptest! {
        #[test]
        fn anything_comes_back(text in proptest::collection::vec(any::<u8>(), 0..5_000)) {
            let sealed = seal(&key(), WORKSPACE, EVENT, (SUBJECT, 7), &text).unwrap();
            prop_assert_eq!(open(&key(), &sealed), Opened::Plain(text.into()));
        }

        #[test]
        fn no_bytes_make_it_panic(frame in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (at, body) = ((SUBJECT, 7), (&frame[..], [9; NONCE_LEN]));
            let sealed = seal_compressed(&key(), WORKSPACE, EVENT, at, body).unwrap();
            open(&key(), &sealed);
        }
    }

    // Computed by another implementation, from the words at the top of this file.
    const GOLDEN_EVENT_KEY: &str =
        "1228c824ace7423b10dc68146d7b989120496721d8e8a3555a1b5db796c4605e";
    const GOLDEN_COMMITMENT: &str =
        "c030d9b6bde9bcbaf3a2cf80ad74fb3e7410c6f9aca723a654a85ee5a5dfab92";
    const GOLDEN_CIPHERTEXT: &str = "000102030405060708090a0b0c0d0e0f1011121314151617ddecc3c1a6d784dbe6ec80dad94c0032b30cbd37214f87079d57";
}
