//! Files: bytes too many for a record, sealed piece by piece under the key of whom they are about.
//!
//! A file is a blob of frames, each a sealed part of its own: epoch, algorithm, dictionary, commitment,
//! length, ciphertext. A piece is sealed under an id of its own, counted from the file's, so that no
//! piece can stand in the place of another; that none is missing, the length and the hash of the blob
//! say, which stand in the event. Neither writing nor reading holds more than a piece or two in memory.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use convolog_domain::{Blob, SubjectId, WorkspaceId};
use convolog_log::{BlobRef, BlobWriter, LogError};
use convolog_vault::{KeyState, Opened, Part};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::engine::Engine;
use crate::error::EngineError;

/// Bytes of every piece but the last.
pub const PIECE_BYTES: usize = 1 << 20;

/// Bytes before the ciphertext of a piece: epoch, algorithm, dictionary, commitment, length.
const FRAME_BYTES: usize = 4 + 1 + 2 + 32 + 4;

/// Bytes of a ciphertext at most: what does not compress grows a little, sealing adds a little.
const CIPHERTEXT_BYTES_MAX: usize = PIECE_BYTES + PIECE_BYTES / 16;

/// A file that is sealed and on the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SealedFile {
    /// What was written.
    pub blob: Blob,
    /// The id from which its pieces are counted.
    pub sealed_as: Uuid,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file: about a person as much as the file itself.
    pub sha256: [u8; 32],
}

impl std::fmt::Debug for SealedFile {
    /// Without the hash of what it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { blob, sealed_as, size, sha256: _ } = self;
        let mut shown = f.debug_struct("SealedFile");
        shown.field("blob", blob).field("sealed_as", sealed_as).field("size", size);
        shown.finish_non_exhaustive()
    }
}

