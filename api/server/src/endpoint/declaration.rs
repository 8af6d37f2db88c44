//! What an endpoint says about itself: everything that the router, the checks and the
//! documentation need, in one constant.

use axum::http::StatusCode;

use super::access::Access;
use super::deprecated::Deprecated;
use super::listing::PAGING;
use crate::problem::Code;
use crate::rates::Quota;
use crate::surfaces::Surface;

/// The methods in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Reads.
    Get,
    /// Commands.
    Post,
    /// Changes something that is there.
    Patch,
    /// Takes something away.
    Delete,
}

impl Method {
    /// As OpenAPI writes it.
    pub const fn lower_case(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }

    /// As HTTP writes it.
    pub const fn upper_case(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How often one caller may call; limits come with the configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RateClass {
    /// Not limited: health, documentation, signed posts of the platform.
    Unlimited,
    /// Reads.
    Read,
    /// Commands.
    Write,
    /// Long answers: streams of events.
    Stream,
    /// What costs the whole installation: rebuilds, keys, channels.
    Heavy,
}

impl RateClass {
    /// As the documentation shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::Read => "read",
            Self::Write => "write",
            Self::Stream => "stream",
            Self::Heavy => "heavy",
        }
    }
}

/// The largest body that an endpoint takes, unless it says another.
const BODY_BYTES_MAX: usize = 1 << 20;

/// Everything about an endpoint but its types.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes or no of its own, set by name")]
pub struct Declaration {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: &'static str,
    /// The name of the operation, unique.
    pub name: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What a caller should know.
    pub description: &'static str,
    /// The group in the documentation.
    pub group: &'static str,
    /// Who may call.
    pub access: Access,
    /// Whoever acts for a person needs one who keeps people and keys.
    pub for_owners: bool,
    /// How often.
    pub rate: RateClass,
    /// What a call uses up, where keys have a quota of it.
    pub uses: Option<Quota>,
    /// It will go away.
    pub deprecated: Option<Deprecated>,
    /// The status when all goes well.
    pub success: StatusCode,
    /// What that answer holds, in a few words.
    pub success_means: &'static str,
    /// Codes of its own; those that follow from access, method and types are added.
    pub errors: &'static [Code],
    /// What is told with 200 where nothing had to be made, if that is so.
    pub found_means: Option<&'static str>,
    /// A header of its own that it needs, and what it says.
    pub header: Option<(&'static str, &'static str)>,
    /// Takes `at_least`, because it answers from read models.
    pub at_least: bool,
    /// Answers from the search index, which may be a moment behind the other read models.
    pub searches: bool,
    /// Takes `page` and `limit`, because it answers with a list.
    pub paged: bool,
    /// Takes `as_of`, together with these parameters only.
    pub as_of: Option<&'static [&'static str]>,
    /// Takes an `Idempotency-Key`.
    pub idempotent_by_key: bool,
    /// Its answer is kept by the mechanism, after it was done; else by the command itself.
    pub answer_kept_after: bool,
    /// Answers with an `ETag` and heeds `If-None-Match`.
    pub tagged: bool,
    /// The largest body that it takes, in bytes.
    pub body_bytes_max: usize,
    /// Has no time limit: an answer without an end, or long work.
    pub endless: bool,
    /// Is told of every call that was refused or failed, wherever that happened.
    pub refused: fn(Code),
}

impl Declaration {
    const fn new(
        method: Method,
        path: &'static str,
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        let command = !matches!(method, Method::Get);
        Self {
            method,
            path,
            name,
            summary,
            description: "",
            group: "Other",
            access: Access::Public,
            for_owners: false,
            rate: if command { RateClass::Write } else { RateClass::Read },
            uses: None,
            deprecated: None,
            success: StatusCode::OK,
            success_means: "The answer.",
            found_means: None,
            errors: &[],
            header: None,
            at_least: false,
            searches: false,
            paged: false,
            as_of: None,
            idempotent_by_key: matches!(method, Method::Post),
            answer_kept_after: false,
            tagged: false,
            body_bytes_max: BODY_BYTES_MAX,
            endless: false,
            refused: |_| (),
        }
    }

