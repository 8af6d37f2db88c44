//! A lead as people read it.

use std::collections::BTreeMap;

use convolog_domain::LeadContent;
use convolog_domain::lead::{Money, Opening};
use convolog_log::{Position, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::conversation::ContactSummary;
use super::message::ModeView;
use super::time::Time;
use crate::contacts::ContactRow;
use crate::error::QueryError;
use crate::leads::{LeadRow, LearnedFrom};
use crate::store::Stored;

/// One lead.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Lead")]
pub struct LeadView {
    /// Its id.
    pub id: Uuid,
    /// How far it has come: NEW, QUALIFIED, CONTACTED, WON, LOST.
    pub status: String,
    /// When it came there.
    pub status_since: Time,
    /// Why, if somebody said so.
    pub status_reason: Option<String>,
    /// The workspace's rule that brought it there, if nobody did.
    pub status_rule: Option<String>,
    /// Their name; if the lead has none of its own, the one the contact goes by.
    pub name: Option<String>,
    /// Their phone number; if the lead has none of its own, the contact's.
    pub phone: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their company.
    pub company: Option<String>,
    /// What somebody noted.
    pub note: Option<String>,
    /// All other fields.
    pub fields: BTreeMap<String, String>,
    /// Which of all these were learned from what was said, and where it stands.
    pub learned: Vec<LearnedView>,
    /// How promising they are, 0 to 100.
    pub score: Option<u8>,
    /// Why, in words of a kind.
    pub score_reasons: Vec<String>,
    /// Why, in people's own words.
    pub score_explanation: Option<String>,
    /// Whether the workspace's rules say so, and nobody else.
    pub score_by_rule: bool,
    /// What they are worth.
    pub value: Option<MoneyView>,
    /// Who looks after them.
    pub owner_id: Option<Uuid>,
    /// Where they came from.
    pub source: String,
    /// What led to the lead.
    pub opened_by: OpeningView,
    /// The number they wrote to.
    pub channel_id: Option<Uuid>,
    /// The contact, if it is known who they are.
    pub contact: Option<ContactSummary>,
    /// The id that another system gave them.
    pub external_id: Option<String>,
    /// When it was opened.
    pub created_at: Time,
    /// Where it begins in the log.
    pub position: u64,
    /// The position of its newest event.
    pub last_position: u64,
    /// The lead that goes on for this one, after a merge.
    pub merged_into: Option<Uuid>,
    /// The leads for which this one goes on.
    pub absorbed: Vec<Uuid>,
    /// What was known of it was erased.
    pub erased: Option<LeadErasedView>,
    /// Something of it cannot be opened, though it was not erased; the operator's log says why.
    pub unreadable: bool,
    /// Live or test.
    pub mode: ModeView,
}

/// A field that was learned from what was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "LearnedField")]
pub struct LearnedView {
    /// Its name.
    pub field: String,
    /// In which conversation.
    pub conversation_id: Uuid,
    /// In which message.
    pub message_id: Uuid,
    /// When it was learned.
    pub at: Time,
}

/// An amount of money.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Money")]
pub struct MoneyView {
    /// How much, in the smallest unit of the currency (cents).
    pub amount: u64,
    /// The currency: three capital letters (ISO 4217).
    pub currency: String,
}

/// What led to a lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LeadOpening")]
pub enum OpeningView {
    /// Somebody wrote who was not known.
    FirstContact,
    /// Somebody asked for it.
    Command,
    /// A list was taken in.
    Import,
}

/// When what was known of a lead was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "LeadErased")]
pub struct LeadErasedView {
    /// When.
    pub at: Time,
    /// Where it stands in the log.
    pub position: u64,
}

impl std::fmt::Debug for LeadView {
    /// Nothing personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LeadView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl From<&Money> for MoneyView {
    fn from(money: &Money) -> Self {
        Self { amount: money.amount, currency: money.currency.clone() }
    }
}

impl From<Opening> for OpeningView {
    fn from(opening: Opening) -> Self {
        match opening {
            Opening::FirstContact => Self::FirstContact,
            Opening::Command => Self::Command,
            Opening::Import => Self::Import,
        }
    }
}

/// What is sealed of a lead and those merged into it, each event opened once.
struct Unsealed<'a> {
    contents: Contents<'a>,
    opened: BTreeMap<Position, (Timestamp, LeadContent)>,
    unreadable: bool,
}

