//! Messages and acts of one conversation as one list: both are kept in the order shown, so a page
//! is the beginning of their merge.

use std::cmp::Ordering;

use crate::acts::ActRow;
use crate::error::QueryError;
use crate::page::Page;
use crate::rows::Rows;
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::transcripts::{MessageQuery, MessageRow};

/// One thing in a timeline.
#[derive(Clone, Debug)]
pub(crate) enum TimelineRow {
    /// Something that was said.
    Message(Box<Stored<MessageRow>>),
    /// Something that an operator did.
    Act(ActRow),
}

impl Rows {
    /// A page of messages and acts, in the order shown.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub(crate) fn timeline(&self, query: &MessageQuery) -> Result<Page<TimelineRow>, QueryError> {
        let (workspace, id) = (query.workspace, query.conversation);
        let question = query.question_of("timeline", self.position().map(|cut| cut.0));
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let walk = if query.newest_first { Walk::Backward } else { Walk::Forward };
        let said = self.transcript(workspace, id)?.messages_for(query, &question)?;
        let acts = self.acts(workspace, id, (after.as_deref(), walk, query.limit))?;
        let mut more = said.next.is_some() || acts.next.is_some();
        let messages = said
            .items
            .into_iter()
            .map(|stored| (place_of(&stored.row), TimelineRow::Message(Box::new(stored))));
        let done =
            acts.rows.into_iter().map(|(place, stored)| (place, TimelineRow::Act(stored.row)));
        let mut merged: Vec<_> = messages.chain(done).collect();
        let order = |a: &[u8], b: &[u8]| match walk {
            Walk::Forward => a.cmp(b),
            Walk::Backward => b.cmp(a),
        };
        merged.sort_by(|(a, _), (b, _)| order(a, b));
        if let Some(stopped) = &acts.next {
            // Beyond it there may be acts that were not looked at.
            merged.retain(|(place, _)| order(place, stopped) != Ordering::Greater);
        }
        more |= merged.len() > query.limit;
        merged.truncate(query.limit);
        let last = merged.last().map(|(place, _)| place.clone()).or(acts.next);
        let next = last.filter(|_| more).map(|place| question.token(&place));
        Ok(Page { items: merged.into_iter().map(|(_, row)| row).collect(), next })
    }
}

/// Where a message stands in the order shown.
fn place_of(row: &MessageRow) -> Vec<u8> {
    let place = row.spoken.as_ref().map(|spoken| (spoken.shown.second(), spoken.first.0));
    let (second, position) = place.unwrap_or_default();
    Key::part().i64(second).u64(position).done()
}
