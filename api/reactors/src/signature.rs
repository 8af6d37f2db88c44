//! How a delivery is signed, and how a receiver checks it: Standard Webhooks 1.0.0, and beside it
//! the signatures that integrators of the dialects know.
//!
//! The bytes that are signed are the bytes that are sent, whatever they are. Secrets never show.

pub mod ed25519;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The header with the id of the event: the same for every attempt.
pub const ID: &str = "webhook-id";
/// The header with the second of the attempt.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with a signature for each live secret.
pub const SIGNATURE: &str = "webhook-signature";

/// Seconds by which a timestamp may be off, in the past or the future.
pub const TOLERANCE_SECONDS: i64 = 300;

/// The version of the only kind of signature that is made and checked here.
const VERSION: &str = "v1";
/// What stands before a secret.
const PREFIX: &str = "whsec_";

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The id of the event.
    pub id: &'a str,
    /// The second of the attempt.
    pub timestamp: i64,
    /// The name under which the event is told.
    pub kind: &'a str,
    /// The body, byte by byte.
    pub body: &'a [u8],
}

/// Why a delivery is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VerifyError {
    /// A header is missing or not text.
    #[error("the header {0} is missing")]
    MissingHeader(&'static str),
    /// The timestamp is no number.
    #[error("webhook-timestamp is no number of seconds since 1970")]
    InvalidTimestamp,
    /// It was signed too long ago: perhaps a copy of an old delivery.
    #[error("the delivery was signed more than five minutes ago")]
    TooOld,
    /// It was signed in the future: one of the clocks is wrong.
    #[error("the delivery was signed more than five minutes in the future")]
    TooNew,
    /// No signature fits any secret or key.
    #[error("no signature fits")]
    NoMatch,
}

/// The headers of a delivery: those of Standard Webhooks, with one signature for each secret, and
/// those of the dialect that the subscriber chose. A dialect has room for one signature: that of the
/// newest secret, which stands last.
pub fn headers(
    scheme: Option<&str>,
    message: &Message<'_>,
    secrets: &[SecretString],
) -> Vec<(&'static str, String)> {
    let signatures: Vec<String> = secrets.iter().map(|secret| standard(secret, message)).collect();
    let mut headers = vec![
        (ID, message.id.to_owned()),
        (TIMESTAMP, message.timestamp.to_string()),
        (SIGNATURE, signatures.join(" ")),
    ];
    let (Some(newest), timestamp) = (secrets.last(), message.timestamp) else { return headers };
    match scheme {
        Some("convoai") => {
            let signature = in_hex(newest, &[message.body]);
            headers.push(("x-convoai-signature", format!("sha256={signature}")));
        }
        Some("convo") => {
            headers.push(("x-convo-event", message.kind.to_owned()));
            headers.push(("x-convo-signature", in_hex(newest, &[message.body])));
        }
        Some("avelto") => {
            let unix = timestamp.to_string();
            let signature = in_hex(newest, &[unix.as_bytes(), b".", message.body]);
            headers.push(("x-convo-signature", format!("t={unix},v1={signature}")));
        }
        _ => {}
    }
    headers
}

/// Checks a delivery as a receiver does. `header` gives a header's value by its name in lower case.
/// Any signature that fits any secret is enough; versions other than `v1` are passed over.
///
/// # Errors
/// [`VerifyError`] says what does not fit.
pub fn verify<'a>(
    secrets: &[SecretString],
    header: impl Fn(&'static str) -> Option<&'a str>,
    body: &[u8],
    now_seconds: i64,
) -> Result<(), VerifyError> {
    let Signed { id, timestamp, signatures } = recent(header, now_seconds)?;
    let fits = |signature: &str| {
        let Some((VERSION, mac)) = signature.split_once(',') else { return false };
        let Ok(mac) = STANDARD.decode(mac) else { return false };
        // Compares in constant time, and only a MAC of full length.
        secrets.iter().any(|secret| {
            let parts = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
            keyed(&key(secret), &parts).verify_slice(&mac).is_ok()
        })
    };
    if signatures.split(' ').any(fits) { Ok(()) } else { Err(VerifyError::NoMatch) }
}

/// What the headers of a delivery say.
struct Signed<'a> {
    id: &'a str,
    timestamp: &'a str,
    signatures: &'a str,
}

/// Reads the headers of a delivery that was signed a moment ago.
fn recent<'a>(
    header: impl Fn(&'static str) -> Option<&'a str>,
    now_seconds: i64,
) -> Result<Signed<'a>, VerifyError> {
    let wanted = |name| header(name).ok_or(VerifyError::MissingHeader(name));
    let (id, timestamp, signatures) = (wanted(ID)?, wanted(TIMESTAMP)?, wanted(SIGNATURE)?);
    let signed: i64 = timestamp.parse().map_err(|_| VerifyError::InvalidTimestamp)?;
    if now_seconds.saturating_sub(signed) > TOLERANCE_SECONDS {
        return Err(VerifyError::TooOld);
    }
    if signed.saturating_sub(now_seconds) > TOLERANCE_SECONDS {
        return Err(VerifyError::TooNew);
    }
    Ok(Signed { id, timestamp, signatures })
}

fn standard(secret: &SecretString, message: &Message<'_>) -> String {
    let timestamp = message.timestamp.to_string();
    let parts = [message.id.as_bytes(), b".", timestamp.as_bytes(), b".", message.body];
    let mac = keyed(&key(secret), &parts).finalize().into_bytes();
    format!("{VERSION},{}", STANDARD.encode(mac))
}

