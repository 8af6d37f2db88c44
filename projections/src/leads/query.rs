//! Lists of leads.

use convolog_domain::lead::Stage;
use convolog_domain::{ContactId, LeadId, PersonId, Token, WorkspaceId};
use convolog_log::Timestamp;

use super::{
    BY_CONTACT, BY_CREATION, BY_OWNER, BY_RANK, BY_SCORE, BY_SINCE, BY_STAGE, BY_TOKEN, BY_VALUE,
    LeadRow, Leads,
};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Part, Stretch, Table};

/// The most leads with one phone number that are looked at.
const ALIKE_MAX: usize = 64;

/// How a list of leads is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum LeadOrder {
    /// By creation.
    #[default]
    Created,
    /// By score; whoever has none comes last when the best come first.
    Score,
    /// By amount, whatever the currency.
    Value,
    /// By how long they have been in their stage.
    TimeInStage,
    /// As they stand on the board, stage by stage.
    Board,
}

impl LeadOrder {
    const fn code(self) -> u8 {
        match self {
            Self::Created => 0,
            Self::Score => 1,
            Self::Value => 2,
            Self::TimeInStage => 3,
            Self::Board => 4,
        }
    }
}

/// Which end of an order comes first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Direction {
    /// What people look for: the newest, the best, the largest, the longest, the top.
    #[default]
    Usual,
    /// The other end.
    Reversed,
}

/// What must hold of a lead.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeadFilter {
    /// In this stage.
    pub stage: Option<Stage>,
    /// Somebody looks after it.
    pub owner: Option<PersonId>,
    /// Whether anybody looks after it.
    pub has_owner: Option<bool>,
    /// From there.
    pub source: Option<String>,
    /// With at least this score.
    pub score_min: Option<u8>,
    /// With at most this score; whoever has none passes.
    pub score_max: Option<u8>,
    /// Worth something in this currency.
    pub currency: Option<String>,
    /// Worth at least so much, in the smallest unit of its currency.
    pub value_min: Option<u64>,
    /// Worth at most so much; whoever is worth nothing known does not pass.
    pub value_max: Option<u64>,
    /// In its stage since this second or a later one.
    pub since_min: Option<i64>,
    /// In its stage since this second or an earlier one.
    pub since_max: Option<i64>,
    /// Recorded after this moment.
    pub created_after: Option<Timestamp>,
    /// Recorded before this moment.
    pub created_before: Option<Timestamp>,
    /// One of these contacts (one person who was merged is several); empty = all.
    pub contacts: Vec<ContactId>,
}

impl LeadFilter {
    pub(crate) fn passes(&self, row: &LeadRow) -> bool {
        let Some(opened) = &row.opened else { return false };
        let score = row.score.as_ref().map(|scored| scored.score);
        let amount = row.value.as_ref().map(|value| value.amount);
        let currency = row.value.as_ref().map(|value| &value.currency);
        row.merged_into.is_none()
            && self.stage.is_none_or(|stage| stage == row.stage)
            && self.owner.is_none_or(|owner| Some(owner) == row.owner)
            && self.has_owner.is_none_or(|has| has == row.owner.is_some())
            && self.currency.as_ref().is_none_or(|wanted| currency == Some(wanted))
            && self.value_min.is_none_or(|min| amount.is_some_and(|amount| amount >= min))
            && self.value_max.is_none_or(|max| amount.is_some_and(|amount| amount <= max))
            && self.since_min.is_none_or(|min| row.stage_since >= min)
            && self.since_max.is_none_or(|max| row.stage_since <= max)
            && self.source.as_ref().is_none_or(|source| *source == opened.source)
            && self.score_min.is_none_or(|min| score.is_some_and(|score| score >= min))
            && self.score_max.is_none_or(|max| score.is_none_or(|score| score <= max))
            && self.created_after.is_none_or(|after| opened.at > after)
            && self.created_before.is_none_or(|before| opened.at < before)
            && (self.contacts.is_empty()
                || row.contact.is_some_and(|contact| self.contacts.contains(&contact)))
    }

    fn bytes(&self) -> Vec<u8> {
        let Self {
            stage,
            owner,
            has_owner,
            source,
            score_min,
            score_max,
            currency,
            value_min,
            value_max,
            since_min,
            since_max,
            created_after,
            created_before,
            contacts,
        } = self;
        let whose = (stage, owner, has_owner, source, contacts);
        let much = (score_min, score_max, currency, value_min, value_max);
        let times = (since_min, since_max, created_after, created_before);
        format!("{whose:?} {much:?} {times:?}").into_bytes()
    }
}

