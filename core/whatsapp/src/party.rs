//! A person (or business) as WhatsApp names them: by telephone, by business-scoped id, by name.
//!
//! Any of these may be missing. What an identifier is follows from its shape, not from the field it came
//! in, because Meta puts BSUIDs into fields that used to hold telephone numbers. Never shown by `Debug`.

use std::fmt;

use crate::json::{Kind, Value, shorten};
use crate::limits::{MAX_ID, MAX_PROFILE_NAME};
use crate::phone;

/// The fields in which a message or call names who it is from.
pub(crate) const FROM: [&str; 3] = ["from", "from_user_id", "from_parent_user_id"];
/// The fields in which it names whom it is for.
pub(crate) const TO: [&str; 3] = ["to", "to_user_id", "to_parent_user_id"];

/// Everything that a post says of one party.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Telephone number, digits only, as sent otherwise (Brazil's ninth digit is not folded here).
    pub phone: Option<String>,
    /// Business-scoped user id, `CC.` and up to 128 letters and digits.
    pub bsuid: Option<String>,
    /// The same for businesses with several portfolios, `CC.ENT.…`.
    pub parent_bsuid: Option<String>,
    /// The handle that the person chose, without `@`; may change.
    pub username: Option<String>,
    /// The name that the person shows; may change and is not unique.
    pub profile_name: Option<String>,
    /// An identifier of no known shape; identifies by its full text.
    pub other: Option<String>,
}

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = [
            ("phone", &self.phone),
            ("bsuid", &self.bsuid),
            ("parent_bsuid", &self.parent_bsuid),
            ("username", &self.username),
            ("profile_name", &self.profile_name),
            ("other", &self.other),
        ];
        let names = known.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| *name);
        f.write_str("Party ")?;
        f.debug_set().entries(names).finish()
    }
}

impl Party {
    /// Whether nothing identifies this party; a name does not.
    pub fn is_unknown(&self) -> bool {
        self.phone.is_none()
            && self.bsuid.is_none()
            && self.parent_bsuid.is_none()
            && self.other.is_none()
    }

    /// The telephone number in the form under which identities are kept, see [`phone::identity`].
    pub fn phone_identity(&self) -> Option<String> {
        self.phone.as_deref().and_then(phone::identity)
    }

    /// Takes over what `more` knows and this does not.
    pub fn complete_from(&mut self, more: &Self) {
        fn fill(mine: &mut Option<String>, theirs: Option<&String>) {
            if mine.is_none() {
                *mine = theirs.cloned();
            }
        }
        fill(&mut self.phone, more.phone.as_ref());
        fill(&mut self.bsuid, more.bsuid.as_ref());
        fill(&mut self.parent_bsuid, more.parent_bsuid.as_ref());
        fill(&mut self.username, more.username.as_ref());
        fill(&mut self.profile_name, more.profile_name.as_ref());
        fill(&mut self.other, more.other.as_ref());
    }

    /// Whether one of the identifiers is the same.
    pub fn shares_identity(&self, other: &Self) -> bool {
        let mine = self.identity_keys();
        other.identity_keys().iter().any(|key| mine.contains(key))
    }

    /// Puts an identifier where its shape belongs; the first of a kind stays.
    pub(crate) fn identify(&mut self, id: &str) {
        let id = id.trim();
        if id.is_empty() || id.len() > MAX_ID {
            return;
        }
        let (place, text) = if is_parent_bsuid(id) {
            (&mut self.parent_bsuid, id.to_owned())
        } else if is_bsuid(id) {
            (&mut self.bsuid, id.to_owned())
        } else if let Some(digits) = phone::digits(id) {
            (&mut self.phone, digits)
        } else {
            (&mut self.other, id.to_owned())
        };
        place.get_or_insert(text);
    }

    /// Reads the identifiers that `value` has under these names.
    pub(crate) fn of(value: Value<'_>, names: &[&str]) -> Self {
        let mut party = Self::default();
        for id in names.iter().filter_map(|name| value.id_of(name)) {
            party.identify(&id);
        }
        party
    }

    /// Reads an element of `contacts[]`, or anything that names a person the same way.
    pub(crate) fn of_contact(value: Value<'_>) -> Self {
        let mut party = Self::of(value, &["wa_id", "user_id", "parent_user_id"]);
        let profile = value.object_of("profile").unwrap_or(value);
        let name = |field: &str| {
            profile.get(field).filter(|value| value.kind() == Kind::String)?;
            profile.text_of(field).map(|text| shorten(text, MAX_PROFILE_NAME))
        };
        party.profile_name = name("name");
        party.username = name("username");
        party
    }

    /// One text for each identifier, different for different kinds.
    pub(crate) fn identity_keys(&self) -> Vec<String> {
        let keys = [
            ("phone", self.phone_identity().or_else(|| self.phone.clone())),
            ("bsuid", self.bsuid.clone()),
            ("parent", self.parent_bsuid.clone()),
            ("other", self.other.clone()),
        ];
        keys.into_iter().filter_map(|(kind, id)| id.map(|id| format!("{kind}:{id}"))).collect()
    }
}

/// Whether `id` has the shape of a business-scoped user id: two capital letters (a country), a full stop,
/// 1 to 128 letters and digits.
pub fn is_bsuid(id: &str) -> bool {
    id.split_once('.').is_some_and(|(country, rest)| is_country(country) && is_tail(rest))
}

/// Whether `id` has the shape of a parent BSUID: the same with `ENT.` in front of the letters and digits.
pub fn is_parent_bsuid(id: &str) -> bool {
    id.split_once('.').is_some_and(|(country, rest)| {
        is_country(country) && rest.strip_prefix("ENT.").is_some_and(is_tail)
    })
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_tail(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_identifiers() {
        assert!(is_bsuid("US.13491208655302741918"));
        assert!(is_bsuid(&format!("BR.{}", "a".repeat(128))));
        for none in [
            "US.",
            "us.1",
            "USA.1",
            "US1",
            "US.1 2",
            "US.ENT.1",
            &format!("BR.{}", "a".repeat(129)),
        ] {
            assert!(!is_bsuid(none), "{none}");
        }
        assert!(is_parent_bsuid("US.ENT.11815799212886844830"));
        for none in ["US.ENT.", "US.ENT", "US.1", "US.ENT.1.2", "ENT.1"] {
            assert!(!is_parent_bsuid(none), "{none}");
        }
    }

    #[test]
    fn an_identifier_goes_where_its_shape_belongs() {
        let mut party = Party::default();
        for id in
            ["+55 31 8765-4321", "BR.1502576394655843", "BR.ENT.22", "user@example", "BR.2", " "]
        {
            party.identify(id);
        }
        assert_eq!(party.phone.as_deref(), Some("553187654321"));
        assert_eq!(party.phone_identity().as_deref(), Some("5531987654321"));
        assert_eq!(party.bsuid.as_deref(), Some("BR.1502576394655843"));
        assert_eq!(party.parent_bsuid.as_deref(), Some("BR.ENT.22"));
        assert_eq!(party.other.as_deref(), Some("user@example"));
    }

    #[test]
    fn debug_names_no_one() {
        let mut party = Party { profile_name: Some("Noa Levi".to_owned()), ..Party::default() };
        party.identify("972501234567");
        assert_eq!(format!("{party:?}"), r#"Party {"phone", "profile_name"}"#);
    }

    #[test]
    fn both_brazilian_forms_are_one_identity() {
        let (mut old, mut new) = (Party::default(), Party::default());
        old.identify("553187654321");
        new.identify("5531987654321");
        assert!(old.shares_identity(&new));
        assert!(!old.shares_identity(&Party::default()));
    }
}
