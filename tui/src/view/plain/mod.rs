//! The screen for the ear: no frames, one thing a line, words for marks, what is new at the foot.

pub(crate) mod aside;
pub mod ear;
pub(crate) mod words;

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::part::wrap;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::plain::ear::{Ear, fit, listen};

/// Everything that would be said by a console that has said nothing yet, as one page: what does
/// not fit has gone up and away.
pub(crate) fn page(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let told = listen(desk, &mut Ear::default());
    pen.hits.seen = told.seen;
    let room = usize::from(area.width);
    let style = desk.ink(Slot::Text);
    let mut lines = Vec::new();
    for line in told.lines {
        lines.extend(wrap::wrap(&[Span::styled(line, style)], room));
    }
    let (prompt, mut x) = fit(&told.prompt, told.cursor, room.saturating_sub(1));
    if prompt.is_empty() {
        x = lines
            .last()
            .map_or(0, |line| wrap::width(&line.to_string()));
    } else {
        lines.push(Span::styled(prompt, style).into());
    }
    let skip = lines.len().saturating_sub(usize::from(area.height));
    let mut y = area.y;
    for line in lines.iter().skip(skip) {
        pen.line((area.x, y), area.width, line);
        y += 1;
    }
    let x = cells(x).min(area.width.saturating_sub(1));
    pen.cursor = Some((area.x + x, y.saturating_sub(1)).into());
}
