//! The read model `costs`: what the platform said that each message costs. One row a message.
//!
//! The platform tells the price of a message with `sent` and again with one of `delivered` and `read`,
//! and any of them may come twice or never: a message is one row, so it counts once. What it costs in
//! money is no fact of the platform's: it follows from the rates of the workspace when it is asked.

use convolog_domain::conversation::{Event as Said, Pricing, StatusReceived};
use convolog_domain::{ChannelId, ConversationId, Event, MessageId, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use serde::{Deserialize, Serialize};

use crate::error::QueryError;
use crate::fold::{FoldError, IndexKey, ReadModel, RowKey};
use crate::order::seconds;
use crate::page::{Page, Question};
use crate::store::Walk;
use crate::store::keys::Key;
use crate::table::{Part, Table};

/// By time: (workspace, second, message).
const BY_TIME: u8 = 0x10;

/// Rows read at a time.
const CHUNK: usize = 1_000;

/// One message that has a price.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CostRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which message.
    pub message: MessageId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// With which number.
    pub channel: ChannelId,
    /// When the platform first spoke of its price (seconds since 1970).
    pub at: Option<i64>,
    /// The calling code of the recipient's country.
    pub market: Option<String>,
    /// What it said last.
    pub pricing: Option<Pricing>,
    /// When that was (seconds since 1970): of two of one second the same one counts in any order.
    pub said_at: Option<i64>,
}

impl CostRow {
    fn take(&mut self, status: &StatusReceived, recorded: i64) {
        let Some(pricing) = &status.pricing else { return };
        let at = status.at.unwrap_or(recorded);
        self.at = Some(self.at.map_or(at, |known| known.min(at)));
        self.channel = status.channel;
        self.market = self.market.clone().max(status.market.clone());
        let said = (Some(at), Some(pricing));
        if said > (self.said_at, self.pricing.as_ref()) {
            self.said_at = Some(at);
            self.pricing = Some(pricing.clone());
        }
    }
}

/// The status of an event, if it tells a price.
fn priced(event: &Recorded) -> Option<&StatusReceived> {
    match &event.event {
        Event::Conversation(Said::StatusReceived(status)) => {
            Some(status).filter(|status| status.pricing.is_some())
        }
        _ => None,
    }
}

/// The read model.
#[derive(Clone, Copy, Debug)]
pub struct Costs;

impl ReadModel for Costs {
    const NAME: &'static str = "costs";
    const VERSION: u32 = 1;
    const FORMAT: u8 = 1;
    const KINDS: &'static [StreamKind] = &[StreamKind::Conversation];
    type Row = CostRow;

    fn keys(event: &Recorded, keys: &mut Vec<RowKey>) {
        if let Some(status) = priced(event) {
            let of = Key::part().uuid(event.workspace().0);
            keys.push(of.uuid(status.message.0).done());
        }
    }

    fn fold(row: &mut CostRow, event: &Recorded) -> Result<(), FoldError> {
        let Some(status) = priced(event) else {
            return Err(FoldError("an event that tells no price".into()));
        };
        row.workspace = event.workspace();
        row.message = status.message;
        row.conversation = ConversationId(event.stream.id);
        row.take(status, seconds(event.at));
        Ok(())
    }

    fn index(_: &RowKey, row: &CostRow, entries: &mut Vec<IndexKey>) {
        let Some(at) = row.at else { return };
        let entry = Key::of(BY_TIME).uuid(row.workspace.0).i64(at).uuid(row.message.0);
        entries.push(entry.done());
    }

    fn dump(row: &CostRow) -> String {
        let CostRow { workspace, message, conversation, channel, at, market, pricing, said_at } =
            row;
        format!(
            "cost {workspace}/{message} of {conversation} channel {channel} at {at:?} market {market:?} pricing \
             {pricing:?} said at {said_at:?}"
        )
    }
}

impl Table<Costs> {
    /// Looks at every message whose price was first told in a stretch of time (seconds since 1970; the
    /// end is not part of it), the oldest first.
    pub fn costs(
        &self,
        workspace: WorkspaceId,
        (from, to): (i64, i64),
        mut look: impl FnMut(&CostRow),
    ) -> Result<(), QueryError> {
        let prefix = Key::of(BY_TIME).uuid(workspace.0).done();
        let (from, to) = (Key::part().i64(from).done(), Key::part().i64(to).done());
        let mut after: Option<Vec<u8>> = None;
        loop {
            let (from, to) = (Some(from.as_slice()), Some(to.as_slice()));
            let part = Part { after: after.as_deref(), from, to };
            let found = self.list_part(&prefix, part, Walk::Forward, CHUNK, |_| true)?;
            for (_, stored) in &found.rows {
                look(&stored.row);
            }
            after = found.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// A page of the messages whose price was first told in a stretch of time, the oldest first.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn ledger(
        &self,
        workspace: WorkspaceId,
        (from, to): (i64, i64),
        page: Option<&str>,
        limit: usize,
    ) -> Result<Page<CostRow>, QueryError> {
        let (start, end) = (from.to_be_bytes(), to.to_be_bytes());
        let question = Question::new("costs", &[workspace.0.as_bytes(), &start, &end]);
        let after = page.map(|token| question.place(token)).transpose()?;
        let prefix = Key::of(BY_TIME).uuid(workspace.0).done();
        let (from, to) = (Key::part().i64(from).done(), Key::part().i64(to).done());
        let (from, to) = (Some(from.as_slice()), Some(to.as_slice()));
        let part = Part { after: after.as_deref(), from, to };
        let found = self.list_part(&prefix, part, Walk::Forward, limit, |_| true)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored.row).collect(), next })
    }
}
