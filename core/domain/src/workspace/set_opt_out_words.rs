//! Say by which words of its own the people of a workspace opt out, and what that stops.

use std::collections::BTreeSet;

use super::{OptOutWordsSet, State, Workspace};
use crate::contact::PreferenceScope;
use crate::contact::words::{PreferenceWord, compared, in_table};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::limits::{PREFERENCE_WORD_CHARS_MAX, PREFERENCE_WORDS_MAX};
use crate::refusal::Refusal;

/// From now on a message that consists of one of these words, however it is written, stops messages or
/// lets them come again, beside the words that everybody has. What is set already changes nothing.
///
/// Who: a key with the scope `manage`. Refuses: a workspace that does not exist (`not_found`), more than
/// [`PREFERENCE_WORDS_MAX`] words of a kind, a word without letters or digits or longer than
/// [`PREFERENCE_WORD_CHARS_MAX`] characters, one that stands on both lists or means the other thing to
/// everybody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetOptOutWords {
    /// Nothing more is wanted.
    pub stop: Vec<String>,
    /// It is wanted again.
    pub start: Vec<String>,
    /// What a word of theirs stops.
    pub scope: PreferenceScope,
}

impl Command for SetOptOutWords {
    type Aggregate = Workspace;

    fn decide(self, state: &State, _: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        let stop = list("stop_words", &self.stop, PreferenceWord::Start)?;
        let start = list("start_words", &self.start, PreferenceWord::Stop)?;
        if !stop.is_disjoint(&start) {
            return Err(Refusal::field(
                "start_words",
                "has a word that stands in stop_words as well",
            ));
        }
        let scope = self.scope;
        let known = &state.opt_out;
        if known.words.stop == stop && known.words.start == start && known.scope == scope {
            return Ok(Vec::new());
        }
        let (stop, start) = (stop.into_iter().collect(), start.into_iter().collect());
        Ok(vec![Decision::new(OptOutWordsSet { stop, start, scope })])
    }
}

/// The words as they are compared.
fn list(
    field: &'static str,
    words: &[String],
    contrary: PreferenceWord,
) -> Result<BTreeSet<String>, Refusal> {
    if words.len() > PREFERENCE_WORDS_MAX {
        return Err(Refusal::field(field, format!("has at most {PREFERENCE_WORDS_MAX} words")));
    }
    let mut list = BTreeSet::new();
    for word in words {
        let word = compared(word);
        if !(1..=PREFERENCE_WORD_CHARS_MAX).contains(&word.chars().count()) {
            let detail = format!(
                "each needs 1 to {PREFERENCE_WORD_CHARS_MAX} characters, letters or digits among them"
            );
            return Err(Refusal::field(field, detail));
        }
        if in_table(&word) == Some(contrary) {
            return Err(Refusal::field(field, "has a word that means the opposite to everybody"));
        }
        list.insert(word);
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalCode;
    use crate::testing::given;
    use crate::workspace::{Event, WorkspaceCreated};

    fn created() -> Event {
        WorkspaceCreated { name: "Padaria Sol".into(), plan: "pro".into() }.into()
    }

    fn set(stop: &[&str], start: &[&str]) -> SetOptOutWords {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        SetOptOutWords { stop: words(stop), start: words(start), scope: PreferenceScope::All }
    }

    fn event(stop: &[&str], start: &[&str]) -> OptOutWordsSet {
        let SetOptOutWords { stop, start, scope } = set(stop, start);
        OptOutWordsSet { stop, start, scope }
    }

    #[test]
    fn words_are_kept_as_they_are_compared_and_set_once() {
        given::<Workspace>([created()])
            .when(set(&["  CHEGA!", "chega", "Basta."], &["Volto"]))
            .then([event(&["basta", "chega"], &["volto"]).into()]);
        given::<Workspace>([created(), event(&["chega"], &[]).into()])
            .when(set(&["Chega"], &[]))
            .then([]);
        given::<Workspace>([created(), event(&["chega"], &[]).into()])
            .when(set(&[], &[]))
            .then([event(&[], &[]).into()]);
    }

    #[test]
    fn a_word_says_something_and_one_thing() {
        let long = "x".repeat(PREFERENCE_WORD_CHARS_MAX + 1);
        for (stop, start, field) in [
            (vec!["!"], vec![], "stop_words"),
            (vec![long.as_str()], vec![], "stop_words"),
            (vec!["START"], vec![], "stop_words"),
            (vec![], vec!["Stop."], "start_words"),
            (vec!["basta"], vec!["Basta!"], "start_words"),
        ] {
            given::<Workspace>([created()])
                .when(set(&stop, &start))
                .refused(RefusalCode::InvalidField)
                .at(field);
        }
        let many: Vec<String> = (0..=PREFERENCE_WORDS_MAX).map(|n| format!("word{n}")).collect();
        given::<Workspace>([created()])
            .when(SetOptOutWords { stop: many, ..set(&[], &[]) })
            .refused(RefusalCode::InvalidField)
            .at("stop_words");
    }

    #[test]
    fn what_does_not_exist_has_no_words() {
        given::<Workspace>([]).when(set(&["chega"], &[])).refused(RefusalCode::NotFound);
    }
}
