//! What somebody says they need.

use super::said::Said;
use crate::packs::{LEARN_ASKS_ONLY, LEARN_WANTS, Pack};

/// Characters of what is needed.
const CHARS_MAX: usize = 200;
/// Words that say what is needed: one could be anything.
const WORDS_MIN: usize = 2;

/// What follows "I am looking for" and the like, to the end of its sentence. Who wants to ask, to know
/// or to speak with somebody needs nothing yet.
pub(super) fn need(said: &Said<'_>, packs: &[&Pack]) -> Option<String> {
    packs.iter().find_map(|pack| {
        let talks = |at: usize| {
            let word = said.words.get(at).map_or("", |word| word.folded.as_str());
            let only = pack.learns(LEARN_ASKS_ONLY);
            pack.talk.contains(word) || only.iter().any(|one| one == &[word.to_owned()])
        };
        said.after(pack.learns(LEARN_WANTS)).find_map(|begin| {
            let (_, end) = said.sentence(begin.checked_sub(1)?);
            let idle = |at: &usize| {
                said.words.get(*at).is_some_and(|word| pack.idle.contains(&word.folded))
            };
            let telling = (begin..end).filter(|at| !idle(at)).count();
            if talks(begin) || talks(begin + 1) || telling < WORDS_MIN {
                return None;
            }
            let (from, to) = (said.words.get(begin)?.from, said.words.get(end.checked_sub(1)?)?.to);
            let text: String = said.text.get(from..to)?.chars().take(CHARS_MAX).collect();
            Some(text.trim().to_owned())
        })
    })
}
