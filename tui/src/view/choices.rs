//! An interactive message that is being made: its fields with what is left of their room, and how WhatsApp shows it.

use common::text::clean::clean_line;
use common::wrong::units;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::choices::{BUTTONS, Choices, Offer, Part, ROWS};
use crate::part::{spans, wrap};
use crate::speech::Arg;
use crate::told;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::card;
use crate::view::pick::seam;
use crate::view::{bar, layout};

const WIDE: u16 = 96;
const HIGH: u16 = 22;
const SPLIT: u16 = 72;
/// Lines of the words while they are written.
const WORDS: u16 = 5;

/// Draws it.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, choices: &Choices) {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    let room = outer.width.saturating_sub(4);
    let title = desk.say(match choices.offer {
        Offer::Buttons => "do-ask-buttons",
        Offer::List => "do-ask-list",
        Offer::Link => "do-ask-link",
        Offer::Place => "do-ask-place",
    });
    pen.text(
        (outer.x + 2, outer.y),
        room,
        &format!(" {title} "),
        desk.ink(Slot::Accent),
    );
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect {
        x: outer.x + 1,
        y: foot,
        width: outer.width.saturating_sub(2),
        height: 1,
    };
    let actions = [Action::Accept, Action::NextPane, Action::Back];
    bar::row(desk, pen, hints, (Context::Overlay, &actions));
    let inner = Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: room,
        height: foot.saturating_sub(outer.y + 2),
    };
    let split = outer.width >= SPLIT;
    let wide = if split { inner.width / 2 } else { inner.width };
    let left = Rect {
        width: wide.saturating_sub(1),
        height: inner.height.saturating_sub(2),
        ..inner
    };
    fields(desk, pen, left, choices);
    if split {
        let x = inner.x + wide;
        pen.down(desk, x, inner.y, inner.bottom().saturating_sub(1));
        pen.meet_below(desk, x, outer.y);
        pen.meet_above(desk, x, inner.bottom());
        let right = Rect {
            x: x + 2,
            width: inner.right().saturating_sub(x + 2),
            ..inner
        };
        let rows = shown(desk, choices, usize::from(right.width));
        for (y, line) in (right.y..right.bottom()).zip(&rows) {
            pen.line((right.x, y), right.width, line);
        }
    }
    let wrong = choices.wrong();
    let here = choices.fields.get(choices.at).map(|(part, _)| *part);
    let told = wrong
        .iter()
        .find(|(part, wrong)| {
            Some(*part) == here && (choices.tried || wrong.fault.code() != "empty")
        })
        .or_else(|| wrong.first().filter(|_| choices.tried));
    if let Some((part, wrong)) = told {
        let mut wrong = wrong.clone();
        wrong.field = label(desk, choices, *part);
        let words = told::wrong(desk.speech, &wrong);
        let spans = [Span::styled(words, desk.ink(Slot::Warning))];
        let lines = wrap::wrap(&spans, usize::from(left.width));
        for (y, line) in (inner.bottom().saturating_sub(2)..inner.bottom()).zip(&lines) {
            pen.line((inner.x, y), left.width, line);
        }
    }
}

fn label(desk: &Desk<'_>, choices: &Choices, part: Part) -> String {
    let (word, n) = match part {
        Part::Body => ("choices-body", 0),
        Part::Button(n) if choices.offer == Offer::Buttons => ("choices-button-n", n + 1),
        Part::Button(_) => ("choices-button", 0),
        Part::Row(n) => ("choices-row", n + 1),
        Part::Description(_) => ("choices-description", 0),
        Part::Url => ("choices-url", 0),
        Part::Footer => ("choices-footer", 0),
    };
    desk.say_with(word, &[("n", Arg::from(n))]).into_owned()
}

fn fields(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, choices: &Choices) {
    // The words have several lines while they are written.
    let lines = if choices.at == 0 { WORDS } else { 1 };
    let extra = (lines - 1).min(area.height.saturating_sub(1));
    let fit = usize::from(area.height.saturating_sub(extra).max(1));
    pen.hits.seen.overlay_rows = fit;
    let top = (choices.at + 1).saturating_sub(fit);
    for (nth, (part, field)) in choices.fields.iter().enumerate().skip(top).take(fit) {
        let high = if nth == 0 { extra + 1 } else { 1 };
        let below = if nth == 0 { 0 } else { extra };
        let y = area.y + cells(nth - top) + if top == 0 { below } else { 0 };
        let here = nth == choices.at;
        let mark = if here { desk.glyphs.cursor() } else { " " };
        pen.text((area.x, y), 1, mark, desk.ink(Slot::Cursor));
        let wide = (area.width / 3).clamp(8, 14);
        let name = label(desk, choices, *part);
        pen.text(
            (area.x + 1, y),
            wide.saturating_sub(2),
            &name,
            desk.ink(Slot::Dim),
        );
        let (used, most) = (units(field.text().trim()), choices.most(*part));
        let left = if used > most || here {
            format!("{used}/{most}")
        } else {
            String::new()
        };
        let slot = if used > most {
            Slot::Warning
        } else {
            Slot::Frame
        };
        let end = pen.right((area.x + wide, area.right()), y, &left, desk.ink(slot));
        let place = Rect {
            x: area.x + wide,
            y,
            width: end.saturating_sub(area.x + wide + 1),
            height: high,
        };
        for (y, row) in (place.y..place.bottom()).zip(field.rows_in(place)) {
            pen.text((place.x, y), place.width, &row, desk.ink(Slot::Text));
        }
        if here {
            pen.cursor = Some(field.cursor_in(place));
        }
        pen.hit(
            Rect {
                y,
                height: high,
                ..area
            },
            Target::Row(nth),
        );
    }
}

/// The message as a telephone shows it.
fn shown(desk: &Desk<'_>, choices: &Choices, room: usize) -> Vec<Line<'static>> {
    let edge = Span::styled(desk.glyphs.theirs(), desk.ink(Slot::Theirs));
    let room = room.saturating_sub(1).max(8);
    let mut rows = spans::lines(&choices.text(Part::Body), room, card::inks(desk));
    let footer = choices.text(Part::Footer);
    if !footer.is_empty() {
        let words = clean_line(&footer, 80).into_owned();
        rows.extend(wrap::wrap(
            &[Span::styled(words, desk.ink(Slot::Dim))],
            room,
        ));
    }
    let button = |text: String| Span::styled(format!("[ {text} ]  "), desk.ink(Slot::Card));
    let mut buttons = Vec::new();
    match choices.offer {
        Offer::Buttons => {
            let all = choices.filled(Part::Button, BUTTONS);
            buttons.extend(all.into_iter().map(|(_, text)| button(text)));
        }
        Offer::List | Offer::Link => buttons.push(button(choices.text(Part::Button(0)))),
        Offer::Place => buttons.push(button(desk.say("choices-send-place").into_owned())),
    }
    rows.extend(wrap::wrap(&buttons, room));
    if choices.offer == Offer::List {
        for (n, title) in choices.filled(Part::Row, ROWS) {
            let title = clean_line(&title, 40).into_owned();
            let about = clean_line(&choices.text(Part::Description(n)), 80).into_owned();
            rows.extend(wrap::wrap(
                &[
                    Span::styled(format!("· {title}  "), desk.ink(Slot::Text)),
                    Span::styled(about, desk.ink(Slot::Dim)),
                ],
                room,
            ));
        }
    }
    for row in &mut rows {
        row.spans.insert(0, edge.clone());
    }
    rows
}
