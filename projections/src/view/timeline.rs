//! A conversation from its beginning: what was said, and what operators did meanwhile.

use schemars::JsonSchema;
use serde::Serialize;

use super::act::ActView;
use super::message::MessageView;
use super::reader::Reader;
use crate::error::QueryError;
use crate::page::Page;
use crate::timeline::TimelineRow;
use crate::transcripts::MessageQuery;

/// One thing in a timeline, under the name of what it is.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEntry {
    /// Something that was said.
    Message(Box<MessageView>),
    /// Something that an operator did.
    Act(Box<ActView>),
}

impl Reader {
    /// A page of messages and acts of a conversation, in the order shown.
    pub fn timeline(&self, query: &MessageQuery) -> Result<Page<TimelineEntry>, QueryError> {
        let contents = self.contents();
        let page = self.rows().timeline(query)?;
        let shown = page.try_map(|row| match row {
            TimelineRow::Message(stored) => Ok::<_, QueryError>(
                MessageView::of(contents, &stored.row)?.map(Box::new).map(TimelineEntry::Message),
            ),
            TimelineRow::Act(row) => {
                Ok(ActView::of(contents, &row)?.map(Box::new).map(TimelineEntry::Act))
            }
        })?;
        Ok(shown.flatten())
    }
}
