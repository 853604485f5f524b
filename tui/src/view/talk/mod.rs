//! The conversation: day rules, the unread rule, and a position kept by message.

mod strip;

use std::cell::Cell;

use common::model::message::Direction;
use config::theme::Slot;
use jiff::civil::Date;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::action::Action;
use crate::hit::{Pane, Target};
use crate::model::overlay::Overlay;
use crate::model::talk::{Beyond, Talk};
use crate::part::scroll::{Anchor, Settled};
use crate::part::wrap;
use crate::speech::Arg;
use crate::view::bubble::{Bubble, Bubbles};
use crate::view::canvas::{Desk, Pen, cells};
use crate::view::pictures;
use crate::view::talk::strip::{Lead, Strip};

/// Draws the messages into `area`. Gives the day to float above them, if its rule is out of sight.
pub(crate) fn draw(
    desk: &Desk<'_>,
    pen: &mut Pen<'_>,
    bubbles: &mut Bubbles,
    area: Rect,
) -> Option<Date> {
    pen.hit(area, Target::Pane(Pane::Talk));
    let talk = desk.model.talk()?;
    let compose = desk.model.compose();
    let leaving = compose
        .filter(|_| talk.newer == Beyond::End)
        .map_or(&[][..], |c| &c.leaving);
    if talk.messages().is_empty() && leaving.is_empty() {
        silence(desk, pen, area, talk);
        return None;
    }
    let mut strip = Strip {
        desk,
        talk,
        leaving,
        bubbles,
        width: area.width,
        day: Cell::new(None),
    };
    let rows = i32::from(area.height);
    let mut top = strip.top(rows);
    if let Some(id) = talk.scroll.reveal {
        top = strip.reveal(top, rows, id);
    }
    let end = strip.paint(pen, area, top);
    drawn_over(desk, pen, area);
    let settled = strip.settle(top, end, area.height);
    if let Some(settled) = settled {
        pen.hits.seen.talk = Some((talk.chat, settled));
        if settled.anchor != Anchor::Newest {
            pill(desk, pen, area, settled.below);
        }
    }
    strip.floating_day(top)
}

/// What the mouse is drawn over inside one message.
fn drawn_over(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect) {
    let Some((from, to)) = &desk.model.drag else {
        return;
    };
    let marked = desk.model.talk().is_some_and(|talk| talk.mark.is_some());
    if marked || from.cell == to.cell {
        return;
    }
    let key = |cell: (u16, u16)| (cell.1, cell.0);
    let (a, b) = (from.cell, to.cell);
    let (a, b) = if key(a) <= key(b) { (a, b) } else { (b, a) };
    for y in a.1..=b.1 {
        let left = if y == a.1 { a.0 } else { area.x };
        let right = if y == b.1 { b.0 + 1 } else { area.right() };
        let row = Rect::new(left, y, right.saturating_sub(left), 1);
        let style = Style::new().add_modifier(Modifier::REVERSED);
        pen.tint(row.intersection(area), style);
    }
}

fn silence(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, talk: &Talk) {
    let key = if talk.loaded {
        "talk-empty"
    } else if desk.model.daemon.is_up() {
        "talk-loading"
    } else {
        "talk-unknown"
    };
    let mut words = desk.say(key).into_owned();
    if !talk.loaded {
        words = desk.patience(talk.asked_at, &words);
    }
    let wide = cells(wrap::width(&words)).min(area.width);
    let x = area.x + (area.width - wide) / 2;
    pen.text(
        (x, area.y + area.height / 3),
        wide,
        &words,
        desk.ink(Slot::Dim),
    );
}

