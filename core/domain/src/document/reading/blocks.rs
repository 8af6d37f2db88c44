//! A document as a row of blocks: paragraphs, items, lines of code, and the headings above them.

/// Stands between the cells of a row, as in Markdown.
const CELLS: &str = "| ";

/// One block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Block {
    /// The level of a heading, 1 the highest; none for anything else.
    pub(super) heading: Option<u8>,
    /// What it says; never empty, no white space at its ends.
    pub(super) text: String,
}

/// Blocks in the making.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    done: Vec<Block>,
    open: String,
    heading: Option<u8>,
}

impl Blocks {
    /// Adds words; white space becomes one space.
    pub(super) fn words(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() && !c.is_control() {
                self.open.push(c);
            } else if !self.open.is_empty() && !self.open.ends_with([' ', '\n']) {
                self.open.push(' ');
            }
        }
    }

    /// Adds text whose lines mean something.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.open.extend(text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()));
    }

    /// Begins a cell of a table: what stands before it in the same row is another one.
    pub(super) fn cell(&mut self) {
        if !self.open.is_empty() && !self.open.ends_with('\n') {
            self.words(" ");
            self.open.push_str(CELLS);
        }
    }

    /// Ends the line, not the block.
    pub(super) fn line(&mut self) {
        while self.open.ends_with(' ') {
            self.open.pop();
        }
        if !self.open.is_empty() {
            self.open.push('\n');
        }
    }

    /// Ends the block; the next one is a heading of this level, or none.
    pub(super) fn next(&mut self, heading: Option<u8>) {
        let text = self.open.trim();
        if !text.is_empty() {
            self.done.push(Block { heading: self.heading, text: text.to_owned() });
        }
        self.open.clear();
        self.heading = heading;
    }

    /// All of them.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.next(None);
        self.done
    }
}

/// The paragraphs of plain text. Its lines stay as they are.
pub(super) fn of_text(source: &str) -> Vec<Block> {
    let mut blocks = Blocks::default();
    for line in source.lines() {
        if line.trim().is_empty() {
            blocks.next(None);
        } else {
            blocks.verbatim(line.trim_end());
            blocks.verbatim("\n");
        }
    }
    blocks.finish()
}
