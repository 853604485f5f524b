//! The daemon's clock: the only place of the daemon that asks the system for the time.

use common::time::{Clock, Stamp};

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
