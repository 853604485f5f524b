//! What the loop speaks to: a screen of cells, or a stream of lines for the ear.

use std::io;

use config::tui::Protocol;
use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use ratatui::Terminal;
use ratatui::backend::Backend;

use crate::effect::{Effect, Notify, Way};
use crate::msg::{Answer, Copied, What};
use crate::run::App;
use crate::run::stream::Stream;
use crate::side::{bell, clip};
use crate::term::Manner;
use crate::term::screen::Screen;

/// A face of the console towards its person.
pub(super) trait Face {
    /// Shows what changed.
    fn show(&mut self, app: &mut App) -> io::Result<()>;
    /// The terminal has this size now.
    fn resized(&mut self, app: &mut App, size: (u16, u16)) -> io::Result<()>;
    /// Does what only a terminal can.
    fn perform(&mut self, app: &mut App, effect: Effect) -> io::Result<()>;
    /// Whether it shows pictures.
    fn draws(&self) -> bool;
    /// How the terminal is taken for it.
    fn manner(&self, app: &App) -> Manner;
    /// The shell goes on.
    fn end(&mut self) -> io::Result<()>;
}

impl<W: io::Write> Face for Terminal<Screen<W>> {
    fn show(&mut self, app: &mut App) -> io::Result<()> {
        if let Some(title) = app.title() {
            self.backend_mut().title(&title)?;
        }
        app.draw(self)
    }

    /// Draws anew also where the size is that of the last frame again: a terminal that was
    /// smaller meanwhile has lost what it showed.
    fn resized(&mut self, app: &mut App, (width, height): (u16, u16)) -> io::Result<()> {
        let screen = self.backend_mut();
        screen.resize(width, height);
        screen.forget();
        self.clear()?;
        app.handle(What::Resize(width, height));
        Ok(())
    }

    fn perform(&mut self, app: &mut App, effect: Effect) -> io::Result<()> {
        let screen = self.backend_mut();
        match effect {
            Effect::Mouse(true) => crossterm::queue!(screen.writer(), EnableMouseCapture)?,
            Effect::Mouse(false) => crossterm::queue!(screen.writer(), DisableMouseCapture)?,
            Effect::Repaint => {
                screen.forget();
                self.clear()?;
            }
            other => {
                if let Some(bytes) = words_to(app, &other) {
                    screen.also(&bytes)?;
                }
            }
        }
        self.backend_mut().flush()
    }

    fn draws(&self) -> bool {
        true
    }

    fn manner(&self, app: &App) -> Manner {
        let mouse = app.model().mouse;
        Manner::Screen { mouse }
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: io::Write> Face for Stream<W> {
    fn show(&mut self, app: &mut App) -> io::Result<()> {
        let told = app.tell();
        Self::show(self, &told)
    }

    fn resized(&mut self, app: &mut App, (width, height): (u16, u16)) -> io::Result<()> {
        self.resize(width);
        app.handle(What::Resize(width, height));
        Ok(())
    }

    fn perform(&mut self, app: &mut App, effect: Effect) -> io::Result<()> {
        let is_bell = matches!(effect, Effect::Bell);
        if let Some(bytes) = words_to(app, &effect).filter(|_| is_bell || !self.is_dumb()) {
            self.also(&bytes);
        }
        self.flush()
    }

    fn draws(&self) -> bool {
        false
    }

    fn manner(&self, _: &App) -> Manner {
        if self.is_dumb() {
            Manner::Dumb
        } else {
            Manner::Stream
        }
    }

    fn end(&mut self) -> io::Result<()> {
        Self::end(self)
    }
}

/// The bytes that ask the terminal for something, where an effect is that.
fn words_to(app: &mut App, effect: &Effect) -> Option<String> {
    match effect {
        Effect::Bell => Some("\x07".to_owned()),
        Effect::Notify(Notify {
            way: Way::Terminal(protocol),
            title,
            body,
            ..
        }) => {
            let bytes = match protocol {
                Protocol::Osc9 => bell::osc9(title, body),
                Protocol::Osc777 => bell::osc777(title, body),
            };
            Some(bell::through_tmux(bytes, |name| std::env::var(name).ok()))
        }
        Effect::DropPicture(name) => Some(bell::through_tmux(
            format!("\x1b_Ga=d,d=I,q=2,i={name}\x1b\\"),
            |name| std::env::var(name).ok(),
        )),
        Effect::CopyByTerminal(text) => {
            let bytes = clip::sequence(text);
            let how = if bytes.is_some() {
                Copied::Terminal
            } else {
                Copied::TooLarge
            };
            app.handle(What::Answer(Box::new(Answer::Copied(how))));
            bytes
        }
        _ => None,
    }
}
