//! A conversation from its beginning: what was said, what operators did meanwhile, and what the person
//! wanted to be sent.

use convolog_domain::{ContactId, WorkspaceId};
use schemars::JsonSchema;
use serde::Serialize;

use super::act::ActView;
use super::message::MessageView;
use super::preference::PreferenceView;
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
    /// Something that the person wants to be sent, or does not.
    Preference(Box<PreferenceView>),
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
            TimelineRow::Preference(row) => {
                let view = PreferenceView::of(contents, &row)?;
                Ok(view.map(Box::new).map(TimelineEntry::Preference))
            }
        })?;
        Ok(shown.flatten())
    }

    /// A page of what became of what a person wants to be sent, the newest first.
    pub fn preferences(
        &self,
        of: (WorkspaceId, ContactId),
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<PreferenceView>, QueryError> {
        let contents = self.contents();
        let page = self.rows().preferences_of(of, page, limit)?;
        let shown = page.try_map(|row| match row {
            TimelineRow::Preference(row) => PreferenceView::of(contents, &row),
            TimelineRow::Message(_) | TimelineRow::Act(_) => Ok(None),
        })?;
        Ok(shown.flatten())
    }
}
