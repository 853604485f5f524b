//! Theme slots to terminal styles, by how many colours the terminal has.

use config::theme::{Colour, Ink, Slot, Theme};
use config::tui::Colours;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// How many colours there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// None.
    Mono,
    /// The terminal's own sixteen.
    #[default]
    Sixteen,
    /// Those and the 240 of xterm.
    Indexed,
    /// All.
    True,
}

impl Depth {
    /// What the setting says, or else the environment: `NO_COLOR`, `COLORTERM`, `TERM`.
    pub fn of(setting: Colours, env: impl Fn(&str) -> Option<String>) -> Self {
        match setting {
            Colours::Mono => Self::Mono,
            Colours::Sixteen => Self::Sixteen,
            Colours::Indexed => Self::Indexed,
            Colours::True => Self::True,
            Colours::Auto => Self::told_by(&env),
        }
    }

    fn told_by(env: &impl Fn(&str) -> Option<String>) -> Self {
        let term = env("TERM").unwrap_or_default();
        if env("NO_COLOR").is_some_and(|value| !value.is_empty()) || term == "dumb" {
            return Self::Mono;
        }
        let colour = env("COLORTERM").unwrap_or_default();
        if colour == "truecolor" || colour == "24bit" || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }
}

/// The styles of every slot, worked out once.
#[derive(Debug, Clone)]
pub struct Paint {
    styles: Vec<Style>,
    ground: Style,
}

impl Paint {
    /// A theme on a terminal of that depth; without colours it is the mono theme, whatever was
    /// chosen.
    pub fn new(theme: &Theme, depth: Depth) -> Self {
        let mono;
        let theme = if depth == Depth::Mono {
            mono = Theme::mono();
            &mono
        } else {
            theme
        };
        Self {
            styles: Slot::ALL
                .iter()
                .map(|slot| style(theme.ink(*slot), depth))
                .collect(),
            ground: style(theme.ground, depth),
        }
    }

    /// Paints what nobody has painted, if the theme has a ground of its own.
    pub(crate) fn ground(&self, buffer: &mut Buffer) {
        let Style { fg, bg, .. } = self.ground;
        if fg.is_none() && bg.is_none() {
            return;
        }
        for cell in &mut buffer.content {
            if let (Color::Reset, Some(fg)) = (cell.fg, fg) {
                cell.fg = fg;
            }
            if let (Color::Reset, Some(bg)) = (cell.bg, bg) {
                cell.bg = bg;
            }
        }
    }

    /// The style of a slot.
    pub fn of(&self, slot: Slot) -> Style {
        self.styles.get(slot as usize).copied().unwrap_or_default()
    }
}

fn style(ink: Ink, depth: Depth) -> Style {
    let mut style = Style::new();
    if let Some(fg) = colour(ink.fg, depth) {
        style = style.fg(fg);
    }
    if let Some(bg) = colour(ink.bg, depth) {
        style = style.bg(bg);
    }
    for (wanted, modifier) in [
        (ink.bold, Modifier::BOLD),
        (ink.dim, Modifier::DIM),
        (ink.italic, Modifier::ITALIC),
        (ink.underline, Modifier::UNDERLINED),
        (ink.reverse, Modifier::REVERSED),
    ] {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    style
}

fn colour(colour: Colour, depth: Depth) -> Option<Color> {
    match (colour, depth) {
        (Colour::Own, _) | (_, Depth::Mono) => None,
        (Colour::Named(at), _) => Some(named(at)),
        (Colour::Rgb(r, g, b), Depth::True) => Some(Color::Rgb(r, g, b)),
        (Colour::Rgb(r, g, b), Depth::Indexed) => Some(Color::Indexed(cube(r, g, b))),
        (Colour::Rgb(r, g, b), Depth::Sixteen) => Some(named(nearest(r, g, b))),
    }
}

const fn named(at: u8) -> Color {
    match at {
        0 => Color::Black,
        1 => Color::Red,
        2 => Color::Green,
        3 => Color::Yellow,
        4 => Color::Blue,
        5 => Color::Magenta,
        6 => Color::Cyan,
        7 => Color::Gray,
        8 => Color::DarkGray,
        9 => Color::LightRed,
        10 => Color::LightGreen,
        11 => Color::LightYellow,
        12 => Color::LightBlue,
        13 => Color::LightMagenta,
        14 => Color::LightCyan,
        _ => Color::White,
    }
}

/// The nearest of xterm's cube of six by six by six.
const fn cube(r: u8, g: u8, b: u8) -> u8 {
    16 + 36 * step(r) + 6 * step(g) + step(b)
}

const fn step(channel: u8) -> u8 {
    match channel {
        0..48 => 0,
        48..115 => 1,
        115..155 => 2,
        155..195 => 3,
        195..235 => 4,
        235..=255 => 5,
    }
}

/// One of the terminal's sixteen that has the same colours switched on.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    let bright = if r > 200 || g > 200 || b > 200 { 8 } else { 0 };
    let on = |channel: u8| channel > 100;
    on_bits(on(r), on(g), on(b)) + bright
}

const fn on_bits(r: bool, g: bool, b: bool) -> u8 {
    (r as u8) | ((g as u8) << 1) | ((b as u8) << 2)
}

#[cfg(test)]
mod tests {
    use super::{Depth, Paint};
    use config::theme::{Slot, Theme};
    use config::tui::Colours;
    use ratatui::style::{Color, Modifier};

    #[test]
    fn without_colours_every_theme_is_mono() {
        let paint = Paint::new(&Theme::built_in("light").unwrap(), Depth::Mono);
        for slot in Slot::ALL {
            assert_eq!((paint.of(*slot).fg, paint.of(*slot).bg), (None, None));
        }
        assert!(
            paint
                .of(Slot::Read)
                .add_modifier
                .contains(Modifier::UNDERLINED)
        );
    }

    #[test]
    fn colours_are_brought_down_to_what_there_is() {
        let light = Theme::built_in("light").unwrap();
        let at = |depth| Paint::new(&light, depth).of(Slot::Failed).fg;
        assert_eq!(at(Depth::True), Some(Color::Rgb(0xc0, 0x26, 0x2d)));
        assert!(matches!(at(Depth::Indexed), Some(Color::Indexed(_))));
        assert_eq!(at(Depth::Sixteen), Some(Color::Red));
    }

    #[test]
    fn the_environment_is_believed_when_nothing_is_set() {
        let depth = |pairs: &'static [(&str, &str)]| {
            Depth::of(Colours::Auto, |name| {
                pairs
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(
            depth(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Depth::True
        );
        assert_eq!(depth(&[("TERM", "xterm"), ("NO_COLOR", "1")]), Depth::Mono);
        assert_eq!(depth(&[]), Depth::Sixteen);
    }
}
