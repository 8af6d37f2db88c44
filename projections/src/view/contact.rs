//! A contact as people read it.

use convolog_domain::ActorKind;
use convolog_domain::contact::IdentityKind;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::preference::OptedOutView;
use super::time::Time;
use crate::contacts::{ContactRow, Erased, Hold};
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
    /// The legal hold that stands: nobody can erase them, nor who is the same person.
    pub legal_hold: Option<LegalHoldView>,
    /// What is not sent to them; null if everything may be.
    pub opted_out: Option<OptedOutView>,
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ContactErased {
    /// When.
    pub at: Time,
    /// Where it stands in the log.
    pub position: u64,
    /// Who answers for it: a person or a key; none if it was the administrator.
    pub by: Option<Uuid>,
    /// What `by` is: `person`, `key`, `administrator`.
    pub by_kind: String,
}

/// A legal hold.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "LegalHold")]
pub struct LegalHoldView {
    /// Since when it stands.
    pub since: Time,
    /// Where it stands in the log.
    pub position: u64,
    /// Who answers for it: a person or a key; none if it was the administrator.
    pub by: Option<Uuid>,
    /// What `by` is: `person`, `key`, `administrator`.
    pub by_kind: String,
    /// Why.
    pub reason: String,
    /// Which case, in the words of whoever placed it.
    pub note: Option<String>,
}

impl std::fmt::Debug for LegalHoldView {
    /// Nothing that people wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LegalHoldView").field("position", &self.position).finish_non_exhaustive()
    }
}

impl ContactErased {
    fn of(erased: &Erased) -> Self {
        let Erased { position, at, by } = *erased;
        let (by, by_kind) = answerable(by);
        Self { at: at.into(), position: position.0, by, by_kind }
    }
}

impl LegalHoldView {
    fn of(contents: Contents<'_>, hold: &Hold) -> Result<Self, QueryError> {
        let Hold { position, at, by, reason } = hold;
        let (by, by_kind) = answerable(*by);
        let note = contents.note(*position)?.plain().map(|note| note.text.0);
        let (since, reason) = ((*at).into(), reason.clone());
        Ok(Self { since, position: position.0, by, by_kind, reason, note })
    }
}

/// The administrator is nobody in particular.
fn answerable((kind, id): (ActorKind, Uuid)) -> (Option<Uuid>, String) {
    ((!id.is_nil()).then_some(id), kind.name().to_owned())
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
        let hold = row.hold.as_ref().map(|hold| LegalHoldView::of(contents, hold));
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
            erased: row.erased.as_ref().map(ContactErased::of),
            legal_hold: hold.transpose()?,
            opted_out: OptedOutView::of(row),
            unreadable,
        })
    }
}
