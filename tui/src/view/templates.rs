//! The template picker: the list, what WhatsApp will show, and the values that fill it.

use common::model::template::Template;
use common::model::template::form::{Field, FieldKind, Values};
use common::text::clean::clean_line;
use common::wrong::Wrong;
use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::templates::{Form, Picker};
use crate::part::wrap;
use crate::speech::Arg;
use crate::told;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::known::{known, limit, used};
use crate::view::pick::seam;
use crate::view::template::{category_word, shown, status_word};
use crate::view::{bar, brief, layout};

const WIDE: u16 = 110;
const HIGH: u16 = 34;
/// Columns from which the preview stands beside the list.
const SPLIT: u16 = 64;

/// Draws the picker.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, picker: &Picker) {
    let outer = layout::middle(area, (WIDE, HIGH));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    title(desk, pen, outer, picker);
    let field = Rect {
        x: outer.x + 4,
        y: outer.y + 1,
        width: outer.width.saturating_sub(6),
        height: 1,
    };
    pen.text((outer.x + 2, field.y), 2, "/ ", desk.ink(Slot::Key));
    for row in picker.pick.field.rows_in(field) {
        pen.text((field.x, field.y), field.width, &row, desk.ink(Slot::Text));
    }
    if picker.form.is_none() {
        pen.cursor = Some(picker.pick.field.cursor_in(field));
    }
    seam(desk, pen, outer, outer.y + 2);
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let hints = Rect {
        x: outer.x + 1,
        y: foot,
        width: outer.width.saturating_sub(2),
        height: 1,
    };
    let mut actions = vec![Action::Accept, Action::NextPane];
    match &picker.form {
        Some(form) if form.wants_file().is_some() => actions.push(Action::Attach),
        Some(_) => {}
        None => actions.extend([Action::TemplateLanguage, Action::SyncTemplates]),
    }
    actions.push(Action::Back);
    bar::row(desk, pen, hints, (Context::Overlay, &actions));
    let inner = Rect {
        x: outer.x + 1,
        y: outer.y + 3,
        width: outer.width.saturating_sub(2),
        height: foot.saturating_sub(outer.y + 4),
    };
    let split = outer.width >= SPLIT;
    if split {
        let wide = inner.width / 2;
        let x = inner.x + wide;
        pen.down(desk, x, inner.y, inner.bottom().saturating_sub(1));
        pen.meet_below(desk, x, inner.y.saturating_sub(1));
        pen.meet_above(desk, x, inner.bottom());
        let left = Rect {
            width: wide,
            ..inner
        };
        let right = Rect {
            x: x + 2,
            width: inner.right().saturating_sub(x + 3),
            ..inner
        };
        list(desk, pen, left, picker);
        side(desk, pen, right, picker);
    } else if picker.form.is_some() {
        let whole = Rect {
            x: inner.x + 1,
            width: inner.width.saturating_sub(2),
            ..inner
        };
        side(desk, pen, whole, picker);
    } else {
        list(desk, pen, inner, picker);
    }
}

fn title(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, picker: &Picker) {
    let chat = desk.model.chats.get(picker.chat);
    let name = chat
        .map(|chat| brief::name(&chat.customer))
        .unwrap_or_default();
    let words = desk.say_with("template-title", &[("name", Arg::from(&name))]);
    let room = outer.width.saturating_sub(4);
    pen.text(
        (outer.x + 2, outer.y),
        room,
        &format!(" {words} "),
        desk.ink(Slot::Accent),
    );
    let words = if picker.syncing {
        desk.say("template-syncing").into_owned()
    } else {
        let args = [("n", Arg::from(picker.ready()))];
        let ready = desk.say_with("template-ready", &args).into_owned();
        match &picker.language {
            Some(language) => format!("{language}  {ready}"),
            None => ready,
        }
    };
    let span = (outer.x + 2, outer.right().saturating_sub(2));
    pen.right(span, outer.y, &format!(" {words} "), desk.ink(Slot::Dim));
}

