//! Slows whoever guesses tokens, and keeps each token to its pace.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use common::id::TokenId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::time::Instant;

/// So many wrong tokens of one address cost nothing: people mistype.
const FREE: u32 = 5;
/// The longest that an address waits between two guesses.
const LONGEST: Duration = Duration::from_mins(15);
/// Whoever guessed nothing for so long begins anew.
const FORGIVEN: Duration = Duration::from_hours(1);
/// More addresses than this are not remembered: the ones that waited longest ago go.
const ADDRESSES: usize = 4096;
/// So many good tokens of an address are remembered: behind one proxy work many.
const GOOD: usize = 64;

/// How fast one token may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Requests a second.
    pub per_second: NonZeroU32,
    /// Requests at once.
    pub burst: NonZeroU32,
}

impl Default for Pace {
    fn default() -> Self {
        let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            per_second: positive(100),
            burst: positive(200),
        }
    }
}

/// Stands at the TCP port. Clones share what it remembers.
#[derive(Clone)]
pub struct Doorman {
    inner: Arc<Inner>,
}

struct Inner {
    began: Instant,
    addresses: Mutex<HashMap<IpAddr, Seen>>,
    tokens: DefaultKeyedRateLimiter<TokenId>,
}

impl fmt::Debug for Doorman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Doorman").finish_non_exhaustive()
    }
}

/// What is remembered of an address.
#[derive(Debug, Default)]
struct Seen {
    wrong: u32,
    last: Duration,
    /// Hashes of tokens that were good, the newest last: they are let in whatever others guess.
    good: VecDeque<[u8; 32]>,
}

impl Seen {
    /// How long after the last wrong token the next is looked at.
    fn wait(&self) -> Duration {
        match self.wrong.checked_sub(FREE) {
            None | Some(0) => Duration::ZERO,
            Some(more) => Duration::from_secs(1_u64 << more.min(20)).min(LONGEST),
        }
    }

    fn left(&self, now: Duration) -> Duration {
        (self.last + self.wait()).saturating_sub(now)
    }
}

impl Doorman {
    /// One who has seen nobody yet.
    pub fn new(pace: Pace) -> Self {
        let quota = Quota::per_second(pace.per_second).allow_burst(pace.burst);
        Self {
            inner: Arc::new(Inner {
                began: Instant::now(),
                addresses: Mutex::default(),
                tokens: RateLimiter::keyed(quota),
            }),
        }
    }

    /// Whether a token of this address is looked at now; if not, when.
    pub(crate) fn admits(&self, address: IpAddr, token: Option<&[u8; 32]>) -> Result<(), Duration> {
        self.admits_at(self.now(), address, token)
    }

    fn admits_at(
        &self,
        now: Duration,
        address: IpAddr,
        token: Option<&[u8; 32]>,
    ) -> Result<(), Duration> {
        let known = |seen: &Seen| token.is_some_and(|token| seen.good.contains(token));
        let seen = self.lock().get(&address).map(|s| (s.left(now), known(s)));
        match seen {
            Some((left, false)) if !left.is_zero() => Err(left),
            _ => Ok(()),
        }
    }

    /// A token of this address was none.
    pub(crate) fn wrong(&self, address: IpAddr) {
        self.wrong_at(self.now(), address);
    }

    fn wrong_at(&self, now: Duration, address: IpAddr) {
        let wrong = count_wrong(&mut self.lock(), now, address);
        if wrong > FREE {
            tracing::warn!(%address, wrong, "somebody guesses tokens; they wait longer each time");
        }
    }

    /// A token of this address was good: whether it keeps to its pace; if not, when it may go on.
    pub(crate) fn good(
        &self,
        address: IpAddr,
        hash: &[u8; 32],
        token: TokenId,
    ) -> Result<(), Duration> {
        remember_good(&mut self.lock(), address, hash);
        let clock = DefaultClock::default();
        let pace = self.inner.tokens.check_key(&token);
        pace.map_err(|until| until.wait_time_from(clock.now()))
    }

