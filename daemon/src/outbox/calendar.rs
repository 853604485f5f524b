//! Notices when the calendar jumps: it should go on as fast as time does.

use std::time::Duration;

use common::time::Stamp;

use crate::outbox::pace::Moment;

/// A clock that is set right by less than this has not jumped.
const STEP: Duration = Duration::from_mins(1);

/// The calendar, compared with the time that passes whatever becomes of it.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    last: Option<(Stamp, Moment)>,
    ahead: Duration,
}

/// The calendar stands elsewhere than it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jump {
    /// Where it should stand.
    pub(crate) from: Stamp,
    /// Where it stands.
    pub(crate) to: Stamp,
}

impl Calendar {
    /// Looks at it; says whether it has jumped since the last look.
    pub(crate) fn look(&mut self, now: Stamp, at: Moment) -> Option<Jump> {
        let (then, before) = self.last.replace((now, at))?;
        let from = then.plus(at.saturating_sub(before));
        let (ahead, behind) = (now.since(from), from.since(now));
        if ahead.max(behind) < STEP {
            return None;
        }
        self.ahead = (self.ahead + ahead).saturating_sub(behind);
        Some(Jump { from, to: now })
    }

    /// The time by which windows are judged. After a jump ahead nobody here knows whether the clock was wrong before or is
    /// now; a window that only the jump has closed is left to Meta, which knows.
    pub(crate) fn kindest(&self, now: Stamp) -> Stamp {
        now.minus(self.ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn a_clock_that_goes_with_the_time_or_is_set_right_a_little_does_not_jump() {
        let mut calendar = Calendar::default();
        let start = Stamp::from_seconds(1_800_000_000);
        assert_eq!(calendar.look(start, secs(5)), None);
        assert_eq!(calendar.look(start.plus(secs(30)), secs(35)), None);
        assert_eq!(
            calendar.look(start.plus(secs(59)), secs(6)),
            None,
            "set right"
        );
        assert_eq!(
            calendar.look(start.plus(9 * HOUR), secs(6) + 9 * HOUR),
            None,
            "idle"
        );
        assert_eq!(calendar.kindest(start), start);
    }

    #[test]
    fn a_jump_is_told_once_and_windows_are_judged_without_it() {
        let mut calendar = Calendar::default();
        let start = Stamp::from_seconds(1_800_000_000);
        assert_eq!(calendar.look(start, secs(0)), None);
        let (from, to) = (start.plus(secs(1)), start.plus(24 * HOUR));
        assert_eq!(calendar.look(to, secs(1)), Some(Jump { from, to }));
        assert_eq!(calendar.look(to.plus(secs(1)), secs(2)), None);
        assert_eq!(calendar.kindest(to), to.minus(24 * HOUR).plus(secs(1)));
        // Back to where it was: nothing is left of the jump.
        let back = start.plus(secs(3));
        let told = calendar.look(back, secs(3)).expect("a jump");
        assert_eq!((told.from, told.to), (to.plus(secs(2)), back));
        assert_eq!(calendar.kindest(back), back);
        // Further back: a window is never judged by a later time than the clock's.
        let past = start.minus(24 * HOUR);
        assert!(calendar.look(past, secs(4)).is_some());
        assert_eq!(calendar.kindest(past), past);
    }
}