/// Leads to the newest message, and says how many came meanwhile.
fn pill(desk: &Desk<'_>, pen: &mut Pen<'_>, area: Rect, below: usize) {
    let news = desk.model.talk().map_or(0, |talk| talk.new_below);
    let down = desk.glyphs.down();
    let words = if news > 0 {
        format!(
            " {down} {} ",
            desk.say_with("talk-new", &[("n", Arg::from(news))])
        )
    } else {
        format!(" {down} {} ", below.max(1))
    };
    let slot = if news > 0 { Slot::Pill } else { Slot::Dim };
    let wide = cells(wrap::width(&words));
    let end = area.right().saturating_sub(1);
    let y = area.bottom().saturating_sub(1);
    let x = pen.right((area.x, end), y, &words, desk.ink(slot));
    pen.hit(Rect::new(x, y, wide, 1), Target::Action(Action::Last));
}

impl Strip<'_> {
    /// Draws from the top down; gives the last message in sight and whether its end is.
    fn paint(&mut self, pen: &mut Pen<'_>, area: Rect, top: (usize, i32)) -> (usize, bool) {
        let (mut at, mut row) = top;
        let mut y = area.y;
        let mut last = (at, false);
        while at < self.len() && y < area.bottom() {
            let lead = self.lead(at);
            for (nth, kind) in lead.iter().enumerate() {
                let here = cells(nth).cast_signed() - cells(lead.len()).cast_signed();
                if i32::from(here) >= row && y < area.bottom() {
                    self.paint_lead(
                        pen,
                        Rect {
                            y,
                            height: 1,
                            ..area
                        },
                        *kind,
                    );
                    y += 1;
                }
            }
            let bubble = self.bubble(at);
            let skip = usize::try_from(row.max(0)).unwrap_or(0);
            let from = y;
            for line in bubble.lines.iter().skip(skip) {
                if y >= area.bottom() {
                    break;
                }
                pen.line((area.x, y), area.width, line);
                if self.desk.model.drag.is_some() {
                    let row = Rect {
                        y,
                        height: 1,
                        ..area
                    };
                    pen.hits.rows.push((row, line.to_string()));
                }
                y += 1;
            }
            let shown = usize::from(y - from);
            let place = Rect {
                y: from,
                height: y - from,
                ..area
            };
            self.note(pen, place, at, (&bubble, skip));
            self.picture(pen, place, at, (&bubble, skip));
            if shown > 0 || at == top.0 {
                last = (at, skip + shown >= bubble.lines.len());
            }
            at += 1;
            row = i32::MIN;
        }
        last
    }

    /// Notes what of a message can be pointed at, and shows the cursor.
    fn note(&self, pen: &mut Pen<'_>, place: Rect, at: usize, (bubble, skip): (&Bubble, usize)) {
        let Some(message) = self.message(at) else {
            return;
        };
        pen.hit(place, Target::Message(message.id));
        if let Some((x, wide)) = bubble.ticks.filter(|_| skip == 0) {
            pen.hit(
                Rect::new(place.x + x, place.y, wide, 1),
                Target::Ticks(message.id),
            );
        }
        if let Some((row, id)) = bubble.quoted
            && let Some(row) = usize::from(row).checked_sub(skip)
            && row < usize::from(place.height)
        {
            let y = place.y + cells(row);
            pen.hit(
                Rect {
                    y,
                    height: 1,
                    ..place
                },
                Target::Quoted(id),
            );
        }
        if let Some((first, end)) = bubble.file {
            let skip = cells(skip);
            let top = place.y + first.saturating_sub(skip).min(place.height);
            let bottom = place.y + end.saturating_sub(skip).min(place.height);
            let rows = Rect {
                y: top,
                height: bottom - top,
                ..place
            };
            if !rows.is_empty() {
                pen.hit(rows, Target::File(message.id));
            }
        }
        if self.is_marked(at) {
            pen.tint(place, Style::new().add_modifier(Modifier::REVERSED));
        }
        if self.desk.model.picked() == Some(message.id) && !place.is_empty() {
            let right = place.right().saturating_sub(1);
            let x = if message.direction == Direction::Inbound {
                place.x
            } else {
                right
            };
            for y in place.y..place.bottom() {
                let mark = self.desk.glyphs.cursor();
                pen.text((x, y), 1, mark, self.desk.ink(Slot::Cursor));
            }
            pen.cursor = Some((x, place.y).into());
        }
    }

    /// Draws what of a message's picture is in sight; not under a layer, which would tear it.
    fn picture(&self, pen: &mut Pen<'_>, place: Rect, at: usize, (bubble, skip): (&Bubble, usize)) {
        let (Some(frame), Some(message)) = (&bubble.picture, self.message(at)) else {
            return;
        };
        let skip = cells(skip);
        let first = frame.row.max(skip);
        let last = (frame.row + frame.size.1).min(skip.saturating_add(place.height));
        let area = Rect {
            x: place.x + frame.x,
            y: place.y + first.saturating_sub(skip),
            width: frame.size.0.min(place.width.saturating_sub(frame.x)),
            height: last.saturating_sub(first),
        };
        if area.is_empty() {
            return;
        }
        pen.hit(area, Target::Picture(message.id));
        if !self.desk.model.focus.overlay().is_some_and(Overlay::covers) {
            pictures::paint(self.desk, pen, area, (&frame.sight, first - frame.row));
        }
    }

    fn paint_lead(&self, pen: &mut Pen<'_>, area: Rect, lead: Lead) {
        let desk = self.desk;
        match lead {
            Lead::Blank => {}
            Lead::Day(day) => {
                let today = desk.speech.date(desk.model.now);
                self.rule(pen, area, &desk.speech.day(day, today), (2, Slot::Dim));
            }
            Lead::Unread => {
                let count = self.talk.unread_count.max(1);
                let words = desk.say_with("talk-new", &[("n", Arg::from(count))]);
                self.rule(pen, area, &words, (8, Slot::Unread));
            }
        }
    }

    /// Words between two hairlines, in the middle.
    fn rule(&self, pen: &mut Pen<'_>, area: Rect, words: &str, (dashes, slot): (usize, Slot)) {
        let line = self.desk.glyphs.line().repeat(dashes);
        let wide = cells(wrap::width(words) + 2 * dashes + 2).min(area.width);
        let x = area.x + (area.width - wide) / 2;
        let end = area.right();
        let style = if slot == Slot::Unread {
            slot
        } else {
            Slot::Frame
        };
        let at = pen.text((x, area.y), end - x, &line, self.desk.ink(style)) + 1;
        let at = pen.text(
            (at, area.y),
            end.saturating_sub(at),
            words,
            self.desk.ink(slot),
        ) + 1;
        pen.text(
            (at, area.y),
            end.saturating_sub(at),
            &line,
            self.desk.ink(style),
        );
    }

    /// What the frame came to show.
    fn settle(&mut self, top: (usize, i32), end: (usize, bool), rows: u16) -> Option<Settled> {
        let count = self.talk.messages().len();
        let id =
            |strip: &Self, at: usize| strip.message(at.min(count.saturating_sub(1))).map(|m| m.id);
        let is_end = end.1 && end.0 + 1 >= self.len();
        let first = id(self, top.0)?;
        let last = id(self, end.0)?;
        let pane = i32::from(rows);
        let above = self.rows_above(top, pane);
        let anchor = if is_end {
            Anchor::Newest
        } else {
            Anchor::Row {
                id: first,
                row: top.1,
            }
        };
        Some(Settled {
            anchor,
            top: (first, top.1),
            first,
            last,
            rows,
            below: self.len().saturating_sub(end.0 + 1),
            near_top: above < pane,
            near_bottom: self.len().saturating_sub(end.0) <= usize::from(rows),
        })
    }

    fn floating_day(&self, top: (usize, i32)) -> Option<Date> {
        let lead = self.lead(top.0);
        let hidden = top.1.saturating_add(i32::from(cells(lead.len())));
        let hidden = usize::try_from(hidden).unwrap_or(0);
        let in_sight = lead
            .iter()
            .skip(hidden)
            .any(|row| matches!(row, Lead::Day(_)));
        (!in_sight).then(|| self.date(top.0))
    }
}
