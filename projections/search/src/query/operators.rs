//! Operators that have nothing to work on: as people leave them while they type.

use std::ops::Range;

use crate::analysis::words;

/// What a piece of a question is to the operators beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Words, or a phrase.
    Operand,
    Opening,
    Closing,
    /// `AND`, `OR`.
    Binary,
    /// `NOT`.
    Not,
    /// `+` or `-` alone.
    Sign,
}

/// The question without operators that have nothing beside them; true if there were such.
pub(super) fn without_idle(typed: &str) -> (String, bool) {
    let mut left = pieces(typed);
    let mut out: Vec<Range<usize>> = Vec::new();
    while let Some(at) = (0..left.len()).find(|at| is_idle(&left, *at)) {
        out.push(left.remove(at).1);
    }
    out.sort_unstable_by_key(|range| range.start);
    let (mut kept, mut from) = (String::with_capacity(typed.len()), 0);
    for range in &out {
        kept.push_str(typed.get(from..range.start).unwrap_or_default());
        from = range.end;
    }
    kept.push_str(typed.get(from..).unwrap_or_default());
    (kept, !out.is_empty())
}

fn is_idle(pieces: &[(Kind, Range<usize>)], at: usize) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| pieces.get(at)).map(|(kind, _)| *kind);
    let begins = matches!(kind(at.checked_add(1)), Some(Kind::Operand | Kind::Opening | Kind::Not));
    let ended = matches!(kind(at.checked_sub(1)), Some(Kind::Operand | Kind::Closing));
    match kind(Some(at)) {
        Some(Kind::Binary) => !begins || !ended,
        Some(Kind::Not) => !begins,
        Some(Kind::Sign) => true,
        _ => false,
    }
}

/// The pieces that count, and where they stand.
fn pieces(typed: &str) -> Vec<(Kind, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = typed.get(at..).and_then(|rest| rest.chars().next()) {
        let end = match c {
            '(' | ')' => at + 1,
            c if c.is_whitespace() => at + c.len_utf8(),
            _ => end_of(typed, at),
        };
        let kind = match typed.get(at..end).unwrap_or_default() {
            "(" => Some(Kind::Opening),
            ")" => Some(Kind::Closing),
            "AND" | "OR" => Some(Kind::Binary),
            "NOT" => Some(Kind::Not),
            // Before a bracket it is the sign of what stands in it.
            "+" | "-" => {
                (!typed.get(end..).unwrap_or_default().starts_with('(')).then_some(Kind::Sign)
            }
            text => (!words(text).is_empty()).then_some(Kind::Operand),
        };
        found.extend(kind.map(|kind| (kind, at..end)));
        at = end;
    }
    found
}

/// Where a word or a phrase ends that begins at `at`.
fn end_of(typed: &str, at: usize) -> usize {
    let mut quoted = false;
    for (step, c) in typed.get(at..).unwrap_or_default().char_indices() {
        let closed = || typed.get(at + step + 1..).is_some_and(|rest| rest.contains(c));
        if quoted {
            quoted = c != '"';
        } else if c.is_whitespace() || matches!(c, '(' | ')') {
            return at + step;
        } else {
            quoted = c == '"' && closed();
        }
    }
    typed.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_operators_are_taken_away(typed in "(AND |OR |NOT |[-+()\" ]|a|é){0,12}") {
            let (kept, idle) = without_idle(&typed);
            prop_assert_eq!(idle, kept != typed);
            let letters = |text: &str| text.chars().filter(|c| c.is_lowercase()).count();
            prop_assert_eq!(letters(&kept), letters(&typed));
            prop_assert!(!without_idle(&kept).1, "{} leaves idle ones", kept);
        }
    }
}
