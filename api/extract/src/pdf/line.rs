//! Characters with their places, put together into lines.

use super::direction;
use crate::blocks::CELL;

/// How far from the line a character may stand, in sizes.
const BASELINE: f64 = 0.35;
/// A gap of this many sizes parts words.
const SPACE: f64 = 0.18;
/// A gap of this many sizes parts the cells of a row.
const GAP: f64 = 2.5;

/// One character as it was drawn.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    /// Of its font, as drawn.
    pub(super) size: f64,
    pub(super) text: String,
}

impl Glyph {
    /// Whether its numbers are numbers, and of a size that can be read.
    pub(super) fn is_somewhere(&self) -> bool {
        let all = [self.x, self.y, self.width, self.size];
        all.iter().all(|it| it.is_finite() && it.abs() < 1e6) && self.size > 0.1
    }

    fn end(&self) -> f64 {
        self.x + self.width.max(0.0)
    }
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// As it is read. The cells of a row are parted by [`CELL`].
    pub(super) text: String,
    /// Its height on the page, upwards.
    pub(super) y: f64,
    /// The size that most of it has.
    pub(super) size: f64,
}

/// Lines in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    open: Vec<Glyph>,
    done: Vec<Line>,
}

impl Lines {
    /// Adds a character in the order in which it was drawn.
    pub(super) fn add(&mut self, glyph: Glyph) {
        if self.open.last().is_some_and(|last| !together(last, &glyph)) {
            self.end();
        }
        self.open.push(glyph);
    }

    /// All of them.
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.end();
        self.done
    }

    fn end(&mut self) {
        let mut glyphs = std::mem::take(&mut self.open);
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let Some(first) = glyphs.first() else { return };
        let (y, size) = (first.y, usual_size(&glyphs));
        let mut cells: Vec<Vec<&str>> = vec![Vec::new()];
        let mut end: Option<f64> = None;
        for glyph in &glyphs {
            let gap = end.map_or(0.0, |end| glyph.x - end);
            let blank = glyph.text.trim().is_empty();
            if gap > GAP * size {
                cells.push(Vec::new());
            } else if gap > SPACE * size && !blank {
                push(&mut cells, " ");
            }
            push(&mut cells, if blank { " " } else { &glyph.text });
            end = Some(end.map_or(glyph.end(), |before| before.max(glyph.end())));
        }
        let read: Vec<String> = cells.iter().map(|cell| direction::as_read(cell)).collect();
        let filled: Vec<&str> =
            read.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let backwards = filled.iter().filter(|cell| direction::is_right_to_left(cell)).count();
        let text = if backwards * 2 > filled.len() {
            filled.iter().rev().copied().collect::<Vec<_>>().join(&CELL.to_string())
        } else {
            filled.join(&CELL.to_string())
        };
        if !text.is_empty() {
            self.done.push(Line { text, y, size });
        }
    }
}

fn push<'g>(cells: &mut [Vec<&'g str>], text: &'g str) {
    if let Some(cell) = cells.last_mut() {
        cell.push(text);
    }
}

/// Whether a character stands in the line of the one drawn before it.
fn together(last: &Glyph, next: &Glyph) -> bool {
    (last.y - next.y).abs() <= BASELINE * last.size.max(next.size)
}

/// The size that most characters have.
fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(glyphs: impl IntoIterator<Item = (f64, f64, char)>) -> Vec<String> {
        let mut lines = Lines::default();
        for (x, y, c) in glyphs {
            lines.add(Glyph { x, y, width: 5.0, size: 10.0, text: c.to_string() });
        }
        lines.finish().into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn gaps_part_words_and_cells() {
        let drawn = "abcd".chars().zip([0.0, 5.0, 13.0, 60.0]).map(|(c, x)| (x, 700.0, c));
        assert_eq!(lines(drawn), [format!("ab c{CELL}d")]);
    }

    #[test]
    fn another_height_is_another_line() {
        assert_eq!(lines([(0.0, 700.0, 'a'), (5.0, 701.0, 'b'), (0.0, 688.0, 'c')]), ["ab", "c"]);
    }

    #[test]
    fn hebrew_reads_alike_in_whichever_order_it_was_drawn() {
        let word = ['ש', 'ל', 'ו', 'ם'];
        let logical: Vec<_> =
            word.iter().zip([15.0, 10.0, 5.0, 0.0]).map(|(c, x)| (x, 700.0, *c)).collect();
        let visual: Vec<_> = logical.iter().rev().copied().collect();
        assert_eq!(lines(logical), ["שלום"]);
        assert_eq!(lines(visual), ["שלום"]);
    }
}
