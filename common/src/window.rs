//! The 24-hour customer-service window, as a pure function of the customer's last message.

use std::time::Duration;

use crate::time::Stamp;

/// How long a message of the customer keeps the window open.
pub const SPAN: Duration = Duration::from_hours(24);

/// How long before its end a window counts as closed for sending, so that a message does not
/// arrive at Meta a moment too late.
pub const SEND_MARGIN: Duration = Duration::from_mins(1);

/// A clock that is ahead of Meta's by no more than this is right: Meta tells whole seconds, and its answers are on their way for a while.
pub const TOLERANCE: Duration = Duration::from_mins(2);

/// The time by which windows are judged: this machine's, unless that is ahead of Meta's, which alone counts in the end.
///
/// A clock wrongly put on would close windows that are open. One that is behind only asks Meta for what it then refuses.
pub fn judged_at(local: Stamp, meta: Option<Stamp>) -> Stamp {
    match meta {
        Some(meta) if local.since(meta) > TOLERANCE => meta,
        _ => local,
    }
}

const SPAN_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The time in which a business may write freely to one customer from one number.
///
/// Only the customer's own messages move it, and only by the time that WhatsApp gave them, never
/// by the time of their arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    last_inbound: Option<Stamp>,
}

/// What the clock beside a conversation shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Sixteen hours or more are left.
    Full,
    /// Six to sixteen hours are left.
    Half,
    /// Less than six hours, four or more.
    Quarter,
    /// Less than four hours, one or more: yellow.
    Soon,
    /// Less than one hour: red, with minutes.
    Last,
    /// Only templates may be sent.
    Closed,
}

impl Window {
    /// The window that the customer's last message opened; `None` where none ever came.
    pub const fn of(last_inbound: Option<Stamp>) -> Self {
        Self { last_inbound }
    }

    /// The same window, with a message from the future taken for one of `now`: a clock that was
    /// wrong once must not keep a window open for days.
    #[must_use]
    pub fn as_of(self, now: Stamp) -> Self {
        Self {
            last_inbound: self.last_inbound.map(|last| last.min(now)),
        }
    }

    /// Whether the customer may be written to freely.
    pub fn is_open(self, now: Stamp) -> bool {
        !self.remaining(now).is_zero()
    }

    /// Whether it is open and stays so for more than `margin`.
    pub fn is_open_beyond(self, now: Stamp, margin: Duration) -> bool {
        self.remaining(now) > margin
    }

    /// When it closes or closed; `None` where the customer never wrote.
    pub fn expires_at(self) -> Option<Stamp> {
        let last = self.last_inbound?;
        Some(Stamp::from_millis(
            last.millis().saturating_add(SPAN_MILLIS),
        ))
    }

    /// How much is left: never more than a day, zero when closed.
    pub fn remaining(self, now: Stamp) -> Duration {
        let Some(expires) = self.as_of(now).expires_at() else {
            return Duration::ZERO;
        };
        let left = expires.millis().saturating_sub(now.millis());
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
    }

    /// How long ago it closed; `None` while it is open or where the customer never wrote.
    pub fn closed_for(self, now: Stamp) -> Option<Duration> {
        let since = now.millis().saturating_sub(self.expires_at()?.millis());
        u64::try_from(since).ok().map(Duration::from_millis)
    }

