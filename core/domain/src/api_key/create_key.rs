//! Make an API key.

use super::{ApiKey, KeyCreated, KeyMode, Scope, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::Hash32;
use crate::ids::PersonId;
use crate::limits::{KEY_PREFIX_CHARS_MAX, SURFACES, scopes_of};
use crate::refusal::{Refusal, RefusalCode};
use crate::validate;

/// A key works from now on. The key itself never comes here: the caller draws it, shows it once and
/// hands over its hash and its first characters.
///
/// Who: the administrator, or a key with the scope `manage`. Refuses: an id that was used before
/// (`already_exists`), a missing name, a surface that is not one of [`SURFACES`], no scopes or scopes of
/// another surface, an end in the past, a prefix so long that it would give the key away. Takes the
/// installation-wide claim on the hash.
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
    /// What it may do; order and repetition do not matter. Empty for a surface that has scopes of its
    /// own.
    pub scopes: Vec<Scope>,
    /// What it may do in the words of a surface that has scopes of its own ([`scopes_of`]).
    pub grants: Vec<String>,
    /// When it stops working by itself (seconds since 1970).
    pub expires_at: Option<i64>,
    /// The person it acts for, and for nobody else; without one, for whomever a request names.
    pub person: Option<PersonId>,
}

impl Command for CreateKey {
    type Aggregate = ApiKey;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        if state.key.is_some() {
            return Err(Refusal::new(RefusalCode::AlreadyExists, "this key was made before"));
        }
        let name = validate::name("name", &self.name)?;
        let surface = validate::one_of("surface", &self.surface, &SURFACES)?;
        let prefix = validate::line("prefix", &self.prefix, KEY_PREFIX_CHARS_MAX)?;
        let (mut scopes, mut grants) = (self.scopes, self.grants);
        check_scopes(&surface, &scopes, &grants)?;
        scopes.sort_unstable();
        scopes.dedup();
        grants.sort_unstable();
        grants.dedup();
        if self.expires_at.is_some_and(|end| end <= ctx.now_seconds()) {
            return Err(Refusal::field("expires_at", "must lie in the future"));
        }
        let Self { hash, mode, person, expires_at, .. } = self;
        let created =
            KeyCreated { name, hash, prefix, mode, surface, scopes, person, grants, expires_at };
        Ok(vec![Decision::new(created).claiming(ClaimKey::ApiKey(hash))])
    }
}

/// A key may do something, and only what its surface has words for.
fn check_scopes(surface: &str, scopes: &[Scope], grants: &[String]) -> Result<(), Refusal> {
    let own = scopes_of(surface);
    let fits = if own.is_empty() {
        !scopes.is_empty() && grants.is_empty()
    } else {
        scopes.is_empty()
            && !grants.is_empty()
            && grants.iter().all(|grant| own.contains(&grant.as_str()))
    };
    if fits {
        return Ok(());
    }
    let refused =
        Refusal::field("scopes", "needs at least one scope, and only those of its surface");
    Err(match own {
        [] => refused.allowing(Scope::ALL.map(Scope::as_str)),
        own => refused.allowing(own),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOW_SECONDS, given};

    fn create() -> CreateKey {
        CreateKey {
            name: "CRM".into(),
            hash: Hash32([1; 32]),
            prefix: "cl_live_ab12".into(),
            mode: KeyMode::Live,
            surface: "native".into(),
            scopes: vec![Scope::Write, Scope::Read, Scope::Write],
            person: None,
            grants: vec![],
            expires_at: None,
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
            grants: vec![],
            expires_at: None,
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
            let mut wanted = CreateKey { surface: surface.into(), ..create() };
            let mut created = KeyCreated { surface: surface.into(), ..created() };
            if let Some(first) = scopes_of(surface).first() {
                wanted = CreateKey { scopes: vec![], grants: vec![(*first).into()], ..wanted };
                created = KeyCreated { scopes: vec![], grants: vec![(*first).into()], ..created };
            }
            given::<ApiKey>([]).when(wanted).then([created.into()]);
        }
    }

    #[test]
    fn the_scopes_of_one_surface_are_nothing_to_another() {
        let avelto = || CreateKey { surface: "avelto".into(), ..create() };
        let grants = |grants: &[&str]| grants.iter().map(ToString::to_string).collect::<Vec<_>>();
        for wanted in [
            avelto(),
            CreateKey { scopes: vec![], ..avelto() },
            CreateKey { scopes: vec![], grants: grants(&["leads:eat"]), ..avelto() },
        ] {
            given::<ApiKey>([])
                .when(wanted)
                .refused(RefusalCode::InvalidField)
                .at("scopes")
                .allowing(scopes_of("avelto").to_vec());
        }
        given::<ApiKey>([])
            .when(CreateKey { grants: grants(&["leads:read"]), ..create() })
            .refused(RefusalCode::InvalidField)
            .at("scopes")
            .allowing(["read", "write", "manage"]);
        given::<ApiKey>([])
            .when(CreateKey {
                scopes: vec![],
                grants: grants(&["leads:write", "leads:read", "leads:write"]),
                ..avelto()
            })
            .then([KeyCreated {
                surface: "avelto".into(),
                scopes: vec![],
                grants: grants(&["leads:read", "leads:write"]),
                ..created()
            }
            .into()]);
    }

    #[test]
    fn a_key_may_end_later_but_not_before_it_begins() {
        let ends = |at| CreateKey { expires_at: Some(at), ..create() };
        given::<ApiKey>([])
            .when(ends(NOW_SECONDS))
            .refused(RefusalCode::InvalidField)
            .at("expires_at");
        let created = KeyCreated { expires_at: Some(NOW_SECONDS + 1), ..created() };
        assert!(created.works_at(NOW_SECONDS) && !created.works_at(NOW_SECONDS + 1));
        given::<ApiKey>([]).when(ends(NOW_SECONDS + 1)).then([created.into()]);
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
