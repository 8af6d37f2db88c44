//! One event as bytes: format 1, frozen.
//!
//! A record is `header ‖ body`. The writer stamps the header; callers encode the body before they
//! queue it, so that the writer's thread only copies and hashes. All integers are big-endian.
//! The leaf of the Merkle tree is SHA-256(0x00 ‖ header ‖ body). Decoding is strict: a byte too
//! many, an unknown flag or a repeated subject is refused, so that one leaf has one reading.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::LogError;
use crate::ids::{ClaimHash, LogId, Position, StreamKey, Timestamp};
use crate::wire::{Reader, Writer};

/// The largest record, header included; larger content is a blob.
pub const MAX_RECORD_BYTES: usize = 24 * 1024;

/// The format this code writes.
const FORMAT: u8 = 1;

/// What the writer adds: 28 bytes, fixed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Where the event stands in the global order.
    pub position: Position,
    /// Its number within its stream; the first is 1.
    pub version: u64,
    /// When the writer took it: `max(last, now)`, so it never goes back.
    pub recorded_at: Timestamp,
    /// Its number within its commit; the first is 0.
    pub index: u32,
}

impl Header {
    /// Bytes of an encoded header.
    pub const LEN: usize = 28;

    /// The fixed-width form.
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        let (position, rest) = out.split_at_mut(8);
        let (version, rest) = rest.split_at_mut(8);
        let (at, index) = rest.split_at_mut(8);
        position.copy_from_slice(&self.position.0.to_be_bytes());
        version.copy_from_slice(&self.version.to_be_bytes());
        at.copy_from_slice(&self.recorded_at.0.to_be_bytes());
        index.copy_from_slice(&self.index.to_be_bytes());
        out
    }

    /// Reads a header from the front of `bytes`.
    pub fn decode(bytes: &[u8]) -> Result<Self, LogError> {
        let mut r = Reader::new(bytes);
        Ok(Self {
            position: Position(r.u64()?),
            version: r.u64()?,
            recorded_at: Timestamp(i64::from_be_bytes(r.array()?)),
            index: r.u32()?,
        })
    }
}

/// Who acted. Kinds are the domain's numbers (a person, a key, a reactor, a customer, the platform).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    /// What kind of actor.
    pub kind: u8,
    /// Which one.
    pub id: Uuid,
    /// The API key it came in with.
    pub key: Option<Uuid>,
    /// The person for whom it acted.
    pub on_behalf_of: Option<Uuid>,
}

/// Whether an event touches the outside world.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Mode {
    /// The real thing.
    #[default]
    Live = 0,
    /// A sandbox: goes through everything and stops before the wire.
    Test = 1,
}

/// How an event came to be in this log. An imported message opens no window and triggers no AI.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Origin {
    /// It happened here.
    #[default]
    Live = 0,
    /// A platform handed over its history.
    HistoryImport = 1,
    /// It was copied from another log.
    LogImport = 2,
}

/// What an event does to a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ClaimAction {
    /// Takes it, for ever or until released.
    Hold = 0,
    /// Gives it back.
    Release = 1,
}

/// A claim as the record keeps it, so that the claim index can be rebuilt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordedClaim {
    /// Taken or given back.
    pub action: ClaimAction,
    /// Which key.
    pub hash: ClaimHash,
}

/// Where an imported event stood in the log it came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportedFrom {
    /// The other log.
    pub log: LogId,
    /// The position there.
    pub position: Position,
}

/// A file beside the log, named by the hash of its (sealed) bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BlobRef {
    /// SHA-256 of the bytes as they lie on the disk.
    pub hash: [u8; 32],
    /// How many bytes.
    pub len: u64,
}

/// Where the ciphertext of a sealed part is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SealedContent {
    /// In the record.
    Inline(Bytes),
    /// In a blob, because the record would grow past [`MAX_RECORD_BYTES`].
    Blob(BlobRef),
}

/// What one event says about one subject, readable only with that subject's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SealedPart {
    /// The person, or the workspace itself.
    pub subject: Uuid,
    /// The vault epoch under which the key was wrapped when this was written.
    pub epoch: u32,
    /// 1 = XChaCha20-Poly1305 over zstd.
    pub algorithm: u8,
    /// The compression dictionary; 0 = none.
    pub dictionary: u16,
    /// Binds the part to the one key that opens it.
    pub commitment: [u8; 32],
    /// The ciphertext.
    pub content: SealedContent,
}

/// Everything of an event that its author decides; the writer adds the [`Header`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    /// Names the event for ever, across export and import.
    pub event_id: Uuid,
    /// The stream it belongs to.
    pub stream: StreamKey,
    /// What happened, a number of the domain's catalogue.
    pub type_code: u16,
    /// The version of the payload's schema; old ones are upcast when read.
    pub schema: u16,
    /// Shared by all events of one commit.
    pub commit_id: Uuid,
    /// Who acted.
    pub actor: Actor,
    /// The event that led to this one.
    pub causation: Option<Uuid>,
    /// The request or conversation of events it belongs to.
    pub correlation: Option<Uuid>,
    /// Live or test.
    pub mode: Mode,
    /// How it came here.
    pub origin: Origin,
    /// Claims it takes and gives back.
    pub claims: Vec<RecordedClaim>,
    /// For imported events.
    pub imported_from: Option<ImportedFrom>,
    /// Blobs the payload speaks of (attachments); those of sealed parts are named there.
    pub blobs: Vec<BlobRef>,
    /// MessagePack with field names: what is in the clear.
    pub payload: Bytes,
    /// At most one part per subject.
    pub sealed: Vec<SealedPart>,
}