/// The dialects sign with the secret as it was shown.
fn in_hex(secret: &SecretString, parts: &[&[u8]]) -> String {
    hex::encode(keyed(secret.expose_secret().as_bytes(), parts).finalize().into_bytes())
}

/// The key that a secret stands for: base64 after the prefix, as Standard Webhooks says; a secret
/// that somebody else made up and that is no base64 is taken as it is.
fn key(secret: &SecretString) -> Vec<u8> {
    let text = secret.expose_secret();
    let encoded = text.strip_prefix(PREFIX).unwrap_or(text);
    STANDARD.decode(encoded).unwrap_or_else(|_| text.as_bytes().to_vec())
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key of any length is taken; longer ones than a block are hashed first.
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::<Sha256>::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answer of the reference library.
    const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const KNOWN: Message<'_> = Message {
        id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        timestamp: 1_649_367_553,
        kind: "test",
        body: br#"{"email":"test@example.com","username":"test_user"}"#,
    };
    const SIGNED: &str = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    fn checked(signature: &str, now: i64) -> Result<(), VerifyError> {
        let header = |name| match name {
            ID => Some(KNOWN.id),
            TIMESTAMP => Some("1649367553"),
            _ => Some(signature),
        };
        verify(&[secret(SECRET)], header, KNOWN.body, now)
    }

    #[test]
    fn the_known_answer_is_made_and_taken() {
        let made = headers(None, &KNOWN, &[secret(SECRET)]);
        let named = |name| made.iter().find(|(own, _)| *own == name).unwrap().1.as_str();
        assert_eq!(named(SIGNATURE), SIGNED);
        assert_eq!((named(ID), named(TIMESTAMP)), (KNOWN.id, "1649367553"));
        assert_eq!(checked(SIGNED, KNOWN.timestamp), Ok(()));
    }

    #[test]
    fn a_truncated_empty_or_wrong_signature_is_refused() {
        let wrong = format!("v1,{}", STANDARD.encode([7; 32]));
        for bad in ["v1,", "v1,A", "v1,AAAA", "v1,tZ1I4/hDygA=", "v1", "", "v2,x", &wrong] {
            assert_eq!(checked(bad, KNOWN.timestamp), Err(VerifyError::NoMatch), "{bad}");
        }
    }

    #[test]
    fn one_fitting_signature_among_others_is_enough() {
        for list in
            [format!("v1a,xyz {SIGNED}"), format!("{SIGNED} v1,AAAA"), format!("v9 {SIGNED}")]
        {
            assert_eq!(checked(&list, KNOWN.timestamp), Ok(()), "{list}");
        }
    }

    #[test]
    fn the_clock_may_be_off_by_five_minutes_either_way() {
        let at = |seconds| checked(SIGNED, KNOWN.timestamp + seconds);
        assert_eq!((at(300), at(-300)), (Ok(()), Ok(())));
        assert_eq!(at(301), Err(VerifyError::TooOld));
        assert_eq!(at(-301), Err(VerifyError::TooNew));
    }

    #[test]
    fn both_secrets_of_a_rotation_sign() {
        let (old, new) = (secret(SECRET), secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        let made = headers(None, &KNOWN, &[old.clone(), new.clone()]);
        let signature = made.iter().find(|(name, _)| *name == SIGNATURE).unwrap().1.clone();
        assert_eq!(signature.split(' ').count(), 2);
        for own in [old, new] {
            let header = |name| match name {
                ID => Some(KNOWN.id),
                TIMESTAMP => Some("1649367553"),
                _ => Some(signature.as_str()),
            };
            assert_eq!(verify(&[own], header, KNOWN.body, KNOWN.timestamp), Ok(()));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_signed_as_they_are() {
        let message = Message { body: &[0xff, 0x00, 0xfe], ..KNOWN };
        let made = headers(None, &message, &[secret(SECRET)]);
        let signature = made.iter().find(|(name, _)| *name == SIGNATURE).unwrap().1.clone();
        let header = |name| match name {
            ID => Some(KNOWN.id),
            TIMESTAMP => Some("1649367553"),
            _ => Some(signature.as_str()),
        };
        assert_eq!(verify(&[secret(SECRET)], header, message.body, KNOWN.timestamp), Ok(()));
        let other = verify(&[secret(SECRET)], header, &[0xff, 0x00], KNOWN.timestamp);
        assert_eq!(other, Err(VerifyError::NoMatch));
    }

    #[test]
    fn the_dialects_sign_with_the_secret_as_it_was_shown() {
        let own = [secret("key")];
        let message = Message { body: b"The quick brown fox jumps over the lazy dog", ..KNOWN };
        // The known answer for this key and text (RFC 2104 examples as commonly published).
        let known = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
        let last = |scheme| headers(Some(scheme), &message, &own).pop().unwrap();
        assert_eq!(last("convoai"), ("x-convoai-signature", format!("sha256={known}")));
        assert_eq!(last("convo"), ("x-convo-signature", known.to_owned()));
        let (name, value) = last("avelto");
        assert_eq!(name, "x-convo-signature");
        assert!(value.starts_with("t=1649367553,v1=") && !value.ends_with(known));
        assert_eq!(headers(Some("standard"), &message, &own).len(), 3);
    }
}
