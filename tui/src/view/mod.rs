//! The whole screen from the model: `view(model, cache, frame)` draws one frame and says what lies where.

pub mod paint;
pub mod plain;

mod attach;
mod bar;
mod bind;
mod brief;
mod bubble;
mod candidate;
mod canvas;
mod card;
mod chats;
mod choices;
mod choose;
mod compose;
mod customer;
mod enlarged;
mod fault;
mod figures;
mod head;
mod help;
mod hints;
mod known;
mod layer;
mod layers;
mod layout;
mod newchat;
mod offer;
mod over;
mod pick;
mod pictures;
mod replies;
mod search;
mod sifted;
mod snooze;
mod stats;
mod talk;
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod wizard;

use config::theme::{Slot, Theme};
use config::tui::Tui;
use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;

use crate::action::Action;
use crate::hit::{Hits, Pane, Target};
use crate::model::{Model, Room};
use crate::part::bidi;
use crate::part::ticks::Glyphs;
use crate::part::wrap;
use crate::view::bubble::Bubbles;
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::layout::{Plan, TalkPlan};
use crate::view::paint::{Depth, Paint};
use crate::view::plain::ear::{Ear, Told};

/// What drawing keeps between frames; nothing in it is state, all of it can be thrown away.
#[derive(Debug)]
pub struct Cache {
    paint: Paint,
    glyphs: Glyphs,
    bubbles: Bubbles,
    /// Rows of the last frame where something lay over a picture.
    laid: Vec<u16>,
    /// Rows of the last frame with emoji of which terminals disagree how wide they are.
    uncertain: Vec<u16>,
}

impl Cache {
    /// Draws in these colours and marks.
    pub fn new(paint: Paint, glyphs: Glyphs) -> Self {
        Self {
            paint,
            glyphs,
            bubbles: Bubbles::default(),
            laid: Vec::new(),
            uncertain: Vec::new(),
        }
    }

    /// Draws as the settings say, and where they leave it open as the environment does.
    pub fn of(settings: &Tui, theme: &Theme, env: impl Fn(&str) -> Option<String>) -> Self {
        let depth = Depth::of(settings.ui.colours, &env);
        Self::new(
            Paint::new(theme, depth),
            Glyphs::of(settings.ui.glyphs, &env),
        )
    }

    /// Draws in other colours from now on.
    pub fn restyle(&mut self, paint: Paint) {
        self.paint = paint;
        self.bubbles.forget();
    }

    /// Forgets every drawn message; after other words or another zone.
    pub fn forget(&mut self) {
        self.bubbles.forget();
    }
}

/// Says what is new since the ear last heard; for a console without a screen.
pub fn hear(model: &Model, cache: &Cache, ear: &mut Ear) -> Told {
    let desk = Desk {
        model,
        speech: &model.speech,
        paint: &cache.paint,
        glyphs: cache.glyphs,
    };
    plain::ear::listen(&desk, ear)
}

/// Draws one frame. The model is only read; what the frame came to show stands in the hits.
pub fn view(model: &Model, cache: &mut Cache, frame: &mut Frame<'_>) -> Hits {
    let area = frame.area();
    let mut hits = Hits::default();
    let Cache {
        paint,
        glyphs,
        bubbles,
        laid,
        uncertain,
    } = cache;
    let desk = Desk {
        model,
        speech: &model.speech,
        paint,
        glyphs: *glyphs,
    };
    let mut pen = Pen {
        buf: frame.buffer_mut(),
        hits: &mut hits,
        laid,
        cursor: None,
    };
    if model.settings.ui.plain {
        plain::page(&desk, &mut pen, area);
    } else if Room::of((area.width, area.height)) == Room::Line {
        bar::too_small(&desk, &mut pen, area);
    } else {
        screen(&desk, &mut pen, bubbles, area);
    }
    let cursor = pen.cursor;
    paint.ground(frame.buffer_mut());
    bidi::settle(frame.buffer_mut(), model.settings.ui.bidi);
    redraw_uncertain(frame.buffer_mut(), uncertain);
    *laid = laid_over(frame.buffer_mut(), &hits.strips);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    hits
}

