//! Conversations: what one contact and one channel said to each other, and what operators do with
//! them.

mod acts;
mod answer;
mod bulk;
mod events;
mod links;
mod mark;
mod media;
mod messages;
mod outstanding;
mod read;
mod send;
mod timeline;
mod transcript;

pub(crate) use acts::{
    AddNote, AssignConversation, ClaimConversation, CloseConversation, DeleteConversation,
    HandBack, HandOff, ReleaseConversation, ReopenConversation, RestoreConversation, SetTitle,
    TagConversation, UntagConversation,
};
pub(crate) use bulk::{BulkAct, act_once, is_about_all};
pub(crate) use events::ListConversationEvents;
pub(crate) use mark::MarkAsRead;
pub(crate) use media::ShowMessageMedia;
pub(crate) use messages::ListMessages;
pub(crate) use outstanding::ListOutstanding;
pub(crate) use read::{ListConversations, ShowConversation};
pub(crate) use send::{CancelMessage, NewMessage, SendMessage};
pub(crate) use timeline::ShowTimeline;
pub(crate) use transcript::{ShowRecording, ShowTranscript};
