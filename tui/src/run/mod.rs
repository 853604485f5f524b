//! The loop: wait, update, do effects, draw; nothing else loops.

pub mod pace;
pub mod setup;

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use common::client::Client;
use common::time::{Clock, Stamp};
use config::tui::Tui;
use crossterm::event::{
    DisableMouseCapture, EnableMouseCapture, Event, EventStream, MouseButton, MouseEvent,
    MouseEventKind,
};
use futures_util::StreamExt;
use ratatui::Terminal;
use ratatui::backend::Backend;
use signal_hook::consts::SIGTSTP;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep, sleep_until};

use crate::effect::Effect;
use crate::hit::Hits;
use crate::keymap::Keymap;
use crate::link;
use crate::model::Model;
use crate::msg::{Answer, Copied, Msg, What};
use crate::run::pace::Pace;
use crate::side::{Side, clip};
use crate::speech::Speech;
use crate::term::{Held, Screen};
use crate::update::{update, wake};
use crate::view::{self, Cache};

/// Messages that are taken between two frames at most.
const BATCH: usize = 512;
/// Rows that a notch of the wheel moves.
const NOTCH: i32 = 3;

/// What a console is made of.
#[derive(Debug)]
pub struct Options {
    /// The way to the daemon.
    pub client: Client,
    /// Who tells the time.
    pub clock: Arc<dyn Clock>,
    /// Settings.
    pub settings: Tui,
    /// The bindings in force.
    pub keymap: Keymap,
    /// Language and time zone.
    pub speech: Speech,
    /// Theme, marks and what view remembers between frames.
    pub cache: Cache,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Where ids come from.
    pub seed: u64,
}

/// A console: model, view and the ways to the daemon. It needs a tokio runtime and no terminal;
/// a test draws it on a `TestBackend` and feeds it with [`App::handle`].
#[derive(Debug)]
pub struct App {
    model: Model,
    cache: Cache,
    hits: Hits,
    side: Side,
    clock: Arc<dyn Clock>,
    inbox: UnboundedReceiver<What>,
    for_terminal: Vec<Effect>,
}

impl App {
    /// A console that begins to connect.
    pub fn new(options: Options) -> Self {
        let Options {
            client,
            clock,
            settings,
            keymap,
            speech,
            cache,
            size,
            seed,
        } = options;
        let (sender, inbox) = unbounded_channel();
        tokio::spawn(link::keep(
            client.clone(),
            Arc::clone(&clock),
            sender.clone(),
        ));
        let mut model = Model::new(clock.now(), settings, keymap, speech, seed);
        model.size = size;
        model.tell_conflicts();
        let side = Side::new(client, sender);
        Self {
            model,
            cache,
            hits: Hits::default(),
            side,
            clock,
            inbox,
            for_terminal: Vec::new(),
        }
    }

    /// The model, to look at.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// What the last frame said of itself.
    pub const fn hits(&self) -> &Hits {
        &self.hits
    }

    /// Something happened now.
    pub fn handle(&mut self, what: What) {
        let msg = Msg {
            at: self.clock.now(),
            what,
        };
        for effect in update(&mut self.model, msg) {
            if let Some(left) = self.side.perform(effect) {
                self.for_terminal.push(left);
            }
        }
    }

    /// Something happened at the terminal: coordinates become targets here.
    pub fn terminal(&mut self, event: Event) {
        match event {
            Event::Key(key) => self.handle(What::Key(key)),
            Event::Paste(text) => self.handle(What::Paste(text)),
            Event::Resize(width, height) => self.handle(What::Resize(width, height)),
            Event::FocusGained => self.handle(What::Looked(true)),
            Event::FocusLost => self.handle(What::Looked(false)),
            Event::Mouse(mouse) => self.mouse(mouse),
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) {
        let pane = self.hits.pane_at(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let target = self.hits.at(mouse.column, mouse.row).cloned();
                self.handle(What::Click { target, pane });
            }
            MouseEventKind::ScrollDown => self.handle(What::Wheel { pane, rows: NOTCH }),
            MouseEventKind::ScrollUp => self.handle(What::Wheel { pane, rows: -NOTCH }),
            _ => {}
        }
    }

    /// Takes what waits, but not without end: a frame comes between. True if anything waited.
    pub fn drain(&mut self) -> bool {
        let mut any = false;
        for _ in 0..BATCH {
            let Ok(what) = self.inbox.try_recv() else {
                break;
            };
            self.handle(what);
            any = true;
        }
        any
    }

    /// Waits for the next thing to happen by itself: a word of the daemon, or a moment that the
    /// model waits for. Safe to drop while it waits.
    pub async fn next(&mut self) -> What {
        let wait = wake::next(&self.model).since(self.clock.now());
        tokio::select! {
            biased;
            Some(what) = self.inbox.recv() => what,
            () = sleep(wait.max(Duration::from_millis(1))) => What::Wake,
        }
    }

    /// Whether the screen is to change.
    pub const fn is_stale(&self) -> bool {
        self.model.redraw
    }

    /// Whether the program is to end.
    pub const fn is_over(&self) -> bool {
        self.model.over
    }

