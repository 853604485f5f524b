//! Colours of the console by what they mean: slots, four built-in themes, and themes from files.

use std::collections::BTreeMap;

use serde::Deserialize;

const DARK: &str = include_str!("../defaults/themes/dark.toml");
const LIGHT: &str = include_str!("../defaults/themes/light.toml");
const MONO: &str = include_str!("../defaults/themes/mono.toml");
const HIGH_CONTRAST: &str = include_str!("../defaults/themes/high-contrast.toml");

/// The names of the built-in themes.
pub const BUILT_IN: [&str; 4] = ["dark", "light", "mono", "high-contrast"];

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// What a colour means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Slot { $($(#[$doc])* $name,)* }

        impl Slot {
            /// Every slot.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in a theme file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

slots! {
    /// What is read.
    Text = "text";
    /// What stands beside it: times, counts, hints.
    Dim = "dim";
    /// Hairlines.
    Frame = "frame";
    /// Names and titles.
    Strong = "strong";
    /// Whatever has the focus.
    Accent = "accent";
    /// The row under the cursor.
    Cursor = "cursor";
    /// The chosen number of the strip.
    Chosen = "chosen";
    /// Somebody waits for an answer.
    Unread = "unread";
    /// The edge of a customer's message.
    Theirs = "theirs";
    /// The edge of a message of ours.
    Ours = "ours";
    /// A message that waits.
    Waiting = "waiting";
    /// WhatsApp has it.
    Sent = "sent";
    /// The customer's phone has it.
    Delivered = "delivered";
    /// The customer saw it.
    Read = "read";
    /// It failed.
    Failed = "failed";
    /// It may or may not have gone.
    Unknown = "unknown";
    /// It needs a look today.
    Warning = "warning";
    /// It needs somebody now.
    Alarm = "alarm";
    /// All is well.
    Good = "good";
    /// A link.
    Link = "link";
    /// Code and other text of even width.
    Code = "code";
    /// A quoted line.
    Quote = "quote";
    /// What a filter found.
    Found = "found";
    /// A key in a hint.
    Key = "key";
    /// A pill over the conversation.
    Pill = "pill";
    /// A card's heading: `[photo]`.
    Card = "card";
}

/// A colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own foreground or background.
    #[default]
    Own,
    /// One of the terminal's own sixteen.
    Named(u8),
    /// Red, green, blue; only where the terminal has them.
    Rgb(u8, u8, u8),
}

const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Colour {
    /// Reads `default`, one of the sixteen names, or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Own);
        }
        if let Some(hex) = text.strip_prefix('#') {
            let value = u32::from_str_radix(hex, 16)
                .ok()
                .filter(|_| hex.len() == 6)?;
            let [_, red, green, blue] = value.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        let at = NAMES.iter().position(|name| *name == text)?;
        u8::try_from(at).ok().map(Self::Named)
    }
}

/// How a slot is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the terminal's attributes are independent"
)]
pub struct Ink {
    /// Letters.
    pub fg: Colour,
    /// What lies behind them.
    pub bg: Colour,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background exchanged.
    pub reverse: bool,
}

/// A set of inks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    inks: Vec<Ink>,
    /// What the whole screen is painted with, where a slot says nothing else; by default the
    /// terminal's own letters on its own background.
    pub ground: Ink,
}

/// What is wrong with a theme file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is no TOML, or has fields that do not exist.
    #[error("the theme cannot be read: {0}")]
    Form(String),
    /// A slot that does not exist.
    #[error("there is no colour slot `{0}`; slots are: {1}")]
    Slot(String, String),
    /// A colour that is none.
    #[error("`{0}` is no colour: write default, a name such as bright-blue, or #rrggbb")]
    Colour(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    base: Option<String>,
    #[serde(default)]
    background: Option<String>,
    #[serde(default)]
    foreground: Option<String>,
    #[serde(default)]
    slots: BTreeMap<String, WrittenInk>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the terminal's attributes are independent"
)]
struct WrittenInk {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl Theme {
    /// A built-in theme, one of [`BUILT_IN`].
    pub fn built_in(name: &str) -> Option<Self> {
        let source = match name {
            "dark" => DARK,
            "light" => LIGHT,
            "mono" => MONO,
            "high-contrast" => HIGH_CONTRAST,
            _ => return None,
        };
        Self::parse(source).ok()
    }

    /// The theme without colours: every state by bold, underlined or reversed letters.
    pub fn mono() -> Self {
        Self::built_in("mono").unwrap_or_else(Self::plain)
    }

    /// The default theme, in the terminal's own colours.
    pub fn dark() -> Self {
        Self::built_in("dark").unwrap_or_else(Self::plain)
    }

    /// Every slot in the terminal's own foreground.
    fn plain() -> Self {
        Self {
            inks: vec![Ink::default(); Slot::ALL.len()],
            ground: Ink::default(),
        }
    }

