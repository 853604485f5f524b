//! The chat list: who waits, what was said last, whether it arrived, whether one may answer freely.

use common::id::ChatId;
use common::model::chat::{Chat, LastMessage};
use common::model::message::Direction;
use common::text::clean::clean_line;
use common::tick::Status;
use common::window::Phase;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::overlay::Overlay;
use crate::msg::View;
use crate::part::clock::WindowClock;
use crate::part::ticks::Tick;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::hints;
use crate::view::sifted;
use crate::view::snooze;

/// Columns from which the list has a head and names the numbers.
const ROOMY: u16 = 30;

/// Draws the list; `tall` says that there is room for a head and hints.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, tall: bool) {
    pen.hit(area, Target::Pane(Pane::List));
    let mut rows = area;
    if tall && area.width >= ROOMY {
        sifted::head(desk, pen, Rect { height: 1, ..area });
        let tips = Rect {
            y: area.bottom().saturating_sub(1),
            height: 1,
            ..area
        };
        bar::row(
            desk,
            pen,
            tips,
            (Context::List, hints::own(desk, Context::List)),
        );
        rows.y += 2;
        rows.height = rows.height.saturating_sub(4);
    } else if sifted::is_told(desk) {
        sifted::head(desk, pen, Rect { height: 1, ..area });
        rows.y += 1;
        rows.height = rows.height.saturating_sub(1);
    }
    let step = if area.height >= 16 { 3 } else { 2 };
    let chats = desk.model.chats.rows();
    let ends = archived(desk);
    // Where there is no room below the hints, the last row of all gives way to it.
    let roomy = tall && area.width >= ROOMY;
    let own = u16::from(ends.is_some() && desk.model.chats.foot && !roomy);
    let fit = usize::from((rows.height - own.min(rows.height) + step - 2) / step).max(1);
    pen.hits.seen.list_rows = fit;
    if chats.is_empty() {
        sifted::empty(desk, pen, rows);
    }
    let cursor = desk.model.chats.cursor_row();
    let top = window_top(desk.model.chats.top, cursor, fit, chats.len());
    let mut y = rows.y;
    for id in chats.iter().skip(top).take(fit) {
        if let Some(chat) = desk.model.chats.get(*id) {
            let height = 2.min(rows.bottom().saturating_sub(y));
            entry(desk, pen, Rect { y, height, ..rows }, chat);
        }
        y = y.saturating_add(step);
    }
    if let Some(words) = ends {
        let last = rows.bottom().saturating_sub(1);
        let foot = if roomy {
            rows.bottom()
        } else {
            y.max(rows.y + own).min(last)
        };
        let whole = top + fit >= chats.len() && y <= foot;
        if roomy || desk.model.chats.foot || whole && !chats.is_empty() {
            let row = Rect {
                y: foot,
                height: 1,
                ..area
            };
            archived_row(desk, pen, row, &words);
        }
    }
}

/// `archived 214`, where the list ends with a row that leads to them.
fn archived(desk: &Desk<'_>) -> Option<String> {
    let chats = &desk.model.chats;
    let count = desk.model.archived();
    let told = chats.shelf().view == View::All && !chats.finds() && count > 0;
    told.then(|| {
        desk.say_with("chats-archived", &[("n", Arg::from(count))])
            .into_owned()
    })
}

/// Below the chats: a hairline that says how many are archived, and leads there.
fn archived_row(desk: &Desk<'_>, pen: &mut Pen<'_>, row: Rect, words: &str) {
    let model = desk.model;
    let on = model.chats.foot && model.focus.pane == Pane::List;
    let line = desk.glyphs.line().repeat(2);
    let mut x = row.x + 1;
    let slot = if on { Slot::Chosen } else { Slot::Dim };
    for (part, slot) in [(&*line, Slot::Frame), (words, slot), (&*line, Slot::Frame)] {
        let room = row.right().saturating_sub(x);
        x = pen.text((x, row.y), room, part, desk.ink(slot)) + 1;
    }
    if on && model.focus.overlays.is_empty() {
        pen.text(
            (row.x, row.y),
            1,
            desk.glyphs.cursor(),
            desk.ink(Slot::Cursor),
        );
        pen.cursor = Some((row.x, row.y).into());
    }
    pen.hit(row, Target::Action(Action::ViewArchived));
}

