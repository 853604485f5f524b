//! Every mark of the screen in one table: unicode or ASCII, with and without colour, and spoken.

use common::tick::Status;
use common::window::Phase;
use config::tui::Glyphs as Setting;

/// Which characters marks are drawn with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Glyphs {
    /// `✓✓ ◕ ●`.
    #[default]
    Unicode,
    /// `= @ *`: for terminals and languages in which the others are of uncertain width.
    Ascii,
}

/// How a message's delivery is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tick {
    /// It waits for its turn.
    Waiting,
    /// WhatsApp has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// The customer saw it.
    Read,
    /// It failed.
    Failed,
    /// It may or may not have gone.
    Unknown,
}

impl Tick {
    /// Every tick.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Unknown,
    ];

    /// The tick of a delivery state; a customer's message has none.
    pub const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Received => None,
            Status::Queued | Status::Sending => Some(Self::Waiting),
            Status::Unknown => Some(Self::Unknown),
            Status::Sent => Some(Self::Sent),
            Status::Delivered => Some(Self::Delivered),
            Status::Read | Status::Played => Some(Self::Read),
            Status::Failed => Some(Self::Failed),
        }
    }

    /// The mark.
    pub const fn mark(self, glyphs: Glyphs) -> &'static str {
        match (self, glyphs) {
            (Self::Waiting, Glyphs::Unicode) => "·",
            (Self::Sent, Glyphs::Unicode) => "✓",
            (Self::Delivered | Self::Read, Glyphs::Unicode) => "✓✓",
            (Self::Failed, Glyphs::Unicode) => "✗",
            (Self::Unknown, _) => "?",
            (Self::Waiting, Glyphs::Ascii) => ".",
            (Self::Sent, Glyphs::Ascii) => "-",
            (Self::Delivered, Glyphs::Ascii) => "=",
            (Self::Read, Glyphs::Ascii) => "#",
            (Self::Failed, Glyphs::Ascii) => "x",
        }
    }

    /// The key of its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "tick-waiting",
            Self::Sent => "tick-sent",
            Self::Delivered => "tick-delivered",
            Self::Read => "tick-read",
            Self::Failed => "tick-failed",
            Self::Unknown => "tick-unknown",
        }
    }
}

impl Glyphs {
    /// What the setting says; else ASCII where the locale has no UTF-8, or writes Chinese,
    /// Japanese or Korean: there many of the marks are two cells wide.
    pub fn of(setting: Setting, env: impl Fn(&str) -> Option<String>) -> Self {
        match setting {
            Setting::Unicode => Self::Unicode,
            Setting::Ascii => Self::Ascii,
            Setting::Auto => {
                let filled = |name: &&str| env(name).filter(|value| !value.is_empty());
                let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(filled);
                let locale = locale.unwrap_or_default().to_ascii_lowercase();
                let wide = ["zh", "ja", "ko"]
                    .iter()
                    .any(|tongue| locale.starts_with(tongue));
                let utf8 = locale.contains("utf-8") || locale.contains("utf8");
                if wide || !utf8 {
                    Self::Ascii
                } else {
                    Self::Unicode
                }
            }
        }
    }

    const fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// Somebody waits for an answer.
    pub const fn unread(self) -> &'static str {
        self.pick("●", "*")
    }

    /// Something is broken here.
    pub const fn trouble(self) -> &'static str {
        "!"
    }

    /// A step that is done.
    pub const fn done(self) -> &'static str {
        self.pick("✓", "+")
    }

    /// The row under the cursor.
    pub const fn cursor(self) -> &'static str {
        self.pick("▌", ">")
    }

    /// The edge of a customer's message.
    pub const fn theirs(self) -> &'static str {
        self.pick("▏", "|")
    }

    /// The edge of a message of ours.
    pub const fn ours(self) -> &'static str {
        self.pick("▕", "|")
    }

    /// The begin of a quoted line.
    pub const fn quote(self) -> &'static str {
        self.pick("┌ ", "> ")
    }

    /// A chat kept at the top.
    pub const fn pinned(self) -> &'static str {
        self.pick("▴", "^")
    }

    /// Something is waited for; the mark moves with each step.
    pub const fn busy(self, step: i64) -> &'static str {
        match step.rem_euclid(4) {
            0 => self.pick("◐", "|"),
            1 => self.pick("◓", "/"),
            2 => self.pick("◑", "-"),
            _ => self.pick("◒", "\\"),
        }
    }

    /// A chat that was put off.
    pub const fn snoozed(self) -> &'static str {
        "z"
    }

    /// Points up, to what is above.
    pub const fn up(self) -> &'static str {
        self.pick("↑", "^")
    }

    /// Points down, to what is newer.
    pub const fn down(self) -> &'static str {
        self.pick("↓", "v")
    }

    /// Leads back.
    pub const fn back(self) -> &'static str {
        self.pick("‹", "<")
    }

    /// There is more to the right.
    pub const fn more(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// Between two things on one line.
    pub const fn dot(self) -> &'static str {
        self.pick("·", "-")
    }

    /// A hairline.
    pub const fn line(self) -> &'static str {
        self.pick("─", "-")
    }

    /// The clock of the customer service window.
    pub const fn clock(self, phase: Phase) -> &'static str {
        match phase {
            Phase::Full => self.pick("◕", "@"),
            Phase::Half => self.pick("◑", "%"),
            Phase::Quarter | Phase::Soon | Phase::Last => self.pick("◔", "o"),
            Phase::Closed => self.pick("○", "x"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Glyphs, Setting, Tick};
    use common::tick::Status;

    #[test]
    fn every_state_of_ours_has_a_mark_and_a_word() {
        for status in Status::ALL {
            assert_eq!(Tick::of(status).is_none(), status == Status::Received);
        }
        for tick in Tick::ALL {
            assert!(tick.mark(Glyphs::Ascii).is_ascii());
            assert!(!tick.word().is_empty());
        }
    }

    #[test]
    fn the_locale_decides_when_nothing_is_set() {
        let of = |locale: &'static str| {
            Glyphs::of(Setting::Auto, |name| {
                (name == "LANG").then(|| locale.to_owned())
            })
        };
        assert_eq!(of("es_PE.UTF-8"), Glyphs::Unicode);
        assert_eq!(of("ja_JP.UTF-8"), Glyphs::Ascii);
        assert_eq!(of("C"), Glyphs::Ascii);
        assert_eq!(of("C.UTF-8"), Glyphs::Unicode);
    }

    #[test]
    fn ascii_marks_differ_from_each_other() {
        let mut marks: Vec<_> = Tick::ALL.iter().map(|t| t.mark(Glyphs::Ascii)).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), Tick::ALL.len());
    }
}