    /// The present moment of its clock.
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// What only a terminal can do, since the last time.
    pub fn take_for_terminal(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.for_terminal)
    }

    /// Draws a frame if the screen is to change, and takes what it showed. What a frame shows may
    /// ask for one more (a cursor that goes along with a page); never for a third.
    pub fn draw<B: Backend>(&mut self, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
        for _ in 0..2 {
            if !std::mem::take(&mut self.model.redraw) {
                break;
            }
            let (model, cache) = (&self.model, &mut self.cache);
            let mut hits = Hits::default();
            terminal.draw(|frame| hits = view::view(model, cache, frame))?;
            let seen = hits.seen;
            self.hits = hits;
            self.handle(What::Drawn(seen));
        }
        Ok(())
    }
}

/// Runs a console on the real terminal until the person leaves.
pub async fn run(options: Options) -> io::Result<()> {
    let mouse = options.settings.ui.mouse;
    // Heard from before the size is asked for, so that no change of it is missed.
    let mut signals = Signals::new()?;
    let screen = Screen::stdout()?;
    let size = screen.size()?;
    let mut app = App::new(Options {
        size: (size.width, size.height),
        ..options
    });
    let held = Held::take(mouse)?;
    let mut terminal = Terminal::new(screen)?;
    while let Stop::Suspended = turn(&mut app, &mut terminal, &mut signals).await? {
        held.give_back()?;
        // Stops here, until the shell says otherwise.
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        held.again(app.model.mouse)?;
        let (width, height) = crossterm::terminal::size()?;
        terminal.backend_mut().resize(width, height);
        terminal.backend_mut().forget();
        terminal.clear()?;
        app.handle(What::Resize(width, height));
        app.handle(What::Resumed);
    }
    held.give_back()
}

/// Why the loop stopped.
enum Stop {
    /// The program is over.
    Over,
    /// The shell shall have the terminal for a while.
    Suspended,
}

/// The signals that the loop answers.
struct Signals {
    term: Signal,
    hup: Signal,
    size: Signal,
}

/// What a signal said.
enum Told {
    /// The program is to end.
    End,
    /// The terminal has another size.
    Size,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            hup: signal(SignalKind::hangup())?,
            size: signal(SignalKind::window_change())?,
        })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.term.recv() => Told::End,
            _ = self.hup.recv() => Told::End,
            _ = self.size.recv() => Told::Size,
        }
    }
}

async fn turn<W: io::Write>(
    app: &mut App,
    terminal: &mut Terminal<Screen<W>>,
    signals: &mut Signals,
) -> io::Result<Stop> {
    // The reader of keys lives only as long as this turn: while the shell or another program has
    // the terminal nobody takes its keys.
    let mut events = EventStream::new();
    let mut pace = Pace::new(app.model.settings.ui.motion);
    loop {
        for effect in app.take_for_terminal() {
            if matches!(effect, Effect::Suspend) {
                return Ok(Stop::Suspended);
            }
            perform(app, terminal, effect)?;
        }
        if app.is_over() {
            return Ok(Stop::Over);
        }
        let now = Instant::now();
        let due = pace.due(now);
        if app.is_stale() && due.is_none() {
            pace.drew(now);
            app.draw(terminal)?;
            continue;
        }
        tokio::select! {
            biased;
            event = events.next() => match event {
                Some(event) => take(app, event?),
                // The terminal is gone.
                None => app.handle(What::Terminate),
            },
            told = signals.next() => match told {
                Told::End => app.handle(What::Terminate),
                Told::Size => resized(app, terminal)?,
            },
            what = app.next() => app.handle(what),
            () = sleep_until(due.unwrap_or(now)), if app.is_stale() => {}
        }
        // Keys that wait come before the frame: a held key is drawn where it ends.
        for _ in 0..BATCH {
            // Polled with this task's own waker: the stream keeps only the first one it sees.
            let ready = poll_fn(|cx| Poll::Ready(events.poll_next_unpin(cx))).await;
            let Poll::Ready(Some(event)) = ready else {
                break;
            };
            take(app, event?);
        }
        app.drain();
    }
}

fn take(app: &mut App, event: Event) {
    // crossterm loses a change of size that comes together with a key, so the signal is heard here.
    if !matches!(event, Event::Resize(..)) {
        app.terminal(event);
    }
}

/// Draws anew for the terminal's present size, also where it is that of the last frame again: a
/// terminal that was smaller meanwhile has lost what it showed.
fn resized<W: io::Write>(app: &mut App, terminal: &mut Terminal<Screen<W>>) -> io::Result<()> {
    let (width, height) = crossterm::terminal::size()?;
    let screen = terminal.backend_mut();
    screen.resize(width, height);
    screen.forget();
    terminal.clear()?;
    app.handle(What::Resize(width, height));
    Ok(())
}

/// Does what only a terminal can.
fn perform<W: io::Write>(
    app: &mut App,
    terminal: &mut Terminal<Screen<W>>,
    effect: Effect,
) -> io::Result<()> {
    let screen = terminal.backend_mut();
    match effect {
        Effect::Bell => screen.also("\x07")?,
        Effect::Copy(text) => {
            let how = match clip::sequence(&text) {
                Some(bytes) => {
                    screen.also(&bytes)?;
                    Copied::Terminal
                }
                None => Copied::TooLarge,
            };
            app.handle(What::Answer(Box::new(Answer::Copied(how))));
        }
        Effect::Mouse(true) => crossterm::queue!(screen.writer(), EnableMouseCapture)?,
        Effect::Mouse(false) => crossterm::queue!(screen.writer(), DisableMouseCapture)?,
        Effect::Repaint => {
            screen.forget();
            terminal.clear()?;
        }
        _ => {}
    }
    terminal.backend_mut().flush()
}
