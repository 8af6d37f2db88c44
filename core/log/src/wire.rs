//! Big-endian bytes in and out, shared by every format of this crate.
//!
//! Reading is bounded: a length that points past the end is an error, never a panic.

use bytes::Bytes;
use uuid::Uuid;

use crate::error::LogError;

/// Appends fixed-width values to a buffer.
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn u8(&mut self, v: u8) {
        self.0.push(v);
    }
    pub(crate) fn u16(&mut self, v: u16) {
        self.bytes(&v.to_be_bytes());
    }
    pub(crate) fn u32(&mut self, v: u32) {
        self.bytes(&v.to_be_bytes());
    }
    pub(crate) fn u64(&mut self, v: u64) {
        self.bytes(&v.to_be_bytes());
    }
    pub(crate) fn i64(&mut self, v: i64) {
        self.bytes(&v.to_be_bytes());
    }
    pub(crate) fn uuid(&mut self, v: Uuid) {
        self.bytes(v.as_bytes());
    }
    pub(crate) fn bytes(&mut self, v: &[u8]) {
        self.0.extend_from_slice(v);
    }
    /// A list's length, at most 65,535.
    pub(crate) fn count(&mut self, n: usize) -> Result<(), LogError> {
        self.u16(u16::try_from(n).map_err(|_| LogError::TooLarge { bytes: n })?);
        Ok(())
    }
    /// A length as `u32`, then the bytes.
    pub(crate) fn block(&mut self, v: &[u8]) -> Result<(), LogError> {
        self.u32(u32::try_from(v.len()).map_err(|_| LogError::TooLarge { bytes: v.len() })?);
        self.bytes(v);
        Ok(())
    }
}

/// Walks over bytes.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], LogError> {
        let end = self.at.checked_add(n).ok_or_else(Self::short)?;
        let taken = self.bytes.get(self.at..end).ok_or_else(Self::short)?;
        self.at = end;
        Ok(taken)
    }
    fn short() -> LogError {
        LogError::corrupt("something that ends too early")
    }
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], LogError> {
        self.take(N)?.try_into().map_err(|_| Self::short())
    }
    pub(crate) fn u8(&mut self) -> Result<u8, LogError> {
        self.array::<1>().map(|[b]| b)
    }
    pub(crate) fn u16(&mut self) -> Result<u16, LogError> {
        self.array().map(u16::from_be_bytes)
    }
    pub(crate) fn u32(&mut self) -> Result<u32, LogError> {
        self.array().map(u32::from_be_bytes)
    }
    pub(crate) fn u64(&mut self) -> Result<u64, LogError> {
        self.array().map(u64::from_be_bytes)
    }
    pub(crate) fn i64(&mut self) -> Result<i64, LogError> {
        self.array().map(i64::from_be_bytes)
    }
    pub(crate) fn uuid(&mut self) -> Result<Uuid, LogError> {
        self.array().map(Uuid::from_bytes)
    }
    /// A list with its length as `u16` before it.
    pub(crate) fn list<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, LogError>,
    ) -> Result<Vec<T>, LogError> {
        let n = self.u16()?;
        (0..n).map(|_| one(self)).collect()
    }
    /// Bytes with their length as `u32` before them, shared with `whole`, which is what is read.
    pub(crate) fn block(&mut self, whole: &Bytes) -> Result<Bytes, LogError> {
        let len = usize::try_from(self.u32()?).map_err(|_| Self::short())?;
        let start = self.at;
        self.take(len)?;
        Ok(whole.slice(start..self.at))
    }
    /// Nothing may be left.
    pub(crate) fn finish(&self) -> Result<(), LogError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(LogError::corrupt("something with bytes after its end"))
        }
    }
}