impl Unsealed<'_> {
    fn at(&mut self, position: Position) -> Result<&(Timestamp, LeadContent), QueryError> {
        if !self.opened.contains_key(&position) {
            let event = self.contents.event(position)?;
            let seen = event.as_ref().map(|event| self.contents.lead_in(event));
            let seen = seen.unwrap_or(Seen::Unreadable);
            self.unreadable |= seen == Seen::Unreadable;
            let content = seen.plain().map(|content| *content).unwrap_or_default();
            let at = event.map(|event| event.at).unwrap_or_default();
            self.opened.insert(position, (at, content));
        }
        Ok(self.opened.entry(position).or_default())
    }

    fn text(&mut self, position: Option<Position>) -> Result<Option<String>, QueryError> {
        let Some(position) = position else { return Ok(None) };
        Ok(self.at(position)?.1.text.clone().map(|text| text.0))
    }

    /// The fields of all rows; the first row that has one tells it.
    fn fields(&mut self, rows: &[&LeadRow]) -> Result<BTreeMap<String, String>, QueryError> {
        let mut fields = BTreeMap::new();
        for row in rows {
            for (name, position) in &row.fields {
                if !fields.contains_key(name)
                    && let Some(value) = self.at(*position)?.1.fields.get(name)
                {
                    fields.insert(name.clone(), value.expose().to_owned());
                }
            }
        }
        Ok(fields)
    }
}

/// A time that is kept in seconds, more exactly if it is that of its event.
fn exact(seconds: i64, event_at: Timestamp) -> Time {
    let is_that = event_at.0.div_euclid(1_000_000) == seconds;
    if is_that { event_at.into() } else { Time::of_seconds(seconds) }
}

/// What was learned, by field.
fn learned(row: &LeadRow) -> Vec<LearnedView> {
    let shown = |(field, from): (&String, &LearnedFrom)| LearnedView {
        field: field.clone(),
        conversation_id: from.conversation.0,
        message_id: from.message.0,
        at: from.at.into(),
    };
    row.learned.iter().map(shown).collect()
}

impl LeadView {
    /// The view of a row and of those merged into it; none while it is not known how it began.
    pub(crate) fn of(
        contents: Contents<'_>,
        stored: &Stored<LeadRow>,
        absorbed: &[Stored<LeadRow>],
        contact: Option<&ContactRow>,
    ) -> Result<Option<Self>, QueryError> {
        let row = &stored.row;
        let Some(opened) = &row.opened else { return Ok(None) };
        let mut unsealed = Unsealed { contents, opened: BTreeMap::new(), unreadable: false };
        let rows: Vec<_> =
            std::iter::once(row).chain(absorbed.iter().map(|stored| &stored.row)).collect();
        let mut fields = unsealed.fields(&rows)?;
        let contact = contact.map(|contact| ContactSummary::of(contents, contact)).transpose()?;
        let of_contact = |value: fn(&ContactSummary) -> &Option<String>| {
            contact.as_ref().and_then(|contact| value(contact).clone())
        };
        let external_id = if opened.has_external_id {
            unsealed.at(opened.position)?.1.external_id.clone()
        } else {
            None
        };
        let score = row.score.as_ref();
        let moved_at = match row.stage_position {
            Some(position) => unsealed.at(position)?.0,
            None => opened.at,
        };
        Ok(Some(Self {
            id: row.id.0,
            status: row.stage.name().to_owned(),
            status_since: exact(row.stage_since, moved_at),
            status_reason: unsealed.text(row.stage_position)?,
            status_rule: row.stage_rule.clone(),
            learned: learned(row),
            name: fields.remove("name").or_else(|| of_contact(|contact| &contact.name)),
            phone: fields.remove("phone").or_else(|| of_contact(|contact| &contact.phone)),
            email: fields.remove("email"),
            company: fields.remove("company"),
            note: fields.remove("note"),
            fields,
            score: score.map(|scored| scored.score),
            score_reasons: score.map(|scored| scored.reasons.clone()).unwrap_or_default(),
            score_explanation: unsealed.text(score.map(|scored| scored.position))?,
            score_by_rule: score.is_some_and(|scored| scored.by_rule),
            value: row.value.as_ref().map(Into::into),
            owner_id: row.owner.map(|id| id.0),
            source: opened.source.clone(),
            opened_by: opened.by.into(),
            channel_id: opened.channel.map(|id| id.0),
            contact,
            external_id: external_id.map(|id| id.0),
            created_at: opened.at.into(),
            position: opened.position.0,
            last_position: stored.position.0,
            merged_into: row.merged_into.map(|id| id.0),
            absorbed: row.absorbed.iter().map(|id| id.0).collect(),
            erased: row
                .erased
                .map(|(position, at)| LeadErasedView { at: at.into(), position: position.0 }),
            unreadable: unsealed.unreadable,
            mode: if opened.test { ModeView::Test } else { ModeView::Live },
        }))
    }
}
