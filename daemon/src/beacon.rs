//! How the daemon recognises itself from outside: nonces that only it answers, deliveries that only it wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use common::id::AppId;
use common::time::Stamp;

/// More than so many are never out at once.
const MANY: usize = 256;

/// What a recado answers to a nonce that another one gave out.
pub const NOT_MINE: &str = "this recado did not ask\n";
/// The header of what the doctor sends to itself.
pub const OWN: &str = "x-recado-doctor";

/// What is out, and what has come back. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Beacon(Arc<Mutex<Lit>>);

#[derive(Debug, Default)]
struct Lit {
    /// Nonces, with what only we answer to each.
    nonces: HashMap<String, String>,
    /// Bodies that we send to ourselves, and whether each has come.
    bodies: HashMap<Vec<u8>, bool>,
    /// Notifications whose signature was wrong, by app.
    refused: HashMap<AppId, Refused>,
}

/// How many notifications had a wrong signature since the last good one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refused {
    /// So many.
    pub count: u64,
    /// The last of them.
    pub last: Option<Stamp>,
}

impl Beacon {
    fn lit(&self) -> MutexGuard<'_, Lit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a nonce be asked for. It is forgotten with the flare.
    pub fn light(&self, nonce: String, answer: String) -> Flare {
        let mut lit = self.lit();
        if lit.nonces.len() >= MANY {
            lit.nonces.clear();
        }
        lit.nonces.insert(nonce.clone(), answer);
        drop(lit);
        Flare {
            beacon: self.clone(),
            nonce,
        }
    }

    /// What only this daemon answers to a nonce.
    pub fn answer(&self, nonce: &str) -> Option<String> {
        self.lit().nonces.get(nonce).cloned()
    }

    /// Waits for a body of our own. It is forgotten with the bottle.
    pub fn throw(&self, body: Vec<u8>) -> Bottle {
        let mut lit = self.lit();
        if lit.bodies.len() >= MANY {
            lit.bodies.clear();
        }
        lit.bodies.insert(body.clone(), false);
        drop(lit);
        Bottle {
            beacon: self.clone(),
            body,
        }
    }

    /// Whether this body is one of our own, which is no notification of Meta's.
    pub fn takes(&self, body: &[u8]) -> bool {
        match self.lit().bodies.get_mut(body) {
            Some(come) => {
                *come = true;
                true
            }
            None => false,
        }
    }

    /// A notification for this app had a wrong signature.
    pub fn refused(&self, app: &AppId, at: Stamp) {
        let mut lit = self.lit();
        let known = lit.refused.contains_key(app);
        if known || lit.refused.len() < MANY {
            let refused = lit.refused.entry(app.clone()).or_default();
            refused.count += 1;
            refused.last = Some(at);
        }
        drop(lit);
    }

    /// A notification for this app was good.
    pub fn accepted(&self, app: &AppId) {
        self.lit().refused.remove(app);
    }

    /// How many had a wrong signature since the last good one.
    pub fn refusals(&self, app: &AppId) -> Refused {
        self.lit().refused.get(app).copied().unwrap_or_default()
    }
}

/// A nonce that is out.
#[derive(Debug)]
pub struct Flare {
    beacon: Beacon,
    nonce: String,
}

impl Flare {
    /// What to ask for.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }
}

impl Drop for Flare {
    fn drop(&mut self) {
        self.beacon.lit().nonces.remove(&self.nonce);
    }
}

/// A body of our own that is on its way.
#[derive(Debug)]
pub struct Bottle {
    beacon: Beacon,
    body: Vec<u8>,
}

impl Bottle {
    /// Its bytes.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether it has come.
    pub fn has_come(&self) -> bool {
        self.beacon.lit().bodies.get(&self.body) == Some(&true)
    }
}

impl Drop for Bottle {
    fn drop(&mut self) {
        self.beacon.lit().bodies.remove(&self.body);
    }
}

#[cfg(test)]
mod tests {
    use super::{Beacon, Refused};
    use common::id::AppId;
    use common::time::Stamp;

    #[test]
    fn only_what_is_out_is_recognised_and_only_as_long() {
        let beacon = Beacon::default();
        let flare = beacon.light("n".to_owned(), "a".to_owned());
        assert_eq!(beacon.answer("n").as_deref(), Some("a"));
        assert_eq!(beacon.answer("other"), None);
        drop(flare);
        assert_eq!(beacon.answer("n"), None);
        let bottle = beacon.throw(b"body".to_vec());
        assert!(!beacon.takes(b"Body") && !bottle.has_come());
        assert!(beacon.takes(b"body") && bottle.has_come());
        drop(bottle);
        assert!(!beacon.takes(b"body"));
    }

    #[test]
    fn a_good_signature_forgets_the_wrong_ones() {
        let (beacon, app) = (Beacon::default(), AppId::from("1"));
        let at = Stamp::from_seconds(1_780_000_000);
        beacon.refused(&app, at);
        beacon.refused(&app, at);
        let twice = Refused {
            count: 2,
            last: Some(at),
        };
        assert_eq!(beacon.refusals(&app), twice);
        beacon.accepted(&app);
        assert_eq!(beacon.refusals(&app), Refused::default());
    }
}
