//! Rows of comma-separated values (RFC 4180), each with the line it begins at. A byte order mark is
//! passed over; semicolons separate where the first line has them and no comma, as spreadsheets of
//! many countries write.

/// One row: the line it begins at (from 1), and its values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) values: Vec<String>,
}

/// A text that is no such list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Unclosed {
    /// The line at which the quotation begins that never ends.
    pub(super) line: usize,
}

/// All rows that are not blank.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Unclosed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') && !first.contains(',') { ';' } else { ',' };
    let mut reader =
        Reader { separator, line: 1, rows: Vec::new(), row: None, value: String::new() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && reader.value.is_empty() {
            reader.quoted(&mut chars)?;
        } else {
            reader.plain(c);
        }
    }
    reader.end_row();
    Ok(reader.rows)
}

struct Reader {
    separator: char,
    line: usize,
    rows: Vec<Row>,
    row: Option<Row>,
    value: String,
}

impl Reader {
    fn plain(&mut self, c: char) {
        match c {
            '\n' => {
                self.end_row();
                self.line += 1;
            }
            // Only as part of the end of a line.
            '\r' => {}
            c if c == self.separator => self.end_value(),
            c => self.value.push(c),
        }
    }

    /// What stands in quotation marks, up to the one that is not doubled.
    fn quoted(
        &mut self,
        chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    ) -> Result<(), Unclosed> {
        let line = self.line;
        self.begin_row();
        while let Some(c) = chars.next() {
            match c {
                '"' if chars.next_if_eq(&'"').is_some() => self.value.push('"'),
                '"' => return Ok(()),
                c => {
                    self.line += usize::from(c == '\n');
                    self.value.push(c);
                }
            }
        }
        Err(Unclosed { line })
    }

    fn begin_row(&mut self) -> &mut Row {
        let line = self.line;
        self.row.get_or_insert_with(|| Row { line, values: Vec::new() })
    }

    fn end_value(&mut self) {
        let value = std::mem::take(&mut self.value);
        self.begin_row().values.push(value);
    }

    fn end_row(&mut self) {
        if self.row.is_none() && self.value.trim().is_empty() {
            self.value.clear();
            return;
        }
        self.end_value();
        self.rows.extend(self.row.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(usize, Vec<String>)> {
        rows(text).unwrap().into_iter().map(|row| (row.line, row.values)).collect()
    }

    fn row(line: usize, values: &[&str]) -> (usize, Vec<String>) {
        (line, values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn values_quotations_and_blank_lines() {
        let text = "\u{feff}name,note\r\nAna,\"two\nlines, \"\"quoted\"\"\"\r\n\r\n,x\nlast";
        assert_eq!(
            values(text),
            [
                row(1, &["name", "note"]),
                row(2, &["Ana", "two\nlines, \"quoted\""]),
                row(5, &["", "x"]),
                row(6, &["last"]),
            ]
        );
        assert_eq!(values("a;b\n1;2,5"), [row(1, &["a", "b"]), row(2, &["1", "2,5"])]);
        assert_eq!(values(""), []);
        assert_eq!(values("\"\"\n"), [row(1, &[""])]);
    }

    #[test]
    fn a_quotation_that_never_ends_is_named_by_its_line() {
        assert_eq!(rows("a\nb\n\"c\nd"), Err(Unclosed { line: 3 }));
    }
}
