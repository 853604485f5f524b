//! Writes changed cells with few bytes: short ways for the cursor, only what differs in a look, and blanks erased at once.

use std::io::{self, Write};

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};

use crate::term::look::Look;

/// Fewer blanks than this are written as they are.
const FEW: usize = 4;

/// Remembers what the terminal shows, how it would write the next character, and where.
#[derive(Debug)]
pub(super) struct Pen {
    size: Size,
    /// What each cell shows; none where something lies that is not ours to write again: the second
    /// half of a wide character, a picture.
    cells: Vec<Option<Cell>>,
    look: Option<Look>,
    /// The cursor's row; its column is not known after wide characters.
    at: Option<(u16, Option<u16>)>,
    /// Whether every terminal agrees about that column: since it was last named only ASCII was
    /// written, and no step was taken from elsewhere.
    sure: bool,
}

/// A row of changes, from left to right.
type Row<'a> = Vec<(u16, &'a Cell)>;

static BLANK: Cell = Cell::EMPTY;

impl Pen {
    /// A pen on a terminal that was wiped, or will be before it is drawn on.
    pub(super) fn new(size: Size) -> Self {
        let count = usize::from(size.width) * usize::from(size.height);
        Self {
            size,
            cells: vec![Some(Cell::EMPTY); count],
            look: None,
            at: None,
            sure: false,
        }
    }

    /// Where the cursor stands, as far as known.
    pub(super) fn stands(&self) -> Option<Position> {
        self.at.and_then(|(y, x)| Some(Position::new(x?, y)))
    }

    /// Wipes everything.
    pub(super) fn clear(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.turn(Look::PLAIN, out)?;
        self.cells.fill(Some(Cell::EMPTY));
        out.write_all(b"\x1b[2J")
    }

    /// Writes what changed; it comes row by row, each from left to right.
    pub(super) fn draw<'a>(
        &mut self,
        content: impl Iterator<Item = (u16, u16, &'a Cell)>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let mut content = content.peekable();
        let mut row = Row::new();
        while let Some((x, y, cell)) = content.next() {
            // Its second half is wiped together with it.
            let half = row
                .last()
                .is_some_and(|(at, wide)| at + 1 == x && is_disputed(wide));
            let shown = self.cell(x, y);
            let same = shown == Some(cell) || (is_bare(Some(cell)) && is_bare(shown));
            if !half && !same {
                row.push((x, cell));
            }
            if content.peek().is_none_or(|(_, next, _)| *next != y) {
                self.row(y, std::mem::take(&mut row), out)?;
            }
        }
        if self.look.is_some_and(|look| !look.is_bare()) {
            // What the terminal fills by itself, on another size, is filled with the background.
            self.turn(Look::PLAIN, out)?;
        }
        Ok(())
    }

    fn row(&mut self, y: u16, mut row: Row<'_>, out: &mut impl Write) -> io::Result<()> {
        let mut halves = Vec::new();
        for (x, cell) in &row {
            halves.extend(self.keep(*x, y, cell));
        }
        for half in halves {
            let at = row.partition_point(|(x, _)| *x < half);
            let written = row.get(at).is_some_and(|(x, _)| *x == half);
            if !written && is_bare(self.cell(half, y)) {
                row.insert(at, (half, &BLANK));
            }
        }
        let mut rest = row.as_slice();
        while let Some(((x, cell), after)) = rest.split_first() {
            let blanks = self.blanks(*x, y);
            let end = x.saturating_add(u16::try_from(blanks).unwrap_or(u16::MAX));
            let until = rest.partition_point(|(at, _)| *at < end);
            let (among, beyond) = rest.split_at(until);
            let last = among.last().map_or(*x, |(at, _)| *at);
            let count = usize::from(last.saturating_sub(*x)) + 1;
            let erase = if end >= self.size.width {
                "\x1b[K".to_owned()
            } else {
                format!("\x1b[{count}X")
            };
            // The cursor stays where it erases: behind it is a way to go.
            let price = erase.len() + if beyond.is_empty() { 0 } else { FEW };
            if blanks > 0 && count > price {
                self.go(Position::new(*x, y), out)?;
                self.turn(Look::PLAIN.for_blank(self.look.unwrap_or(Look::PLAIN)), out)?;
                out.write_all(erase.as_bytes())?;
                rest = beyond;
                continue;
            }
            self.go(Position::new(*x, y), out)?;
            self.put(cell, out)?;
            rest = after;
        }
        Ok(())
    }

    /// How many cells from here on are blank as if they were erased.
    fn blanks(&self, x: u16, y: u16) -> usize {
        (x..self.size.width)
            .take_while(|x| is_bare(self.cell(*x, y)))
            .count()
    }

    fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        self.cells.get(self.place(x, y)?)?.as_ref()
    }

    fn place(&self, x: u16, y: u16) -> Option<usize> {
        let inside = x < self.size.width && y < self.size.height;
        inside.then(|| usize::from(y) * usize::from(self.size.width) + usize::from(x))
    }

    /// Remembers what a cell will show. Comes back with the column of the second half of a wide
    /// character that loses its first: terminals leave the ground of the whole there.
    fn keep(&mut self, x: u16, y: u16, cell: &Cell) -> Option<u16> {
        let end = x.saturating_add(cell.cell_width().max(1));
        let torn = self.cell(end - 1, y).filter(|last| last.cell_width() > 1);
        let half = torn.is_some().then_some(end);
        if half.is_some() {
            self.set(end, y, Some(Cell::EMPTY));
        }
        for x in x + 1..end {
            self.set(x, y, None);
        }
        let ours = !cell.symbol().contains('\x1b');
        if !ours {
            // A picture lies over more than its own cell.
            self.cells.fill(None);
        }
        self.set(x, y, ours.then(|| cell.clone()));
        half
    }

    fn set(&mut self, x: u16, y: u16, cell: Option<Cell>) {
        let place = self.place(x, y);
        if let Some(kept) = place.and_then(|place| self.cells.get_mut(place)) {
            *kept = cell;
        }
    }

    fn put(&mut self, cell: &Cell, out: &mut impl Write) -> io::Result<()> {
        let symbol = cell.symbol();
        let look = Look::of(cell);
        let look = if symbol == " " {
            look.for_blank(self.look.unwrap_or(look))
        } else {
            look
        };
        self.turn(look, out)?;
        if is_disputed(cell) {
            // Where it is drawn one cell wide, nothing old is to stand beside it.
            out.write_all(b"  \x08\x08")?;
        }
        out.write_all(symbol.as_bytes())?;
        if symbol.contains('\x1b') {
            (self.look, self.at) = (None, None);
            return Ok(());
        }
        // East Asian terminals draw many a narrow character wide; of clusters none knows.
        self.sure &= symbol.is_ascii();
        let one = cell.cell_width() == 1 && symbol.chars().nth(1).is_none();
        let next = self.stands().map(|at| (at.y, at.x.saturating_add(1)));
        // Behind the last column the cursor stands on either row.
        self.at = next
            .filter(|(_, x)| *x < self.size.width)
            .map(|(y, x)| (y, one.then_some(x)));
        Ok(())
    }

    fn turn(&mut self, look: Look, out: &mut impl Write) -> io::Result<()> {
        out.write_all(look.turned(self.look).as_bytes())?;
        self.look = Some(look);
        Ok(())
    }

    /// Takes the cursor there, the shortest way.
    pub(super) fn go(&mut self, to: Position, out: &mut impl Write) -> io::Result<()> {
        if self.stands() == Some(to) {
            return Ok(());
        }
        let (row, column) = (u32::from(to.y) + 1, u32::from(to.x) + 1);
        let mut best = if to.x == 0 {
            format!("\x1b[{row}H")
        } else {
            format!("\x1b[{row};{column}H")
        };
        if let Some((y, x)) = self.at {
            // Every way along a row begins where all agree, or names its column.
            let across = self.across(x, to);
            if let Some(down) = down(y, to.y) {
                let way = down + &across;
                if way.len() < best.len() {
                    best = way;
                }
            }
        }
        self.at = Some((to.y, Some(to.x)));
        self.sure = true;
        out.write_all(best.as_bytes())
    }

    /// The shortest way along a row.
    fn across(&self, from: Option<u16>, to: Position) -> String {
        let column = u32::from(to.x) + 1;
        let mut best = if to.x == 0 {
            "\r".to_owned()
        } else {
            format!("\x1b[{column}G")
        };
        let Some(from) = from.filter(|_| self.sure) else {
            return best;
        };
        let mut shorter = |way: String| {
            if way.len() < best.len() {
                best = way;
            }
        };
        match to.x.checked_sub(from) {
            Some(0) => shorter(String::new()),
            Some(1) => shorter("\x1b[C".to_owned()),
            Some(steps) => shorter(format!("\x1b[{steps}C")),
            None => {
                let back = usize::from(from - to.x);
                shorter("\x08".repeat(back));
            }
        }
        if let Some(again) = self.again(from, to) {
            shorter(again);
        }
        best
    }

    /// The characters between, written again, where they are few and look as the pen writes.
    fn again(&self, from: u16, to: Position) -> Option<String> {
        let few = usize::from(to.x.checked_sub(from)?) <= FEW;
        let look = self.look.filter(|_| few)?;
        (from..to.x)
            .map(|x| {
                let cell = self.cell(x, to.y)?;
                let symbol = cell.symbol();
                let wanted = if symbol == " " {
                    Look::of(cell).for_blank(look)
                } else {
                    Look::of(cell)
                };
                (wanted == look && symbol.is_ascii()).then_some(symbol)
            })
            .collect()
    }
}

