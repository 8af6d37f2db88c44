//! Who asks, and whether they may.
//!
//! Keys are looked up by their hash; the administrator's token is compared in constant time. What a
//! key may not see answers exactly like what does not exist.

mod new_key;
mod session;

use axum::http::{HeaderMap, header};
use convolog_domain::api_key::{ApiKey, KeyMode, Scope};
use convolog_domain::person::{Person, Role};
use convolog_domain::workspace::Workspace;
use convolog_domain::{Actor, PersonId, WorkspaceId};
use convolog_engine::KeyFound;
use convolog_log::Mode;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use uuid::Uuid;

pub use new_key::NewKey;
pub use session::Session;

use crate::app::App;
use crate::endpoint::{Access, Route};
use crate::problem::{Code, Outcome, Problem};
use crate::surfaces::{KeyShape, NATIVE, Surface};
use crate::v1::wire::seconds;

/// The header with which the administrator chooses a workspace.
pub const WORKSPACE: &str = "Convolog-Workspace";
/// The header that names the person for whom a key acts.
pub const ON_BEHALF_OF: &str = "Convolog-On-Behalf-Of";

/// Whom the credentials of a request belong to.
#[derive(Debug)]
pub enum Known {
    /// No credentials are needed, so none were looked at.
    Anybody,
    /// The administrator.
    Administrator,
    /// Whoever has this key.
    Key(KeyFound),
}

/// Whose credentials these are; whether they may is said by [`permit`].
pub fn recognise(app: &App, surface: &Surface, headers: &HeaderMap) -> Outcome<Known> {
    let token = bearer(headers)?;
    if surface.is_native && is_administrator(app, token) {
        return Ok(Known::Administrator);
    }
    key(app, surface, token).map(Known::Key)
}

/// Who asks, if they may.
pub fn permit(
    app: &App,
    route: &Route,
    headers: &HeaderMap,
    known: &Known,
    request: Uuid,
) -> Outcome<Session> {
    let declaration = &route.declaration;
    let found = match (known, declaration.access) {
        (Known::Anybody, _) => return Ok(Session::anonymous()),
        (Known::Administrator, Access::Key(_)) => return administrator_in_workspace(app, headers),
        (Known::Administrator, _) => {
            return Ok(Session::administrator(WorkspaceId::INSTALLATION));
        }
        (Known::Key(found), _) => found,
    };
    let Some(scope) = declaration.access.scope() else {
        return Err(Problem::plain(Code::AdministratorRequired));
    };
    if !route.surface.takes_keys_of(&found.surface) {
        return Err(Problem::plain(Code::WrongSurface));
    }
    check_scope(found, declaration.access)?;
    let session = of_key(app, found, headers)?;
    if let Some((_, role)) = session.person
        && (!role.allows(scope) || declaration.for_owners && !role.keeps_people())
    {
        let detail = format!("The person who acts is {}.", role.as_str());
        return Err(Problem::new(Code::RoleForbids, detail));
    }
    tracing::debug!(%request, key = %found.key, "a key was recognised");
    Ok(session)
}

fn bearer(headers: &HeaderMap) -> Outcome<&str> {
    let missing = || Problem::plain(Code::MissingCredentials).at("Authorization");
    let value = headers.get(header::AUTHORIZATION).ok_or_else(missing)?;
    let (scheme, token) = value.to_str().unwrap_or_default().split_once(' ').ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing()) }
}

fn is_administrator(app: &App, token: &str) -> bool {
    let matches = |secret: &SecretString| -> bool {
        secret.expose_secret().as_bytes().ct_eq(token.as_bytes()).into()
    };
    app.config().admin_token.as_ref().is_some_and(matches)
}

/// The key with this text. A dialect knows none but its own, and none that do not look like them.
fn key(app: &App, surface: &Surface, token: &str) -> Outcome<KeyFound> {
    let invalid =
        |detail: String| Problem::new(Code::InvalidCredentials, detail).at("Authorization");
    if !surface.is_native && !surface.keys.fits(token) {
        let KeyShape { live, test, length, .. } = surface.keys;
        let begins = test.map_or_else(|| live.to_owned(), |test| format!("{live} or {test}"));
        let detail =
            format!("This is no key: keys begin with {begins}, and {length} characters follow.");
        return Err(invalid(detail));
    }
    let unknown = || Problem::plain(Code::InvalidCredentials).at("Authorization");
    let found = app.engine().find_key(token)?.ok_or_else(unknown)?;
    let now = app.engine().clock().now().0.div_euclid(1_000_000);
    match found.expires_at {
        Some(end) if end <= now => Err(invalid(format!("The key expired at {}.", seconds(end)))),
        _ => Ok(found),
    }
}

