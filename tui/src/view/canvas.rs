//! What every pane is drawn with: words, styles and marks, and a pen that keeps inside its cells.

use std::borrow::Cow;

use common::time::Stamp;
use config::theme::Slot;
use config::tui::Motion;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::hit::{Hits, Target};
use crate::model::Model;
use crate::model::patience::{MOVE, MOVES_AFTER, PATIENCE};
use crate::part::field::Field;
use crate::part::ticks::{Glyphs, Tick};
use crate::part::wrap;
use crate::speech::{Arg, Speech};
use crate::view::paint::Paint;

/// What is shown, in which words, colours and marks.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) model: &'a Model,
    pub(crate) speech: &'a Speech,
    pub(crate) paint: &'a Paint,
    pub(crate) glyphs: Glyphs,
}

impl<'a> Desk<'a> {
    /// What is said of something that is waited for: nothing at first, then words, and after a
    /// while a mark that moves, where that is wanted.
    pub(crate) fn patience(&self, since: Option<Stamp>, words: &str) -> String {
        let age = since.map_or(MOVES_AFTER / 2, |since| self.model.now.since(since));
        if age < PATIENCE {
            return String::new();
        }
        let moves = self.model.settings.ui.motion == Motion::Full && !self.model.settings.ui.plain;
        if age < MOVES_AFTER || !moves {
            return words.to_owned();
        }
        let step = self.model.now.millis().div_euclid(MOVE);
        format!("{} {words}", self.glyphs.busy(step))
    }

    pub(crate) fn ink(&self, slot: Slot) -> Style {
        self.paint.of(slot)
    }

    pub(crate) fn say(&self, key: &'a str) -> Cow<'a, str> {
        self.speech.say(key)
    }

    pub(crate) fn say_with(&self, key: &'a str, args: &[(&'static str, Arg<'_>)]) -> Cow<'a, str> {
        self.speech.say_with(key, args)
    }

    /// A tick in its colour.
    pub(crate) fn tick(&self, tick: Tick) -> Span<'static> {
        Span::styled(tick.mark(self.glyphs), self.ink(tick_slot(tick)))
    }
}

/// The colour of a tick.
pub(crate) const fn tick_slot(tick: Tick) -> Slot {
    match tick {
        Tick::Waiting => Slot::Waiting,
        Tick::Sent => Slot::Sent,
        Tick::Delivered => Slot::Delivered,
        Tick::Read => Slot::Read,
        Tick::Failed => Slot::Failed,
        Tick::Unknown => Slot::Unknown,
    }
}

/// The width of spans that stand on one line.
pub(crate) fn spans_width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| wrap::width(&span.content)).sum()
}

/// A count of cells as the terminal counts them.
pub(crate) fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Draws into the frame, and notes what lies where.
pub(crate) struct Pen<'a> {
    pub(crate) buf: &'a mut Buffer,
    pub(crate) hits: &'a mut Hits,
    /// Rows where something lay over a picture in the last frame.
    pub(crate) laid: &'a [u16],
    pub(crate) cursor: Option<Position>,
}

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;
/// Hairlines by the directions in which they lead: up 1, down 2, left 4, right 8.
const LINES: [&str; 16] = [
    " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
];

