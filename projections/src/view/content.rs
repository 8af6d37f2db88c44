//! Unseals what an event says, by its position.

use convolog_domain::{Content, IdentityContent, MessageContent, ProfileContent, StatusContent};
use convolog_engine::{Disclose, Disclosure, Recorded};
use convolog_log::{EventLog, Position};

use crate::error::QueryError;

/// What could be read of a sealed part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Seen<T> {
    /// It was opened.
    Plain(T),
    /// There is none.
    Nothing,
    /// Its key was erased.
    Erased,
    /// It cannot be opened.
    Unreadable,
}

impl<T> Seen<T> {
    pub(crate) fn plain(self) -> Option<T> {
        match self {
            Self::Plain(content) => Some(content),
            Self::Nothing | Self::Erased | Self::Unreadable => None,
        }
    }
}

/// Opens events of one log.
#[derive(Clone, Copy)]
pub(crate) struct Contents<'a> {
    pub(crate) log: &'a dyn EventLog,
    pub(crate) disclose: &'a dyn Disclose,
}

impl Contents<'_> {
    /// What the event at `position` says of a message.
    pub(crate) fn message(
        &self,
        position: Position,
    ) -> Result<Seen<Box<MessageContent>>, QueryError> {
        self.find(position, |content| match content {
            Content::Message(message) => Some(message),
            _ => None,
        })
    }

    /// What it says of a status.
    pub(crate) fn status(
        &self,
        position: Position,
    ) -> Result<Seen<Box<StatusContent>>, QueryError> {
        self.find(position, |content| match content {
            Content::Status(status) => Some(status),
            _ => None,
        })
    }

    /// The name it holds.
    pub(crate) fn profile(&self, position: Position) -> Result<Seen<ProfileContent>, QueryError> {
        self.find(position, |content| match content {
            Content::Profile(profile) => Some(profile),
            _ => None,
        })
    }

    /// The identity it holds.
    pub(crate) fn identity(&self, position: Position) -> Result<Seen<IdentityContent>, QueryError> {
        self.find(position, |content| match content {
            Content::Identity(identity) => Some(identity),
            _ => None,
        })
    }

    /// The wanted part, if one of the parts is it. Else, if any part is gone for good, that is why.
    fn find<T>(
        &self,
        position: Position,
        wanted: impl Fn(Content) -> Option<T>,
    ) -> Result<Seen<T>, QueryError> {
        let Some(record) = self.log.get(position)? else { return Ok(Seen::Nothing) };
        let event = match Recorded::read(&record) {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!(position = position.0, %error, "an event could not be read");
                return Ok(Seen::Unreadable);
            }
        };
        let (mut erased, mut unreadable) = (false, false);
        for opened in self.disclose.open(&event) {
            match opened.disclosure {
                Disclosure::Content(content) => {
                    if let Some(found) = wanted(content) {
                        return Ok(Seen::Plain(found));
                    }
                }
                Disclosure::Erased => erased = true,
                Disclosure::Unreadable(reason) => {
                    tracing::warn!(
                        position = position.0,
                        reason,
                        "a sealed part could not be opened"
                    );
                    unreadable = true;
                }
            }
        }
        Ok(match (erased, unreadable) {
            (true, _) => Seen::Erased,
            (false, true) => Seen::Unreadable,
            (false, false) => Seen::Nothing,
        })
    }
}