/// Bytes of a body before its optional ids.
const FIXED_BYTES: usize = 1 + 2 + 1 + 16 + (16 + 2 + 16) + 2 + 2 + 16 + 1 + 16;

mod flag {
    pub(super) const TEST: u16 = 1;
    pub(super) const KEY: u16 = 1 << 1;
    pub(super) const ON_BEHALF_OF: u16 = 1 << 2;
    pub(super) const CAUSATION: u16 = 1 << 3;
    pub(super) const CORRELATION: u16 = 1 << 4;
    pub(super) const IMPORTED: u16 = 1 << 5;
    pub(super) const ALL: u16 = (1 << 6) - 1;
}

impl Body {
    /// The fixed layout of format 1. Optional ids cost nothing when absent.
    ///
    /// # Errors
    /// [`LogError::TooLarge`] if a list or field does not fit its length prefix.
    pub fn encode(&self) -> Result<Bytes, LogError> {
        let mut w = Writer(Vec::with_capacity(256 + self.payload.len()));
        w.u8(FORMAT);
        w.u16(self.flags());
        w.u8(origin_code(self.origin));
        w.uuid(self.event_id);
        w.uuid(self.stream.workspace);
        w.u16(self.stream.kind);
        w.uuid(self.stream.id);
        w.u16(self.type_code);
        w.u16(self.schema);
        w.uuid(self.commit_id);
        w.u8(self.actor.kind);
        w.uuid(self.actor.id);
        for id in [self.actor.key, self.actor.on_behalf_of, self.causation, self.correlation]
            .into_iter()
            .flatten()
        {
            w.uuid(id);
        }
        if let Some(from) = self.imported_from {
            w.uuid(from.log.0);
            w.u64(from.position.0);
        }
        w.count(self.claims.len())?;
        for claim in &self.claims {
            w.u8(match claim.action {
                ClaimAction::Hold => 0,
                ClaimAction::Release => 1,
            });
            w.bytes(&claim.hash.0);
        }
        w.count(self.blobs.len())?;
        for blob in &self.blobs {
            w.blob(blob);
        }
        w.block(&self.payload)?;
        w.count(self.sealed.len())?;
        for part in &self.sealed {
            w.sealed(part)?;
        }
        Ok(Bytes::from(w.0))
    }

    fn flags(&self) -> u16 {
        let mut flags = 0;
        let mut set = |on: bool, bit: u16| flags |= if on { bit } else { 0 };
        set(self.mode == Mode::Test, flag::TEST);
        set(self.actor.key.is_some(), flag::KEY);
        set(self.actor.on_behalf_of.is_some(), flag::ON_BEHALF_OF);
        set(self.causation.is_some(), flag::CAUSATION);
        set(self.correlation.is_some(), flag::CORRELATION);
        set(self.imported_from.is_some(), flag::IMPORTED);
        flags
    }

    /// Reads a body back. The payload and ciphertexts share `bytes`.
    ///
    /// # Errors
    /// [`LogError::Corrupt`] for anything but exactly one well-formed body.
    pub fn decode(bytes: &Bytes) -> Result<Self, LogError> {
        let mut r = Reader::new(bytes);
        if r.u8()? != FORMAT {
            return Err(LogError::corrupt("a record of an unknown format"));
        }
        let flags = r.u16()?;
        if flags & !flag::ALL != 0 {
            return Err(LogError::corrupt("a record with unknown flags"));
        }
        let optional = |r: &mut Reader<'_>, bit: u16| -> Result<Option<Uuid>, LogError> {
            if flags & bit == 0 { Ok(None) } else { r.uuid().map(Some) }
        };
        let origin = origin_of(r.u8()?)?;
        let event_id = r.uuid()?;
        let stream = StreamKey { workspace: r.uuid()?, kind: r.u16()?, id: r.uuid()? };
        let type_code = r.u16()?;
        let schema = r.u16()?;
        let commit_id = r.uuid()?;
        let (actor_kind, actor_id) = (r.u8()?, r.uuid()?);
        let actor = Actor {
            kind: actor_kind,
            id: actor_id,
            key: optional(&mut r, flag::KEY)?,
            on_behalf_of: optional(&mut r, flag::ON_BEHALF_OF)?,
        };
        let causation = optional(&mut r, flag::CAUSATION)?;
        let correlation = optional(&mut r, flag::CORRELATION)?;
        let imported_from = if flags & flag::IMPORTED == 0 {
            None
        } else {
            Some(ImportedFrom { log: LogId(r.uuid()?), position: Position(r.u64()?) })
        };
        let claims = r.list(Reader::claim)?;
        let blobs = r.list(Reader::blob)?;
        let payload = r.block(bytes)?;
        let sealed = r.list(|r| r.sealed(bytes))?;
        r.finish()?;
        let repeated = sealed
            .iter()
            .enumerate()
            .any(|(i, part)| sealed.iter().skip(i + 1).any(|other| other.subject == part.subject));
        if repeated {
            return Err(LogError::corrupt("a record with two sealed parts for one subject"));
        }
        Ok(Self {
            event_id,
            stream,
            type_code,
            schema,
            commit_id,
            actor,
            causation,
            correlation,
            mode: if flags & flag::TEST == 0 { Mode::Live } else { Mode::Test },
            origin,
            claims,
            imported_from,
            blobs,
            payload,
            sealed,
        })
    }
}

