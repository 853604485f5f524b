//! Everything that can happen to the program; each message carries its time, so that update asks nobody.

use std::sync::Arc;

use common::api::chats::{ChatMark, LabelUse};
use common::api::customers::CustomerCard;
use common::api::event::Event;
use common::api::page::Page;
use common::api::problem::Problem;
use common::api::search::Hit;
use common::api::stats::{Stats, StatsQuery};
use common::api::status::DaemonStatus;
use common::id::{ChatId, CustomerId, MessageId, NumberId};
use common::model::chat::{Chat, Draft};
use common::model::message::Message;
use common::model::number::Number;
use common::model::org::Me;
use common::phone::Phone;
use common::time::Stamp;
use config::keys::Binding;
use config::theme::Theme;
use crossterm::event::KeyEvent;

use crate::action::{Action, Context};
use crate::connecting::ConnectNews;
use crate::file::FileNews;
use crate::hit::{Pane, Seen, Sight, Spot, Target};
use crate::part::picture::{Means, Picture};
use crate::saved::SavedNews;

/// Something that happened, and when.
#[derive(Debug, Clone)]
pub struct Msg {
    /// When.
    pub at: Stamp,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted; one edit, one undo.
    Paste(String),
    /// A click; the target is what lay under it.
    Click {
        /// What was hit.
        target: Option<Target>,
        /// The pane that it lies in.
        pane: Option<Pane>,
    },
    /// The mouse was moved with its button held, from one place to another.
    Drag {
        /// Where the button was pressed.
        from: Spot,
        /// Where the pointer is.
        to: Spot,
    },
    /// The button was let go after that; the whole words that were drawn over.
    Drop(String),
    /// A click with the other button.
    Menu(Spot),
    /// The person's own editor was left: the words, or what went wrong.
    Edited(ChatId, Result<String, String>),
    /// The wheel over a pane; rows, up is negative.
    Wheel {
        /// The pane under the pointer.
        pane: Option<Pane>,
        /// How many rows.
        rows: i32,
    },
    /// The terminal has another size.
    Resize(u16, u16),
    /// The terminal says that it is, or is no longer, looked at.
    Looked(bool),
    /// The file of the chosen theme was saved: what it says now, or what is wrong with it.
    Theme(Result<Box<Theme>, String>),
    /// A moment has come that the model asked to be woken at.
    Wake,
    /// A frame was drawn.
    Drawn(Seen),
    /// These pictures were in sight of it.
    InSight(Vec<Sight>),
    /// How the terminal shows pictures, as it answered.
    Means(Option<Means>),
    /// The program is back after a suspension.
    Resumed,
    /// The program is asked to end (SIGTERM, SIGHUP).
    Terminate,
    /// The way to the daemon.
    Link(Box<LinkMsg>),
    /// An effect was performed.
    Answer(Box<Answer>),
}

/// What the way to the daemon brings.
#[derive(Debug, Clone)]
pub enum LinkMsg {
    /// It is being tried.
    Trying,
    /// Connected; this is how things are. `resumed`: nothing was missed, so lists need not be
    /// asked anew.
    Up {
        /// How the daemon is.
        status: DaemonStatus,
        /// Who I am there.
        me: Me,
        /// All numbers.
        numbers: Vec<Number>,
        /// Whether events go on where they stopped.
        resumed: bool,
    },
    /// One event.
    Event(Box<Event>),
    /// It is gone; the next attempt comes then.
    Lost {
        /// What was said.
        problem: Problem,
        /// When it is tried again.
        retry_at: Stamp,
    },
}

/// What a person looks for in the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Every open chat, pinned ones first, then the newest.
    #[default]
    All,
    /// Those with something unread.
    Unread,
    /// Those whose customer waits for an answer, whoever has waited longest first.
    Waiting,
    /// Those whose window is open, the one that closes soonest first.
    Closing,
    /// Archived ones.
    Archived,
    /// Those that are put off, and those that came back and wait; the soonest first.
    Snoozed,
}

impl View {
    /// Every view, in the order of their keys.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Unread,
        Self::Waiting,
        Self::Closing,
        Self::Archived,
        Self::Snoozed,
    ];

    /// The key of its name in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "view-all",
            Self::Unread => "view-unread",
            Self::Waiting => "view-waiting",
            Self::Closing => "view-closing",
            Self::Archived => "view-archived",
            Self::Snoozed => "view-snoozed",
        }
    }

    /// The key of what an empty one says.
    pub const fn empty_word(self) -> &'static str {
        match self {
            Self::All => "chats-empty",
            Self::Unread => "view-unread-empty",
            Self::Waiting => "view-waiting-empty",
            Self::Closing => "view-closing-empty",
            Self::Archived => "view-archived-empty",
            Self::Snoozed => "view-snoozed-empty",
        }
    }
}

