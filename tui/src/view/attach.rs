//! The file picker: a folder on the left, what the file is and its caption on the right, the verdict before Enter.

use common::file::unfit::Unfit;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::file::Entry;
use crate::hit::{Pane, Target};
use crate::model::attach::{Attach, For};
use crate::model::toast::Say;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::pick::seam;
use crate::view::{bar, brief, candidate, layout, over};

const WIDE: u16 = 110;
const HIGH: u16 = 34;
/// Columns from which the preview stands beside the list.
const SPLIT: u16 = 64;
/// Rows below the list for the verdict.
const VERDICT: u16 = 4;

/// Draws the picker.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, attach: &Attach) {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    title(desk, pen, outer, attach);
    place(desk, pen, outer, attach);
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, outer.y + 2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect {
        x: outer.x + 1,
        y: foot,
        width: outer.width.saturating_sub(2),
        height: 1,
    };
    bar::row(desk, pen, hints, (Context::Overlay, deeds(attach)));
    let inner = Rect {
        x: outer.x + 1,
        y: outer.y + 3,
        width: outer.width.saturating_sub(2),
        height: foot.saturating_sub(outer.y + 4),
    };
    let split = outer.width >= SPLIT;
    let wide = if split {
        inner.width * 9 / 20
    } else {
        inner.width
    };
    let left = Rect {
        width: wide,
        ..inner
    };
    if split {
        let x = inner.x + wide;
        pen.down(desk, x, inner.y, inner.bottom().saturating_sub(1));
        pen.meet_below(desk, x, inner.y.saturating_sub(1));
        pen.meet_above(desk, x, inner.bottom());
        let right = Rect {
            x: x + 2,
            width: inner.right().saturating_sub(x + 3),
            ..inner
        };
        candidate::draw(desk, pen, right, attach);
    }
    let below = if split { VERDICT } else { VERDICT + 3 };
    let rows = Rect {
        height: left.height.saturating_sub(below),
        ..left
    };
    list(desk, pen, rows, attach);
    let under = Rect {
        y: rows.bottom(),
        height: left.height.saturating_sub(rows.height),
        x: left.x + 1,
        width: left.width.saturating_sub(2),
    };
    if split {
        verdict(desk, pen, under, attach);
    } else {
        let facts = Rect { height: 2, ..under };
        candidate::described(desk, pen, facts, attach);
        candidate::caption(
            desk,
            pen,
            Rect {
                y: under.y + 2,
                height: 1,
                ..under
            },
            attach,
        );
        let rest = Rect {
            y: under.y + 3,
            height: under.height.saturating_sub(3),
            ..under
        };
        verdict(desk, pen, rest, attach);
    }
}

/// What the keys do, for a chat and for another layer.
const fn deeds(attach: &Attach) -> &'static [Action] {
    match attach.whose {
        For::Chat(_) => &[
            Action::Accept,
            Action::Tick,
            Action::NextPane,
            Action::AsDocument,
            Action::HiddenFiles,
            Action::Back,
        ],
        For::Header(_) | For::Reply => &[Action::Accept, Action::HiddenFiles, Action::Back],
    }
}

fn title(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, attach: &Attach) {
    let room = outer.width.saturating_sub(4);
    let words = match attach.whose {
        For::Chat(chat) => {
            let chat = desk.model.chats.get(chat);
            let name = chat
                .map(|chat| brief::name(&chat.customer))
                .unwrap_or_default();
            desk.say_with("attach-title", &[("name", Arg::from(&name))])
                .into_owned()
        }
        For::Header(_) | For::Reply => desk.say("attach-choose").into_owned(),
    };
    pen.text(
        (outer.x + 2, outer.y),
        room,
        &format!(" {words} "),
        desk.ink(Slot::Accent),
    );
    if !attach.chosen.is_empty() {
        let size = desk.speech.size(attach.bytes());
        let args = [
            ("n", Arg::from(attach.chosen.len())),
            ("size", Arg::from(&size)),
        ];
        let words = format!(" {} ", desk.say_with("attach-chosen", &args));
        let span = (outer.x + 2, outer.right().saturating_sub(2));
        pen.right(span, outer.y, &words, desk.ink(Slot::Strong));
    }
}

/// The folder, and the letters that filter it.
fn place(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, attach: &Attach) {
    let y = outer.y + 1;
    let room = outer.width.saturating_sub(4);
    let folder = clean_line(&attach.shown, 200).into_owned();
    let most = room / 2;
    let x = pen.text((outer.x + 2, y), most, &folder, desk.ink(Slot::Dim));
    let x = pen.text((x + 2, y), 2, "/ ", desk.ink(Slot::Key));
    let field = Rect {
        x,
        y,
        width: outer.right().saturating_sub(x + 2),
        height: 1,
    };
    for row in attach.pick.field.rows_in(field) {
        pen.text((field.x, y), field.width, &row, desk.ink(Slot::Text));
    }
    if attach.caption.is_none() {
        pen.cursor = Some(attach.pick.field.cursor_in(field));
    }
}

