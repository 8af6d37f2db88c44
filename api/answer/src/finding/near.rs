//! Whether a word of a passage is meant by a word of the question, and how certainly.

/// The same word in any of its forms.
pub(crate) const SAME: f32 = 1.0;
/// Another word for the same thing.
pub(crate) const ALIKE: f32 = 0.88;
/// A word of the same family.
const RELATED: f32 = 0.75;
/// The same word, misspelt.
const MISSPELT: f32 = 0.7;

/// Letters that both must begin with to be of one family.
const FAMILY_CHARS: usize = 5;
/// Letters that the longer one may have more.
const MORE_CHARS: usize = 4;
/// The same for Hebrew, whose words are short and whose stems no rule finds.
const FAMILY_HEBREW: (usize, usize) = (3, 2);

/// How near a stem of a passage is to one of the question; `spell` if the question's word stands
/// nowhere, so that it may be misspelt.
pub(crate) fn near(asked: &str, said: &str, spell: bool) -> f32 {
    if asked == said {
        return SAME;
    }
    if is_family(asked, said) {
        return RELATED;
    }
    if spell && is_misspelt(asked, said) {
        return MISSPELT;
    }
    0.0
}

/// One begins with the other, or ends with it as compounds do.
fn is_family(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let (letters, more) = (short.chars().count(), long.chars().count());
    let (least, most) = if short.starts_with(|c| ('א'..='ת').contains(&c)) {
        FAMILY_HEBREW
    } else {
        (FAMILY_CHARS, MORE_CHARS)
    };
    let word = !short.starts_with(|c: char| c.is_ascii_digit());
    let begins = long.starts_with(short) && more - letters <= most;
    word && letters >= least && (begins || (letters > least && long.ends_with(short)))
}

/// One letter wrong, left out or too much, in a word long enough; two in a long one.
fn is_misspelt(one: &str, other: &str) -> bool {
    let (letters, others) = (one.chars().count(), other.chars().count());
    let most = match letters {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    one.chars().next() == other.chars().next()
        && letters.abs_diff(others) <= most
        && strsim::osa_distance(one, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_in_degrees() {
        for (asked, said, spell, expected) in [
            ("price", "price", false, SAME),
            ("parken", "parkenden", false, RELATED),
            ("frist", "ruckgabefrist", false, 0.0),
            ("schrank", "kleiderschrank", false, RELATED),
            ("משלוח", "משלוחים", false, RELATED),
            ("garantee", "guarantee", true, MISSPELT),
            ("garantee", "guarantee", false, 0.0),
            ("recieve", "receive", true, MISSPELT),
            ("cat", "cats", true, 0.0),
            ("pool", "food", true, 0.0),
        ] {
            assert!((near(asked, said, spell) - expected).abs() < 1e-6, "{asked} {said}");
        }
    }
}
