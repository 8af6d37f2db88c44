//! Conversations: what one contact and one channel said to each other.

mod events;
mod messages;
mod read;
mod send;
mod transcript;

pub(crate) use events::ListConversationEvents;
pub(crate) use messages::ListMessages;
pub(crate) use read::{ListConversations, ShowConversation};
pub(crate) use send::SendMessage;
pub(crate) use transcript::{ShowRecording, ShowTranscript};
