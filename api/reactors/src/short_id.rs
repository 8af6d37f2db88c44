//! Short ids, as dialects write them: `agt_0000000000001S7` for the thing whose history begins at a
//! position of the log.
//!
//! A dialect's id has room for 70 bits, fewer than a UUID has, so it cannot be a UUID written shorter,
//! and a hash of one could be two things' at once. A position is dense, never changes and is nobody
//! else's: the id is that number, written with 14 characters of Crockford's base 32. Nothing is kept
//! for it, and one look at the log leads back (decision 0013).

use convolog_log::Position;

/// Characters behind the prefix.
const LENGTH: usize = 14;
/// Digits without those that are taken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The id of what begins at this position.
pub fn short(prefix: &str, position: Position) -> String {
    let mut id = String::from(prefix);
    for place in (0..LENGTH).rev() {
        let shift = u32::try_from(place.saturating_mul(5)).unwrap_or(u32::MAX);
        let digit = usize::try_from(position.0.checked_shr(shift).unwrap_or(0) & 31).unwrap_or(0);
        id.extend(DIGITS.get(digit).map(|digit| char::from(*digit)));
    }
    id
}

/// The position that an id stands for; none if it is no such id.
pub fn position(prefix: &str, id: &str) -> Option<Position> {
    let digits = id.strip_prefix(prefix).filter(|digits| digits.len() == LENGTH)?;
    let mut found: u64 = 0;
    for digit in digits.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        found = found.checked_mul(32)?.checked_add(u64::try_from(value).ok()?)?;
    }
    Some(Position(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_fourteen_characters_and_leads_back() {
        for at in [0, 1, 31, 32, 1_795_251_600, u64::MAX] {
            let id = short("agt_", Position(at));
            assert_eq!(id.len(), 18, "{id}");
            assert!(id[4..].bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{id}");
            assert_eq!(position("agt_", &id), Some(Position(at)), "{id}");
        }
        assert_eq!(short("msg_", Position(33)), "msg_00000000000011");
    }

    #[test]
    fn what_is_no_id_is_none() {
        for wrong in [
            "",
            "agt_",
            "msg_00000000000011",
            "agt_0000000000001",
            "agt_000000000000111",
            "agt_0000000000001u",
            "agt_ZZZZZZZZZZZZZZ",
            "agt_0000000000001é",
        ] {
            assert_eq!(position("agt_", wrong), None, "{wrong}");
        }
    }
}
