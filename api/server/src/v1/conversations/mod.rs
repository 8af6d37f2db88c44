//! Conversations: what one contact and one channel said to each other.

mod events;
mod messages;
mod read;
mod send;

pub(crate) use events::ListConversationEvents;
pub(crate) use messages::ListMessages;
pub(crate) use read::{ListConversations, ShowConversation};
pub(crate) use send::SendMessage;
