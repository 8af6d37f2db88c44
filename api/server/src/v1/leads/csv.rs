//! Rows of comma-separated values (RFC 4180), each with the line it begins at. A byte order mark is
//! passed over; semicolons separate where the first line has them and no comma, as spreadsheets of
//! many countries write.

/// One row: the line it begins at (from 1), and its values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) values: Vec<String>,
}

/// What a text holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Table {
    /// All rows on lines that are not blank, up to the one with the quotation that never ends.
    pub(super) rows: Vec<Row>,
    /// The line at which a quotation begins that never ends.
    pub(super) unclosed: Option<usize>,
}

/// Takes a text apart.
pub(super) fn rows(text: &str) -> Table {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') && !first.contains(',') { ';' } else { ',' };
    let mut reader =
        Reader { separator, line: 1, rows: Vec::new(), row: None, value: String::new() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && reader.value.is_empty() {
            let line = reader.line;
            if !reader.quoted(&mut chars) {
                return Table { rows: reader.rows, unclosed: Some(line) };
            }
        } else {
            reader.plain(c);
        }
    }
    reader.end_row();
    Table { rows: reader.rows, unclosed: None }
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

    /// What stands in quotation marks, up to the one that is not doubled; false if there is none.
    fn quoted(&mut self, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
        self.begin_row();
        while let Some(c) = chars.next() {
            match c {
                '"' if chars.next_if_eq(&'"').is_some() => self.value.push('"'),
                '"' => return true,
                c => {
                    self.line += usize::from(c == '\n');
                    self.value.push(c);
                }
            }
        }
        false
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
        let table = rows(text);
        assert_eq!(table.unclosed, None, "{text}");
        table.rows.into_iter().map(|row| (row.line, row.values)).collect()
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
        let table = rows("a\nb\n\"c\nd");
        assert_eq!((table.rows.len(), table.unclosed), (2, Some(3)));
    }
}
