//! The box that one writes in: as whom, how long still, what is quoted; or why nothing can be written.

use common::model::number::NumberStatus;
use common::text::clean::clean_line;
use common::window::Phase;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::Room;
use crate::model::compose::Compose;
use crate::part::clock::WindowClock;
use crate::part::field::vim::{Mode, Vim};
use crate::part::spans;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bar;
use crate::view::brief;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::card;

const DAY: std::time::Duration = std::time::Duration::from_hours(24);

/// How many rows the box wants at this width.
pub(crate) fn rows(desk: &Desk<'_>, width: u16) -> u16 {
    let Some(compose) = desk.model.compose() else {
        return 1;
    };
    if desk.model.shows_closed_box() {
        return cells(closed(desk, width).len() + 1 + ways(desk, width).len());
    }
    let quote = u16::from(compose.quote.is_some());
    let note = u16::from(note(desk).is_some());
    compose.field.height(width.saturating_sub(2)) + quote + note
}

/// The names on the hairline above the box: as whom one writes, and the window's clock.
pub(crate) fn title(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let Some(chat) = desk.model.open_chat() else {
        return;
    };
    let end = area.right().saturating_sub(1);
    let clock = WindowClock::of(chat.window, desk.model.meta_now());
    // On a narrow screen the head has the clock, unless it must tell of a lost daemon.
    let told = desk.model.room() == Room::One && desk.model.daemon.is_up() && clock.is_open();
    let start = if told {
        end
    } else {
        window(desk, pen, (area, end), clock)
    };
    let operator = desk
        .model
        .daemon
        .operator()
        .map(|name| clean_line(name, 24));
    let name = match operator {
        Some(name) if area.width >= 36 => desk
            .say_with("compose-as", &[("name", Arg::from(&name))])
            .into_owned(),
        _ => desk.say("compose").into_owned(),
    };
    let name = match desk.model.vim.as_ref().map(Vim::mode) {
        Some(Mode::Normal) => format!("{name}  {}", desk.say("compose-normal")),
        Some(Mode::Visual) => format!("{name}  {}", desk.say("compose-visual")),
        Some(Mode::Insert) | None => name,
    };
    let enclosed = desk.model.compose().map_or(0, |c| c.enclosed.len());
    let name = if enclosed > 0 {
        let args = [("n", Arg::from(enclosed))];
        format!("{name}  + {}", desk.say_with("replies-files", &args))
    } else {
        name
    };
    let focused = desk.model.focus.pane == Pane::Compose && desk.model.focus.overlays.is_empty();
    let style = if focused {
        desk.ink(Slot::Accent)
    } else {
        desk.ink(Slot::Dim)
    };
    let room = start.saturating_sub(area.x + 3);
    pen.text((area.x + 1, area.y), room, &format!(" {name} "), style);
}

/// The window's clock at the end of the title; gives where it begins.
fn window(desk: &Desk<'_>, pen: &mut Pen<'_>, (area, end): (Rect, u16), clock: WindowClock) -> u16 {
    let words = clock.words(desk.speech);
    let words = if area.width >= 48 && clock.is_open() {
        desk.say_with("window-left", &[("span", Arg::from(&words))])
            .into_owned()
    } else {
        words
    };
    let words = format!(" {} {words} ", desk.glyphs.clock(clock.phase));
    pen.right(
        (area.x, end),
        area.y,
        &words,
        clock_style(desk, clock.phase),
    )
}

/// The colour of the window's clock.
pub(crate) fn clock_style(desk: &Desk<'_>, phase: Phase) -> Style {
    desk.ink(match phase {
        Phase::Full | Phase::Half | Phase::Quarter => Slot::Dim,
        Phase::Soon | Phase::Closed => Slot::Warning,
        Phase::Last => Slot::Alarm,
    })
}

