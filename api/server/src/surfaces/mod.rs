//! Surfaces: the API dialects that this server speaks, the native one among them.
//!
//! A surface is a value: its name and prefix, the shape of its keys, how it words a refusal, how it
//! pages and how often its keys may call, and the list of its endpoints. Everything else (routes,
//! checks, authentication, scopes, idempotency, documents, the tests of who may call) follows from
//! the declarations of those endpoints, in the same way for all of them. A surface holds no rule of
//! the domain: its handlers call the same commands and read models as the native ones.

mod avelto;
mod convoai;
mod facts;
mod ids;
mod key_shape;
mod native;

use axum::http::StatusCode;
use schemars::SchemaGenerator;
use serde_json::Value;
use uuid::Uuid;

pub use avelto::AVELTO;
pub use convoai::CONVOAI;
pub use facts::{Contract, Fact, Standpoint, page, proves};
pub use key_shape::KeyShape;
pub use native::NATIVE;

use crate::api::ApiBuilder;
use crate::problem::Problem;
pub use crate::rates::{Quota, RateRules, Requests, Told};

/// Every surface that is served.
pub static SURFACES: [&Surface; 3] = [&NATIVE, &CONVOAI, &AVELTO];

/// An API dialect.
pub struct Surface {
    /// Its name: what a key is made for.
    pub name: &'static str,
    /// What stands before every path; nothing for the native one.
    pub prefix: &'static str,
    /// What its document says of it.
    pub about: About,
    /// What its keys look like.
    pub keys: KeyShape,
    /// Other surfaces whose keys work here as well.
    pub guests: &'static [&'static str],
    /// What is the native API's alone: the administrator, `at_least`, `as_of`, bodies of any media type.
    pub is_native: bool,
    /// How lists are paged.
    pub paging: Paging,
    /// How often its keys may call, here and wherever they are guests.
    pub rates: RateRules,
    /// A refusal in its words.
    pub refusal: fn(&Problem, Uuid) -> Refused,
    /// The media type and the schema of a refusal.
    pub refusal_schema: fn(&mut SchemaGenerator) -> (&'static str, Value),
    /// Adds its endpoints to a list.
    pub endpoints: fn(ApiBuilder) -> ApiBuilder,
    /// What its document promises, fact by fact; none for the native one.
    pub contract: Option<&'static Contract>,
}

/// What the document of a surface says of it.
pub struct About {
    /// Its title.
    pub title: &'static str,
    /// The version of its API.
    pub version: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// What holds for every endpoint: lines that begin with a dash.
    pub introduction: &'static str,
    /// Its keys, for people.
    pub keys: &'static str,
}

/// How the lists of a surface are paged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paging {
    /// `next_page` in the body.
    InBody,
    /// `Link` and `X-Total-Count` beside a body that holds nothing but the items.
    InHeaders,
}

/// A refusal before it is written.
#[derive(Debug)]
pub struct Refused {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub media: &'static str,
    /// The body.
    pub body: Value,
}

impl std::fmt::Debug for Surface {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Surface {
    /// The surface of that name, if it is served.
    pub fn named(name: &str) -> Option<&'static Self> {
        SURFACES.into_iter().find(|surface| surface.name == name)
    }

    /// The surface that answers at a path; the native one where no other does.
    pub fn at(path: &str) -> &'static Self {
        let below = |prefix: &str| {
            path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let found = SURFACES.into_iter().find(|one| !one.prefix.is_empty() && below(one.prefix));
        found.unwrap_or(&NATIVE)
    }

    /// Whether a key that was made for that surface works here.
    pub fn takes_keys_of(&self, surface: &str) -> bool {
        self.name == surface || self.guests.contains(&surface)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use convolog_domain::limits;

    use super::*;

    #[test]
    fn every_surface_has_a_name_that_keys_can_be_made_for_and_a_prefix_of_its_own() {
        let names: BTreeSet<_> = SURFACES.iter().map(|surface| surface.name).collect();
        assert!(names.iter().all(|name| limits::SURFACES.contains(name)), "{names:?}");
        let prefixes: BTreeSet<_> = SURFACES.iter().map(|surface| surface.prefix).collect();
        assert_eq!((names.len(), prefixes.len()), (SURFACES.len(), SURFACES.len()));
    }

    #[test]
    fn a_path_belongs_to_one_surface() {
        for (path, name) in [
            ("/convoai/api/v1/me/", "convoai"),
            ("/convoai", "convoai"),
            ("/convoaix/api", "native"),
            ("/v1/agents", "native"),
        ] {
            assert_eq!(Surface::at(path).name, name, "{path}");
        }
    }
}
