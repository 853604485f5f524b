//! Enters, leaves and suspends the terminal; panic-safe.

mod look;
mod pen;
pub mod screen;

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::cursor::{Hide, Show};
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

use crate::side::image::QUIET_THREAD;

/// The window's title is kept by the terminal, and comes back later.
const KEEP_TITLE: &str = "\x1b[22;2t";
const GIVE_TITLE_BACK: &str = "\x1b[23;2t";

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
