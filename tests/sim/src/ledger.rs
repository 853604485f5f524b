//! What the simulated Meta has taken in: every accepted send, every read mark, every refusal, all countable and awaitable.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use crate::people::PersonId;

/// Refusals kept for reading; older ones are only counted.
const KEPT_REFUSALS: usize = 1_000;

/// An accepted message.
#[derive(Debug)]
pub struct Accepted {
    /// Place in the ledger, from 0.
    pub index: usize,
    /// The sending number.
    pub phone_number_id: Arc<str>,
    /// As in the request.
    pub to: Option<String>,
    /// As in the request.
    pub recipient: Option<String>,
    /// Whom it reached, where that is a phone number.
    pub wa_id: Option<String>,
    /// The `type`.
    pub kind: &'static str,
    /// The id it was given.
    pub wamid: String,
    /// `biz_opaque_callback_data`.
    pub biz_opaque: Option<String>,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The whole request.
    pub body: Value,
    pub(crate) person: Option<PersonId>,
    pub(crate) group: bool,
    pub(crate) in_window: bool,
}

/// A read mark or typing indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMark {
    /// The number whose chat it is.
    pub phone_number_id: String,
    /// The message up to which everything is read.
    pub message_id: String,
    /// With the typing indicator.
    pub typing: bool,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

/// A refused request.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Method and path.
    pub request: String,
    /// The error's code.
    pub code: u32,
    /// The error's explanation or title.
    pub details: String,
    /// The request, where it was JSON.
    pub body: Value,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests of every sort, faulty ones included.
    pub requests: u64,
    /// Accepted sends.
    pub accepted: u64,
    /// Read marks.
    pub read_marks: u64,
    /// Requests answered with an error.
    pub refused: u64,
    /// Webhook POSTs tried.
    pub posts: u64,
    /// Webhook POSTs answered 200.
    pub posts_taken: u64,
    /// Connections opened to webhook receivers.
    pub connections: u64,
}

/// Nothing fitting came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedOut;

impl std::fmt::Display for TimedOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing fitting happened in time")
    }
}

impl std::error::Error for TimedOut {}

/// The running counters behind [`Counts`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) requests: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) posts: AtomicU64,
    pub(crate) posts_taken: AtomicU64,
    pub(crate) connections: AtomicU64,
}

/// Adds one; says the new count.
pub(crate) fn tally(counter: &AtomicU64) -> u64 {
    counter.fetch_add(1, Ordering::Relaxed) + 1
}

#[derive(Debug)]
pub(crate) struct Ledger {
    inner: Mutex<Inner>,
    /// Ticks with every entry of any sort.
    news: watch::Sender<u64>,
    pub(crate) counters: Counters,
}

#[derive(Debug, Default)]
struct Inner {
    accepted: Vec<Arc<Accepted>>,
    by_wamid: HashMap<String, usize>,
    marks: Vec<ReadMark>,
    refused: VecDeque<Refused>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            inner: Mutex::default(),
            news: watch::Sender::new(0),
            counters: Counters::default(),
        }
    }
}

impl Ledger {
    fn with<R>(&self, f: impl FnOnce(&mut Inner) -> R) -> R {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self) {
        self.news.send_modify(|n| *n += 1);
    }

    /// Enters a send; its index is set here.
    pub(crate) fn accept(&self, mut accepted: Accepted) -> Arc<Accepted> {
        let entered = self.with(|inner| {
            accepted.index = inner.accepted.len();
            inner
                .by_wamid
                .insert(accepted.wamid.clone(), accepted.index);
            let entered = Arc::new(accepted);
            inner.accepted.push(Arc::clone(&entered));
            entered
        });
        self.tell();
        entered
    }

    pub(crate) fn mark(&self, mark: ReadMark) {
        self.with(|inner| inner.marks.push(mark));
        self.tell();
    }

    pub(crate) fn refuse(&self, refused: Refused) {
        tally(&self.counters.refused);
        self.with(|inner| {
            if inner.refused.len() == KEPT_REFUSALS {
                inner.refused.pop_front();
            }
            inner.refused.push_back(refused);
        });
        self.tell();
    }

    /// Entries from an index on.
    pub(crate) fn accepted_from(&self, index: usize) -> Vec<Arc<Accepted>> {
        self.with(|inner| inner.accepted.get(index..).unwrap_or_default().to_vec())
    }

    pub(crate) fn accepted_count(&self) -> usize {
        self.with(|inner| inner.accepted.len())
    }

    pub(crate) fn by_wamid(&self, wamid: &str) -> Option<Arc<Accepted>> {
        self.with(|inner| {
            let index = inner.by_wamid.get(wamid)?;
            inner.accepted.get(*index).cloned()
        })
    }

    pub(crate) fn marks(&self) -> Vec<ReadMark> {
        self.with(|inner| inner.marks.clone())
    }

    pub(crate) fn refused(&self) -> Vec<Refused> {
        self.with(|inner| inner.refused.iter().cloned().collect())
    }

    pub(crate) fn counts(&self) -> Counts {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (accepted, marks) = self.with(|inner| (inner.accepted.len(), inner.marks.len()));
        Counts {
            requests: of(&self.counters.requests),
            accepted: accepted as u64,
            read_marks: marks as u64,
            refused: of(&self.counters.refused),
            posts: of(&self.counters.posts),
            posts_taken: of(&self.counters.posts_taken),
            connections: of(&self.counters.connections),
        }
    }

    /// Something outside the ledger happened that a waiter may be waiting for.
    pub(crate) fn nudge(&self) {
        self.tell();
    }

    /// Waits until a look at the ledger gives something.
    pub(crate) async fn wait<T>(
        &self,
        timeout: Duration,
        mut look: impl FnMut(&Self) -> Option<T>,
    ) -> Result<T, TimedOut> {
        let mut news = self.news.subscribe();
        let found = async {
            loop {
                news.mark_unchanged();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                if news.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(timeout, found)
            .await
            .ok()
            .flatten()
            .ok_or(TimedOut)
    }
}
