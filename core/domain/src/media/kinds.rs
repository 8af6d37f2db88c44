//! What the platform takes as what: types and sizes, by the kind of message (WhatsApp's limits).

use crate::refusal::Refusal;

const KIB: u64 = 1_024;
const MIB: u64 = 1_024 * KIB;

/// One kind of message: its name, the types it takes, the most bytes.
const KINDS: [(&str, &[&str], u64); 5] = [
    ("image", &["image/jpeg", "image/png"], 5 * MIB),
    ("sticker", &["image/webp"], 500 * KIB),
    ("audio", &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 * MIB),
    ("video", &["video/mp4", "video/3gpp"], 16 * MIB),
    (
        "document",
        &[
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ],
        100 * MIB,
    ),
];

/// The type of stickers.
const STICKER: &str = "image/webp";

/// Most bytes of a sticker that does not move.
const STILL_BYTES_MAX: u64 = 100 * KIB;

/// How many first bytes of a file tell what it is.
pub const HEAD_BYTES: usize = 32;

/// The types of files that can be sent.
pub fn types() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|(_, types, _)| types.iter().copied())
}

/// Whether a file of this type begins so. The platform refuses what is not what it is called (131053),
/// after it was sent; here it is refused before.
fn begins_as(mime_type: &str, head: &[u8]) -> bool {
    let has = |at: usize, bytes: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(bytes));
    let frame =
        |mask: u8, wanted: u8| matches!(head, [0xFF, second, ..] if second & mask == wanted);
    match mime_type {
        "image/jpeg" => has(0, b"\xFF\xD8\xFF"),
        "image/png" => has(0, b"\x89PNG\r\n\x1A\n"),
        STICKER => has(0, b"RIFF") && has(8, b"WEBP"),
        "audio/aac" => frame(0xF6, 0xF0) || has(0, b"ADIF"),
        "audio/amr" => has(0, b"#!AMR"),
        "audio/mpeg" => has(0, b"ID3") || frame(0xE0, 0xE0),
        "audio/ogg" => has(0, b"OggS"),
        "audio/mp4" | "video/mp4" | "video/3gpp" => has(4, b"ftyp"),
        "application/pdf" => head.windows(5).any(|window| window == b"%PDF-"),
        "text/plain" => !head.contains(&0),
        office if office.starts_with("application/vnd.openxmlformats-") => has(0, b"PK\x03\x04"),
        // The older formats of Office.
        _ => has(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
    }
}

/// Whether a WebP picture says of itself that it moves.
fn moves(head: &[u8]) -> bool {
    head.get(12..16) == Some(b"VP8X") && head.get(20).is_some_and(|flags| flags & 2 != 0)
}

/// The kinds of message that a file can be sent as.
pub fn kinds_of(mime_type: &str, size: u64) -> Vec<&'static str> {
    let takes = |(_, types, most): &&(&str, &[&str], u64)| {
        types.contains(&mime_type) && (1..=*most).contains(&size)
    };
    KINDS.iter().filter(takes).map(|(kind, ..)| *kind).collect()
}

/// Whether a file can be sent as this kind of message.
///
/// # Errors
/// A [`Refusal`] of the field `media` that says what would be taken.
pub fn fits(kind: &str, mime_type: &str, size: u64) -> Result<(), Refusal> {
    let Some((_, types, most)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        return Err(Refusal::field("media", "this kind of message has no file"));
    };
    if !types.contains(&mime_type) {
        let detail = format!(
            "a file of type {mime_type} cannot be sent as {kind}, which takes {}",
            types.join(", ")
        );
        return Err(Refusal::field("media", detail));
    }
    if size > *most {
        let detail = format!("a file of {size} bytes cannot be sent as {kind}, which takes {most}");
        return Err(Refusal::field("media", detail));
    }
    Ok(())
}

