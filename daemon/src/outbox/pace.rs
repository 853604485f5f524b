//! Token buckets: so many messages a second for a number, one in six seconds for a pair.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use common::id::ChatId;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use crate::outbox::policy::Speed;

/// Meta's limit between one number and one customer.
const PAIR_EVERY: Duration = Duration::from_secs(6);
const PAIR_BURST: u32 = 45;
/// More pairs than this are looked through for ones that have rested.
const MANY_PAIRS: usize = 10_000;

/// A moment of the outbox: how long it has been running. It never goes back, whatever becomes of
/// the calendar.
pub(crate) type Moment = Duration;

/// The clock of the buckets: stands at the moment that it was told last.
#[derive(Debug, Clone, Default)]
struct Told(Arc<AtomicU64>);

impl Told {
    fn tell(&self, now: Moment) {
        let nanos = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        self.0.store(nanos, Ordering::Relaxed);
    }
}

impl Clock for Told {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

type Middleware = NoOpMiddleware<Duration>;

/// The bucket of one number.
pub(crate) struct NumberPace {
    speed: Speed,
    clock: Told,
    bucket: RateLimiter<NotKeyed, InMemoryState, Told, Middleware>,
    /// A token that was taken and not used.
    spare: bool,
}

impl std::fmt::Debug for NumberPace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NumberPace")
            .field("speed", &self.speed)
            .finish_non_exhaustive()
    }
}

impl NumberPace {
    /// A full bucket.
    pub(crate) fn new(speed: Speed) -> Self {
        let clock = Told::default();
        let quota =
            Quota::per_second(positive(speed.per_second)).allow_burst(positive(speed.burst));
        let bucket = RateLimiter::direct_with_clock(quota, clock.clone());
        Self {
            speed,
            clock,
            bucket,
            spare: false,
        }
    }

    /// How fast it is.
    pub(crate) const fn speed(&self) -> Speed {
        self.speed
    }

    /// Takes a token, or says how long until there is one.
    pub(crate) fn take(&mut self, now: Moment) -> Result<(), Duration> {
        if std::mem::take(&mut self.spare) {
            return Ok(());
        }
        self.clock.tell(now);
        self.bucket
            .check()
            .map_err(|until| wait(&until, &self.clock))
    }

    /// Gives a token back that was not used.
    pub(crate) const fn give_back(&mut self) {
        self.spare = true;
    }
}

/// The buckets of all pairs.
pub(crate) struct PairPace {
    clock: Told,
    buckets: RateLimiter<ChatId, HashMapStateStore<ChatId>, Told, Middleware>,
}

impl std::fmt::Debug for PairPace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PairPace")
            .field("pairs", &self.buckets.len())
            .finish_non_exhaustive()
    }
}

impl PairPace {
    /// Full buckets.
    pub(crate) fn new() -> Self {
        let clock = Told::default();
        let quota = Quota::with_period(PAIR_EVERY)
            .unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(positive(PAIR_BURST));
        let buckets = RateLimiter::new(quota, HashMapStateStore::default(), clock.clone());
        Self { clock, buckets }
    }

    /// Takes a token of a pair, or says how long until there is one.
    pub(crate) fn take(&self, chat: ChatId, now: Moment) -> Result<(), Duration> {
        self.clock.tell(now);
        if self.buckets.len() > MANY_PAIRS {
            self.buckets.retain_recent();
        }
        self.buckets
            .check_key(&chat)
            .map_err(|until| wait(&until, &self.clock))
    }
}

fn wait(until: &NotUntil<Duration>, clock: &Told) -> Duration {
    until.wait_time_from(clock.now())
}

fn positive(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::policy::speed;

    const START: Moment = Duration::ZERO;

    #[test]
    fn a_number_sends_its_burst_and_then_its_rate() {
        let mut pace = NumberPace::new(speed(None));
        let (mut now, mut sent) = (START, 0);
        while now < Duration::from_secs(10) {
            match pace.take(now) {
                Ok(()) => sent += 1,
                Err(wait) => now += wait,
            }
        }
        assert!((800..=811).contains(&sent), "{sent} in ten seconds");
        pace.give_back();
        assert_eq!(pace.take(now), Ok(()));
    }

    #[test]
    fn a_pair_has_45_at_once_then_one_in_six_seconds_and_holds_up_no_other() {
        let pairs = PairPace::new();
        let sent = (0..60)
            .filter(|_| pairs.take(ChatId(1), START).is_ok())
            .count();
        assert_eq!(sent, 45);
        let six = Duration::from_secs(6);
        assert_eq!(pairs.take(ChatId(1), START), Err(six));
        assert_eq!(pairs.take(ChatId(2), START), Ok(()));
        assert_eq!(pairs.take(ChatId(1), six), Ok(()));
        assert!(pairs.take(ChatId(1), six).is_err());
    }

    #[test]
    fn pairs_that_rested_are_forgotten() {
        let pairs = PairPace::new();
        for chat in 0..=10_000 {
            assert_eq!(pairs.take(ChatId(chat), START), Ok(()));
        }
        assert_eq!(pairs.take(ChatId(1), Duration::from_mins(10)), Ok(()));
        assert!(pairs.buckets.len() < 10);
    }
}
