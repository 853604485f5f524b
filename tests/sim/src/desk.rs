//! A console without a terminal: keys in, the screen's text out, and waiting for what shall be seen.

use std::time::Duration;

use anyhow::{Context, bail};
use common::client::Client;
use config::path::Surroundings;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use recado_tui::msg::What;
use recado_tui::run::setup::{Flags, options};
use recado_tui::run::{App, Options};
use tokio::time::{Instant, timeout_at};

/// How long a phrase may take to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// A console at work: the real model, update, view and link; only the terminal is a grid in memory.
#[derive(Debug)]
pub struct Desk {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Desk {
    /// A console of this size and language that connects to the daemon behind `client`.
    ///
    /// # Errors
    /// The built-in settings are wrong.
    pub fn open(client: Client, size: (u16, u16), lang: &str, seed: u64) -> anyhow::Result<Self> {
        let around = Surroundings::invented(
            [
                ("HOME", "/nonexistent"),
                ("TERM", "xterm-256color"),
                ("LANG", "C.UTF-8"),
            ],
            false,
        );
        let flags = Flags {
            language: Some(lang.to_owned()),
            ..Flags::default()
        };
        let made = options(client, &around, &flags)?;
        Self::with(Options { size, seed, ..made })
    }

    /// A console made of these parts.
    ///
    /// # Errors
    /// Never for the grid in memory.
    pub fn with(options: Options) -> anyhow::Result<Self> {
        let (width, height) = options.size;
        let terminal = Terminal::new(TestBackend::new(width, height))?;
        let mut desk = Self {
            app: App::new(options),
            terminal,
        };
        desk.draw()?;
        Ok(desk)
    }

    /// Takes everything that waits and draws.
    fn draw(&mut self) -> anyhow::Result<()> {
        self.app.drain();
        self.app.draw(&mut self.terminal)?;
        Ok(())
    }

    /// Presses a key, named as in the manual: `Enter`, `Esc`, `^K`, `Alt-1`, `F2`, `j`.
    ///
    /// # Errors
    /// No key has that name.
    pub fn press(&mut self, key: &str) -> anyhow::Result<()> {
        let event = chord(key).with_context(|| format!("no key is called {key:?}"))?;
        self.app.terminal(Event::Key(event));
        self.draw()
    }

    /// Types text.
    ///
    /// # Errors
    /// Never for the grid in memory.
    pub fn type_text(&mut self, text: &str) -> anyhow::Result<()> {
        for c in text.chars() {
            let code = if c == '\n' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            };
            self.app
                .terminal(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self.draw()
    }

    /// Gives the terminal another size.
    ///
    /// # Errors
    /// Never for the grid in memory.
    pub fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()> {
        self.terminal.backend_mut().resize(width, height);
        self.app.handle(What::Resize(width, height));
        self.draw()
    }

    /// What stands on the screen, rows ended by line feeds, spaces at their ends gone.
    pub fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let width = usize::from(buffer.area.width.max(1));
        let rows = buffer.content().chunks(width).map(|row| {
            let mut text = String::new();
            let mut covered = 0;
            for cell in row {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                text.push_str(cell.symbol());
                covered = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            }
            text.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n") + "\n"
    }

    /// Waits until a phrase stands on the screen.
    ///
    /// # Errors
    /// It does not within twenty seconds; the error shows the screen.
    pub async fn wait_for(&mut self, phrase: &str) -> anyhow::Result<()> {
        self.wait_until(phrase, |screen| screen.contains(phrase))
            .await
    }

    /// Waits until a phrase is gone from the screen.
    ///
    /// # Errors
    /// As [`Desk::wait_for`].
    pub async fn wait_gone(&mut self, phrase: &str) -> anyhow::Result<()> {
        self.wait_until(phrase, |screen| !screen.contains(phrase))
            .await
    }

    /// Waits until the screen is as `right` wants it.
    ///
    /// # Errors
    /// As [`Desk::wait_for`].
    pub async fn wait_until(
        &mut self,
        what: &str,
        right: impl Fn(&str) -> bool,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.draw()?;
            if right(&self.screen()) {
                return Ok(());
            }
            match timeout_at(deadline, self.app.next()).await {
                Ok(next) => self.app.handle(next),
                Err(_late) => bail!(
                    "{what:?} did not come about; the screen:\n{}",
                    self.screen()
                ),
            }
        }
    }

    /// Lets the console live for a while, as a person who only looks.
    ///
    /// # Errors
    /// Never for the grid in memory.
    pub async fn look(&mut self, span: Duration) -> anyhow::Result<()> {
        let deadline = Instant::now() + span;
        while let Ok(next) = timeout_at(deadline, self.app.next()).await {
            self.app.handle(next);
            self.draw()?;
        }
        self.draw()
    }

    /// The console itself, to look at.
    pub const fn app(&self) -> &App {
        &self.app
    }
}

/// A key by its name.
fn chord(name: &str) -> Option<KeyEvent> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    loop {
        if let Some(more) = rest.strip_prefix("Alt-").filter(|m| !m.is_empty()) {
            modifiers |= KeyModifiers::ALT;
            rest = more;
        } else if let Some(more) = rest.strip_prefix("Shift-").filter(|m| !m.is_empty()) {
            modifiers |= KeyModifiers::SHIFT;
            rest = more;
        } else if let Some(more) = rest.strip_prefix('^').filter(|m| !m.is_empty()) {
            let c = more.chars().next()?.to_ascii_lowercase();
            return Some(KeyEvent::new(
                KeyCode::Char(c),
                modifiers | KeyModifiers::CONTROL,
            ));
        } else {
            break;
        }
    }
    let code = match rest {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        _ => {
            let function = rest.strip_prefix('F').and_then(|n| n.parse().ok());
            let mut chars = rest.chars();
            match (function, chars.next(), chars.next()) {
                (Some(n), _, _) => KeyCode::F(n),
                (None, Some(c), None) => KeyCode::Char(c),
                _ => return None,
            }
        }
    };
    Some(KeyEvent::new(code, modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_names_of_the_manual() {
        let code = |name| chord(name).map(|k| (k.code, k.modifiers));
        assert_eq!(
            code("^K"),
            Some((KeyCode::Char('k'), KeyModifiers::CONTROL))
        );
        assert_eq!(code("Alt-1"), Some((KeyCode::Char('1'), KeyModifiers::ALT)));
        assert_eq!(code("F2"), Some((KeyCode::F(2), KeyModifiers::NONE)));
        assert_eq!(code("F"), Some((KeyCode::Char('F'), KeyModifiers::NONE)));
        assert_eq!(code("^"), Some((KeyCode::Char('^'), KeyModifiers::NONE)));
        assert_eq!(code("Nothing"), None);
    }
}
