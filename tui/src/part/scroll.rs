//! A scroll position that is kept by message, never by row, so that nothing moves when rows come or go.

use common::id::MessageId;

/// Which row of the conversation stands at the top of its pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The newest message stands at the bottom, and new ones push the others up.
    #[default]
    Newest,
    /// Row `row` of this message stands at the top. The row may be negative (rows above the
    /// message) or beyond its end: the view settles it.
    Row {
        /// The message.
        id: MessageId,
        /// Rows from its first one.
        row: i32,
    },
}

/// The scroll position of a conversation, as the model keeps it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    /// What the pane is fixed to.
    pub anchor: Anchor,
    /// A message that must be brought into sight by the next frame, with as little movement as
    /// may be.
    pub reveal: Option<MessageId>,
    settled: Option<Settled>,
}

/// What a frame came to show, told back to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The anchor that gives the same frame again; `Newest` when the last row is in sight.
    pub anchor: Anchor,
    /// The message and its row at the top of the pane.
    pub top: (MessageId, i32),
    /// The first message of which something is in sight.
    pub first: MessageId,
    /// The last one.
    pub last: MessageId,
    /// Rows of the pane.
    pub rows: u16,
    /// How many messages lie below the pane.
    pub below: usize,
    /// Fewer than one pane of loaded rows lies above: older messages are wanted.
    pub near_top: bool,
    /// The same below: newer messages are wanted, if there are any.
    pub near_bottom: bool,
}

impl Scroll {
    /// At the newest message.
    pub const fn newest() -> Self {
        Self {
            anchor: Anchor::Newest,
            reveal: None,
            settled: None,
        }
    }

    /// With `rows` rows above the first row of `id`; how a chat opens at its first unread message.
    pub const fn above(id: MessageId, rows: i32) -> Self {
        Self {
            anchor: Anchor::Row { id, row: -rows },
            reveal: None,
            settled: None,
        }
    }

    /// Moves by rows, up with a negative number. Before the first frame there is nothing to move.
    pub const fn by(&mut self, rows: i32) {
        let Some(settled) = self.settled else { return };
        let (id, row) = match self.anchor {
            Anchor::Newest => settled.top,
            Anchor::Row { id, row } => (id, row),
        };
        self.anchor = Anchor::Row {
            id,
            row: row.saturating_add(rows),
        };
        self.reveal = None;
    }

    /// Moves by panes, in halves: `-1` is half a pane up, `2` a whole one down.
    pub fn by_halves(&mut self, halves: i32) {
        let rows = self.settled.map_or(2, |settled| settled.rows.max(2));
        self.by(halves.saturating_mul(i32::from(rows / 2)));
    }

    /// Goes to the newest message and stays there.
    pub const fn to_newest(&mut self) {
        self.anchor = Anchor::Newest;
        self.reveal = None;
    }

    /// Brings a message into sight.
    pub const fn reveal(&mut self, id: MessageId) {
        self.reveal = Some(id);
    }

    /// Takes what the last frame came to show.
    pub const fn settle(&mut self, settled: Settled) {
        self.anchor = settled.anchor;
        self.reveal = None;
        self.settled = Some(settled);
    }

    /// What the last frame showed.
    pub const fn settled(&self) -> Option<Settled> {
        self.settled
    }

    /// Whether the newest message is in sight.
    pub const fn is_newest(&self) -> bool {
        matches!(self.anchor, Anchor::Newest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Scroll, Settled};
    use common::id::MessageId;

    fn id(n: u128) -> MessageId {
        MessageId(uuid::Uuid::from_u128(n))
    }

    fn settled(anchor: Anchor) -> Settled {
        Settled {
            anchor,
            top: (id(1), 2),
            first: id(1),
            last: id(4),
            rows: 10,
            below: 0,
            near_top: false,
            near_bottom: true,
        }
    }

    #[test]
    fn moving_starts_from_what_was_seen() {
        let mut scroll = Scroll::newest();
        scroll.by(-3);
        assert!(scroll.is_newest());
        scroll.settle(settled(Anchor::Newest));
        scroll.by(-3);
        assert_eq!(scroll.anchor, Anchor::Row { id: id(1), row: -1 });
        scroll.by_halves(2);
        assert_eq!(scroll.anchor, Anchor::Row { id: id(1), row: 9 });
        scroll.to_newest();
        assert!(scroll.is_newest());
    }

    #[test]
    fn a_chat_opens_with_rows_above_the_unread_one() {
        assert_eq!(
            Scroll::above(id(7), 2).anchor,
            Anchor::Row { id: id(7), row: -2 }
        );
    }
}