/// Whether a file that begins with these bytes can be sent as anything at all.
///
/// # Errors
/// A [`Refusal`] of the field at fault that says what would be taken.
pub fn can_be_sent(mime_type: &str, size: u64, head: &[u8]) -> Result<(), Refusal> {
    if !kinds_of(mime_type, size).is_empty() {
        if !begins_as(mime_type, head) {
            let detail = format!("is no {mime_type}: it begins as something else");
            return Err(Refusal::field("file", detail));
        }
        if mime_type == STICKER && size > STILL_BYTES_MAX && !moves(head) {
            let detail =
                format!("has {size} bytes; a sticker that does not move takes {STILL_BYTES_MAX}");
            return Err(Refusal::field("file", detail));
        }
        return Ok(());
    }
    let of_type = KINDS.iter().filter(|(_, types, _)| types.contains(&mime_type));
    match of_type.map(|(_, _, most)| most).max() {
        Some(_) if size == 0 => Err(Refusal::field("file", "is empty")),
        Some(most) => {
            let detail = format!("has {size} bytes; of its type at most {most} can be sent");
            Err(Refusal::field("file", detail))
        }
        None => {
            let detail = "must be a type of file that can be sent";
            Err(Refusal::field("Content-Type", detail).allowing(types()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_type_and_size_allow() {
        assert_eq!(kinds_of("image/png", 5 * MIB), ["image"]);
        assert!(kinds_of("image/png", 5 * MIB + 1).is_empty());
        assert_eq!(kinds_of("image/webp", 500 * KIB), ["sticker"]);
        assert_eq!(kinds_of("application/pdf", 100 * MIB), ["document"]);
        assert!(kinds_of("application/x-msdownload", 1).is_empty());
        assert!(kinds_of("image/png", 0).is_empty());
    }

    #[test]
    fn what_does_not_fit_is_told_what_would() {
        assert!(fits("image", "image/jpeg", 1).is_ok());
        for (kind, mime_type, size, told) in [
            ("image", "image/webp", 1, "image/jpeg"),
            ("audio", "audio/ogg", 17 * MIB, "16777216"),
            ("text", "text/plain", 1, "no file"),
        ] {
            let refusal = fits(kind, mime_type, size).unwrap_err();
            assert_eq!(refusal.field, Some("media"));
            assert!(refusal.detail.contains(told), "{}", refusal.detail);
        }
        assert_eq!(can_be_sent("image/png", 6 * MIB, PNG).unwrap_err().field, Some("file"));
        assert_eq!(can_be_sent("image/png", 0, b"").unwrap_err().field, Some("file"));
        assert_eq!(can_be_sent("font/woff", 1, b"w").unwrap_err().field, Some("Content-Type"));
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1A\n____";

    #[test]
    fn a_file_is_what_it_is_called() {
        let ooxml = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let all: [(&str, &[u8]); 14] = [
            ("image/jpeg", b"\xFF\xD8\xFF\xE0"),
            ("image/png", PNG),
            ("image/webp", b"RIFF\x10\0\0\0WEBPVP8 "),
            ("audio/aac", b"\xFF\xF1\x50"),
            ("audio/amr", b"#!AMR\n"),
            ("audio/mpeg", b"ID3\x04"),
            ("audio/mpeg", b"\xFF\xFB\x90"),
            ("audio/ogg", b"OggS"),
            ("audio/mp4", b"\0\0\0\x20ftypM4A "),
            ("video/mp4", b"\0\0\0\x20ftypisom"),
            ("application/pdf", b"%PDF-1.7"),
            ("text/plain", "Olá".as_bytes()),
            (ooxml, b"PK\x03\x04"),
            ("application/msword", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ];
        for (mime_type, head) in all {
            assert!(can_be_sent(mime_type, 1_000, head).is_ok(), "{mime_type}");
            let page: &[u8] = if mime_type == "text/plain" { b"\0" } else { b"<html>" };
            let refusal = can_be_sent(mime_type, 1_000, page).unwrap_err();
            assert_eq!(refusal.field, Some("file"), "{mime_type}");
        }
    }

    #[test]
    fn a_sticker_that_does_not_move_is_small() {
        let still = b"RIFF\x10\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0";
        let moving = b"RIFF\x10\0\0\0WEBPVP8X\x0A\0\0\0\x12\0\0\0";
        assert!(can_be_sent("image/webp", 100 * KIB, still).is_ok());
        assert_eq!(can_be_sent("image/webp", 101 * KIB, still).unwrap_err().field, Some("file"));
        assert!(can_be_sent("image/webp", 500 * KIB, moving).is_ok());
        assert!(can_be_sent("image/webp", 501 * KIB, moving).is_err());
    }
}
