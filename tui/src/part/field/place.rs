//! Places in a field counted in graphemes of the whole text, as vi's moves need them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::part::field::Field;
use crate::part::field::history::Kind;

impl Field {
    /// The cursor's place, in graphemes of the whole text.
    pub fn cursor_grapheme(&self) -> usize {
        let (row, _) = self.place();
        let above = self.area.lines().iter().take(row);
        let lines: usize = above.map(|line| line.graphemes(true).count() + 1).sum();
        lines + self.before_cursor().graphemes(true).count()
    }

    /// Puts the cursor before a grapheme of the whole text.
    pub fn go_to_grapheme(&mut self, at: usize) {
        let mut left = at;
        let mut found = None;
        for (row, line) in self.area.lines().iter().enumerate() {
            let count = line.graphemes(true).count();
            if left <= count {
                let column = line.graphemes(true).take(left).map(|g| g.chars().count());
                found = Some((row, column.sum()));
                break;
            }
            left -= count + 1;
        }
        match found {
            Some((row, column)) => {
                self.moved();
                self.jump(row, column);
            }
            None => self.bottom(),
        }
    }

    /// Puts words in the place of some graphemes: one edit.
    pub(super) fn put(&mut self, range: Range<usize>, words: &str) -> bool {
        let text = self.text();
        let before: String = text.graphemes(true).take(range.start).collect();
        let after: String = text.graphemes(true).skip(range.end).collect();
        let words = Self::fitting(words, true);
        self.edit(Kind::Alone, |area| {
            area.clear();
            area.insert_str(format!("{before}{words}{after}"));
            true
        })
    }

    /// On a line with letters the cursor stands on one of them, not behind the last.
    pub(super) fn stay_on_line(&mut self) {
        let (row, column) = self.place();
        let last = self.before(row, column);
        if self.after(row, column) == column && column > 0 {
            self.jump(row, last);
        }
    }
}
