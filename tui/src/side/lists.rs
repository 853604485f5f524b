//! What the lists of chats ask for, in the words of the daemon.

use common::api::chats::{ChatFilter, ChatSort};
use common::model::chat::ChatState;

use crate::msg::{ListAsk, View};

/// Chats a page.
const CHATS: u32 = 200;
/// Chats that the switcher asks for.
const FOUND: u32 = 50;

/// A list, or its next page.
pub(super) fn filter(ask: &ListAsk, cursor: Option<String>) -> ChatFilter {
    match ask {
        ListAsk::Page(shelf) => ChatFilter {
            number: shelf.number,
            limit: Some(CHATS),
            cursor,
            ..view(shelf.view)
        },
        ListAsk::Pinned => ChatFilter {
            pinned: Some(true),
            state: Some(ChatState::Open),
            limit: Some(CHATS),
            ..ChatFilter::default()
        },
        ListAsk::Snoozed => ChatFilter {
            limit: Some(CHATS),
            ..view(View::Snoozed)
        },
        ListAsk::Find(q) => ChatFilter {
            q: Some(q.clone()),
            limit: Some(FOUND),
            ..ChatFilter::default()
        },
    }
}

/// A view in the words of the daemon.
fn view(view: View) -> ChatFilter {
    let open = ChatFilter {
        state: Some(ChatState::Open),
        ..ChatFilter::default()
    };
    match view {
        View::All => open,
        View::Unread => ChatFilter {
            unread: Some(true),
            ..open
        },
        View::Waiting => ChatFilter {
            sort: Some(ChatSort::Waiting),
            ..open
        },
        View::Closing => ChatFilter {
            sort: Some(ChatSort::Closing),
            ..open
        },
        View::Snoozed => ChatFilter {
            snoozed: Some(true),
            ..open
        },
        View::Archived => ChatFilter {
            state: Some(ChatState::Closed),
            ..ChatFilter::default()
        },
    }
}
