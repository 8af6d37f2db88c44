//! Stand-ins for what is personal: the same text becomes the same stand-in, of the same length, in
//! the same script, with the same punctuation.
//!
//! Everything that is text is masked, but for a short list of the platform's own words: what is not
//! known to be harmless is personal.

use convolog_domain::ConversationId;
use convolog_whatsapp::phone;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Members whose text is the platform's own.
const PLATFORMS_OWN: [&str; 22] = [
    "object",
    "field",
    "type",
    "status",
    "timestamp",
    "mime_type",
    "messaging_product",
    "event",
    "category",
    "pricing_model",
    "emoji",
    "source_type",
    "media_type",
    "currency",
    "recipient_type",
    "origin",
    "value",
    "phase",
    "chunk_order",
    "code",
    "animated",
    "voice",
];

/// Members beneath which everything is the platform's own words.
const PLATFORMS_WORDS: [&str; 2] = ["errors", "pricing"];

/// Digits of a phone number that are masked; those before say the country.
const MASKED_DIGITS: usize = 7;

/// Stand-ins of one conversation.
pub(super) struct Mask {
    salt: [u8; 32],
}

impl Mask {
    pub(super) fn new(conversation: ConversationId) -> Self {
        let hash = Sha256::new().chain_update(b"convolog/mask/1").chain_update(conversation.0);
        Self { salt: hash.finalize().into() }
    }

    /// Masks a post.
    pub(super) fn json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(members) => {
                for (key, member) in members.iter_mut() {
                    let key = key.as_str();
                    let own = PLATFORMS_OWN.contains(&key) && !member.is_object();
                    if !own && !PLATFORMS_WORDS.contains(&key) {
                        self.member(key, member);
                    }
                }
            }
            Value::Number(_) | Value::Bool(_) | Value::Null => {}
        }
    }

    fn member(&self, key: &str, member: &mut Value) {
        if let (true, Value::Number(_)) = (matches!(key, "latitude" | "longitude"), &*member) {
            *member = Value::from(12.5);
            return;
        }
        self.json(member);
    }

    /// The stand-in of a text.
    pub(super) fn text(&self, text: &str) -> String {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let dialled = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')');
        if digits.len() >= MASKED_DIGITS && text.chars().all(dialled) {
            return self.phone(text, &digits);
        }
        if let Some(rest) = text.strip_prefix("wamid.") {
            return format!("wamid.{}", self.characters(rest, text));
        }
        if let Some((country, rest)) = scoped(text) {
            return format!("{country}{}", self.characters(rest, text));
        }
        self.characters(text, text)
    }

    /// Both spellings of a number become spellings of one number.
    fn phone(&self, text: &str, digits: &str) -> String {
        let whose = phone::identity(digits).unwrap_or_else(|| digits.to_owned());
        let mut random = self.random(&whose);
        let kept = digits.len().saturating_sub(MASKED_DIGITS);
        let mut seen = 0;
        let mask = |c: char| {
            if !c.is_ascii_digit() {
                return c;
            }
            seen += 1;
            if seen <= kept { c } else { random.among("0123456789") }
        };
        text.chars().map(mask).collect()
    }

    fn characters(&self, text: &str, whole: &str) -> String {
        let mut random = self.random(whole);
        text.chars().map(|c| random.like(c)).collect()
    }

    fn random(&self, of: &str) -> Random {
        let seed = Sha256::new().chain_update(self.salt).chain_update(of.as_bytes()).finalize();
        Random { seed: seed.into(), block: Vec::new(), count: 0 }
    }
}

/// The country of a business-scoped id (`CC.…`, `CC.ENT.…`), and the rest.
fn scoped(text: &str) -> Option<(&str, &str)> {
    let (country, rest) = text.split_once('.')?;
    let two_letters = country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase());
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    let id = rest.len() >= 8 && rest.chars().all(|c| c.is_ascii_alphanumeric());
    (two_letters && id).then(|| text.split_at(text.len() - rest.len()))
}

/// Numbers drawn from a text.
struct Random {
    seed: [u8; 32],
    block: Vec<u8>,
    count: u64,
}