    /// Reads a theme file. `base` names the built-in theme that unnamed slots come from; without
    /// it they are drawn in the terminal's own foreground.
    pub fn parse(source: &str) -> Result<Self, ThemeError> {
        let written: Written =
            toml::from_str(source).map_err(|error| ThemeError::Form(error.to_string()))?;
        let base = written.base.as_deref().and_then(Self::built_in);
        let mut theme = base.unwrap_or_else(Self::plain);
        let ground = WrittenInk {
            fg: written.foreground,
            bg: written.background,
            ..WrittenInk::default()
        }
        .read()?;
        if ground != Ink::default() {
            theme.ground = ground;
        }
        for (name, ink) in &written.slots {
            let place = Slot::ALL.iter().position(|slot| slot.name() == name);
            let target = place
                .and_then(|place| theme.inks.get_mut(place))
                .ok_or_else(|| {
                    let known: Vec<&str> = Slot::ALL.iter().map(|slot| slot.name()).collect();
                    ThemeError::Slot(name.clone(), known.join(", "))
                })?;
            *target = ink.read()?;
        }
        Ok(theme)
    }

    /// How a slot is drawn.
    pub fn ink(&self, slot: Slot) -> Ink {
        self.inks.get(slot as usize).copied().unwrap_or_default()
    }
}

impl WrittenInk {
    fn read(&self) -> Result<Ink, ThemeError> {
        let colour = |text: &Option<String>| match text {
            None => Ok(Colour::Own),
            Some(text) => Colour::parse(text).ok_or_else(|| ThemeError::Colour(text.clone())),
        };
        Ok(Ink {
            fg: colour(&self.fg)?,
            bg: colour(&self.bg)?,
            bold: self.bold,
            dim: self.dim,
            italic: self.italic,
            underline: self.underline,
            reverse: self.reverse,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Colour, Ink, Slot, Theme, ThemeError};

    #[test]
    fn the_built_in_themes_can_be_read() {
        for name in BUILT_IN {
            assert!(Theme::built_in(name).is_some(), "{name}");
        }
        assert_ne!(Theme::dark(), Theme::mono());
    }

    #[test]
    fn mono_has_no_colour_and_still_tells_states_apart() {
        let mono = Theme::mono();
        for slot in Slot::ALL {
            let ink = mono.ink(*slot);
            assert_eq!(
                (ink.fg, ink.bg),
                (Colour::Own, Colour::Own),
                "{}",
                slot.name()
            );
        }
        assert_ne!(mono.ink(Slot::Read), mono.ink(Slot::Delivered));
        assert_ne!(mono.ink(Slot::Failed), mono.ink(Slot::Sent));
    }

    #[test]
    fn the_default_never_paints_a_background_behind_text() {
        let dark = Theme::dark();
        for slot in [Slot::Text, Slot::Dim, Slot::Frame, Slot::Strong, Slot::Read] {
            assert_eq!(dark.ink(slot).bg, Colour::Own);
        }
    }

    #[test]
    fn a_file_builds_on_another_and_is_told_its_faults() {
        let theme =
            Theme::parse("base = \"dark\"\n[slots]\nread = { fg = \"#10a0ff\", bold = true }");
        let ink = theme.unwrap().ink(Slot::Read);
        assert_eq!(
            ink,
            Ink {
                fg: Colour::Rgb(16, 160, 255),
                bold: true,
                ..Ink::default()
            }
        );
        assert!(matches!(
            Theme::parse("[slots]\nreed = {}"),
            Err(ThemeError::Slot(..))
        ));
        assert!(matches!(
            Theme::parse("[slots]\nread = { fg = \"blau\" }"),
            Err(ThemeError::Colour(_))
        ));
    }

    /// WCAG's relative luminance.
    fn luminance(colour: Colour) -> f64 {
        let Colour::Rgb(r, g, b) = colour else {
            panic!("{colour:?} has no contrast that anybody could know");
        };
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_keeps_its_distance_from_the_background_of_its_own_theme() {
        assert!((contrast(Colour::Rgb(0, 0, 0), Colour::Rgb(255, 255, 255)) - 21.0).abs() < 0.01);
        // WCAG 2 AA for text; AAA where contrast is the theme's whole purpose.
        for (name, least) in [("light", 4.5), ("high-contrast", 7.0)] {
            let theme = Theme::built_in(name).unwrap();
            for slot in Slot::ALL {
                // Hairlines are no text; they tell nothing that the words do not.
                let least = if *slot == Slot::Frame { 1.5 } else { least };
                let ink = theme.ink(*slot);
                let or = |colour, ground| {
                    if colour == Colour::Own {
                        ground
                    } else {
                        colour
                    }
                };
                let (fg, bg) = (or(ink.fg, theme.ground.fg), or(ink.bg, theme.ground.bg));
                let found = contrast(fg, bg);
                assert!(found >= least, "{name}: {}: {found:.2}", slot.name());
                assert!(!ink.dim, "{name}: {}: dim is any contrast", slot.name());
            }
        }
    }

    #[test]
    fn the_terminals_own_colours_are_never_made_dim_and_grey_at_once() {
        for name in ["dark", "mono"] {
            let theme = Theme::built_in(name).unwrap();
            assert_eq!(theme.ground, Ink::default(), "{name}");
            for slot in Slot::ALL {
                let ink = theme.ink(*slot);
                assert!(
                    !(ink.dim && ink.fg != Colour::Own),
                    "{name}: {}",
                    slot.name()
                );
                assert_ne!(ink.fg, Colour::Named(7), "white is no colour of text");
                assert_ne!(ink.fg, Colour::Named(8), "grey cannot be read everywhere");
            }
        }
    }
}