/// The first row to draw: the model's, moved as little as may be to have the cursor in sight.
fn window_top(top: usize, cursor: Option<usize>, fit: usize, all: usize) -> usize {
    let mut top = top.min(all.saturating_sub(fit));
    if let Some(cursor) = cursor {
        top = top.min(cursor).max((cursor + 1).saturating_sub(fit));
    }
    top
}

fn entry(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, chat: &Chat) {
    let model = desk.model;
    let has_cursor = model.chats.cursor == Some(chat.id) && !model.chats.foot;
    let typing = matches!(model.focus.overlay(), Some(Overlay::Filter(_)));
    let bare = model.focus.overlays.is_empty();
    let focused = model.focus.pane == Pane::List && (bare || typing);
    if has_cursor {
        let slot = if focused { Slot::Cursor } else { Slot::Frame };
        for y in area.y..area.bottom() {
            pen.text((area.x, y), 1, desk.glyphs.cursor(), desk.ink(slot));
        }
        if focused && bare {
            pen.cursor = Some((area.x, area.y).into());
        }
    }
    let is_open = model.open_id() == Some(chat.id);
    first_row(desk, pen, area, chat, is_open);
    if area.height > 1 {
        let below = Rect {
            y: area.y + 1,
            height: 1,
            ..area
        };
        second_row(desk, pen, below, chat);
    }
    pen.hit(area, Target::Chat(chat.id));
}

fn first_row(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, chat: &Chat, is_open: bool) {
    let (mark, slot) = mark(desk, chat);
    pen.text((area.x + 1, area.y), 1, mark, desk.ink(slot));
    let end = area.right().saturating_sub(1);
    let mut name_end = end;
    if let Some(until) = snooze::comes_back(desk, chat) {
        let words = format!("{} {until}", desk.glyphs.snoozed());
        name_end = pen
            .right((area.x, end), area.y, &words, desk.ink(Slot::Dim))
            .saturating_sub(1);
    } else if let Some(at) = chat.last_message_at {
        let time = desk.speech.brief_time(at, desk.model.now);
        let slot = if chat.unread > 0 {
            Slot::Unread
        } else {
            Slot::Dim
        };
        name_end = pen
            .right((area.x, end), area.y, &time, desk.ink(slot))
            .saturating_sub(1);
    }
    let mut style = Style::new();
    if chat.unread > 0 || is_open {
        style = desk.ink(Slot::Strong);
    }
    if is_open {
        style = style.patch(desk.ink(Slot::Accent));
    }
    let name = brief::name(&chat.customer);
    pen.text(
        (area.x + 3, area.y),
        name_end.saturating_sub(area.x + 3),
        &name,
        style,
    );
}

fn mark(desk: &Desk<'_>, chat: &Chat) -> (&'static str, Slot) {
    let failed = chat
        .last_message
        .as_ref()
        .is_some_and(|last| last.status == Status::Failed);
    if chat.is_back(desk.model.now) {
        (desk.glyphs.snoozed(), Slot::Warning)
    } else if chat.unread > 0 {
        (desk.glyphs.unread(), Slot::Unread)
    } else if failed {
        (desk.glyphs.trouble(), Slot::Alarm)
    } else if chat.pinned {
        (desk.glyphs.pinned(), Slot::Dim)
    } else {
        (" ", Slot::Dim)
    }
}

