//! Lists of deliveries, and finding one.

use convolog_domain::{SubscriptionId, WorkspaceId};
use convolog_log::Position;

use super::{BY_POSITION, BY_STATUS, Deliveries, DeliveryRow, DeliveryStatus};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Part, Table};

/// Which deliveries are wanted, the newest event first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// To which subscriber.
    pub subscription: SubscriptionId,
    /// Only those with this status.
    pub status: Option<DeliveryStatus>,
    /// Only events of these types; all if there are none.
    pub codes: Vec<u16>,
    /// What else narrows the list, which the caller judges row by row: names, for the page's token.
    pub names: Vec<String>,
    /// Only events beyond this position.
    pub since: Option<Position>,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Table<Deliveries> {
    /// One delivery.
    pub fn delivery(
        &self,
        workspace: WorkspaceId,
        subscription: SubscriptionId,
        position: Position,
    ) -> Result<Option<DeliveryRow>, QueryError> {
        let row = self.row(&DeliveryRow::key(workspace, subscription, position.0))?;
        Ok(row.map(|Stored { row, .. }| row))
    }

    /// A page of deliveries; where types are named, of those that are kept.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn deliveries(
        &self,
        query: &DeliveryQuery,
        mut keep: impl FnMut(&DeliveryRow) -> bool,
    ) -> Result<Page<DeliveryRow>, QueryError> {
        let (workspace, id) = (query.workspace.0, query.subscription.0);
        let codes: Vec<u8> = query.codes.iter().flat_map(|code| code.to_be_bytes()).collect();
        let status = query.status.map_or([0xff], |status| [status.code()]);
        let since = query.since.unwrap_or_default().0.to_be_bytes();
        let names = query.names.join(",");
        let question = Question::new(
            "deliveries",
            &[workspace.as_bytes(), id.as_bytes(), &status, &codes, &since, names.as_bytes()],
        );
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let prefix = prefix(query.workspace, query.subscription, query.status);
        let from = query.since.map(|since| since.next().0.to_be_bytes());
        let from = from.as_ref().map(<[u8; 8]>::as_slice);
        let part = Part { after: after.as_deref(), from, to: None };
        let wanted = |row: &DeliveryRow| {
            query.codes.is_empty() || (query.codes.contains(&row.code) && keep(row))
        };
        let found = self.list_part(&prefix, part, Walk::Backward, query.limit, wanted)?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored.row).collect(), next })
    }

    /// Deliveries that were given up, of events after one position and up to another, the oldest
    /// event first.
    pub fn given_up(
        &self,
        workspace: WorkspaceId,
        subscription: SubscriptionId,
        (after, upto): (Position, Position),
        limit: usize,
    ) -> Result<Vec<DeliveryRow>, QueryError> {
        let prefix = prefix(workspace, subscription, Some(DeliveryStatus::Failed));
        let (after, to) = (after.0.to_be_bytes(), upto.next().0.to_be_bytes());
        let part = Part { after: Some(&after), from: None, to: Some(&to) };
        let found = self.list_part(&prefix, part, Walk::Forward, limit, |_| true)?;
        Ok(found.rows.into_iter().map(|(_, stored)| stored.row).collect())
    }
}

fn prefix(workspace: WorkspaceId, id: SubscriptionId, status: Option<DeliveryStatus>) -> Vec<u8> {
    match status {
        Some(status) => Key::of(BY_STATUS).uuid(workspace.0).uuid(id.0).u8(status.code()).done(),
        None => Key::of(BY_POSITION).uuid(workspace.0).uuid(id.0).done(),
    }
}
