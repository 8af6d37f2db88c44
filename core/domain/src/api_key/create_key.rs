//! Make an API key.

use super::{ApiKey, KeyCreated, KeyMode, Scope, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Hash32;
use crate::ids::PersonId;
use crate::limits::{KEY_PREFIX_CHARS_MAX, SURFACES};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A key works from now on. The key itself never comes here: the caller draws it, shows it once and
/// hands over its hash and its first characters.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: an id that was used before
/// (`already_exists`), a missing name, a surface that is not one of [`SURFACES`], no scopes, a
/// prefix so long that it would give the key away. Takes the installation-wide claim on the hash.
#[derive(Clone, Debug)]
pub struct CreateKey {
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the key.
    pub hash: Hash32,
    /// Its first characters, at most [`KEY_PREFIX_CHARS_MAX`].
    pub prefix: String,
    /// Live or test.
    pub mode: KeyMode,
    /// One of [`SURFACES`].
    pub surface: String,
    /// What it may do; order and repetition do not matter.
    pub scopes: Vec<Scope>,
    /// The person it acts for, and for nobody else; without one, for whomever a request names.
    pub person: Option<PersonId>,
}

impl Command for CreateKey {
    type Aggregate = ApiKey;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.key.is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this key was made before"));
        }
        let name = validate::name("name", &self.name)?;
        let surface = validate::one_of("surface", &self.surface, &SURFACES)?;
        let prefix = validate::line("prefix", &self.prefix, KEY_PREFIX_CHARS_MAX)?;
        let mut scopes = self.scopes;
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(Refusal::field("scopes", "needs at least one scope")
                .allowing(Scope::ALL.map(Scope::as_str)));
        }
        let Self { hash, mode, person, .. } = self;
        let created = KeyCreated { name, hash, prefix, mode, surface, scopes, person };
        Ok(vec![Decision::new(created).claiming(ClaimKey::ApiKey(hash))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::given;

    fn create() -> CreateKey {
        CreateKey {
            name: "CRM".into(),
            hash: Hash32([1; 32]),
            prefix: "cl_live_ab12".into(),
            mode: KeyMode::Live,
            surface: "native".into(),
            scopes: vec![Scope::Write, Scope::Read, Scope::Write],
            person: None,
        }
    }

    fn created() -> KeyCreated {
        KeyCreated {
            name: "CRM".into(),
            hash: Hash32([1; 32]),
            prefix: "cl_live_ab12".into(),
            mode: KeyMode::Live,
            surface: "native".into(),
            scopes: vec![Scope::Read, Scope::Write],
            person: None,
        }
    }

    #[test]
    fn a_key_claims_its_hash_and_lists_each_scope_once() {
        given::<ApiKey>([])
            .when(create())
            .then([created().into()])
            .claiming([ClaimKey::ApiKey(Hash32([1; 32]))]);
    }

    #[test]
    fn every_surface_can_have_keys() {
        for surface in SURFACES {
            let created = KeyCreated { surface: surface.into(), ..created() };
            given::<ApiKey>([])
                .when(CreateKey { surface: surface.into(), ..create() })
                .then([created.into()]);
        }
    }

    #[test]
    fn an_unknown_surface_is_refused_with_those_there_are() {
        given::<ApiKey>([])
            .when(CreateKey { surface: "soap".into(), ..create() })
            .refused(RefusalCode::InvalidField)
            .at("surface")
            .allowing(SURFACES);
    }

    #[test]
    fn a_key_that_may_do_nothing_is_refused() {
        given::<ApiKey>([])
            .when(CreateKey { scopes: vec![], ..create() })
            .refused(RefusalCode::InvalidField)
            .at("scopes")
            .allowing(["read", "write", "manage"]);
    }

    #[test]
    fn a_prefix_that_gives_the_key_away_is_refused() {
        given::<ApiKey>([])
            .when(CreateKey { prefix: "x".repeat(KEY_PREFIX_CHARS_MAX + 1), ..create() })
            .refused(RefusalCode::InvalidField)
            .at("prefix");
    }

    #[test]
    fn a_name_is_needed() {
        given::<ApiKey>([])
            .when(CreateKey { name: String::new(), ..create() })
            .refused(RefusalCode::InvalidField)
            .at("name");
    }

    #[test]
    fn an_id_is_used_once() {
        given::<ApiKey>([created().into()]).when(create()).refused(RefusalCode::AlreadyExists);
    }
}
