//! What a terminal shows after any frames is what was drawn, however few bytes they were written with.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::significant_drop_tightening,
    reason = "what fails here fails the test"
)]

use std::io::{self, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use ratatui::Terminal;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use recado_tui::term::screen::Screen;
use vt100::{Color as Seen, Parser};

const SIZE: Size = Size::new(37, 9);

/// A terminal that is written to.
#[derive(Clone)]
struct Glass(Arc<Mutex<Parser>>);

impl Write for Glass {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody broke it").process(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Numbers that look like chance, and are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).expect("it is small") % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Writes over some stretch of a row, as any screen does: words, blanks, wide characters, a painted ground.
fn scribble(buffer: &mut Buffer, chance: &mut Chance) {
    const WORDS: [&str; 8] = ["a", "recado ", "─│▌", "ñandú", "蛋糕", "🍰", "  ", "x"];
    let colours = [
        Color::Reset,
        Color::Reset,
        Color::Red,
        Color::LightBlue,
        Color::Indexed(200),
        Color::Rgb(9, 8, 7),
    ];
    let (x, y) = (chance.below(37), chance.below(9));
    let (x, y) = (
        u16::try_from(x).expect("small"),
        u16::try_from(y).expect("small"),
    );
    let modifier = Modifier::from_bits_truncate(u16::try_from(chance.below(128)).expect("small"))
        & !(Modifier::SLOW_BLINK | Modifier::RAPID_BLINK);
    let style = ratatui::style::Style::new()
        .fg(chance.one(&colours))
        .bg(if chance.below(4) == 0 {
            chance.one(&colours)
        } else {
            Color::Reset
        })
        .add_modifier(if chance.below(2) == 0 {
            modifier
        } else {
            Modifier::empty()
        });
    let words = if chance.below(3) == 0 {
        " ".repeat(40)
    } else {
        chance.one(&WORDS).repeat(chance.below(6))
    };
    let room = usize::from(SIZE.width - x).min(chance.below(40));
    buffer.set_stringn(x, y, words, room, style);
}

/// As every frame is drawn: behind a wide character is nothing.
fn mend(buffer: &mut Buffer) {
    for y in 0..SIZE.height {
        for x in 0..SIZE.width {
            let cell = &mut buffer[(x, y)];
            if cell.modifier.contains(Modifier::BOLD) {
                // The terminal of this test knows either bold or dim.
                cell.modifier -= Modifier::DIM;
            }
            if cell.cell_width() < 2 {
                continue;
            }
            if x + 1 < SIZE.width {
                buffer[(x + 1, y)].reset();
            } else {
                buffer[(x, y)].reset();
            }
        }
    }
}

fn of(side: u16) -> NonZeroU16 {
    NonZeroU16::new(side).expect("it has room")
}

fn seen(color: Color) -> Seen {
    match color {
        Color::Red => Seen::Idx(1),
        Color::LightBlue => Seen::Idx(12),
        Color::Indexed(n) => Seen::Idx(n),
        Color::Rgb(r, g, b) => Seen::Rgb(r, g, b),
        _ => Seen::Default,
    }
}

/// What is seen of a cell; of a blank that is its ground alone.
fn looks(cell: &Cell) -> (String, [Seen; 2], [bool; 5]) {
    let blank = cell.symbol() == " ";
    let has = |modifier| cell.modifier.contains(modifier);
    let reversed = has(Modifier::REVERSED);
    let fg = if blank && !reversed {
        Seen::Default
    } else {
        seen(cell.fg)
    };
    let on = |modifier| !blank && has(modifier);
    let line = has(Modifier::UNDERLINED);
    let marks = [
        on(Modifier::BOLD),
        on(Modifier::DIM),
        on(Modifier::ITALIC),
        line,
        reversed,
    ];
    (
        cell.symbol().trim_end().to_owned(),
        [fg, seen(cell.bg)],
        marks,
    )
}

fn shows(cell: &vt100::Cell) -> (String, [Seen; 2], [bool; 5]) {
    let blank = cell.contents().trim().is_empty();
    let fg = if blank && !cell.inverse() {
        Seen::Default
    } else {
        cell.fgcolor()
    };
    let on = |set: bool| !blank && set;
    let marks = [
        on(cell.bold()),
        on(cell.dim()),
        on(cell.italic()),
        cell.underline(),
        cell.inverse(),
    ];
    (
        cell.contents().trim_end().to_owned(),
        [fg, cell.bgcolor()],
        marks,
    )
}

#[test]
fn any_frames_stand_on_the_terminal_as_they_were_drawn() {
    for seed in 1..=400 {
        let mut chance = Chance(seed);
        let glass = Glass(Arc::new(Mutex::new(Parser::new(
            of(SIZE.height),
            of(SIZE.width),
            0,
        ))));
        let screen = Screen::new(glass.clone(), SIZE);
        let mut terminal = Terminal::new(screen).expect("a terminal");
        let mut wanted = Buffer::empty(ratatui::layout::Rect::from((
            ratatui::layout::Position::ORIGIN,
            SIZE,
        )));
        for frame in 0..12 {
            for _ in 0..chance.below(9) {
                scribble(&mut wanted, &mut chance);
            }
            mend(&mut wanted);
            terminal
                .draw(|f| f.buffer_mut().clone_from(&wanted))
                .expect("a frame");
            let parser = glass.0.lock().expect("nobody broke it");
            for y in 0..SIZE.height {
                let mut covered = false;
                for x in 0..SIZE.width {
                    let shown = parser.screen().cell(y, x).expect("a cell");
                    if std::mem::take(&mut covered) || shown.is_wide_continuation() {
                        continue;
                    }
                    covered = shown.is_wide();
                    let cell = wanted.cell((x, y)).expect("a cell");
                    assert_eq!(
                        shows(shown),
                        looks(cell),
                        "seed {seed}, frame {frame}, {x},{y}"
                    );
                }
            }
        }
    }
}
