//! Conversations: a window of messages round where one reads, fetched ahead in both directions.

use std::collections::HashMap;

use common::id::{ChatId, MediaId, MessageId};
use common::model::content::Kind;
use common::model::media::Progress;
use common::model::message::{Direction, Message};
use common::tick::Status;
use common::time::Stamp;

use crate::msg::TalkAsk;
use crate::part::scroll::Scroll;

/// The most messages of one conversation that are kept; more are let go at the far end.
pub const MOST: usize = 800;
/// The most conversations that are kept for going back to.
pub const KEPT: usize = 8;

/// What lies beyond the loaded messages in one direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Beyond {
    /// More, to be asked for.
    #[default]
    More,
    /// More, on its way.
    Loading,
    /// Nothing.
    End,
}

/// One conversation.
#[derive(Debug)]
pub struct Talk {
    /// Its chat.
    pub chat: ChatId,
    messages: Vec<Message>,
    /// Before the oldest loaded message.
    pub older: Beyond,
    /// After the newest loaded message.
    pub newer: Beyond,
    /// Whether the first page has come.
    pub loaded: bool,
    /// Where it stands on the screen.
    pub scroll: Scroll,
    /// The message that has the cursor.
    pub cursor: Option<MessageId>,
    /// Where a choice of several messages began; it reaches to the cursor.
    pub mark: Option<MessageId>,
    /// The cursor goes along with the next frame: the person moves by pages.
    pub follow: bool,
    /// What to go to as soon as the part round it has come.
    pub aim: Option<TalkAsk>,
    /// When the first page was asked for; a mark stands for it after 150 ms.
    pub asked_at: Option<Stamp>,
    /// Above this message stands the rule "n new"; kept until the chat is left.
    pub unread_from: Option<MessageId>,
    /// How many were unread when it was opened.
    pub unread_count: u32,
    /// Inbound messages that came below while something older was being read.
    pub new_below: u32,
    /// Messages that came by event while the page that they may belong to was on its way; they
    /// are folded when it has come, since both took different roads.
    pub(crate) early: Vec<Message>,
    /// Grows whenever a message comes, goes or changes.
    pub version: u64,
}

impl Talk {
    /// A conversation of which nothing is known yet.
    pub fn new(chat: ChatId) -> Self {
        Self {
            chat,
            messages: Vec::new(),
            older: Beyond::More,
            newer: Beyond::End,
            loaded: false,
            scroll: Scroll::newest(),
            cursor: None,
            mark: None,
            follow: false,
            aim: None,
            asked_at: None,
            unread_from: None,
            unread_count: 0,
            new_below: 0,
            early: Vec::new(),
            version: 0,
        }
    }

    /// The loaded messages, oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// One of them.
    pub fn get(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(self.place(id)?)
    }

    /// Its place among the loaded ones.
    pub fn place(&self, id: MessageId) -> Option<usize> {
        self.messages.iter().rposition(|message| message.id == id)
    }

    /// The chosen messages, oldest first: those between mark and cursor, or the one with the cursor.
    pub fn chosen(&self) -> &[Message] {
        let Some(at) = self.cursor.and_then(|id| self.place(id)) else {
            return &[];
        };
        let mark = self.mark.and_then(|id| self.place(id)).unwrap_or(at);
        self.messages
            .get(at.min(mark)..=at.max(mark))
            .unwrap_or_default()
    }

    /// The oldest loaded one.
    pub fn oldest(&self) -> Option<MessageId> {
        self.messages.first().map(|m| m.id)
    }

    /// The newest loaded one.
    pub fn newest(&self) -> Option<MessageId> {
        self.messages.last().map(|m| m.id)
    }

    /// Folds a message, new or changed. Says whether it was new here; `None` if nothing changed.
    ///
    /// A message beyond a side that is not fetched to its end is left to that fetch: taking it
    /// would leave a hole.
    pub(crate) fn fold(&mut self, message: Message) -> Option<bool> {
        if is_on_its_message(&message) {
            let at = self.place(message.id)?;
            self.messages.remove(at);
            self.version += 1;
            return Some(false);
        }
        if let Some(at) = self.place(message.id) {
            let old = self.messages.get_mut(at)?;
            if old.revision >= message.revision {
                return None;
            }
            if key(old) == key(&message) {
                *old = message;
            } else {
                self.messages.remove(at);
                self.insert(message);
            }
            self.version += 1;
            return Some(false);
        }
        let before_all = self
            .messages
            .first()
            .is_none_or(|first| key(&message) < key(first));
        let after_all = self
            .messages
            .last()
            .is_none_or(|last| key(&message) > key(last));
        if !self.loaded
            || (before_all && self.older != Beyond::End && !self.messages.is_empty())
            || (after_all && self.newer != Beyond::End)
        {
            if !self.loaded || after_all {
                self.early.push(message);
            }
            return None;
        }
        self.insert(message);
        self.version += 1;
        Some(true)
    }

