//! A table for people: columns as wide as their widest cell, two spaces between, nothing else.

use common::text::clean::clean_line;
use unicode_width::UnicodeWidthStr;

/// Rows of cells under a heading.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    note: Option<String>,
}

impl Table {
    /// A table with these headings.
    pub(super) fn new<S: Into<String>>(headings: impl IntoIterator<Item = S>) -> Self {
        Self {
            rows: vec![
                headings
                    .into_iter()
                    .map(|h| h.into().to_uppercase())
                    .collect(),
            ],
            note: None,
        }
    }

    /// A list of names and values without a heading.
    pub(super) fn plain() -> Self {
        Self::default()
    }

    /// One more row; what comes from outside is made safe for a terminal.
    pub(super) fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(
            cells
                .into_iter()
                .map(|c| clean_line(c.as_ref(), 80).into_owned())
                .collect(),
        );
    }

    /// A sentence that stands instead of an empty table.
    pub(super) fn or_say(mut self, sentence: &str) -> Self {
        if self.rows.len() <= 1 {
            self.note = Some(sentence.to_owned());
        }
        self
    }

    /// The lines, each with its end.
    pub(super) fn render(&self) -> String {
        if let Some(note) = &self.note {
            return format!("{note}\n");
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let mut table = Table::new(["id", "name"]);
        table.row(["1", "João"]);
        table.row(["12", "蛋糕 🎂"]);
        assert_eq!(table.render(), "ID  NAME\n1   João\n12  蛋糕 🎂\n");
    }

    #[test]
    fn a_hostile_name_cannot_move_the_cursor() {
        let mut table = Table::new(["name"]);
        table.row(["\u{1b}[2Jgone\nnext"]);
        assert_eq!(table.render(), "NAME\ngone next\n");
    }

    #[test]
    fn an_empty_table_says_so() {
        assert_eq!(
            Table::new(["id"]).or_say("Nothing yet.").render(),
            "Nothing yet.\n"
        );
    }
}
