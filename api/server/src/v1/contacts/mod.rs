//! Contacts: whoever writes to a workspace.

mod erase;
mod erasure;
mod legal_hold;
mod merge;
mod preferences;
mod read;

pub(crate) use erase::{DeletePersonalData, EraseContact};
pub(crate) use erasure::{PreviewErasure, ShowErasure};
pub(crate) use legal_hold::{PlaceHold, ReleaseHold};
pub(crate) use merge::{MergeContacts, UnmergeContacts};
pub(crate) use preferences::{ListPreferences, OptInContact, OptOutContact};
pub(crate) use read::{ListContacts, ShowContact};
