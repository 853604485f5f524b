//! What the list shows of all chats: the head with its view, the letters it is filtered by, why it is empty.

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::Overlay;
use crate::msg::View;
use crate::part::field::Field;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen};

/// Whether the list shows less than every open chat, so that it must be said.
pub(crate) fn is_told(desk: &Desk<'_>) -> bool {
    let chats = &desk.model.chats;
    chats.finds() || chats.shelf().view != View::All || field(desk).is_some()
}

/// The field that letters are typed into.
fn field<'a>(desk: &Desk<'a>) -> Option<&'a Field> {
    match desk.model.focus.overlay() {
        Some(Overlay::Filter(field)) => Some(field),
        _ => None,
    }
}

/// One row: the letters, or title and view, with how many chats are shown.
pub(crate) fn head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let chats = &desk.model.chats;
    if field(desk).is_some() || chats.finds() {
        return letters(desk, pen, area);
    }
    let title = desk.say("chats-title");
    let strong = desk.ink(Slot::Strong);
    let x = pen.text((area.x + 1, area.y), area.width, &title, strong);
    pen.hit(
        Rect {
            width: x.saturating_sub(area.x),
            ..area
        },
        Target::Action(Action::ViewAll),
    );
    let x = x + 2;
    let room = area.right().saturating_sub(x + 1);
    let more = if chats.is_complete() { "" } else { "+" };
    let view = chats.shelf().view;
    if view == View::All {
        let open = format!("{}{more}", chats.open());
        let args = [
            ("open", Arg::from(&open)),
            ("waiting", Arg::from(chats.waiting())),
        ];
        let counts = desk.say_with("chats-counts", &args);
        pen.text((x, area.y), room, &counts, desk.ink(Slot::Dim));
        let rest = Rect {
            x,
            width: room,
            ..area
        };
        pen.hit(rest, Target::Action(Action::ViewWaiting));
    } else {
        let words = format!("{} {}{more}", desk.say(view.word()), chats.rows().len());
        pen.text((x, area.y), room, &words, desk.ink(Slot::Accent));
    }
}

/// `/ letters`, with the cursor while they are typed.
fn letters(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let count = desk.model.chats.rows().len().to_string();
    let end = area.right().saturating_sub(1);
    let stop = pen.right((area.x, end), area.y, &count, desk.ink(Slot::Dim));
    let x = pen.text((area.x + 1, area.y), 2, "/", desk.ink(Slot::Key)) + 1;
    let room = Rect {
        x,
        width: stop.saturating_sub(x + 1).max(1),
        height: 1,
        ..area
    };
    pen.hit(area, Target::Action(Action::Filter));
    if let Some(field) = field(desk) {
        pen.field(room, field, desk.ink(Slot::Text));
    } else {
        let words = &desk.model.chats.letters;
        pen.text((x, area.y), room.width, words, desk.ink(Slot::Accent));
    }
}

/// Why there is nothing, and what fills the list.
pub(crate) fn why_empty(desk: &Desk<'_>) -> String {
    let model = desk.model;
    let chats = &model.chats;
    let view = chats.shelf().view;
    let words = if chats.finds() {
        desk.say_with(
            "chats-found-none",
            &[("letters", Arg::from(&chats.letters))],
        )
    } else if !chats.is_loaded() {
        if model.daemon.is_up() {
            return desk.patience(chats.asked_at, &desk.say("chats-loading"));
        }
        desk.say("chats-none-yet")
    } else if view != View::All {
        desk.say(view.empty_word())
    } else if model.filter().is_some() {
        desk.say("chats-empty-number")
    } else if model.numbers.is_empty() {
        desk.say("chats-no-number")
    } else {
        desk.say("chats-empty")
    };
    let mut words = words.into_owned();
    let narrowed = is_told(desk) || model.filter().is_some();
    if narrowed && let Some(key) = model.keymap.key_of(Action::Back, Context::List) {
        let way = desk.say_with("chats-way-back", &[("key", Arg::from(&key))]);
        words = format!("{words}\n{way}");
    }
    words
}

/// The same, drawn.
pub(crate) fn empty(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let words = why_empty(desk);
    let room = usize::from(area.width.saturating_sub(3));
    let lines = wrap::wrap(&[Span::styled(words, desk.ink(Slot::Dim))], room);
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
        pen.line((area.x + 2, y), area.width.saturating_sub(2), line);
    }
    let focus = &desk.model.focus;
    if focus.pane == Pane::List && focus.overlays.is_empty() {
        pen.cursor = Some((area.x, area.y).into());
    }
}
