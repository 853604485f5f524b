//! A clock that goes on with the time and can be put anywhere, as an administrator may put a server's.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use common::time::{Clock, Stamp};

/// A clock that runs; clones share it.
#[derive(Debug, Clone)]
pub struct Running {
    begin: Instant,
    at_begin: Arc<AtomicI64>,
}

impl Running {
    /// A clock that stands at `start` now.
    pub fn from(start: Stamp) -> Self {
        Self {
            begin: Instant::now(),
            at_begin: Arc::new(AtomicI64::new(start.millis())),
        }
    }

    /// Puts it on at once, by so much more than passes.
    pub fn ahead(&self, by: Duration) {
        self.at_begin.fetch_add(millis(by), Ordering::SeqCst);
    }

    /// Puts it to a moment; it goes on from there.
    pub fn put(&self, to: Stamp) {
        let at_begin = to.minus(self.begin.elapsed());
        self.at_begin.store(at_begin.millis(), Ordering::SeqCst);
    }

    /// Puts it back.
    pub fn back(&self, by: Duration) {
        self.at_begin.fetch_sub(millis(by), Ordering::SeqCst);
    }
}

impl Clock for Running {
    fn now(&self) -> Stamp {
        Stamp::from_millis(self.at_begin.load(Ordering::SeqCst)).plus(self.begin.elapsed())
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}
