//! Messages, acts and preferences of one conversation as one list: all are kept in the order shown, so
//! a page is the beginning of their merge.

use std::cmp::Ordering;

use convolog_domain::{ContactId, WorkspaceId};

use crate::acts::ActRow;
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::rows::Rows;
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::Stretch;
use crate::transcripts::{MessageQuery, MessageRow};

/// One thing in a timeline.
#[derive(Clone, Debug)]
pub(crate) enum TimelineRow {
    /// Something that was said.
    Message(Box<Stored<MessageRow>>),
    /// Something that an operator did.
    Act(ActRow),
    /// Something that a person wants to be sent, or does not.
    Preference(ActRow),
}

impl Rows {
    /// A page of messages, acts and preferences, in the order shown.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub(crate) fn timeline(&self, query: &MessageQuery) -> Result<Page<TimelineRow>, QueryError> {
        let (workspace, id) = (query.workspace, query.conversation);
        let question = query.question_of("timeline", self.position().map(|cut| cut.0));
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let walk = if query.newest_first { Walk::Backward } else { Walk::Forward };
        let part = (after.as_deref(), walk, query.limit);
        let mut merged = Merged { walk, rows: Vec::new(), stops: Vec::new(), more: false };
        let said = self.transcript(workspace, id)?.messages_for(query, &question)?;
        merged.more |= said.next.is_some();
        merged.rows.extend(
            said.items
                .into_iter()
                .map(|stored| (place_of(&stored.row), TimelineRow::Message(Box::new(stored)))),
        );
        merged.take(self.acts(workspace, id, part)?, TimelineRow::Act);
        let opened = self.conversation(workspace, id)?.and_then(|stored| stored.row.opened);
        if let Some(opened) = opened {
            for contact in self.one_person(workspace, opened.contact)? {
                let stretch = self.preferences(workspace, contact, part)?;
                merged.take(stretch, TimelineRow::Preference);
            }
        }
        Ok(merged.page(&question, query.limit))
    }

    /// A page of what became of what a person wants to be sent, the newest first.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub(crate) fn preferences_of(
        &self,
        (workspace, person): (WorkspaceId, ContactId),
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<TimelineRow>, QueryError> {
        let cut = self.position().map_or([0xff; 8], |cut| cut.0.to_be_bytes());
        let of: [&[u8]; 3] = [workspace.0.as_bytes(), person.0.as_bytes(), &cut];
        let question = Question::new("preferences", &of);
        let after = page.map(|token| question.place(token)).transpose()?;
        let walk = Walk::Backward;
        let mut merged = Merged { walk, rows: Vec::new(), stops: Vec::new(), more: false };
        for contact in self.one_person(workspace, person)? {
            let stretch = self.preferences(workspace, contact, (after.as_deref(), walk, limit))?;
            merged.take(stretch, TimelineRow::Preference);
        }
        Ok(merged.page(&question, limit))
    }
}

/// Several lists that become one.
struct Merged {
    walk: Walk,
    rows: Vec<(Vec<u8>, TimelineRow)>,
    /// Where lists were cut off: beyond it there may be more that was not looked at.
    stops: Vec<Vec<u8>>,
    more: bool,
}

impl Merged {
    fn take(&mut self, stretch: Stretch<ActRow>, row: fn(ActRow) -> TimelineRow) {
        self.rows.extend(stretch.rows.into_iter().map(|(place, stored)| (place, row(stored.row))));
        self.stops.extend(stretch.next);
    }

    fn page(mut self, question: &Question, limit: usize) -> Page<TimelineRow> {
        let walk = self.walk;
        let order = |a: &[u8], b: &[u8]| match walk {
            Walk::Forward => a.cmp(b),
            Walk::Backward => b.cmp(a),
        };
        self.rows.sort_by(|(a, _), (b, _)| order(a, b));
        for stop in &self.stops {
            self.rows.retain(|(place, _)| order(place, stop) != Ordering::Greater);
        }
        let more = self.more || !self.stops.is_empty() || self.rows.len() > limit;
        self.rows.truncate(limit);
        // If nothing was found before a list was cut off, the next page goes on from there.
        let cut_off = self.stops.into_iter().min_by(|a, b| order(a, b));
        let last = self.rows.last().map(|(place, _)| place.clone()).or(cut_off);
        let next = last.filter(|_| more).map(|place| question.token(&place));
        Page { items: self.rows.into_iter().map(|(_, row)| row).collect(), next }
    }
}

/// Where a message stands in the order shown.
fn place_of(row: &MessageRow) -> Vec<u8> {
    let place = row.spoken.as_ref().map(|spoken| (spoken.shown.second(), spoken.first.0));
    let (second, position) = place.unwrap_or_default();
    Key::part().i64(second).u64(position).done()
}
