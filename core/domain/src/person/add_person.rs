//! Take a person into the staff.

use super::{Person, PersonAdded, Role, State};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Sensitive;
use crate::ids::PersonId;
use crate::limits::EMAIL_CHARS_MAX;
use crate::personal::{Content, Personal, ProfileContent};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// Somebody works for the workspace from now on and can be named in what they do. Name and e-mail
/// address are sealed under the person's own key, so that they can be erased alone.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: a person who was added
/// before, removed or not (`already_exists`: who comes back gets a new id), a missing name, an
/// e-mail address that is none.
#[derive(Clone, Debug)]
pub struct AddPerson {
    /// Who; the stream that this is decided on.
    pub person: PersonId,
    /// What they may do.
    pub role: Role,
    /// Name (needed) and e-mail address.
    pub profile: ProfileContent,
}

impl Command for AddPerson {
    type Aggregate = Person;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.role.is_some() {
            return Err(Refusal::new(
                RefusalCode::AlreadyExists,
                "this person was added before; somebody who comes back is added anew",
            ));
        }
        let name = self.profile.name.as_ref().map_or("", Sensitive::expose);
        let profile = ProfileContent {
            name: Some(validate::name("name", name)?.into()),
            email: self.profile.email.map(|email| email_address(&email)).transpose()?,
            username: self.profile.username,
        };
        Ok(vec![
            Decision::new(PersonAdded { role: self.role }).sealing(Personal {
                subject: self.person.into(),
                content: Content::Profile(profile),
            }),
        ])
    }
}

/// Only what an address cannot do without: whether mail arrives, only mail can tell.
fn email_address(address: &Sensitive) -> Result<Sensitive, Refusal> {
    let address = address.expose().trim();
    let parts = address.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !local.contains('@')
    });
    let plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    if parts && plain && address.chars().count() <= EMAIL_CHARS_MAX {
        return Ok(address.into());
    }
    Err(Refusal::field(
        "email",
        format!("must be an e-mail address of at most {EMAIL_CHARS_MAX} characters"),
    ))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::person::PersonRemoved;
    use crate::testing::given;

    const ANA: PersonId = PersonId(Uuid::from_u128(1));

    fn add(name: Option<&str>, email: Option<&str>) -> AddPerson {
        AddPerson { person: ANA, role: Role::Operator, profile: profile(name, email) }
    }

    fn profile(name: Option<&str>, email: Option<&str>) -> ProfileContent {
        ProfileContent {
            name: name.map(Into::into),
            email: email.map(Into::into),
            ..ProfileContent::default()
        }
    }

    fn added() -> PersonAdded {
        PersonAdded { role: Role::Operator }
    }

    #[test]
    fn name_and_address_are_sealed_for_the_person_alone() {
        given::<Person>([])
            .when(add(Some(" Ana "), Some("ana@example.com")))
            .then([added().into()])
            .sealing([Personal {
                subject: ANA.into(),
                content: Content::Profile(profile(Some("Ana"), Some("ana@example.com"))),
            }]);
    }

    #[test]
    fn an_address_is_not_needed() {
        given::<Person>([]).when(add(Some("Ana"), None)).then([added().into()]);
    }

    #[test]
    fn a_name_is_needed() {
        given::<Person>([]).when(add(None, None)).refused(RefusalCode::InvalidField).at("name");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "x".repeat(EMAIL_CHARS_MAX));
        for bad in ["", "ana", "@example.com", "ana@", "a@b@c", "a b@c", &long] {
            given::<Person>([])
                .when(add(Some("Ana"), Some(bad)))
                .refused(RefusalCode::InvalidField)
                .at("email");
        }
    }

    #[test]
    fn an_id_is_used_once_even_after_the_person_left() {
        given::<Person>([added().into()])
            .when(add(Some("Ana"), None))
            .refused(RefusalCode::AlreadyExists);
        given::<Person>([added().into(), PersonRemoved {}.into()])
            .when(add(Some("Ana"), None))
            .refused(RefusalCode::AlreadyExists);
    }
}
