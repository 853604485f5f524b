//! Help, made from the bindings in force: what stands here is what is bound.

use config::theme::Slot;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::{Action, Context, Section};
use crate::hit::{Pane, Target};
use crate::model::overlay::Help;
use crate::part::wrap;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::layout;
use crate::view::pick::seam;

/// Cells for the keys.
const KEYS: usize = 15;
/// Columns from which help has two columns.
const DOUBLE: u16 = 74;
/// No more keys of one deed are shown.
const MOST: usize = 3;

/// Draws help over an area.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, help: &Help) {
    let outer = layout::middle(area, (92, area.height));
    let double = outer.width >= DOUBLE;
    let column = usize::from(outer.width.saturating_sub(4)) / if double { 2 } else { 1 };
    let query = help.find.as_ref().map(|field| field.text().to_lowercase());
    let query = query.unwrap_or_default();
    let rows = rows(desk, (help.context, query.trim()), column, double);
    // While something is looked for the frame stays as it is.
    let high = match help.find {
        Some(_) => outer.height,
        None => cells(rows.len()).saturating_add(5),
    };
    let outer = layout::middle(area, (outer.width, high));
    pen.clear(outer);
    pen.frame(desk, outer);
    pen.hit(outer, Target::Pane(Pane::Overlay));
    title(desk, pen, outer, help.context);
    let foot = outer.bottom().saturating_sub(2);
    seam(desk, pen, outer, foot.saturating_sub(1));
    let inner = Rect {
        x: outer.x + 2,
        y: outer.y + 1,
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(4),
    };
    let hints = Rect {
        x: inner.x - 1,
        y: foot,
        height: 1,
        ..inner
    };
    if let Some(field) = &help.find {
        let x = pen.text((inner.x, foot), 2, "/ ", desk.ink(Slot::Key));
        let room = Rect::new(x, foot, inner.right().saturating_sub(x), 1);
        pen.field(room, field, desk.ink(Slot::Text));
    } else {
        let actions = [Action::Down, Action::Up, Action::NextPane, Action::Back];
        bar::row(desk, pen, hints, (Context::Overlay, &actions));
        pen.cursor = Some((inner.x, inner.y).into());
    }
    let fit = usize::from(inner.height);
    pen.hits.seen.overlay_rows = fit;
    pen.hits.seen.overlay_lines = rows.len();
    let top = help.top.min(rows.len().saturating_sub(fit));
    for (y, row) in (inner.y..inner.bottom()).zip(rows.iter().skip(top)) {
        pen.line((inner.x, y), inner.width, row);
    }
    if rows.len() > top + fit {
        let span = (outer.x, outer.right().saturating_sub(2));
        let more = format!(" {} ", desk.glyphs.down());
        pen.right(span, foot.saturating_sub(1), &more, desk.ink(Slot::Accent));
    }
}

/// Which pane's keys come first, and how to find one.
fn title(desk: &Desk<'_>, pen: &mut Pen<'_>, outer: Rect, context: Context) {
    let pane = match context {
        Context::Talk => "help-talk",
        Context::Text => "help-text",
        Context::List | Context::Anywhere | Context::Overlay => "help-list",
    };
    let words = format!(" {}  {} ", desk.say("help-title"), desk.say(pane));
    let room = outer.width.saturating_sub(4);
    let end = pen.text((outer.x + 2, outer.y), room, &words, desk.ink(Slot::Accent));
    let find = format!(" {} ", desk.say("help-find"));
    let span = (end + 1, outer.right().saturating_sub(2));
    if usize::from(span.1.saturating_sub(span.0)) > wrap::width(&find) {
        pen.right(span, outer.y, &find, desk.ink(Slot::Dim));
    }
}

fn rows(
    desk: &Desk<'_>,
    (context, query): (Context, &str),
    column: usize,
    double: bool,
) -> Vec<Line<'static>> {
    let mut blocks: Vec<Vec<Line<'static>>> = order(context)
        .iter()
        .map(|section| block(desk, (*section, query), column))
        .collect();
    blocks.retain(|block| block.len() > 1);
    let note = desk.say("help-note").into_owned();
    let mut rows = vec![Line::default()];
    if double {
        let all: usize = blocks.iter().map(|block| block.len() + 1).sum();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for block in blocks {
            let side = if left.len() * 2 + block.len() <= all {
                &mut left
            } else {
                &mut right
            };
            side.extend(block);
            side.push(Line::default());
        }
        for nth in 0..left.len().max(right.len()) {
            let mut spans = left
                .get(nth)
                .map_or_else(Vec::new, |line| line.spans.clone());
            let wide: usize = spans.iter().map(|span| wrap::width(&span.content)).sum();
            spans.push(Span::raw(" ".repeat(column.saturating_sub(wide))));
            spans.extend(
                right
                    .get(nth)
                    .map_or_else(Vec::new, |line| line.spans.clone()),
            );
            rows.push(Line::from(spans));
        }
    } else {
        for block in blocks {
            rows.extend(block);
            rows.push(Line::default());
        }
    }
    let room = if double { column * 2 } else { column };
    rows.extend(wrap::wrap(&[Span::styled(note, desk.ink(Slot::Dim))], room));
    rows
}

/// What was being done comes first.
const fn order(context: Context) -> [Section; 5] {
    use Section::{Anywhere, Chat, Message, Move, Write};
    match context {
        Context::Talk => [Move, Message, Chat, Write, Anywhere],
        Context::Text => [Write, Move, Message, Chat, Anywhere],
        Context::List | Context::Anywhere | Context::Overlay => {
            [Move, Chat, Message, Write, Anywhere]
        }
    }
}

fn block(desk: &Desk<'_>, (section, query): (Section, &str), column: usize) -> Vec<Line<'static>> {
    let heading = desk.say(section.word()).to_uppercase();
    let mut lines = vec![Line::from(Span::styled(heading, desk.ink(Slot::Accent)))];
    for action in Action::ALL
        .iter()
        .filter(|action| action.section() == section)
    {
        let Some((keys, word)) = entry(desk, *action) else {
            continue;
        };
        let found = |text: &str| text.to_lowercase().contains(query);
        let about = desk.speech.help(action.word());
        if !found(&keys) && !found(&word) && !about.is_some_and(|about| found(&about)) {
            continue;
        }
        let room = column.saturating_sub(KEYS + 2);
        let keys = wrap::cut(&keys, KEYS - 1).into_owned();
        let gap = KEYS.saturating_sub(wrap::width(&keys));
        lines.push(Line::from(vec![
            Span::styled(keys, desk.ink(Slot::Key)),
            Span::raw(" ".repeat(gap)),
            Span::styled(wrap::cut(&word, room).into_owned(), desk.ink(Slot::Text)),
        ]));
    }
    lines
}

/// The keys of a deed wherever they hold, and its name; the nine numbers share one line.
fn entry(desk: &Desk<'_>, action: Action) -> Option<(String, String)> {
    let word = match action.number() {
        Some(0) => desk.say("help-number").into_owned(),
        Some(_) => return None,
        None => desk.say(action.word()).into_owned(),
    };
    let mut keys: Vec<String> = Vec::new();
    for context in [
        Context::List,
        Context::Talk,
        Context::Text,
        Context::Anywhere,
    ] {
        for key in desk.model.keymap.keys_of(action, context) {
            if !keys.contains(&key) && keys.len() < MOST {
                keys.push(key);
            }
        }
    }
    if keys.is_empty() {
        return None;
    }
    let mut keys = keys.join("  ");
    if action.number().is_some() {
        keys.push_str("…9");
    }
    Some((keys, word))
}