/// Whether the key may do this, in the words of its surface.
fn check_scope(found: &KeyFound, access: Access) -> Outcome<()> {
    let may = match access {
        Access::Granted(grant) => found.grants.iter().any(|name| name == grant.name),
        Access::Key(scope) | Access::AdministratorOrKey(scope) => found.scopes.contains(&scope),
        Access::AnyKey(_) => true,
        Access::Public | Access::Signed | Access::Administrator => false,
    };
    if may {
        return Ok(());
    }
    let name = access.scope_name().unwrap_or_default();
    let detail = format!("The key lacks the scope {name}.");
    Err(Problem::new(Code::InsufficientScope, detail).allowing([name]))
}

fn of_key(app: &App, found: &KeyFound, headers: &HeaderMap) -> Outcome<Session> {
    let person = person(app, found, headers)?;
    Ok(Session {
        actor: Actor::key(found.key, person.map(|(id, _)| id)),
        person,
        workspace: found.workspace,
        mode: match found.mode {
            KeyMode::Live => Mode::Live,
            KeyMode::Test => Mode::Test,
        },
        key: Some(found.key),
        home: Surface::named(&found.surface).unwrap_or(&NATIVE),
        administrator: false,
    })
}

/// The person who acts, if it is one, and what they may do. A key of a person is nobody else's.
fn person(app: &App, found: &KeyFound, headers: &HeaderMap) -> Outcome<Option<(PersonId, Role)>> {
    let refused = |detail: &str| Problem::field(ON_BEHALF_OF, detail);
    let nobody = || refused("Convolog-On-Behalf-Of must be the id of a person of this workspace.");
    let named: Option<PersonId> = match headers.get(ON_BEHALF_OF) {
        Some(value) => Some(value.to_str().unwrap_or_default().parse().map_err(|_| nobody())?),
        None => None,
    };
    if named.is_some() && found.person.is_some() && named != found.person {
        return Err(refused("The key acts for one person, and for nobody else."));
    }
    let Some(id) = found.person.or(named) else { return Ok(None) };
    match app.engine().load::<Person>(found.workspace, id.0)?.state.standing() {
        Some(role) => Ok(Some((id, role))),
        None if found.person.is_some() => {
            let detail = "The person whom the key acts for was removed.";
            Err(Problem::new(Code::InvalidCredentials, detail).at("Authorization"))
        }
        None => Err(nobody()),
    }
}

/// Whether whoever asked at first may still ask: their key works, and the person it acts for stands.
pub(crate) fn still_stands(app: &App, session: &Session) -> Outcome<bool> {
    let Some(key) = session.key else { return Ok(true) };
    let now = app.engine().clock().now().0.div_euclid(1_000_000);
    let state = app.engine().load::<ApiKey>(session.workspace, key.0)?.state;
    if !state.live().is_some_and(|key| key.works_at(now)) {
        return Ok(false);
    }
    let Some((person, _)) = session.person else { return Ok(true) };
    let state = app.engine().load::<Person>(session.workspace, person.0)?.state;
    Ok(state.standing().is_some_and(|role| role.allows(Scope::Read)))
}

fn administrator_in_workspace(app: &App, headers: &HeaderMap) -> Outcome<Session> {
    let detail = "With the administrator's token, the header Convolog-Workspace names the workspace; or use a key of it.";
    let value = headers.get(WORKSPACE).ok_or_else(|| Problem::field(WORKSPACE, detail))?;
    let parsed = value.to_str().unwrap_or_default().parse::<WorkspaceId>();
    let id = parsed.map_err(|_| Problem::field(WORKSPACE, "Convolog-Workspace must be a UUID."))?;
    let exists =
        id == WorkspaceId::INSTALLATION || app.engine().load::<Workspace>(id, id.0)?.version > 0;
    if !exists {
        return Err(Problem::no_workspace());
    }
    Ok(Session::administrator(id))
}
