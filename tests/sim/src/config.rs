//! How the simulated Meta behaves as a whole: seed, clock, limits, status plan, webhook retries.

use std::time::Duration;

use crate::clock::SimClock;
use crate::status::StatusPlan;

/// Everything that is decided once, at start. Most of it can be changed later on the handle.
#[derive(Clone, Debug, Default)]
pub struct SimConfig {
    pub(crate) seed: u64,
    pub(crate) clock: SimClock,
    pub(crate) limits: Limits,
    pub(crate) plan: StatusPlan,
    pub(crate) retry: Retry,
}

impl SimConfig {
    /// As Meta behaves: limits on, statuses sent → delivered → read at once, ids from seed 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Same seed, same ids.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The clock that stamps messages and judges windows.
    #[must_use]
    pub fn clock(mut self, clock: SimClock) -> Self {
        self.clock = clock;
        self
    }

    /// Which limits are enforced.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The statuses that follow a send where nothing more special was asked for.
    #[must_use]
    pub fn plan(mut self, plan: StatusPlan) -> Self {
        self.plan = plan;
        self
    }

    /// How refused webhooks are tried again.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }
}

/// What becomes of a free-form message outside the 24 hours after the customer's last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowRule {
    /// The window is not looked at.
    Off,
    /// Accepted, then a `failed` status with 131047: what Meta does most of the time.
    Later,
    /// Refused at once with 131047.
    AtOnce,
}

/// The limits that are enforced on sends.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages a second and number (130429).
    pub throughput: bool,
    /// Inbound messages use up throughput too, as documented ("in + out").
    pub count_inbound: bool,
    /// One message in 6 s to the same person, bursts of 45 (131056).
    pub pairs: bool,
    /// The 24-hour customer-service window (131047).
    pub window: WindowRule,
    /// A `to` without `+` gets the sender's own country code in front.
    pub prepend_country: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            throughput: true,
            count_inbound: false,
            pairs: true,
            window: WindowRule::Later,
            prepend_country: true,
        }
    }
}

impl Limits {
    /// No limit at all (numbers without `+` still get the country code, that is no limit).
    pub fn off() -> Self {
        Self {
            throughput: false,
            pairs: false,
            window: WindowRule::Off,
            ..Self::default()
        }
    }
}

/// How webhooks are tried again until a receiver answers 200.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    /// Wait before the second attempt.
    pub base: Duration,
    /// Each further wait is this many times the one before.
    pub factor: f64,
    /// No wait is longer.
    pub max: Duration,
    /// Given up this long after the first attempt.
    pub span: Duration,
    /// An attempt that has no answer by then has failed.
    pub timeout: Duration,
    /// A retry goes to every app of the WABA, also to one that answered 200, as documented.
    pub all_apps: bool,
    /// Connections a receiver sees at the same time, at most.
    pub connections: usize,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            base: Duration::from_millis(200),
            factor: 2.0,
            max: Duration::from_hours(1),
            span: Duration::from_hours(168),
            timeout: Duration::from_secs(20),
            all_apps: true,
            connections: 32,
        }
    }
}

impl Retry {
    /// Quick and tireless, for tests: the same short wait each time.
    pub fn every(wait: Duration) -> Self {
        Self {
            base: wait,
            factor: 1.0,
            max: wait,
            ..Self::default()
        }
    }

    /// The wait after the given attempt (1 is the first).
    pub(crate) fn wait(&self, attempt: u32) -> Duration {
        let power = i32::try_from(attempt.saturating_sub(1).min(64)).unwrap_or(64);
        let seconds = self.base.as_secs_f64() * self.factor.powi(power);
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(self.max)
            .min(self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let retry = Retry {
            base: Duration::from_millis(100),
            max: Duration::from_millis(350),
            ..Retry::default()
        };
        let waits: Vec<u128> = (1..5).map(|n| retry.wait(n).as_millis()).collect();
        assert_eq!(waits, [100, 200, 350, 350]);
        assert_eq!(retry.wait(u32::MAX), retry.max);
    }
}
