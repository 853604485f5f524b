//! How fast frames may follow each other: the first after quiet at once, a storm at an even pace.

use std::time::Duration;

use config::tui::Motion;
use tokio::time::Instant;

/// While a storm lasts, a frame comes every so often.
pub const FRAME: Duration = Duration::from_millis(8);
/// The same where motion is reduced or none: fewer bytes over a slow line.
pub const CALM: Duration = Duration::from_millis(40);

/// When the next frame may come. After quiet two frames may come at once (an event and what
/// belongs to it, a key and its answer); from then on one every [`FRAME`].
#[derive(Debug, Clone)]
pub struct Pace {
    every: Duration,
    /// When the frames drawn so far are paid for.
    paid: Option<Instant>,
}

impl Pace {
    /// The pace of that much motion; the first frame is due.
    pub const fn new(motion: Motion) -> Self {
        let every = match motion {
            Motion::Full => FRAME,
            Motion::Reduced | Motion::None => CALM,
        };
        Self { every, paid: None }
    }

    /// When the next frame may begin; nothing if it may at once.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        let due = self.paid?.checked_sub(self.every)?;
        (due > now).then_some(due)
    }

    /// A frame began.
    pub fn drew(&mut self, now: Instant) {
        // What a quiet time saved is one frame, never more.
        let from = self.paid.map_or(now, |paid| paid.max(now));
        self.paid = Some(from + self.every);
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME, Pace};
    use config::tui::Motion;
    use std::time::Duration;
    use tokio::time::Instant;

    #[test]
    fn the_first_frames_after_quiet_come_at_once_and_a_storm_is_even() {
        let start = Instant::now();
        let mut pace = Pace::new(Motion::Full);
        let mut drawn = Vec::new();
        let mut storm = |pace: &mut Pace, from: u64, until: u64| {
            for ms in from..until {
                let now = start + Duration::from_millis(ms);
                if pace.due(now).is_none() {
                    pace.drew(now);
                    drawn.push(ms);
                }
            }
        };
        storm(&mut pace, 0, 100);
        storm(&mut pace, 1000, 1001);
        storm(&mut pace, 1003, 1004);
        storm(&mut pace, 1004, 1030);
        let (first, again) = drawn.split_at(drawn.partition_point(|ms| *ms < 1000));
        assert_eq!(first.get(..4), Some([0, 1, 8, 16].as_slice()), "{drawn:?}");
        assert_eq!(again, [1000, 1003, 1008, 1016, 1024], "{drawn:?}");
        let every = u64::try_from(FRAME.as_millis()).unwrap();
        assert!(first.len() as u64 <= 2 + 100 / every);
    }

    #[test]
    fn less_motion_is_fewer_frames() {
        let start = Instant::now();
        for motion in [Motion::Reduced, Motion::None] {
            let mut pace = Pace::new(motion);
            let frames = (0..400)
                .filter(|ms| {
                    let now = start + Duration::from_millis(*ms);
                    let due = pace.due(now).is_none();
                    if due {
                        pace.drew(now);
                    }
                    due
                })
                .count();
            assert_eq!(frames, 11);
        }
    }
}
