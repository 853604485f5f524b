//! The heads of the panes: whose conversation it is, the way back, the panel beside it.

use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::action::{Action, Context};
use crate::hit::Target;
use crate::part::clock::WindowClock;
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::canvas::{Desk, Pen, cells, spans_width};
use crate::view::layout::Plan;
use crate::view::{bar, brief, chats, compose, customer};

/// Name, number and way of the open chat.
pub(crate) fn chat_head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let Some(chat) = desk.model.open_chat() else {
        return;
    };
    let model = desk.model;
    let end = area.right().saturating_sub(1);
    let mut stop = end;
    if let Some(number) = model.numbers.get(chat.number_id) {
        let place = model.numbers.ordinal(number.id).unwrap_or_default();
        let label = clean_line(&number.label, 40);
        let label = wrap::cut(&label, usize::from(area.width / 4)).into_owned();
        stop = pen.right(
            (area.x, end),
            area.y,
            &format!("#{place} {label}"),
            desk.ink(Slot::Dim),
        );
        stop = stop.saturating_sub(2);
    }
    let name = brief::name(&chat.customer);
    let room = chats::name_room(area.width);
    let name = wrap::cut(&name, room);
    let x = area.x + 1;
    let x = pen.text(
        (x, area.y),
        stop.saturating_sub(x),
        &name,
        desk.ink(Slot::Strong),
    ) + 2;
    let address = brief::address(&chat.customer);
    if address != *name {
        pen.text(
            (x, area.y),
            stop.saturating_sub(x),
            &address,
            desk.ink(Slot::Dim),
        );
    }
}

/// The head of a conversation on a narrow screen: the way back, the name, the clock.
pub(crate) fn narrow_head(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let model = desk.model;
    let mut end = area.right().saturating_sub(1);
    if !model.daemon.is_up() {
        let state = bar::daemon(desk, false);
        let wide = cells(spans_width(&state));
        end = end.saturating_sub(wide);
        pen.spans((end, area.y), wide, &state);
        end = end.saturating_sub(2);
    } else if let Some(chat) = model.open_chat() {
        let clock = WindowClock::of(chat.window, model.meta_now());
        let words = if clock.is_open() {
            format!(
                "{} {}",
                desk.glyphs.clock(clock.phase),
                clock.words(desk.speech)
            )
        } else {
            format!(
                "{} {}",
                desk.glyphs.clock(clock.phase),
                desk.say("window-closed")
            )
        };
        let style = compose::clock_style(desk, clock.phase);
        end = pen
            .right((area.x, end), area.y, &words, style)
            .saturating_sub(2);
        if model.numbers.len() > 1 {
            let tag = format!(
                "#{}",
                model.numbers.ordinal(chat.number_id).unwrap_or_default()
            );
            end = pen
                .right((area.x, end), area.y, &tag, desk.ink(Slot::Dim))
                .saturating_sub(2);
        }
    }
    let mut x = area.x + 1;
    let from = x;
    x = pen.text(
        (x, area.y),
        end.saturating_sub(x),
        desk.glyphs.back(),
        desk.ink(Slot::Dim),
    ) + 1;
    let context = model.focus.context();
    if let Some(key) = model.keymap.key_of(Action::Back, context) {
        x = pen.text(
            (x, area.y),
            end.saturating_sub(x),
            &key,
            desk.ink(Slot::Key),
        );
        pen.hit(
            Rect {
                x: from,
                width: x - from,
                ..area
            },
            Target::Action(Action::Back),
        );
        x += 2;
    }
    if let Some(chat) = model.open_chat() {
        let name = brief::name(&chat.customer);
        pen.text(
            (x, area.y),
            end.saturating_sub(x),
            &name,
            desk.ink(Slot::Strong),
        );
    }
}

pub(crate) fn nothing_open(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let key = desk
        .model
        .keymap
        .key_of(Action::Switcher, Context::Anywhere);
    let words = match key {
        Some(key) => desk.say_with("talk-none", &[("key", Arg::from(&key))]),
        None => desk.say("talk-none-plain"),
    };
    let room = usize::from(area.width.saturating_sub(4));
    let words = wrap::cut(&words, room).into_owned();
    let wide = cells(wrap::width(&words));
    let x = area.x + area.width.saturating_sub(wide) / 2;
    pen.text(
        (x, area.y + area.height / 3),
        wide,
        &words,
        desk.ink(Slot::Dim),
    );
}

/// The customer panel, with its head on the row of the conversation's.
pub(crate) fn side(desk: &Desk<'_>, pen: &mut Pen<'_>, plan: &Plan, area: Rect) {
    let framed = u16::from(plan.frames);
    customer::head(desk, pen, Rect { height: 1, ..area });
    if plan.frames {
        let y = area.y + 1;
        pen.across(desk, y, area.x, area.right().saturating_sub(1));
        for x in plan.seams() {
            if x + 1 == area.x {
                pen.meet_right(desk, x, y);
            } else if x == area.right() {
                pen.meet_left(desk, x, y);
            }
        }
    }
    let step = 1 + framed + u16::from(plan.tall);
    let body = Rect {
        y: area.y + step,
        height: area.height.saturating_sub(step),
        ..area
    };
    customer::draw(desk, pen, body);
}