/// Whether it is an emoji by its last code point only, which some terminals draw one cell wide and
/// others two.
fn is_disputed(cell: &Cell) -> bool {
    cell.cell_width() > 1 && cell.symbol().contains('\u{fe0f}')
}

/// Whether a cell is as if it were erased.
fn is_bare(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|cell| cell.symbol() == " " && Look::of(cell).is_bare())
}

/// The shortest way up or down that keeps the column.
fn down(from: u16, to: u16) -> Option<String> {
    match to.checked_sub(from) {
        Some(steps @ 0..=3) => Some("\n".repeat(usize::from(steps))),
        Some(steps) => Some(format!("\x1b[{steps}B")),
        None => {
            let steps = from.checked_sub(to)?;
            Some(format!("\x1b[{steps}A"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pen;
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};
    use ratatui::style::{Color, Modifier, Style};

    /// Draws one frame after another with one pen; comes back with the bytes of the last.
    fn drawn(frames: &[Buffer]) -> String {
        let area = *frames[0].area();
        let mut pen = Pen::new(Size::new(area.width, area.height));
        let mut bytes = Vec::new();
        pen.clear(&mut bytes).unwrap();
        let mut before = Buffer::empty(area);
        for frame in frames {
            bytes.clear();
            pen.draw(before.diff_iter(frame), &mut bytes).unwrap();
            before = frame.clone();
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn blanks_are_erased_at_once() {
        let long = Buffer::with_lines(["abcdefghijkl", "next"]);
        let short = Buffer::with_lines(["ab          ", "next"]);
        assert_eq!(drawn(&[long, short]), "\x1b[1;3H\x1b[K");
        let long = Buffer::with_lines(["abcdefghijkl|"]);
        let short = Buffer::with_lines(["ab          |"]);
        assert_eq!(drawn(&[long.clone(), short]), "\x1b[1;3H\x1b[10X");
        let lit = Style::new().bg(Color::Blue);
        let mut painted = Buffer::with_lines(["ab          |"]);
        painted.set_style(Rect::new(2, 0, 10, 1), lit);
        let blanks = " ".repeat(10);
        assert_eq!(
            drawn(&[long, painted]),
            format!("\x1b[1;3H\x1b[44m{blanks}\x1b[m"),
            "an erased cell has no background everywhere"
        );
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let before = Buffer::with_lines(["one two three", "-------------", "x", "abcde"]);
        let after = Buffer::with_lines(["One tWo threE", "-------------", "y", "AbCde"]);
        // A few characters again, a step, a line down at the left edge.
        assert_eq!(
            drawn(&[before, after]),
            "\x1b[1HO\x1b[6GW\x1b[6CE\x1b[3Hy\n\rAbC"
        );
    }

    #[test]
    fn what_is_not_seen_costs_nothing() {
        let mut before = Buffer::with_lines(["a b"]);
        let mut after = before.clone();
        before.set_style(Rect::new(1, 0, 1, 1), Style::new().fg(Color::Red));
        after.set_style(Rect::new(1, 0, 1, 1), Modifier::BOLD);
        assert_eq!(drawn(&[before, after]), "");
    }

    #[test]
    fn an_emoji_of_disputed_width_leaves_nothing_beside_it() {
        let before = Buffer::with_lines(["abcd"]);
        let after = Buffer::with_lines(["a\u{2764}\u{fe0f}d"]);
        assert_eq!(
            drawn(&[before, after]),
            "\x1b[1;2H  \x08\x08\u{2764}\u{fe0f}"
        );
    }

    #[test]
    fn behind_a_wide_character_the_column_is_named() {
        let before = Buffer::with_lines(["abcdef"]);
        let after = Buffer::with_lines(["蛋糕ef"]);
        assert_eq!(drawn(&[before, after]), "\x1b[1H蛋\x1b[3G糕");
    }

    /// A picture's own bytes lie over cells that nobody may erase any more.
    #[test]
    fn nothing_is_erased_beside_a_picture() {
        let mut picture = Buffer::with_lines(["abcdef      ", "            "]);
        picture[(0, 1)].set_symbol("\x1bPq#0~~\x1b\\");
        let mut after = picture.clone();
        for x in 2..6 {
            after[(x, 0)].set_symbol(" ");
        }
        assert_eq!(drawn(&[picture, after]), "\x1b[1;3H\x1b[m    ");
    }
}
