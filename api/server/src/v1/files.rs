//! Files on their way out: opened piece by piece as they are sent, never run, never kept by anybody
//! in between.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use bytes::Bytes;
use convolog_domain::Blob;
use convolog_engine::{Engine, FileError, FileReader, FileSeal, PIECE_BYTES};
use futures::stream;

use crate::endpoint::{File, Reply};
use crate::problem::{Code, Outcome, Problem};

/// A file that can be sent.
pub(crate) struct Sent<'a> {
    /// Under what it is sealed.
    pub(crate) seal: FileSeal,
    /// Where it lies.
    pub(crate) blob: Blob,
    /// Bytes of it.
    pub(crate) size: u64,
    /// Its type.
    pub(crate) mime_type: &'a str,
    /// Its name, if it has one.
    pub(crate) name: Option<&'a str>,
}

/// The answer that is a file, or the stretch of it that the request asks for. Blocks: reads the first
/// piece, which tells whether it can be opened.
pub(crate) fn send(engine: &Engine, file: &Sent<'_>, asked: &HeaderMap) -> Outcome<Reply<File>> {
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    let range = range.and_then(|range| stretch(range, file.size));
    let Range { start, end } = range.clone().unwrap_or(0..file.size);
    let mut reader = engine.read_file(file.seal, file.blob)?;
    let piece = u64::try_from(PIECE_BYTES).unwrap_or(u64::MAX);
    for _ in 0..start / piece {
        reader.skip_piece()?;
    }
    let mut cut = Cut { reader, skip: start % piece, left: end.saturating_sub(start) };
    let first = cut.next()?;
    let rest = stream::try_unfold(cut, |cut| async move {
        let reading = tokio::task::spawn_blocking(move || {
            let mut cut = cut;
            cut.next().map(|piece| piece.map(|piece| (piece, cut)))
        });
        reading.await.map_err(io::Error::other)?.map_err(io::Error::other)
    });
    let body = match first {
        Some(first) => {
            use futures::StreamExt as _;
            Body::from_stream(stream::once(async { Ok::<_, io::Error>(first) }).chain(rest))
        }
        None => Body::empty(),
    };
    let media = HeaderValue::from_str(file.mime_type);
    let media = media.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let reply = Reply::file(media, body)
        .with(header::CONTENT_DISPOSITION, disposition(file.name))
        .with(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"))
        .with(header::CONTENT_LENGTH, HeaderValue::from(end.saturating_sub(start)));
    if range.is_none() {
        return Ok(reply);
    }
    let within = format!("bytes {start}-{}/{}", end.saturating_sub(1), file.size);
    let within = HeaderValue::from_str(&within)
        .map_err(|error| Problem::internal("naming a stretch of a file", &error))?;
    Ok(reply.status(StatusCode::PARTIAL_CONTENT).with(header::CONTENT_RANGE, within))
}

/// A file from some byte on, for so many bytes.
struct Cut {
    reader: FileReader,
    skip: u64,
    left: u64,
}

impl Cut {
    fn next(&mut self) -> Result<Option<Bytes>, FileError> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(piece) = self.reader.piece()? else { return Ok(None) };
        let piece = Bytes::from(piece);
        let from = usize::try_from(self.skip).unwrap_or(usize::MAX).min(piece.len());
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let piece = piece.slice(from..piece.len().min(from.saturating_add(most)));
        self.skip = 0;
        self.left = self.left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        Ok(Some(piece))
    }
}

/// The one stretch that `Range` asks for; none, which sends the whole file, for anything else.
fn stretch(range: &str, size: u64) -> Option<Range<u64>> {
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let stretch = match (from.trim(), to.trim()) {
        ("", last) => size.saturating_sub(last.parse().ok()?)..size,
        (from, "") => from.parse().ok()?..size,
        (from, to) => from.parse().ok()?..to.parse::<u64>().ok()?.saturating_add(1).min(size),
    };
    (stretch.start < stretch.end).then_some(stretch)
}

/// To be kept, not shown; with its name in both spellings (RFC 6266).
fn disposition(name: Option<&str>) -> HeaderValue {
    let plain = HeaderValue::from_static("attachment");
    let Some(name) = name.filter(|name| !name.is_empty()) else { return plain };
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let ascii: String = name.chars().map(|c| if safe(c) { c } else { '_' }).take(150).collect();
    let mut encoded = String::new();
    for byte in name.chars().take(150).collect::<String>().bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").ok();
        }
    }
    let value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).unwrap_or(plain)
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Erased => Self::plain(Code::Erased),
            other => Self::internal("opening a file", &other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stretch_is_understood_and_anything_else_is_the_whole_file() {
        for (range, found) in [
            ("bytes=0-0", Some(0..1)),
            ("bytes=2-5", Some(2..6)),
            ("bytes=5-", Some(5..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-30", Some(0..10)),
            ("bytes=5-100", Some(5..10)),
            ("bytes=5-4", None),
            ("bytes=10-", None),
            ("bytes=0-1,3-4", None),
            ("items=0-1", None),
            ("bytes=x-", None),
            ("bytes=-", None),
        ] {
            assert_eq!(stretch(range, 10), found, "{range}");
        }
    }

    #[test]
    fn a_name_is_spelled_so_that_it_cannot_break_out() {
        assert_eq!(disposition(None), "attachment");
        let named = disposition(Some("Relatório \"x\"\r\n.pdf"));
        assert_eq!(
            named,
            "attachment; filename=\"Relat_rio _x___.pdf\"; filename*=UTF-8''Relat%C3%B3rio%20%22x%22%0D%0A.pdf"
        );
    }
}
