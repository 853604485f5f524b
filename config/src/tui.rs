//! Settings of the console: language, layout, marks, motion, notices.

/// Which marks the screen may use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// By the terminal's locale.
    #[default]
    Auto,
    /// Ticks, hairlines, clocks.
    Unicode,
    /// ASCII alone.
    Ascii,
}

/// How many colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colours {
    /// By what the terminal says of itself.
    #[default]
    Auto,
    /// None: bold, underlined, reversed.
    Mono,
    /// The terminal's own sixteen.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Twenty-four bits.
    True,
}

/// How much may move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Motion {
    /// Everything.
    #[default]
    Full,
    /// Nothing for ornament, and fewer frames.
    Reduced,
    /// Nothing but what happens.
    None,
}

/// Who brings right-to-left text into the order in which it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bidi {
    /// The terminal; what stands beside such text is kept apart from it.
    #[default]
    Terminal,
    /// The console, for terminals that do not.
    Visual,
    /// Nobody: letters stand in the order in which they were written.
    Off,
}

/// How pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Images {
    /// By what the terminal answers when it is asked.
    #[default]
    Auto,
    /// By kitty's protocol.
    Kitty,
    /// As sixels.
    Sixel,
    /// By iTerm2's protocol.
    Iterm2,
    /// As half blocks, two colours a cell.
    Blocks,
    /// Not at all: a line of words stands for each.
    Off,
}

/// For which numbers something is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Which {
    /// For all.
    #[default]
    All,
    /// For none.
    None,
    /// For these: labels or phone numbers.
    Some(Vec<String>),
}

impl Which {
    /// Whether a number with this label and phone number is meant.
    pub fn holds(&self, label: &str, phone: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Some(names) => names
                .iter()
                .any(|name| name == label || Some(name.as_str()) == phone),
        }
    }
}

/// How a terminal is asked to show a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Protocol {
    /// OSC 9: iTerm2, kitty, `WezTerm`, Windows Terminal, Ghostty.
    #[default]
    Osc9,
    /// OSC 777: rxvt-unicode, VTE, foot, Ghostty.
    Osc777,
}

/// A part of the day, in minutes from midnight; the end may lie before the begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// The first minute.
    pub from: u16,
    /// The first minute after it.
    pub to: u16,
}

impl Hours {
    /// Reads `22:00-07:30`.
    pub fn parse(text: &str) -> Option<Self> {
        let minute = |clock: &str| {
            let (hours, minutes) = clock.trim().split_once(':')?;
            let digits = |part: &str| {
                (part.len() == 2)
                    .then(|| part.parse::<u16>().ok())
                    .flatten()
            };
            let (hours, minutes) = (digits(hours)?, digits(minutes)?);
            (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
        };
        let (from, to) = text.split_once('-')?;
        Some(Self {
            from: minute(from)?,
            to: minute(to)?,
        })
    }

    /// Whether a minute of the day lies in it.
    pub const fn holds(self, minute: u16) -> bool {
        if self.from <= self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// When a chat counts as read, and its customer sees blue ticks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReadReceipts {
    /// After it has been in front for a moment, with the terminal in focus.
    #[default]
    Dwell,
    /// When it is answered.
    Reply,
    /// When somebody says so.
    Manual,
}

/// The ready-made sets of keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preset {
    /// Those of the manual.
    #[default]
    Default,
    /// ^K kills to the end of the line, ^G goes to a chat.
    Readline,
    /// The box has the modes of vi; Esc leaves inserting, then the box.
    Vim,
}

/// Everything that `console.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tui {
    /// Looks and words.
    pub ui: Ui,
    /// Sizes of the panes.
    pub layout: Layout,
    /// What reading tells the customer.
    pub reading: Reading,
    /// Which set of keys `keys.toml` changes.
    pub keys: Keys,
    /// What makes itself heard.
    pub notices: Notices,
    /// Files of messages.
    pub media: Media,
}

