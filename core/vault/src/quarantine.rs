//! Days as subjects: what lies in a quarantine is sealed for a day instead of a person.
//!
//! The id of a day is made from its number, so that a sealed part names it like any other subject;
//! its version nibble (8) keeps it apart from the random ids of people.

use uuid::Uuid;

/// Seconds of a UTC day.
const DAY_SECONDS: i64 = 86_400;

const MARK: [u8; 12] = [b'd', b'a', b'y', 0, 0, 0, 0x80, 0, 0x80, 0, 0, 0];

/// The UTC day number of a time in seconds since 1970; times before 1970 count as day 0.
pub fn day_number(seconds: i64) -> u32 {
    u32::try_from(seconds.div_euclid(DAY_SECONDS).max(0)).unwrap_or(u32::MAX)
}

/// The subject for which a quarantine seals on that day.
pub fn day_subject(day: u32) -> Uuid {
    let mut bytes = [0; 16];
    let (mark, number) = bytes.split_at_mut(MARK.len());
    mark.copy_from_slice(&MARK);
    number.copy_from_slice(&day.to_be_bytes());
    Uuid::from_bytes(bytes)
}

/// The day that a subject id stands for, if it stands for one.
pub(crate) fn day_of(subject: Uuid) -> Option<u32> {
    let (mark, number) = subject.as_bytes().split_last_chunk()?;
    (mark == MARK).then(|| u32::from_be_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_subjects_and_people_are_not_days() {
        assert_eq!(day_of(day_subject(20_778)), Some(20_778));
        assert_eq!(day_subject(20_778).get_version_num(), 8);
        assert_eq!(day_of(Uuid::from_u128(5)), None);
        assert_eq!(day_number(86_399), 0);
        assert_eq!(day_number(86_400), 1);
        assert_eq!(day_number(-1), 0);
    }
}
