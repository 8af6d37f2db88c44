//! Lists of conversations.

use convolog_domain::{AgentId, ChannelId, ContactId, PersonId, WorkspaceId};

use super::{
    BY_ACTIVITY, BY_ASSIGNEE, BY_CHANNEL_ACTIVITY, BY_CHANNEL_CREATION, BY_CONTACT, BY_CREATION,
    BY_HANDOFF, BY_STATUS, BY_TAG, BY_WAITING, ConversationRow, ConversationStatus, Conversations,
    DELETED,
};
use crate::error::QueryError;
use crate::page::{Page, Question};
use crate::store::keys::Key;
use crate::store::{Stored, Walk};
use crate::table::{Stretch, Table};

/// How a list of conversations is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ConversationOrder {
    /// The one with the newest message first.
    #[default]
    Activity,
    /// The one opened last first.
    Newest,
    /// The one opened first first.
    Oldest,
    /// The one that waits longest for a person first; those that wait for nobody are left out.
    Waiting,
}

impl ConversationOrder {
    const fn code(self) -> u8 {
        match self {
            Self::Activity => 0,
            Self::Newest => 1,
            Self::Oldest => 2,
            Self::Waiting => 3,
        }
    }

    pub(crate) const fn walk(self) -> Walk {
        match self {
            Self::Activity | Self::Newest => Walk::Backward,
            Self::Oldest | Self::Waiting => Walk::Forward,
        }
    }
}

/// Whose conversations are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assignee {
    /// Those that nobody has.
    Nobody,
    /// Those that this member of the staff has.
    Person(PersonId),
}

/// Which conversations are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversationQuery {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// In which order.
    pub order: ConversationOrder,
    /// Only those on this channel.
    pub channel: Option<ChannelId>,
    /// Only those with one of these contacts (one person who was merged is several); empty = all.
    pub contacts: Vec<ContactId>,
    /// Only those with this status.
    pub status: Option<ConversationStatus>,
    /// Only those that this one has.
    pub assignee: Option<Assignee>,
    /// Only those that wait for a person, or only those that do not.
    pub handoff: Option<bool>,
    /// Only those with this tag, in lower case.
    pub tag: Option<String>,
    /// Only those with one of these tags, in lower case; empty = all.
    pub any_tag: Vec<String>,
    /// Only those that began with this agent.
    pub agent: Option<AgentId>,
    /// Beside those, the ones on these channels that began with none.
    pub agent_channels: Vec<ChannelId>,
    /// Only those that were deleted, or only those that were not; none for both, in lists by
    /// creation or of contacts.
    pub deleted: Option<bool>,
    /// The token of the page; none for the first.
    pub page: Option<String>,
    /// How many.
    pub limit: usize,
}

impl ConversationQuery {
    /// All conversations of a workspace, newest activity first.
    pub const fn of(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            order: ConversationOrder::Activity,
            channel: None,
            contacts: Vec::new(),
            status: None,
            assignee: None,
            handoff: None,
            tag: None,
            any_tag: Vec::new(),
            agent: None,
            agent_channels: Vec::new(),
            deleted: Some(false),
            page: None,
            limit: crate::page::DEFAULT_LIMIT,
        }
    }
}

/// What must hold of a row.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    channel: Option<ChannelId>,
    contacts: Vec<ContactId>,
    status: Option<ConversationStatus>,
    assignee: Option<Assignee>,
    handoff: Option<bool>,
    tag: Option<String>,
    any_tag: Vec<String>,
    agent: Option<AgentId>,
    agent_channels: Vec<ChannelId>,
    deleted: Option<bool>,
}

impl Filter {
    pub(crate) fn of(query: &ConversationQuery) -> Self {
        Self {
            channel: query.channel,
            contacts: query.contacts.clone(),
            status: query.status,
            assignee: query.assignee,
            handoff: query.handoff,
            tag: query.tag.clone(),
            any_tag: query.any_tag.clone(),
            agent: query.agent,
            agent_channels: query.agent_channels.clone(),
            deleted: query.deleted,
        }
    }