impl Pen<'_> {
    /// Notes what lies in an area.
    pub(crate) fn hit(&mut self, area: Rect, target: Target) {
        self.hits.put(area, target);
    }

    /// Writes text, cut at `max` cells with `…`; gives the column after it.
    pub(crate) fn text(&mut self, at: (u16, u16), max: u16, text: &str, style: Style) -> u16 {
        let (x, y) = at;
        if !self.holds(x, y) {
            return x;
        }
        let text = wrap::cut(text, usize::from(max));
        self.buf
            .set_stringn(x, y, &*text, usize::from(max), style)
            .0
    }

    /// A text field with its cursor; a click puts the cursor there.
    pub(crate) fn field(&mut self, area: Rect, field: &Field, style: Style) {
        for (y, row) in (area.y..area.bottom()).zip(field.rows_in(area)) {
            self.text((area.x, y), area.width, &row, style);
        }
        self.cursor = Some(field.cursor_in(area));
        self.hit(area, Target::Text(area));
    }

    /// Writes text that ends before column `end`, beginning not before `start`; gives the column
    /// where it begins.
    pub(crate) fn right(&mut self, span: (u16, u16), y: u16, text: &str, style: Style) -> u16 {
        let (start, end) = span;
        let room = end.saturating_sub(start);
        let text = wrap::cut(text, usize::from(room));
        let x = end.saturating_sub(cells(wrap::width(&text)));
        self.text((x, y), room, &text, style);
        x
    }

    /// Writes spans, cut at `max` cells; gives the column after them.
    pub(crate) fn spans(&mut self, at: (u16, u16), max: u16, spans: &[Span<'_>]) -> u16 {
        let (mut x, y) = at;
        let end = x.saturating_add(max);
        for span in spans {
            if x >= end {
                break;
            }
            x = self.text((x, y), end - x, &span.content, span.style);
        }
        x
    }

    /// Writes a line that is known to fit.
    pub(crate) fn line(&mut self, at: (u16, u16), max: u16, line: &Line<'_>) {
        if self.holds(at.0, at.1) {
            self.buf.set_line(at.0, at.1, line, max);
        }
    }

    /// Empties an area.
    pub(crate) fn clear(&mut self, area: Rect) {
        for position in area.intersection(self.buf.area).positions() {
            if let Some(cell) = self.buf.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// Puts a style over what stands in an area.
    pub(crate) fn tint(&mut self, area: Rect, style: Style) {
        self.buf.set_style(area.intersection(self.buf.area), style);
    }

    /// A hairline from column to column, both included; it joins what it meets.
    pub(crate) fn across(&mut self, desk: &Desk<'_>, y: u16, from: u16, to: u16) {
        for x in from..=to {
            self.join(desk, x, y, LEFT | RIGHT);
        }
    }

    /// A hairline from row to row, both included; it joins what it meets.
    pub(crate) fn down(&mut self, desk: &Desk<'_>, x: u16, from: u16, to: u16) {
        for y in from..=to {
            self.join(desk, x, y, UP | DOWN);
        }
    }

    /// The end of a hairline that comes from the right.
    pub(crate) fn meet_right(&mut self, desk: &Desk<'_>, x: u16, y: u16) {
        self.join(desk, x, y, RIGHT);
    }

    /// The end of a hairline that comes from the left.
    pub(crate) fn meet_left(&mut self, desk: &Desk<'_>, x: u16, y: u16) {
        self.join(desk, x, y, LEFT);
    }

    /// The end of a hairline that comes from below.
    pub(crate) fn meet_below(&mut self, desk: &Desk<'_>, x: u16, y: u16) {
        self.join(desk, x, y, DOWN);
    }

    /// The end of a hairline that comes from above.
    pub(crate) fn meet_above(&mut self, desk: &Desk<'_>, x: u16, y: u16) {
        self.join(desk, x, y, UP);
    }

    /// A box of hairlines round an area.
    pub(crate) fn frame(&mut self, desk: &Desk<'_>, area: Rect) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let (left, right) = (area.x, area.right() - 1);
        let (top, bottom) = (area.y, area.bottom() - 1);
        self.across(desk, top, left + 1, right.saturating_sub(1));
        self.across(desk, bottom, left + 1, right.saturating_sub(1));
        self.down(desk, left, top + 1, bottom.saturating_sub(1));
        self.down(desk, right, top + 1, bottom.saturating_sub(1));
        for (x, y, bits) in [
            (left, top, DOWN | RIGHT),
            (right, top, DOWN | LEFT),
            (left, bottom, UP | RIGHT),
            (right, bottom, UP | LEFT),
        ] {
            self.join(desk, x, y, bits);
        }
    }

    fn join(&mut self, desk: &Desk<'_>, x: u16, y: u16, bits: u8) {
        let style = desk.ink(Slot::Frame);
        let Some(cell) = self.buf.cell_mut(Position::new(x, y)) else {
            return;
        };
        if desk.glyphs == Glyphs::Ascii {
            let here = match cell.symbol() {
                "-" => LEFT | RIGHT,
                "|" => UP | DOWN,
                "+" => UP | LEFT,
                _ => 0,
            };
            let all = here | bits;
            let symbol = match (all & (UP | DOWN) != 0, all & (LEFT | RIGHT) != 0) {
                (true, true) => "+",
                (true, false) => "|",
                _ => "-",
            };
            cell.set_symbol(symbol).set_style(style);
            return;
        }
        let here = LINES
            .iter()
            .position(|line| *line == cell.symbol())
            .unwrap_or(0);
        let here = match (cell.symbol(), here) {
            ("│", _) => UP | DOWN,
            ("─", _) => LEFT | RIGHT,
            (_, at) => u8::try_from(at).unwrap_or(0),
        };
        let symbol = LINES.get(usize::from(here | bits)).copied().unwrap_or(" ");
        cell.set_symbol(symbol).set_style(style);
    }

    fn holds(&self, x: u16, y: u16) -> bool {
        self.buf.area.contains(Position::new(x, y))
    }
}
