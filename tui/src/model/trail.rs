//! Where one has been: chats and places in them, to go back to and forth again.

use common::id::{ChatId, MessageId};

/// The most steps that are kept.
const MOST: usize = 100;

/// A place where one stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The chat.
    pub chat: ChatId,
    /// The message at the top of the pane and its row there; `None` at the newest.
    pub at: Option<(MessageId, i32)>,
    /// The message that had the cursor.
    pub cursor: Option<MessageId>,
}

/// The way here, and the way on.
#[derive(Debug, Default)]
pub struct Trail {
    before: Vec<Stand>,
    after: Vec<Stand>,
}

impl Trail {
    /// Leaves a place for another one.
    pub(crate) fn note(&mut self, stand: Stand) {
        self.after.clear();
        if self.before.last() != Some(&stand) {
            self.before.push(stand);
        }
        if self.before.len() > MOST {
            self.before.remove(0);
        }
    }

    /// Goes back from a place.
    pub(crate) fn back(&mut self, from: Option<Stand>) -> Option<Stand> {
        step(&mut self.before, &mut self.after, from)
    }

    /// Goes forth from a place.
    pub(crate) fn forward(&mut self, from: Option<Stand>) -> Option<Stand> {
        step(&mut self.after, &mut self.before, from)
    }
}

fn step(take: &mut Vec<Stand>, put: &mut Vec<Stand>, from: Option<Stand>) -> Option<Stand> {
    while let Some(stand) = take.pop() {
        if Some(stand) != from {
            put.extend(from);
            return Some(stand);
        }
    }
    None
}
