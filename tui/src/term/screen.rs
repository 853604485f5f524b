//! The screen as ratatui knows it: one buffered, synchronized write a frame, and none where nothing changed.

use std::io::{self, Stdout, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::term::pen::Pen;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// A frame of a large terminal fits; nothing is allocated while one is drawn.
const ROOM: usize = 64 * 1024;

/// Bytes of one frame, written at once when the frame is whole.
#[derive(Debug)]
pub struct Frame<W> {
    bytes: Vec<u8>,
    out: W,
}

impl<W: Write> Write for Frame<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(BEGIN);
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        self.bytes.extend_from_slice(END);
        let written = self
            .out
            .write_all(&self.bytes)
            .and_then(|()| self.out.flush());
        self.bytes.clear();
        self.bytes.shrink_to(ROOM);
        written
    }
}

/// The screen as ratatui knows it. A frame that changes nothing writes nothing, the cursor
/// included.
#[derive(Debug)]
pub struct Screen<W: Write> {
    frame: Frame<W>,
    pen: Pen,
    size: Size,
    shown: Option<bool>,
    title: String,
}

impl Screen<Unbuffered> {
    /// The terminal itself.
    pub fn stdout() -> io::Result<Self> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Self::new(Unbuffered::stdout(), Size::new(width, height)))
    }
}

impl<W: Write> Screen<W> {
    /// A screen of that size that writes to `out`, one write a frame.
    pub fn new(out: W, size: Size) -> Self {
        let frame = Frame {
            bytes: Vec::with_capacity(ROOM),
            out,
        };
        Self {
            frame,
            pen: Pen::new(size),
            size,
            shown: None,
            title: String::new(),
        }
    }

    /// Names the window, in the next write, where it has another name. The name must be clean.
    pub fn title(&mut self, title: &str) -> io::Result<()> {
        if self.title != title {
            title.clone_into(&mut self.title);
            self.also(&format!("\x1b]2;{title}\x1b\\"))?;
        }
        Ok(())
    }

    /// The terminal has another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
    }

    /// Puts bytes of another kind (bell, clipboard, mouse) into the next write.
    pub fn also(&mut self, bytes: &str) -> io::Result<()> {
        self.frame.write_all(bytes.as_bytes())
    }

    /// Where commands of another kind are queued for the next write.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.frame
    }

    /// What the terminal shows and where its cursor stands is not known any more.
    pub fn forget(&mut self) {
        self.pen = Pen::new(self.size);
        self.shown = None;
        self.title.clear();
    }
}

/// Standard output without its line buffer: what is written goes out in one piece.
#[derive(Debug)]
pub struct Unbuffered(Stdout);

impl Unbuffered {
    /// Standard output.
    pub fn stdout() -> Self {
        Self(io::stdout())
    }
}

impl Write for Unbuffered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        use std::os::fd::AsFd;
        let fd = self.0.as_fd().try_clone_to_owned()?;
        std::fs::File::from(fd).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.pen.draw(content, &mut self.frame)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(false) {
            self.shown = Some(false);
            self.also("\x1b[?25l")?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.shown = Some(true);
            self.also("\x1b[?25h")?;
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.pen.stands().unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.pen.go(position.into(), &mut self.frame)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.pen.clear(&mut self.frame)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let wipe = match region {
            ClearType::All => return self.clear(),
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        };
        self.pen = Pen::new(self.size);
        self.also(wipe)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.frame)
    }
}

#[cfg(test)]
mod tests {
    use super::Screen;
    use ratatui::Terminal;
    use ratatui::layout::{Position, Size};
    use std::io::{self, Write};

    #[derive(Debug, Default)]
    struct Counted {
        writes: usize,
        bytes: Vec<u8>,
    }

    impl Write for &mut Counted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes += 1;
            self.bytes.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_one_write_and_an_unchanged_one_none() {
        let mut counted = Counted::default();
        let screen = Screen::new(&mut counted, Size::new(20, 4));
        let mut terminal = Terminal::new(screen).unwrap();
        let frame = |terminal: &mut Terminal<Screen<&mut Counted>>, text: &str, x| {
            terminal
                .draw(|f| {
                    f.render_widget(text, f.area());
                    f.set_cursor_position(Position::new(x, 0));
                })
                .unwrap();
        };
        frame(&mut terminal, "hola", 4);
        frame(&mut terminal, "hola", 4);
        frame(&mut terminal, "hola", 4);
        frame(&mut terminal, "hola", 3);
        drop(terminal);
        assert_eq!(counted.writes, 2);
        let text = String::from_utf8_lossy(&counted.bytes).into_owned();
        assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"));
        assert!(text.ends_with("\x1b[?2026h\x08\x1b[?2026l"), "{text:?}");
    }
}
