//! A conversation as people read it.

use convolog_domain::contact::IdentityKind;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::act::StaffView;
use super::contact::{Names, identity};
use super::content::Contents;
use super::message::ModeView;
use super::time::Time;
use crate::contacts::ContactRow;
use crate::conversations::{ConversationRow, ConversationStatus};
use crate::error::QueryError;

/// One conversation.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConversationView {
    /// Its id.
    pub id: Uuid,
    /// Whether it goes on.
    pub status: ConversationStatus,
    /// With whom.
    pub contact: ContactSummary,
    /// The agent that answers in it.
    pub agent_id: Option<Uuid>,
    /// The number it is had with.
    pub channel_id: Uuid,
    /// When it began.
    pub opened_at: Time,
    /// Where it began in the log.
    pub position: u64,
    /// The position of the newest event in it.
    pub last_position: u64,
    /// When its newest message was said, as messages are ordered.
    pub last_message_at: Option<Time>,
    /// Messages from the contact.
    pub inbound_messages: u64,
    /// Messages from the business.
    pub outbound_messages: u64,
    /// The member of the staff who has it.
    pub assignee: Option<StaffView>,
    /// That it waits for a person; agents are silent.
    pub handoff: Option<HandoffView>,
    /// What it is about, in the words of the staff.
    pub tags: Vec<String>,
    /// What the staff calls it; none if it was erased.
    pub title: Option<String>,
    /// Notes of the staff; they stand in its timeline.
    pub notes: u64,
    /// When it was closed, if it is.
    pub closed_at: Option<Time>,
    /// When it was deleted, if it is: lists leave it out, and nobody can work on it.
    pub deleted_at: Option<Time>,
    /// Live or test.
    pub mode: ModeView,
}

/// A conversation that waits for a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Handoff")]
pub struct HandoffView {
    /// Why: `requested`, `not_sure`, `person_took_over` …
    pub reason: String,
    /// Since when.
    pub since: Time,
}

impl std::fmt::Debug for ConversationView {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConversationView")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Whom a conversation is with.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContactSummary {
    /// The contact's id; after a merge, of the one that goes on.
    pub id: Uuid,
    /// The name they go by.
    pub name: Option<String>,
    /// Their user name on the platform.
    pub username: Option<String>,
    /// Their phone number as the platform writes it, if it ever told.
    pub phone: Option<String>,
    /// Their data was erased.
    pub erased: bool,
}

impl std::fmt::Debug for ContactSummary {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContactSummary").field("id", &self.id).finish_non_exhaustive()
    }
}

impl ContactSummary {
    pub(crate) fn of(contents: Contents<'_>, row: &ContactRow) -> Result<Self, QueryError> {
        let Names { name, username, .. } = Names::of(contents, row)?;
        Ok(Self {
            id: row.id.0,
            name,
            username,
            phone: identity(contents, row, IdentityKind::Phone)?,
            erased: row.erased.is_some(),
        })
    }
}

impl ConversationView {
    /// The view of a row; none while it is not known how it began.
    pub(crate) fn of(
        contents: Contents<'_>,
        stored: &crate::store::Stored<ConversationRow>,
        contact: Option<&ContactRow>,
    ) -> Result<Option<Self>, QueryError> {
        let row = &stored.row;
        let Some(opened) = &row.opened else { return Ok(None) };
        let contact = match contact {
            Some(contact) => ContactSummary::of(contents, contact)?,
            None => ContactSummary {
                id: opened.contact.0,
                name: None,
                username: None,
                phone: None,
                erased: false,
            },
        };
        Ok(Some(Self {
            id: row.id.0,
            status: row.status,
            contact,
            agent_id: opened.agent.map(|agent| agent.0),
            channel_id: opened.channel.0,
            opened_at: opened.at.into(),
            position: opened.position.0,
            last_position: stored.position.0,
            last_message_at: row.last_message_at.map(Time::of_seconds),
            inbound_messages: row.inbound,
            outbound_messages: row.outbound,
            assignee: row
                .assignee
                .map(|person| StaffView::of(contents, row.workspace, person))
                .transpose()?,
            handoff: row.handoff.as_ref().map(|handoff| HandoffView {
                reason: handoff.reason.clone(),
                since: Time::of_seconds(handoff.since),
            }),
            tags: row.tags.iter().cloned().collect(),
            title: row.title.map(|position| contents.title(position)).transpose()?.flatten(),
            notes: row.notes,
            closed_at: row.closed_at.map(Into::into),
            deleted_at: row.deleted_at.map(Into::into),
            mode: if opened.test { ModeView::Test } else { ModeView::Live },
        }))
    }
}
