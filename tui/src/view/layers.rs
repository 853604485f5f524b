//! What is kept about a customer, as layers to change it: notes, labels.

use common::text::clean::{clean, clean_line};
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::{Labels, Notes};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::pick::seam;
use crate::view::{bar, brief, layout};

const WIDE: u16 = 70;
const HIGH: u16 = 18;

/// A box with a title and hints; gives what lies between.
fn open(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, (title, hints): (&str, &[Action])) -> Rect {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let room = outer.width.saturating_sub(4);
    let title = format!(" {title} ");
    pen.text((outer.x + 2, outer.y), room, &title, desk.ink(Slot::Accent));
    seam(desk, pen, outer, outer.bottom().saturating_sub(3));
    let foot = Rect {
        x: outer.x + 1,
        y: outer.bottom().saturating_sub(2),
        width: outer.width.saturating_sub(2),
        height: 1,
    };
    bar::row(desk, pen, foot, (Context::Overlay, hints));
    Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(4),
    }
}

/// What was written down about a customer: the field first, then the notes, newest first. The
/// note that is changed has the field in its place.
pub(crate) fn notes(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, layer: &Notes) {
    let model = desk.model;
    let mut chats = model.chats.iter();
    let who = chats.find(|chat| chat.customer.id == layer.customer);
    let name = who
        .map(|chat| brief::name(&chat.customer))
        .unwrap_or_default();
    let title = desk.say_with("notes-title", &[("name", Arg::from(&name))]);
    let hints = [Action::Accept, Action::Down, Action::Up, Action::Back];
    let inner = open(desk, pen, area, (&title, &hints));
    let text = Rect {
        x: inner.x + 2,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let mut y = text.y;
    if layer.editing.is_none() {
        if layer.field.is_empty() {
            let words = desk.say("notes-new");
            pen.text((text.x + 1, y), text.width, &words, desk.ink(Slot::Dim));
        }
        y = field(desk, pen, Rect { y, ..text }, layer) + 1;
    }
    let card = model.cards.get(layer.customer);
    let notes = card.map_or(&[][..], |card| &card.notes);
    if card.is_none() {
        let words = desk.say("talk-loading");
        pen.text((text.x, y), text.width, &words, desk.ink(Slot::Dim));
    }
    let edited = |id| notes.iter().position(|note| note.id == id);
    let from = layer.editing.and_then(edited).unwrap_or(0);
    for note in notes.iter().skip(from) {
        if y >= text.bottom() {
            break;
        }
        let at = note.edited_at.unwrap_or(note.created_at);
        let day = desk.speech.short_date(at, model.now);
        let head = format!("{day}  {}", clean_line(&note.author, 24));
        pen.text((text.x, y), text.width, &head, desk.ink(Slot::Dim));
        y += 1;
        if layer.editing == Some(note.id) {
            y = field(desk, pen, Rect { y, ..text }, layer) + 1;
            continue;
        }
        for words in clean(&note.text).lines() {
            let span = Span::styled(words.to_owned(), desk.ink(Slot::Text));
            for line in wrap::wrap(&[span], usize::from(text.width)) {
                if y < text.bottom() {
                    pen.line((text.x, y), text.width, &line);
                }
                y = y.saturating_add(1);
            }
        }
        y = y.saturating_add(1);
    }
}

/// The field of a note, with the cursor; gives the row below it.
fn field(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, layer: &Notes) -> u16 {
    let end = area.y.saturating_add(area.height);
    let high = layer.field.height(area.width).clamp(1, 6);
    let place = Rect {
        height: high.min(end.saturating_sub(area.y)).max(1),
        ..area
    };
    let mark = desk.glyphs.cursor();
    pen.text(
        (area.x.saturating_sub(2), area.y),
        1,
        mark,
        desk.ink(Slot::Cursor),
    );
    pen.field(place, &layer.field, desk.ink(Slot::Text));
    place.bottom()
}

/// The labels of a chat: those it has are ticked.
pub(crate) fn labels(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, layer: &Labels) {
    let chat = desk.model.chats.get(layer.chat);
    let name = chat
        .map(|chat| brief::name(&chat.customer))
        .unwrap_or_default();
    let title = desk.say_with("labels-title", &[("name", Arg::from(&name))]);
    let hints = [Action::Tick, Action::Down, Action::Up, Action::Back];
    let inner = open(desk, pen, area, (&title, &hints));
    let field = Rect { height: 1, ..inner };
    let typed = layer.pick.field.text();
    if typed.is_empty() {
        let words = desk.say("labels-new");
        pen.text(
            (field.x + 1, field.y),
            field.width,
            &words,
            desk.ink(Slot::Dim),
        );
    }
    pen.field(field, &layer.pick.field, desk.ink(Slot::Text));
    let rows = Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(2),
        ..inner
    };
    let list = &layer.pick.list;
    let fit = usize::from(rows.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = list.len();
    if list.is_empty() {
        let words = if typed.trim().is_empty() {
            desk.say("labels-none").into_owned()
        } else {
            let args = [("label", Arg::from(typed.trim()))];
            desk.say_with("labels-add", &args).into_owned()
        };
        pen.text((rows.x, rows.y), rows.width, &words, desk.ink(Slot::Dim));
    }
    let top = list.top(fit);
    for (nth, shown) in list.shown().iter().enumerate().skip(top).take(fit) {
        let Some((label, _)) = list.entry(shown.index) else {
            continue;
        };
        let chosen = layer.chosen.contains(label);
        let (tick, slot) = if chosen {
            ("[x]", Slot::Card)
        } else {
            ("[ ]", Slot::Text)
        };
        let here = nth == list.cursor();
        let mark = if here { desk.glyphs.cursor() } else { " " };
        let line = Line::from(vec![
            Span::styled(mark, desk.ink(Slot::Cursor)),
            Span::raw(" "),
            Span::styled(tick, desk.ink(Slot::Dim)),
            Span::raw(" "),
            Span::styled(clean_line(label, 60).into_owned(), desk.ink(slot)),
        ]);
        let row = Rect {
            y: rows.y + cells(nth - top),
            height: 1,
            ..rows
        };
        pen.line((row.x, row.y), row.width, &line);
        pen.hit(row, Target::Row(nth));
    }
}
