//! What the keys of a surface look like.

use convolog_domain::api_key::KeyMode;
use rand::RngExt as _;
use secrecy::SecretString;

/// The shape of a key: a prefix that tells live from test where there are both, then random characters.
#[derive(Clone, Copy, Debug)]
pub struct KeyShape {
    /// What a live key begins with.
    pub live: &'static str,
    /// What a test key begins with; none where there is no sandbox.
    pub test: Option<&'static str>,
    /// The characters that follow.
    pub alphabet: &'static [u8],
    /// How many.
    pub length: usize,
    /// Characters at the front that are kept to recognise a key by.
    pub shown: usize,
}

/// Digits as hexadecimal writes them.
pub(super) const HEXADECIMAL: &[u8] = b"0123456789abcdef";

/// Letters and digits.
pub(super) const ALPHANUMERIC: &[u8] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl KeyShape {
    /// What a key of this mode begins with; none if there are no such keys.
    pub const fn prefix(&self, mode: KeyMode) -> Option<&'static str> {
        match mode {
            KeyMode::Live => Some(self.live),
            KeyMode::Test => self.test,
        }
    }

    /// A new key; none if there are no keys of this mode.
    pub fn draw(&self, mode: KeyMode) -> Option<SecretString> {
        let prefix = self.prefix(mode)?;
        let mut rng = rand::rng();
        let mut text = String::with_capacity(prefix.len().saturating_add(self.length));
        text.push_str(prefix);
        for _ in 0..self.length {
            let at = rng.random_range(0..self.alphabet.len());
            text.extend(self.alphabet.get(at).map(|byte| char::from(*byte)));
        }
        Some(text.into())
    }

    /// Whether a text could be a key of this shape.
    pub fn fits(&self, text: &str) -> bool {
        [Some(self.live), self.test].into_iter().flatten().any(|prefix| {
            text.strip_prefix(prefix).is_some_and(|rest| {
                rest.len() == self.length && rest.bytes().all(|byte| self.alphabet.contains(&byte))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::surfaces::SURFACES;

    #[test]
    fn what_is_drawn_fits_and_no_other_surface_takes_it_for_its_own() {
        for surface in SURFACES {
            for mode in [KeyMode::Live, KeyMode::Test] {
                let Some(key) = surface.keys.draw(mode) else { continue };
                let other = surface.keys.draw(mode).unwrap();
                assert_ne!(key.expose_secret(), other.expose_secret());
                let fits = SURFACES.iter().filter(|one| one.keys.fits(key.expose_secret()));
                assert_eq!(fits.map(|one| one.name).collect::<Vec<_>>(), [surface.name]);
                // Enough that nobody guesses one: 128 bits at least.
                let bits = surface.keys.alphabet.len().ilog2();
                let bits = surface.keys.length * usize::try_from(bits).unwrap();
                assert!(bits >= 128, "{}: {bits}", surface.name);
            }
        }
    }
}
