//! How a cell looks, and the shortest sequence that turns one look into another.

use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What is seen of a modifier where there is no character.
pub(super) const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// What turns each modifier on, and what turns it off.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl Look {
    /// The terminal's own.
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// That of a cell.
    pub(super) const fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Whether nothing of it is seen where there is no character: an erased cell looks the same.
    pub(super) fn is_bare(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(SEEN_ON_BLANK)
    }

    /// The look nearest to `now` in which a cell without a character looks as in this one.
    pub(super) fn for_blank(self, now: Self) -> Self {
        let seen = self.modifier & SEEN_ON_BLANK;
        Self {
            // A reversed blank shows its foreground.
            fg: if seen.is_empty() { now.fg } else { self.fg },
            bg: self.bg,
            modifier: if seen.is_empty() {
                now.modifier - SEEN_ON_BLANK
            } else {
                self.modifier
            },
        }
    }

    /// The sequence that turns the look `from` (none: it is not known) into this one.
    pub(super) fn turned(self, from: Option<Self>) -> String {
        if from == Some(self) {
            return String::new();
        }
        let anew = sequence(&self.all());
        let Some(from) = from else {
            return anew;
        };
        let step = sequence(&self.beyond(from));
        if step.len() < anew.len() { step } else { anew }
    }

    /// Everything, from nothing on.
    fn all(self) -> Vec<String> {
        let mut codes = vec!["0".to_owned()];
        codes.extend(self.beyond(Self::PLAIN));
        if codes.len() == 1 {
            codes = vec![String::new()];
        }
        codes
    }

    /// What differs from another look.
    fn beyond(self, from: Self) -> Vec<String> {
        let mut codes = Vec::new();
        let (gone, mut new) = (from.modifier - self.modifier, self.modifier - from.modifier);
        for (modifier, _, off) in MODIFIERS {
            let off = off.to_string();
            if gone.contains(modifier) && !codes.contains(&off) {
                codes.push(off);
            }
        }
        // Bold and dim end together, and so do both kinds of blinking.
        for pair in [
            Modifier::BOLD | Modifier::DIM,
            Modifier::SLOW_BLINK | Modifier::RAPID_BLINK,
        ] {
            if gone.intersects(pair) {
                new |= self.modifier & pair;
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if new.contains(modifier) {
                codes.push(on.to_string());
            }
        }
        if self.fg != from.fg {
            codes.push(color(self.fg, 30));
        }
        if self.bg != from.bg {
            codes.push(color(self.bg, 40));
        }
        codes
    }
}

fn sequence(codes: &[String]) -> String {
    format!("\x1b[{}m", codes.join(";"))
}

/// The code of a colour; `base` is 30 for the foreground, 40 for the background.
fn color(color: Color, base: u8) -> String {
    let mut code = String::new();
    // A string takes everything.
    let _written = match index(color) {
        Place::Own => write!(code, "{}", base + 9),
        Place::Index(n @ 0..=7) => write!(code, "{}", base + n),
        Place::Index(n @ 8..=15) => write!(code, "{}", base + 52 + n),
        Place::Index(n) => write!(code, "{};5;{n}", base + 8),
        Place::Rgb(r, g, b) => write!(code, "{};2;{r};{g};{b}", base + 8),
    };
    code
}

/// Where a colour stands.
enum Place {
    /// The terminal's own foreground or background.
    Own,
    /// In the palette.
    Index(u8),
    /// Anywhere.
    Rgb(u8, u8, u8),
}

const fn index(color: Color) -> Place {
    match color {
        Color::Reset => Place::Own,
        Color::Black => Place::Index(0),
        Color::Red => Place::Index(1),
        Color::Green => Place::Index(2),
        Color::Yellow => Place::Index(3),
        Color::Blue => Place::Index(4),
        Color::Magenta => Place::Index(5),
        Color::Cyan => Place::Index(6),
        Color::Gray => Place::Index(7),
        Color::DarkGray => Place::Index(8),
        Color::LightRed => Place::Index(9),
        Color::LightGreen => Place::Index(10),
        Color::LightYellow => Place::Index(11),
        Color::LightBlue => Place::Index(12),
        Color::LightMagenta => Place::Index(13),
        Color::LightCyan => Place::Index(14),
        Color::White => Place::Index(15),
        Color::Indexed(n) => Place::Index(n),
        Color::Rgb(r, g, b) => Place::Rgb(r, g, b),
    }
}

#[cfg(test)]
mod tests {
    use super::Look;
    use ratatui::style::{Color, Modifier};

    fn look(fg: Color, modifier: Modifier) -> Look {
        let bg = Color::Reset;
        Look { fg, bg, modifier }
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let bold = look(Color::Reset, Modifier::BOLD);
        let red = look(Color::Red, Modifier::BOLD);
        assert_eq!(bold.turned(None), "\x1b[0;1m");
        assert_eq!(red.turned(Some(bold)), "\x1b[31m");
        assert_eq!(Look::PLAIN.turned(Some(red)), "\x1b[m");
        assert_eq!(bold.turned(Some(red)), "\x1b[39m");
        assert_eq!(red.turned(Some(red)), "");
        let dim = look(Color::Red, Modifier::DIM);
        assert_eq!(dim.turned(Some(red)), "\x1b[22;2m");
    }

    #[test]
    fn a_blank_keeps_what_is_not_seen() {
        let red = look(Color::Red, Modifier::BOLD | Modifier::UNDERLINED);
        let there = Look::PLAIN.for_blank(red);
        assert_eq!(there, look(Color::Red, Modifier::BOLD));
        let line = look(Color::Blue, Modifier::UNDERLINED);
        assert_eq!(line.for_blank(Look::PLAIN), line);
    }
}
