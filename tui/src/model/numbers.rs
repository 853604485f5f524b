//! The business numbers, in the order of the strip.

use common::id::NumberId;
use common::model::number::Number;
use common::time::Stamp;

/// The business numbers, in the order in which they were added: Alt-1 is the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    all: Vec<Number>,
    /// When their counts (unread, waiting) are to be asked for again: events tell of chats and messages, not of sums.
    pub counts_due: Option<Stamp>,
}

impl Numbers {
    /// All of them, in the order of the strip.
    pub fn iter(&self) -> impl Iterator<Item = &Number> {
        self.all.iter()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// One of them.
    pub fn get(&self, id: NumberId) -> Option<&Number> {
        self.place(id).ok().and_then(|at| self.all.get(at))
    }

    /// The one at that place of the strip, counted from zero.
    pub fn at(&self, place: usize) -> Option<&Number> {
        self.all.get(place)
    }

    /// Its place in the strip, counted from one, as people say it.
    pub fn ordinal(&self, id: NumberId) -> Option<usize> {
        self.place(id).ok().map(|at| at + 1)
    }

    /// Messages of all of them that wait to be sent.
    pub fn queued(&self) -> u32 {
        self.all
            .iter()
            .fold(0, |sum, number| sum.saturating_add(number.queued))
    }

    /// Folds a newer state; true if something changed.
    pub fn fold(&mut self, number: Number) -> bool {
        match self.place(number.id) {
            Ok(at) => match self.all.get_mut(at) {
                Some(old) if old.revision < number.revision => {
                    *old = number;
                    true
                }
                _ => false,
            },
            Err(at) => {
                self.all.insert(at, number);
                true
            }
        }
    }

    /// Takes the whole truth; what it does not name is gone.
    pub fn replace(&mut self, numbers: Vec<Number>) {
        self.all
            .retain(|old| numbers.iter().any(|new| new.id == old.id));
        for number in numbers {
            self.fold(number);
        }
    }

    /// Takes the counts, whatever the revision: they change without one. True if something changed.
    pub fn recount(&mut self, numbers: Vec<Number>) -> bool {
        let mut changed = false;
        for number in numbers {
            let counts = (number.unread, number.queued, number.archived);
            changed |= self.fold(number.clone());
            if let Ok(at) = self.place(number.id)
                && let Some(known) = self.all.get_mut(at)
                && (known.unread, known.queued, known.archived) != counts
            {
                (known.unread, known.queued, known.archived) = counts;
                changed = true;
            }
        }
        changed
    }

    fn place(&self, id: NumberId) -> Result<usize, usize> {
        self.all.binary_search_by_key(&id, |number| number.id)
    }
}
