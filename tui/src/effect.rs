//! Everything the program can ask of the world, as data: update returns it, `side/` performs it.

use common::api::chats::PatchChat;
use common::id::{ChatId, MessageId};
use common::model::chat::Draft;
use config::tui::Protocol;

use crate::msg::{ListAsk, TalkAsk};

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask for a page of chats, after the cursor if there is one.
    Chats(ListAsk, Option<String>),
    /// Ask for one chat.
    Chat(ChatId),
    /// Ask for a part of a conversation.
    Part(ChatId, TalkAsk),
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
    /// Change a chat.
    Patch(ChatId, PatchChat),
    /// Ask for the numbers with their counts.
    Numbers,
    /// Put a text on the clipboard.
    Copy(String),
    /// Open an address with the desktop's own program.
    OpenLink(String),
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
