//! An answer of one to three sentences, in the order of the passage they stand in.

use crate::finding::{Covering, Ranked, Shape, Unit};

/// Sentences of an answer.
const SENTENCES_MAX: usize = 3;
/// Items of one list, or rows of one table.
const ITEMS_MAX: usize = 6;
/// Characters of an answer, beyond its best sentence.
const CHARS_MAX: usize = 420;
/// A paragraph of so few sentences and characters is told whole: its sentences lean on each other.
const PARAGRAPH_CHARS: usize = 330;
/// Up to here the sentence after the best one is told too: it often says the rest.
const BRIEF_CHARS: usize = 160;
/// A sentence that covers this share of what the best one does belongs to the answer.
const AS_GOOD: f32 = 0.9;
/// An item or a row must cover this share.
const SAME_LIST: f32 = 0.97;

/// Makes the answer; nothing if the passage covers nothing.
pub(crate) fn compose(ranked: &Ranked) -> Option<String> {
    let mut answer = Answer { units: &ranked.units, chosen: Vec::new() };
    let best = ranked.units.iter().position(|covering| covering.covers >= ranked.covers)?;
    let first = ranked.units.get(best)?;
    answer.chosen.push(best);
    if first.unit.shape == Shape::Sentence {
        answer.sentences(first);
        answer.follow(best, &first.unit);
        answer.rows(first);
    } else {
        answer.list(first);
    }
    answer.chosen.sort_unstable();
    Some(tell(ranked, &answer.chosen))
}

/// What is chosen of a passage.
struct Answer<'a> {
    units: &'a [Covering],
    chosen: Vec<usize>,
}

impl<'a> Answer<'a> {
    fn said(&self) -> usize {
        self.chosen.iter().filter_map(|at| self.units.get(*at)).map(|c| length(&c.unit)).sum()
    }

    /// Adds what fits, as long as there are no more than `most` and they are not too long.
    fn add(&mut self, most: usize, fits: impl Fn(&Covering) -> bool) {
        for (at, covering) in self.units.iter().enumerate() {
            let room =
                self.chosen.len() < most && self.said() + length(&covering.unit) <= CHARS_MAX;
            if room && fits(covering) && !self.chosen.contains(&at) {
                self.chosen.push(at);
            }
        }
    }

    /// The whole paragraph if it is brief, else the sentences that are about as good.
    fn sentences(&mut self, first: &Covering) {
        let within = |covering: &&Covering| covering.unit.block == first.unit.block;
        let paragraph: Vec<&Covering> = self.units.iter().filter(within).collect();
        let chars: usize = paragraph.iter().map(|covering| length(&covering.unit)).sum();
        if paragraph.len() <= SENTENCES_MAX && chars <= PARAGRAPH_CHARS {
            self.add(SENTENCES_MAX, |covering| covering.unit.block == first.unit.block);
        }
        let good = |covering: &Covering| covering.covers >= first.covers * AS_GOOD;
        self.add(SENTENCES_MAX, |other| other.unit.shape == Shape::Sentence && good(other));
    }

    /// Items and rows that are as good, by their own words and by what stands above them.
    fn list(&mut self, first: &Covering) {
        let same = |other: &Covering| {
            other.unit.block == first.unit.block
                && other.covers >= first.covers * SAME_LIST
                && other.own >= first.own * SAME_LIST
        };
        self.add(ITEMS_MAX, same);
    }

    /// Items and rows beside a sentence, if they speak of what is asked themselves.
    fn rows(&mut self, first: &Covering) {
        let most = self.chosen.len() + SENTENCES_MAX;
        let good = |row: &Covering| row.own > 0.0 && row.covers >= first.covers * AS_GOOD;
        self.add(most, |row| row.unit.shape != Shape::Sentence && good(row));
    }

    /// Adds the sentence after the best one if there is little yet, or the list that it announces.
    fn follow(&mut self, best: usize, first: &'a Unit) {
        let said = self.said();
        let announces = first.text.ends_with([':', '：']);
        let mut left = CHARS_MAX.saturating_sub(said);
        for (at, Covering { unit, .. }) in self.units.iter().enumerate().skip(best + 1) {
            let listed = announces && unit.above == first.text;
            let next = at == best + 1
                && unit.shape == Shape::Sentence
                && unit.block == first.block
                && self.chosen.len() < SENTENCES_MAX
                && said < BRIEF_CHARS;
            if !(listed || next) || length(unit) > left {
                break;
            }
            left -= length(unit);
            if !self.chosen.contains(&at) {
                self.chosen.push(at);
            }
        }
    }
}

fn length(unit: &Unit) -> usize {
    unit.text.chars().count()
}

/// The chosen ones as a text: sentences go on, items stand below what announces them.
fn tell(ranked: &Ranked, chosen: &[usize]) -> String {
    let passage = &ranked.passage;
    let heading = passage.headings.last().unwrap_or(&passage.title).expose();
    let mut told = String::new();
    let mut before: Option<&Unit> = None;
    for Covering { unit, .. } in chosen.iter().filter_map(|at| ranked.units.get(*at)) {
        let announced = before.is_some_and(|before| before.text == unit.above);
        match unit.shape {
            Shape::Sentence => {
                if !told.is_empty() {
                    told.push(if before.is_some_and(|b| b.block == unit.block) {
                        ' '
                    } else {
                        '\n'
                    });
                }
            }
            Shape::Item | Shape::Row => {
                let begins = before.is_none_or(|before| before.block != unit.block);
                if begins && !announced {
                    let above = unit.above.trim_end_matches([':', '：']);
                    let item = unit.shape == Shape::Item && !above.is_empty();
                    line(&mut told);
                    told.push_str(if item { above } else { heading });
                    told.push(':');
                }
                line(&mut told);
                told.push_str("• ");
            }
        }
        told.push_str(&unit.text);
        before = Some(unit);
    }
    one_line(told)
}

fn line(told: &mut String) {
    if !told.is_empty() {
        told.push('\n');
    }
}

/// A single item stands on the line of what announces it.
fn one_line(told: String) -> String {
    if told.matches("\n• ").count() == 1 && told.lines().count() == 2 {
        return told.replacen("\n• ", " ", 1);
    }
    told
}
