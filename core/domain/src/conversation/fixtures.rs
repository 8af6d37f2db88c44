//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    ConversationClosed, ConversationDeleted, ConversationOpened, Direction, Event, MessageFacts,
    MessageReceived,
};
use crate::hash::Hash32;
use crate::ids::{ChannelId, ContactId, ConversationId, MessageId, PersonId};

/// Which conversation it is.
pub(super) const CONVERSATION: ConversationId = ConversationId(Uuid::from_u128(9));

/// With whom.
pub(super) const CONTACT: ContactId = ContactId(Uuid::from_u128(2));

/// Members of the staff.
pub(super) const MAYA: PersonId = PersonId(Uuid::from_u128(11));
pub(super) const NOA: PersonId = PersonId(Uuid::from_u128(12));

/// It began.
pub(super) fn opened() -> Event {
    ConversationOpened { channel: ChannelId(Uuid::from_u128(1)), contact: CONTACT, agent: None }
        .into()
}

/// The customer wrote at this time (seconds since 1970).
pub(super) fn heard(at: i64) -> Event {
    let facts = MessageFacts {
        message: MessageId(Uuid::from_u128(7)),
        direction: Direction::Inbound,
        kind: "text".into(),
        sent_at: Some(at),
        rank: 1,
        fragment: Hash32::default(),
        reply_to: None,
        errors: vec![],
        referral: false,
        group: false,
        history_status: None,
        word: None,
        media_until: None,
    };
    MessageReceived { facts }.into()
}

/// It was closed while nobody had it.
pub(super) fn closed() -> Event {
    ConversationClosed { assignee: None }.into()
}

/// It was deleted while it was open.
pub(super) fn deleted() -> Event {
    ConversationDeleted { closed: false }.into()
}

/// The customer sent a picture that can be fetched until then (seconds since 1970).
pub(super) fn pictured(until: i64) -> Event {
    let Event::MessageReceived(MessageReceived { facts }) = heard(until) else {
        return heard(until);
    };
    let facts = MessageFacts { kind: "image".into(), media_until: Some(until), ..facts };
    MessageReceived { facts }.into()
}
