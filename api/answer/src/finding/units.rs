//! What a passage consists of: sentences, items of lists, rows of tables, each with what stands
//! above it and says what it is about.

use crate::provider::Passage;

/// Stands between the cells of a row.
const CELLS: &str = " | ";

/// Short words that end with a full stop and do not end a sentence.
const SHORT: [&str; 22] = [
    "dr", "dra", "sr", "sra", "srta", "mr", "mrs", "ms", "st", "av", "no", "nº", "art", "tel",
    "pág", "z.b", "bzw", "ca", "e.g", "i.e", "approx", "max",
];

/// How a unit stands in its passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// A sentence of a paragraph.
    Sentence,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
}

/// A sentence, an item, or a row.
#[derive(Clone, PartialEq)]
pub(crate) struct Unit {
    /// What it says, as it would be told: a row names its columns.
    pub(crate) text: String,
    /// What it says, as it is written.
    pub(crate) written: String,
    /// What stands right above it and belongs to it: the line before a list, the head of a table.
    pub(crate) above: String,
    /// How it stands.
    pub(crate) shape: Shape,
    /// The block it belongs to, from 0.
    pub(crate) block: usize,
}

impl std::fmt::Debug for Unit {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unit({:?}, {})", self.shape, self.block)
    }
}

impl Unit {
    /// Those of a passage, in order.
    pub(crate) fn all(passage: &Passage) -> Vec<Self> {
        let mut units: Vec<Self> = Vec::new();
        for (block, text) in passage.text.expose().split("\n\n").enumerate() {
            let lines: Vec<&str> =
                text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            match lines.as_slice() {
                [] => {}
                [head, rows @ ..] if head.contains(CELLS) && !rows.is_empty() => {
                    units.extend(rows.iter().map(|row| Self::row(head, row, block)));
                }
                [paragraph] => {
                    units.extend(sentences(paragraph).into_iter().map(|text| Self {
                        text: text.to_owned(),
                        written: text.to_owned(),
                        above: String::new(),
                        shape: Shape::Sentence,
                        block,
                    }));
                }
                items => {
                    let before = units.last().map(|unit| unit.text.clone());
                    let above =
                        before.filter(|text| text.ends_with([':', '：'])).unwrap_or_default();
                    units.extend(items.iter().map(|item| Self {
                        text: (*item).to_owned(),
                        written: (*item).to_owned(),
                        above: above.clone(),
                        shape: Shape::Item,
                        block,
                    }));
                }
            }
        }
        units
    }

    fn row(head: &str, row: &str, block: usize) -> Self {
        let names: Vec<&str> = head.split(CELLS).map(str::trim).collect();
        let cells: Vec<&str> = row.split(CELLS).map(str::trim).collect();
        let text = match cells.as_slice() {
            [first, rest @ ..] if names.len() == cells.len() && !rest.is_empty() => {
                let rest = names.iter().skip(1).zip(rest);
                let rest: Vec<String> = match cells.len() {
                    // With two columns the second says nothing that needs a name.
                    2 => rest.map(|(_, cell)| (*cell).to_owned()).collect(),
                    _ => rest.map(|(name, cell)| format!("{name}: {cell}")).collect(),
                };
                format!("{first}: {}", rest.join("; "))
            }
            _ => cells.join(", "),
        };
        Self { text, written: row.to_owned(), above: head.to_owned(), shape: Shape::Row, block }
    }
}

/// The sentences of a paragraph.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' | '؟' | '।' => {
                let next = text.get(end..).unwrap_or_default();
                next.starts_with(char::is_whitespace)
                    && !next.trim_start().starts_with(char::is_lowercase)
                    && !(c == '.' && is_short(text.get(start..at).unwrap_or_default()))
            }
            _ => false,
        };
        if ends {
            found.extend(text.get(start..end).map(str::trim));
            start = end;
        }
    }
    found.extend(text.get(start..).map(str::trim));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether what stands before a full stop is a short word, or a number of a list.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    SHORT.contains(&word.as_str())
        || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::world::passage;

    fn told(text: &str) -> Vec<String> {
        Unit::all(&passage(1, text)).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn a_paragraph_is_its_sentences() {
        assert_eq!(
            told("Dr. Silva is in. Costs R$ 1.200 or 3.5 EUR!  Open at 9 a.m. on Sundays? Yes"),
            ["Dr. Silva is in.", "Costs R$ 1.200 or 3.5 EUR!", "Open at 9 a.m. on Sundays?", "Yes"]
        );
        assert_eq!(told("我们每天营业。周日休息。"), ["我们每天营业。", "周日休息。"]);
    }

    #[test]
    fn a_row_names_its_columns() {
        assert_eq!(
            told("Job | Price | Time\nNew zip | £32 | 7 days\n\nMore below."),
            ["New zip: Price: £32; Time: 7 days", "More below."]
        );
        assert_eq!(told("Who | Discount\nStudents | 10%"), ["Students: 10%"]);
    }

    #[test]
    fn an_item_knows_the_line_above_the_list() {
        let units = Unit::all(&passage(1, "Please bring:\n\nphoto ID\nyour card"));
        assert_eq!(units[1].text, "photo ID");
        assert_eq!(units[1].above, "Please bring:");
        assert_eq!((units[0].shape, units[2].shape), (Shape::Sentence, Shape::Item));
    }
}
