//! The quick switcher and the command palette: a field, a scored list, and what the keys do.

use std::collections::HashSet;

use common::id::ChatId;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::{Forward, Pick};
use crate::part::wrap;
use crate::view::bar;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen};
use crate::view::layout;

const WIDE: u16 = 64;
const HIGH: u16 = 18;

/// Go to a chat.
pub(crate) fn switcher(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, pick: &Pick<ChatId>) {
    let rows = open(desk, pen, area, ("switcher-title", Action::Switcher), pick);
    if pick.list.is_empty() && pick.field.text().starts_with('+') {
        return nothing(desk, pen, rows, "switcher-new-number");
    }
    chats(desk, pen, rows, pick);
}

/// Choose the chat that words go to.
pub(crate) fn forward(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, forward: &Forward) {
    let title = ("forward-title", Action::Forward);
    let rows = open(desk, pen, area, title, &forward.pick);
    let list = Rect {
        height: rows.height.saturating_sub(2),
        ..rows
    };
    chats(desk, pen, list, &forward.pick);
    let words = clean_line(&forward.text, 200);
    let foot = rows.bottom().saturating_sub(1);
    let room = rows.width.saturating_sub(2);
    pen.text((rows.x + 1, foot), room, &words, desk.ink(Slot::Quote));
}

fn chats(desk: &Desk<'_>, pen: &mut Pen<'_>, rows: Rect, pick: &Pick<ChatId>) {
    if pick.list.is_empty() {
        nothing(desk, pen, rows, "switcher-empty");
    }
    each(desk, pen, rows, pick, |desk, id, _| {
        let Some(chat) = desk.model.chats.get(*id) else {
            return Row::default();
        };
        let model = desk.model;
        let tag = model
            .numbers
            .ordinal(chat.number_id)
            .filter(|_| model.numbers.len() > 1);
        let mut right = tag.map(|place| format!("#{place}  ")).unwrap_or_default();
        if let Some(at) = chat.last_message_at {
            right = format!("{right}{:>6}", desk.speech.brief_time(at, model.now));
        }
        let unread = if chat.unread > 0 {
            chat.unread.to_string()
        } else {
            String::new()
        };
        Row {
            name: Some(brief::name(&chat.customer)),
            right,
            unread,
        }
    });
}

/// Do something by its name.
pub(crate) fn palette(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, pick: &Pick<Action>) {
    let rows = open(desk, pen, area, ("palette-title", Action::Palette), pick);
    let foot = rows.bottom().saturating_sub(1);
    let list = Rect {
        height: rows.height.saturating_sub(2),
        ..rows
    };
    if pick.list.is_empty() {
        nothing(desk, pen, list, "palette-empty");
    }
    each(desk, pen, list, pick, |desk, action, _| {
        let keys = Context::ALL
            .iter()
            .find_map(|context| desk.model.keymap.key_of(*action, *context))
            .unwrap_or_default();
        Row {
            name: None,
            right: keys,
            unread: String::new(),
        }
    });
    if let Some(help) = pick
        .list
        .selected()
        .and_then(|action| desk.speech.help(action.word()))
    {
        let room = rows.width.saturating_sub(2);
        pen.text((rows.x + 1, foot), room, &help, desk.ink(Slot::Dim));
    }
}

/// Frame, title, field, hints; gives the rows between them.
pub(super) fn open<T>(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    area: Rect,
    (title, action): (&'static str, Action),
    pick: &Pick<T>,
) -> Rect {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let title = format!(" {} ", desk.say(title));
    let room = outer.width.saturating_sub(4);
    pen.text((outer.x + 2, outer.y), room, &title, desk.ink(Slot::Accent));
    let keymap = &desk.model.keymap;
    let mut places = action.places().iter();
    if let Some(key) = places.find_map(|(at, _)| keymap.key_of(action, *at)) {
        let span = (outer.x, outer.right().saturating_sub(2));
        pen.right(span, outer.y, &format!(" {key} "), desk.ink(Slot::Dim));
    }
    let inner = Rect {
        x: outer.x + 1,
        y: outer.y + 1,
        width: outer.width.saturating_sub(2),
        height: outer.height.saturating_sub(2),
    };
    let field = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height: 1,
        ..inner
    };
    pen.field(field, &pick.field, desk.ink(Slot::Text));
    seam(desk, pen, outer, inner.y + 1);
    let foot = inner.bottom().saturating_sub(1);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect {
        y: foot,
        height: 1,
        ..inner
    };
    let actions: &[Action] = match action {
        Action::Palette => &[Action::Accept, Action::BindKey, Action::Back],
        _ => &[Action::Accept, Action::Down, Action::Up, Action::Back],
    };
    bar::row(desk, pen, hints, (Context::Overlay, actions));
    Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(4),
        ..inner
    }
}

