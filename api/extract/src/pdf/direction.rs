//! From the order in which characters stand on a line to the order in which they are read: words of
//! scripts that are written from the right are turned round, numbers and Latin words in them are not.

/// The text of a cell, given from left to right as it stands on the page.
pub(super) fn as_read(cell: &[&str]) -> String {
    let right = cell.iter().filter(|text| text.chars().any(is_right)).count();
    if right == 0 {
        return cell.concat();
    }
    let left = cell.iter().filter(|text| is_left(text)).count();
    if right >= left {
        // The line runs from the right; what runs from the left within it stays as it is.
        let runs = runs(cell, |text| is_left(text) || is_number(text));
        let turned = runs.into_iter().rev().map(|(kept, run)| joined(run, !kept));
        turned.collect()
    } else {
        let runs = runs(cell, |text| text.chars().any(is_right));
        runs.into_iter().map(|(turned, run)| joined(run, turned)).collect()
    }
}

/// Whether a text is of a script that is written from the right.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let right = text.chars().filter(|c| is_right(*c)).count();
    let left = text.chars().filter(|c| c.is_alphabetic() && !is_right(*c)).count();
    right > left
}

fn joined(run: &[&str], turned: bool) -> String {
    if turned { run.iter().rev().copied().collect() } else { run.concat() }
}

/// Stretches that are of a kind, and the others. What is neither letter nor digit belongs to a
/// stretch if it stands between two of its kind.
fn runs<'c, 't>(cell: &'c [&'t str], of_kind: impl Fn(&str) -> bool) -> Vec<(bool, &'c [&'t str])> {
    let (mut found, mut start) = (Vec::new(), 0);
    while start < cell.len() {
        let rest = cell.get(start..).unwrap_or_default();
        let kind = rest.first().is_some_and(|text| of_kind(text));
        let mut len = 0;
        let mut at = 0;
        while let Some(text) = rest.get(at) {
            if kind == of_kind(text) {
                len = at + 1;
            } else if !kind || is_letter(text) {
                break;
            }
            at += 1;
        }
        let len = len.max(1);
        found.push((kind, rest.get(..len).unwrap_or_default()));
        start += len;
    }
    found
}

fn is_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn is_left(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !is_right(c))
}

fn is_number(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// A letter of Hebrew, Arabic or another script that is written from the right.
const fn is_right(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
        && !matches!(c, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(seen: &str) -> String {
        let letters: Vec<String> = seen.chars().map(String::from).collect();
        as_read(&letters.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_written_from_the_left_stays() {
        assert_eq!(read("Open 9:00 to 17:00."), "Open 9:00 to 17:00.");
    }

    #[test]
    fn a_hebrew_line_is_turned_but_not_its_numbers_and_latin_words() {
        assert_eq!(read(".17:30 דע 9:00 םיחותפ"), "פתוחים 9:00 עד 17:30.");
        assert_eq!(read(".WiFi ונל שי"), "יש לנו WiFi.");
    }

    #[test]
    fn a_hebrew_word_in_a_latin_line_is_turned_where_it_stands() {
        assert_eq!(read("The word םולש means peace"), "The word שלום means peace");
    }
}
