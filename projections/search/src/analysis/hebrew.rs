//! Hebrew without a dictionary: a word is found with and without the particles written before it.

/// Particles of one letter that are written together with the word after them.
const PARTICLES: [char; 7] = ['ו', 'ה', 'ב', 'כ', 'ל', 'מ', 'ש'];

/// The most particles that are taken for such.
const PARTICLES_MAX: usize = 3;

/// The fewest letters of a word.
const LETTERS_MIN: usize = 2;

/// What a folded Hebrew word may be without its particles; the word itself is not among them.
pub(super) fn without_particles(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        rest = rest.strip_prefix(PARTICLES)?;
        (rest.chars().count() >= LETTERS_MIN).then_some(rest)
    })
    .take(PARTICLES_MAX)
}

/// Whether a word is written in Hebrew letters.
pub(super) fn is_hebrew(word: &str) -> bool {
    word.starts_with(|c: char| ('א'..='ת').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_come_off_one_by_one() {
        let found = |word| without_particles(word).collect::<Vec<_>>();
        assert_eq!(found("והבית"), ["הבית", "בית", "ית"]);
        assert_eq!(found("חנות"), Vec::<&str>::new());
        assert_eq!(found("של"), Vec::<&str>::new(), "too short to be more than itself");
    }
}
