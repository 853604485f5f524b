//! What is done to many chats, one after the other.

use common::api::chats::{ChatFilter, PatchChat, ReadMark};
use common::api::problem::Problem;
use common::client::Client;
use common::id::{ChatId, NumberId};
use common::model::chat::ChatState;

/// Chats a page.
const PAGE: u32 = 200;

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

/// Marks them read here; the customers see nothing of it.
pub(super) async fn read(client: &Client, chats: &[ChatId]) -> Result<(), Problem> {
    let mark = ReadMark {
        receipts: Some(false),
    };
    for chat in chats {
        client.read(*chat, &mark).await?;
    }
    Ok(())
}

/// Marks them unread again.
pub(super) async fn unmark(client: &Client, chats: &[ChatId]) -> Result<(), Problem> {
    let patch = PatchChat {
        unread: Some(true),
        ..PatchChat::default()
    };
    for chat in chats {
        client.patch_chat(*chat, &patch).await?;
    }
    Ok(())
}
