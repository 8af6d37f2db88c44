//! Contacts: whoever writes to a workspace.

mod merge;
mod read;

pub(crate) use merge::{MergeContacts, UnmergeContacts};
pub(crate) use read::{ListContacts, ShowContact};
