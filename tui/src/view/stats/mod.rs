//! The statistics screen: by hour or day, delivery, first answer, by number.

mod words;

use common::api::stats::{Delivery, Figures, Stats, StatsBy};
use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::stats::{Span, StatsView};
use crate::msg::Both;
use crate::part::ticks::Glyphs;
use crate::part::wrap;
use crate::view::bar;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::figures::{bar_of, figure};
use crate::view::stats::words::{busy, facts, spoken, step_name, ways};

/// Rows of the columns.
const HIGH: u16 = 9;
/// Rows of everything about them where there is little room.
const LOW: u16 = 8;
/// Cells of the sums at the right.
const SUMS: u16 = 34;
/// And of the name of each.
const LABEL: u16 = 18;
/// Cells of the words before a bar.
const WORDS: u16 = 12;

/// Draws the screen over everything.
#[expect(
    clippy::too_many_lines,
    reason = "one part after the other, in their order"
)]
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, view: &StatsView) {
    pen.clear(area);
    pen.hit(area, Target::Pane(Pane::Overlay));
    head(desk, pen, area, view);
    let foot = area.bottom().saturating_sub(1);
    let plain = desk.model.settings.ui.plain;
    if !plain {
        let right = area.right().saturating_sub(1);
        pen.across(desk, area.y + 1, area.x, right);
        pen.across(desk, foot.saturating_sub(1), area.x, right);
    }
    let hints = Rect {
        y: foot,
        height: 1,
        ..area
    };
    let actions = [
        Action::StatsDay,
        Action::StatsWeek,
        Action::StatsMonth,
        Action::StatsEarlier,
        Action::StatsLater,
        Action::StatsCopy,
        Action::Back,
    ];
    bar::row(desk, pen, hints, (Context::Overlay, &actions));
    pen.cursor = Some((area.x, area.y).into());
    let body = Rect {
        x: area.x + 1,
        y: area.y + 2,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(4),
    };
    let Some(both) = &view.both else {
        let key = if view.problem.is_some() {
            "stats-none"
        } else {
            "stats-loading"
        };
        let words = desk.say(key);
        pen.text(
            (body.x + 1, body.y + 1),
            body.width,
            &words,
            desk.ink(Slot::Dim),
        );
        return;
    };
    if plain {
        return spoken(desk, pen, body, both);
    }
    let wide = body.width >= SUMS * 2;
    let chart = Rect {
        width: if wide { body.width - SUMS } else { body.width },
        height: if wide { HIGH + 3 } else { LOW }.min(body.height),
        ..body
    };
    columns(desk, pen, chart, &both.shown);
    let mut y = chart.bottom() + 1;
    if wide {
        let side = Rect {
            x: chart.right(),
            width: SUMS,
            ..chart
        };
        sums(desk, pen, side, both);
    } else {
        let rest = Rect {
            y,
            height: body.bottom().saturating_sub(y).min(8),
            ..body
        };
        sums(desk, pen, rest, both);
        y = rest.bottom() + 1;
    }
    let low = Rect {
        y,
        height: body.bottom().saturating_sub(y),
        ..body
    };
    let left = Rect {
        width: if wide { low.width - SUMS } else { low.width },
        ..low
    };
    delivery(desk, pen, left, &both.shown.total.delivery);
    if wide {
        let right = Rect {
            x: left.right(),
            width: SUMS,
            ..low
        };
        numbers(desk, pen, right, &both.shown);
    }
}

/// Title, number, spans, date.
fn head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, view: &StatsView) {
    let y = area.y;
    let x = pen.text(
        (area.x + 1, y),
        area.width,
        &desk.say("stats-title"),
        desk.ink(Slot::Strong),
    );
    let number = view.number.and_then(|id| desk.model.numbers.get(id));
    let name = number.map_or_else(
        || desk.say("stats-all").into_owned(),
        |number| clean_line(&number.label, 24).into_owned(),
    );
    let from = x + 3;
    let date = view
        .asked
        .as_ref()
        .and_then(|asked| asked.shown.since)
        .map(|since| desk.speech.short_date(since, desk.model.now))
        .unwrap_or_default();
    let end = area.right().saturating_sub(1);
    let stop = pen.right((from, end), y, &date, desk.ink(Slot::Text));
    let spans = [
        (Span::Day, "stats-day", Action::StatsDay),
        (Span::Week, "stats-week", Action::StatsWeek),
        (Span::Month, "stats-month", Action::StatsMonth),
    ];
    let words: Vec<String> = spans
        .iter()
        .map(|(span, key, _)| {
            let word = desk.say(key);
            if *span == view.span {
                format!("[{word}]")
            } else {
                word.into_owned()
            }
        })
        .collect();
    let wide: usize = words.iter().map(|word| wrap::width(word) + 1).sum();
    let mut x = stop.saturating_sub(cells(wide) + 2);
    // Where there is little room the number's name is cut, never a button.
    let room = x.saturating_sub(from + 1).min(24);
    pen.text((from, y), room, &name, desk.ink(Slot::Text));
    for (word, (span, _, action)) in words.iter().zip(spans) {
        let slot = if span == view.span {
            Slot::Accent
        } else {
            Slot::Dim
        };
        let from = x;
        x = pen.text((x, y), stop.saturating_sub(x), word, desk.ink(slot));
        pen.hit(Rect::new(from, y, x - from, 1), Target::Action(action));
        x += 1;
    }
}

