//! What is known of customers beside their chats: counts, notes, files; asked for when the panel shows them.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use common::api::customers::CustomerCard;
use common::id::{CustomerId, NoteId};
use common::model::customer::Note;
use common::time::Stamp;

use crate::part::there::There;

/// The most cards that are kept.
const KEPT: usize = 24;
/// A card is not asked for anew more often than this.
const REST: Duration = Duration::from_secs(2);

/// The cards of customers whose chats were looked at lately.
#[derive(Debug, Default)]
pub struct Cards {
    by_id: HashMap<CustomerId, CustomerCard>,
    there: HashMap<CustomerId, There>,
    asked: HashMap<CustomerId, Stamp>,
    stale: HashSet<CustomerId>,
}

impl Cards {
    /// A customer's card.
    pub fn get(&self, id: CustomerId) -> Option<&CustomerCard> {
        self.by_id.get(&id)
    }

    /// Where a customer is at home.
    pub fn there(&self, id: CustomerId) -> Option<&There> {
        self.there.get(&id)
    }

    /// One of a customer's notes.
    pub fn note(&self, id: CustomerId, note: NoteId) -> Option<&Note> {
        let notes = &self.by_id.get(&id)?.notes;
        notes.iter().find(|known| known.id == note)
    }

    /// When a card is to be asked for; none if it is here or on its way.
    pub(crate) fn due(&self, id: CustomerId) -> Option<Stamp> {
        match self.asked.get(&id) {
            None => Some(Stamp::default()),
            Some(at) if self.stale.contains(&id) => Some(at.plus(REST)),
            Some(_) => None,
        }
    }

    /// A card is asked for now.
    pub(crate) fn ask(&mut self, id: CustomerId, now: Stamp, there: Option<There>) {
        if self.asked.len() >= KEPT {
            self.asked.clear();
            self.stale.clear();
            self.by_id.retain(|known, _| *known == id);
            self.there.retain(|known, _| *known == id);
        }
        self.asked.insert(id, now);
        self.stale.remove(&id);
        if let Some(there) = there {
            self.there.insert(id, there);
        }
    }

    /// A card has come.
    pub(crate) fn put(&mut self, id: CustomerId, card: CustomerCard) {
        self.by_id.insert(id, card);
    }

    /// Something changed that a card tells of.
    pub(crate) fn age(&mut self, id: CustomerId) {
        if self.asked.contains_key(&id) {
            self.stale.insert(id);
        }
    }

    /// A card is to be asked for at once.
    pub(crate) fn forget(&mut self, id: CustomerId) {
        self.asked.remove(&id);
    }

    /// Every card is to be asked for anew; what is here stays until then.
    pub(crate) fn forget_all(&mut self) {
        self.asked.clear();
        self.stale.clear();
    }
}
