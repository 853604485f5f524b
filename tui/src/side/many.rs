//! What is done to many chats at once.

use common::api::chats::{ChatFilter, ChatMark, MarkChats};
use common::api::problem::Problem;
use common::client::Client;
use common::id::{ChatId, NumberId};
use common::model::chat::ChatState;

/// Chats a page.
const PAGE: u32 = 200;
/// Marks a request; the daemon takes no more.
const MOST: usize = 5_000;

/// Every open chat with something unread.
pub(super) async fn unread(
    client: &Client,
    number: Option<NumberId>,
) -> Result<Vec<ChatId>, Problem> {
    let mut filter = ChatFilter {
        number,
        unread: Some(true),
        state: Some(ChatState::Open),
        limit: Some(PAGE),
        ..ChatFilter::default()
    };
    let mut found = Vec::new();
    loop {
        let page = client.chats(&filter).await?;
        found.extend(page.items.iter().map(|chat| chat.id));
        filter.cursor = page.next;
        if filter.cursor.is_none() {
            return Ok(found);
        }
    }
}

/// Says how far they are read, here only; comes back with how far they were before.
pub(super) async fn mark(client: &Client, marks: &[ChatMark]) -> Result<Vec<ChatMark>, Problem> {
    let mut before = Vec::new();
    for marks in marks.chunks(MOST) {
        let marks = marks.to_vec();
        before.extend(client.mark_chats(&MarkChats { marks }).await?.before);
    }
    Ok(before)
}
