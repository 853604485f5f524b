//! A field's text in the rows that are drawn: wrapped, measured, and moved through up and down.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use crate::part::field::Field;
use crate::part::wrap;

impl Field {
    /// One line up as it is drawn; false on the first one.
    pub fn up(&mut self) -> bool {
        self.vertical(-1)
    }

    /// One line down as it is drawn; false on the last one.
    pub fn down(&mut self) -> bool {
        self.vertical(1)
    }

    /// Puts the cursor under a cell, counted from the field's corner and its first visible row.
    pub fn click(&mut self, rows: u16, column: u16, row: u16) {
        let layout = self.layout();
        let top = top_row(layout.cursor.0, usize::from(rows));
        let line = (top + usize::from(row)).min(layout.lines.len().saturating_sub(1));
        self.moved();
        self.go(&layout, line, usize::from(column));
    }

    /// How many rows the text needs in a width; remembers the width for moves by line.
    pub fn height(&self, width: u16) -> u16 {
        self.measure(width);
        u16::try_from(self.layout().lines.len()).unwrap_or(u16::MAX)
    }

    /// The rows of text that an area shows, so that the cursor is among them: each as one string.
    pub fn rows_in(&self, area: Rect) -> Vec<String> {
        let lines = self.area.lines();
        let text = |(row, bytes): (usize, Range<usize>)| {
            let text = lines.get(row).and_then(|text| text.get(bytes));
            text.unwrap_or_default().to_owned()
        };
        self.places_in(area).into_iter().map(text).collect()
    }

    /// Where the rows that an area shows stand in the text: the line, and the bytes of it.
    pub fn places_in(&self, area: Rect) -> Vec<(usize, Range<usize>)> {
        self.measure(area.width);
        let layout = self.layout();
        let rows = usize::from(area.height);
        let top = top_row(layout.cursor.0, rows);
        let shown = layout.lines.into_iter().skip(top).take(rows);
        shown.map(|line| (line.row, line.bytes)).collect()
    }

    /// The lines of the text.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// The cell of the cursor in an area.
    pub fn cursor_in(&self, area: Rect) -> Position {
        self.measure(area.width);
        let (line, column) = self.layout().cursor;
        let row = line - top_row(line, usize::from(area.height));
        let last = usize::from(area.width.saturating_sub(1));
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Position::new(
            area.x.saturating_add(cells(column.min(last))),
            area.y.saturating_add(cells(row)),
        )
    }

    /// Remembers the width; the last column is kept for the cursor behind a full line.
    fn measure(&self, width: u16) {
        self.room.set(usize::from(width.saturating_sub(1)).max(2));
    }

    fn vertical(&mut self, by: isize) -> bool {
        let layout = self.layout();
        let (line, column) = layout.cursor;
        let Some(to) = line
            .checked_add_signed(by)
            .filter(|to| *to < layout.lines.len())
        else {
            return false;
        };
        let goal = self.goal.unwrap_or(column);
        self.part_edits();
        self.go(&layout, to, goal);
        self.goal = Some(goal);
        true
    }

    fn go(&mut self, layout: &Layout, line: usize, cell: usize) {
        let Some(line) = layout.lines.get(line) else {
            return;
        };
        let text = self.area.lines().get(line.row).map_or("", String::as_str);
        let part = text.get(line.bytes.clone()).unwrap_or_default();
        let column = text
            .get(..line.bytes.start)
            .unwrap_or_default()
            .chars()
            .count()
            + wrap::head(part, cell).chars().count();
        self.jump(line.row, column);
    }

    fn layout(&self) -> Layout {
        let room = self.room.get();
        let (row, column) = self.place();
        let mut lines = Vec::new();
        let mut cursor = (0, 0);
        for (nth, text) in self.area.lines().iter().enumerate() {
            let byte = text
                .char_indices()
                .nth(column)
                .map_or(text.len(), |(at, _)| at);
            for bytes in wrap::breaks(text, room) {
                if nth == row && byte >= bytes.start {
                    let part = text
                        .get(bytes.start..byte.min(bytes.end))
                        .unwrap_or_default();
                    let spaces = byte.saturating_sub(bytes.end);
                    cursor = (lines.len(), (wrap::width(part) + spaces).min(room));
                }
                lines.push(Row { row: nth, bytes });
            }
        }
        Layout { lines, cursor }
    }
}

/// A line as it is drawn: a part of a line of the text.
struct Row {
    row: usize,
    bytes: Range<usize>,
}

struct Layout {
    lines: Vec<Row>,
    /// Line and cell of the cursor.
    cursor: (usize, usize),
}

/// The first row to draw so that the cursor's row is in sight.
const fn top_row(cursor: usize, rows: usize) -> usize {
    if rows == 0 || cursor < rows {
        0
    } else {
        cursor + 1 - rows
    }
}
