//! The messages as one long strip of rows, of which only what is near the pane is ever made.

use std::cell::Cell;
use std::sync::Arc;

use common::id::MessageId;
use common::model::message::{Direction, Message};
use common::time::Stamp;
use jiff::civil::Date;

use crate::model::compose::Leaving;
use crate::model::talk::Talk;
use crate::part::scroll::Anchor;
use crate::view::bubble::{self, Bubble, Bubbles, Made};
use crate::view::canvas::Desk;
use crate::view::{card, pictures};

/// One row above a message that is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Blank,
    Day(Date),
    Unread,
}

/// The messages as one long strip of rows, of which only what is near is ever made.
pub(super) struct Strip<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) talk: &'a Talk,
    pub(super) leaving: &'a [Leaving],
    pub(super) bubbles: &'a mut Bubbles,
    pub(super) width: u16,
    /// The day that was last worked out, with its begin and end: most messages share one.
    pub(super) day: Cell<Option<(Date, Stamp, Stamp)>>,
}

impl Strip<'_> {
    pub(super) fn len(&self) -> usize {
        self.talk.messages().len() + self.leaving.len()
    }

    pub(super) fn message(&self, at: usize) -> Option<&Message> {
        self.talk.messages().get(at)
    }

    pub(super) fn date(&self, at: usize) -> Date {
        let stamp = if let Some(message) = self.message(at) {
            message.timestamp
        } else {
            let nth = at.saturating_sub(self.talk.messages().len());
            self.leaving
                .get(nth)
                .map_or(self.desk.model.now, |leaving| leaving.at)
        };
        if let Some((day, from, to)) = self.day.get()
            && (from..to).contains(&stamp)
        {
            return day;
        }
        let (day, from, to) = self.desk.speech.whole_day(stamp);
        self.day.set(Some((day, from, to)));
        day
    }

    /// Whether it is one of several that are chosen.
    pub(super) fn is_marked(&self, at: usize) -> bool {
        let place = |id: Option<MessageId>| id.and_then(|id| self.talk.place(id));
        let (Some(mark), Some(cursor)) = (place(self.talk.mark), place(self.talk.cursor)) else {
            return false;
        };
        (mark.min(cursor)..=mark.max(cursor)).contains(&at)
    }

    pub(super) fn is_first_unread(&self, at: usize) -> bool {
        self.talk.unread_from.is_some() && self.message(at).map(|m| m.id) == self.talk.unread_from
    }

    /// Whether a message names its writer and time; not when the one above said the same.
    pub(super) fn has_head(&self, at: usize) -> bool {
        let (Some(message), Some(above)) = (
            self.message(at),
            at.checked_sub(1).and_then(|above| self.message(above)),
        ) else {
            return true;
        };
        let alike = message.direction == Direction::Inbound
            && above.direction == Direction::Inbound
            && !card::is_notice(&above.content)
            && !message.forwarded
            && message.edited_at.is_none();
        let minute = |m: &Message| m.timestamp.seconds().div_euclid(60);
        !alike || minute(message) != minute(above) || self.is_first_unread(at)
    }

    /// The rows above a message that belong to no other.
    pub(super) fn lead(&self, at: usize) -> Vec<Lead> {
        let mut rows = Vec::new();
        let day = self.date(at);
        let is_new_day = at == 0 || self.date(at - 1) != day;
        if at > 0 && (self.has_head(at) || is_new_day) {
            rows.push(Lead::Blank);
        }
        if is_new_day {
            rows.push(Lead::Day(day));
            rows.push(Lead::Blank);
        }
        if self.is_first_unread(at) {
            rows.push(Lead::Unread);
        }
        rows
    }

    pub(super) fn bubble(&mut self, at: usize) -> Arc<Bubble> {
        let desk = self.desk;
        let head = self.has_head(at);
        let Some(message) = self.talk.messages().get(at) else {
            let nth = at.saturating_sub(self.talk.messages().len());
            let leaving = self.leaving.get(nth);
            return Arc::new(
                leaving
                    .map(|l| bubble::leaving(desk, l, self.width))
                    .unwrap_or_default(),
            );
        };
        let made = Made {
            revision: message.revision,
            width: self.width,
            head,
            aside: pictures::aside(
                desk,
                message,
                bubble::text_room(desk, usize::from(self.width)),
            ),
        };
        self.bubbles
            .get(message.id, made, || bubble::make(desk, message, made))
    }

    pub(super) fn height(&mut self, at: usize) -> i32 {
        i32::try_from(self.bubble(at).lines.len()).unwrap_or(i32::MAX)
    }

    pub(super) fn lead_height(&self, at: usize) -> i32 {
        i32::try_from(self.lead(at).len()).unwrap_or(0)
    }

    /// The message and row at the top of the pane, settled by what there is.
    pub(super) fn top(&mut self, rows: i32) -> (usize, i32) {
        let found = match self.talk.scroll.anchor {
            Anchor::Newest => None,
            Anchor::Row { id, row } => self.talk.place(id).map(|at| (at, row)),
        };
        let last = self.last_top(rows);
        match found {
            None => last,
            Some(top) => self.settle_row(top).min(last),
        }
    }

    /// The top with which the last row stands at the bottom.
    pub(super) fn last_top(&mut self, rows: i32) -> (usize, i32) {
        let last = self.len().saturating_sub(1);
        let row = self.height(last) - rows;
        self.settle_row((last, row))
    }

    /// Brings a row into the message that it falls in: `-lead..height`.
    pub(super) fn settle_row(&mut self, (mut at, mut row): (usize, i32)) -> (usize, i32) {
        loop {
            let lead = self.lead_height(at);
            if row < -lead {
                if at == 0 {
                    return (0, -lead);
                }
                row += lead + self.height(at - 1);
                at -= 1;
                continue;
            }
            let height = self.height(at);
            if row < height || at + 1 >= self.len() {
                return (at, row.min((height - 1).max(0)));
            }
            row -= height + self.lead_height(at + 1);
            at += 1;
        }
    }

    /// Moves the top as little as may be to have a message in sight.
    pub(super) fn reveal(&mut self, top: (usize, i32), rows: i32, id: MessageId) -> (usize, i32) {
        let Some(at) = self.talk.place(id) else {
            return top;
        };
        let height = self.height(at);
        if (at, 0) < top || height >= rows {
            let lead = self.lead_height(at).min((rows - height).max(0));
            return self.settle_row((at, -lead));
        }
        let lowest = self.settle_row((at, height - rows));
        top.max(lowest)
    }

    /// How many rows lie above the top, counted no further than `most`.
    pub(super) fn rows_above(&mut self, top: (usize, i32), most: i32) -> i32 {
        let mut rows = top.1 + self.lead_height(top.0);
        let mut at = top.0;
        while at > 0 && rows < most {
            at -= 1;
            rows += self.height(at) + self.lead_height(at);
        }
        rows
    }
}
