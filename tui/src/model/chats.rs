//! The chat list: rows by id, kept in order as they change, loaded page by page.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use common::id::{ChatId, NumberId};
use common::model::chat::{Chat, ChatState};
use common::time::Stamp;

use crate::model::sift::{Place, Sift, waits_since};
use crate::msg::{Shelf, View};

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

/// What is counted of a chat, and where it stands among all: the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    at: (Reverse<Stamp>, Reverse<ChatId>),
    number: NumberId,
    unread: u32,
    open: bool,
    waits: bool,
    snoozed_until: Option<Stamp>,
}

impl Entry {
    fn of(chat: &Chat) -> Self {
        Self {
            at: (
                Reverse(chat.last_message_at.unwrap_or_default()),
                Reverse(chat.id),
            ),
            number: chat.number_id,
            unread: chat.unread,
            open: chat.state == ChatState::Open,
            waits: waits_since(chat).is_some(),
            snoozed_until: chat.snoozed_until,
        }
    }

    /// Whether it is one of those that somebody is to look at now.
    fn is_here(&self, now: Stamp) -> bool {
        self.open && self.snoozed_until.is_none_or(|until| until <= now)
    }

    const fn id(&self) -> ChatId {
        self.at.1.0
    }
}

/// The chat list.
#[derive(Debug, Default)]
pub struct Chats {
    by_id: HashMap<ChatId, Chat>,
    order: Vec<Entry>,
    sift: Sift,
    places: Vec<Place>,
    rows: Vec<ChatId>,
    /// Those that are put off, the one that comes back next first.
    asleep: BTreeSet<(Stamp, ChatId)>,
    /// The row below the chats has the cursor: it leads to the archived ones.
    pub foot: bool,
    /// The chat that has the cursor.
    pub cursor: Option<ChatId>,
    /// The row that had the cursor last: what comes there takes it when its chat leaves the list.
    pub(crate) row: usize,
    /// The first row in sight.
    pub top: usize,
    /// The wheel moved the list away from its cursor.
    pub wheeled: bool,
    /// The letters that the list is filtered by.
    pub letters: String,
    /// When the first page of a list was asked for last.
    pub asked_at: Option<Stamp>,
    /// How far each list was fetched.
    pub edges: HashMap<Shelf, Edge>,
}

impl Chats {
    /// One chat.
    pub fn get(&self, id: ChatId) -> Option<&Chat> {
        self.by_id.get(&id)
    }

    /// The chats to show, in order.
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

    /// Which number and view are shown.
    pub const fn shelf(&self) -> Shelf {
        self.sift.shelf
    }

    /// Unread messages in the loaded open chats, of one number or of all.
    pub fn unread(&self, number: Option<NumberId>) -> u32 {
        self.order
            .iter()
            .filter(|e| e.is_here(self.sift.now) && number.is_none_or(|n| n == e.number))
            .fold(0, |sum, e| sum.saturating_add(e.unread))
    }

    /// In how many loaded open chats the customer waits for an answer.
    pub fn waiting(&self) -> usize {
        let here = |e: &&Entry| e.is_here(self.sift.now);
        self.order.iter().filter(here).filter(|e| e.waits).count()
    }

    /// How many loaded open chats have something unread.
    pub fn unread_chats(&self) -> usize {
        let here = |e: &&Entry| e.is_here(self.sift.now);
        self.order
            .iter()
            .filter(here)
            .filter(|e| e.unread > 0)
            .count()
    }

    /// How many loaded chats are open.
    pub fn open(&self) -> usize {
        self.order
            .iter()
            .filter(|e| e.is_here(self.sift.now))
            .count()
    }

    /// Unread messages in chats that are put off, of one number or of all.
    pub fn unread_asleep(&self, number: Option<NumberId>) -> u32 {
        self.asleep
            .iter()
            .filter_map(|(_, id)| self.by_id.get(id))
            .filter(|chat| number.is_none_or(|n| n == chat.number_id))
            .fold(0, |sum, chat| sum.saturating_add(chat.unread))
    }

    /// When the next chat that is put off comes back.
    pub fn next_back(&self) -> Option<Stamp> {
        self.asleep.first().map(|(until, _)| *until)
    }

    /// Whether it is put off as far as this console has seen.
    pub(crate) fn is_asleep(&self, id: ChatId) -> bool {
        self.asleep.iter().any(|(_, asleep)| *asleep == id)
    }

    /// The chats that come back by now; the list shows them from here on.
    pub(crate) fn wake(&mut self, now: Stamp) -> Vec<ChatId> {
        let mut back = Vec::new();
        while let Some((until, id)) = self.asleep.first().copied().filter(|(at, _)| *at <= now) {
            self.asleep.remove(&(until, id));
            back.push(id);
        }
        if !back.is_empty() {
            self.resift(now);
        }
        back
    }