/// Scripts whose letters follow each other, and letters to draw from.
const SCRIPTS: [(u32, u32, &str); 9] = [
    (0x0370, 0x03ff, "αβγδεζηθικλμνξοπρστυφχψω"),
    (0x0400, 0x04ff, "абвгдежзиклмнопрстуфхцчшщэюя"),
    (0x0590, 0x05ff, "אבגדהוזחטיכלמנסעפצקרשת"),
    (0x0600, 0x06ff, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    (0x0900, 0x097f, "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह"),
    (0x0e00, 0x0e7f, "กขคงจฉชซดตถทนบปผพฟมยรลวสหอ"),
    (0x3040, 0x30ff, "あいうえおかきくけこさしすせそたちつてとなにぬねの"),
    (0x4e00, 0x9fff, "山川田中木水火土金月日天地人大小上下東西南北"),
    (0xac00, 0xd7af, "가나다라마바사아자차카타파하고노도로모보소오조"),
];

impl Random {
    fn next(&mut self) -> u8 {
        if self.block.is_empty() {
            let hash = Sha256::new().chain_update(self.seed).chain_update(self.count.to_be_bytes());
            self.block = hash.finalize().to_vec();
            self.count += 1;
        }
        self.block.pop().unwrap_or_default()
    }

    fn among(&mut self, letters: &str) -> char {
        let count = letters.chars().count().max(1);
        let at = usize::from(self.next()) % count;
        letters.chars().nth(at).unwrap_or('x')
    }

    /// Another letter of the same script and case; what is no letter stays.
    fn like(&mut self, c: char) -> char {
        if c.is_ascii_digit() {
            return self.among("0123456789");
        }
        if !c.is_alphabetic() {
            return c;
        }
        let letter = match u32::from(c) {
            0..=0x7f => self.among("abcdefghiklmnoprstuvwz"),
            0x80..=0x24f => self.among("àáâãäåçèéêëìíîïñòóôõöùúûü"),
            code => {
                let script =
                    SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
                self.among(script.map_or("xyz", |(_, _, letters)| letters))
            }
        };
        if c.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mask() -> Mask {
        Mask::new(ConversationId(uuid::Uuid::from_u128(7)))
    }

    #[test]
    fn a_stand_in_has_the_shape_of_the_text() {
        let mask = mask();
        for text in ["¿Atienden, Lucía?", "שלום נועה", "Привет, Ольга 12!", "東京", "😣 ok"]
        {
            let stand_in = mask.text(text);
            assert_ne!(stand_in, text);
            assert_eq!(stand_in, mask.text(text), "the same text, the same stand-in");
            assert_eq!(stand_in.chars().count(), text.chars().count());
            for (a, b) in text.chars().zip(stand_in.chars()) {
                assert_eq!(
                    (a.is_alphabetic(), a.is_uppercase()),
                    (b.is_alphabetic(), b.is_uppercase())
                );
                assert!(a.is_alphabetic() || a.is_numeric() || a == b, "{a} {b}");
            }
        }
    }

    #[test]
    fn both_spellings_of_a_brazilian_number_stay_one_number() {
        let mask = mask();
        let (long, short) = (mask.text("5531987650142"), mask.text("553187650142"));
        assert_eq!(phone::identity(&long), phone::identity(&short));
        assert_ne!(long, "5531987650142");
        assert!(mask.text("+55 31 98765-0142").starts_with("+55 31 98"));
    }

    #[test]
    fn ids_stay_ids() {
        let mask = mask();
        assert!(mask.text("US.ENT.11815799212886000777").starts_with("US.ENT."));
        assert!(mask.text("BR.4410023345500031122").starts_with("BR."));
        assert!(mask.text("wamid.HBgLMzQ2MDAwMDAxNzE=").starts_with("wamid."));
    }

    #[test]
    fn nothing_personal_is_left_in_a_post() {
        let mut post = json!({
            "from": "34600000171", "id": "wamid.HBgLMzQ2MDAwMDAxNzE=", "timestamp": "1795165274",
            "type": "text", "text": {"body": "Me llamo Lucía"}, "custom": {"note": "Lucía again"},
            "location": {"latitude": 41.4, "longitude": 2.17, "address": "Calle Mayor 1"},
            "errors": [{"code": 131_047, "title": "Re-engagement message"}],
        });
        mask().json(&mut post);
        let text = post.to_string();
        for personal in ["34600000171", "HBgLMzQ2", "Lucía", "41.4", "Mayor"] {
            assert!(!text.contains(personal), "{personal} in {text}");
        }
        for own in ["1795165274", "\"text\"", "Re-engagement message"] {
            assert!(text.contains(own), "{own} not in {text}");
        }
    }
}
