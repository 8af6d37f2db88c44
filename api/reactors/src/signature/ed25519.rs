//! Signatures that anybody can check: Ed25519, `v1a` in Standard Webhooks, beside the one that needs
//! the secret.
//!
//! The key of a subscription follows from its signing secret's id and the workspace's own key, so that
//! nothing more has to be kept, and rotating the secret rotates both. Seeds never show.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use convolog_domain::{SecretId, WorkspaceId};
use convolog_engine::{Engine, EngineError};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::{Message, SIGNATURE, Signed, VerifyError, recent};

/// The signature's name among those that a subscriber can choose.
pub const NAME: &str = "ed25519";

/// The version of such a signature.
const VERSION: &str = "v1a";
/// What stands before a public key.
const PREFIX: &str = "whpk_";

/// What a key is made from.
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[seed]")
    }
}

impl Seed {
    /// Of the key that signs beside a secret.
    ///
    /// # Errors
    /// [`EngineError`] if the vault does not know the workspace's key.
    pub fn of_secret(
        engine: &Engine,
        workspace: WorkspaceId,
        secret: SecretId,
    ) -> Result<Self, EngineError> {
        let parts: [&[u8]; 1] = [secret.0.as_bytes()];
        Ok(Self(engine.keyed_hash(workspace, "webhook-ed25519", &parts)?.0))
    }

    fn pair(&self) -> Option<Ed25519KeyPair> {
        Ed25519KeyPair::from_seed_unchecked(&self.0).ok()
    }

    /// The key that checks, as Standard Webhooks writes it.
    pub fn public_key(&self) -> Option<String> {
        let pair = self.pair()?;
        Some(format!("{PREFIX}{}", STANDARD.encode(pair.public_key().as_ref())))
    }

    fn sign(&self, message: &Message<'_>) -> Option<String> {
        let bytes = signed(message.id, &message.timestamp.to_string(), message.body);
        let signature = self.pair()?.sign(&bytes);
        Some(format!("{VERSION},{}", STANDARD.encode(signature.as_ref())))
    }
}

/// The bytes that are signed: those of `v1`.
fn signed(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat()
}

/// Adds the signatures of these keys to those that the headers have.
pub fn beside(headers: &mut [(&'static str, String)], message: &Message<'_>, seeds: &[Seed]) {
    let Some((_, signatures)) = headers.iter_mut().find(|(name, _)| *name == SIGNATURE) else {
        return;
    };
    for signature in seeds.iter().filter_map(|seed| seed.sign(message)) {
        signatures.push(' ');
        signatures.push_str(&signature);
    }
}

/// Checks a delivery as a receiver does that has the public keys (`whpk_…`) and not the secret. `header`
/// gives a header's value by its name in lower case. Any signature that fits any key is enough; versions
/// other than `v1a` are passed over.
///
/// # Errors
/// [`VerifyError`] says what does not fit.
pub fn verify<'a>(
    public_keys: &[String],
    header: impl Fn(&'static str) -> Option<&'a str>,
    body: &[u8],
    now_seconds: i64,
) -> Result<(), VerifyError> {
    let Signed { id, timestamp, signatures } = recent(header, now_seconds)?;
    let bytes = signed(id, timestamp, body);
    let read = |key: &String| STANDARD.decode(key.strip_prefix(PREFIX).unwrap_or(key)).ok();
    let keys: Vec<_> = public_keys.iter().filter_map(read).collect();
    let fits = |signature: &str| {
        let Some((VERSION, signature)) = signature.split_once(',') else { return false };
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        let verifies = |key: &Vec<u8>| {
            UnparsedPublicKey::new(&ED25519, key).verify(&bytes, &signature).is_ok()
        };
        keys.iter().any(verifies)
    };
    if signatures.split(' ').any(fits) { Ok(()) } else { Err(VerifyError::NoMatch) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: Message<'_> = Message { id: "one", timestamp: 7, kind: "x", body: b"{}" };

    #[test]
    fn anybody_with_the_public_key_can_check_and_nobody_else_can_sign() {
        let (own, other) = (Seed([1; 32]), Seed([2; 32]));
        let mut headers = super::super::headers(Some(NAME), &MESSAGE, &["key".to_owned().into()]);
        beside(&mut headers, &MESSAGE, &[own.clone(), other.clone()]);
        let value = headers.iter().find(|(name, _)| *name == SIGNATURE).unwrap().1.clone();
        assert_eq!(value.split(' ').count(), 3, "one with the secret, two with keys");
        let checked = |seed: &Seed, body: &[u8], value: &str, now: i64| {
            let header = |name| match name {
                super::super::ID => Some(MESSAGE.id),
                super::super::TIMESTAMP => Some("7"),
                _ => Some(value),
            };
            verify(&[seed.public_key().unwrap()], header, body, now)
        };
        assert!(own.public_key().unwrap().starts_with("whpk_"));
        assert_eq!(checked(&own, b"{}", &value, 7), Ok(()));
        assert_eq!(checked(&other, b"{}", &value, 307), Ok(()));
        assert_eq!(checked(&other, b"{}", &value, 308), Err(VerifyError::TooOld));
        assert_eq!(checked(&own, b"{}", &value, -294), Err(VerifyError::TooNew));
        assert_eq!(checked(&Seed([3; 32]), b"{}", &value, 7), Err(VerifyError::NoMatch));
        assert_eq!(checked(&own, b"{ }", &value, 7), Err(VerifyError::NoMatch));
        for bad in ["", "v1a,", "v1a,AAAA", "v1,x", "v1a"] {
            assert_eq!(checked(&own, b"{}", bad, 7), Err(VerifyError::NoMatch), "{bad}");
        }
        assert_eq!(format!("{own:?}"), "[seed]");
    }

    /// The first test vector of RFC 8032, section 7.1: the public key of a seed.
    #[test]
    fn a_seed_has_the_public_key_that_the_standard_says() {
        let mut seed = [0; 32];
        let hex = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        hex::decode_to_slice(hex, &mut seed).unwrap();
        let known = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let public = Seed(seed).public_key().unwrap();
        let bytes = STANDARD.decode(public.strip_prefix(PREFIX).unwrap()).unwrap();
        assert_eq!(hex::encode(bytes), known);
    }
}