/// Rows with a variation selector are sent whole, and once more when it has gone: terminals
/// disagree on its width, and a cell left over from the row before would stay.
fn redraw_uncertain(buffer: &mut Buffer, before: &mut Vec<u16>) {
    let width = usize::from(buffer.area.width.max(1));
    let is_uncertain = |cell: &Cell| cell.symbol().len() > 3 && cell.symbol().contains('\u{fe0f}');
    let now: Vec<u16> = (0..buffer.area.height)
        .zip(buffer.content.chunks(width))
        .filter(|(_, row)| row.iter().any(is_uncertain))
        .map(|(y, _)| y)
        .collect();
    for (y, row) in (0..buffer.area.height).zip(buffer.content.chunks_mut(width)) {
        if now.contains(&y) || before.contains(&y) {
            // A picture's cells are left to it.
            for cell in row
                .iter_mut()
                .filter(|cell| cell.diff_option == CellDiffOption::None)
            {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
    *before = now;
}

/// Rows of pictures that something was drawn over: when it goes, they are sent again.
fn laid_over(buffer: &Buffer, strips: &[Rect]) -> Vec<u16> {
    let covered = |strip: &&Rect| {
        strip.positions().any(|place| {
            let cell = buffer.cell(place);
            cell.is_some_and(|cell| cell.diff_option == CellDiffOption::None)
        })
    };
    strips.iter().filter(covered).map(|strip| strip.y).collect()
}

fn screen(desk: &Desk<'_>, pen: &mut Pen<'_>, bubbles: &mut Bubbles, area: Rect) {
    let model = desk.model;
    let plan = Plan::of(model, area);
    frames(desk, pen, &plan);
    if let Some(list) = plan.list {
        chats::draw(desk, pen, list, plan.tall);
    }
    border(pen, &plan);
    let narrow_talk = plan.room == Room::One && plan.list.is_none();
    if let Some(talk) = plan.talk {
        conversation(desk, pen, bubbles, (&plan, talk));
    }
    if let Some(panel) = plan.panel {
        head::side(desk, pen, &plan, panel);
    }
    if narrow_talk {
        head::narrow_head(desk, pen, plan.bar);
    } else {
        bar::strip(desk, pen, plan.bar);
    }
    let under = Rect {
        y: plan.body().0,
        height: area.height.min(6),
        ..area
    };
    if let Some(hints) = plan.hints {
        let inner = plan.tall && plan.room == Room::Three && model.open_id().is_some();
        hints::line(desk, pen, hints, inner);
    }
    if let (Some(talk), None) = (plan.talk, model.focus.overlay()) {
        offer::draw(desk, pen, &plan, talk);
    }
    if let Some(overlay) = model.focus.overlay().filter(|layer| layer.covers()) {
        pen.tint(area, desk.ink(Slot::Dim));
        layer::draw(desk, pen, area, overlay);
    }
    over::toasts(desk, pen, under);
}

/// The hairline between list and conversation can be taken and moved.
fn border(pen: &mut Pen<'_>, plan: &Plan) {
    let (Some(list), Some(_)) = (plan.list, plan.talk) else {
        return;
    };
    let (top, bottom) = plan.body();
    let line = Rect::new(list.right(), top, 1, bottom.saturating_sub(top));
    pen.hit(line, Target::Border);
}

/// The hairlines between the panes.
fn frames(desk: &Desk<'_>, pen: &mut Pen<'_>, plan: &Plan) {
    let (left, right) = (plan.bar.x, plan.bar.right().saturating_sub(1));
    for y in plan.rule.into_iter().chain(plan.foot) {
        pen.across(desk, y, left, right);
    }
    let (top, bottom) = plan.body();
    for x in plan.seams() {
        pen.down(desk, x, top, bottom.saturating_sub(1));
        if let Some(rule) = plan.rule {
            pen.meet_below(desk, x, rule);
        }
        if let Some(foot) = plan.foot {
            pen.meet_above(desk, x, foot);
        }
    }
}

/// A hairline across one pane, joined to the hairlines at its sides.
fn rule(desk: &Desk<'_>, pen: &mut Pen<'_>, plan: &Plan, (pane, y): (Rect, u16)) {
    pen.across(desk, y, pane.x, pane.right().saturating_sub(1));
    for x in plan.seams() {
        if x + 1 == pane.x {
            pen.meet_right(desk, x, y);
        } else if x == pane.right() {
            pen.meet_left(desk, x, y);
        }
    }
}

fn conversation(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    bubbles: &mut Bubbles,
    (plan, area): (&Plan, Rect),
) {
    let model = desk.model;
    if model.open_id().is_none() {
        pen.hit(area, Target::Pane(Pane::Talk));
        head::nothing_open(desk, pen, area);
        return;
    }
    let talk = TalkPlan::of(plan, area, compose::rows(desk, area.width));
    let day = talk::draw(desk, pen, bubbles, talk.body);
    if let Some(head) = talk.head {
        head::chat_head(desk, pen, head);
    }
    if let Some(y) = talk.rule {
        rule(desk, pen, plan, (area, y));
    }
    // On a narrow screen the day floats on the hairline below the bar.
    let floor = talk.rule.or(plan.rule.filter(|_| plan.room == Room::One));
    if let (Some(y), Some(day)) = (floor, day) {
        let today = desk.speech.date(model.now);
        let words = format!(" {} ", desk.speech.day(day, today));
        let wide = cells(wrap::width(&words));
        let x = area.x + area.width.saturating_sub(wide) / 2;
        pen.text((x, y), wide.min(area.width), &words, desk.ink(Slot::Dim));
    }
    rule(desk, pen, plan, (area, talk.title));
    compose::title(
        desk,
        pen,
        Rect {
            y: talk.title,
            height: 1,
            ..area
        },
    );
    compose::draw(desk, pen, talk.write);
    if let Some(tips) = talk.tips {
        rule(desk, pen, plan, (area, tips.y - 1));
        let context = crate::action::Context::Text;
        let mut actions = hints::own(desk, context).to_vec();
        actions.push(Action::Help);
        bar::row(desk, pen, tips, (context, &actions));
    }
}