    pub(crate) fn passes(&self, row: &ConversationRow) -> bool {
        self.passes_for_ever(row)
            && self.deleted.is_none_or(|deleted| deleted == row.deleted_at.is_some())
            && self.status.is_none_or(|status| status == row.status)
            && self.handoff.is_none_or(|handoff| handoff == row.handoff.is_some())
            && self.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
            && (self.any_tag.is_empty() || self.any_tag.iter().any(|tag| row.tags.contains(tag)))
            && self.assignee.is_none_or(|assignee| match assignee {
                Assignee::Nobody => row.assignee.is_none(),
                Assignee::Person(person) => row.assignee == Some(person),
            })
    }

    /// The part that no later event changes.
    pub(crate) fn passes_for_ever(&self, row: &ConversationRow) -> bool {
        row.opened.as_ref().is_some_and(|opened| {
            self.channel.is_none_or(|channel| channel == opened.channel)
                && self.agent.is_none_or(|agent| {
                    opened.agent.map_or_else(
                        || self.agent_channels.contains(&opened.channel),
                        |began| began == agent,
                    )
                })
                && (self.contacts.is_empty() || self.contacts.contains(&opened.contact))
        })
    }
}

impl ConversationQuery {
    pub(crate) fn question(&self, as_of: Option<u64>) -> Question {
        let contacts: Vec<u8> = self.contacts.iter().flat_map(|id| *id.0.as_bytes()).collect();
        let channel = self.channel.map(|id| *id.0.as_bytes());
        let served: Vec<u8> = self.agent_channels.iter().flat_map(|id| *id.0.as_bytes()).collect();
        let agent = self.agent.map(|id| *id.0.as_bytes());
        let assignee = match self.assignee {
            None => Vec::new(),
            Some(Assignee::Nobody) => vec![0],
            Some(Assignee::Person(person)) => person.0.as_bytes().to_vec(),
        };
        Question::new(
            "conversations",
            &[
                self.workspace.0.as_bytes(),
                &[self.order.code()],
                channel.as_ref().map_or(&[], <[u8; 16]>::as_slice),
                &contacts,
                &self.status.map_or([0], |status| [status.code()]),
                &assignee,
                self.tag.as_deref().unwrap_or_default().as_bytes(),
                self.any_tag.join(",").as_bytes(),
                agent.as_ref().map_or(&[], <[u8; 16]>::as_slice),
                &served,
                &self.deleted.map_or([2], |deleted| [u8::from(deleted)]),
                &self.handoff.map_or([2], |handoff| [u8::from(handoff)]),
                &as_of.map(u64::to_be_bytes).unwrap_or_default(),
            ],
        )
    }

    /// The narrowest index for what is asked; what it does not tell apart, the filter does.
    fn prefix(&self) -> Vec<u8> {
        let of = |table| Key::of(table).uuid(self.workspace.0);
        let key = match (self.order, self.channel) {
            (ConversationOrder::Activity, channel) => self.prefix_by_activity(channel),
            (ConversationOrder::Waiting, _) => of(BY_WAITING),
            (_, Some(channel)) => of(BY_CHANNEL_CREATION).uuid(channel.0),
            (_, None) => of(BY_CREATION),
        };
        key.done()
    }

    fn prefix_by_activity(&self, channel: Option<ChannelId>) -> Key {
        let of = |table| Key::of(table).uuid(self.workspace.0);
        if self.deleted == Some(true) {
            return of(BY_STATUS).u8(DELETED);
        }
        if self.handoff == Some(true) {
            return of(BY_HANDOFF);
        }
        if let Some(Assignee::Person(person)) = self.assignee {
            return of(BY_ASSIGNEE).uuid(person.0);
        }
        if let Some(tag) = &self.tag {
            return of(BY_TAG).text(tag);
        }
        match (channel, self.status) {
            (Some(channel), _) => of(BY_CHANNEL_ACTIVITY).uuid(channel.0),
            (None, Some(status)) => of(BY_STATUS).u8(status.code()),
            (None, None) => of(BY_ACTIVITY),
        }
    }
}

