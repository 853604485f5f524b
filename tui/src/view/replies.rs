//! The layer of saved replies: a list with the words of each, or one that is written.

use common::text::clean::{clean, clean_line};
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::replies::{Draft, Replies};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::pick::seam;
use crate::view::{bar, layout, over};

const WIDE: u16 = 76;
const HIGH: u16 = 22;

/// Draws it.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, replies: &Replies) {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let room = outer.width.saturating_sub(4);
    let title = format!(" {} ", desk.say("replies-title"));
    pen.text((outer.x + 2, outer.y), room, &title, desk.ink(Slot::Accent));
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let actions: &[Action] = if replies.draft.is_some() {
        &[
            Action::Accept,
            Action::NextPane,
            Action::Attach,
            Action::Back,
        ]
    } else {
        &[
            Action::Accept,
            Action::NewReply,
            Action::NextPane,
            Action::RemoveReply,
            Action::Back,
        ]
    };
    let hints = Rect {
        x: outer.x + 1,
        y: foot,
        width: outer.width.saturating_sub(2),
        height: 1,
    };
    bar::row(desk, pen, hints, (Context::Overlay, actions));
    let inner = Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: room,
        height: foot.saturating_sub(outer.y + 2),
    };
    match &replies.draft {
        Some(draft) => write(desk, pen, inner, (draft, replies)),
        None => list(desk, pen, inner, replies),
    }
}

fn list(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, replies: &Replies) {
    let field = Rect { height: 1, ..area };
    for row in replies.pick.field.rows_in(field) {
        pen.text((field.x, field.y), field.width, &row, desk.ink(Slot::Text));
    }
    pen.cursor = Some(replies.pick.field.cursor_in(field));
    let rows = Rect {
        y: area.y + 2,
        height: (area.height / 2).max(3).min(area.height.saturating_sub(2)),
        ..area
    };
    let list = &replies.pick.list;
    let fit = usize::from(rows.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = list.len();
    if list.is_empty() {
        let asked = desk.model.saved.asked;
        let word = if asked {
            "talk-loading"
        } else {
            "replies-none"
        };
        pen.text(
            (rows.x, rows.y),
            rows.width,
            &desk.say(word),
            desk.ink(Slot::Dim),
        );
        return;
    }
    let top = list.top(fit);
    for (nth, shown) in list.shown().iter().enumerate().skip(top).take(fit) {
        let Some((reply, _)) = list.entry(shown.index) else {
            continue;
        };
        let y = rows.y + cells(nth - top);
        let mark = if nth == list.cursor() {
            desk.glyphs.cursor()
        } else {
            " "
        };
        let name = format!("/{}", clean_line(&reply.name, 40));
        let first = clean_line(&reply.text, 200).into_owned();
        let files = if reply.files.is_empty() {
            String::new()
        } else {
            let args = [("n", Arg::from(reply.files.len()))];
            format!("{}  ", desk.say_with("replies-files", &args))
        };
        let spans = [
            Span::styled(mark, desk.ink(Slot::Cursor)),
            Span::styled(name, desk.ink(Slot::Strong)),
            Span::raw("  "),
            Span::styled(files, desk.ink(Slot::Card)),
            Span::styled(first, desk.ink(Slot::Dim)),
        ];
        pen.spans(
            (rows.x, y),
            rows.width,
            &wrap::cut_spans(spans.into(), usize::from(rows.width)),
        );
        pen.hit(
            Rect {
                y,
                height: 1,
                ..rows
            },
            Target::Row(nth),
        );
    }
    if let Some(reply) = list.selected() {
        let below = Rect {
            y: rows.bottom() + 1,
            height: area.bottom().saturating_sub(rows.bottom() + 1),
            ..area
        };
        words(pen, below, &reply.text);
    }
}

/// The words of the reply under the cursor.
fn words(pen: &mut Pen<'_>, area: Rect, text: &str) {
    let mut y = area.y;
    for part in clean(text).lines() {
        for line in wrap::wrap(&[Span::raw(part.to_owned())], usize::from(area.width)) {
            if y < area.bottom() {
                pen.line((area.x, y), area.width, &line);
            }
            y = y.saturating_add(1);
        }
    }
}

fn write(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, (draft, replies): (&Draft, &Replies)) {
    let head = desk.say("reply-name-head");
    pen.text((area.x, area.y), area.width, &head, desk.ink(Slot::Dim));
    pen.text((area.x, area.y + 1), 1, "/", desk.ink(Slot::Key));
    let name = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(1),
        height: 1,
    };
    for row in draft.name.rows_in(name) {
        pen.text((name.x, name.y), name.width, &row, desk.ink(Slot::Text));
    }
    let head = desk.say("reply-text-head");
    pen.text((area.x, area.y + 3), area.width, &head, desk.ink(Slot::Dim));
    let text = Rect {
        y: area.y + 4,
        height: area.height.saturating_sub(7).max(1),
        ..area
    };
    for (y, row) in (text.y..text.bottom()).zip(draft.text.rows_in(text)) {
        pen.text((text.x, y), text.width, &row, desk.ink(Slot::Text));
    }
    pen.cursor = Some(if draft.in_text {
        draft.text.cursor_in(text)
    } else {
        draft.name.cursor_in(name)
    });
    let files: Vec<String> = draft
        .files
        .iter()
        .chain(&replies.files)
        .map(|media| {
            let name = media
                .filename
                .clone()
                .unwrap_or_else(|| media.id.to_string());
            clean_line(&name, 40).into_owned()
        })
        .collect();
    let y = area.bottom().saturating_sub(2);
    if !files.is_empty() {
        pen.text(
            (area.x, y),
            area.width,
            &files.join("  "),
            desk.ink(Slot::Card),
        );
    }
    let (words, slot) = match &draft.fault {
        Some(fault) => (over::words(desk, fault).into_owned(), Slot::Warning),
        None => (desk.say("reply-variables").into_owned(), Slot::Dim),
    };
    pen.text((area.x, y + 1), area.width, &words, desk.ink(slot));
}