    /// What the clock shows now.
    pub fn phase(self, now: Stamp) -> Phase {
        let left = self.remaining(now);
        if left.is_zero() {
            Phase::Closed
        } else if left < Duration::from_hours(1) {
            Phase::Last
        } else if left < Duration::from_hours(4) {
            Phase::Soon
        } else if left < Duration::from_hours(6) {
            Phase::Quarter
        } else if left < Duration::from_hours(16) {
            Phase::Half
        } else {
            Phase::Full
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, SEND_MARGIN, SPAN, Window, judged_at};
    use crate::time::Stamp;
    use proptest::prelude::*;
    use std::time::Duration;

    const HOUR: i64 = 3_600_000;
    const START: i64 = 1_750_000_000_000;

    fn at(millis: i64) -> Stamp {
        Stamp::from_millis(START + millis)
    }

    #[test]
    fn never_written_is_closed() {
        let window = Window::of(None);
        assert!(!window.is_open(at(0)));
        assert_eq!(window.expires_at(), None);
        assert_eq!(window.remaining(at(0)), Duration::ZERO);
        assert_eq!(window.phase(at(0)), Phase::Closed);
        assert_eq!(window.closed_for(at(0)), None);
    }

    #[test]
    fn it_closes_exactly_after_a_day() {
        let window = Window::of(Some(at(0)));
        assert!(window.is_open(at(0)));
        assert!(window.is_open(at(24 * HOUR - 1)));
        assert!(!window.is_open(at(24 * HOUR)));
        assert_eq!(window.expires_at(), Some(at(24 * HOUR)));
        assert_eq!(window.closed_for(at(23 * HOUR)), None);
        assert_eq!(
            window.closed_for(at(26 * HOUR)),
            Some(Duration::from_hours(2))
        );
    }

    #[test]
    fn sending_keeps_a_margin() {
        let window = Window::of(Some(at(0)));
        assert!(window.is_open_beyond(at(24 * HOUR - 60_001), SEND_MARGIN));
        assert!(!window.is_open_beyond(at(24 * HOUR - 60_000), SEND_MARGIN));
        assert!(!window.is_open_beyond(at(25 * HOUR), Duration::ZERO));
    }

    #[test]
    fn phases_change_at_their_hours() {
        let window = Window::of(Some(at(0)));
        let phase = |left: i64| window.phase(at(24 * HOUR - left));
        assert_eq!(phase(24 * HOUR), Phase::Full);
        assert_eq!(phase(16 * HOUR), Phase::Full);
        assert_eq!(phase(16 * HOUR - 1), Phase::Half);
        assert_eq!(phase(6 * HOUR), Phase::Half);
        assert_eq!(phase(6 * HOUR - 1), Phase::Quarter);
        assert_eq!(phase(4 * HOUR - 1), Phase::Soon);
        assert_eq!(phase(HOUR), Phase::Soon);
        assert_eq!(phase(HOUR - 1), Phase::Last);
        assert_eq!(phase(0), Phase::Closed);
        assert_eq!(phase(-HOUR), Phase::Closed);
    }

    #[test]
    fn a_clock_that_jumps_back_gives_no_more_than_a_day() {
        let window = Window::of(Some(at(0)));
        assert_eq!(window.remaining(at(-100 * HOUR)), SPAN);
        assert!(window.is_open(at(-100 * HOUR)));
        assert_eq!(window.as_of(at(-HOUR)).expires_at(), Some(at(23 * HOUR)));
        assert_eq!(window.as_of(at(HOUR)), window);
    }

    #[test]
    fn a_clock_ahead_of_metas_does_not_judge() {
        let (meta, minute) = (at(0), 60_000);
        assert_eq!(judged_at(at(48 * HOUR), Some(meta)), meta);
        assert_eq!(judged_at(at(2 * minute + 1), Some(meta)), meta);
        assert_eq!(
            judged_at(at(2 * minute), Some(meta)),
            at(2 * minute),
            "it is right"
        );
        assert_eq!(judged_at(at(-48 * HOUR), Some(meta)), at(-48 * HOUR));
        assert_eq!(
            judged_at(at(48 * HOUR), None),
            at(48 * HOUR),
            "nothing is known"
        );
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        for last in [i64::MIN, 0, i64::MAX] {
            for now in [i64::MIN, 0, i64::MAX] {
                let window = Window::of(Some(Stamp::from_millis(last)));
                let now = Stamp::from_millis(now);
                assert!(window.remaining(now) <= SPAN);
                let _phase = window.phase(now);
                let _since = window.closed_for(now);
            }
        }
    }

    proptest! {
        #[test]
        fn remaining_only_falls(last in -HOUR..HOUR, now in 0..100 * HOUR, later in 0..100 * HOUR) {
            let window = Window::of(Some(at(last))).as_of(at(now));
            let first = window.remaining(at(now));
            prop_assert!(first <= SPAN);
            prop_assert!(window.remaining(at(now + later)) <= first);
            prop_assert_eq!(window.is_open(at(now)), window.phase(at(now)) != Phase::Closed);
        }
    }
}
