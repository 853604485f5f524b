//! The countdown of the customer service window: its glyph, its words, its colour, its next move.

use std::time::Duration;

use common::model::chat::WindowView;
use common::time::Stamp;
use common::window::{Phase, Window};

use crate::speech::{Arg, Speech};

const DAY: Duration = Duration::from_hours(24);
/// In its last minutes the clock moves every second.
const LAST: Duration = Duration::from_mins(10);

/// The window as the clock shows it at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowClock {
    /// How much is left, in steps.
    pub phase: Phase,
    /// What is left; zero when closed.
    pub left: Duration,
    /// Since when it is closed; none while it is open, or where the customer never wrote.
    pub closed_for: Option<Duration>,
}

impl WindowClock {
    /// What the clock shows now.
    pub fn of(view: WindowView, now: Stamp) -> Self {
        let window = Window::of(view.expires_at.map(|end| end.minus(DAY)));
        Self {
            phase: window.phase(now),
            left: window.remaining(now),
            closed_for: window.closed_for(now),
        }
    }

    /// Whether free-form messages are delivered.
    pub fn is_open(self) -> bool {
        self.phase != Phase::Closed
    }

    /// `23h 58m`, `58m`, `9m 30s`; or since when it is closed.
    pub fn words(self, speech: &Speech) -> String {
        if !self.is_open() {
            return match self.closed_for {
                Some(since) => {
                    let since = speech.long_span(since);
                    speech
                        .say_with("window-closed-ago", &[("span", Arg::from(&since))])
                        .into()
                }
                None => speech.say("window-never").into_owned(),
            };
        }
        let seconds = self.left.as_secs();
        let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        if hours > 0 {
            format!("{hours}h {minutes:02}m")
        } else if self.left <= LAST {
            format!("{minutes}m {:02}s", seconds % 60)
        } else {
            format!("{minutes}m")
        }
    }

    /// The same for the ear: `23 hours 58 minutes`.
    pub fn spoken(self, speech: &Speech) -> String {
        if !self.is_open() {
            return self.words(speech);
        }
        let minutes = self.left.as_secs() / 60;
        let whole = speech.long_span(Duration::from_mins(minutes));
        if minutes < 60 || minutes.is_multiple_of(60) {
            return whole;
        }
        format!(
            "{whole} {}",
            speech.long_span(Duration::from_mins(minutes % 60))
        )
    }

    /// How long until it shows something else; never for a closed one that nobody reopens.
    pub fn next_move(self) -> Option<Duration> {
        if !self.is_open() {
            return self.closed_for.map(|_| Duration::from_mins(1));
        }
        let step = if self.left <= LAST { 1000 } else { 60_000 };
        let over = self.left.as_millis() % step;
        Some(Duration::from_millis(u64::try_from(over).unwrap_or(0) + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::WindowClock;
    use crate::speech::{Lang, Speech};
    use common::model::chat::WindowView;
    use common::time::Stamp;
    use common::window::Phase;
    use std::time::Duration;

    fn clock(left_seconds: i64) -> WindowClock {
        let now = Stamp::from_seconds(1_750_000_000);
        let end = Stamp::from_seconds(1_750_000_000 + left_seconds);
        WindowClock::of(
            WindowView {
                open: left_seconds > 0,
                expires_at: Some(end),
            },
            now,
        )
    }

    #[test]
    fn time_left_is_written_short() {
        let speech = Speech::of(Lang::En);
        assert_eq!(clock(86_280).words(&speech), "23h 58m");
        assert_eq!(clock(3_480).words(&speech), "58m");
        assert_eq!(clock(570).words(&speech), "9m 30s");
        assert_eq!(
            clock(-3 * 86_400).words(&speech),
            "window closed 3 days ago"
        );
        assert_eq!(clock(86_280).spoken(&speech), "23 hours 58 minutes");
    }

    #[test]
    fn it_moves_by_the_minute_and_at_last_by_the_second() {
        assert_eq!(
            clock(3_630).next_move(),
            Some(Duration::from_millis(30_001))
        );
        assert_eq!(clock(30).next_move(), Some(Duration::from_millis(1)));
        assert_eq!(clock(3_000).phase, Phase::Last);
    }
}