    /// The lists that hold every chat of the one in force.
    fn shelves(&self) -> impl Iterator<Item = Shelf> {
        let Shelf { number, view } = self.sift.shelf;
        let views = [view, View::All]
            .into_iter()
            .take(if view == View::Archived { 1 } else { 2 });
        views.flat_map(move |view| [None, number].map(|number| Shelf { number, view }))
    }

    /// Whether every chat of the list in force is loaded.
    pub fn is_complete(&self) -> bool {
        self.shelves()
            .any(|shelf| self.edges.get(&shelf) == Some(&Edge::End))
    }

    /// Whether the first page of the list in force has come.
    pub fn is_loaded(&self) -> bool {
        self.is_complete()
            || [None, self.sift.shelf.number].iter().any(|number| {
                let view = self.sift.shelf.view;
                let list = Shelf {
                    number: *number,
                    view,
                };
                match self.edges.get(&list) {
                    None | Some(Edge::Unasked | Edge::Loading(None)) => false,
                    Some(Edge::Loading(Some(_)) | Edge::More(_) | Edge::End) => true,
                }
            })
    }

    /// Folds a newer state of a chat; true if something changed.
    pub fn fold(&mut self, chat: Chat) -> bool {
        let id = chat.id;
        if let Some(old) = self.by_id.get(&id) {
            if old.revision >= chat.revision {
                return false;
            }
            self.leave(id);
        }
        self.by_id.insert(id, chat);
        self.enter(id);
        true
    }

    /// Changes a chat in place without a new revision (a customer's new name).
    pub(crate) fn amend(&mut self, id: ChatId, change: impl FnOnce(&mut Chat)) {
        if !self.by_id.contains_key(&id) {
            return;
        }
        self.leave(id);
        if let Some(chat) = self.by_id.get_mut(&id) {
            change(chat);
        }
        self.enter(id);
    }

    /// Shows another list.
    pub(crate) fn show(&mut self, list: Shelf, now: Stamp) {
        self.sift.shelf = list;
        self.resift(now);
    }

    /// Shows only chats that are found by these letters.
    pub(crate) fn find(&mut self, letters: &str, now: Stamp) {
        letters.clone_into(&mut self.letters);
        self.sift.find(letters);
        self.resift(now);
    }

    /// Whether the list is filtered by letters.
    pub(crate) const fn finds(&self) -> bool {
        self.sift.finds()
    }

    /// Holds the open chat in the list, whatever becomes of it.
    pub(crate) fn hold(&mut self, open: Option<ChatId>) {
        let before = std::mem::replace(&mut self.sift.held, open);
        for id in [before, open].into_iter().flatten() {
            self.amend(id, |_| {});
        }
    }

    /// Works the rows out anew: windows close by themselves.
    pub(crate) fn resift(&mut self, now: Stamp) {
        self.sift.now = now;
        let shown = self.by_id.values().filter(|chat| self.sift.shows(chat));
        let mut places: Vec<Place> = shown.map(|chat| self.sift.place(chat)).collect();
        places.sort_unstable();
        self.rows = places.iter().map(|place| place.id.0).collect();
        self.places = places;
    }

    /// Forgets how far the lists were fetched: they are asked anew, and what is here stays until
    /// then (a chat is never taken away by the daemon, it only changes).
    pub(crate) fn forget_pages(&mut self) {
        self.edges.clear();
    }

    fn leave(&mut self, id: ChatId) {
        let Some(chat) = self.by_id.get(&id) else {
            return;
        };
        let at = Entry::of(chat).at;
        if let Ok(at) = self.order.binary_search_by_key(&at, |e| e.at) {
            self.order.remove(at);
        }
        if let Ok(at) = self.places.binary_search(&self.sift.place(chat)) {
            self.places.remove(at);
            self.rows.remove(at);
        }
        if let Some(until) = chat.snoozed_until {
            self.asleep.remove(&(until, id));
        }
    }

    fn enter(&mut self, id: ChatId) {
        let Some(chat) = self.by_id.get(&id) else {
            return;
        };
        let entry = Entry::of(chat);
        if let Err(at) = self.order.binary_search_by_key(&entry.at, |e| e.at) {
            self.order.insert(at, entry);
        }
        if self.sift.shows(chat) {
            let place = self.sift.place(chat);
            if let Err(at) = self.places.binary_search(&place) {
                self.places.insert(at, place);
                self.rows.insert(at, id);
            }
        }
        if let Some(until) = chat.snoozed_until
            && chat.state == ChatState::Open
            && until > self.sift.now
        {
            self.asleep.insert((until, id));
        }
    }
}
