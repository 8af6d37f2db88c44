//! Unseals what an event says, by its position.

use convolog_domain::{
    AppointmentContent, Content, DocumentContent, FragmentContent, IdentityContent, ImportContent,
    LeadContent, MessageContent, NoteContent, PagesContent, PersonId, ProfileContent,
    StatusContent, StreamKind, WorkspaceId,
};
use convolog_engine::{Disclose, Disclosure, Recorded, Stream};
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

impl<T> Seen<Box<T>> {
    /// The same, to look at.
    pub(crate) fn as_deref(&self) -> Seen<&T> {
        match self {
            Self::Plain(content) => Seen::Plain(content),
            Self::Nothing => Seen::Nothing,
            Self::Erased => Seen::Erased,
            Self::Unreadable => Seen::Unreadable,
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

    /// The note it holds.
    pub(crate) fn note(&self, position: Position) -> Result<Seen<NoteContent>, QueryError> {
        self.find(position, |content| match content {
            Content::Note(note) => Some(note),
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

    /// What an event says of a lead.
    pub(crate) fn lead_in(&self, event: &Recorded) -> Seen<Box<LeadContent>> {
        self.find_in(event, |content| match content {
            Content::Lead(lead) => Some(lead),
            _ => None,
        })
    }

    /// What it says of an appointment.
    pub(crate) fn appointment(
        &self,
        position: Position,
    ) -> Result<Seen<Box<AppointmentContent>>, QueryError> {
        self.find(position, |content| match content {
            Content::Appointment(appointment) => Some(appointment),
            _ => None,
        })
    }

    /// The version of a document that the event at `position` holds.
    pub(crate) fn document(
        &self,
        position: Position,
    ) -> Result<Seen<Box<DocumentContent>>, QueryError> {
        let event = self.event(position)?;
        Ok(event.map_or(Seen::Unreadable, |event| self.document_in(&event)))
    }

    /// The version of a document that an event holds.
    pub(crate) fn document_in(&self, event: &Recorded) -> Seen<Box<DocumentContent>> {
        self.find_in(event, |content| match content {
            Content::Document(document) => Some(document),
            _ => None,
        })
    }

    /// Why something failed, in the platform's words.
    pub(crate) fn error_details(&self, position: Position) -> Result<Option<String>, QueryError> {
        let seen = self.find(position, |content| match content {
            Content::Status(status) => status.error_details,
            _ => None,
        })?;
        Ok(seen.plain().map(|words| words.0))
    }

    /// The platform's element that it holds.
    pub(crate) fn fragment(&self, position: Position) -> Result<Seen<FragmentContent>, QueryError> {
        self.find(position, |content| match content {
            Content::Fragment(fragment) => Some(fragment),
            _ => None,
        })
    }

    /// What a job reads.
    pub(crate) fn import(&self, position: Position) -> Result<Seen<ImportContent>, QueryError> {
        let Some(mut event) = self.event(position)? else { return Ok(Seen::Unreadable) };
        // The file itself may be large, and is sealed for another subject.
        let workspace = event.workspace().0;
        event.sealed.retain(|part| part.subject == workspace);
        Ok(self.find_in(&event, |content| match content {
            Content::Import(import) => Some(import),
            _ => None,
        }))
    }

    /// The pages of which an event of a job tells.
    pub(crate) fn pages_of(&self, event: &Recorded) -> Seen<PagesContent> {
        self.find_in(event, |content| match content {
            Content::Pages(pages) => Some(pages),
            _ => None,
        })
    }

    /// What the staff wrote in an event: a note, or a title.
    pub(crate) fn written(&self, event: &Recorded) -> Seen<NoteContent> {
        self.find_in(event, |content| match content {
            Content::Note(note) | Content::Title(note) => Some(note),
            _ => None,
        })
    }

    /// The title that the event at `position` gives.
    pub(crate) fn title(&self, position: Position) -> Result<Option<String>, QueryError> {
        let event = self.event(position)?;
        let written = event.map(|event| self.written(&event).plain());
        Ok(written.flatten().map(|title| title.text.0))
    }

    /// The name of a member of the staff.
    pub(crate) fn name_of(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<Option<String>, QueryError> {
        let stream = Stream::new(workspace, StreamKind::Person, person.0);
        let records = self.log.read_stream(&stream.key(), 0, 1)?;
        let event = records.first().and_then(|record| Recorded::read(record).ok());
        let profile = event.map(|event| {
            self.find_in(&event, |content| match content {
                Content::Profile(profile) => Some(profile),
                _ => None,
            })
        });
        Ok(profile.and_then(Seen::plain).and_then(|profile| profile.name).map(|name| name.0))
    }

    /// The event at a position, if there is one that can be read.
    pub(crate) fn event(&self, position: Position) -> Result<Option<Recorded>, QueryError> {
        let Some(record) = self.log.get(position)? else { return Ok(None) };
        match Recorded::read(&record) {
            Ok(event) => Ok(Some(event)),
            Err(error) => {
                tracing::warn!(position = position.0, %error, "an event could not be read");
                Ok(None)
            }
        }
    }

    fn find<T>(
        &self,
        position: Position,
        wanted: impl Fn(Content) -> Option<T>,
    ) -> Result<Seen<T>, QueryError> {
        let Some(record) = self.log.get(position)? else { return Ok(Seen::Nothing) };
        match Recorded::read(&record) {
            Ok(event) => Ok(self.find_in(&event, wanted)),
            Err(error) => {
                tracing::warn!(position = position.0, %error, "an event could not be read");
                Ok(Seen::Unreadable)
            }
        }
    }

    /// The wanted part, if one of the parts is it. Else, if any part is gone for good, that is why.
    fn find_in<T>(&self, event: &Recorded, wanted: impl Fn(Content) -> Option<T>) -> Seen<T> {
        let (mut erased, mut unreadable) = (false, false);
        for opened in self.disclose.open(event) {
            match opened.disclosure {
                Disclosure::Content(content) => {
                    if let Some(found) = wanted(content) {
                        return Seen::Plain(found);
                    }
                }
                Disclosure::Erased => erased = true,
                Disclosure::Unreadable(reason) => {
                    tracing::warn!(
                        position = event.position.0,
                        reason,
                        "a sealed part could not be opened"
                    );
                    unreadable = true;
                }
            }
        }
        match (erased, unreadable) {
            (true, _) => Seen::Erased,
            (false, true) => Seen::Unreadable,
            (false, false) => Seen::Nothing,
        }
    }
}
