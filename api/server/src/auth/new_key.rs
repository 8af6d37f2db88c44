//! Making an API key in the shape of its surface: shown once, kept only as a hash.

use convolog_domain::Hash32;
use convolog_domain::api_key::KeyMode;
use convolog_engine::Engine;
use secrecy::{ExposeSecret, SecretString};

use crate::surfaces::KeyShape;

/// A key that nobody has yet.
pub struct NewKey {
    text: SecretString,
    /// Its first characters.
    pub prefix: String,
    /// Its hash.
    pub hash: Hash32,
}

impl NewKey {
    /// Draws one; none if there are no keys of this mode.
    pub fn draw(shape: &KeyShape, mode: KeyMode) -> Option<Self> {
        let text = shape.draw(mode)?;
        let prefix = text.expose_secret().chars().take(shape.shown).collect();
        Some(Self { prefix, hash: Engine::key_hash(text.expose_secret()), text })
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
