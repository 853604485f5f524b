//! What lies under a cell and what the last frame showed: written by view, read by update.

use std::path::PathBuf;

use common::id::{ChatId, MediaId, MessageId, NumberId};
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::part::scroll::Settled;
use crate::part::wrap;

/// The edges of messages: not words.
const EDGES: [char; 3] = ['▏', '▕', '|'];

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
    /// The picture of a message.
    Picture(MessageId),
    /// The file of a message, as words.
    File(MessageId),
    /// An emoji that is offered for a name, counted from the first.
    Offer(usize),
    /// A text field, as it is drawn.
    Text(Rect),
    /// A cell of a text field of so many rows: its column and row.
    Caret {
        /// The rows of the field.
        rows: u16,
        /// The cell.
        cell: (u16, u16),
    },
    /// The hairline between the chat list and the conversation.
    Border,
    /// A pane where nothing finer lies.
    Pane(Pane),
}

/// Where the mouse is, and what lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Column and row.
    pub cell: (u16, u16),
    /// What lies there.
    pub target: Option<Target>,
    /// The pane that it lies in.
    pub pane: Option<Pane>,
}

impl Spot {
    /// The message that lies there.
    pub const fn message(&self) -> Option<MessageId> {
        match self.target {
            Some(
                Target::Message(id) | Target::Ticks(id) | Target::Picture(id) | Target::File(id),
            ) => Some(id),
            _ => None,
        }
    }
}

/// What a frame showed: update decides by it what to fetch, how far a page is, what was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Chats that fit into the list; zero when it is not on the screen.
    pub list_rows: usize,
    /// Whose conversation, and what of it; `None` when none is on the screen or it is empty.
    pub talk: Option<(ChatId, Settled)>,
    /// How far the customer panel can be scrolled.
    pub panel_most: usize,
    /// Rows that the uppermost overlay has for its content.
    pub overlay_rows: usize,
    /// Rows that its content needs.
    pub overlay_lines: usize,
}

/// Where a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A message's file, from the daemon.
    Media(MediaId),
    /// A file of this machine.
    File(PathBuf),
}

/// A picture as it is to be seen: within so many columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sight {
    /// Whose.
    pub source: Source,
    /// Columns and rows at most.
    pub most: (u16, u16),
}

/// What lies where in one frame.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    spots: Vec<(Rect, Target)>,
    /// The rows of words in the conversation, while the mouse draws over them.
    pub rows: Vec<(Rect, String)>,
    /// Pictures that are in sight, or would be.
    pub sights: Vec<Sight>,
    /// Where rows of pictures stand that stay dirty when something lay over them.
    pub strips: Vec<Rect>,
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

    /// What lies at a cell; of a text field the cell in it.
    pub fn spot(&self, x: u16, y: u16) -> Spot {
        let target = match self.at(x, y) {
            Some(Target::Text(area)) => Some(Target::Caret {
                rows: area.height,
                cell: (x - area.x, y - area.y),
            }),
            other => other.cloned(),
        };
        Spot {
            cell: (x, y),
            target,
            pane: self.pane_at(x, y),
        }
    }

    /// The whole words between two cells of the conversation, row after row.
    pub fn words(&self, one: (u16, u16), other: (u16, u16)) -> String {
        let key = |cell: (u16, u16)| (cell.1, cell.0);
        let (from, to) = if key(one) <= key(other) {
            (one, other)
        } else {
            (other, one)
        };
        let mut words = Vec::new();
        for (area, text) in &self.rows {
            if (from.1..=to.1).contains(&area.y) {
                let first = if area.y == from.1 { from.0 } else { 0 };
                let last = if area.y == to.1 { to.0 } else { u16::MAX };
                words.extend(touched(text, area.x, (first, last)));
            }
        }
        words.join(" ")
    }

    /// Every area with its target, lowest first.
    pub fn spots(&self) -> impl Iterator<Item = &(Rect, Target)> {
        self.spots.iter()
    }
}

/// The words of a row that begins at column `x` of which a cell lies between two columns.
fn touched(text: &str, x: u16, (first, last): (u16, u16)) -> Vec<String> {
    let is_edge = |c: char| c.is_whitespace() || EDGES.contains(&c);
    let mut at = usize::from(x);
    let mut words = Vec::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let end = at + wrap::width(word);
        let bare = word.trim_matches(is_edge);
        let inside = at + wrap::width(word.trim_end()) > usize::from(first)
            && at <= usize::from(last)
            && !bare.is_empty();
        if inside {
            words.push(bare.to_owned());
        }
        at = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use common::id::ChatId;
    use ratatui::layout::Rect;

    use super::{Hits, Pane, Target};

    #[test]
    fn words_are_taken_whole_and_without_their_edges() {
        let mut hits = Hits::default();
        let row = |y, text: &str| (Rect::new(2, y, 30, 1), text.to_owned());
        hits.rows = vec![
            row(4, " ▏uno dos tres"),
            row(5, " ▏cuatro cinco"),
            row(7, "seis"),
        ];
        assert_eq!(hits.words((9, 4), (6, 5)), "dos tres cuatro");
        assert_eq!(hits.words((6, 5), (9, 4)), "dos tres cuatro");
        assert_eq!(hits.words((5, 4), (5, 4)), "uno");
        assert_eq!(hits.words((40, 6), (41, 6)), "");
    }

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