/// Draws the box.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    pen.hit(area, Target::Pane(Pane::Compose));
    let Some(compose) = desk.model.compose() else {
        return;
    };
    if desk.model.shows_closed_box() {
        closed_box(desk, pen, area);
        return;
    }
    let mut area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    if let Some(words) = note(desk) {
        pen.text(
            (area.x, area.y),
            area.width,
            &words,
            desk.ink(Slot::Warning),
        );
        area = below(area);
    }
    if let Some(id) = compose.quote {
        let words = quote(desk, id);
        pen.text((area.x, area.y), area.width, &words, desk.ink(Slot::Quote));
        pen.hit(Rect { height: 1, ..area }, Target::Quoted(id));
        area = below(area);
    }
    text(desk, pen, area, compose);
}

fn below(area: Rect) -> Rect {
    let step = area.height.min(1);
    Rect {
        y: area.y + step,
        height: area.height - step,
        ..area
    }
}

fn text(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, compose: &Compose) {
    let focused = desk.model.focus.pane == Pane::Compose && desk.model.focus.overlays.is_empty();
    pen.hit(area, Target::Text(area));
    if compose.field.is_empty() {
        let key = desk
            .model
            .keymap
            .key_of(Action::Write, Context::Talk)
            .filter(|_| !focused);
        let words = match key {
            Some(key) => desk.say_with("compose-begin", &[("key", Arg::from(&key))]),
            None => desk.say("compose-empty"),
        };
        let x = area.x + u16::from(focused);
        pen.text(
            (x, area.y),
            area.width.saturating_sub(1),
            &words,
            desk.ink(Slot::Dim),
        );
    } else {
        let whole = spans::written(&compose.field.text(), card::inks(desk));
        for (y, (line, bytes)) in (area.y..).zip(compose.field.places_in(area)) {
            if let Some(line) = whole.get(line) {
                pen.line((area.x, y), area.width, &spans::slice(line, &bytes));
            }
        }
        chosen(desk, pen, area, compose);
    }
    if focused && !area.is_empty() {
        pen.cursor = Some(compose.field.cursor_in(area));
    }
}

/// What is chosen with the keys of vi.
fn chosen(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, compose: &Compose) {
    let vim = desk.model.vim.as_ref();
    let Some((from, to)) = vim.and_then(|vim| vim.chosen(&compose.field)) else {
        return;
    };
    let lines = compose.field.lines();
    for (y, (line, bytes)) in (area.y..).zip(compose.field.places_in(area)) {
        let above = lines.iter().take(line);
        let above: usize = above.map(|line| line.graphemes(true).count() + 1).sum();
        let text = lines.get(line).map_or("", String::as_str);
        let head = text.get(..bytes.start).unwrap_or_default();
        let first = above + head.graphemes(true).count();
        let row: Vec<&str> = text
            .get(bytes)
            .unwrap_or_default()
            .graphemes(true)
            .collect();
        let wide = |range: std::ops::Range<usize>| -> u16 {
            let part = row.get(range.start..range.end.max(range.start));
            cells(
                part.unwrap_or_default()
                    .iter()
                    .map(|g| wrap::width(g))
                    .sum(),
            )
        };
        let start = from.saturating_sub(first).min(row.len());
        let end = to.saturating_sub(first).clamp(start, row.len());
        let room = Rect::new(area.x + wide(0..start), y, wide(start..end), 1);
        pen.tint(room, Style::new().add_modifier(Modifier::REVERSED));
    }
}

fn quote(desk: &Desk<'_>, id: common::id::MessageId) -> String {
    let message = desk.model.talk().and_then(|talk| talk.get(id));
    let words = message.map_or_else(
        || desk.say("quote-unknown").into_owned(),
        |message| {
            let brief = common::model::message::Brief {
                direction: message.direction,
                kind: message.content.kind(),
                text: message.text.clone().or_else(|| message.content.text()),
            };
            brief::quoted(desk.speech, &brief, desk.model.open_chat())
        },
    );
    format!("{}{words}", desk.glyphs.quote())
}

