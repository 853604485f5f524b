//! Which chats the list shows, and in which order: over one number, in one view, with letters typed.

use std::cmp::Reverse;

use common::id::ChatId;
use common::model::chat::{Chat, ChatState};
use common::time::Stamp;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::msg::{Shelf, View};

/// Where a chat stands in a list; the smallest is uppermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    back: Reverse<bool>,
    pinned: Reverse<bool>,
    soonest: Stamp,
    newest: Reverse<Stamp>,
    pub(crate) id: Reverse<ChatId>,
}

/// Since when a chat's customer waits for an answer, if they do.
pub fn waits_since(chat: &Chat) -> Option<Stamp> {
    chat.waiting_since.filter(|_| chat.state == ChatState::Open)
}

/// What the list lets through.
#[derive(Debug, Default)]
pub(crate) struct Sift {
    pub(crate) shelf: Shelf,
    /// The open chat stays where it was found, though it was read or answered meanwhile.
    pub(crate) held: Option<ChatId>,
    pub(crate) now: Stamp,
    letters: Option<Pattern>,
}

impl Sift {
    /// Lets only chats through that are found by these letters; by nothing, all.
    pub(crate) fn find(&mut self, letters: &str) {
        let letters = letters.trim();
        self.letters = (!letters.is_empty()).then(|| {
            Pattern::new(
                letters,
                CaseMatching::Ignore,
                Normalization::Smart,
                AtomKind::Substring,
            )
        });
    }

    /// Whether letters were typed.
    pub(crate) const fn finds(&self) -> bool {
        self.letters.is_some()
    }

    /// Whether a chat is let through.
    pub(crate) fn shows(&self, chat: &Chat) -> bool {
        if self
            .shelf
            .number
            .is_some_and(|number| number != chat.number_id)
        {
            return false;
        }
        let open = chat.state == ChatState::Open;
        let held = self.held == Some(chat.id);
        let here = open && !chat.is_snoozed(self.now);
        let fits = match self.shelf.view {
            // Whoever looks for somebody finds them.
            View::All => here || open && self.finds(),
            View::Unread => here && (chat.unread > 0 || held),
            View::Waiting => here && (waits_since(chat).is_some() || held),
            View::Snoozed => open && chat.snoozed_until.is_some(),
            View::Closing => open && chat.window.expires_at.is_some_and(|end| end > self.now),
            View::Archived => !open,
        };
        fits && self.is_found(chat)
    }

    fn is_found(&self, chat: &Chat) -> bool {
        let Some(pattern) = &self.letters else {
            return true;
        };
        let mut letters = Vec::new();
        let text = found_by(chat);
        let text = Utf32Str::new(&text, &mut letters);
        pattern
            .score(text, &mut Matcher::new(Config::DEFAULT))
            .is_some()
    }

    /// Where it stands.
    pub(crate) fn place(&self, chat: &Chat) -> Place {
        let last = Stamp::from_millis(i64::MAX);
        let (pinned, soonest) = match self.shelf.view {
            View::All => (chat.pinned, last),
            View::Unread | View::Archived => (false, last),
            View::Waiting => (false, waits_since(chat).unwrap_or(last)),
            View::Closing => (false, chat.window.expires_at.unwrap_or(last)),
            View::Snoozed => (false, chat.snoozed_until.unwrap_or(last)),
        };
        // Who came back stands above everything until somebody deals with it.
        let back = self.shelf.view == View::All && chat.is_back(self.now);
        Place {
            back: Reverse(back),
            pinned: Reverse(pinned),
            soonest,
            newest: Reverse(chat.last_message_at.unwrap_or_default()),
            id: Reverse(chat.id),
        }
    }
}

/// What a chat is found by: names, phone, username, labels.
pub(crate) fn found_by(chat: &Chat) -> String {
    let customer = &chat.customer;
    let mut text = customer.display_name();
    let mut add = |more: &str| {
        if !more.is_empty() && !text.contains(more) {
            text.push(' ');
            text.push_str(more);
        }
    };
    for name in [&customer.profile_name, &customer.username]
        .into_iter()
        .flatten()
    {
        add(name);
    }
    if let Some(phone) = &customer.phone_number {
        add(&phone.to_string());
    }
    for label in &chat.labels {
        add(label);
    }
    text
}
