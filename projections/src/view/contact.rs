//! A contact as people read it.

use convolog_domain::contact::IdentityKind;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::time::Time;
use crate::contacts::{ContactRow, Erased};
use crate::error::QueryError;

/// One contact.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContactView {
    /// Its id.
    pub id: Uuid,
    /// The name they go by.
    pub name: Option<String>,
    /// Their user name on the platform.
    pub username: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// Their phone number as the platform writes it, if it ever told.
    pub phone: Option<String>,
    /// The platform's id of them within the business, if it ever told.
    pub user_id: Option<String>,
    /// Every identity they were ever known by.
    pub identities: Vec<IdentityView>,
    /// When they became known.
    pub created_at: Option<Time>,
    /// Where the log first heard of them.
    pub position: u64,
    /// The contact that goes on for this one, after a merge.
    pub merged_into: Option<Uuid>,
    /// The contacts for which this one goes on.
    pub absorbed: Vec<Uuid>,
    /// Their data was erased.
    pub erased: Option<ContactErased>,
    /// Something of it cannot be opened, though it was not erased; the operator's log says why.
    pub unreadable: bool,
}

/// One identity.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IdentityView {
    /// `phone`, `bsuid`, `parent_bsuid`.
    pub kind: String,
    /// As the platform writes it; none if it was erased.
    pub value: Option<String>,
    /// They still go by it.
    pub current: bool,
}

/// When and on whose word personal data was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ContactErased {
    /// When.
    pub at: Time,
    /// Where it stands in the log.
    pub position: u64,
    /// Who asked for it.
    pub by: Option<Uuid>,
}

impl std::fmt::Debug for ContactView {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContactView").field("id", &self.id).finish_non_exhaustive()
    }
}

const fn kind_name(kind: IdentityKind) -> &'static str {
    match kind {
        IdentityKind::Phone => "phone",
        IdentityKind::Bsuid => "bsuid",
        IdentityKind::ParentBsuid => "parent_bsuid",
        IdentityKind::Other => "other",
        IdentityKind::Email => "email",
    }
}

/// The names of a contact.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) name: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) unreadable: bool,
}

impl Names {
    pub(crate) fn of(contents: Contents<'_>, row: &ContactRow) -> Result<Self, QueryError> {
        let Some(profile) = row.profile else { return Ok(Self::default()) };
        Ok(match contents.profile(profile.position)? {
            Seen::Plain(profile) => Self {
                name: profile.name.map(|text| text.0),
                username: profile.username.map(|text| text.0),
                email: profile.email.map(|text| text.0),
                unreadable: false,
            },
            seen => Self { unreadable: seen == Seen::Unreadable, ..Self::default() },
        })
    }
}

/// The value of the identity of a kind that they go by now.
pub(crate) fn identity(
    contents: Contents<'_>,
    row: &ContactRow,
    kind: IdentityKind,
) -> Result<Option<String>, QueryError> {
    let Some(position) = row.identity(kind).and_then(|(_, identity)| identity.position) else {
        return Ok(None);
    };
    Ok(contents.identity(position)?.plain().map(|identity| identity.value.0))
}

impl ContactView {
    pub(crate) fn of(contents: Contents<'_>, row: &ContactRow) -> Result<Self, QueryError> {
        let Names { name, username, email, mut unreadable } = Names::of(contents, row)?;
        let mut identities = Vec::new();
        for ((kind, _), identity) in &row.identities {
            let Some(position) = identity.position else { continue };
            let seen = contents.identity(position)?;
            unreadable |= seen == Seen::Unreadable;
            identities.push(IdentityView {
                kind: kind_name(*kind).to_owned(),
                value: seen.plain().map(|content| content.value.0),
                current: identity.current(),
            });
        }
        let erased = row.erased.map(|erased| {
            let Erased { position, at, by } = erased;
            ContactErased { at: at.into(), position: position.0, by: by.map(|id| id.0) }
        });
        Ok(Self {
            id: row.id.0,
            name,
            username,
            email,
            phone: identity(contents, row, IdentityKind::Phone)?,
            user_id: identity(contents, row, IdentityKind::Bsuid)?,
            identities,
            created_at: row.created.map(|(_, at)| at.into()),
            position: row.created.map_or(0, |(position, _)| position.0),
            merged_into: row.merged_into.map(|id| id.0),
            absorbed: row.absorbed.iter().map(|id| id.0).collect(),
            erased,
            unreadable,
        })
    }
}