    /// A read.
    pub const fn get(path: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Get, path, name, summary)
    }

    /// A read of a list: takes `page` and `limit`, also together with `as_of`.
    pub const fn list(path: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self { paged: true, ..Self::get(path, name, summary) }
    }

    /// A command.
    pub const fn post(path: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Post, path, name, summary)
    }

    /// A command that changes something that is there: what is not named stays as it is.
    pub const fn patch(path: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Patch, path, name, summary)
    }

    /// A command that takes something away.
    pub const fn delete(path: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Delete, path, name, summary)
    }

    /// What a caller should know.
    #[must_use]
    pub const fn describing(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// The group in the documentation.
    #[must_use]
    pub const fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// Who may call.
    #[must_use]
    pub const fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// For owners, where it is a person who acts.
    #[must_use]
    pub const fn for_owners(mut self) -> Self {
        self.for_owners = true;
        self
    }

    /// For anybody, as often as they like.
    #[must_use]
    pub const fn for_anybody(mut self) -> Self {
        self.access = Access::Public;
        self.rate = RateClass::Unlimited;
        self
    }

    /// How often.
    #[must_use]
    pub const fn rate(mut self, rate: RateClass) -> Self {
        self.rate = rate;
        self
    }

    /// What a call uses up, where keys have a quota of it.
    #[must_use]
    pub const fn using(mut self, quota: Quota) -> Self {
        self.uses = Some(quota);
        self
    }

    /// It will go away: callers are told on every answer.
    #[must_use]
    pub const fn deprecated(mut self, deprecated: Deprecated) -> Self {
        self.deprecated = Some(deprecated);
        self
    }

    /// The status when all goes well, and what the answer holds.
    #[must_use]
    pub const fn answers(mut self, success: StatusCode, means: &'static str) -> Self {
        self.success = success;
        self.success_means = means;
        self
    }

    /// Codes of its own.
    #[must_use]
    pub const fn fails_with(mut self, errors: &'static [Code]) -> Self {
        self.errors = errors;
        self
    }

    /// What was there already is answered with 200 and not made again.
    #[must_use]
    pub const fn or_finds(mut self, means: &'static str) -> Self {
        self.found_means = Some(means);
        self
    }

    /// A header of its own that it needs, and what it says.
    #[must_use]
    pub const fn needing(mut self, header: &'static str, means: &'static str) -> Self {
        self.header = Some((header, means));
        self
    }

    /// It answers from read models: takes `at_least`, has an `ETag`.
    #[must_use]
    pub const fn from_read_models(mut self) -> Self {
        self.at_least = true;
        self.tagged = true;
        self
    }

    /// It answers with a file: its content is read as it is sent, so that it has no `ETag`.
    #[must_use]
    pub const fn with_a_file(mut self) -> Self {
        self.at_least = true;
        self.tagged = false;
        self
    }

    /// It answers from the search index: takes `at_least`, has an `ETag`.
    #[must_use]
    pub const fn from_search(mut self) -> Self {
        self.searches = true;
        self.from_read_models()
    }

    /// It answers from the log: has an `ETag`.
    #[must_use]
    pub const fn tagged(mut self) -> Self {
        self.tagged = true;
        self
    }

    /// It shows the past, together with these parameters only (and those of paging).
    #[must_use]
    pub const fn as_of_with(mut self, parameters: &'static [&'static str]) -> Self {
        self.as_of = Some(parameters);
        self
    }

    /// It cannot be made safe to repeat by a key: the body itself says whether it was seen.
    #[must_use]
    pub const fn without_idempotency_key(mut self) -> Self {
        self.idempotent_by_key = false;
        self
    }

    /// Doing it again does no harm, and what it answers is known only afterwards: its answer is kept
    /// right after it was done, in a commit of its own. A crash in between does it again.
    #[must_use]
    pub const fn keeps_its_answer_after(mut self) -> Self {
        self.answer_kept_after = true;
        self
    }

    /// The largest body that it takes, in bytes.
    #[must_use]
    pub const fn body_up_to(mut self, bytes: usize) -> Self {
        self.body_bytes_max = bytes;
        self
    }

    /// It has no time limit: its answer has no end, or the work is long.
    #[must_use]
    pub const fn endless(mut self) -> Self {
        self.endless = true;
        self
    }

    /// What is told of every call that was refused or failed, wherever that happened.
    #[must_use]
    pub const fn telling_refusals(mut self, refused: fn(Code)) -> Self {
        self.refused = refused;
        self
    }

    /// Whether whoever calls shows a key or the administrator's token.
    pub const fn takes_credentials(&self) -> bool {
        !matches!(self.access, Access::Public | Access::Signed)
    }

    /// Whether the calls of a key are counted, limited and told in `X-RateLimit-*`.
    pub const fn limited(&self) -> bool {
        self.takes_credentials() && !matches!(self.rate, RateClass::Unlimited)
    }

    /// The parameters that go together with `as_of`, if it is taken.
    pub fn together_with_as_of(&self) -> Option<Vec<&'static str>> {
        let paging: &[&str] = if self.paged { &PAGING } else { &[] };
        self.as_of.map(|own| paging.iter().chain(own).copied().collect())
    }

    /// The names of the parameters in the path.
    pub fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Every code that it may answer with, in the order of the documentation.
    pub fn all_errors(&self, surface: &Surface) -> Vec<Code> {
        let mut codes = self.errors.to_vec();
        if !surface.is_native && self.takes_credentials() {
            codes.extend([Code::MissingCredentials, Code::InvalidCredentials]);
            codes.extend([Code::RoleForbids, Code::NotFound]);
            codes.extend(self.access.scope_name().map(|_| Code::InsufficientScope));
        }
        match self.access {
            Access::Signed => codes.push(Code::InvalidSignature),
            Access::Administrator => codes.extend([
                Code::MissingCredentials,
                Code::InvalidCredentials,
                Code::AdministratorRequired,
            ]),
            Access::Key(_) | Access::AdministratorOrKey(_) if surface.is_native => codes.extend([
                Code::MissingCredentials,
                Code::InvalidCredentials,
                Code::InsufficientScope,
                Code::RoleForbids,
                Code::WrongSurface,
                Code::NotFound,
                Code::InvalidField,
            ]),
            _ => {}
        }
        if self.takes_credentials() {
            codes.push(Code::RateLimited);
        }
        codes.extend([Code::UnknownParameter, Code::InvalidField, Code::Internal]);
        if !self.endless {
            codes.push(Code::Timeout);
        }
        if self.at_least {
            codes.push(Code::NotCaughtUp);
        }
        if self.paged {
            codes.push(Code::InvalidPage);
        }
        if self.as_of.is_some() {
            codes.push(Code::NotAllowedWithAsOf);
        }
        let takes_a_body = matches!(self.method, Method::Post | Method::Patch);
        if takes_a_body {
            codes.push(Code::BodyTooLarge);
        }
        if takes_a_body && self.access != Access::Signed {
            codes.extend([Code::MalformedBody, Code::UnknownField]);
        }
        if takes_a_body && !surface.is_native {
            codes.push(Code::UnsupportedMediaType);
        }
        if self.method != Method::Get {
            codes.extend([Code::Contended, Code::NoSpace, Code::LogUnavailable]);
        }
        if self.idempotent_by_key {
            codes.extend([Code::IdempotencyKeyReused, Code::Erased]);
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}
