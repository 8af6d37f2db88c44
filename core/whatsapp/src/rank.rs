//! How good one variant of a message is.
//!
//! WhatsApp delivers some messages several times under one wamid: first a placeholder, later the content;
//! first without the file, later with its id. The variant of the highest rank is the message, whatever the
//! order of arrival; between equal ranks the engine decides by something that does not depend on the order
//! either. Values never change their meaning: they are recorded.

use crate::message::{Interactive, Message, MessageType, Origin, SystemEvent};

/// The steps, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rank {
    /// 0: no type, nothing that could be read.
    Broken,
    /// 10: the content is announced: error 131060 ("currently unavailable"), a media placeholder.
    Unavailable,
    /// 20: WhatsApp has content that it does not hand out (error 131051, type `unsupported`).
    Unsupported,
    /// 30: of a type that this version does not know; kept whole.
    Unknown,
    /// 40: of a known type, its content missing.
    Hollow,
    /// 50: media without an id, so that the file cannot be fetched.
    NoMedia,
    /// 60: complete, out of a history import.
    Imported,
    /// 70: complete, delivered as it happened.
    Complete,
}

impl Rank {
    /// The recorded value.
    pub const fn value(self) -> u8 {
        match self {
            Self::Broken => 0,
            Self::Unavailable => 10,
            Self::Unsupported => 20,
            Self::Unknown => 30,
            Self::Hollow => 40,
            Self::NoMedia => 50,
            Self::Imported => 60,
            Self::Complete => 70,
        }
    }

    /// Judges a message of which everything else has been read; `hollow` says that its content is missing.
    pub(crate) fn of(message: &Message, hollow: bool) -> Self {
        let unavailable = message.errors.iter().any(|error| error.code == Some(131_060));
        match &message.kind {
            MessageType::Missing => Self::Broken,
            MessageType::MediaPlaceholder => Self::Unavailable,
            MessageType::Unsupported if unavailable => Self::Unavailable,
            MessageType::Unsupported => Self::Unsupported,
            MessageType::Unknown(_)
            | MessageType::Interactive(Interactive::Unknown(_))
            | MessageType::System(SystemEvent::Unknown(_)) => Self::Unknown,
            _ if hollow => Self::Hollow,
            _ if message.media.as_ref().is_some_and(|media| media.id.is_none()) => Self::NoMedia,
            _ if message.origin == Origin::History => Self::Imported,
            _ => Self::Complete,
        }
    }
}
