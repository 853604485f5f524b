//! Search: the words, where they are looked for, the hits in their sentences.

use common::api::search::Hit;
use common::model::message::Direction;
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::search::{Progress, Search};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::pick::seam;
use crate::view::{bar, brief, layout, over};

const WIDE: u16 = 92;
/// Rows from which hits stand apart.
const AIRY: u16 = 22;

/// Draws the layer.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, search: &Search) {
    let outer = layout::middle(area, (WIDE, area.height.min(40)));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let title = format!(" {} ", desk.say("search-title"));
    pen.text(
        (outer.x + 2, outer.y),
        outer.width.saturating_sub(4),
        &title,
        desk.ink(Slot::Accent),
    );
    scope(desk, pen, outer, search);
    let inner = Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(2),
    };
    let field = Rect { height: 1, ..inner };
    pen.field(field, &search.field, desk.ink(Slot::Text));
    seam(desk, pen, outer, inner.y + 1);
    let foot = inner.bottom().saturating_sub(1);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect {
        x: outer.x,
        y: foot,
        width: outer.width,
        height: 1,
    };
    let actions = [Action::Accept, Action::Down, Action::Up, Action::Back];
    bar::row(desk, pen, hints, (Context::Overlay, &actions));
    let rows = Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(4),
        ..inner
    };
    let body = Rect {
        height: rows.height.saturating_sub(3),
        ..rows
    };
    hits(desk, pen, body, search);
    let told = Rect {
        y: body.bottom() + 1,
        height: 1,
        ..rows
    };
    progress(desk, pen, told, search);
    let words = desk.say("search-operators");
    let words = wrap::cut(&words, usize::from(told.width)).into_owned();
    pen.text(
        (told.x, told.y + 1),
        told.width,
        &words,
        desk.ink(Slot::Dim),
    );
}

/// `here ▸ everywhere  Tab` at the end of the title; the one in force stands out.
fn scope(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, search: &Search) {
    if search.here.is_none() && desk.model.open_id().is_none() {
        return;
    }
    let ink = |chosen: bool| desk.ink(if chosen { Slot::Chosen } else { Slot::Dim });
    let key = desk
        .model
        .keymap
        .key_of(Action::NextPane, Context::Overlay)
        .unwrap_or_default();
    let spans = [
        Span::raw(" "),
        Span::styled(
            desk.say("search-here").into_owned(),
            ink(!search.everywhere),
        ),
        Span::raw("  "),
        Span::styled(
            desk.say("search-everywhere").into_owned(),
            ink(search.everywhere),
        ),
        Span::raw("  "),
        Span::styled(format!("{key} "), desk.ink(Slot::Key)),
    ];
    let wide = cells(spans.iter().map(|span| wrap::width(&span.content)).sum());
    let x = outer.right().saturating_sub(wide + 2);
    pen.spans((x, outer.y), wide, &spans);
    pen.hit(
        Rect::new(x, outer.y, wide, 1),
        Target::Action(Action::NextPane),
    );
}

fn hits(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, search: &Search) {
    let step = if area.height + 7 >= AIRY { 3 } else { 2 };
    let fit = usize::from((area.height + step - 2) / step).max(1);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = search.hits.len();
    let top = search.top(fit);
    let mut y = area.y;
    for (nth, hit) in search.hits.iter().enumerate().skip(top).take(fit) {
        let row = Rect {
            y,
            height: 2.min(area.bottom().saturating_sub(y)),
            ..area
        };
        if nth == search.cursor {
            for y in row.y..row.bottom() {
                let mark = desk.glyphs.cursor();
                pen.text(
                    (row.x.saturating_sub(1), y),
                    1,
                    mark,
                    desk.ink(Slot::Cursor),
                );
            }
        }
        one(desk, pen, row, hit);
        pen.hit(row, Target::Row(nth));
        y = y.saturating_add(step);
    }
}

/// Who, over which number, when; below it the words round the hit.
fn one(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, hit: &Hit) {
    let model = desk.model;
    let message = &hit.message;
    let when = desk.speech.moment(message.timestamp, model.now);
    let span = (area.x, area.right());
    let mut stop = pen.right(span, area.y, &when, desk.ink(Slot::Dim));
    if model.numbers.len() > 1
        && let Some(place) = model.numbers.ordinal(message.number_id)
    {
        let span = (area.x, stop.saturating_sub(2));
        stop = pen.right(span, area.y, &format!("#{place}"), desk.ink(Slot::Dim));
    }
    let name = brief::name(&hit.customer);
    let who = match message.direction {
        Direction::Inbound => name,
        Direction::Outbound => desk
            .say_with("search-you-to", &[("name", Arg::from(&name))])
            .into_owned(),
    };
    let room = stop.saturating_sub(area.x + 2);
    pen.text((area.x + 1, area.y), room, &who, desk.ink(Slot::Strong));
    if area.height > 1 {
        let room = area.width.saturating_sub(3);
        let spans = snippet(desk, hit);
        pen.spans((area.x + 3, area.y + 1), room, &spans);
    }
}

/// The words round the hit; what was found stands out.
fn snippet(desk: &Desk<'_>, hit: &Hit) -> Vec<Span<'static>> {
    let text: Style = desk.ink(Slot::Text);
    if hit.snippet.trim().is_empty() {
        let message = &hit.message;
        let words = brief::of(desk.speech, message.content.kind(), message.text.as_deref());
        return vec![Span::styled(words, text)];
    }
    let mut spans = Vec::new();
    for (nth, part) in hit.snippet.split('\u{2}').enumerate() {
        let (found, rest) = match part.split_once('\u{3}') {
            Some((found, rest)) if nth > 0 => (found, rest),
            _ => ("", part),
        };
        for (words, slot) in [(found, Slot::Found), (rest, Slot::Text)] {
            // Blanks at the edges hold the words apart.
            let inner = words.trim();
            let lead = words.len() - words.trim_start().len();
            let tail = words.len() - words.trim_end().len();
            if lead > 0 && !spans.is_empty() {
                spans.push(Span::raw(" "));
            }
            if !inner.is_empty() {
                let clean = clean_line(inner, 200).into_owned();
                spans.push(Span::styled(clean, desk.ink(slot)));
                if tail > 0 {
                    spans.push(Span::raw(" "));
                }
            }
        }
    }
    spans
}

fn progress(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, search: &Search) {
    let count = search.hits.len();
    let (words, slot) = match &search.progress {
        Progress::Asked(at) => {
            let words = desk.patience(Some(*at), &desk.say("search-asked"));
            (words, Slot::Dim)
        }
        Progress::Idle | Progress::Soon(_) => return,
        Progress::Failed(say) => (over::words(desk, say).into_owned(), Slot::Warning),
        Progress::Done(_) if count == 0 && search.has_more() => {
            (desk.say("search-further").into_owned(), Slot::Dim)
        }
        Progress::Done(_) if count == 0 => {
            let wider = search.here.is_some() && !search.everywhere;
            let key = if wider {
                "search-none-here"
            } else {
                "search-none"
            };
            (desk.say(key).into_owned(), Slot::Text)
        }
        Progress::Done(took) => {
            let more = if search.has_more() { "+" } else { "" };
            let count = format!("{count}{more}");
            let at = search.cursor + 1;
            let ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
            let args = [
                ("at", Arg::from(at)),
                ("count", Arg::from(&count)),
                ("ms", Arg::from(ms)),
            ];
            (desk.say_with("search-count", &args).into_owned(), Slot::Dim)
        }
    };
    pen.text((area.x, area.y), area.width, &words, desk.ink(slot));
}
