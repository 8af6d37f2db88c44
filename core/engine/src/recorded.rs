//! An event as it is read back: envelope and payload decoded, sealed parts still sealed.

use convolog_domain::{
    Actor, ActorKind, Event, KeyId, PersonId, StreamKind, SubjectId, UnreadableEvent, WorkspaceId,
};
use convolog_log::{
    BlobRef, ImportedFrom, LogError, Mode, Origin, Position, Record, RecordedClaim, SealedPart,
    StreamKey, Timestamp,
};
use uuid::Uuid;

/// A stream in the domain's words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Stream {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Of what.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl Stream {
    /// A stream of a workspace.
    pub const fn new(workspace: WorkspaceId, kind: StreamKind, id: Uuid) -> Self {
        Self { workspace, kind, id }
    }

    /// As the log names it.
    pub const fn key(&self) -> StreamKey {
        StreamKey { workspace: self.workspace.0, kind: self.kind.code(), id: self.id }
    }

    /// The stream of that name, if its kind is known.
    pub fn from_key(key: StreamKey) -> Option<Self> {
        StreamKind::from_code(key.kind).map(|kind| Self {
            workspace: WorkspaceId(key.workspace),
            kind,
            id: key.id,
        })
    }
}

impl std::fmt::Display for Stream {
    /// `kind/id`, as the API shows and takes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

/// Why a record could not be read as an event.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The log refused.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The payload cannot be read.
    #[error("the event at position {position} cannot be read")]
    Payload {
        /// Where it stands.
        position: Position,
        /// Why not.
        #[source]
        source: UnreadableEvent,
    },
    /// A stream or an actor of a kind that this version does not know.
    #[error(
        "the event at position {0} names a kind that this version of Convolog does not know; use the version that wrote it, or a newer one"
    )]
    UnknownKind(Position),
}

/// One event, in the clear.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorded {
    /// Where it stands.
    pub position: Position,
    /// Its number within its stream.
    pub version: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// Its number within its commit.
    pub index: u32,
    /// Its name for ever.
    pub event_id: Uuid,
    /// The commit it came in.
    pub commit_id: Uuid,
    /// The stream it belongs to.
    pub stream: Stream,
    /// Who acted.
    pub actor: Actor,
    /// The event that led to it.
    pub causation: Option<Uuid>,
    /// The request it belongs to.
    pub correlation: Option<Uuid>,
    /// Live or test.
    pub mode: Mode,
    /// Live or imported.
    pub origin: Origin,
    /// The log it was copied from.
    pub imported_from: Option<ImportedFrom>,
    /// Unique keys it took and gave back.
    pub claims: Vec<RecordedClaim>,
    /// Blobs it speaks of.
    pub blobs: Vec<BlobRef>,
    /// What happened.
    pub event: Event,
    /// What is sealed; open it with [`crate::Disclose::open`].
    pub sealed: Vec<SealedPart>,
}

impl Recorded {
    /// Reads a record.
    pub fn read(record: &Record) -> Result<Self, ReadError> {
        let position = record.header.position;
        let body = record.decode()?;
        let unknown = || ReadError::UnknownKind(position);
        let event = Event::read(body.type_code, body.schema, &body.payload)
            .map_err(|source| ReadError::Payload { position, source })?;
        Ok(Self {
            position,
            version: record.header.version,
            at: record.header.recorded_at,
            index: record.header.index,
            event_id: body.event_id,
            commit_id: body.commit_id,
            stream: Stream::from_key(body.stream).ok_or_else(unknown)?,
            actor: Actor {
                kind: ActorKind::from_code(body.actor.kind).ok_or_else(unknown)?,
                id: body.actor.id,
                key: body.actor.key.map(KeyId),
                on_behalf_of: body.actor.on_behalf_of.map(PersonId),
            },
            causation: body.causation,
            correlation: body.correlation,
            mode: body.mode,
            origin: body.origin,
            imported_from: body.imported_from,
            claims: body.claims,
            blobs: body.blobs,
            event,
            sealed: body.sealed,
        })
    }

    /// Whose keys were destroyed when this happened; empty if it is no erasure.
    pub fn erased_subjects(&self) -> Vec<SubjectId> {
        use convolog_domain::{contact, import, lead};
        match &self.event {
            Event::Contact(contact::Event::PersonalDataErased(_)) => {
                vec![SubjectId(self.stream.id)]
            }
            Event::Lead(lead::Event::LeadErased(erased)) => erased.subjects.clone(),
            // A file has a key of its own.
            Event::Import(import::Event::FileDiscarded(_)) => vec![SubjectId(self.stream.id)],
            _ => Vec::new(),
        }
    }

    /// Whose event it is.
    pub const fn workspace(&self) -> WorkspaceId {
        self.stream.workspace
    }
}
