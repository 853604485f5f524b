//! What lies under a cell and what the last frame showed: written by view, read by update.

use common::id::{ChatId, MessageId, NumberId};
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::part::scroll::Settled;

/// A part of the screen that scrolls and takes keys by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The chat list.
    #[default]
    List,
    /// The conversation.
    Talk,
    /// The box that one writes in.
    Compose,
    /// The customer panel.
    Panel,
    /// Whatever lies over the panes.
    Overlay,
}

/// What a click means where it falls.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A row of the chat list.
    Chat(ChatId),
    /// A message of the conversation.
    Message(MessageId),
    /// The ticks of a message.
    Ticks(MessageId),
    /// The quotation inside a message, by the id of the message quoted.
    Quoted(MessageId),
    /// A number of the strip; `None` is "all".
    Number(Option<NumberId>),
    /// A word that does a deed: a hint, a button, a pill.
    Action(Action),
    /// A link as it stands in a message.
    Link(String),
    /// A row of the uppermost overlay, counted from its first.
    Row(usize),
    /// A pane where nothing finer lies.
    Pane(Pane),
}

/// What a frame showed: update decides by it what to fetch, how far a page is, what was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Chats that fit into the list; zero when it is not on the screen.
    pub list_rows: usize,
    /// Whose conversation, and what of it; `None` when none is on the screen or it is empty.
    pub talk: Option<(ChatId, Settled)>,
    /// Rows that the uppermost overlay has for its content.
    pub overlay_rows: usize,
    /// Rows that its content needs.
    pub overlay_lines: usize,
}

/// What lies where in one frame.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    spots: Vec<(Rect, Target)>,
    /// What the frame showed.
    pub seen: Seen,
}

impl Hits {
    /// Says that `target` lies in `area`; what is said later lies above.
    pub fn put(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.spots.push((area, target));
        }
    }

    /// The uppermost target at that cell.
    pub fn at(&self, x: u16, y: u16) -> Option<&Target> {
        let cell = Position::new(x, y);
        self.spots
            .iter()
            .rev()
            .find(|(area, _)| area.contains(cell))
            .map(|(_, target)| target)
    }

    /// The pane at that cell.
    pub fn pane_at(&self, x: u16, y: u16) -> Option<Pane> {
        let cell = Position::new(x, y);
        self.spots
            .iter()
            .rev()
            .find_map(|(area, target)| match target {
                Target::Pane(pane) if area.contains(cell) => Some(*pane),
                _ => None,
            })
    }

    /// Every area with its target, lowest first.
    pub fn spots(&self) -> impl Iterator<Item = &(Rect, Target)> {
        self.spots.iter()
    }
}

#[cfg(test)]
mod tests {
    use common::id::ChatId;
    use ratatui::layout::Rect;

    use super::{Hits, Pane, Target};

    #[test]
    fn the_last_said_lies_above() {
        let mut hits = Hits::default();
        hits.put(Rect::new(0, 0, 20, 10), Target::Pane(Pane::List));
        hits.put(Rect::new(0, 2, 20, 2), Target::Chat(ChatId(7)));
        hits.put(Rect::new(3, 3, 0, 1), Target::Chat(ChatId(8)));
        assert_eq!(hits.at(3, 3), Some(&Target::Chat(ChatId(7))));
        assert_eq!(hits.at(3, 4), Some(&Target::Pane(Pane::List)));
        assert_eq!(hits.pane_at(3, 3), Some(Pane::List));
        assert_eq!(hits.at(20, 3), None);
    }
}
