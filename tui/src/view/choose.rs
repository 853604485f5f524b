//! Small choices on a message: an emoji to react with, one of its links, a part of its words.

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::{Part, Pick, React};
use crate::part::wrap;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::layout;
use crate::view::pick::{self, Row, seam};

/// Reactions that a digit chooses.
const DIGITS: usize = 9;

/// Put an emoji on a message.
pub(crate) fn react(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, react: &React) {
    let title = ("react-title", Action::React);
    let rows = pick::open(
        desk,
        pen,
        layout::middle(area, (48, 14)),
        title,
        &react.pick,
    );
    if react.pick.list.is_empty() {
        pick::nothing(desk, pen, rows, "react-empty");
    }
    let unfiltered = react.pick.field.is_empty();
    let list = &react.pick.list;
    let first: Vec<&String> = list
        .shown()
        .iter()
        .take(DIGITS)
        .filter_map(|shown| list.entry(shown.index).map(|(emoji, _)| emoji))
        .collect();
    pick::each(desk, pen, rows, &react.pick, |desk, emoji, names| {
        let place = first.iter().position(|other| *other == emoji);
        let own = react.own.as_ref() == Some(emoji);
        let right = match place.filter(|_| unfiltered) {
            _ if own => desk.say("react-take-off").into_owned(),
            Some(place) => (place + 1).to_string(),
            None => String::new(),
        };
        let names = wrap::cut(names, 34).into_owned();
        Row {
            name: Some(format!("{emoji} {names}")),
            right,
            unread: String::new(),
        }
    });
}

/// Choose one of a message's links.
pub(crate) fn links(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, pick: &Pick<String>) {
    let title = ("links-title", Action::OpenLink);
    let rows = pick::open(desk, pen, area, title, pick);
    pick::each(desk, pen, rows, pick, |_, _, _| Row::default());
}

/// Choose a part of a message's words.
pub(crate) fn part(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, part: &Part) {
    let wide = 76.min(area.width);
    let room = usize::from(wide.saturating_sub(4));
    let chosen = part.chosen();
    let (plain, style) = (desk.ink(Slot::Text), desk.ink(Slot::Chosen));
    let style = style.add_modifier(Modifier::REVERSED);
    let pieces = [0..chosen.start, chosen.clone(), chosen.end..part.text.len()];
    let styles = [plain, style, plain];
    let spans: Vec<Span<'_>> = pieces
        .into_iter()
        .zip(styles)
        .map(|(bytes, style)| Span::styled(part.text.get(bytes).unwrap_or_default(), style))
        .collect();
    let lines = wrap::wrap(&spans, room);
    let outer = layout::middle(area, (wide, cells(lines.len()) + 5));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let title = format!(" {} ", desk.say("part-title"));
    pen.text(
        (outer.x + 2, outer.y),
        wide.saturating_sub(4),
        &title,
        desk.ink(Slot::Accent),
    );
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let fit = usize::from(outer.height.saturating_sub(4));
    // The chosen words are kept in sight, their end rather than their begin.
    let last = lines
        .iter()
        .rposition(|line| line.spans.iter().any(|span| span.style == style))
        .unwrap_or(0);
    let top = (last + 1).saturating_sub(fit);
    for (y, line) in (outer.y + 1..).zip(lines.iter().skip(top).take(fit)) {
        pen.line((outer.x + 2, y), wide.saturating_sub(4), line);
    }
    let help = desk.say("part-help");
    let end = pen.text(
        (outer.x + 2, foot),
        wide.saturating_sub(4),
        &help,
        desk.ink(Slot::Dim),
    );
    let hints = Rect {
        x: end + 1,
        y: foot,
        width: outer.right().saturating_sub(end + 2),
        height: 1,
    };
    bar::row(desk, pen, hints, (Context::Overlay, &[Action::Back]));
    let row = outer.y + 1 + cells(last.saturating_sub(top));
    pen.cursor = Some((outer.x + 2, row).into());
}
