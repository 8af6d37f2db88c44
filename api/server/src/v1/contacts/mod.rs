//! Contacts: whoever writes to a workspace.

mod erase;
mod merge;
mod read;

pub(crate) use erase::EraseContact;
pub(crate) use merge::{MergeContacts, UnmergeContacts};
pub(crate) use read::{ListContacts, ShowContact};
