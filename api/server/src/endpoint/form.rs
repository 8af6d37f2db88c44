//! A form with a file in it (`multipart/form-data`, RFC 7578), as browsers and `curl -F` send it.

use std::convert::Infallible;

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use bytes::Bytes;
use futures::stream;
use multer::{Multipart, parse_boundary};

use crate::problem::{Code, Outcome, Problem};

/// The name of the part that is the file.
pub const FILE_PART: &str = "file";
/// Parts of a form.
const PARTS_MAX: usize = 20;

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
    pub async fn read(headers: &HeaderMap, body: &Bytes) -> Outcome<Self> {
        let text =
            |name| headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let media = text(CONTENT_TYPE).unwrap_or_default();
        let mime_type = plain_type(media);
        if mime_type != "multipart/form-data" {
            let filename = text(CONTENT_DISPOSITION).and_then(filename);
            return Ok(Self { bytes: body.clone(), mime_type, filename });
        }
        let file = in_form(media, body).await.map_err(|error| {
            // The words of the reader may repeat what was sent.
            tracing::debug!(kind = ?std::mem::discriminant(&error), "a form could not be read");
            let detail = "The form ends before its last boundary, or a part of it cannot be read.";
            Problem::new(Code::MalformedBody, detail)
        })?;
        file.ok_or_else(|| Problem::field(FILE_PART, "A form needs the file as its part `file`."))
    }
}

/// The file of a form that is read to its end.
async fn in_form(media: &str, body: &Bytes) -> multer::Result<Option<GivenFile>> {
    let whole = stream::iter([Ok::<_, Infallible>(body.clone())]);
    let mut form = Multipart::new(whole, parse_boundary(media)?);
    let mut file = None;
    let mut parts = 0;
    while let Some(part) = form.next_field().await? {
        parts += 1;
        if parts > PARTS_MAX {
            return Err(multer::Error::IncompleteStream);
        }
        if file.is_none() && part.name() == Some(FILE_PART) {
            file = Some(GivenFile {
                mime_type: part
                    .content_type()
                    .map(|it| plain_type(it.as_ref()))
                    .unwrap_or_default(),
                filename: part.file_name().map(ToOwned::to_owned),
                bytes: part.bytes().await?,
            });
        }
    }
    Ok(file)
}

/// A media type in lower case, without its parameters.
pub(crate) fn plain_type(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The name in a `Content-Disposition` (RFC 6266), quoted or not.
fn filename(disposition: &str) -> Option<String> {
    let (_, mut rest) = disposition.split_once(';')?;
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
        if name.trim().eq_ignore_ascii_case("filename") {
            let found = found.trim();
            return (!found.is_empty()).then(|| found.to_owned());
        }
        rest = later;
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const FORM: &str = "multipart/form-data; charset=utf-8; boundary=\"x-1\"";

    async fn read(media: &'static str, body: &[u8]) -> Outcome<GivenFile> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        let named = HeaderValue::from_static("attachment; filename=\"a; b.png\"; x=1");
        headers.insert(CONTENT_DISPOSITION, named);
        GivenFile::read(&headers, &Bytes::copy_from_slice(body)).await
    }

    #[tokio::test]
    async fn a_body_is_the_file_or_a_form_has_it() {
        let raw = read("Image/PNG; q=1", b"\x89PNG").await.ok().unwrap();
        assert_eq!((raw.mime_type.as_str(), &raw.bytes[..]), ("image/png", &b"\x89PNG"[..]));
        assert_eq!(raw.filename.as_deref(), Some("a; b.png"));
        let body = b"a preamble\r\n--x-1\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nHi\
            \r\n--x-1  \r\ncontent-disposition: form-data; name=file; filename=\"Ma\xC3\xA7\xC3\xA3.png\"\r\n\
            Content-Type: image/PNG\r\n\r\n\x89PNG\r\n--x\r\n\r\n--x-1--\r\nan epilogue";
        let file = read(FORM, body).await.ok().unwrap();
        assert_eq!(
            (file.mime_type.as_str(), &file.bytes[..]),
            ("image/png", &b"\x89PNG\r\n--x\r\n"[..])
        );
        assert_eq!(file.filename.as_deref(), Some("Maçã.png"));
    }

    #[tokio::test]
    async fn what_is_no_whole_form_is_refused() {
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
            let problem = read(media, body.as_bytes()).await.err().unwrap();
            assert_eq!(problem.code(), code, "{body}");
        }
    }
}
