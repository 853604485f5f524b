//! Enters, leaves and suspends the terminal; draws with one synchronized write a frame; panic-safe.

use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

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

use crate::side::image::QUIET_THREAD;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// The window's title is kept by the terminal, and comes back later.
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE_BACK: &str = "\x1b[23;2t";
/// A frame of a large terminal fits; nothing is allocated while one is drawn.
const ROOM: usize = 64 * 1024;

/// How the terminal is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The whole screen, with or without the mouse.
    Screen {
        /// Whether the mouse is taken.
        mouse: bool,
    },
    /// Lines below those of the shell.
    Stream,
    /// The same where only characters are understood.
    Dumb,
}

impl Manner {
    const fn code(self) -> u8 {
        match self {
            Self::Screen { .. } => 1,
            Self::Stream => 2,
            Self::Dumb => 3,
        }
    }
}

/// Holds the terminal, and gives it back when dropped.
#[derive(Debug)]
pub struct Held {
    /// The code of the manner in which it is held, or zero.
    held: Arc<AtomicU8>,
}

impl Held {
    /// Takes the terminal: raw mode, alternate screen, keyboard, paste, focus, mouse, in this
    /// order. From now on a panic gives it back before it is told.
    pub fn take(manner: Manner) -> io::Result<Self> {
        let held = Arc::new(AtomicU8::new(0));
        let in_panic = Arc::clone(&held);
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() == Some(QUIET_THREAD) {
                return;
            }
            // Nothing can be done about a terminal that is gone.
            let _gone = leave(in_panic.swap(0, Ordering::SeqCst));
            told(panic);
        }));
        let this = Self { held };
        this.again(manner)?;
        Ok(this)
    }

    /// Takes the terminal once more, after [`Held::give_back`].
    pub fn again(&self, manner: Manner) -> io::Result<()> {
        self.held.store(manner.code(), Ordering::SeqCst);
        enter(manner)
    }

    /// Gives the terminal back: everything in reverse.
    pub fn give_back(&self) -> io::Result<()> {
        leave(self.held.swap(0, Ordering::SeqCst))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _gone = self.give_back();
    }
}

fn enter(manner: Manner) -> io::Result<()> {
    enable_raw_mode()?;
    let mut out = io::stdout();
    let mouse = match manner {
        Manner::Dumb => return Ok(()),
        Manner::Stream => return execute!(out, EnableBracketedPaste, EnableFocusChange),
        Manner::Screen { mouse } => mouse,
    };
    queue!(
        out,
        EnterAlternateScreen,
        // Asked for without a question: who does not know it ignores it, and nobody waits.
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
        EnableBracketedPaste,
        EnableFocusChange,
        Print(KEEP_TITLE),
        Hide,
        Clear(Wipe::All)
    )?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

fn leave(code: u8) -> io::Result<()> {
    let mut out = io::stdout();
    if code == 0 {
        return Ok(());
    }
    if code != (Manner::Screen { mouse: false }).code() {
        let told = if code == Manner::Stream.code() {
            execute!(out, DisableFocusChange, DisableBracketedPaste)
        } else {
            Ok(())
        };
        disable_raw_mode()?;
        return told;
    }
    let told = execute!(
        out,
        Print("\x1b[?2026l"),
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        PopKeyboardEnhancementFlags,
        ResetColor,
        Print(GIVE_TITLE_BACK),
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
            inner: CrosstermBackend::new(frame),
            size,
            cursor: None,
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
        self.inner.write_all(bytes.as_bytes())
    }

    /// Where commands of another kind are queued for the next write.
    pub fn writer(&mut self) -> &mut impl Write {
        &mut self.inner
    }

    /// What the terminal shows and where its cursor stands is not known any more.
    pub fn forget(&mut self) {
        (self.cursor, self.shown) = (None, None);
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
