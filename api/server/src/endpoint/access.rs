//! Who may call an endpoint.

use convolog_domain::api_key::Scope;

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever signs the body with a known app's secret.
    Signed,
    /// The administrator.
    Administrator,
    /// A key with this scope, or the administrator in the workspace that `Convolog-Workspace` names.
    Key(Scope),
    /// The administrator, or a key with this scope in its own workspace.
    AdministratorOrKey(Scope),
    /// A key of a dialect that has scopes of its own, with this one of them.
    Granted(Grant),
    /// Any key of the dialect, whatever it may do.
    AnyKey(Scope),
}

/// A scope of a dialect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// As the dialect names it.
    pub name: &'static str,
    /// What it amounts to: the role of a person who acts must allow it.
    pub scope: Scope,
}

impl Access {
    /// What a key, or the role of the person it acts for, must be allowed; none where no key works.
    pub const fn scope(self) -> Option<Scope> {
        match self {
            Self::Public | Self::Signed | Self::Administrator => None,
            Self::Key(scope) | Self::AdministratorOrKey(scope) | Self::AnyKey(scope) => Some(scope),
            Self::Granted(grant) => Some(grant.scope),
        }
    }

    /// The scope that a key must have, in the words of its surface.
    pub const fn scope_name(self) -> Option<&'static str> {
        match self {
            Self::Public | Self::Signed | Self::Administrator | Self::AnyKey(_) => None,
            Self::Key(scope) | Self::AdministratorOrKey(scope) => Some(scope.as_str()),
            Self::Granted(grant) => Some(grant.name),
        }
    }
}
