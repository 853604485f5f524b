//! The Model: all state of the program in one value; view reads it, update alone changes it.

pub mod attach;
pub mod cards;
pub mod chats;
pub mod choices;
pub mod compose;
pub mod daemon;
pub mod focus;
pub mod ids;
pub mod notice;
pub mod numbers;
pub mod overlay;
pub mod patience;
pub mod pictures;
pub mod replies;
pub mod search;
pub mod sift;
pub mod stats;
pub mod talk;
pub mod templates;
pub mod toast;
pub mod trail;
pub mod wizard;

use std::collections::HashMap;

use common::api::event::Severity;
use common::id::{ChatId, CustomerId, MessageId, NumberId, Seq};
use common::model::chat::Chat;
use common::model::customer::Customer;
use common::model::number::Number;
use common::rights::Deed;
use common::time::Stamp;
use config::tui::{Preset, Tui};

use crate::effect::{Effect, Kept};
use crate::hit::{Pane, Seen, Spot, Target};
use crate::keymap::Keymap;
use crate::model::attach::Habits;
use crate::model::cards::Cards;
use crate::model::chats::Chats;
use crate::model::compose::Compose;
use crate::model::daemon::Daemon;
use crate::model::focus::Focus;
use crate::model::ids::Ids;
use crate::model::notice::Notices;
use crate::model::numbers::Numbers;
use crate::model::pictures::Pictures;
use crate::model::replies::Saved;
use crate::model::search::Hunt;
use crate::model::talk::{Talk, Talks};
use crate::model::templates::Picker;
use crate::model::toast::{Say, Toasts};
use crate::model::trail::Trail;
use crate::part::field::vim::Vim;
use crate::speech::Speech;

/// Columns from which three panes fit.
pub const WIDE: u16 = 110;
/// Columns from which two panes fit.
pub const MIDDLE: u16 = 72;
/// Columns from which one pane fits.
pub const NARROW: u16 = 40;
/// Rows below which nothing but one line is shown.
pub const LOW: u16 = 8;

/// How many panes the terminal has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// One line that wishes for room.
    Line,
    /// One pane at a time.
    One,
    /// List and conversation; the customer panel takes the list's place.
    Two,
    /// All three.
    Three,
}

impl Room {
    /// The room on a terminal of that size.
    pub const fn of((width, height): (u16, u16)) -> Self {
        if width < NARROW || height < LOW {
            Self::Line
        } else if width < MIDDLE {
            Self::One
        } else if width < WIDE {
            Self::Two
        } else {
            Self::Three
        }
    }
}

/// A chat with something unread that is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dwell {
    /// The chat.
    pub chat: ChatId,
    /// Since when it is in front.
    pub since: Stamp,
    /// The revision of the chat for which the daemon was told; not told twice.
    pub told: Option<i64>,
}

