//! Where a lead stands among its neighbours on the board: a fraction written in hexadecimal digits,
//! smallest on top. Between any two there is always room for another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A place on the board: digits of a fraction, never ending in 0, so that equal places have equal
/// texts and the order of the texts is the order of the places. Empty is above everything.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Rank(String);

/// The digits in use.
const BASE: u8 = 16;

impl Rank {
    /// The place above everything that was put on the board before: `at` is when (microseconds
    /// since 1970), `id` tells apart what came at the same moment.
    pub fn on_top(at: i64, id: Uuid) -> Self {
        let (top, ..) = id.as_fields();
        Self(format!("{:016x}{top:08x}8", (1_u64 << 63).wrapping_sub_signed(at)))
    }

    /// A place below `above` and above `below`; none = the edge of the board. If there is nothing
    /// between them, a place just below `above`: above every other whose digits do not begin with
    /// its own.
    #[must_use]
    pub fn between(above: Option<&Self>, below: Option<&Self>) -> Self {
        let (above, below) = (digits(above), digits(below));
        let end = match below {
            below if below.is_empty() => None,
            below if below <= above => Some([above.as_slice(), &[1]].concat()),
            below => Some(below),
        };
        let mut out = String::new();
        let mut open = end.is_none();
        for at in 0.. {
            let low = above.get(at).copied().unwrap_or(0);
            let high = match &end {
                Some(end) if !open => end.get(at).copied().unwrap_or(0),
                _ => BASE,
            };
            if high > low + 1 {
                push(&mut out, low + (high - low) / 2);
                break;
            }
            push(&mut out, low);
            // One step apart: everything that goes on from the lower one is below the upper one.
            open |= high > low;
        }
        Self(out)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn digits(rank: Option<&Rank>) -> Vec<u8> {
    let text = rank.map_or("", Rank::as_str);
    text.chars().filter_map(|c| c.to_digit(u32::from(BASE))?.try_into().ok()).collect()
}

fn push(out: &mut String, digit: u8) {
    out.extend(char::from_digit(u32::from(digit), u32::from(BASE)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whoever_comes_later_stands_higher() {
        let at = |at| Rank::on_top(at, Uuid::from_u128(7));
        assert!(at(1_700_000_000_000_001) < at(1_700_000_000_000_000));
        assert!(at(0) < at(-1));
    }

    proptest! {
        #[test]
        fn there_is_always_room_in_between(
            choices in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..200)
        ) {
            let mut board = vec![Rank::on_top(1_700_000_000_000_000, Uuid::from_u128(1))];
            for (choice, narrow) in choices {
                // Always at the same place is the hardest.
                let at = if narrow { board.len() / 2 } else { choice.index(board.len() + 1) };
                let above = at.checked_sub(1).and_then(|above| board.get(above));
                let rank = Rank::between(above, board.get(at));
                prop_assert!(!rank.as_str().ends_with('0'));
                board.insert(at, rank);
                prop_assert!(board.is_sorted_by(|one, next| one < next), "{board:?}");
            }
        }
    }

    #[test]
    fn where_nothing_is_between_the_upper_one_wins() {
        let rank = Rank("58".into());
        for below in [Rank("58".into()), Rank("38".into())] {
            assert_eq!(Rank::between(Some(&rank), Some(&below)), Rank("5808".into()));
        }
        // Whoever stood below it before still does.
        assert!(Rank("5808".into()) < Rank("59".into()));
    }
}
