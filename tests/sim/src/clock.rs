//! The time the simulated Meta lives in: tokio's, so that a test may stop it, or one given from outside.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::time::Instant;

/// A cheap handle on a clock; clones share it.
#[derive(Clone)]
pub struct SimClock(Arc<Source>);

enum Source {
    /// A starting point and the tokio time passed since, plus what [`SimClock::advance`] added.
    Tokio {
        base_us: i64,
        start: Instant,
        skew_us: AtomicI64,
    },
    /// Somebody else's clock, in milliseconds.
    Given(Box<dyn Fn() -> i64 + Send + Sync>),
}

impl SimClock {
    /// Starts at the system's time and goes on with tokio's.
    #[expect(
        clippy::disallowed_methods,
        reason = "the simulated Meta stands for another machine, which has its own clock"
    )]
    pub fn system() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let ms = since.map_or(0, |d| {
            i64::try_from(d.as_millis()).unwrap_or(i64::MAX / 2_000)
        });
        Self::starting_at(ms)
    }

    /// Starts at the given milliseconds since 1970 (UTC) and goes on with tokio's time.
    pub fn starting_at(ms: i64) -> Self {
        Self(Arc::new(Source::Tokio {
            base_us: ms.saturating_mul(1_000),
            start: Instant::now(),
            skew_us: AtomicI64::new(0),
        }))
    }

    /// Asks a function for the milliseconds since 1970 (UTC).
    pub fn from_fn(now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(Source::Given(Box::new(now_ms))))
    }

    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        self.now_us() / 1_000
    }

    /// Jumps forward (or back); a clock made by [`SimClock::from_fn`] is not ours to move.
    pub fn advance(&self, ms: i64) {
        if let Source::Tokio { skew_us, .. } = &*self.0 {
            skew_us.fetch_add(ms.saturating_mul(1_000), Ordering::SeqCst);
        }
    }

    /// Microseconds since 1970 (UTC): fine enough for a thousand messages a second.
    pub(crate) fn now_us(&self) -> i64 {
        match &*self.0 {
            Source::Tokio {
                base_us,
                start,
                skew_us,
            } => {
                let passed = i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX / 2);
                base_us
                    .saturating_add(passed)
                    .saturating_add(skew_us.load(Ordering::SeqCst))
            }
            Source::Given(now_ms) => now_ms().saturating_mul(1_000),
        }
    }

    /// Whole seconds since 1970, as webhooks carry them.
    pub fn now_s(&self) -> i64 {
        self.now_us().div_euclid(1_000_000)
    }
}

impl Default for SimClock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for SimClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimClock({} ms)", self.now_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn advance_moves_and_given_clocks_stay() {
        let clock = SimClock::starting_at(1_000);
        clock.advance(60_000);
        assert!(clock.now_ms() >= 61_000);
        let given = SimClock::from_fn(|| 42_000);
        given.advance(1);
        assert_eq!((given.now_ms(), given.now_s()), (42_000, 42));
    }
}
