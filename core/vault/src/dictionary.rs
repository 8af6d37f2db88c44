//! The compression dictionaries of sealed parts: compiled in, numbered, kept for ever.
//!
//! A sealed part names the dictionary it was compressed with, so a dictionary is never changed or
//! removed once a log may have used it; a better one gets the next number. They are trained only on
//! our own fixtures (`examples/train_dictionary.rs`), never on messages of real people.

use std::cell::RefCell;
use std::sync::LazyLock;

use zeroize::Zeroizing;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{find_frame_compressed_size, get_frame_content_size};

use crate::error::VaultError;

/// The dictionary that new parts are compressed with.
pub const CURRENT: u16 = 1;

/// No dictionary.
pub const NONE: u16 = 0;

/// The most that one part may hold in the clear; larger content is sealed in pieces.
pub const MAX_PLAINTEXT_BYTES: usize = 16 * 1024 * 1024;

/// zstd's own default; higher levels gain under 2 % on parts of a few hundred bytes.
const LEVEL: i32 = 3;

/// Every zstd frame starts with these, so they are left out of the part.
const FRAME_MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();

const DICTIONARY_1: &[u8] = include_bytes!("../dictionaries/1.dict");

static ENCODER_1: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER_1: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

thread_local! {
    // A context is several hundred KiB and is set up once a thread, not once a part.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

const REFUSED: VaultError = VaultError::Crypto { action: "compress a sealed part" };

/// The bytes of a dictionary, for tools that check or retrain; `None` for an unknown number.
pub fn bytes(id: u16) -> Option<&'static [u8]> {
    match id {
        NONE => Some(&[]),
        1 => Some(DICTIONARY_1),
        _ => None,
    }
}

/// Compresses with [`CURRENT`].
pub(crate) fn compress(plaintext: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    if plaintext.len() > MAX_PLAINTEXT_BYTES {
        return Err(VaultError::TooLarge {
            what: "a sealed part",
            bytes: plaintext.len(),
            limit: MAX_PLAINTEXT_BYTES,
        });
    }
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = match slot {
            Some(compressor) => compressor,
            None => slot.insert(compressor()?),
        };
        let mut frame = Zeroizing::new(compressor.compress(plaintext).map_err(|_| REFUSED)?);
        if !frame.starts_with(&FRAME_MAGIC) {
            return Err(REFUSED);
        }
        frame.drain(..FRAME_MAGIC.len());
        Ok(frame)
    })
}

fn compressor() -> Result<Compressor<'static>, VaultError> {
    use zstd::zstd_safe::CParameter::{ChecksumFlag, ContentSizeFlag, DictIdFlag};
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER_1).map_err(|_| REFUSED)?;
    // The part names the dictionary and the cipher vouches for the bytes; the size bounds the opening.
    for parameter in [DictIdFlag(false), ChecksumFlag(false), ContentSizeFlag(true)] {
        compressor.set_parameter(parameter).map_err(|_| REFUSED)?;
    }
    Ok(compressor)
}

/// Undoes [`compress`]: exactly one frame, of a stated size within the limit, nothing behind it.
/// `None` for anything else, and for an unknown dictionary.
pub(crate) fn decompress(id: u16, part: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut frame = Zeroizing::new(Vec::with_capacity(FRAME_MAGIC.len() + part.len()));
    frame.extend_from_slice(&FRAME_MAGIC);
    frame.extend_from_slice(part);
    if find_frame_compressed_size(&frame).ok()? != frame.len() {
        return None;
    }
    let size = usize::try_from(get_frame_content_size(&frame).ok()??).ok()?;
    if size > MAX_PLAINTEXT_BYTES {
        return None;
    }
    let plaintext = Zeroizing::new(match id {
        NONE => Decompressor::new().ok()?.decompress(&frame, size).ok()?,
        1 => DECOMPRESSOR.with_borrow_mut(|slot| {
            let decompressor = match slot {
                Some(decompressor) => decompressor,
                None => slot.insert(Decompressor::with_prepared_dictionary(&DECODER_1).ok()?),
            };
            decompressor.decompress(&frame, size).ok()
        })?,
        _ => return None,
    });
    (plaintext.len() == size).then_some(plaintext)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_pays_on_a_short_message() {
        let message = br#"{"from":"5511987650000","id":"wamid.HBgNNTUxMTk4NzY1MDAwMBUCABIYFDNBRjA3","timestamp":"1795000000","type":"text","text":{"body":"Oi, tudo bem? Queria saber se voc\u00eas abrem no s\u00e1bado"},"profile":{"name":"Maria"},"wa_id":"5511987650000"}"#;
        let compressed = compress(message).unwrap();
        let without = zstd::bulk::compress(message, LEVEL).unwrap();
        let lens = (compressed.len(), without.len());
        assert!(lens.0 * 10 < lens.1 * 7, "{lens:?}");
        assert_eq!(&*decompress(CURRENT, &compressed).unwrap(), message);
    }

    #[test]
    fn too_much_is_refused_before_it_is_sealed() {
        let refused = compress(&vec![0; MAX_PLAINTEXT_BYTES + 1]);
        assert!(matches!(refused, Err(VaultError::TooLarge { .. })));
        let most = vec![0; MAX_PLAINTEXT_BYTES];
        assert_eq!(decompress(CURRENT, &compress(&most).unwrap()).unwrap().len(), most.len());
    }

    #[test]
    fn no_dictionary_ever_changes() {
        use sha2::{Digest, Sha256};
        let hash = hex::encode(Sha256::digest(DICTIONARY_1));
        assert_eq!(hash, "08db2e4ce117abf4f44c6b22aaee336845d6176a4bad0f287b950a005b9c74d9");
    }

    #[test]
    fn a_part_of_format_1_still_decompresses() {
        let part = hex::decode(GOLDEN).unwrap();
        assert_eq!(&*decompress(1, &part).unwrap(), GOLDEN_TEXT);
    }

    const GOLDEN_TEXT: &[u8] = br#"{"from":"16505551234","type":"text","text":{"body":"Hello"}}"#;
    const GOLDEN: &str = "203cc500005835353148656c6c6f227d7d03fceadaacfc70e81e801603";

    #[test]
    fn every_number_up_to_the_current_one_has_its_dictionary() {
        assert!((NONE..=CURRENT).all(|id| bytes(id).is_some()));
        assert_eq!(bytes(CURRENT + 1), None);
    }
}
