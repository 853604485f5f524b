//! Everybody the simulated Meta knows, found by phone number in any spelling or by user id.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::customer::Customer;
use crate::phone;
use crate::status::StatusPlan;

/// A place in the list of people; stays theirs for good.
pub(crate) type PersonId = usize;

/// The list, behind a lock held for a lookup.
#[derive(Debug, Default)]
pub(crate) struct People {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    all: Vec<Entry>,
    by_phone: HashMap<String, PersonId>,
    by_user: HashMap<String, PersonId>,
}

#[derive(Debug)]
struct Entry {
    person: Arc<Customer>,
    plan: Option<StatusPlan>,
}

/// Somebody found: place, person and the plan for messages to them.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) id: PersonId,
    pub(crate) person: Arc<Customer>,
    pub(crate) plan: Option<StatusPlan>,
}

impl People {
    fn with<R>(&self, f: impl FnOnce(&mut Inner) -> R) -> R {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Registers somebody, or renews what is known of them.
    pub(crate) fn add(&self, customer: &Customer) -> PersonId {
        self.with(|inner| inner.add(customer))
    }

    /// The person a number of the given digits reaches; a stranger is made up.
    pub(crate) fn by_phone(&self, digits: &str) -> Found {
        self.with(|inner| {
            let key = phone::match_key(digits);
            let id = inner
                .by_phone
                .get(&key)
                .copied()
                .unwrap_or_else(|| inner.add(&Customer::new("").wa_id(phone::wa_id(digits))));
            inner.found(id)
        })
    }

    /// The person with this user id or parent user id; nobody if it was never told.
    pub(crate) fn by_user(&self, user_id: &str) -> Option<Found> {
        self.with(|inner| {
            inner
                .by_user
                .get(user_id)
                .copied()
                .map(|id| inner.found(id))
        })
    }

    /// The person at a place.
    pub(crate) fn get(&self, id: PersonId) -> Arc<Customer> {
        self.with(|inner| inner.found(id).person)
    }

    /// Sets the plan for messages to one person.
    pub(crate) fn set_plan(&self, id: PersonId, plan: Option<StatusPlan>) {
        self.with(|inner| {
            if let Some(entry) = inner.all.get_mut(id) {
                entry.plan = plan;
            }
        });
    }
}

impl Inner {
    fn add(&mut self, customer: &Customer) -> PersonId {
        let key = customer.wa_id.as_deref().map(phone::match_key);
        let users = [
            customer.user_id.as_deref(),
            customer.parent_user_id.as_deref(),
        ];
        let known = users
            .iter()
            .flatten()
            .find_map(|u| self.by_user.get(*u))
            .or_else(|| key.as_ref().and_then(|k| self.by_phone.get(k)))
            .copied();
        let id = known.unwrap_or(self.all.len());
        match self.all.get_mut(id) {
            Some(entry) if *entry.person == *customer => return id,
            Some(entry) => entry.person = Arc::new(customer.clone()),
            None => self.all.push(Entry {
                person: Arc::new(customer.clone()),
                plan: None,
            }),
        }
        if let Some(key) = key {
            self.by_phone.insert(key, id);
        }
        for user in users.into_iter().flatten() {
            self.by_user.insert(user.to_owned(), id);
        }
        id
    }

    fn found(&self, id: PersonId) -> Found {
        let entry = self.all.get(id);
        Found {
            id,
            person: entry.map_or_else(|| Arc::new(Customer::new("")), |e| e.person.clone()),
            plan: entry.and_then(|e| e.plan.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_user_ids_meet_in_one_person() {
        let people = People::default();
        let ana = Customer::new("Ana").wa_id("557187654321").user_id("BR.12");
        let id = people.add(&ana);
        assert_eq!(people.by_phone("5571987654321").id, id);
        assert_eq!(people.by_user("BR.12").map(|f| f.id), Some(id));
        assert!(people.by_user("BR.13").is_none());
        assert_eq!(people.add(&ana.clone().username("@ana")), id);
        assert_eq!(
            people.by_phone("557187654321").person.username.as_deref(),
            Some("@ana")
        );
        let stranger = people.by_phone("5215512345678");
        assert_eq!(stranger.person.wa_id.as_deref(), Some("525512345678"));
        assert_ne!(stranger.id, id);
    }
}