/// Looks and words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Ui {
    /// `es`, `pt-BR`, `en`; empty is the language of the environment.
    pub language: String,
    /// The theme's name: `dark`, `light`, `mono`, `high-contrast`, or a file in `themes/`.
    pub theme: String,
    /// Which marks may be used.
    pub glyphs: Glyphs,
    /// How many colours.
    pub colours: Colours,
    /// How much may move.
    pub motion: Motion,
    /// One thing a line, no frames: for screen readers.
    pub plain: bool,
    /// Whether that is so too where a screen reader is found.
    pub find_reader: bool,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// How pictures are shown.
    pub images: Images,
    /// Who orders right-to-left text.
    pub bidi: Bidi,
    /// Whether the terminal's title tells how many messages are unread.
    pub title: bool,
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: "dark".to_owned(),
            glyphs: Glyphs::Auto,
            colours: Colours::Auto,
            motion: Motion::Full,
            plain: false,
            find_reader: true,
            mouse: true,
            images: Images::Auto,
            bidi: Bidi::Terminal,
            title: true,
        }
    }
}

/// Sizes of the panes, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The chat list on a wide terminal; 20 to 60.
    pub list_width: u16,
    /// The chat list on one of 72 to 109 columns; 20 to 40.
    pub list_width_narrow: u16,
    /// The customer panel; 24 to 50.
    pub panel_width: u16,
    /// Whether the customer panel is open from the start.
    pub panel: bool,
    /// The widest that a message's text becomes; 40 to 200.
    pub text_width: u16,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            list_width: 34,
            list_width_narrow: 26,
            panel_width: 31,
            panel: true,
            text_width: 90,
        }
    }
}

/// What reading tells the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// When a chat counts as read.
    pub read_receipts: ReadReceipts,
    /// How long a chat must be in front, in milliseconds; 300 to 60,000.
    pub dwell_ms: u64,
    /// Whether the customer sees blue ticks when a chat counts as read.
    pub blue_ticks: bool,
    /// Whether the customer sees that somebody writes.
    pub typing: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            read_receipts: ReadReceipts::Dwell,
            dwell_ms: 1500,
            blue_ticks: true,
            typing: true,
        }
    }
}

/// Which set of keys `keys.toml` changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keys {
    /// The set.
    pub preset: Preset,
}

/// What makes itself heard when a customer writes in a chat that is not in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices {
    /// For which numbers the terminal's bell rings.
    pub bell: Which,
    /// For which numbers the terminal is asked to show a notice.
    pub terminal: Which,
    /// How it is asked.
    pub protocol: Protocol,
    /// For which numbers the desktop shows a notice; only in programs built with it.
    pub desktop: Which,
    /// A program and its arguments; empty is none.
    pub command: Vec<String>,
    /// For which numbers it is run.
    pub command_for: Which,
    /// Whether notices hold the customer's words.
    pub words: bool,
    /// When nothing is heard or shown.
    pub quiet: Option<Hours>,
    /// Messages that follow within so many seconds are told together; 0 to 600.
    pub group_s: u64,
}

impl Default for Notices {
    fn default() -> Self {
        Self {
            bell: Which::All,
            terminal: Which::None,
            protocol: Protocol::Osc9,
            desktop: Which::None,
            command: Vec::new(),
            command_for: Which::All,
            words: true,
            quiet: None,
            group_s: 10,
        }
    }
}

/// Files of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// A program and its arguments that plays a sound; the file comes last. Empty is none.
    pub player: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::{Hours, Which};

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let night = Hours::parse("22:00-07:30").unwrap();
        assert!(night.holds(22 * 60) && night.holds(0) && night.holds(7 * 60 + 29));
        assert!(!night.holds(7 * 60 + 30) && !night.holds(12 * 60));
        let noon = Hours::parse("13:00-15:00").unwrap();
        assert!(noon.holds(13 * 60) && !noon.holds(15 * 60));
        for wrong in [
            "",
            "22-7",
            "22:00",
            "24:00-07:00",
            "22:60-07:00",
            "2:00-07:00",
        ] {
            assert_eq!(Hours::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_is_meant_by_its_label_or_its_phone_number() {
        let some = Which::Some(vec!["Centro".to_owned(), "+51900111001".to_owned()]);
        assert!(some.holds("Centro", None));
        assert!(some.holds("Norte", Some("+51900111001")));
        assert!(!some.holds("Norte", None));
        assert!(Which::All.holds("", None) && !Which::None.holds("Centro", None));
    }
}
