//! Rows as bytes: a format byte, the position that last changed the row, the row.
//!
//! Rows can be rebuilt from the log, so they use a compact format of no particular permanence:
//! when a row's shape changes, its model's format byte does, and old stores are rebuilt.

use convolog_log::Position;
use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// No row is larger; a length read from a damaged row cannot ask for more.
const LIMIT: usize = 1 << 20;

/// A row and the position of the event that last changed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored<R> {
    /// The last event that was applied to it.
    pub position: Position,
    /// What it says.
    pub row: R,
}

/// A row as it is stored.
///
/// # Errors
/// [`StoreError::Unreadable`] if it would be too large to read back.
pub fn encode_row<R: Serialize>(format: u8, stored: &Stored<R>) -> Result<Vec<u8>, StoreError> {
    let config = bincode::config::standard().with_limit::<LIMIT>();
    let mut bytes = vec![format];
    bincode::serde::encode_into_std_write((stored.position, &stored.row), &mut bytes, config)
        .map_err(|_| StoreError::Unreadable { what: "a row that cannot be written" })?;
    if bytes.len() > LIMIT {
        return Err(StoreError::Unreadable { what: "a row over the limit of 1 MiB" });
    }
    Ok(bytes)
}

/// A stored row, read back; every byte of it must have been used.
pub fn decode_row<R: DeserializeOwned>(format: u8, bytes: &[u8]) -> Result<Stored<R>, StoreError> {
    let config = bincode::config::standard().with_limit::<LIMIT>();
    let unreadable = StoreError::Unreadable { what: "a row of another format" };
    let Some((found, rest)) = bytes.split_first() else { return Err(unreadable) };
    if *found != format {
        return Err(unreadable);
    }
    match bincode::serde::decode_from_slice::<(Position, R), _>(rest, config) {
        Ok(((position, row), used)) if used == rest.len() => Ok(Stored { position, row }),
        _ => Err(unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_whole_or_not_at_all() {
        let stored = Stored { position: Position(7), row: ("text".to_owned(), Some(9_u64)) };
        let bytes = encode_row(3, &stored).unwrap();
        assert_eq!(decode_row::<(String, Option<u64>)>(3, &bytes).unwrap(), stored);
        assert!(decode_row::<(String, Option<u64>)>(4, &bytes).is_err(), "another format byte");
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(decode_row::<(String, Option<u64>)>(3, &longer).is_err(), "bytes after the end");
        for cut in 0..bytes.len() {
            assert!(decode_row::<(String, Option<u64>)>(3, &bytes[..cut]).is_err(), "cut at {cut}");
        }
    }
}