impl Table<Conversations> {
    /// One conversation.
    pub fn conversation(
        &self,
        workspace: WorkspaceId,
        id: convolog_domain::ConversationId,
    ) -> Result<Option<Stored<ConversationRow>>, QueryError> {
        self.one(workspace, id.0)
    }

    /// How many conversations pass a filter, on however many pages.
    pub fn conversations_counted(&self, query: &ConversationQuery) -> Result<u64, QueryError> {
        let filter = Filter::of(query);
        Ok(self.count(&query.prefix(), |row| filter.passes(row))?)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`QueryError::WrongPage`] for a token of another list.
    pub fn conversations(
        &self,
        query: &ConversationQuery,
    ) -> Result<Page<Stored<ConversationRow>>, QueryError> {
        let question = query.question(None);
        let after = query.page.as_deref().map(|token| question.place(token)).transpose()?;
        let filter = Filter::of(query);
        let found = self.stretch(query, after.as_deref(), query.limit, |row| filter.passes(row))?;
        let next = found.next.map(|place| question.token(&place));
        Ok(Page { items: found.rows.into_iter().map(|(_, stored)| stored).collect(), next })
    }

    /// Part of a list, beyond a place in its order. What the indexes cannot tell apart, `keep` must.
    pub(crate) fn stretch(
        &self,
        query: &ConversationQuery,
        after: Option<&[u8]>,
        limit: usize,
        keep: impl Fn(&ConversationRow) -> bool,
    ) -> Result<Stretch<ConversationRow>, QueryError> {
        if query.contacts.is_empty() {
            return Ok(self.list(&query.prefix(), after, query.order.walk(), limit, keep)?);
        }
        self.of_contacts(query, after, limit, keep)
    }

    /// A contact has one conversation on each channel: few enough to sort them here.
    fn of_contacts(
        &self,
        query: &ConversationQuery,
        after: Option<&[u8]>,
        limit: usize,
        keep: impl Fn(&ConversationRow) -> bool,
    ) -> Result<Stretch<ConversationRow>, QueryError> {
        let mut rows = Vec::new();
        for contact in &query.contacts {
            let prefix = Key::of(BY_CONTACT).uuid(query.workspace.0).uuid(contact.0).done();
            let found = self.list(&prefix, None, Walk::Forward, usize::MAX, &keep)?;
            let placed = |(_, stored): (_, Stored<ConversationRow>)| {
                (place(query.order, &stored.row), stored)
            };
            rows.extend(found.rows.into_iter().map(placed));
        }
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        rows.dedup_by(|(a, _), (b, _)| a == b);
        if query.order.walk() == Walk::Backward {
            rows.reverse();
        }
        let beyond = |place: &[u8]| match (after, query.order.walk()) {
            (None, _) => true,
            (Some(after), Walk::Forward) => place > after,
            (Some(after), Walk::Backward) => place < after,
        };
        rows.retain(|(place, _)| beyond(place));
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(place, _)| place.clone());
        Ok(Stretch { rows, next })
    }
}

/// Where a row stands in an order: the same bytes as the rest of its entry in the index.
fn place(order: ConversationOrder, row: &ConversationRow) -> Vec<u8> {
    match order {
        ConversationOrder::Activity => Key::part().i64(row.activity()).uuid(row.id.0).done(),
        ConversationOrder::Waiting => {
            let since = row.handoff.as_ref().map_or(i64::MAX, |handoff| handoff.since);
            Key::part().i64(since).uuid(row.id.0).done()
        }
        ConversationOrder::Newest | ConversationOrder::Oldest => {
            Key::part().u64(row.opened.as_ref().map_or(0, |opened| opened.position.0)).done()
        }
    }
}
