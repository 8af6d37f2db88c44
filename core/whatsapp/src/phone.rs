//! One person, one number: the form of a phone number under which an identity is kept.
//!
//! Digits only, and Brazil's ninth digit folded. Not a validator and not a formatter: what was sent stays
//! in its fragment. Must fold only where two spellings are certain to be one telephone.

/// Most digits a number can have: 15 in E.164, a few more for test numbers and dialling prefixes.
const MAX_DIGITS: usize = 20;
/// Fewest digits that can name a person; shorter ones are service codes.
const MIN_DIGITS: usize = 5;

/// The digits of a telephone number as people and platforms write it, or `None` if it is not one.
///
/// Accepts a leading `+`, or the `00` that many countries dial for it, and the separators space, `-`,
/// `.`, `(`, `)`.
///
/// ```
/// use convolog_whatsapp::phone::digits;
/// assert_eq!(digits("+55 (11) 98765-4321").as_deref(), Some("5511987654321"));
/// assert_eq!(digits("US.13491208655302741918"), None);
/// ```
pub fn digits(raw: &str) -> Option<String> {
    let trimmed = raw.trim();
    let after_plus = trimmed.strip_prefix('+');
    let body = after_plus.unwrap_or(trimmed);
    let mut found = String::with_capacity(body.len().min(MAX_DIGITS + 1));
    for c in body.chars() {
        match c {
            '0'..='9' => found.push(c),
            ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{2011}' => {}
            _ => return None,
        }
        if found.len() > MAX_DIGITS {
            return None;
        }
    }
    // No country's code begins with 0: these are what is dialled for a plus.
    if after_plus.is_none() && found.starts_with("00") {
        found.drain(..2);
    }
    (found.len() >= MIN_DIGITS).then_some(found)
}

/// The identity behind a `wa_id` or telephone number: digits only, Brazil's ninth digit always present.
///
/// Brazil (55) put a 9 in front of its mobile numbers from 2012 to 2016, but WhatsApp still names many
/// people by the older form: `55 31 8765 4321` and `55 31 98765 4321` are one person. Both give the
/// thirteen-digit form. Landlines, which begin with 2 to 5, never got the digit and stay as they are; so
/// does everything that has not exactly the shape 55 + area (two digits, none of them 0) + 8 or 9 digits.
///
/// ```
/// use convolog_whatsapp::phone::identity;
/// assert_eq!(identity("553187654321"), identity("+55 31 98765-4321"));
/// assert_ne!(identity("551132654321"), identity("5511932654321")); // a landline and a mobile
/// ```
pub fn identity(raw: &str) -> Option<String> {
    digits(raw).map(|found| brazil(&found).unwrap_or(found))
}

/// The thirteen-digit form of a Brazilian mobile number in the twelve-digit form.
fn brazil(digits: &str) -> Option<String> {
    let national = digits.strip_prefix("55").filter(|rest| rest.len() == 10)?;
    let (area, subscriber) = national.split_at_checked(2)?;
    let mobile = subscriber.starts_with(['6', '7', '8', '9']);
    (mobile && !area.contains('0')).then(|| format!("55{area}9{subscriber}"))
}

/// The calling code of a number's country (ITU-T E.164, annex), which one to three digits are.
pub fn calling_code(raw: &str) -> Option<&str> {
    /// Those of one and two digits; every other has three.
    const SHORT: [&str; 46] = [
        "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44",
        "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61",
        "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
        "98",
    ];
    if raw.len() < 5 || !raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let front = |digits: usize| raw.get(..digits);
    [front(1), front(2)].into_iter().flatten().find(|code| SHORT.contains(code)).or(front(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_plus_are_dropped() {
        for raw in
            ["+1 (650) 555-1234", "1.650.555.1234", " 16505551234 ", "1\u{a0}650 555\u{2011}1234"]
        {
            assert_eq!(digits(raw).as_deref(), Some("16505551234"), "{raw}");
        }
    }

    #[test]
    fn two_zeros_are_a_plus() {
        for raw in ["0049 151 23456789", "(00) 49 151-23456789", "+49 151 23456789"] {
            assert_eq!(digits(raw).as_deref(), Some("4915123456789"), "{raw}");
        }
        assert_eq!(digits("0151 23456789").as_deref(), Some("015123456789"));
        assert_eq!(digits("001234"), None);
    }

    #[test]
    fn what_is_no_number_names_nobody() {
        for raw in [
            "",
            "+",
            "1234",
            "US.13491208655302741918",
            "<PHONE_NUMBER>",
            "123456789012345678901",
            "++16505551234",
            "١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(digits(raw), None, "{raw}");
        }
    }

    #[test]
    fn brazilian_mobiles_have_one_form() {
        let cases = [
            ("553187654321", "5531987654321"),
            ("5531987654321", "5531987654321"),
            ("551171234567", "5511971234567"),
            ("551161234567", "5511961234567"),
            ("551191234567", "5511991234567"),
            ("5511912345678", "5511912345678"),
        ];
        for (raw, one) in cases {
            assert_eq!(identity(raw).as_deref(), Some(one), "{raw}");
        }
    }

    #[test]
    fn nothing_else_is_folded() {
        let kept = [
            "551132654321",   // landline, São Paulo
            "556121234567",   // landline, Brasília
            "550187654321",   // no such area
            "553087654321",   // no such area
            "55318765432",    // one digit short
            "55319876543210", // one too many
            "558001234567",   // toll-free
            "16505551234",    // United States, also begins with neither
            "541198765432",   // Argentina
            "5215512345678",  // Mexico
            "972501234567",   // Israel
            "34612345678",    // Spain
        ];
        for raw in kept {
            assert_eq!(identity(raw).as_deref(), Some(raw), "{raw}");
        }
    }

    #[test]
    fn a_number_begins_with_the_code_of_its_country() {
        for (number, code) in [
            ("5511999990001", Some("55")),
            ("12025550123", Some("1")),
            ("972501234567", Some("972")),
            ("4915550001188", Some("49")),
            ("351910000000", Some("351")),
            ("1234", None),
            ("US.1349", None),
        ] {
            assert_eq!(calling_code(number), code, "{number}");
        }
    }
}