/// All state of the program.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug)]
pub struct Model {
    /// The time of the last message; the only present that update and view know.
    pub now: Stamp,
    /// The person's language and time zone.
    pub speech: Speech,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Whether the console runs on an account that several people share.
    pub is_shared: bool,
    /// Settings from `console.toml`.
    pub settings: Tui,
    /// The bindings in force.
    pub keymap: Keymap,
    /// Makes ids; seeded in tests.
    pub ids: Ids,
    /// The daemon and the way to it.
    pub daemon: Daemon,
    /// The business numbers.
    pub numbers: Numbers,
    /// The chat list.
    pub chats: Chats,
    /// Conversations that were opened, the open one among them.
    pub talks: Talks,
    /// What is being written, a chat each.
    pub composes: HashMap<ChatId, Compose>,
    /// The keys of vi in the box, where they are wanted.
    pub vim: Option<Vim>,
    /// Drafts that a file of this machine holds because the daemon does not.
    pub kept: Vec<Kept>,
    /// When that file is to be written anew.
    pub keep_at: Option<Stamp>,
    /// What the mouse draws over the conversation while its button is held.
    pub drag: Option<(Spot, Spot)>,
    /// Which pane has the keys, and what lies over the panes.
    pub focus: Focus,
    /// Short notices that leave by themselves.
    pub toasts: Toasts,
    /// What the last frame showed.
    pub seen: Seen,
    /// Whether the customer panel is open.
    pub panel: bool,
    /// Whether the chat list is hidden on a wide terminal.
    pub list_hidden: bool,
    /// Width of the chat list, if a person changed it.
    pub list_width: Option<u16>,
    /// Whether the mouse is taken now.
    pub mouse: bool,
    /// Whether the terminal says that it is looked at; a hint with an age.
    pub looked_at: bool,
    /// When a key was last pressed.
    pub last_key: Stamp,
    /// The last click, to know a double one.
    pub last_click: Option<(Stamp, Target)>,
    /// The chat that is in front with something unread, and since when.
    pub dwell: Option<Dwell>,
    /// A chat that was marked as unread while it is open: being in front does not undo that.
    pub kept_unread: Option<ChatId>,
    /// Until when the last deed can be taken back, what was said of it, and what takes it back.
    pub regret: Option<(Stamp, Say, Effect)>,
    /// Where one has been.
    pub trail: Trail,
    /// What a person who looks elsewhere is to be told.
    pub notices: Notices,
    /// The hits of the last search, while one walks along them.
    pub hunt: Option<Hunt>,
    /// How many searches were asked.
    pub questions: u64,
    /// Saved replies.
    pub saved: Saved,
    /// A template that was filled in and is not at the daemon yet.
    pub unsent_template: Option<Box<Picker>>,
    /// What is remembered of choosing files.
    pub habits: Habits,
    /// The message whose sound plays.
    pub playing: Option<MessageId>,
    /// Pictures made ready for this terminal.
    pub pictures: Pictures,
    /// What is known of customers beside their chats.
    pub cards: Cards,
    /// Rows of the customer panel that are scrolled out above.
    pub panel_top: usize,
    /// The chat whose customer was told last that somebody writes, and when.
    pub typing_told: Option<(ChatId, Stamp)>,
    /// The newest word about customers that came with an event.
    pub customers: HashMap<CustomerId, (Seq, Customer)>,
    /// Something on the screen changed since the last frame.
    pub redraw: bool,
    /// The person wants to leave; the loop ends when nothing is left to save.
    pub leaving: Option<Stamp>,
    /// The loop shall end.
    pub over: bool,
}

impl Model {
    /// An empty desk at `now`; `seed` is where ids come from.
    pub fn new(now: Stamp, settings: Tui, keymap: Keymap, speech: Speech, seed: u64) -> Self {
        let (panel, mouse) = (settings.layout.panel, settings.ui.mouse);
        let vim = settings.keys.preset == Preset::Vim;
        Self {
            now,
            speech,
            size: (80, 24),
            is_shared: false,
            settings,
            keymap,
            ids: Ids::new(seed),
            daemon: Daemon::new(now),
            numbers: Numbers::default(),
            chats: Chats::default(),
            talks: Talks::default(),
            composes: HashMap::new(),
            vim: vim.then(Vim::default),
            kept: Vec::new(),
            keep_at: None,
            drag: None,
            focus: Focus::default(),
            toasts: Toasts::default(),
            seen: Seen::default(),
            panel,
            list_hidden: false,
            list_width: None,
            mouse,
            looked_at: true,
            last_key: now,
            last_click: None,
            dwell: None,
            kept_unread: None,
            regret: None,
            trail: Trail::default(),
            notices: Notices::default(),
            hunt: None,
            questions: 0,
            saved: Saved::default(),
            unsent_template: None,
            habits: Habits::default(),
            playing: None,
            pictures: Pictures::default(),
            cards: Cards::default(),
            panel_top: 0,
            typing_told: None,
            customers: HashMap::new(),
            redraw: true,
            leaving: None,
            over: false,
        }
    }

    /// Tells what hides what in `keys.toml`, once, at the start.
    pub(crate) fn tell_conflicts(&mut self) {
        for conflict in &self.keymap.conflicts {
            let say = Say::new("toast-key-conflict")
                .with("line", conflict.line)
                .with("keys", &conflict.keys)
                .with("hidden", &conflict.hidden);
            self.toasts.show(self.now, Severity::Warning, say);
        }
    }

    /// How many panes fit.
    pub const fn room(&self) -> Room {
        Room::of(self.size)
    }

