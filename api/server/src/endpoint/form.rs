//! A form with a file in it (`multipart/form-data`, RFC 7578), as browsers and `curl -F` send it.

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use bytes::Bytes;

use crate::problem::{Code, Outcome, Problem};

/// The name of the part that is the file.
pub const FILE_PART: &str = "file";
/// Parts of a form.
const PARTS_MAX: usize = 20;
/// Characters of a boundary (RFC 2046, section 5.1.1).
const BOUNDARY_CHARS_MAX: usize = 70;
/// What ends the head of a part.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// A file, and what was said of it beside its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type in lower case, without parameters; empty if none was said.
    pub mime_type: String,
    /// Its name, if it has one.
    pub filename: Option<String>,
}

impl GivenFile {
    /// The file of a request: the part `file` of a form, else the body as it is.
    ///
    /// # Errors
    /// [`Code::MalformedBody`] if the body says that it is a form and cannot be read as one;
    /// [`Code::InvalidField`] if no part of it is the file.
    pub fn read(headers: &HeaderMap, body: &Bytes) -> Outcome<Self> {
        let text =
            |name| headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let media = text(CONTENT_TYPE).unwrap_or_default();
        let mime_type = plain_type(media);
        if mime_type != "multipart/form-data" {
            let filename = text(CONTENT_DISPOSITION).and_then(|value| parameter(value, "filename"));
            return Ok(Self { bytes: body.clone(), mime_type, filename });
        }
        let broken = |detail: &str| Problem::new(Code::MalformedBody, detail);
        let boundary = parameter(media, "boundary")
            .filter(|boundary| boundary.len() <= BOUNDARY_CHARS_MAX)
            .ok_or_else(|| broken("The Content-Type of a form names its boundary."))?;
        let parts = parts(body, &boundary)
            .ok_or_else(|| broken("The form ends before its last boundary."))?;
        let file = parts.into_iter().find(|(name, _)| name == FILE_PART).map(|(_, file)| file);
        file.ok_or_else(|| Problem::field(FILE_PART, "A form needs the file as its part `file`."))
    }
}

/// A media type in lower case, without its parameters.
pub(crate) fn plain_type(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A parameter of a header, quoted or not.
fn parameter(value: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = value.split_once(';')?;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (found, later) = match after.strip_prefix('"') {
            Some(quoted) => {
                let (found, later) = quoted.split_once('"')?;
                (found, later.trim_start().strip_prefix(';').unwrap_or_default())
            }
            None => after.split_once(';').unwrap_or((after, "")),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            let found = found.trim();
            return (!found.is_empty()).then(|| found.to_owned());
        }
        rest = later;
    }
}

/// The parts of a form with their names; none if it does not end as one.
fn parts(body: &Bytes, boundary: &str) -> Option<Vec<(String, GivenFile)>> {
    let opening = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    // What stands before the first boundary says nothing.
    let begins = if body.starts_with(opening.as_bytes()) {
        opening.len()
    } else {
        find(body, between.as_bytes(), 0)? + between.len()
    };
    let (mut found, mut at) = (Vec::new(), begins);
    while found.len() < PARTS_MAX {
        if body.get(at..)?.starts_with(b"--") {
            return Some(found);
        }
        let line_end = find(body, b"\r\n", at)?;
        let end = find(body, between.as_bytes(), line_end)?;
        let part = body.slice(line_end..end);
        // The head of a part begins behind the line of its boundary.
        let head_end = find(&part, HEAD_END, 0)?;
        let head = std::str::from_utf8(part.get(..head_end)?).ok()?;
        let header = |wanted: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
        };
        let disposition = header("content-disposition").unwrap_or_default();
        let name = parameter(disposition, "name").unwrap_or_default();
        let file = GivenFile {
            bytes: part.slice(head_end + HEAD_END.len()..),
            mime_type: plain_type(header("content-type").unwrap_or_default()),
            filename: parameter(disposition, "filename"),
        };
        found.push((name, file));
        at = end + between.len();
    }
    None
}

/// Where some bytes begin, from a place on.
fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        // Looking for one byte is quick, whatever the size of the file.
        at += body.get(at..)?.iter().position(|byte| *byte == first)?;
        if body.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const FORM: &str = "multipart/form-data; charset=utf-8; boundary=\"x-1\"";

    fn read(media: &'static str, body: &[u8]) -> Outcome<GivenFile> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        let named = HeaderValue::from_static("attachment; filename=\"a; b.png\"; x=1");
        headers.insert(CONTENT_DISPOSITION, named);
        GivenFile::read(&headers, &Bytes::copy_from_slice(body))
    }

    #[test]
    fn a_body_is_the_file_or_a_form_has_it() {
        let raw = read("Image/PNG; q=1", b"\x89PNG").ok().unwrap();
        assert_eq!((raw.mime_type.as_str(), &raw.bytes[..]), ("image/png", &b"\x89PNG"[..]));
        assert_eq!(raw.filename.as_deref(), Some("a; b.png"));
        let body = b"a preamble\r\n--x-1\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nHi\
            \r\n--x-1  \r\ncontent-disposition: form-data; name=file; filename=\"Ma\xC3\xA7\xC3\xA3.png\"\r\n\
            Content-Type: image/PNG\r\n\r\n\x89PNG\r\n--x\r\n\r\n--x-1--\r\nan epilogue";
        let file = read(FORM, body).ok().unwrap();
        assert_eq!(
            (file.mime_type.as_str(), &file.bytes[..]),
            ("image/png", &b"\x89PNG\r\n--x\r\n"[..])
        );
        assert_eq!(file.filename.as_deref(), Some("Maçã.png"));
    }

    #[test]
    fn what_is_no_whole_form_is_refused() {
        let part = "--x-1\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nbytes";
        let many = format!("{}--x-1--", format!("{part}\r\n").repeat(PARTS_MAX + 1));
        for (media, body, code) in [
            ("multipart/form-data", part.to_owned(), Code::MalformedBody),
            (FORM, String::new(), Code::MalformedBody),
            (FORM, part.to_owned(), Code::MalformedBody),
            (FORM, format!("{part}\r\n--x-1"), Code::MalformedBody),
            (FORM, many, Code::MalformedBody),
            (FORM, "--x-1--".to_owned(), Code::InvalidField),
        ] {
            let problem = read(media, body.as_bytes()).err().unwrap();
            assert_eq!(problem.code(), code, "{body}");
        }
    }
}