/// Whose file it is, and where its pieces are counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileSeal {
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// The id from which its pieces are counted.
    pub sealed_as: Uuid,
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Whoever it was about was erased.
    #[error("the file was erased")]
    Erased,
    /// It is not what was stored, or the vault has no key for it.
    #[error("the file cannot be opened: {0}")]
    Unreadable(&'static str),
    /// It is not here.
    #[error("the file could not be read")]
    Log(#[from] LogError),
}

/// A file while it is written. Dropped before it is finished, it leaves nothing behind.
pub struct FileWriter {
    engine: Engine,
    seal: FileSeal,
    pieces: u128,
    piece: Vec<u8>,
    blob: BlobWriter,
    hash: Sha256,
    size: u64,
}

/// A file while it is read, from its beginning.
pub struct FileReader {
    engine: Engine,
    seal: FileSeal,
    pieces: u128,
    file: BufReader<File>,
}

impl Engine {
    /// Begins a file. Blocks while it is written: not for the runtime's threads.
    pub fn write_file(&self, seal: FileSeal) -> Result<FileWriter, EngineError> {
        Ok(FileWriter {
            engine: self.clone(),
            seal,
            pieces: 0,
            piece: Vec::new(),
            blob: self.0.blobs.begin()?,
            hash: Sha256::new(),
            size: 0,
        })
    }

    /// Reads a file. Blocks while it is read: not for the runtime's threads.
    ///
    /// # Errors
    /// [`FileError`] if it is not here; whether it can be opened, its first piece tells.
    pub fn read_file(&self, seal: FileSeal, blob: Blob) -> Result<FileReader, FileError> {
        let file = self.0.blobs.open_file(&reference(blob));
        // What nobody can open any more leaves the disk.
        let file =
            file.map_err(|error| match self.vault().key_state(seal.workspace.0, seal.subject.0) {
                KeyState::Erased => FileError::Erased,
                KeyState::Present | KeyState::Unknown => error.into(),
            })?;
        Ok(FileReader { engine: self.clone(), seal, pieces: 0, file: BufReader::new(file) })
    }

    /// Removes a file that nobody can open any more.
    pub fn remove_file(&self, blob: Blob) -> Result<(), LogError> {
        self.0.blobs.remove(&reference(blob))
    }
}

/// A blob as the log names it.
pub(crate) const fn reference(blob: Blob) -> BlobRef {
    BlobRef { hash: blob.hash.0, len: blob.bytes }
}

fn piece_id(seal: &FileSeal, number: u128) -> Uuid {
    Uuid::from_u128(seal.sealed_as.as_u128().wrapping_add(number))
}

impl FileWriter {
    /// Adds bytes.
    ///
    /// # Errors
    /// [`EngineError`] if there is no room, or whoever it is about was erased.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), EngineError> {
        self.hash.update(bytes);
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        while !bytes.is_empty() {
            let room = PIECE_BYTES.saturating_sub(self.piece.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.piece.extend_from_slice(now);
            bytes = later;
            if self.piece.len() == PIECE_BYTES {
                self.seal_piece()?;
            }
        }
        Ok(())
    }

    /// Bytes so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// That was all: returns once it is on the disk.
    pub fn finish(mut self) -> Result<SealedFile, EngineError> {
        if !self.piece.is_empty() {
            self.seal_piece()?;
        }
        let BlobRef { hash, len } = self.blob.finish()?;
        let blob = Blob { hash: convolog_domain::Hash32(hash), bytes: len };
        let (sealed_as, size) = (self.seal.sealed_as, self.size);
        Ok(SealedFile { blob, sealed_as, size, sha256: self.hash.finalize().into() })
    }

    fn seal_piece(&mut self) -> Result<(), EngineError> {
        self.engine.log().room_for(self.piece.len())?;
        let FileSeal { workspace, subject, .. } = self.seal;
        let id = piece_id(&self.seal, self.pieces);
        let sealed = self.engine.vault().seal(workspace.0, subject.0, id, &self.piece)?;
        let length = u32::try_from(sealed.ciphertext.len())
            .map_err(|_| EngineError::Encoding("a piece of a file is too long".to_owned()))?;
        let mut frame = Vec::with_capacity(FRAME_BYTES);
        frame.extend_from_slice(&sealed.epoch.to_be_bytes());
        frame.push(sealed.algorithm);
        frame.extend_from_slice(&sealed.dictionary.to_be_bytes());
        frame.extend_from_slice(&sealed.commitment);
        frame.extend_from_slice(&length.to_be_bytes());
        self.blob.write(&frame)?;
        self.blob.write(&sealed.ciphertext)?;
        self.pieces += 1;
        self.piece.clear();
        Ok(())
    }
}

/// What stands before the ciphertext of a piece.
struct Frame {
    epoch: u32,
    algorithm: u8,
    dictionary: u16,
    commitment: [u8; 32],
    length: usize,
}

impl FileReader {
    /// The next piece; none after the last.
    pub fn piece(&mut self) -> Result<Option<Vec<u8>>, FileError> {
        let Some(frame) = self.frame()? else { return Ok(None) };
        let mut ciphertext = vec![0; frame.length];
        self.file.read_exact(&mut ciphertext).map_err(|_| ENDS_EARLY)?;
        let part = Part {
            subject: self.seal.subject.0,
            epoch: frame.epoch,
            algorithm: frame.algorithm,
            dictionary: frame.dictionary,
            commitment: &frame.commitment,
            ciphertext: &ciphertext,
        };
        let id = piece_id(&self.seal, self.pieces);
        self.pieces += 1;
        match self.engine.vault().open_part(self.seal.workspace.0, id, &part) {
            Opened::Plain(plain) => Ok(Some(plain.to_vec())),
            Opened::Erased => Err(FileError::Erased),
            Opened::Unknown => Err(FileError::Unreadable("the vault has no key for it")),
            Opened::Corrupt(why) => Err(FileError::Unreadable(why)),
        }
    }

    /// Passes over a piece, which is one of [`PIECE_BYTES`] if another follows; false after the last.
    pub fn skip_piece(&mut self) -> Result<bool, FileError> {
        let Some(frame) = self.frame()? else { return Ok(false) };
        let length = i64::try_from(frame.length).map_err(|_| ENDS_EARLY)?;
        self.file.seek(SeekFrom::Current(length)).map_err(|_| ENDS_EARLY)?;
        self.pieces += 1;
        Ok(true)
    }

    fn frame(&mut self) -> Result<Option<Frame>, FileError> {
        let mut head = [0; FRAME_BYTES];
        let mut filled = 0;
        while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read(rest).map_err(|_| ENDS_EARLY)? {
                0 if filled == 0 => return Ok(None),
                0 => return Err(ENDS_EARLY),
                more => filled += more,
            }
        }
        let (epoch, rest) = head.split_first_chunk::<4>().ok_or(ENDS_EARLY)?;
        let ([algorithm], rest) = rest.split_first_chunk::<1>().ok_or(ENDS_EARLY)?;
        let (dictionary, rest) = rest.split_first_chunk::<2>().ok_or(ENDS_EARLY)?;
        let (commitment, rest) = rest.split_first_chunk::<32>().ok_or(ENDS_EARLY)?;
        let (length, _) = rest.split_first_chunk::<4>().ok_or(ENDS_EARLY)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > CIPHERTEXT_BYTES_MAX {
            return Err(FileError::Unreadable("a piece that is too long"));
        }
        Ok(Some(Frame {
            epoch: u32::from_be_bytes(*epoch),
            algorithm: *algorithm,
            dictionary: u16::from_be_bytes(*dictionary),
            commitment: *commitment,
            length,
        }))
    }
}

const ENDS_EARLY: FileError = FileError::Unreadable("it ends too early");
