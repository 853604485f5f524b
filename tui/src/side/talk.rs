//! Parts of a conversation, put together from what the daemon's routes give.

use common::api::chats::ChatFilter;
use common::api::messages::Slice;
use common::api::problem::Problem;
use common::client::Client;
use common::id::{ChatId, MessageId, NumberId};
use common::model::chat::Chat;
use common::phone::Phone;

use crate::msg::{Part, TalkAsk};

/// Messages a page: more than the tallest terminal shows.
const PAGE: u32 = 60;
/// Messages on each side of one that is gone to.
const SIDE: u32 = 50;
/// Digits at the end of a telephone number by which it is looked for.
const TAIL: usize = 7;

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
        TalkAsk::At(at) => {
            let slice = Slice {
                at: Some(at),
                limit: Some(2 * SIDE),
                ..Slice::default()
            };
            middle(client, chat, &slice).await
        }
    }
}

/// The chat of a number with a subscriber, whatever the spelling, open or archived.
pub(super) async fn with(
    client: &Client,
    number: NumberId,
    phone: &Phone,
) -> Result<Option<Box<Chat>>, Problem> {
    // The end of a number is the same in every spelling of it.
    let digits = phone.digits();
    let tail = digits.get(digits.len().saturating_sub(TAIL)..);
    let filter = ChatFilter {
        number: Some(number),
        q: tail.map(str::to_owned),
        limit: Some(200),
        ..ChatFilter::default()
    };
    let page = client.chats(&filter).await?;
    let key = phone.match_key();
    let is_theirs = |chat: &Chat| {
        let theirs = chat.customer.phone_number.as_ref();
        theirs.is_some_and(|theirs| theirs.match_key() == key)
    };
    Ok(page.items.into_iter().find(is_theirs).map(Box::new))
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

/// A page with something in its middle. What lies beyond its ends is found out by asking there.
async fn middle(client: &Client, chat: ChatId, slice: &Slice) -> Result<Part, Problem> {
    let page = client.messages(chat, slice).await?;
    Ok(Part {
        older: true,
        newer: true,
        messages: page.items,
    })
}
