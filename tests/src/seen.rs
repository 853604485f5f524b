//! What a client sees: every message there is, and waiting for something to become true.

use std::time::Duration;

use anyhow::{Context, bail};
use common::api::chats::ChatFilter;
use common::api::messages::{Outgoing, Send, Slice};
use common::client::Client;
use common::model::chat::Chat;
use common::model::message::Message;
use tokio::time::timeout;

/// Nothing here takes longer, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Waits for something to become true, looking after every event.
///
/// # Errors
/// It does not in time, or the daemon goes away.
pub async fn until<F: Future<Output = anyhow::Result<bool>>>(
    client: &Client,
    what: &str,
    mut holds: impl FnMut() -> F,
) -> anyhow::Result<()> {
    let mut events = client.events(None).await?;
    let looking = async {
        while !holds().await? {
            if events.next().await.transpose()?.is_none() {
                bail!("the daemon ended");
            }
        }
        Ok(())
    };
    let looked = timeout(PATIENCE, looking).await;
    looked
        .with_context(|| format!("never: {what}"))?
        .with_context(|| what.to_owned())
}

/// Every chat.
///
/// # Errors
/// The daemon does not answer.
pub async fn chats(client: &Client) -> anyhow::Result<Vec<Chat>> {
    let mut filter = ChatFilter {
        limit: Some(200),
        ..ChatFilter::default()
    };
    let mut all = Vec::new();
    loop {
        let page = client.chats(&filter).await?;
        all.extend(page.items);
        filter.cursor = page.next;
        if filter.cursor.is_none() {
            return Ok(all);
        }
    }
}

/// Every message of a chat, newest first.
///
/// # Errors
/// The daemon does not answer.
pub async fn talk(client: &Client, chat: &Chat) -> anyhow::Result<Vec<Message>> {
    let mut slice = Slice {
        limit: Some(200),
        ..Slice::default()
    };
    let mut all = Vec::new();
    loop {
        let page = client.messages(chat.id, &slice).await?;
        all.extend(page.items);
        slice.cursor = page.next;
        if slice.cursor.is_none() {
            return Ok(all);
        }
    }
}

/// Every message of every chat.
///
/// # Errors
/// The daemon does not answer.
pub async fn everything(client: &Client) -> anyhow::Result<Vec<Message>> {
    let mut all = Vec::new();
    for chat in chats(client).await? {
        all.extend(talk(client, &chat).await?);
    }
    Ok(all)
}

/// A text to be sent.
pub fn text(words: impl Into<String>, client_id: Option<String>) -> Send {
    Send {
        content: Outgoing::Text {
            text: words.into(),
            preview_url: None,
        },
        reply_to: None,
        client_id,
    }
}
