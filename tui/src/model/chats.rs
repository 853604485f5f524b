//! The chat list: rows by id, kept in order as they change, loaded page by page.

use std::cmp::Reverse;
use std::collections::HashMap;

use common::id::{ChatId, NumberId};
use common::model::chat::{Chat, ChatState};
use common::time::Stamp;

/// How far a list was fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edge {
    /// Not asked yet.
    #[default]
    Unasked,
    /// A page is on its way; with what was asked, to be asked again if it fails.
    Loading(Option<String>),
    /// There is more after this cursor.
    More(Option<String>),
    /// All of it is here.
    End,
}

/// Where a chat stands: pinned first, then the newest, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    pinned: Reverse<bool>,
    at: Reverse<Stamp>,
    id: Reverse<ChatId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    place: Place,
    number: NumberId,
    unread: u32,
    open: bool,
}

impl Entry {
    fn of(chat: &Chat) -> Self {
        Self {
            place: Place {
                pinned: Reverse(chat.pinned),
                at: Reverse(chat.last_message_at.unwrap_or_default()),
                id: Reverse(chat.id),
            },
            number: chat.number_id,
            unread: chat.unread,
            open: chat.state == ChatState::Open,
        }
    }

    const fn id(&self) -> ChatId {
        self.place.id.0
    }
}

/// The chat list.
#[derive(Debug, Default)]
pub struct Chats {
    by_id: HashMap<ChatId, Chat>,
    order: Vec<Entry>,
    rows: Vec<ChatId>,
    /// Only chats over this number.
    pub filter: Option<NumberId>,
    /// The chat that has the cursor.
    pub cursor: Option<ChatId>,
    /// The first row in sight.
    pub top: usize,
    /// The wheel moved the list away from its cursor.
    pub wheeled: bool,
    /// How far each filter's list was fetched.
    pub edges: HashMap<Option<NumberId>, Edge>,
}

impl Chats {
    /// One chat.
    pub fn get(&self, id: ChatId) -> Option<&Chat> {
        self.by_id.get(&id)
    }

    /// The chats to show, in order: open ones over the chosen number.
    pub fn rows(&self) -> &[ChatId] {
        &self.rows
    }

    /// Every loaded chat, newest first, archived ones too.
    pub fn iter(&self) -> impl Iterator<Item = &Chat> {
        self.order
            .iter()
            .filter_map(|entry| self.by_id.get(&entry.id()))
    }

    /// How many chats are loaded.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether none is loaded.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The row of a chat among those shown.
    pub fn row_of(&self, id: ChatId) -> Option<usize> {
        self.rows.iter().position(|row| *row == id)
    }

    /// The row that has the cursor.
    pub fn cursor_row(&self) -> Option<usize> {
        self.row_of(self.cursor?)
    }

    /// Unread messages in the loaded open chats, of one number or of all.
    pub fn unread(&self, number: Option<NumberId>) -> u32 {
        self.order
            .iter()
            .filter(|e| e.open && number.is_none_or(|n| n == e.number))
            .fold(0, |sum, e| sum.saturating_add(e.unread))
    }

    /// How many loaded open chats have something unread.
    pub fn waiting(&self) -> usize {
        self.order.iter().filter(|e| e.open && e.unread > 0).count()
    }

    /// How many loaded chats are open.
    pub fn open(&self) -> usize {
        self.order.iter().filter(|e| e.open).count()
    }

    /// Whether every chat of the filter in force is loaded.
    pub fn is_complete(&self) -> bool {
        [None, self.filter]
            .iter()
            .any(|f| self.edges.get(f) == Some(&Edge::End))
    }

    /// Whether the first page of the filter in force has come.
    pub fn is_loaded(&self) -> bool {
        [None, self.filter].iter().any(|f| match self.edges.get(f) {
            None | Some(Edge::Unasked | Edge::Loading(None)) => false,
            Some(Edge::Loading(Some(_)) | Edge::More(_) | Edge::End) => true,
        })
    }

    /// Folds a newer state of a chat; true if something changed.
    pub fn fold(&mut self, chat: Chat) -> bool {
        let entry = Entry::of(&chat);
        if let Some(old) = self.by_id.get(&chat.id) {
            if old.revision >= chat.revision {
                return false;
            }
            let before = Entry::of(old);
            self.by_id.insert(chat.id, chat);
            if before != entry {
                self.leave(before.place);
                self.enter(entry);
            }
        } else {
            self.by_id.insert(chat.id, chat);
            self.enter(entry);
        }
        true
    }

    /// Changes a chat in place without a new revision (a customer's new name).
    pub(crate) fn amend(&mut self, id: ChatId, change: impl FnOnce(&mut Chat)) {
        if let Some(chat) = self.by_id.get_mut(&id) {
            let before = Entry::of(chat);
            change(chat);
            let after = Entry::of(chat);
            if before != after {
                self.leave(before.place);
                self.enter(after);
            }
        }
    }

    /// Shows only the chats over one number, or all.
    pub(crate) fn narrow(&mut self, number: Option<NumberId>) {
        self.filter = number;
        self.rows = self
            .order
            .iter()
            .filter(|e| self.shows(e))
            .map(Entry::id)
            .collect();
    }

    /// Forgets how far the lists were fetched: they are asked anew, and what is here stays until
    /// then (a chat is never taken away by the daemon, it only changes).
    pub(crate) fn forget_pages(&mut self) {
        self.edges.clear();
    }

    fn shows(&self, entry: &Entry) -> bool {
        entry.open && self.filter.is_none_or(|number| number == entry.number)
    }

    fn leave(&mut self, place: Place) {
        if let Ok(at) = self.order.binary_search_by_key(&place, |e| e.place) {
            self.order.remove(at);
        }
        let id = place.id.0;
        if let Some(at) = self.rows.iter().position(|row| *row == id) {
            self.rows.remove(at);
        }
    }

    fn enter(&mut self, entry: Entry) {
        if let Err(at) = self.order.binary_search_by_key(&entry.place, |e| e.place) {
            self.order.insert(at, entry);
        }
        if self.shows(&entry) {
            let before = |id: &ChatId| {
                self.by_id
                    .get(id)
                    .is_some_and(|chat| Entry::of(chat).place < entry.place)
            };
            let at = self.rows.partition_point(before);
            self.rows.insert(at, entry.id());
        }
    }
}
