//! The files that the demo's customers send: pictures, recordings and papers made up from the id that
//! the platform gives them, so that every start hands out the same.

use sha2::{Digest, Sha256};

/// Pixels of a side of a picture.
const SIDE: u32 = 64;
/// Samples of a recording: a quarter of a second.
const SAMPLES: u32 = 2_000;

/// A file as the platform hands it out.
pub(super) struct File {
    pub(super) mime_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The file of a message of this type, under this id.
pub(super) fn of(kind: &str, id: &str) -> File {
    let [seed, hue, ..]: [u8; 32] = Sha256::digest(id.as_bytes()).into();
    match kind {
        "audio" | "voice" => File { mime_type: "audio/wav", bytes: recording(seed) },
        "document" => File { mime_type: "text/plain", bytes: paper(id) },
        _ => File { mime_type: "image/bmp", bytes: picture(seed, hue) },
    }
}

/// A picture in one colour that fades (BMP, 24 bits).
fn picture(seed: u8, hue: u8) -> Vec<u8> {
    let pixels = SIDE * SIDE * 3;
    let mut bytes = b"BM".to_vec();
    for field in [54 + pixels, 0, 54, 40, SIDE, SIDE] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    // One plane of 24 bits.
    bytes.extend_from_slice(&[1, 0, 24, 0]);
    for field in [0, pixels, 2_835, 2_835, 0, 0] {
        bytes.extend_from_slice(&field.to_le_bytes());
    }
    for row in 0..SIDE {
        for column in 0..SIDE {
            let fade = u8::try_from((row + column) * 2 % 256).unwrap_or_default();
            bytes.extend_from_slice(&[seed, hue.saturating_add(fade / 2), fade]);
        }
    }
    bytes
}

/// A tone (WAV, 8 bits, 8 kHz).
fn recording(seed: u8) -> Vec<u8> {
    let mut bytes = b"RIFF".to_vec();
    bytes.extend_from_slice(&(36 + SAMPLES).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    bytes.extend_from_slice(&[1, 0, 1, 0]);
    bytes.extend_from_slice(&8_000_u32.to_le_bytes());
    bytes.extend_from_slice(&8_000_u32.to_le_bytes());
    bytes.extend_from_slice(&[1, 0, 8, 0]);
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&SAMPLES.to_le_bytes());
    let half = u32::from(seed % 16) + 8;
    bytes.extend((0..SAMPLES).map(|at| if (at / half).is_multiple_of(2) { 112 } else { 144 }));
    bytes
}

fn paper(id: &str) -> Vec<u8> {
    format!("A paper that a customer of the demo sent ({id}).\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_start_hands_out_the_same_and_each_id_another() {
        for kind in ["image", "audio", "document", "sticker"] {
            let (one, again, other) = (of(kind, "1"), of(kind, "1"), of(kind, "2"));
            assert!(one.bytes == again.bytes && one.bytes != other.bytes, "{kind}");
        }
        let picture = of("image", "1").bytes;
        let size = u32::from_le_bytes(picture[2..6].try_into().unwrap());
        assert_eq!(usize::try_from(size).unwrap(), picture.len());
    }
}
