//! Counts what happens in floods and lets one log line through now and then.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long one line stands for all.
const EVERY: Duration = Duration::from_mins(1);

/// A count of one kind of trouble.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    told: Option<Instant>,
    since: u64,
}

impl Tally {
    /// Counts one more; says how many there were since the last line where one is due.
    pub(super) fn count(&self) -> Option<u64> {
        self.count_at(Instant::now())
    }

    fn count_at(&self, now: Instant) -> Option<u64> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.since += 1;
        if counted
            .told
            .is_some_and(|told| now.duration_since(told) < EVERY)
        {
            return None;
        }
        counted.told = Some(now);
        Some(std::mem::take(&mut counted.since))
    }
}

#[cfg(test)]
mod tests {
    use super::{EVERY, Tally};
    use tokio::time::Instant;

    #[test]
    fn one_line_stands_for_a_flood() {
        let (tally, start) = (Tally::default(), Instant::now());
        assert_eq!(tally.count_at(start), Some(1));
        assert!((0..500).all(|_| tally.count_at(start).is_none()));
        assert_eq!(tally.count_at(start + EVERY), Some(501));
        assert_eq!(tally.count_at(start + EVERY), None);
    }
}
