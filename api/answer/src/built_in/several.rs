//! Several questions at once: customers write them one after the other, and are answered together.
//!
//! Each is looked up by itself. Whether they are several questions, or one that was written in pieces,
//! nobody says: pieces by themselves have no answer, so that all together is what counts then.

use crate::provider::{Composed, Passage, Verdict};
use crate::reply::{HandOffReason, Tokens};
use crate::small_talk::small_talk;

/// Messages that are looked up by themselves, the newest of them.
const EACH_MAX: usize = 5;

/// The messages that ask something, if there are several: what is only polite asks nothing.
pub(super) fn messages<'a>(asked: &'a str, language: Option<&str>, name: &str) -> Vec<&'a str> {
    let lines = asked.lines().map(str::trim).filter(|line| !line.is_empty());
    let asks = |line: &&str| small_talk(line, language, name).is_none();
    let all: Vec<&str> = lines.filter(asks).collect();
    let newest = all.len().saturating_sub(EACH_MAX);
    if all.len() < 2 { Vec::new() } else { all.into_iter().skip(newest).collect() }
}

/// One answer to all of it: each question's own if each has one; what answers all together; else what
/// can be answered, and that something is left.
pub(super) fn joined(whole: Composed, each: Vec<Composed>) -> Composed {
    let has_answer = |made: &Composed| matches!(made.verdict, Verdict::Answer { .. });
    let left = each.iter().find_map(|made| match made.verdict {
        Verdict::HandOff(reason) => Some(reason),
        Verdict::Answer { .. } => None,
    });
    let some = each.iter().any(has_answer);
    if !some || (left.is_some() && has_answer(&whole)) {
        return whole;
    }
    together(each.into_iter().filter(has_answer).collect(), left)
}

/// Several answers as one: one below the other, each once, with the passages of all.
fn together(answers: Vec<Composed>, left: Option<HandOffReason>) -> Composed {
    let mut texts: Vec<String> = Vec::new();
    let (mut all, mut cited) = (Vec::<Passage>::new(), Vec::new());
    let (mut sure_of_all, mut least, mut read) = (true, None::<f32>, Tokens::default());
    for Composed { verdict, passages, confidence, tokens, .. } in answers {
        let Verdict::Answer { text, cites, sure } = verdict else { continue };
        read += tokens;
        sure_of_all &= sure;
        least = [least, confidence].into_iter().flatten().reduce(f32::min);
        if !texts.iter().any(|told| told == text.expose()) {
            texts.push(text.0);
        }
        for cite in cites {
            let Some(passage) = cite.checked_sub(1).and_then(|at| passages.get(at)) else {
                continue;
            };
            let known = all.iter().position(|other| other.id == passage.id);
            let at = known.unwrap_or_else(|| {
                all.push(passage.clone());
                all.len() - 1
            });
            if !cited.contains(&(at + 1)) {
                cited.push(at + 1);
            }
        }
    }
    let text = texts.join("\n\n").into();
    Composed {
        verdict: Verdict::Answer { text, cites: cited, sure: sure_of_all },
        passages: all,
        confidence: least,
        tokens: read,
        nearest: None,
        left,
    }
}

/// The first of each, then the second of each, and so on, each passage once.
pub(super) fn in_turn(lists: Vec<Vec<Passage>>) -> Vec<Passage> {
    let most = lists.iter().map(Vec::len).max().unwrap_or(0);
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut all: Vec<Passage> = Vec::new();
    while all.len() < most {
        let round: Vec<Passage> = lists.iter_mut().filter_map(Iterator::next).collect();
        if round.is_empty() {
            break;
        }
        for passage in round {
            if all.len() < most && all.iter().all(|known| known.id != passage.id) {
                all.push(passage);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::world::passage;

    #[test]
    fn what_is_only_polite_is_no_question_of_its_own() {
        let both = "Hi!\nWhen do you open?\n\nIs there parking?\nThanks";
        let asked = messages(both, Some("en"), "Mia");
        assert_eq!(asked, ["When do you open?", "Is there parking?"]);
        assert_eq!(messages("Hi!\nWhen do you open?", Some("en"), "Mia"), [""; 0]);
    }

    #[test]
    fn the_best_of_each_come_first_and_none_twice() {
        let lists = [vec![1, 2, 3], vec![4, 1], vec![4, 5, 6]];
        let lists = lists.map(|list| list.into_iter().map(|n| passage(n, "")).collect());
        let numbers: Vec<u32> =
            in_turn(lists.to_vec()).into_iter().map(|passage| passage.id.number).collect();
        assert_eq!(numbers, [1, 4, 2]);
    }
}
