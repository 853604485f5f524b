//! The daemon's clocks: the only place of the daemon that asks the system for the time, and what is known of Meta's.

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::time::{Clock, Stamp};
use common::window::judged_at;
use tokio::sync::watch;

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else asks"
    )]
    fn now(&self) -> Stamp {
        jiff::Timestamp::now().into()
    }
}

/// What time it is at Meta, as its answers say. Clones share it.
///
/// It goes on with the time that passes, whatever becomes of this machine's calendar.
#[derive(Debug, Clone)]
pub struct MetaTime {
    local: Arc<dyn Clock>,
    told: Arc<watch::Sender<Option<Told>>>,
}

/// What time it is.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// By this machine's clock.
    pub local: Stamp,
    /// By Meta's, where this machine's is ahead of it: what windows are judged by.
    pub judged: Stamp,
}

/// What an answer of Meta's said.
#[derive(Debug, Clone, Copy)]
struct Told {
    date: Stamp,
    at: Instant,
    local: Stamp,
}

impl MetaTime {
    /// Nothing is known of it yet; `local` is this machine's clock.
    pub fn new(local: Arc<dyn Clock>) -> Self {
        Self {
            local,
            told: Arc::new(watch::Sender::new(None)),
        }
    }

    /// An answer of Meta's came, written at this moment of its time.
    pub fn tell(&self, date: Stamp) {
        let told = Told {
            date,
            at: Instant::now(),
            local: self.local.now(),
        };
        let _before = self.told.send_replace(Some(told));
    }

    /// The time by which windows are judged, where this machine's clock says `local`.
    pub fn judged(&self, local: Stamp) -> Stamp {
        let meta = self
            .told
            .borrow()
            .map(|told| told.date.plus(told.at.elapsed()));
        judged_at(local, meta)
    }

    /// Hears of every answer from now on.
    pub fn skews(&self) -> Skews {
        Skews(self.told.subscribe())
    }
}

/// How far this machine's clock is from Meta's, answer by answer.
#[derive(Debug)]
pub struct Skews(watch::Receiver<Option<Told>>);

impl Skews {
    /// Returns after the next answer: how far this machine's clock was ahead of Meta's, and how far behind.
    pub async fn next(&mut self) -> (Duration, Duration) {
        loop {
            if self.0.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
            if let Some(told) = *self.0.borrow_and_update() {
                return (told.local.since(told.date), told.date.since(told.local));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use common::time::ManualClock;

    use super::*;

    #[test]
    fn windows_are_judged_by_metas_time_once_it_is_told() {
        let start = Stamp::from_seconds(1_800_000_000);
        let clock = ManualClock::new(start);
        let meta = MetaTime::new(Arc::new(clock.clone()));
        let day = Duration::from_hours(24);
        clock.advance(day);
        assert_eq!(meta.judged(clock.now()), clock.now(), "nothing is known");
        meta.tell(start);
        let judged = meta.judged(clock.now());
        assert!(
            judged >= start && judged < start.plus(Duration::from_mins(1)),
            "{judged}"
        );
        meta.tell(clock.now());
        assert_eq!(meta.judged(clock.now()), clock.now());
    }
}
