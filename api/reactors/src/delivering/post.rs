//! One attempt: one signed POST, and what became of it. Whatever a receiver does, it takes bounded
//! time and memory.

use std::time::{Duration, Instant};

use convolog_domain::Sensitive;
use convolog_domain::delivery::AttemptOutcome;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use reqwest::{Response, StatusCode, header};
use secrecy::SecretString;
use uuid::Uuid;

use super::road::Road;
use crate::outgoing::{AddressError, Destination, OutgoingGuard};
use crate::signature::ed25519::Seed;
use crate::signature::{self, Message};

/// How much of an answer is read.
const READ_BYTES_MAX: usize = 64 * 1024;
/// How much of it is kept.
const KEPT_BYTES_MAX: usize = 16 * 1024;
/// How long the name server may take.
const RESOLVE: Duration = Duration::from_secs(5);
/// How long the body of an answer may take: the status is known by then, and settles it.
const READ: Duration = Duration::from_secs(2);
/// The header that says that a delivery belongs to a redelivery, and to which. It is not signed.
const REDELIVERY: &str = "convolog-redelivery";
/// The header with which a receiver says that it never wants this event again.
const VERDICT: &str = "webhook-delivery";

/// Where to, and how it is signed.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) url: Sensitive,
    pub(super) scheme: Option<String>,
    pub(super) secrets: Vec<SecretString>,
    /// Of the keys that sign as well, where that is wanted.
    pub(super) seeds: Vec<Seed>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub(super) struct Posted {
    pub(super) outcome: AttemptOutcome,
    pub(super) status: Option<u16>,
    pub(super) milliseconds: u32,
    pub(super) retry_after: Option<u32>,
    pub(super) answer: Option<Sensitive>,
}

impl Posted {
    pub(super) const fn nothing(outcome: AttemptOutcome) -> Self {
        Self { outcome, status: None, milliseconds: 0, retry_after: None, answer: None }
    }
}

/// Sends a message to a target, which may take this long; for a redelivery, if it belongs to one.
pub(super) async fn post(
    road: &Road,
    guard: &OutgoingGuard,
    target: &Target,
    message: (&Message<'_>, Option<Uuid>),
    patience: Duration,
) -> Posted {
    if target.secrets.is_empty() {
        tracing::error!("a webhook cannot be signed: its secret is not in the vault");
        return Posted::nothing(AttemptOutcome::Refused);
    }
    let begun = Instant::now();
    let mut posted = match destination(guard, target).await {
        Ok(to) => send(road, &to, target, message, patience).await,
        Err(outcome) => Posted::nothing(outcome),
    };
    posted.milliseconds = u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX);
    posted
}

/// The address is looked at again for every attempt: its text, then everything its name stands for.
async fn destination(
    guard: &OutgoingGuard,
    target: &Target,
) -> Result<Destination, AttemptOutcome> {
    let refused = |error: AddressError| {
        tracing::debug!(%error, "a webhook is not called");
        AttemptOutcome::Refused
    };
    let url = guard.read_public("url", target.url.expose()).map_err(refused)?;
    let resolving = tokio::time::timeout(RESOLVE, guard.resolve("url", url));
    resolving.await.map_err(|_| AttemptOutcome::Unreachable)?.map_err(refused)
}

async fn send(
    road: &Road,
    to: &Destination,
    target: &Target,
    (message, job): (&Message<'_>, Option<Uuid>),
    patience: Duration,
) -> Posted {
    let Ok(client) = road.client(to) else {
        return Posted::nothing(AttemptOutcome::Unsendable);
    };
    let mut request = client
        .post(to.url.clone())
        .timeout(patience)
        .header(header::CONTENT_TYPE, "application/json")
        .body(message.body.to_vec());
    let mut headers = signature::headers(target.scheme.as_deref(), message, &target.secrets);
    signature::ed25519::beside(&mut headers, message, &target.seeds);
    headers.extend(job.map(|job| (REDELIVERY, job.to_string())));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    match request.send().await {
        Ok(response) => answered(response, message.timestamp).await,
        Err(error) if error.is_builder() => Posted::nothing(AttemptOutcome::Unsendable),
        // Until the time is over, the connection itself has a time of its own.
        Err(error) if error.is_timeout() && !error.is_connect() => {
            Posted::nothing(AttemptOutcome::TimedOut)
        }
        Err(_) => Posted::nothing(AttemptOutcome::Unreachable),
    }
}

/// The status settles it; the body is read as far as it comes, for people.
async fn answered(response: Response, now_seconds: i64) -> Posted {
    let status = response.status();
    let said = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let aborts = said(VERDICT).is_some_and(|verdict| verdict.trim() == "abort-message");
    let retry_after =
        said(header::RETRY_AFTER.as_str()).and_then(|text| retry_after(text, now_seconds));
    let outcome = match status {
        _ if status.is_success() => AttemptOutcome::Delivered,
        StatusCode::GONE => AttemptOutcome::Gone,
        _ if aborts => AttemptOutcome::Aborted,
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => AttemptOutcome::Slowed,
        _ => AttemptOutcome::Rejected,
    };
    let answer = Some(body(response).await);
    let status = Some(status.as_u16());
    Posted { outcome, status, milliseconds: 0, retry_after, answer }
}

async fn body(mut response: Response) -> Sensitive {
    let (mut kept, mut read) = (Vec::new(), 0_usize);
    let until = tokio::time::Instant::now() + READ;
    while let Ok(Ok(Some(chunk))) = tokio::time::timeout_at(until, response.chunk()).await {
        read = read.saturating_add(chunk.len());
        let room = KEPT_BYTES_MAX.saturating_sub(kept.len());
        kept.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
        if read >= READ_BYTES_MAX {
            break;
        }
    }
    Sensitive(String::from_utf8_lossy(&kept).into_owned())
}

/// Seconds of `Retry-After` (RFC 9110, section 10.2.3): a number of them, or a date. What is more than
/// can be counted is as much as can be; how much of it is granted, the domain says.
fn retry_after(text: &str, now_seconds: i64) -> Option<u32> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(u32::MAX));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text);
    let seconds = if let Ok(date) = date {
        date.as_second().saturating_sub(now_seconds)
    } else {
        // The last days that can be written are beyond the last moment that can be counted.
        let date = DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text).ok()?;
        let now = jiff::Timestamp::from_second(now_seconds).ok()?;
        date.duration_since(now.to_zoned(TimeZone::UTC).datetime()).as_secs()
    };
    (seconds >= 0).then(|| u32::try_from(seconds).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_a_number_of_seconds_or_a_date() {
        let now = 784_111_700;
        for (text, seconds) in [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(77)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", None),
            ("-5", None),
            ("4294967296", Some(u32::MAX)),
            ("99999999999999999999999999", Some(u32::MAX)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(u32::MAX)),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(retry_after(text, now), seconds, "{text}");
        }
    }
}