fn list(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, picker: &Picker) {
    let used = used(desk, picker);
    let below = match (area.height > 12, used.len()) {
        (false, _) => 0,
        (true, 0) => 2,
        (true, some) => cells(some) + 3,
    };
    let rows = Rect {
        height: area.height.saturating_sub(below),
        ..area
    };
    let list = &picker.pick.list;
    let fit = usize::from(rows.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = list.len();
    if list.is_empty() {
        let word = match (picker.listed, picker.all.is_empty()) {
            (false, _) => "talk-loading",
            (true, true) => "template-none",
            (true, false) => "template-none-fits",
        };
        let words = desk.say(word).into_owned();
        let lines = wrap::wrap(
            &[Span::styled(words, desk.ink(Slot::Dim))],
            usize::from(rows.width.saturating_sub(2)),
        );
        for (y, line) in (rows.y..rows.bottom()).zip(&lines) {
            pen.line((rows.x + 1, y), rows.width.saturating_sub(2), line);
        }
    }
    let top = list.top(fit);
    for (nth, shown) in list.shown().iter().enumerate().skip(top).take(fit) {
        let Some((template, _)) = list.entry(shown.index) else {
            continue;
        };
        let row = Rect {
            y: rows.y + cells(nth - top),
            height: 1,
            ..rows
        };
        let here = nth == list.cursor();
        let sendable = template.can_be_sent();
        let mark = if here { desk.glyphs.cursor() } else { " " };
        pen.text((row.x, row.y), 1, mark, desk.ink(Slot::Cursor));
        let right = if sendable {
            desk.say(category_word(&template.category)).into_owned()
        } else {
            desk.say(status_word(&template.status)).into_owned()
        };
        let right = format!("{}  {right}", clean_line(&template.language, 8));
        let slot = if sendable { Slot::Dim } else { Slot::Warning };
        let end = row.right().saturating_sub(1);
        let x = pen.right((row.x + 10, end), row.y, &right, desk.ink(slot));
        let slot = if sendable { Slot::Text } else { Slot::Dim };
        let room = x.saturating_sub(row.x + 2);
        pen.text(
            (row.x + 1, row.y),
            room,
            &clean_line(&template.name, 200),
            desk.ink(slot),
        );
        pen.hit(row, Target::Row(nth));
    }
    if below > 0 {
        known(
            desk,
            pen,
            Rect {
                y: rows.bottom(),
                height: below,
                ..area
            },
            (picker, &used),
        );
    }
}

/// What WhatsApp will show, and the values.
fn side(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, picker: &Picker) {
    let (template, values) = match &picker.form {
        Some(form) => (&form.template, form.values()),
        None => match picker.pick.list.selected() {
            Some(template) => (template, proposed(picker, template)),
            None => return,
        },
    };
    let mut lines = shown(desk, template, &values, usize::from(area.width));
    let needed = picker
        .form
        .as_ref()
        .map_or(0, |form| cells(form.fields.len()) + 1);
    let mut told_lines = Vec::new();
    for (words, slot) in told(desk, picker, template) {
        let spans = [Span::styled(words, desk.ink(slot))];
        told_lines.extend(wrap::wrap(&spans, usize::from(area.width)));
    }
    told_lines.retain(|line| line.width() > 0);
    let foot = cells(told_lines.len()).min(area.height / 2) + 1;
    let most = area
        .height
        .saturating_sub(needed.min(area.height / 2) + foot);
    lines.truncate(usize::from(most));
    let mut y = area.y;
    for line in &lines {
        pen.line((area.x, y), area.width, line);
        y += 1;
    }
    let end = area.bottom().saturating_sub(foot - 1);
    if let Some(form) = &picker.form {
        let place = Rect {
            y: y + 1,
            height: end.saturating_sub(y + 1),
            ..area
        };
        fields(desk, pen, place, form);
    }
    for (y, line) in (end..area.bottom()).zip(&told_lines) {
        pen.line((area.x, y), area.width, line);
    }
}

fn proposed(picker: &Picker, template: &Template) -> Values {
    let proposal = picker.proposals.get(&template.id);
    let values = proposal.map(|p| p.values.iter().map(|(k, v)| (k.clone(), v.value.clone())));
    values.into_iter().flatten().collect()
}

fn fields(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, form: &Form) {
    let fit = usize::from(area.height.max(1));
    let top = (form.at + 1).saturating_sub(fit);
    let wrong = if form.tried { form.wrong() } else { Vec::new() };
    let rows = form.fields.iter().zip(&form.texts).enumerate();
    for (nth, (field, text)) in rows.skip(top).take(fit) {
        let y = area.y + cells(nth - top);
        let bad = wrong.iter().any(|wrong| wrong.field == field.key);
        let name = label(desk, field);
        let slot = if bad { Slot::Warning } else { Slot::Dim };
        let mark = if nth == form.at {
            desk.glyphs.cursor()
        } else {
            " "
        };
        pen.text((area.x, y), 1, mark, desk.ink(Slot::Cursor));
        let wide = (area.width / 3).clamp(8, 18);
        pen.text(
            (area.x + 1, y),
            wide.saturating_sub(2),
            &name,
            desk.ink(slot),
        );
        let place = Rect {
            x: area.x + wide,
            y,
            width: area.width.saturating_sub(wide),
            height: 1,
        };
        let empty = text.is_empty();
        if empty && nth != form.at {
            let hint = field
                .example
                .as_deref()
                .unwrap_or(if field.required { "____" } else { "" });
            pen.text(
                (place.x, y),
                place.width,
                &clean_line(hint, 60),
                desk.ink(Slot::Frame),
            );
        }
        for row in text.rows_in(place) {
            pen.text((place.x, y), place.width, &row, desk.ink(Slot::Text));
        }
        if nth == form.at {
            pen.cursor = Some(text.cursor_in(place));
        }
    }
}

/// A variable as it stands in the text; a file by its kind; anything else by its name. What is on a
/// card begins with the card's number.
fn label(desk: &Desk<'_>, field: &Field) -> String {
    let name = match field.kind {
        FieldKind::Text | FieldKind::Code if field.key.ends_with(&field.label) => {
            format!("{{{{{}}}}}", field.label)
        }
        FieldKind::Image => desk.say("kind-image").into_owned(),
        FieldKind::Video => desk.say("kind-video").into_owned(),
        FieldKind::Document => desk.say("kind-document").into_owned(),
        FieldKind::Location => desk.say("kind-location").into_owned(),
        _ => clean_line(&field.label, 24).into_owned(),
    };
    match field.card {
        Some(card) => format!("{}. {name}", card + 1),
        None => name,
    }
}

/// What is wrong first, and what it is charged as.
fn told(desk: &Desk<'_>, picker: &Picker, template: &Template) -> [(String, Slot); 2] {
    let wrong: Option<Wrong> = picker.form.as_ref().and_then(|form| {
        let all = form.wrong();
        let here = form.current().map(|field| field.key.as_str());
        let at_cursor = all
            .iter()
            .position(|wrong| Some(wrong.field.as_str()) == here);
        let all: Vec<Wrong> = all;
        let mut first = all.into_iter().nth(at_cursor.unwrap_or(0))?;
        let field = form.fields.iter().find(|field| field.key == first.field);
        first.field = field.map_or(first.field, |field| label(desk, field));
        Some(first)
    });
    let uploading = picker.form.as_ref().is_some_and(|form| form.uploading);
    let first = match (wrong, uploading) {
        (_, true) => (desk.say("media-moving").into_owned(), Slot::Dim),
        (Some(wrong), _) => (told::wrong(desk.speech, &wrong), Slot::Warning),
        (None, _) if template.can_be_sent() => (String::new(), Slot::Dim),
        (None, _) => {
            let status = desk.say(status_word(&template.status)).into_owned();
            let why = template
                .reason_detail
                .as_deref()
                .or(template.rejected_reason.as_deref())
                .or(template.pause_reason.as_deref());
            let why = clean_line(why.unwrap_or_default(), 120).into_owned();
            (format!("{status}  {why}"), Slot::Warning)
        }
    };
    let open = desk.model.window_is_open();
    let category = desk.say(category_word(&template.category)).into_owned();
    let price = if template.is_charged(open) {
        "template-charged"
    } else {
        "template-free"
    };
    let mut second = format!("{category}  {}", desk.say(price));
    if let Some(limit) = limit(desk, picker) {
        second.push_str("  ");
        second.push_str(&limit);
    }
    [first, (second, Slot::Dim)]
}
