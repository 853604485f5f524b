//! Enters, leaves and suspends the terminal; draws with one synchronized write a frame; panic-safe.

use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags,
    PushKeyboardEnhancementFlags,
};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    Clear, ClearType as Wipe, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// A frame of a large terminal fits; nothing is allocated while one is drawn.
const ROOM: usize = 64 * 1024;

/// Holds the terminal, and gives it back when dropped.
#[derive(Debug)]
pub struct Held {
    held: Arc<AtomicBool>,
}

impl Held {
    /// Takes the terminal: raw mode, alternate screen, keyboard, paste, focus, mouse, in this
    /// order. From now on a panic gives it back before it is told.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let held = Arc::new(AtomicBool::new(false));
        let in_panic = Arc::clone(&held);
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if in_panic.swap(false, Ordering::SeqCst) {
                // Nothing can be done about a terminal that is gone.
                let _gone = leave();
            }
            told(panic);
        }));
        let this = Self { held };
        this.again(mouse)?;
        Ok(this)
    }

    /// Takes the terminal once more, after [`Held::give_back`].
    pub fn again(&self, mouse: bool) -> io::Result<()> {
        self.held.store(true, Ordering::SeqCst);
        enter(mouse)
    }

    /// Gives the terminal back: everything in reverse.
    pub fn give_back(&self) -> io::Result<()> {
        if self.held.swap(false, Ordering::SeqCst) {
            leave()
        } else {
            Ok(())
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _gone = self.give_back();
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    let mut out = io::stdout();
    queue!(
        out,
        EnterAlternateScreen,
        // Asked for without a question: who does not know it ignores it, and nobody waits.
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
        EnableBracketedPaste,
        EnableFocusChange,
        Hide,
        Clear(Wipe::All)
    )?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

fn leave() -> io::Result<()> {
    let mut out = io::stdout();
    let told = execute!(
        out,
        Print("\x1b[?2026l"),
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        PopKeyboardEnhancementFlags,
        ResetColor,
        LeaveAlternateScreen,
        Show
    );
    disable_raw_mode()?;
    told
}

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
    inner: CrosstermBackend<Frame<W>>,
    size: Size,
    /// Where the terminal's cursor stands; unknown after cells were drawn.
    cursor: Option<Position>,
    shown: Option<bool>,
}

impl Screen<Unbuffered> {
    /// The terminal itself.
    pub fn stdout() -> io::Result<Self> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Self::new(
            Unbuffered(io::stdout()),
            Size::new(width, height),
        ))
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
            inner: CrosstermBackend::new(frame),
            size,
            cursor: None,
            shown: None,
        }
    }

    /// The terminal has another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
    }

    /// Puts bytes of another kind (bell, clipboard, mouse) into the next write.
    pub fn also(&mut self, bytes: &str) -> io::Result<()> {
        self.inner.write_all(bytes.as_bytes())
    }

    /// Where commands of another kind are queued for the next write.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.inner
    }

    /// What the terminal shows and where its cursor stands is not known any more.
    pub fn forget(&mut self) {
        (self.cursor, self.shown) = (None, None);
    }
}

/// Standard output without its line buffer: what is written goes out in one piece.
#[derive(Debug)]
pub struct Unbuffered(Stdout);

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
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor = None;
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(false) {
            self.shown = Some(false);
            queue!(self.inner, Hide)?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.shown = Some(true);
            queue!(self.inner, Show)?;
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor != Some(position) {
            self.cursor = Some(position);
            queue!(self.inner, MoveTo(position.x, position.y))?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cursor = None;
        queue!(self.inner, Clear(Wipe::All))
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.cursor = None;
        let wipe = match region {
            ClearType::All => Wipe::All,
            ClearType::AfterCursor => Wipe::FromCursorDown,
            ClearType::BeforeCursor => Wipe::FromCursorUp,
            ClearType::CurrentLine => Wipe::CurrentLine,
            ClearType::UntilNewLine => Wipe::UntilNewLine,
        };
        queue!(self.inner, Clear(wipe))
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
        Write::flush(&mut self.inner)
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
        assert!(
            text.ends_with("\x1b[?2026h\x1b[1;4H\x1b[?2026l"),
            "{text:?}"
        );
    }
}
