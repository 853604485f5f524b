//! Everything the program can ask of the world, as data: update returns it, `side/` performs it.

use common::api::chats::{ChatMark, PatchChat};
use common::api::customers::PatchCustomer;
use common::api::search::SearchQuery;
use common::id::{ChatId, CustomerId, MessageId, NoteId, NumberId};
use common::model::chat::Draft;
use common::phone::Phone;
use config::tui::Protocol;
use crokey::KeyCombination;
use serde::{Deserialize, Serialize};

use crate::action::{Action, Context};
use crate::connecting::ConnectDeed;
use crate::file::FileDeed;
use crate::hit::Sight;
use crate::msg::{ListAsk, StatsAsk, TalkAsk};
use crate::part::picture::Means;
use crate::saved::SavedDeed;

/// What becomes of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteDeed {
    /// It is written.
    Add(String),
    /// Its words change.
    Edit(NoteId, String),
    /// It is thrown away.
    Delete(NoteId),
}

/// A draft that a file of this machine holds until the daemon has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The chat.
    pub chat: ChatId,
    /// The words.
    pub text: String,
    /// The message quoted.
    #[serde(default)]
    pub reply_to: Option<MessageId>,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask for a page of chats, after the cursor if there is one.
    Chats(ListAsk, Option<String>),
    /// Ask for one chat.
    Chat(ChatId),
    /// Ask for a part of a conversation.
    Part(ChatId, TalkAsk),
    /// Search; the count of the question comes back with its answer.
    Search(u64, SearchQuery),
    /// Ask for what is known of a customer.
    Card(CustomerId),
    /// Change what is written down about a customer.
    Note(CustomerId, NoteDeed),
    /// Change a customer.
    PatchCustomer(CustomerId, PatchCustomer),
    /// Ask for the labels in use on a number.
    Labels(NumberId),
    /// Show the customer that somebody writes.
    Typing(ChatId),
    /// Send a text.
    Send {
        /// The chat.
        chat: ChatId,
        /// Makes a repetition harmless.
        client_id: String,
        /// The words.
        text: String,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// Send a failed or unknown message again.
    Retry(MessageId),
    /// Ask for the draft that the daemon has.
    LoadDraft(ChatId),
    /// Keep a draft; an empty one is taken away.
    SaveDraft(ChatId, Draft),
    /// Mark a chat as read; the customer sees it if `blue`.
    Read {
        /// The chat.
        chat: ChatId,
        /// Whether the customer is told.
        blue: bool,
    },
    /// Ask which chats of a number, or of all, have something unread.
    FindUnread(Option<NumberId>),
    /// Mark these as read, unknown to their customers.
    ReadAll(Vec<ChatId>),
    /// Put back how far these were read.
    PutBack(Vec<ChatMark>),
    /// Give a deed keys, in the person's file of keys.
    Bind {
        /// The table that they stand in.
        context: Context,
        /// The keys.
        chords: Vec<KeyCombination>,
        /// The deed.
        action: Action,
    },
    /// Change a chat.
    Patch(ChatId, PatchChat),
    /// Ask for the numbers with their counts.
    Numbers,
    /// Put an emoji on a message, or take ours off.
    React {
        /// The chat.
        chat: ChatId,
        /// The message.
        message: MessageId,
        /// The emoji; `None` takes it off.
        emoji: Option<String>,
        /// Makes a repetition harmless.
        client_id: String,
    },
    /// Look for the chat of one of our numbers with a telephone number.
    Find(NumberId, Phone),
    /// Ask something about templates and saved replies.
    Saved(SavedDeed),
    /// Ask something to connect a number.
    Connect(ConnectDeed),
    /// Do something with a file.
    File(FileDeed),
    /// Make a picture ready, of a round of asking.
    Picture(Sight, Means, u64),
    /// The terminal need not keep a picture any longer.
    DropPicture(u32),
    /// Put a text on the clipboard, by a program of this machine or through the terminal.
    Copy(String),
    /// Ask the terminal to put a text on the clipboard.
    CopyByTerminal(String),
    /// Read the text on this machine's clipboard.
    Clipboard,
    /// Open an address with the desktop's own program.
    OpenLink(String),
    /// Hold these drafts in a file of this machine, before anything else happens; none takes it
    /// away.
    KeepDrafts(Vec<Kept>),
    /// Remember how the desk stands for the next start.
    KeepDesk {
        /// The width of the chat list, where a person chose it.
        list_width: Option<u16>,
        /// The chat that was open last.
        last_chat: Option<ChatId>,
    },
    /// Open the words of a chat's box in the person's own editor.
    Edit(ChatId, String),
    /// Ask for figures.
    Stats(Box<StatsAsk>),
    /// Make the terminal heard.
    Bell,
    /// Tell a person who looks elsewhere.
    Notify(Notify),
    /// Take the mouse, or let it go.
    Mouse(bool),
    /// Paint the whole screen anew.
    Repaint,
    /// Stop until the shell brings the program back.
    Suspend,
}

/// What a person is told who looks elsewhere. Everything in it is one clean line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    /// On which way.
    pub way: Way,
    /// Who writes, or how many messages there are.
    pub title: String,
    /// What it says, or who writes.
    pub body: String,
    /// The label of the number.
    pub number: String,
    /// The customer of the newest message.
    pub customer: String,
    /// How many messages.
    pub count: usize,
}

/// How somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By the terminal.
    Terminal(Protocol),
    /// By the desktop.
    Desktop,
    /// By a program with its arguments; never through a shell.
    Command(Vec<String>),
}
