//! Right-to-left text in a grid of cells: who orders it, and how its neighbours stay where they are.

use config::tui::Bidi;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};

/// A mark without width that reads from left to right: what follows it does not join what stood
/// before.
const LEFT_TO_RIGHT: char = '\u{200e}';
/// Brackets and what they look like from the other side.
const MIRRORED: [(&str, &str); 4] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">")];

/// Which way a letter reads; nothing for digits, marks and blanks.
fn reads_right_to_left(letter: char) -> Option<bool> {
    match u32::from(letter) {
        0x0590..=0x08FF
        | 0xFB1D..=0xFDFF
        | 0xFE70..=0xFEFF
        | 0x1_0800..=0x1_0FFF
        | 0x1_E800..=0x1_EFFF
            if letter.is_alphabetic() =>
        {
            Some(true)
        }
        _ if letter.is_alphabetic() => Some(false),
        _ => None,
    }
}

/// Whether a text reads from right to left: its first letter says so.
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().find_map(reads_right_to_left) == Some(true)
}

fn way(cell: &Cell) -> Option<bool> {
    let symbol = cell.symbol();
    // Pictures are no letters.
    if matches!(
        cell.diff_option,
        CellDiffOption::Skip | CellDiffOption::ForcedWidth(_)
    ) {
        return None;
    }
    if symbol.is_ascii() {
        return symbol
            .starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some(false);
    }
    symbol.chars().find_map(reads_right_to_left)
}

/// Settles every row of a frame that has such text in it.
pub(crate) fn settle(buffer: &mut Buffer, bidi: Bidi) {
    if bidi == Bidi::Off {
        return;
    }
    let width = usize::from(buffer.area.width.max(1));
    for row in buffer.content.chunks_mut(width) {
        if !row.iter().any(|cell| way(cell) == Some(true)) {
            continue;
        }
        for run in runs(row) {
            if let Some(cells) = row.get_mut(run) {
                match bidi {
                    Bidi::Terminal => keep_apart(cells),
                    Bidi::Visual => turn(cells),
                    Bidi::Off => {}
                }
            }
        }
        if bidi == Bidi::Terminal
            && let Some(first) = row.first_mut()
        {
            // The row itself reads from left to right, whatever letter comes first in it.
            let symbol = format!("{LEFT_TO_RIGHT}{}", first.symbol());
            first.set_symbol(&symbol);
        }
    }
}

/// From the first such letter to the last before a letter that reads the other way.
fn runs(row: &[Cell]) -> Vec<std::ops::Range<usize>> {
    let mut all: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = false;
    for (at, cell) in row.iter().enumerate() {
        match way(cell) {
            Some(true) => {
                match all.last_mut() {
                    Some(run) if open => run.end = at + 1,
                    _ => all.push(at..at + 1),
                }
                open = true;
            }
            Some(false) => open = false,
            // A gap is the edge between two things on one row.
            None if row
                .get(at..at + 3)
                .is_some_and(|next| next.iter().all(|c| c.symbol() == " ")) =>
            {
                open = false;
            }
            None => {}
        }
    }
    all
}

/// What stands after the run is no part of it.
fn keep_apart(cells: &mut [Cell]) {
    if let Some(last) = cells.last_mut() {
        let symbol = format!("{}{LEFT_TO_RIGHT}", last.symbol());
        last.set_symbol(&symbol);
    }
}

/// Turns a run round; numbers in it keep their order.
fn turn(cells: &mut [Cell]) {
    cells.reverse();
    let is_digit = |cell: &Cell| cell.symbol().starts_with(|c: char| c.is_numeric());
    let mut at = 0;
    while at < cells.len() {
        let count = cells
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|cell| is_digit(cell))
            .count();
        if let Some(digits) = cells.get_mut(at..at + count) {
            digits.reverse();
        }
        at += count.max(1);
    }
    for cell in cells {
        let mirrored = MIRRORED
            .iter()
            .find_map(|(open, close)| match cell.symbol() {
                symbol if symbol == *open => Some(*close),
                symbol if symbol == *close => Some(*open),
                _ => None,
            });
        if let Some(symbol) = mirrored {
            cell.set_symbol(symbol);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_right_to_left, settle};
    use config::tui::Bidi;
    use ratatui::buffer::{Buffer, CellWidth};

    fn row(text: &str, bidi: Bidi) -> String {
        let mut buffer = Buffer::with_lines([text]);
        settle(&mut buffer, bidi);
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| cell.symbol().cell_width() <= 1)
        );
        buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect()
    }

    #[test]
    fn the_first_letter_says_how_a_text_reads() {
        assert!(is_right_to_left("123 שלום abc"));
        assert!(!is_right_to_left("abc שלום") && !is_right_to_left("12:30 ✓"));
        assert!(is_right_to_left("مطعم النور"));
    }

    #[test]
    fn neighbours_stay_where_they_are() {
        let text = "Ana  שלום 12   14:31";
        assert_eq!(row(text, Bidi::Off), text);
        assert_eq!(
            row(text, Bidi::Terminal),
            "\u{200e}Ana  שלום\u{200e} 12   14:31"
        );
        assert_eq!(row("Ana 14:31", Bidi::Terminal), "Ana 14:31");
    }

    #[test]
    fn the_console_turns_what_a_terminal_does_not() {
        assert_eq!(
            row("Ana שלום 12 (טוב b", Bidi::Visual),
            "Ana בוט) 12 םולש b"
        );
    }
}
