//! The signature of a post: HMAC-SHA256 over the bytes as received, under the secret of a Meta app.
//!
//! Compares in constant time and accepts exactly one spelling of the header. Knows no keys of its own.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header that carries the signature.
pub const HEADER: &str = "X-Hub-Signature-256";

const PREFIX: &str = "sha256=";
const HEX_LENGTH: usize = 64;

/// Whether `header` is the signature of `body` under `secret`.
///
/// Strict: `sha256=` and 64 lower-case hex digits, nothing before or after. An empty secret never fits.
pub fn verify(secret: &[u8], body: &[u8], header: &str) -> bool {
    let Some(claimed) = claimed(header).filter(|_| !secret.is_empty()) else { return false };
    keyed(secret, body).is_some_and(|mac| mac.verify_slice(&claimed).is_ok())
}

/// Whether `header` is a signature at all. What is none needs no body to be refused.
pub fn is_signature(header: &str) -> bool {
    claimed(header).is_some()
}

fn claimed(header: &str) -> Option<[u8; HEX_LENGTH / 2]> {
    let digits = header.strip_prefix(PREFIX)?;
    let lower_hex = digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let mut claimed = [0; HEX_LENGTH / 2];
    (lower_hex && hex::decode_to_slice(digits, &mut claimed).is_ok()).then_some(claimed)
}

/// The header value that Meta would send with `body`. For tests, the demo and the simulator.
pub fn sign(secret: &[u8], body: &[u8]) -> String {
    let digits = keyed(secret, body).map(|mac| hex::encode(mac.finalize().into_bytes()));
    format!("{PREFIX}{}", digits.unwrap_or_default())
}

/// `None` never happens: HMAC takes keys of every length.
fn keyed(secret: &[u8], body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(body);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const RFC: &str = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn known_vector() {
        let body = b"what do ya want for nothing?";
        assert_eq!(sign(b"Jefe", body), RFC);
        assert!(verify(b"Jefe", body, RFC));
        assert!(!verify(b"jefe", body, RFC));
        assert!(!verify(b"Jefe", b"what do ya want for nothing!", RFC));
    }

    #[test]
    fn own_signatures_verify_whatever_the_bytes() {
        let body = [0_u8, 255, 128, b'{', 10];
        assert!(verify(b"s", &body, &sign(b"s", &body)));
        assert!(verify(&[7; 300], b"", &sign(&[7; 300], b"")));
    }

    #[test]
    fn only_one_spelling_is_accepted() {
        let body = b"what do ya want for nothing?";
        let digits = &RFC[PREFIX.len()..];
        let spellings = [
            String::new(),
            "sha256=".to_owned(),
            digits.to_owned(),
            format!("sha1={digits}"),
            format!("SHA256={digits}"),
            format!("sha256={}", digits.to_uppercase()),
            format!("sha256= {digits}"),
            format!("{RFC} "),
            format!("{RFC}00"),
            RFC[..RFC.len() - 1].to_owned(),
            format!("sha256={}", "g".repeat(64)),
            format!("sha256={}", "é".repeat(32)),
        ];
        for spelling in spellings {
            assert!(!verify(b"Jefe", body, &spelling), "{spelling}");
            assert!(!is_signature(&spelling), "{spelling}");
        }
        assert!(is_signature(RFC) && is_signature(&format!("sha256={}", "0".repeat(64))));
    }

    #[test]
    fn an_empty_secret_never_fits() {
        assert!(!verify(b"", b"{}", &sign(b"", b"{}")));
    }
}
