//! The rows of an index: what is folded of each item, in the clear, with the folds of the read
//! models. An index keeps a row for everything it may have to show, also while nothing of it can be
//! read, so that what comes later is folded onto it.

use convolog_domain::{ContactId, DocumentId, LeadId, MessageId};
use convolog_engine::Recorded;
use convolog_log::{Position, Timestamp};
use convolog_projections::contacts::{ContactRow, Contacts};
use convolog_projections::documents::{DocumentRow, Documents};
use convolog_projections::fold::{FoldError, ReadModel};
use convolog_projections::leads::{LeadRow, Leads};
use convolog_projections::store::{StoreError, Stored, decode_row, encode_row};
use convolog_projections::transcripts::{MessageRow, Transcripts};
use uuid::Uuid;

/// What kind of thing a row is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Kind {
    /// A document. Its passages are what is found.
    Document,
    /// A passage of a document.
    Passage,
    /// A message.
    Message,
    /// A contact.
    Contact,
    /// A lead.
    Lead,
    /// That everything of somebody is out of the index.
    Erased,
}

impl Kind {
    /// The byte that begins keys of this kind.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Document => b'd',
            Self::Passage => b'p',
            Self::Message => b'm',
            Self::Contact => b'c',
            Self::Lead => b'l',
            Self::Erased => b'e',
        }
    }
}

/// Names a row within its index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Key {
    /// Of what.
    pub(crate) kind: Kind,
    /// Which one.
    pub(crate) id: Uuid,
}

impl Key {
    /// As bytes.
    pub(crate) fn bytes(self) -> Vec<u8> {
        let mut bytes = vec![self.kind.code()];
        bytes.extend_from_slice(self.id.as_bytes());
        bytes
    }

    /// From bytes; none for passages, which are made from the row of their document.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let (code, id) = bytes.split_first()?;
        let kind = [Kind::Document, Kind::Message, Kind::Contact, Kind::Lead, Kind::Erased]
            .into_iter()
            .find(|kind| kind.code() == *code)?;
        Some(Self { kind, id: Uuid::from_slice(id).ok()? })
    }
}

/// The format of stored rows. Raised together with the version of the index.
const FORMAT: u8 = 1;

/// One row.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Row {
    /// Of a document.
    Document(Stored<DocumentRow>),
    /// Of a message.
    Message(Box<Stored<MessageRow>>),
    /// Of a contact.
    Contact(Box<Stored<ContactRow>>),
    /// Of a lead.
    Lead(Box<Stored<LeadRow>>),
    /// When everything of somebody was out of the index.
    Erased(Stored<Timestamp>),
}

impl Row {
    /// A row that nothing is known of.
    pub(crate) fn new(kind: Kind) -> Self {
        let position = Position::START;
        match kind {
            Kind::Document | Kind::Passage => {
                Self::Document(Stored { position, row: DocumentRow::default() })
            }
            Kind::Message => {
                Self::Message(Box::new(Stored { position, row: MessageRow::default() }))
            }
            Kind::Contact => {
                Self::Contact(Box::new(Stored { position, row: ContactRow::default() }))
            }
            Kind::Lead => Self::Lead(Box::new(Stored { position, row: LeadRow::default() })),
            Kind::Erased => Self::Erased(Stored { position, row: Timestamp(0) }),
        }
    }

    /// As it is stored.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Document(stored) => encode_row(FORMAT, stored),
            Self::Message(stored) => encode_row(FORMAT, stored),
            Self::Contact(stored) => encode_row(FORMAT, stored),
            Self::Lead(stored) => encode_row(FORMAT, stored),
            Self::Erased(stored) => encode_row(FORMAT, stored),
        }
    }

    /// A stored row, read back.
    pub(crate) fn decode(kind: Kind, bytes: &[u8]) -> Result<Self, StoreError> {
        Ok(match kind {
            Kind::Document | Kind::Passage => Self::Document(decode_row(FORMAT, bytes)?),
            Kind::Message => Self::Message(Box::new(decode_row(FORMAT, bytes)?)),
            Kind::Contact => Self::Contact(Box::new(decode_row(FORMAT, bytes)?)),
            Kind::Lead => Self::Lead(Box::new(decode_row(FORMAT, bytes)?)),
            Kind::Erased => Self::Erased(decode_row(FORMAT, bytes)?),
        })
    }

    /// Takes an event in; one that was taken before changes nothing.
    pub(crate) fn fold(&mut self, event: &Recorded) -> Result<(), FoldError> {
        match self {
            Self::Document(stored) => fold::<Documents>(stored, event),
            Self::Message(stored) => fold::<Transcripts>(stored, event),
            Self::Contact(stored) => fold::<Contacts>(stored, event),
            Self::Lead(stored) => fold::<Leads>(stored, event),
            Self::Erased(_) => Ok(()),
        }
    }

    /// Prints it for comparisons.
    pub(crate) fn dump(&self) -> String {
        match self {
            Self::Document(stored) => Documents::dump(&stored.row),
            Self::Message(stored) => Transcripts::dump(&stored.row),
            Self::Contact(stored) => Contacts::dump(&stored.row),
            Self::Lead(stored) => Leads::dump(&stored.row),
            Self::Erased(_) => String::new(),
        }
    }
}

/// Whose data an event says was erased.
pub(crate) fn erased_by(event: &Recorded) -> Vec<Uuid> {
    use convolog_domain::{contact, lead};
    match &event.event {
        convolog_domain::Event::Contact(contact::Event::PersonalDataErased(_)) => {
            vec![event.stream.id]
        }
        convolog_domain::Event::Lead(lead::Event::LeadErased(erased)) => {
            std::iter::once(event.stream.id).chain(erased.subjects.iter().map(|id| id.0)).collect()
        }
        _ => Vec::new(),
    }
}

fn fold<M: ReadModel>(stored: &mut Stored<M::Row>, event: &Recorded) -> Result<(), FoldError> {
    if event.position <= stored.position {
        return Ok(());
    }
    let mut row = stored.row.clone();
    M::fold(&mut row, event)?;
    *stored = Stored { position: event.position, row };
    Ok(())
}

/// Whether an event changes what is found.
pub fn takes(event: &Recorded) -> bool {
    key_of(event).is_some() || !erased_by(event).is_empty()
}

/// The row that an event concerns; none if nothing of it is searched.
pub(crate) fn key_of(event: &Recorded) -> Option<Key> {
    use convolog_domain::conversation::Event as Said;
    let id = match &event.event {
        convolog_domain::Event::Document(_) => {
            return Some(Key { kind: Kind::Document, id: DocumentId(event.stream.id).0 });
        }
        convolog_domain::Event::Contact(_) => {
            return Some(Key { kind: Kind::Contact, id: ContactId(event.stream.id).0 });
        }
        convolog_domain::Event::Lead(_) => {
            return Some(Key { kind: Kind::Lead, id: LeadId(event.stream.id).0 });
        }
        convolog_domain::Event::Conversation(said) => match said {
            Said::MessageReceived(message) => message.facts.message,
            Said::MessageEnriched(message) => message.facts.message,
            Said::MessageRequested(request) => request.message,
            Said::MessageEdited(edit) => edit.target,
            Said::MessageRevoked(revocation) => revocation.target,
            // What became of a message, and what was made of it, is not searched.
            _ => return None,
        },
        _ => return None,
    };
    let MessageId(id) = id;
    Some(Key { kind: Kind::Message, id })
}