/// A list as the daemon knows it: a number or all, and a view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Shelf {
    /// Only chats over this number.
    pub number: Option<NumberId>,
    /// Only chats of this view.
    pub view: View,
}

/// Why a page of the chat list was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListAsk {
    /// The next page of a list.
    Page(Shelf),
    /// Chats that are pinned, however old they are.
    Pinned,
    /// Chats that are put off: they come back however old they are.
    Snoozed,
    /// Chats that match what was typed in the switcher.
    Find(String),
}

/// Which part of a conversation was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TalkAsk {
    /// The newest page.
    Newest,
    /// The page before that message.
    Before(MessageId),
    /// The page after that message.
    After(MessageId),
    /// Messages on both sides of that message, and it.
    Around(MessageId),
    /// Messages on both sides of that moment.
    At(Stamp),
}

/// A slice of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The messages, in any order.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub older: bool,
    /// Whether there are newer ones.
    pub newer: bool,
}

/// What is asked for: the span that is shown, and the one before it to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsAsk {
    /// The span that is shown.
    pub shown: StatsQuery,
    /// As much of the one before it.
    pub before: StatsQuery,
}

/// What came: the figures of the span, and of the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// The span that is shown.
    pub shown: Stats,
    /// As much of the one before it.
    pub before: Stats,
}

/// A picture that is ready.
#[derive(Debug, Clone)]
pub struct Shown {
    /// It.
    pub picture: Arc<Picture>,
    /// Its own size in pixels.
    pub pixels: (u32, u32),
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// It has too many bytes or pixels.
    TooLarge,
    /// It is no picture, or a broken one.
    Broken,
    /// It took too long.
    Slow,
    /// The file is not there.
    Gone,
}

impl Unseen {
    /// The key of its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "picture-too-large",
            Self::Broken => "picture-broken",
            Self::Slow => "picture-slow",
            Self::Gone => "picture-gone",
        }
    }
}

/// How a copy went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// Asked of the terminal by OSC 52; nobody says whether it did.
    Terminal,
    /// Taken by a program of this machine.
    Program(&'static str),
    /// Not at all: too large for a terminal.
    TooLarge,
}

/// What an effect brought.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A page of chats.
    Chats(ListAsk, Result<Page<Chat>, Problem>),
    /// One chat.
    Chat(ChatId, Result<Box<Chat>, Problem>),
    /// Hits of a search, by the count of its question.
    Hits(u64, Result<Page<Hit>, Problem>),
    /// What is known of a customer.
    Card(CustomerId, Result<Box<CustomerCard>, Problem>),
    /// A note about a customer was kept, changed or thrown away.
    Noted(CustomerId, Result<(), Problem>),
    /// The labels in use.
    Labels(Result<Vec<LabelUse>, Problem>),
    /// A part of a conversation.
    Part(ChatId, TalkAsk, Result<Part, Problem>),
    /// A message was sent (stored by the daemon), by its `client_id`.
    Sent(ChatId, String, Result<Box<Message>, Problem>),
    /// A failed message is on its way again.
    Retried(MessageId, Result<Box<Message>, Problem>),
    /// The draft that the daemon had.
    Draft(ChatId, Result<Option<Draft>, Problem>),
    /// A draft was kept, or taken away.
    DraftSaved(ChatId, Result<(), Problem>),
    /// Which chats of a number have something unread.
    Unread(Option<NumberId>, Result<Vec<ChatId>, Problem>),
    /// The file of keys was written: all that stands in it, or why not.
    Bound(Action, Context, Result<Vec<Binding>, String>),
    /// Many chats were marked as read; how far they were before.
    ReadAll(Result<Vec<ChatMark>, Problem>),
    /// A chat was marked or changed.
    Marked(ChatId, Result<(), Problem>),
    /// Figures that were asked for.
    Stats(Box<StatsAsk>, Result<Box<Both>, Problem>),
    /// The numbers with their counts.
    Numbers(Result<Vec<Number>, Problem>),
    /// A text was copied.
    Copied(Copied),
    /// Drafts could not be held in a file of this machine.
    NotKept(String),
    /// No program of this machine took the text.
    NotCopied(String),
    /// What stood on this machine's clipboard.
    Clipboard(Option<String>),
    /// A reaction went out, or came off where there is none.
    Reacted(Option<String>, Result<(), Problem>),
    /// A chat of one of our numbers with a telephone number was looked for.
    Found(NumberId, Phone, Result<Option<Box<Chat>>, Problem>),
    /// An address was opened, or why not.
    Opened(Result<String, String>),
    /// What came of templates and saved replies.
    Saved(SavedNews),
    /// What came of connecting a number.
    Connect(ConnectNews),
    /// What came of a deed with a file.
    File(FileNews),
    /// A picture is ready, of a round of asking, or cannot be shown.
    Picture(Sight, u64, Result<Shown, Unseen>),
}