/// A hairline across a frame.
pub(crate) fn seam(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, y: u16) {
    let right = outer.right().saturating_sub(1);
    pen.across(desk, y, outer.x + 1, right.saturating_sub(1));
    pen.meet_right(desk, outer.x, y);
    pen.meet_left(desk, right, y);
}

/// What a row of a list shows beside its name.
#[derive(Default)]
pub(super) struct Row {
    /// The name, where it is not the text that is searched.
    pub(super) name: Option<String>,
    pub(super) right: String,
    pub(super) unread: String,
}

/// The rows of a list, each with what stands beside its name.
pub(super) fn each<T>(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    area: Rect,
    pick: &Pick<T>,
    row: impl Fn(&Desk<'_>, &T, &str) -> Row,
) {
    let fit = usize::from(area.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = pick.list.len();
    let top = pick.list.top(fit);
    let marks = pick.list.marks(top, fit);
    let rows = pick.list.shown().iter().enumerate().skip(top);
    for ((nth, shown), marks) in rows.zip(&marks) {
        let Some((entry, text)) = pick.list.entry(shown.index) else {
            continue;
        };
        let y = area.y + u16::try_from(nth - top).unwrap_or(0);
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        let beside = row(desk, entry, text);
        if nth == pick.list.cursor() {
            pen.text(
                (area.x + 1, y),
                1,
                desk.glyphs.cursor(),
                desk.ink(Slot::Cursor),
            );
        }
        let end = area.right().saturating_sub(2);
        let mut stop = pen.right((area.x, end), y, &beside.right, desk.ink(Slot::Dim));
        if !beside.unread.is_empty() {
            let span = (area.x, stop.saturating_sub(2));
            stop = pen.right(span, y, &beside.unread, desk.ink(Slot::Unread));
        }
        let name = beside
            .name
            .unwrap_or_else(|| clean_line(text, 80).into_owned());
        let spans = marked(desk, &name, text, marks);
        let x = area.x + 2;
        pen.spans((x, y), stop.saturating_sub(x + 1), &spans);
        pen.hit(line, Target::Row(nth));
    }
}

/// A name with what the filter found in it; what was found behind the name is not shown.
fn marked(desk: &Desk<'_>, name: &str, text: &str, marks: &[u32]) -> Vec<Span<'static>> {
    let found: HashSet<usize> = marks
        .iter()
        .filter_map(|m| usize::try_from(*m).ok())
        .collect();
    if found.is_empty() || !text.starts_with(name) {
        return vec![Span::styled(name.to_owned(), desk.ink(Slot::Text))];
    }
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (at, grapheme) in name.graphemes(true).enumerate() {
        let style = desk.ink(if found.contains(&at) {
            Slot::Found
        } else {
            Slot::Text
        });
        match spans.last_mut().filter(|last| last.style == style) {
            Some(last) => last.content.to_mut().push_str(grapheme),
            None => spans.push(Span::styled(grapheme.to_owned(), style)),
        }
    }
    spans
}

/// A list with nothing in it says so.
pub(super) fn nothing(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, key: &'static str) {
    let room = usize::from(area.width.saturating_sub(4));
    let words = wrap::cut(&desk.say(key), room).into_owned();
    pen.text(
        (area.x + 2, area.y),
        area.width.saturating_sub(3),
        &words,
        desk.ink(Slot::Dim),
    );
}