fn list(desk: &Desk<'_>, pen: &mut Pen<'_>, rows: Rect, attach: &Attach) {
    let list = &attach.pick.list;
    let fit = usize::from(rows.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = list.len();
    if list.is_empty() {
        let words = match &attach.fault {
            Some(why) => desk.say_with("attach-unlisted", &[("why", Arg::from(why))]),
            None if !attach.listed => desk.say("talk-loading"),
            None => desk.say("attach-empty"),
        };
        let room = rows.width.saturating_sub(2);
        pen.text((rows.x + 1, rows.y), room, &words, desk.ink(Slot::Dim));
    }
    let top = list.top(fit);
    for (nth, shown) in list.shown().iter().enumerate().skip(top).take(fit) {
        let Some((entry, _)) = list.entry(shown.index) else {
            continue;
        };
        let row = Rect {
            y: rows.y + cells(nth - top),
            height: 1,
            ..rows
        };
        entry_row(desk, pen, row, (attach, entry, nth == list.cursor()));
        pen.hit(row, Target::Row(nth));
    }
}

fn entry_row(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    row: Rect,
    (attach, entry, here): (&Attach, &Entry, bool),
) {
    let mark = if here { desk.glyphs.cursor() } else { " " };
    let name = clean_line(&entry.name, 200);
    let tick = attach.tick(&entry.path);
    let (tick, name, slot) = match (entry.folder, tick) {
        (true, _) => (String::new(), format!("{name}/"), Slot::Strong),
        (false, Some(chosen)) => {
            let kind = if chosen.document { "[d] " } else { "[x] " };
            (kind.to_owned(), name.into_owned(), Slot::Card)
        }
        (false, None) => ("[ ] ".to_owned(), name.into_owned(), Slot::Text),
    };
    let bad = matches!(attach.verdict(&entry.path), Some(Err(_)));
    let size = if entry.folder {
        String::new()
    } else {
        let flag = if bad { " !" } else { "" };
        let recent = entry
            .recent
            .then(|| format!("{}  ", desk.say("attach-recent")));
        format!(
            "{}{}{flag}",
            recent.unwrap_or_default(),
            desk.speech.size(entry.bytes)
        )
    };
    let end = row.right().saturating_sub(1);
    let slot_size = if bad { Slot::Warning } else { Slot::Dim };
    let x = pen.right((row.x + 8, end), row.y, &size, desk.ink(slot_size));
    let spans = [
        Span::styled(mark, desk.ink(Slot::Cursor)),
        Span::styled(tick, desk.ink(Slot::Dim)),
        Span::styled(name, desk.ink(slot)),
    ];
    pen.spans((row.x, row.y), x.saturating_sub(row.x + 1), &spans);
}

/// Why Enter did not send, or what is wrong with the file under the cursor; else what the
/// clipboard has.
fn verdict(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, attach: &Attach) {
    let current = attach.current().filter(|entry| !entry.folder);
    let unfit = current.and_then(|entry| attach.verdict(&entry.path)?.err());
    let (words, slot) = if let Some(refusal) = &attach.refusal {
        (over::words(desk, refusal).into_owned(), Slot::Warning)
    } else if let Some(unfit) = unfit {
        (refused(desk, &unfit), Slot::Warning)
    } else if attach.clipboard {
        (desk.say("attach-clipboard").into_owned(), Slot::Dim)
    } else {
        return;
    };
    let mark = if slot == Slot::Warning { "! " } else { "" };
    let spans = [Span::styled(format!("{mark}{words}"), desk.ink(slot))];
    let lines: Vec<Line<'_>> = wrap::wrap(&spans, usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
        pen.line((area.x, y), area.width, line);
    }
}

/// A verdict as a sentence, with the way out.
pub(crate) fn refused(desk: &Desk<'_>, unfit: &Unfit) -> String {
    let say: Say = crate::model::attach::refusal(unfit);
    let words = over::words(desk, &say).into_owned();
    let key = desk
        .model
        .keymap
        .key_of(Action::AsDocument, Context::Overlay);
    match (&unfit.instead, key, &unfit.command) {
        (Some(_), Some(key), _) => {
            let args = [("key", Arg::from(&key))];
            format!("{words} {}", desk.say_with("attach-instead", &args))
        }
        (_, _, Some(command)) => {
            let args = [("command", Arg::from(command))];
            format!("{words} {}", desk.say_with("attach-convert", &args))
        }
        _ => words,
    }
}