    /// Bytes of a file move: told beside the message, whose revision stays. True if it is here.
    pub(crate) fn progress(&mut self, media: MediaId, progress: Progress) -> bool {
        let files = self.messages.iter_mut().rev();
        let found = files.filter_map(|message| message.media.as_mut());
        let mut any = false;
        for file in found.filter(|file| file.id == media) {
            let over = progress.total.is_some_and(|total| progress.done >= total);
            file.progress = (!over).then_some(progress);
            any = true;
        }
        any
    }

    /// Takes a fetched page in any order; what is here already is only made newer.
    pub(crate) fn join(&mut self, page: Vec<Message>) {
        for message in page.into_iter().filter(|m| !is_on_its_message(m)) {
            match self.place(message.id) {
                Some(at) => {
                    if let Some(old) = self.messages.get_mut(at)
                        && old.revision < message.revision
                    {
                        *old = message;
                    }
                }
                None => self.messages.push(message),
            }
        }
        self.messages.sort_by_key(key);
        self.version += 1;
    }

    /// Folds what came while a page was on its way.
    pub(crate) fn take_early(&mut self) {
        for message in std::mem::take(&mut self.early) {
            self.fold(message);
        }
    }

    /// Lets go of all messages; the chat is asked anew.
    pub(crate) fn forget(&mut self) {
        self.messages.clear();
        (self.older, self.newer, self.loaded) = (Beyond::More, Beyond::End, false);
        self.version += 1;
    }

    /// Lets go of messages at the end that is farther from the reader.
    pub(crate) fn trim(&mut self, keep_newest: bool) {
        let Some(over) = self
            .messages
            .len()
            .checked_sub(MOST)
            .filter(|over| *over > 0)
        else {
            return;
        };
        if keep_newest {
            self.messages.drain(..over);
            self.older = Beyond::More;
        } else {
            self.messages.truncate(MOST);
            self.newer = Beyond::More;
        }
        self.version += 1;
    }

    fn insert(&mut self, message: Message) {
        let at = self
            .messages
            .partition_point(|other| key(other) < key(&message));
        self.messages.insert(at, message);
    }
}

/// Whether it is a reaction of ours, which is seen on its message; one that failed stays on its own.
fn is_on_its_message(message: &Message) -> bool {
    message.direction == Direction::Outbound
        && message.content.kind() == Kind::Reaction
        && !matches!(message.status, Status::Failed | Status::Unknown)
}

/// The order of a conversation: where the daemon says it stands, then our id.
fn key(message: &Message) -> (Stamp, MessageId) {
    (message.sort_at, message.id)
}

/// The conversations that were opened lately.
#[derive(Debug, Default)]
pub struct Talks {
    by_chat: HashMap<ChatId, Talk>,
    recent: Vec<ChatId>,
    /// The open one.
    pub open: Option<ChatId>,
}

impl Talks {
    /// One of them.
    pub fn get(&self, chat: ChatId) -> Option<&Talk> {
        self.by_chat.get(&chat)
    }

    pub(crate) fn get_mut(&mut self, chat: ChatId) -> Option<&mut Talk> {
        self.by_chat.get_mut(&chat)
    }

    pub(crate) fn open_mut(&mut self) -> Option<&mut Talk> {
        self.by_chat.get_mut(&self.open?)
    }

    /// Opens a conversation, keeping the few that were open before it.
    pub(crate) fn enter(&mut self, chat: ChatId) -> &mut Talk {
        self.open = Some(chat);
        self.recent.retain(|other| *other != chat);
        self.recent.push(chat);
        while self.recent.len() > KEPT {
            let gone = self.recent.remove(0);
            self.by_chat.remove(&gone);
        }
        self.by_chat.entry(chat).or_insert_with(|| Talk::new(chat))
    }

    /// Keeps only the open one.
    pub(crate) fn forget_others(&mut self) {
        let open = self.open;
        self.by_chat.retain(|chat, _| Some(*chat) == open);
        self.recent.retain(|chat| Some(*chat) == open);
    }
}