    fn now(&self) -> Duration {
        self.inner.began.elapsed()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, Seen>> {
        let addresses = self.inner.addresses.lock();
        addresses.unwrap_or_else(PoisonError::into_inner)
    }
}

/// One wrong token more; how many there were.
fn count_wrong(addresses: &mut HashMap<IpAddr, Seen>, now: Duration, address: IpAddr) -> u32 {
    make_room(addresses, address);
    let seen = addresses.entry(address).or_default();
    if now.saturating_sub(seen.last) > FORGIVEN {
        seen.wrong = 0;
    }
    seen.wrong = seen.wrong.saturating_add(1);
    seen.last = now;
    seen.wrong
}

fn remember_good(addresses: &mut HashMap<IpAddr, Seen>, address: IpAddr, hash: &[u8; 32]) {
    make_room(addresses, address);
    let seen = addresses.entry(address).or_default();
    if !seen.good.contains(hash) {
        seen.good.push_back(*hash);
        if seen.good.len() > GOOD {
            seen.good.pop_front();
        }
    }
}

/// Before one more address is remembered, the one seen longest ago goes where there are too many.
fn make_room(addresses: &mut HashMap<IpAddr, Seen>, coming: IpAddr) {
    if addresses.len() < ADDRESSES || addresses.contains_key(&coming) {
        return;
    }
    let oldest = addresses.iter().min_by_key(|(_, seen)| seen.last);
    if let Some(oldest) = oldest.map(|(address, _)| *address) {
        addresses.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

    #[test]
    fn guessing_costs_more_each_time_and_harms_no_other_address() {
        let doorman = Doorman::new(Pace::default());
        let mut now = Duration::ZERO;
        let mut tries = 0;
        while now < Duration::from_hours(24) {
            match doorman.admits_at(now, HERE, None) {
                Ok(()) => {
                    tries += 1;
                    doorman.wrong_at(now, HERE);
                }
                Err(left) => now += left,
            }
        }
        // Unslowed it would be millions.
        assert!((90..140).contains(&tries), "{tries} guesses in a day");
        assert!(doorman.admits_at(now, THERE, None).is_ok());
    }

    #[test]
    fn a_good_token_behind_the_same_address_goes_on_working() {
        let doorman = Doorman::new(Pace::default());
        doorman
            .good(HERE, &[7; 32], TokenId(1))
            .expect("its first request");
        for _ in 0..20 {
            doorman.wrong_at(Duration::from_secs(1), HERE);
        }
        let now = Duration::from_secs(2);
        assert!(doorman.admits_at(now, HERE, Some(&[7; 32])).is_ok());
        assert!(doorman.admits_at(now, HERE, Some(&[8; 32])).is_err());
        let later = now + FORGIVEN + LONGEST;
        doorman.wrong_at(later, HERE);
        assert!(
            doorman.admits_at(later, HERE, None).is_ok(),
            "an hour forgives"
        );
    }

    #[test]
    fn a_token_that_hurries_waits_and_another_does_not() {
        let one = NonZeroU32::MIN;
        let doorman = Doorman::new(Pace {
            per_second: one,
            burst: one,
        });
        assert!(doorman.good(HERE, &[1; 32], TokenId(1)).is_ok());
        let wait = doorman
            .good(HERE, &[1; 32], TokenId(1))
            .expect_err("too fast");
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
        assert!(doorman.good(HERE, &[2; 32], TokenId(2)).is_ok());
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let doorman = Doorman::new(Pace::default());
        for n in 0..u32::try_from(ADDRESSES).expect("few") + 100 {
            doorman.wrong_at(Duration::from_secs(n.into()), IpAddr::V4(Ipv4Addr::from(n)));
        }
        assert_eq!(doorman.lock().len(), ADDRESSES);
    }
}