/// One event as it stands in the log. Cheap to clone: the bytes are shared with their block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// What the writer stamped.
    pub header: Header,
    /// The encoded [`Body`].
    pub body: Bytes,
}

impl Record {
    /// The decoded body.
    pub fn decode(&self) -> Result<Body, LogError> {
        Body::decode(&self.body)
    }

    /// The stream, read without decoding the rest.
    pub fn stream(&self) -> Result<StreamKey, LogError> {
        let mut r = Reader::new(&self.body);
        r.take(20)?;
        Ok(StreamKey { workspace: r.uuid()?, kind: r.u16()?, id: r.uuid()? })
    }

    /// The type code, read without decoding the rest.
    pub fn type_code(&self) -> Result<u16, LogError> {
        let mut r = Reader::new(&self.body);
        r.take(54)?;
        r.u16()
    }

    /// The claims it takes and gives back, read without decoding the rest.
    pub fn claims(&self) -> Result<Vec<RecordedClaim>, LogError> {
        let mut r = Reader::new(&self.body);
        r.take(1)?;
        let flags = r.u16()?;
        r.take(FIXED_BYTES - 3)?;
        let optional = [flag::KEY, flag::ON_BEHALF_OF, flag::CAUSATION, flag::CORRELATION]
            .into_iter()
            .filter(|bit| flags & bit != 0)
            .count();
        r.take(optional * 16 + if flags & flag::IMPORTED == 0 { 0 } else { 24 })?;
        r.list(Reader::claim)
    }

    /// Its leaf in the Merkle tree.
    pub fn leaf(&self) -> [u8; 32] {
        leaf_hash(&self.header.encode(), &self.body)
    }
}

/// SHA-256(0x00 ‖ header ‖ body), the leaf hash of RFC 6962 over a record.
pub fn leaf_hash(header: &[u8; Header::LEN], body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(header).chain_update(body).finalize().into()
}

const fn origin_code(origin: Origin) -> u8 {
    match origin {
        Origin::Live => 0,
        Origin::HistoryImport => 1,
        Origin::LogImport => 2,
    }
}

fn origin_of(code: u8) -> Result<Origin, LogError> {
    match code {
        0 => Ok(Origin::Live),
        1 => Ok(Origin::HistoryImport),
        2 => Ok(Origin::LogImport),
        _ => Err(LogError::corrupt("a record of an unknown origin")),
    }
}

impl Writer {
    fn blob(&mut self, v: &BlobRef) {
        self.bytes(&v.hash);
        self.u64(v.len);
    }
    fn sealed(&mut self, part: &SealedPart) -> Result<(), LogError> {
        self.uuid(part.subject);
        self.u32(part.epoch);
        self.u8(part.algorithm);
        self.u16(part.dictionary);
        self.bytes(&part.commitment);
        match &part.content {
            SealedContent::Inline(bytes) => {
                self.u8(0);
                self.block(bytes)?;
            }
            SealedContent::Blob(blob) => {
                self.u8(1);
                self.blob(blob);
            }
        }
        Ok(())
    }
}

impl Reader<'_> {
    fn claim(&mut self) -> Result<RecordedClaim, LogError> {
        let action = match self.u8()? {
            0 => ClaimAction::Hold,
            1 => ClaimAction::Release,
            _ => return Err(LogError::corrupt("a claim that is neither held nor released")),
        };
        Ok(RecordedClaim { action, hash: ClaimHash(self.array()?) })
    }
    fn blob(&mut self) -> Result<BlobRef, LogError> {
        Ok(BlobRef { hash: self.array()?, len: self.u64()? })
    }
    fn sealed(&mut self, whole: &Bytes) -> Result<SealedPart, LogError> {
        Ok(SealedPart {
            subject: self.uuid()?,
            epoch: self.u32()?,
            algorithm: self.u8()?,
            dictionary: self.u16()?,
            commitment: self.array()?,
            content: match self.u8()? {
                0 => SealedContent::Inline(self.block(whole)?),
                1 => SealedContent::Blob(self.blob()?),
                _ => return Err(LogError::corrupt("sealed content of an unknown place")),
            },
        })
    }
}
