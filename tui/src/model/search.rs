//! Search: what is looked for, what was found, and the hits that one walks along afterwards.

use std::time::Duration;

use common::api::search::{Hit, SearchQuery};
use common::id::{ChatId, MessageId};
use common::time::Stamp;

use crate::model::toast::Say;
use crate::model::trail::Stand;
use crate::part::field::Field;

/// How far a search has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is looked for yet.
    #[default]
    Idle,
    /// It is asked for at that moment, when no more letters come before.
    Soon(Stamp),
    /// It was asked for then.
    Asked(Stamp),
    /// It took so long.
    Done(Duration),
    /// It could not be had.
    Failed(Say),
}

/// The layer that searches.
#[derive(Debug)]
pub struct Search {
    /// What to look for.
    pub field: Field,
    /// The chat that "here" means.
    pub here: Option<ChatId>,
    /// Whether every chat is searched.
    pub everywhere: bool,
    /// What was found, newest first.
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The next page is on its way.
    pub further: bool,
    /// The hit under the cursor.
    pub cursor: usize,
    /// How far it has come.
    pub progress: Progress,
    /// Counts questions: an answer to an older one is late.
    pub version: u64,
}

impl Search {
    /// A search in a chat, or everywhere.
    pub fn new(here: Option<ChatId>) -> Self {
        Self {
            field: Field::single(),
            here,
            everywhere: here.is_none(),
            hits: Vec::new(),
            next: None,
            further: false,
            cursor: 0,
            progress: Progress::Idle,
            version: 0,
        }
    }

    /// Whether there may be more hits than these.
    pub const fn has_more(&self) -> bool {
        self.further || self.next.is_some()
    }

    /// The first hit to draw so that the cursor is in sight where `fit` are.
    pub const fn top(&self, fit: usize) -> usize {
        if self.cursor < fit {
            0
        } else {
            self.cursor + 1 - fit
        }
    }
}

/// The hits that `n` and `p` walk along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunt {
    /// The hits, newest first.
    pub hits: Vec<(ChatId, MessageId)>,
    /// The one that was gone to.
    pub at: usize,
    /// Where one was before.
    pub from: Option<Stand>,
    /// What was asked, to ask for more of it.
    pub query: SearchQuery,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The count of the question whose next page is on its way.
    pub further: Option<u64>,
}
