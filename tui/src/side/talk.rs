//! Parts of a conversation, put together from what the daemon's routes give.

use common::api::messages::Slice;
use common::api::problem::Problem;
use common::client::Client;
use common::id::{ChatId, MessageId};

use crate::msg::{Part, TalkAsk};

/// Messages a page: more than the tallest terminal shows.
const PAGE: u32 = 60;
/// Messages on each side of one that is gone to.
const SIDE: u32 = 50;

/// Asks for a part of a conversation.
pub(super) async fn part(client: &Client, chat: ChatId, ask: TalkAsk) -> Result<Part, Problem> {
    match ask {
        TalkAsk::Newest => older(client, chat, None, PAGE).await,
        TalkAsk::Before(id) => older(client, chat, Some(id), PAGE).await,
        TalkAsk::After(id) => newer(client, chat, id, PAGE).await,
        TalkAsk::Around(id) => {
            let (before, it, after) = tokio::join!(
                older(client, chat, Some(id), SIDE),
                client.message(id),
                newer(client, chat, id, SIDE),
            );
            let (mut part, it, after) = (before?, it?, after?);
            part.messages.push(it);
            part.messages.extend(after.messages);
            part.newer = after.newer;
            Ok(part)
        }
    }
}

async fn older(
    client: &Client,
    chat: ChatId,
    before: Option<MessageId>,
    limit: u32,
) -> Result<Part, Problem> {
    let slice = Slice {
        before,
        limit: Some(limit),
        ..Slice::default()
    };
    let page = client.messages(chat, &slice).await?;
    Ok(Part {
        older: page.next.is_some(),
        newer: false,
        messages: page.items,
    })
}

async fn newer(
    client: &Client,
    chat: ChatId,
    after: MessageId,
    limit: u32,
) -> Result<Part, Problem> {
    let slice = Slice {
        after: Some(after),
        limit: Some(limit),
        ..Slice::default()
    };
    let page = client.messages(chat, &slice).await?;
    // A page that is not full is the last one, whatever its cursor says.
    let full = page.items.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(Part {
        older: true,
        newer: full && page.next.is_some(),
        messages: page.items,
    })
}