/// Messages in and out, a column a step.
fn columns(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, stats: &Stats) {
    let title = match stats.by {
        StatsBy::Hour => "stats-by-hour",
        StatsBy::Day => "stats-by-day",
    };
    pen.text(
        (area.x + 1, area.y),
        area.width,
        &desk.say(title),
        desk.ink(Slot::Strong),
    );
    let steps = busy(stats);
    let room = usize::from(area.width.saturating_sub(3));
    let step = (room / steps.len().max(1)).clamp(1, 8);
    let wide = cells((step / 2).clamp(1, 4));
    let sum = |f: &Figures| f.inbound + f.outbound;
    let most = steps
        .iter()
        .map(|s| sum(&s.figures))
        .max()
        .unwrap_or(0)
        .max(1);
    let high = u64::from(area.height.saturating_sub(3));
    let (full, half) = match desk.glyphs {
        Glyphs::Unicode => ("█", "▓"),
        Glyphs::Ascii => ("#", "="),
    };
    let base = area.y + area.height.saturating_sub(2);
    for (nth, one) in steps.iter().enumerate() {
        let x = area.x + 3 + cells(nth * step);
        if x >= area.right() {
            break;
        }
        // Whoever wrote at all is seen.
        let rows = |count: u64| (count * high).div_ceil(most);
        let (out, all) = (rows(one.figures.outbound), rows(sum(&one.figures)));
        for row in 0..all.min(high) {
            let y = base.saturating_sub(cells(usize::try_from(row).unwrap_or(0)) + 1);
            let (mark, slot) = if row < out {
                (half, Slot::Ours)
            } else {
                (full, Slot::Theirs)
            };
            pen.text(
                (x, y),
                wide,
                &mark.repeat(usize::from(wide)),
                desk.ink(slot),
            );
        }
        let name = step_name(desk, stats, one);
        if step >= 3 || nth % 5 == 0 {
            pen.text((x, base), 2, &name, desk.ink(Slot::Dim));
        }
    }
    let y = base + 1;
    let x = pen.text((area.x + 3, y), 4, full, desk.ink(Slot::Theirs)) + 1;
    let x = pen.text((x, y), 20, &desk.say("stats-in"), desk.ink(Slot::Text)) + 3;
    let x = pen.text((x, y), 4, half, desk.ink(Slot::Ours)) + 1;
    pen.text((x, y), 20, &desk.say("stats-out"), desk.ink(Slot::Text));
}

fn sums(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, both: &Both) {
    for (y, (key, value, note)) in (area.y..area.bottom()).zip(facts(desk, both)) {
        let style = desk.ink(Slot::Dim);
        pen.text((area.x + 1, y), LABEL, &desk.say(key), style);
        pen.right(
            (area.x + 1 + LABEL, area.x + 26),
            y,
            &value,
            desk.ink(Slot::Text),
        );
        pen.text((area.x + 27, y), 6, &note, style);
    }
}

fn delivery(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, delivery: &Delivery) {
    if area.height == 0 {
        return;
    }
    pen.text(
        (area.x + 1, area.y),
        area.width,
        &desk.say("stats-delivery"),
        desk.ink(Slot::Strong),
    );
    let ways = ways(delivery);
    let most = ways.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    let room = area.width.saturating_sub(WORDS + 10);
    for (y, (key, count, slot)) in (area.y + 1..area.bottom()).zip(ways) {
        pen.text((area.x + 1, y), WORDS, &desk.say(key), desk.ink(Slot::Dim));
        let x = area.x + 1 + WORDS;
        let bar = bar_of(desk, count, most, room);
        let style = desk.ink(slot);
        pen.text(
            (x, y),
            room,
            &bar,
            if style.fg.is_none() {
                desk.ink(Slot::Text)
            } else {
                style
            },
        );
        let end = area.right().saturating_sub(2);
        pen.right(
            (x, end),
            y,
            &figure(desk.speech, count),
            desk.ink(Slot::Text),
        );
    }
}

fn numbers(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, stats: &Stats) {
    if area.height == 0 || stats.numbers.is_empty() {
        return;
    }
    pen.text(
        (area.x + 1, area.y),
        area.width,
        &desk.say("stats-by-number"),
        desk.ink(Slot::Strong),
    );
    let sum = |f: &Figures| f.inbound + f.outbound;
    let most = stats
        .numbers
        .iter()
        .map(|n| sum(&n.figures))
        .max()
        .unwrap_or(0);
    for (y, one) in (area.y + 1..area.bottom()).zip(&stats.numbers) {
        let place = desk
            .model
            .numbers
            .ordinal(one.number_id)
            .unwrap_or_default();
        let name = format!("{place} {}", clean_line(&one.label, 40));
        pen.text((area.x + 1, y), 13, &name, desk.ink(Slot::Text));
        let bar = bar_of(desk, sum(&one.figures), most, 10);
        pen.text((area.x + 15, y), 10, &bar, desk.ink(Slot::Accent));
        let end = area.x + 33;
        pen.right(
            (area.x + 26, end),
            y,
            &figure(desk.speech, sum(&one.figures)),
            desk.ink(Slot::Text),
        );
    }
}
