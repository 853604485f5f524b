//! The loop: wait, update, do effects, draw; nothing else loops.

mod editor;
mod face;
mod mouse;
pub mod pace;
mod probe;
mod reader;
mod restyle;
pub mod setup;
mod signals;
mod stream;

use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use common::client::Client;
use common::id::ChatId;
use common::time::{Clock, Stamp};
use config::tui::Tui;
use crossterm::event::{Event, EventStream};
use futures_util::StreamExt;
use notify::RecommendedWatcher;
use ratatui::Terminal;
use ratatui::backend::Backend;
use signal_hook::consts::SIGTSTP;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep, sleep_until};

use crate::effect::Effect;
use crate::hit::Hits;
use crate::keymap::Keymap;
use crate::link;
use crate::model::Model;
use crate::msg::{Msg, What};
use crate::run::face::Face;
use crate::run::pace::Pace;
use crate::run::signals::{Heard, Signals};
use crate::run::stream::Stream;
use crate::side::Side;
use crate::side::keep::Keep;
use crate::speech::Speech;
use crate::term::Held;
use crate::term::screen::{Screen, Unbuffered};
use crate::update::keep::restore;
use crate::update::{update, wake};
use crate::view::paint::{Depth, Paint};
use crate::view::plain::ear::{Ear, Told};
use crate::view::{self, Cache};

/// Messages that are taken between two frames at most.
const BATCH: usize = 512;

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
    /// Whether the console runs on an account that several people share.
    pub is_shared: bool,
    /// Whether the terminal understands nothing but characters.
    pub dumb: bool,
    /// Where drafts are held that the daemon does not have, and how the desk stood.
    pub keep: Keep,
    /// Whether there are colours beyond 256; `None` is none at all, and no pictures.
    pub deep: Option<bool>,
    /// The file of the person's own theme, where one is in use, and how many colours there are.
    pub theme: Option<(PathBuf, Depth)>,
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
    ear: Ear,
    held: mouse::Held,
    deep: Option<bool>,
    /// How many colours there are, and who watches the theme's file.
    theme: Option<(Depth, Option<RecommendedWatcher>)>,
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
            is_shared,
            dumb: _,
            keep,
            deep,
            theme,
        } = options;
        let (sender, inbox) = unbounded_channel();
        tokio::spawn(link::keep(
            client.clone(),
            Arc::clone(&clock),
            sender.clone(),
        ));
        let mut model = Model::new(clock.now(), settings, keymap, speech, seed);
        model.size = size;
        model.is_shared = is_shared;
        model.tell_conflicts();
        let theme = theme.map(|(file, depth)| (depth, restyle::watch(&file, sender.clone())));
        model.list_width = keep.desk().list_width;
        model.chats.cursor = keep.last_chat();
        restore(&mut model, keep.take_drafts());
        let side = Side::new(client, sender, keep);
        Self {
            model,
            cache,
            hits: Hits::default(),
            side,
            clock,
            inbox,
            for_terminal: Vec::new(),
            ear: Ear::default(),
            held: mouse::Held::default(),
            deep,
            theme,
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
        if let (What::Theme(Ok(theme)), Some((depth, _))) = (&what, &self.theme) {
            self.cache.restyle(Paint::new(theme, *depth));
        }
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
            let (seen, sights) = (hits.seen, hits.sights.clone());
            self.hits = hits;
            self.handle(What::Drawn(seen));
            if !sights.is_empty() {
                self.handle(What::InSight(sights));
            }
        }
        Ok(())
    }

    /// Says what changed since it was last asked, for a console without a screen.
    pub fn tell(&mut self) -> Told {
        self.model.redraw = false;
        let told = view::hear(&self.model, &self.cache, &mut self.ear);
        self.handle(What::Drawn(told.seen));
        told
    }

    /// The window's title, where it is to have one.
    pub fn title(&self) -> Option<String> {
        let unread = self.model.unread(None);
        let title = if unread > 0 {
            format!("({unread}) recado")
        } else {
            "recado".to_owned()
        };
        self.model.settings.ui.title.then_some(title)
    }
}

/// Runs a console on the real terminal until the person leaves.
pub async fn run(options: Options) -> io::Result<()> {
    // Heard from before the size is asked for, so that no change of it is missed.
    let signals = Signals::new()?;
    let size = crossterm::terminal::size()?;
    let (plain, dumb) = (options.settings.ui.plain, options.dumb);
    let app = App::new(Options { size, ..options });
    if plain {
        return live(
            app,
            Stream::new(Unbuffered::stdout(), size.0, dumb),
            signals,
        )
        .await;
    }
    live(app, Terminal::new(Screen::stdout()?)?, signals).await
}

async fn live(mut app: App, mut face: impl Face, mut signals: Signals) -> io::Result<()> {
    let held = Held::take(face.manner(&app))?;
    let mut late = probe::Late::default();
    if face.draws() {
        // The first frame stands while the terminal thinks; nobody reads keys before it has answered.
        face.show(&mut app)?;
        late = probe::ask_terminal(&mut app).await;
    }
    loop {
        let edits = match turn(&mut app, &mut face, (&mut signals, &mut late)).await? {
            Stop::Over => break,
            Stop::Suspended => None,
            Stop::Edit(chat, text) => Some((chat, text)),
        };
        editor::wait_for_reader();
        face.end()?;
        held.give_back()?;
        let back = if let Some((chat, text)) = edits {
            What::Edited(chat, editor::edit(text).await)
        } else {
            // Stops here, until the shell says otherwise.
            signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
            What::Resumed
        };
        signals.forget_interrupt()?;
        held.again(face.manner(&app))?;
        face.resized(&mut app, crossterm::terminal::size()?)?;
        app.handle(back);
    }
    face.end()?;
    held.give_back()
}

/// Why the loop stopped.
enum Stop {
    /// The program is over.
    Over,
    /// The shell shall have the terminal for a while.
    Suspended,
    /// The person's own editor shall have it, for the words of a chat.
    Edit(ChatId, String),
}

async fn turn(
    app: &mut App,
    face: &mut impl Face,
    (signals, late): (&mut Signals, &mut probe::Late),
) -> io::Result<Stop> {
    // The reader of keys lives only as long as this turn: while the shell or another program has
    // the terminal nobody takes its keys.
    let mut events = EventStream::new();
    let mut pace = Pace::new(app.model.settings.ui.motion);
    loop {
        for effect in app.take_for_terminal() {
            match effect {
                Effect::Suspend => return Ok(Stop::Suspended),
                Effect::Edit(chat, text) => return Ok(Stop::Edit(chat, text)),
                other => face.perform(app, other)?,
            }
        }
        if app.is_over() {
            return Ok(Stop::Over);
        }
        let now = Instant::now();
        let due = pace.due(now);
        if app.is_stale() && due.is_none() {
            pace.drew(now);
            face.show(app)?;
            continue;
        }
        tokio::select! {
            biased;
            event = events.next() => match event {
                Some(event) => take(app, event?, late),
                // The terminal is gone.
                None => app.handle(What::Terminate),
            },
            told = signals.next() => match told {
                Heard::End => app.handle(What::Terminate),
                Heard::Size => face.resized(app, crossterm::terminal::size()?)?,
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
            take(app, event?, late);
        }
        app.drain();
    }
}

fn take(app: &mut App, event: Event, late: &mut probe::Late) {
    if late.is_part(&event) {
        return;
    }
    // The signal itself is heard by the loop, together with what else it waits for.
    if !matches!(event, Event::Resize(..)) {
        app.terminal(event);
    }
}
