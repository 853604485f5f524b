//! The signals that the loop answers.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that the loop answers.
pub(super) struct Signals {
    term: Signal,
    hup: Signal,
    int: Signal,
    size: Signal,
}

/// What a signal said.
pub(super) enum Heard {
    /// The program is to end.
    End,
    /// The terminal has another size.
    Size,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            hup: signal(SignalKind::hangup())?,
            int: signal(SignalKind::interrupt())?,
            size: signal(SignalKind::window_change())?,
        })
    }

    pub(super) async fn next(&mut self) -> Heard {
        tokio::select! {
            _ = self.term.recv() => Heard::End,
            _ = self.hup.recv() => Heard::End,
            _ = self.int.recv() => Heard::End,
            _ = self.size.recv() => Heard::Size,
        }
    }

    /// Forgets an interruption that another program in the foreground was meant to hear.
    pub(super) fn forget_interrupt(&mut self) -> io::Result<()> {
        self.int = signal(SignalKind::interrupt())?;
        Ok(())
    }
}
