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
}

/// Looks and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ui {
    /// `es`, `pt-BR`, `en`; empty is the language of the environment.
    pub language: String,
    /// The theme's name: `dark`, `light`, `mono`, or a file in `themes/`.
    pub theme: String,
    /// Which marks may be used.
    pub glyphs: Glyphs,
    /// How many colours.
    pub colours: Colours,
    /// How much may move.
    pub motion: Motion,
    /// One thing a line, no frames: for screen readers.
    pub plain: bool,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Whether pictures are shown.
    pub images: bool,
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
            mouse: true,
            images: false,
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
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            read_receipts: ReadReceipts::Dwell,
            dwell_ms: 1500,
            blue_ticks: true,
        }
    }
}

/// Which set of keys `keys.toml` changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keys {
    /// The set.
    pub preset: Preset,
}

/// What makes itself heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notices {
    /// The terminal's bell for a message in a chat that is not in front.
    pub bell: bool,
}

impl Default for Notices {
    fn default() -> Self {
        Self { bell: true }
    }
}
