//! Opening what is sealed, for those who may read it.

use convolog_domain::{Content, SubjectId};

use crate::recorded::Recorded;

/// What became of a sealed part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Disclosure {
    /// It was opened.
    Content(Content),
    /// The subject's key was erased: nobody can open it any more.
    Erased,
    /// It could not be opened though the key is not known to be erased: the reason, for operators.
    Unreadable(String),
}

/// One sealed part of an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// Whose.
    pub subject: SubjectId,
    /// What it says, if it can be said.
    pub disclosure: Disclosure,
}

/// Whoever holds the keys. The engine does; tests may stand in.
pub trait Disclose: Send + Sync {
    /// Opens every sealed part of an event.
    fn open(&self, event: &Recorded) -> Vec<Opened>;
}
