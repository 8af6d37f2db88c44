//! Stand-ins for what is personal: the same text becomes the same stand-in, of the same length, in
//! the same script, with the same punctuation.
//!
//! Everything is masked (texts, numbers, names of members) but for what [`Kept`] names by the way to
//! it: what is not known to be harmless is personal.

use convolog_domain::ConversationId;
use convolog_whatsapp::phone;
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

use super::kept::{Kept, POST, is_word};

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
        self.masked(value, Some(&POST), "");
    }

    fn masked(&self, value: &mut Value, kept: Option<&Kept>, name: &str) {
        match value {
            Value::String(text) if kept.is_none_or(|kept| !kept.keeps(text)) => {
                *text = match name {
                    "type" if is_word(text) => return,
                    // The member of this name holds the content.
                    "type" => self.word(text, 0),
                    _ => self.within(text),
                };
            }
            Value::Number(number) if kept.is_none_or(|kept| !kept.keeps(&number.to_string())) => {
                *number = self.number(number, matches!(name, "latitude" | "longitude"));
            }
            Value::Array(items) => {
                for item in items {
                    self.masked(item, kept, name);
                }
            }
            Value::Object(members) => *members = self.members(std::mem::take(members), kept),
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
        }
    }

    fn members(&self, members: Map<String, Value>, kept: Option<&Kept>) -> Map<String, Value> {
        let mut masked = Map::with_capacity(members.len());
        for (name, mut member) in members {
            self.masked(&mut member, kept.and_then(|kept| kept.member(&name)), &name);
            let mut stand_in = if is_word(&name) { name.clone() } else { self.word(&name, 0) };
            // Two names never become one.
            let mut tries = 0;
            while masked.contains_key(&stand_in) && tries < u32::MAX {
                tries += 1;
                stand_in = self.word(&name, tries);
            }
            masked.insert(stand_in, member);
        }
        masked
    }

    /// A name of a type or member: never one that means something to the platform.
    fn word(&self, text: &str, tries: u32) -> String {
        let drawn = |n: u32| {
            let of = if n == 0 { text.to_owned() } else { format!("{text}\0{n}") };
            let word = self.characters(text, &of);
            // A short name may run out of stand-ins of its length.
            if n > 64 { format!("{word}{n}") } else { word }
        };
        (tries..=u32::MAX).map(drawn).find(|word| !is_word(word)).unwrap_or_default()
    }

    /// The stand-in of a text that may be JSON itself, as the answers of a flow are.
    fn within(&self, text: &str) -> String {
        match serde_json::from_str::<Value>(text) {
            Ok(mut value @ (Value::Object(_) | Value::Array(_))) => {
                self.masked(&mut value, None, "");
                value.to_string()
            }
            _ => self.text(text),
        }
    }

    /// The stand-in of a number: as many digits, and spelled as a text it is the stand-in of that.
    fn number(&self, number: &Number, degrees: bool) -> Number {
        let text = number.to_string();
        let drawn = |n: u32| {
            let stand_in = if text.len() >= MASKED_DIGITS && !text.contains(['.', 'e', '-']) {
                self.text(&text)
            } else {
                self.figures(&text, degrees, n)
            };
            let parsed: Option<Number> = stand_in.parse().ok();
            parsed.filter(|parsed| parsed.to_string().len() == text.len())
        };
        (0..64).find_map(drawn).unwrap_or_else(|| Number::from(0))
    }

    /// Other digits in the same places. Degrees stay on the globe.
    fn figures(&self, text: &str, degrees: bool, n: u32) -> String {
        let mut random = self.random(&format!("{text}\0{n}"));
        let (mantissa, exponent) = text.split_at(text.find('e').unwrap_or(text.len()));
        let whole = mantissa.split('.').next().unwrap_or_default().trim_start_matches('-').len();
        let mut seen = 0;
        let digit = |c: char| {
            if !c.is_ascii_digit() {
                return c;
            }
            seen += 1;
            match (seen, c) {
                (1, '0') => '0',
                (1, _) if degrees && whole == 3 => '1',
                (2, _) if degrees && whole == 3 => random.among("01234567"),
                (1, _) if degrees && whole == 2 => random.among("12345678"),
                (1, _) => random.among("123456789"),
                _ => random.among("0123456789"),
            }
        };
        mantissa.chars().map(digit).chain(exponent.chars()).collect()
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
            match seen {
                seen if seen <= kept => c,
                // A number does not begin with a nought that it did not have.
                1 if c != '0' => random.among("123456789"),
                _ => random.among("0123456789"),
            }
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
        if c.is_numeric() {
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
        let mut message = json!({
            "from": "34600000171", "id": "wamid.HBgLMzQ2MDAwMDAxNzE=", "timestamp": "1795165274",
            "type": "text", "text": {"body": "Me llamo Lucía"}, "custom": {"Lucía": "Lucía again"},
            "location": {"latitude": 41.40338, "longitude": -2.17403, "address": "Calle Mayor 1"},
            "errors": [{"code": 131_047, "title": "Lucía did not answer"}],
            "gadget": {"value": "Lucía", "status": "Lucía", "code": "Lucía", "lat": 41.40338},
        });
        let mut post = in_post(&message.take());
        mask().json(&mut post);
        let text = post.to_string();
        for personal in ["34600000171", "HBgLMzQ2", "Lucía", "40338", "17403", "Mayor"] {
            assert!(!text.contains(personal), "{personal} in {text}");
        }
        for own in ["\"1795165274\"", "\"type\":\"text\"", "\"code\":131047", "\"latitude\""] {
            assert!(text.contains(own), "{own} not in {text}");
        }
    }

    /// A post of one message.
    fn in_post(message: &Value) -> Value {
        let value = json!({"messaging_product": "whatsapp", "messages": [message]});
        json!({"object": "whatsapp_business_account", "entry": [{"id": "104511000000101",
            "changes": [{"field": "messages", "value": value}]}]})
    }

    #[test]
    fn a_number_keeps_its_digits_and_is_the_same_person_as_its_text() {
        let mask = mask();
        let spelled = |value: Value| {
            let mut post = in_post(&json!({ "from": value }));
            mask.json(&mut post);
            post.pointer("/entry/0/changes/0/value/messages/0/from").unwrap().clone()
        };
        let (number, text) = (spelled(json!(34_677_888_333_u64)), spelled(json!("34677888333")));
        assert_eq!(number.to_string(), text.as_str().unwrap());
        for number in [json!(41.403_38), json!(-2.174_03), json!(0.5), json!(7), json!(1e21)] {
            let masked = spelled(number.clone());
            assert!(masked.is_number());
            assert_eq!(masked.to_string().len(), number.to_string().len(), "{number} {masked}");
        }
    }

    #[test]
    fn coordinates_stay_on_the_globe() {
        let mask = mask();
        for (lat, lon) in [(89.999_1, 179.999_9), (1.5, -100.25), (41.403_38, 2.174_03)] {
            let mut place = json!({"location": {"latitude": lat, "longitude": lon}});
            mask.masked(&mut place, None, "");
            let read = |name: &str| place["location"][name].as_f64().unwrap();
            assert!(read("latitude").abs() <= 90.0 && read("longitude").abs() <= 180.0, "{place}");
        }
    }

    const FRAGMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/whatsapp");

    /// Our examples of posts.
    fn posts() -> Vec<Value> {
        let files = std::fs::read_dir(FRAGMENTS).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
        files.sort();
        let read = |path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).ok();
        files.into_iter().filter_map(read).collect()
    }

    /// Plants a canary in the nth place there is: instead of a leaf, beside members, as a name.
    fn plant(value: &mut Value, n: &mut usize, canary: &Value) -> bool {
        let mut here = || {
            *n = n.wrapping_sub(1);
            *n == usize::MAX
        };
        match value {
            Value::Object(members) => {
                let name = canary.as_str().map_or_else(|| canary.to_string(), str::to_owned);
                if here() {
                    members.insert(name, json!("beside"));
                    return true;
                }
                if here() {
                    members.insert("unheard_of".to_owned(), json!({ "value": { name: [canary] } }));
                    return true;
                }
                members.values_mut().any(|member| plant(member, n, canary))
            }
            Value::Array(items) => items.iter_mut().any(|item| plant(item, n, canary)),
            leaf => {
                let found = here();
                if found {
                    *leaf = canary.clone();
                }
                found
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn a_canary_planted_anywhere_never_comes_out(
            which in proptest::prelude::any::<proptest::sample::Index>(),
            place in proptest::prelude::any::<proptest::sample::Index>(),
            canary in proptest::sample::select(vec![
                json!("Canaria Wharton"), json!("{\"Canaria\": [\"Canaria\", 34677888333]}"),
                json!(34_677_888_333_u64), json!("34677888333"), json!(41.403_387_6), json!("٣٤٦٧٧٨٨٨٣٣٣"),
            ]),
        ) {
            let posts = posts();
            let mut post = posts[which.index(posts.len())].clone();
            let mut places = usize::MAX;
            plant(&mut post.clone(), &mut places, &canary);
            let places = usize::MAX - places;
            plant(&mut post, &mut place.index(places.max(1)), &canary);
            let planted = post.to_string();
            mask().json(&mut post);
            let masked = post.to_string();
            for secret in ["anaria", "34677888333", "403387", "٣٤٦٧٧٨٨٨٣٣٣"] {
                proptest::prop_assert!(!masked.contains(secret), "{secret} of {planted} in {masked}");
            }
        }
    }
}
