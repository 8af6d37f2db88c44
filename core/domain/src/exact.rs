//! Reading MessagePack to its last byte.
//!
//! What stands in a leaf must have one reading: bytes behind the value would be seen by one reader
//! and not by another (docs/decisions/0002).

use serde::de::{DeserializeOwned, Error as _};

use crate::message_pack::Reader;

/// Reads exactly one value.
///
/// # Errors
/// If the bytes are not such a value, or go on after it.
pub fn exactly<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, rmp_serde::decode::Error> {
    let mut reader = Reader::new(bytes);
    let value = T::deserialize(&mut reader)?;
    if reader.is_at_end() {
        Ok(value)
    } else {
        Err(rmp_serde::decode::Error::custom("bytes after the value"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_and_nothing_behind_it() {
        let bytes = rmp_serde::to_vec(&("text", 7_u8)).unwrap();
        assert_eq!(exactly::<(String, u8)>(&bytes).unwrap(), ("text".to_owned(), 7));
        for behind in [&[0xc0_u8][..], &[0xc1], b"and more"] {
            assert!(exactly::<(String, u8)>(&[&bytes, behind].concat()).is_err());
        }
        assert!(exactly::<(String, u8)>(&bytes[..bytes.len() - 1]).is_err());
    }
}