/// Which leads are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// In which order.
    pub order: LeadOrder,
    /// Which end comes first.
    pub direction: Direction,
    /// What must hold of them.
    pub filter: LeadFilter,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl LeadQuery {
    /// All leads of a workspace, the newest first.
    pub fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            order: LeadOrder::Created,
            direction: Direction::Usual,
            filter: LeadFilter::default(),
            page: None,
            limit: crate::page::DEFAULT_LIMIT,
        }
    }

    pub(super) fn question(&self, as_of: Option<u64>) -> Question {
        let direction = u8::from(self.direction == Direction::Reversed);
        Question::new(
            "leads",
            &[
                self.workspace.0.as_bytes(),
                &[self.order.code(), direction],
                &self.filter.bytes(),
                &as_of.map(u64::to_be_bytes).unwrap_or_default(),
            ],
        )
    }

    pub(super) const fn walk(&self) -> Walk {
        let usual = match self.order {
            LeadOrder::Created | LeadOrder::Score | LeadOrder::Value => Walk::Backward,
            // Whoever came to the stage first has been there longest.
            LeadOrder::TimeInStage | LeadOrder::Board => Walk::Forward,
        };
        match (self.direction, usual) {
            (Direction::Usual, walk) => walk,
            (Direction::Reversed, Walk::Forward) => Walk::Backward,
            (Direction::Reversed, Walk::Backward) => Walk::Forward,
        }
    }

    /// The stretches of the index that hold the list; places within one are comparable with those
    /// within another.
    fn prefixes(&self) -> Vec<Vec<u8>> {
        let of = |table| Key::of(table).uuid(self.workspace.0);
        let table = match self.order {
            LeadOrder::Created => return self.by_creation(),
            LeadOrder::Score => BY_SCORE,
            LeadOrder::Value => BY_VALUE,
            LeadOrder::TimeInStage => BY_SINCE,
            // One stage after the other: the stage is part of the place.
            LeadOrder::Board if self.filter.stage.is_none() => return vec![of(BY_RANK).done()],
            LeadOrder::Board => BY_RANK,
        };
        let stages = Stage::ALL.into_iter();
        let wanted = stages.filter(|stage| self.filter.stage.is_none_or(|only| only == *stage));
        wanted.map(|stage| of(table).u8(stage.place()).done()).collect()
    }

    /// The places that the filter leaves of the stretches: from the first one on, up to the other one
    /// (excluded).
    fn places(&self) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let filter = &self.filter;
        let number = |n: u64| Key::part().u64(n).done();
        let second = |n: i64| Key::part().i64(n).done();
        match self.order {
            LeadOrder::Created | LeadOrder::Board => (None, None),
            // Whoever has none stands at 0, and passes a `score_max`.
            LeadOrder::Score => (
                filter.score_min.map(|min| number(u64::from(min) + 1)),
                filter.score_max.map(|max| number(u64::from(max) + 2)),
            ),
            // Whoever is worth nothing known stands at 0, and passes neither.
            LeadOrder::Value => (
                filter
                    .value_min
                    .or_else(|| filter.value_max.map(|_| 0))
                    .map(|min| number(min.saturating_add(1))),
                filter.value_max.and_then(|max| max.checked_add(2)).map(number),
            ),
            LeadOrder::TimeInStage => (
                filter.since_min.map(second),
                filter.since_max.and_then(|max| max.checked_add(1)).map(second),
            ),
        }
    }

    /// The narrowest index by creation.
    fn by_creation(&self) -> Vec<Vec<u8>> {
        let of = |table| Key::of(table).uuid(self.workspace.0);
        let LeadFilter { stage, owner, contacts, .. } = &self.filter;
        if !contacts.is_empty() {
            return contacts.iter().map(|id| of(BY_CONTACT).uuid(id.0).done()).collect();
        }
        vec![match (owner, stage) {
            (Some(owner), _) => of(BY_OWNER).uuid(owner.0).done(),
            (None, Some(stage)) => of(BY_STAGE).u8(stage.place()).done(),
            (None, None) => of(BY_CREATION).done(),
        }]
    }

    /// All leads by creation, those that have gone to other stages and owners since included.
    pub(super) fn ever(&self) -> Vec<u8> {
        Key::of(BY_CREATION).uuid(self.workspace.0).done()
    }
}