    /// The open chat.
    pub const fn open_id(&self) -> Option<ChatId> {
        self.talks.open
    }

    /// The row of the open chat.
    pub fn open_chat(&self) -> Option<&Chat> {
        self.chats.get(self.talks.open?)
    }

    /// Whether the person may do this to the chat before them. Until the daemon has said who they
    /// are nothing is forbidden: it decides.
    pub fn may(&self, deed: Deed) -> bool {
        let Some(me) = &self.daemon.me else {
            return true;
        };
        let chat = match self.focus.pane {
            Pane::List => self.chats.cursor.and_then(|id| self.chats.get(id)),
            _ => self.open_chat(),
        };
        match chat {
            Some(chat) => me.may_in(chat.org_id, deed),
            None => me.may(deed),
        }
    }

    /// The open conversation.
    pub fn talk(&self) -> Option<&Talk> {
        self.talks.get(self.talks.open?)
    }

    /// What is being written in the open chat.
    pub fn compose(&self) -> Option<&Compose> {
        self.composes.get(&self.talks.open?)
    }

    /// The message that has the cursor, while the conversation has the keys.
    pub fn picked(&self) -> Option<MessageId> {
        (self.focus.pane == Pane::Talk)
            .then(|| self.talk()?.cursor)
            .flatten()
    }

    /// Whether the message with the cursor has a file.
    pub fn on_file(&self) -> bool {
        let picked = self.picked().and_then(|id| self.talk()?.get(id));
        picked.is_some_and(|message| message.media.is_some())
    }

    /// The open chat's number.
    pub fn open_number(&self) -> Option<&Number> {
        self.numbers.get(self.open_chat()?.number_id)
    }

    /// Unread messages over one number or all that are not put off.
    pub fn unread(&self, number: Option<NumberId>) -> u32 {
        let here = |n: &&Number| number.is_none_or(|id| id == n.id);
        let all = self.numbers.iter().filter(here);
        let all = all.fold(0_u32, |sum, n| sum.saturating_add(n.unread));
        all.saturating_sub(self.chats.unread_asleep(number))
    }

    /// Archived chats of the number in force, or of all.
    pub fn archived(&self) -> u32 {
        let number = self.filter();
        let here = |n: &&Number| number.is_none_or(|id| id == n.id);
        let all = self.numbers.iter().filter(here);
        all.fold(0, |sum, n| sum.saturating_add(n.archived))
    }

    /// The number that the list is narrowed to.
    pub const fn filter(&self) -> Option<NumberId> {
        self.chats.shelf().number
    }

    /// Whether the open chat takes free-form messages now; true when nothing is known of it.
    pub fn window_is_open(&self) -> bool {
        self.open_chat().is_none_or(|chat| {
            chat.window
                .expires_at
                .map_or(chat.window.open, |end| end > self.meta_now())
        })
    }

    /// The time by which windows are judged: ours, less what the daemon says that its machine's clock is ahead of Meta's.
    pub fn meta_now(&self) -> Stamp {
        self.now.minus(self.daemon.ahead())
    }

    /// Whether the box stands for "the window is closed": nothing is written and nobody asked to.
    pub fn shows_closed_box(&self) -> bool {
        !self.window_is_open()
            && self
                .compose()
                .is_some_and(|c| c.field.is_empty() && !c.keep_writing)
    }

    /// Whether the chat list is to be seen at this size.
    pub fn list_shown(&self) -> bool {
        match self.room() {
            Room::Line => false,
            Room::One => self.focus.pane == Pane::List,
            Room::Two => !self.list_hidden && !self.panel_shown(),
            Room::Three => !self.list_hidden,
        }
    }

    /// Whether the conversation is to be seen at this size.
    pub fn talk_shown(&self) -> bool {
        match self.room() {
            Room::Line => false,
            Room::One => !matches!(self.focus.pane, Pane::List | Pane::Panel),
            Room::Two | Room::Three => true,
        }
    }

    /// Whether the customer panel is to be seen at this size.
    pub fn panel_shown(&self) -> bool {
        match self.room() {
            Room::Line => false,
            Room::One | Room::Two => self.focus.pane == Pane::Panel && self.open_id().is_some(),
            Room::Three => self.panel,
        }
    }
}
