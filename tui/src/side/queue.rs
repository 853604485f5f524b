//! What a person sends, one queue a chat: nothing overtakes a file that is still on its way, and no chat waits for another's.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use common::api::messages::{Outgoing, Send};
use common::client::Client;
use common::id::{ChatId, MessageId};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::UnboundedSender;

use crate::file::Sending;
use crate::msg::{Answer, What};
use crate::side::{answer, attach};

/// Files that are handed to the daemon at the same time, over all chats.
const FILES: usize = 2;

/// Something that is sent in its turn.
#[derive(Debug)]
pub(super) enum Item {
    /// Words, a template, buttons: what needs no file of this machine.
    Content {
        /// Makes a repetition harmless.
        client_id: String,
        /// What.
        content: Box<Outgoing>,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// A file.
    File(Box<Sending>),
}

/// The queues of all chats.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    client: Client,
    inbox: UnboundedSender<What>,
    files: Arc<Semaphore>,
    chats: Arc<Mutex<Waiting>>,
}

/// A chat stands here as long as somebody works on its queue.
type Waiting = HashMap<ChatId, VecDeque<Item>>;

impl Queue {
    pub(super) fn new(client: Client, inbox: UnboundedSender<What>) -> Self {
        Self {
            client,
            inbox,
            files: Arc::new(Semaphore::new(FILES)),
            chats: Arc::default(),
        }
    }

    /// Sends it after everything that was pushed for this chat before. Needs a tokio runtime.
    pub(super) fn push(&self, chat: ChatId, item: Item) {
        let works = {
            let mut chats = self.chats.lock().unwrap_or_else(PoisonError::into_inner);
            let works = chats.contains_key(&chat);
            chats.entry(chat).or_default().push_back(item);
            works
        };
        if !works {
            tokio::spawn(self.clone().work(chat));
        }
    }

    async fn work(self, chat: ChatId) {
        while let Some(item) = self.next(chat) {
            let (client_id, sent) = match item {
                Item::Content {
                    client_id,
                    content,
                    reply_to,
                } => {
                    let request = Send {
                        content: *content,
                        reply_to,
                        client_id: Some(client_id.clone()),
                    };
                    (client_id, self.client.send(chat, &request).await)
                }
                Item::File(sending) => {
                    // It is never closed.
                    let _place = self.files.acquire().await.ok();
                    let client_id = sending.client_id.clone();
                    (
                        client_id,
                        attach::send(&self.client, &self.inbox, *sending).await,
                    )
                }
            };
            answer(
                &self.inbox,
                Answer::Sent(chat, client_id, sent.map(Box::new)),
            );
        }
    }

    /// What is next; with the last the queue itself goes.
    fn next(&self, chat: ChatId) -> Option<Item> {
        let mut chats = self.chats.lock().unwrap_or_else(PoisonError::into_inner);
        let next = chats.get_mut(&chat)?.pop_front();
        if next.is_none() {
            let _empty = chats.remove(&chat);
        }
        next
    }
}