fn second_row(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, chat: &Chat) {
    let mut end = area.right().saturating_sub(1);
    let model = desk.model;
    if area.width >= ROOMY
        && model.numbers.len() > 1
        && model.filter().is_none()
        && let Some(place) = model.numbers.ordinal(chat.number_id)
    {
        let tag = format!("#{place}");
        end = pen
            .right((area.x, end), area.y, &tag, desk.ink(Slot::Dim))
            .saturating_sub(1);
    }
    if let Some((glyph, slot)) = window_mark(desk, chat) {
        end = pen
            .right((area.x, end), area.y, glyph, desk.ink(slot))
            .saturating_sub(1);
    }
    if chat.unread > 0 {
        let count = chat.unread.to_string();
        end = pen
            .right((area.x, end), area.y, &count, desk.ink(Slot::Unread))
            .saturating_sub(1);
    }
    let room = end.saturating_sub(area.x + 3);
    pen.spans((area.x + 3, area.y), room, &said_last(desk, chat, room));
}

/// The window is told in the list only when it is about to close, or closed.
fn window_mark(desk: &Desk<'_>, chat: &Chat) -> Option<(&'static str, Slot)> {
    let clock = WindowClock::of(chat.window, desk.model.meta_now());
    let slot = match clock.phase {
        Phase::Full | Phase::Half | Phase::Quarter => return None,
        Phase::Soon => Slot::Warning,
        Phase::Last => Slot::Alarm,
        Phase::Closed => Slot::Dim,
    };
    Some((desk.glyphs.clock(clock.phase), slot))
}

fn said_last(desk: &Desk<'_>, chat: &Chat, room: u16) -> Vec<Span<'static>> {
    let is_open = desk.model.open_id() == Some(chat.id);
    if let Some(draft) = own_draft(desk, chat.id).filter(|_| !is_open) {
        return draft_spans(desk, &draft);
    }
    let told = chat
        .draft
        .as_deref()
        .filter(|draft| !draft.trim().is_empty() && !is_open);
    if let Some(draft) = told {
        return draft_spans(desk, draft);
    }
    let Some(last) = &chat.last_message else {
        return vec![Span::styled(
            desk.say("chats-silent").into_owned(),
            desk.ink(Slot::Dim),
        )];
    };
    last_spans(desk, last, room)
}

fn draft_spans(desk: &Desk<'_>, draft: &str) -> Vec<Span<'static>> {
    let words = clean_line(draft, 120).into_owned();
    vec![
        Span::styled(
            format!("{} ", desk.say("chats-draft")),
            desk.ink(Slot::Warning),
        ),
        Span::styled(words, desk.ink(Slot::Dim)),
    ]
}

/// What stands in this desk's own box, newer than what the daemon says.
fn own_draft(desk: &Desk<'_>, chat: ChatId) -> Option<String> {
    let compose = desk.model.composes.get(&chat)?;
    let text = compose.field.text();
    (!text.trim().is_empty()).then_some(text)
}

fn last_spans(desk: &Desk<'_>, last: &LastMessage, room: u16) -> Vec<Span<'static>> {
    let words = brief::of(desk.speech, last.kind, last.text.as_deref());
    let mut spans = Vec::with_capacity(3);
    if last.direction == Direction::Outbound {
        if let Some(tick) = Tick::of(last.status) {
            spans.push(desk.tick(tick));
            spans.push(Span::raw(" "));
        }
        if room >= 22 {
            spans.push(Span::styled(
                format!("{}: ", desk.say("you")),
                desk.ink(Slot::Dim),
            ));
        }
    }
    let slot = if last.direction == Direction::Outbound {
        Slot::Dim
    } else {
        Slot::Text
    };
    let mut style = desk.ink(slot);
    if words.starts_with('[') {
        style = style.add_modifier(Modifier::ITALIC);
    }
    spans.push(Span::styled(words, style));
    spans
}

/// How wide a name may be in a head of this width.
pub(crate) fn name_room(width: u16) -> usize {
    usize::from(cells(usize::from(width) / 2).max(8))
}