/// What the writer must know before Enter.
fn note(desk: &Desk<'_>) -> Option<String> {
    let model = desk.model;
    if !model.daemon.is_up() {
        return Some(desk.say("compose-offline").into_owned());
    }
    if !model.window_is_open() {
        return Some(desk.say("compose-closed").into_owned());
    }
    let key = match model.open_number()?.status {
        NumberStatus::Disconnected => "compose-paused",
        NumberStatus::Error => "compose-broken",
        NumberStatus::Connected | NumberStatus::Pending => return None,
    };
    Some(desk.say(key).into_owned())
}

/// Why nothing can be written, wrapped.
fn closed(desk: &Desk<'_>, width: u16) -> Vec<Line<'static>> {
    let expires = desk
        .model
        .open_chat()
        .and_then(|chat| chat.window.expires_at);
    let words = match expires {
        Some(end) => {
            let wrote = desk.speech.moment(end.minus(DAY), desk.model.now);
            desk.say_with("window-closed-why", &[("moment", Arg::from(&wrote))])
                .into_owned()
        }
        None => desk.say("window-never-why").into_owned(),
    };
    let room = usize::from(width.saturating_sub(2)).min(90);
    wrap::wrap(&[Span::styled(words, desk.ink(Slot::Text))], room)
}

fn closed_box(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let lines = closed(desk, area.width);
    let spare = usize::from(area.height) > lines.len() + 1;
    let mut y = area.y;
    for line in lines
        .iter()
        .take(usize::from(area.height.saturating_sub(1)))
    {
        pen.line((area.x + 1, y), area.width.saturating_sub(1), line);
        y += 1;
    }
    y += u16::from(spare);
    if desk.model.focus.pane == Pane::Compose && desk.model.focus.overlays.is_empty() {
        pen.cursor = Some((area.x + 3, y).into());
    }
    for (y, row) in (y..area.bottom()).zip(ways(desk, area.width)) {
        let mut x = area.x + 1;
        for (key, words, action) in row {
            x = way(desk, pen, (x, y, area.right()), (&key, &words, action)) + 2;
        }
    }
}

/// A key, what it does in words, and the deed.
type Way = (String, String, Action);

/// The ways out of a closed window: a template first, a draft beside it, and why it is closed; as many in a row
/// as fit.
fn ways(desk: &Desk<'_>, width: u16) -> Vec<Vec<Way>> {
    let ways = [
        (Action::Send, "window-choose-template", Action::Template),
        (
            Action::KeepWriting,
            "window-keep-writing",
            Action::KeepWriting,
        ),
    ];
    let key = |pressed| bar::key(desk, pressed, Context::Text);
    // The key that tells of a message tells of the box too.
    let why = desk.model.keymap.key_of(Action::Details, Context::Talk);
    let ways = ways.map(|(pressed, words, action)| (key(pressed), words, action));
    let ways = ways
        .into_iter()
        .chain([(why, "window-why", Action::WhyClosed)]);
    let wide = |words: &str| cells(Span::raw(words).width());
    let mut rows: Vec<Vec<Way>> = Vec::new();
    let mut left = 0;
    for (key, words, action) in ways {
        let Some(key) = key else { continue };
        let words = desk.say(words).into_owned();
        let needed = wide(&key) + wide(&words) + 8;
        if needed > left {
            left = width;
            rows.push(Vec::new());
        }
        left = left.saturating_sub(needed);
        if let Some(row) = rows.last_mut() {
            row.push((key, words, action));
        }
    }
    rows
}

/// One way out as a button; gives the column behind it.
fn way(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    (x, y, end): (u16, u16, u16),
    (key, words, action): (&str, &str, Action),
) -> u16 {
    let mut at = pen.text((x, y), end.saturating_sub(x), "[ ", desk.ink(Slot::Dim));
    at = pen.text((at, y), end.saturating_sub(at), key, desk.ink(Slot::Key)) + 2;
    at = pen.text((at, y), end.saturating_sub(at), words, desk.ink(Slot::Text));
    at = pen.text((at, y), end.saturating_sub(at), " ]", desk.ink(Slot::Dim));
    let place = Rect::new(x, y, at.saturating_sub(x), 1);
    pen.hit(place, Target::Action(action));
    at
}