impl Table<Leads> {
    /// How many leads pass a filter, on however many pages.
    pub fn leads_counted(&self, query: &LeadQuery) -> Result<u64, QueryError> {
        let mut counted: u64 = 0;
        for prefix in query.by_creation() {
            let found = self.count(&prefix, |row| query.filter.passes(row))?;
            counted = counted.saturating_add(found);
        }
        Ok(counted)
    }

    /// One lead.
    pub fn lead(
        &self,
        workspace: WorkspaceId,
        id: LeadId,
    ) -> Result<Option<Stored<LeadRow>>, QueryError> {
        self.one(workspace, id.0)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn leads(&self, query: &LeadQuery) -> Result<Page<Stored<LeadRow>>, QueryError> {
        let question = query.question(None);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let mut stretches = Vec::new();
        let (from, to) = query.places();
        let part = Part { after: after.as_deref(), from: from.as_deref(), to: to.as_deref() };
        for prefix in query.prefixes() {
            let keep = |row: &LeadRow| query.filter.passes(row);
            stretches.push(self.list_part(&prefix, part, query.walk(), query.limit, keep)?);
        }
        let found = together(stretches, query.walk(), query.limit);
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// The leads with this phone number or e-mail address, or that are one of these contacts: few.
    pub fn known_by(
        &self,
        workspace: WorkspaceId,
        token: Token,
        contacts: &[ContactId],
    ) -> Result<Vec<LeadId>, QueryError> {
        let mut found = self.few(&Key::of(BY_TOKEN).uuid(workspace.0).uuid(token.0).done())?;
        found.extend(self.of_contacts(workspace, contacts)?);
        Ok(found)
    }

    /// The leads that are one of these contacts: few.
    pub fn of_contacts(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
    ) -> Result<Vec<LeadId>, QueryError> {
        let mut found = Vec::new();
        for id in contacts {
            let theirs = Key::of(BY_CONTACT).uuid(workspace.0).uuid(id.0).done();
            found.extend(self.few(&theirs)?);
        }
        Ok(found)
    }

    fn few(&self, prefix: &[u8]) -> Result<Vec<LeadId>, QueryError> {
        let stretch = self.list(prefix, None, Walk::Forward, ALIKE_MAX, |_| true)?;
        Ok(stretch.rows.into_iter().map(|(_, stored)| stored.row.id).collect())
    }

    /// The lead just above or below a place on the board, if there is one.
    pub fn neighbour(
        &self,
        row: &LeadRow,
        other_than: LeadId,
        walk: Walk,
    ) -> Result<Option<LeadId>, QueryError> {
        let stage = Key::of(BY_RANK).uuid(row.workspace.0).u8(row.stage.place()).done();
        let place = Key::part().bytes(row.rank.as_str().as_bytes()).u8(0).uuid(row.id.0).done();
        let keep = |row: &LeadRow| row.id != other_than;
        let found = self.list(&stage, Some(&place), walk, 1, keep)?;
        Ok(found.rows.first().map(|(_, stored)| stored.row.id))
    }
}

/// Several stretches of one order as one. No further than the first of them was looked at, so that
/// nothing of it is passed over.
pub(crate) fn together<R>(stretches: Vec<Stretch<R>>, walk: Walk, limit: usize) -> Stretch<R> {
    let before = |one: &[u8], other: &[u8]| match walk {
        Walk::Forward => one.cmp(other),
        Walk::Backward => other.cmp(one),
    };
    let mut reached: Option<Vec<u8>> = None;
    let mut rows = Vec::new();
    for stretch in stretches {
        rows.extend(stretch.rows);
        let Some(next) = stretch.next else { continue };
        reached = match reached {
            Some(least) if before(&least, &next).is_le() => Some(least),
            _ => Some(next),
        };
    }
    rows.sort_by(|(one, _), (other, _)| before(one, other));
    if let Some(reached) = &reached {
        rows.retain(|(place, _)| before(place, reached).is_le());
    }
    if rows.len() > limit {
        rows.truncate(limit);
        reached = rows.last().map(|(place, _)| place.clone());
    }
    Stretch { rows, next: reached }
}
