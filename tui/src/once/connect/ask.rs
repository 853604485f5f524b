//! Asks on the terminal: lines, choices, and secrets that are not shown; from a script's lines where there is none.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use common::api::numbers::SecretText;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::super::OnceError;

/// Asks, on standard error; answers come from standard input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    terminal: bool,
}

impl Asker {
    pub(super) fn new() -> Self {
        Self {
            terminal: io::stdin().is_terminal(),
        }
    }

    /// Whether a person sits there who can be asked again.
    pub(super) const fn is_terminal(self) -> bool {
        self.terminal
    }

    /// Says a line.
    #[expect(clippy::unused_self, reason = "whoever asks also says")]
    pub(super) fn say(self, words: &str) -> Result<(), OnceError> {
        Ok(writeln!(io::stderr().lock(), "{words}")?)
    }

    /// Says words without ending the line.
    fn prompt(words: &str) -> io::Result<()> {
        let mut err = io::stderr().lock();
        write!(err, "{words} ")?;
        err.flush()
    }

    /// A line; nothing where the answers have ended.
    pub(super) fn line(self, words: &str) -> Result<Option<String>, OnceError> {
        Self::prompt(words)?;
        let answer = read_line()?;
        if !self.terminal {
            self.say("")?;
        }
        Ok(answer)
    }

    /// A secret, which is not shown while it is typed or pasted.
    pub(super) fn secret(self, words: &str) -> Result<Option<SecretText>, OnceError> {
        Self::prompt(words)?;
        let answer = if self.terminal {
            hidden()?
        } else {
            read_line()?
        };
        self.say("")?;
        Ok(answer.map(SecretText::new))
    }

    /// One of several, by its number from 1 on; nothing where the answers have ended.
    pub(super) fn choose(self, words: &str, of: &[String]) -> Result<Option<usize>, OnceError> {
        for (at, option) in of.iter().enumerate() {
            self.say(&format!("  {}) {option}", at + 1))?;
        }
        loop {
            let Some(answer) = self.line(words)? else {
                return Ok(None);
            };
            let chosen = answer.trim().parse::<usize>().ok();
            if let Some(at) = chosen
                .and_then(|n| n.checked_sub(1))
                .filter(|at| *at < of.len())
            {
                return Ok(Some(at));
            }
            if !self.terminal {
                return Ok(None);
            }
        }
    }
}

fn read_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Reads a line with the terminal's echo off, whatever happens on the way.
fn hidden() -> io::Result<Option<String>> {
    struct Raw;
    impl Drop for Raw {
        fn drop(&mut self) {
            disable_raw_mode().ok();
        }
    }
    enable_raw_mode()?;
    let _raw = Raw;
    let mut typed = Vec::new();
    for byte in io::stdin().lock().bytes() {
        match byte? {
            b'\r' | b'\n' => break,
            // Ctrl-C, and Ctrl-D on an empty line.
            3 => return Err(io::ErrorKind::Interrupted.into()),
            4 if typed.is_empty() => return Ok(None),
            // Backspace, and Ctrl-U.
            8 | 127 => drop(typed.pop()),
            21 => typed.clear(),
            other => typed.push(other),
        }
    }
    Ok(Some(printable(&typed)))
}

/// What was pasted, without the marks that terminals put round a paste.
fn printable(typed: &[u8]) -> String {
    let text = String::from_utf8_lossy(typed);
    let bare = text.replace("\u{1b}[200~", "").replace("\u{1b}[201~", "");
    bare.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_paste_is_what_was_pasted() {
        assert_eq!(printable(b"\x1b[200~EAAGtoken\x1b[201~"), "EAAGtoken");
        assert_eq!(printable(b"EAAG\tx"), "EAAGx");
    }
}
