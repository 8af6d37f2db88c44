//! One page, fetched: the address checked when its text is read, when its name is resolved and by
//! calling exactly what was checked; redirects are not followed but told; what comes is bounded in size
//! and in time.

use std::time::Duration;

use convolog_domain::import::PageReason;
use convolog_extract::FileKind;
use reqwest::{Response, StatusCode, Url, header};

use super::robots;
use crate::outgoing::{AddressError, OutgoingGuard};

/// Bytes of a page that are taken.
const PAGE_BYTES_MAX: usize = 2 << 20;
/// Bytes of a file that are taken.
const FILE_BYTES_MAX: usize = convolog_extract::FILE_BYTES_MAX;
/// How long the name server may take.
const RESOLVE: Duration = Duration::from_secs(5);
/// Who asks.
const USER_AGENT: &str = concat!("ConvologBot/", env!("CARGO_PKG_VERSION"));

/// What came.
#[derive(Debug)]
pub(super) enum Answer {
    /// A page or a file.
    Content(Content),
    /// It is elsewhere.
    Elsewhere(Url),
    /// Nothing that can be read.
    Nothing(Missed),
}

/// A page or a file.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) kind: FileKind,
    pub(super) charset: Option<String>,
    pub(super) status: u16,
    /// The server asks that it is not kept.
    pub(super) noindex: bool,
    /// The server asks that its links are not followed.
    pub(super) nofollow: bool,
    pub(super) bytes: Vec<u8>,
}

/// Why nothing came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Missed {
    pub(super) reason: PageReason,
    pub(super) status: Option<u16>,
}

impl Missed {
    pub(super) const fn new(reason: PageReason) -> Self {
        Self { reason, status: None }
    }
}

/// Fetches a page, which may take this long.
pub(super) async fn page(guard: &OutgoingGuard, url: &Url, patience: Duration) -> Answer {
    let fetching = async {
        let response = ask(guard, url, patience).await?;
        let status = response.status();
        if let Some(to) = elsewhere(&response, url)? {
            return Ok(Answer::Elsewhere(to));
        }
        let status_code = Some(status.as_u16());
        if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
            return Err(Missed { reason: PageReason::Gone, status: status_code });
        }
        if status != StatusCode::OK {
            return Err(Missed { reason: PageReason::Status, status: status_code });
        }
        content(response).await.map(Answer::Content)
    };
    let answer = tokio::time::timeout(patience, fetching).await;
    answer.unwrap_or(Err(Missed::new(PageReason::TimedOut))).unwrap_or_else(Answer::Nothing)
}

/// What a site says of who may read it; none if it says nothing.
pub(super) async fn robots(
    guard: &OutgoingGuard,
    site: &Url,
    patience: Duration,
) -> Result<Option<String>, Missed> {
    let fetching = async {
        let mut url = site.join("/robots.txt").map_err(|_| Missed::new(PageReason::Unreachable))?;
        for _ in 0..5 {
            let response = ask(guard, &url, patience).await?;
            if let Some(to) = elsewhere(&response, &url)? {
                url = to;
                continue;
            }
            let status = response.status();
            if status.is_success() {
                let (bytes, _) = body(response, robots::BYTES_MAX).await?;
                return Ok(Some(String::from_utf8_lossy(&bytes).into_owned()));
            }
            // RFC 9309, 2.3.1: what is not there forbids nothing, what fails forbids everything.
            return if status.is_client_error() {
                Ok(None)
            } else {
                let status = Some(status.as_u16());
                Err(Missed { reason: PageReason::Unreachable, status })
            };
        }
        Ok(None)
    };
    let answer = tokio::time::timeout(patience, fetching).await;
    answer.unwrap_or(Err(Missed::new(PageReason::TimedOut)))
}

async fn ask(guard: &OutgoingGuard, url: &Url, patience: Duration) -> Result<Response, Missed> {
    let unreachable = || Missed::new(PageReason::Unreachable);
    let refused = |error: AddressError| {
        Missed::new(match error {
            AddressError::UnknownHost(_) => PageReason::Unreachable,
            _ => PageReason::PrivateAddress,
        })
    };
    let url = guard.read_public("url", url.as_str()).map_err(refused)?;
    let resolving = tokio::time::timeout(RESOLVE, guard.resolve("url", url));
    let to = resolving.await.map_err(|_| unreachable())?.map_err(refused)?;
    let client = to.client().connect_timeout(patience).timeout(patience).user_agent(USER_AGENT);
    let client = client.build().map_err(|_| unreachable())?;
    let request = client
        .get(to.url.clone())
        .header(header::ACCEPT, "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.5")
        .header(header::ACCEPT_ENCODING, "identity");
    request.send().await.map_err(|error| {
        Missed::new(if error.is_timeout() { PageReason::TimedOut } else { PageReason::Unreachable })
    })
}

/// Where a redirect leads.
fn elsewhere(response: &Response, from: &Url) -> Result<Option<Url>, Missed> {
    let status = response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let to = to.and_then(|to| from.join(to).ok()).map(super::frontier::plain);
    let broken = Missed { reason: PageReason::Status, status: Some(status.as_u16()) };
    to.map(Some).ok_or(broken)
}

async fn content(response: Response) -> Result<Content, Missed> {
    let status = response.status().as_u16();
    let missed = |reason| Missed { reason, status: Some(status) };
    let of = |name: &str| {
        let all = response.headers().get_all(name).iter();
        all.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",").to_lowercase()
    };
    let (kind_of, tag) = (of(header::CONTENT_TYPE.as_str()), of("x-robots-tag"));
    let asked = |word: &str| {
        tag.split([',', ':']).any(|it| matches!(it.trim(), "none") || it.trim() == word)
    };
    let (noindex, nofollow) = (asked("noindex"), asked("nofollow"));
    let media = kind_of.split(';').next().unwrap_or_default().trim();
    let kind = match media {
        "" | "text/html" | "application/xhtml+xml" => FileKind::Html,
        "text/plain" => FileKind::Text,
        "text/markdown" => FileKind::Markdown,
        "application/pdf" => FileKind::Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => FileKind::Docx,
        _ => return Err(missed(PageReason::Type)),
    };
    let charset = kind_of.split_once("charset=").map(|(_, charset)| {
        charset.split(';').next().unwrap_or_default().trim().trim_matches('"').to_owned()
    });
    let most = if kind.needs_a_cage() { FILE_BYTES_MAX } else { PAGE_BYTES_MAX };
    let (bytes, whole) = body(response, most).await?;
    if !whole {
        return Err(missed(PageReason::TooLarge));
    }
    Ok(Content { kind, charset, status, noindex, nofollow, bytes })
}

/// At most so many bytes, and whether that was all.
async fn body(mut response: Response, most: usize) -> Result<(Vec<u8>, bool), Missed> {
    let status = Some(response.status().as_u16());
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                bytes.extend_from_slice(&chunk);
                if bytes.len() > most {
                    bytes.truncate(most);
                    return Ok((bytes, false));
                }
            }
            Ok(None) => return Ok((bytes, true)),
            Err(error) => {
                let timed_out = error.is_timeout();
                let reason = if timed_out { PageReason::TimedOut } else { PageReason::Unreachable };
                return Err(Missed { reason, status });
            }
        }
    }
}
