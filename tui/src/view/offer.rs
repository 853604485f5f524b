//! Emoji and saved replies that fit the name that is being typed, right above the box.

use common::text::clean::clean_line;
use config::theme::Slot;
use ratatui::layout::Rect;

use crate::action::{Action, Context};
use crate::hit::{Pane, Target};
use crate::model::compose::Found;
use crate::part::wrap;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::layout::{Plan, TalkPlan};
use crate::view::{bar, compose};

const WIDE: u16 = 34;

/// Draws what is offered, if anything is.
pub(crate) fn draw(desk: &Desk<'_>, pen: &mut Pen<'_>, plan: &Plan, area: Rect) {
    let complete = desk.model.compose().and_then(|c| c.complete.as_ref());
    let Some(complete) = complete.filter(|_| desk.model.focus.pane == Pane::Compose) else {
        return;
    };
    let talk = TalkPlan::of(plan, area, compose::rows(desk, area.width));
    let high = (cells(complete.found.len()) + 1).min(talk.body.height);
    let wide = if complete.is_of_replies() {
        area.width
    } else {
        WIDE
    };
    let outer = Rect {
        x: area.x + 1,
        y: talk.title.saturating_sub(high),
        width: wide.min(area.width.saturating_sub(1)),
        height: high,
    };
    pen.clear(outer);
    pen.hit(outer, Target::Pane(Pane::Compose));
    let rows = complete.found.iter().enumerate();
    for (y, (nth, found)) in (outer.y..outer.bottom().saturating_sub(1)).zip(rows) {
        let row = Rect {
            y,
            height: 1,
            ..outer
        };
        if nth == complete.cursor {
            let mark = desk.glyphs.cursor();
            pen.text((outer.x, y), 1, mark, desk.ink(Slot::Cursor));
        }
        let words = match found {
            Found::Emoji(named) => format!("{} :{}:", named.emoji, named.name),
            Found::Reply(reply) => {
                let name = clean_line(&reply.name, 40);
                format!("/{name}  {}", clean_line(&reply.text, 120))
            }
        };
        let words = wrap::cut(&words, usize::from(outer.width.saturating_sub(2))).into_owned();
        let slot = if nth == complete.cursor {
            Slot::Accent
        } else {
            Slot::Text
        };
        pen.text((outer.x + 1, y), outer.width, &words, desk.ink(slot));
        pen.hit(row, Target::Offer(nth));
    }
    let y = outer.bottom().saturating_sub(1);
    let key = bar::key(desk, Action::NextPane, Context::Text);
    let at = pen.text(
        (outer.x + 1, y),
        outer.width,
        &key.unwrap_or_default(),
        desk.ink(Slot::Key),
    ) + 1;
    let room = outer.right().saturating_sub(at);
    pen.text((at, y), room, &desk.say("offer-take"), desk.ink(Slot::Dim));
}
