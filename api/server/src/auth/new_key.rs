//! Making an API key: 32 random bytes, shown once, kept only as a hash.

use convolog_domain::Hash32;
use convolog_domain::api_key::KeyMode;
use convolog_engine::Engine;
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};

/// Characters of a key that are kept to recognise it by.
const PREFIX_CHARS: usize = 14;

/// A key that nobody has yet.
pub struct NewKey {
    text: SecretString,
    /// Its first characters.
    pub prefix: String,
    /// Its hash.
    pub hash: Hash32,
}

impl NewKey {
    /// Draws one.
    pub fn draw(mode: KeyMode) -> Self {
        let mut random = [0_u8; 32];
        rand::rng().fill_bytes(&mut random);
        let kind = match mode {
            KeyMode::Live => "live",
            KeyMode::Test => "test",
        };
        let text = format!("cl_{kind}_{}", hex::encode(random));
        let prefix = text.chars().take(PREFIX_CHARS).collect();
        Self { prefix, hash: Engine::key_hash(&text), text: text.into() }
    }

    /// The key itself, for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        self.text.expose_secret()
    }

    /// What a repetition of that answer shows.
    pub fn masked(&self) -> String {
        format!("{}…", self.prefix)
    }
}
